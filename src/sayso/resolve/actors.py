"""Actors of one report, and who of them speaks in each statement."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence

from msgspec.structs import replace

from sayso.reading.types import Reading
from sayso.record.claims import Statement
from sayso.record.entities import Actor, ActorKind
from sayso.record.ids import make_id
from sayso.record.report import Report
from sayso.record.span import Span
from sayso.resolve.coref import Joiner
from sayso.resolve.drafts import BODIES, Draft
from sayso.resolve.find import find_mentions
from sayso.resolve.mentions import Form, Mention
from sayso.resolve.scene import align_sources
from sayso.resolve.speakers import find_speakers
from sayso.vocab.names import Names

MADE_BY = "rules:actors"


def resolve_actors(
    report: Report,
    reading: Reading,
    statements: Sequence[Statement],
    names: Names,
) -> tuple[tuple[Actor, ...], tuple[Statement, ...]]:
    """Return the actors by first mention, and the statements with speakers filled in.

    Each source resolves to an actor, unnamed ones too; a document to whoever issued it,
    if the text tells. `about` of a statement names the actors mentioned in its content.
    """
    told = align_sources(reading, statements, names)
    mentions = find_mentions(reading, told, names)
    joiner = Joiner(report, reading, mentions, told, names)
    drafts = joiner.join()
    actors = {draft.number: _actor(report, draft, names.states) for draft in drafts}
    speakers = {
        statement: actors[draft.number].id
        for statement, draft in find_speakers(reading, told, mentions, joiner).items()
    }
    kept = tuple(sorted(actors.values(), key=lambda actor: actor.mentions[0]))
    placed = sorted((span, actor.id) for actor in kept for span in actor.mentions)
    rank = {actor.id: number for number, actor in enumerate(kept)}
    return kept, tuple(
        replace(
            statement,
            speaker=speakers.get(statement.id),
            about=tuple(sorted(_told_of(statement, placed), key=rank.__getitem__)),
        )
        for statement in statements
    )


def _told_of(statement: Statement, placed: Sequence[tuple[Span, str]]) -> set[str]:
    """Return the ids of the actors mentioned in what a statement says."""
    found = set()
    for content in statement.content:
        first = bisect_left(placed, content.start, key=lambda pair: pair[0].start)
        for number in range(first, len(placed)):
            span, actor = placed[number]
            if span.start >= content.end:
                break
            if span.end <= content.end:
                found.add(actor)
    return found


def _actor(report: Report, draft: Draft, states: Collection[str]) -> Actor:
    spans = tuple(sorted({mention.span for mention in draft.mentions}))
    name, aliases = _names(report, draft, states)
    confidence = sum(draft.joins) / len(draft.joins)
    sectors = [m.sector for m in draft.mentions]
    return Actor(
        id=make_id("a", report.id, "actor", (spans[0],)),
        name=name,
        aliases=aliases,
        kind=ActorKind.ORGANISATION if draft.outlet else _kind(draft),
        country=draft.country,
        sector="JRN" if draft.outlet else _first(sectors),
        public=_is_public(draft),
        mentions=spans,
        confidence=round(min(confidence, 0.99), 2),
        made_by=MADE_BY,
    )


def _is_public(draft: Draft) -> bool:
    """Tell whether this is a body or state, or somebody told by an office."""
    if draft.outlet or draft.kind in BODIES:
        return True
    return any(m.public for m in draft.mentions if m.kind not in BODIES)


def _names(
    report: Report, draft: Draft, states: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    named = [m for m in draft.mentions if m.form is Form.NAME]
    if draft.outlet and report.outlet:
        texts = [_called(report, mention) for mention in named]
        others = tuple(dict.fromkeys(t for t in texts if t != report.outlet))
        return report.outlet, others
    if not named:
        described = next(
            (m for m in draft.mentions if m.form is Form.ROLE), draft.mentions[0]
        )
        return described.span.of(report.text), ()
    texts = [_called(report, mention) for mention in named]
    # "Islamabad" may stand for Pakistan, but is not its name.
    name = max(texts, key=lambda t: (t in states, t.count(" "), len(t)))
    return name, tuple(dict.fromkeys(text for text in texts if text != name))


def _called(report: Report, mention: Mention) -> str:
    called = mention.called or mention.span
    return " ".join(called.of(report.text).split())


def _kind(draft: Draft) -> ActorKind:
    if draft.kind is not None:
        return draft.kind
    return ActorKind.GROUP if draft.plural else ActorKind.PERSON


def _first(values: Sequence[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)
