"""From the scores of the incident head to incidents with their fillers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sayso.extract.incidents_candidates import (
    Mention,
    belonging,
    find_candidates,
    read_senses,
    read_signs,
)
from sayso.extract.incidents_cues import judge
from sayso.extract.incidents_names import is_same
from sayso.extract.incidents_scene import find_country, find_date, find_place
from sayso.extract.incidents_types import (
    Claim,
    Damage,
    Filler,
    Harm,
    Incident,
    IncidentKind,
    Stage,
)
from sayso.reading.decode import Floats, posteriors
from sayso.reading.slot_scores import (
    CLAIMS,
    DAMAGES,
    HARMS,
    KINDS,
    SLOTS,
    STAGES,
    FillerWords,
    SlotScores,
    SlotSettings,
)
from sayso.record.claims import Event
from sayso.record.ids import make_id
from sayso.record.record import Record
from sayso.record.span import Span


class Ranked(NamedTuple):
    """A candidate and how likely it fills its slot, 0 to 1."""

    share: float
    name: str
    mentions: tuple[Mention, ...]


class Part(NamedTuple):
    """All mentions of one filler of one slot."""

    slot: str
    mentions: tuple[Mention, ...]
    names: tuple[str, ...]
    """In lower case, by first appearance."""
    kinds: Floats
    """How well it belongs to an incident of each kind, 0 to 1."""
    best: Mention
    """The surest mention of the likeliest words."""
    confidence: float
    """Of the likeliest words, 0 to 1."""


def find_incidents(
    record: Record,
    scores: SlotScores,
    settings: SlotSettings,
    words: FillerWords,
    made_by: str,
) -> tuple[Incident, ...]:
    """Return the incidents of a report, one of each kind that it tells of.

    What MUC-4 would not ask for is there too, with `relevant` false.
    """
    ranked = rank_candidates(scores, settings.ranker, words)
    return build_incidents(record, scores, settings, ranked, made_by)


def rank_candidates(
    scores: SlotScores, ranker: Mapping[str, tuple[float, ...]], words: FillerWords
) -> dict[str, list[Ranked]]:
    """Return the candidates of each slot, likeliest first."""
    candidates = find_candidates(scores)
    signs = read_signs(scores, candidates, words)
    senses = read_senses(scores, candidates)
    ranked = {}
    for slot, found in candidates.items():
        *weights, constant = ranker[slot]
        both = np.concatenate([signs[slot], senses[slot]], axis=1)
        odds = (both * np.array(weights)).sum(1) + constant
        shares = (1 / (1 + np.exp(-odds))).tolist()
        rows = map(Ranked, shares, found, found.values())
        ranked[slot] = sorted(rows, key=lambda row: (-row.share, row.name))
    return ranked


def build_incidents(
    record: Record,
    scores: SlotScores,
    settings: SlotSettings,
    ranked: Mapping[str, Sequence[Ranked]],
    made_by: str,
) -> tuple[Incident, ...]:
    """Return the incidents that the likely candidates make up."""
    parts = choose_parts(scores, settings, ranked)
    kinds = _choose_kinds(scores, settings)
    shares = share_out(parts, kinds, settings.belongs)
    return tuple(
        _make(record, scores, settings, kind, shares[kind], made_by) for kind in kinds
    )


def choose_parts(
    scores: SlotScores, settings: SlotSettings, ranked: Mapping[str, Sequence[Ranked]]
) -> list[Part]:
    """Return the fillers of all slots: the likely candidates, those of one joined."""
    return [
        part
        for slot, rows in ranked.items()
        for part in _join(slot, choose(rows, settings.least[slot]), scores)
    ]


def choose(ranked: Iterable[Ranked], least: float) -> list[Ranked]:
    """Return the likely candidates of a slot that share no token with a better one."""
    chosen: list[Ranked] = []
    taken: set[int] = set()
    for row in ranked:
        tokens = {t for mention in row.mentions for t in range(*mention.tokens)}
        if row.share >= least and not tokens & taken:
            taken |= tokens
            chosen.append(row)
    return chosen


def share_out(
    parts: Iterable[Part], kinds: Sequence[int], belongs: float
) -> dict[int, list[Part]]:
    """Return the fillers of each kind of incident; each goes to its best at least."""
    shares: dict[int, list[Part]] = {kind: [] for kind in kinds}
    for part in parts if kinds else ():
        own = [kind for kind in kinds if part.kinds[kind] > belongs]
        for kind in own or [max(kinds, key=lambda kind: float(part.kinds[kind]))]:
            shares[kind].append(part)
    return shares


def _choose_kinds(scores: SlotScores, settings: SlotSettings) -> list[int]:
    """Return the kinds of incident; a relevant text has at least one."""
    kinds = np.flatnonzero(scores.present > settings.present).tolist()
    if not kinds and scores.relevance >= settings.relevance:
        kinds = [int(scores.present.argmax())]
    return [int(kind) for kind in kinds]


def _join(slot: str, chosen: Iterable[Ranked], scores: SlotScores) -> list[Part]:
    """Return the chosen candidates of one slot in groups that name the same."""
    parts: list[Part] = []
    for share, name, mentions in chosen:
        kinds = belonging(scores, mentions)
        home = next((n for n, p in enumerate(parts) if _is_one(slot, name, p)), None)
        if home is None:
            best = max(mentions, key=lambda mention: mention.score)
            parts.append(Part(slot, mentions, (name,), kinds, best, share))
        else:
            part = parts[home]
            parts[home] = part._replace(
                mentions=tuple(sorted((*part.mentions, *mentions))),
                names=(*part.names, name),
                kinds=np.maximum(part.kinds, kinds),
            )
    return parts


def _is_one(slot: str, name: str, part: Part) -> bool:
    return any(is_same(slot, name, other) for other in part.names)


def _make(
    record: Record,
    scores: SlotScores,
    settings: SlotSettings,
    kind: int,
    parts: list[Part],
    made_by: str,
) -> Incident:
    """Return one incident with all that the record tells of its scene."""
    fillers = {
        slot: tuple(
            _filler(record, scores, settings, p) for p in parts if p.slot == slot
        )
        for slot in SLOTS
    }
    spans = [span for group in fillers.values() for one in group for span in one.spans]
    sentences = _sentences_of(scores, parts)
    time, date = find_date(record, sentences)
    place = find_place(record, sentences)
    return Incident(
        id=make_id("i", record.report.id, "incident", (KINDS[kind],)),
        kind=IncidentKind(KINDS[kind]),
        stage=_stage(scores, settings, kind, parts),
        relevance=round(scores.relevance, 2),
        relevant=scores.relevance >= settings.relevance,
        individuals=fillers["individual"],
        organisations=fillers["organisation"],
        targets=fillers["target"],
        victims=fillers["victim"],
        people=fillers["people"],
        instruments=fillers["instrument"],
        date=date,
        time=time,
        place=None if place is None else place.id,
        country=find_country(record, place),
        events=_events_of(record, spans),
        statements=_statements_of(record, spans),
        confidence=round(float(scores.present[kind]), 2),
        made_by=made_by,
    )


def _filler(
    record: Record, scores: SlotScores, settings: SlotSettings, part: Part
) -> Filler:
    spans = tuple(_span(scores, mention) for mention in part.mentions)
    claim, harm, damage = None, None, None
    if part.slot == "organisation":
        claim = _claim(scores, settings, part)
    elif part.slot in ("victim", "people"):
        harm = Harm(HARMS[_best(scores.harms, part)])
    elif part.slot == "target":
        damage = Damage(DAMAGES[_best(scores.damages, part)])
    low, high = _count(record, spans)
    return Filler(
        name=_span(scores, part.best).of(record.report.text),
        spans=spans,
        actor=_actor(record, spans),
        claim=claim,
        harm=harm,
        damage=damage,
        low=low,
        high=high,
        confidence=round(part.confidence, 2),
    )


def _claim(scores: SlotScores, settings: SlotSettings, part: Part) -> Claim:
    """Return how the text ties an organisation to the act."""
    head, near = _shares(scores.claims, part), tokens_of([part])
    label = judge(head, scores.words, scores.sentences, near, settings.claim)
    return Claim(CLAIMS[label])


def _stage(
    scores: SlotScores, settings: SlotSettings, kind: int, parts: list[Part]
) -> Stage:
    """Return how far an incident went, by the words near its fillers."""
    if not scores.words:
        return Stage.ACCOMPLISHED
    head, near = scores.stages[kind], tokens_of(parts)
    signs = kind_signs(kind)
    label = judge(head, scores.words, scores.sentences, near, settings.stage, signs)
    return Stage(STAGES[label])


def kind_signs(kind: int) -> Floats:
    """Return which kind an incident is of, as signs: float32 (kinds,)."""
    signs: Floats = np.eye(len(KINDS), dtype=np.float32)[kind]
    return signs


def tokens_of(parts: Iterable[Part]) -> list[int]:
    """Return the tokens of all mentions of some fillers, in text order."""
    return sorted(
        {
            t
            for part in parts
            for mention in part.mentions
            for t in range(*mention.tokens)
        }
    )


def _best(rows: Floats, part: Part) -> int:
    """Return the likeliest label of a filler."""
    return int(_shares(rows, part).argmax())


def _shares(rows: Floats, part: Part) -> Floats:
    """Return the probabilities of a filler's labels: mean scores of its mentions."""
    means = [rows[slice(*mention.tokens)].mean(0) for mention in part.mentions]
    return posteriors(np.mean(means, axis=0))


def _span(scores: SlotScores, mention: Mention) -> Span:
    start, end = mention.tokens
    return Span(scores.tokens[start].start, scores.tokens[end - 1].end)


def _sentences_of(scores: SlotScores, parts: Iterable[Part]) -> list[Span]:
    """Return the sentences that hold the surest mention of a filler, in text order."""
    held = {
        sentence
        for part in parts
        for sentence in scores.sentences
        if sentence[0] <= part.best.tokens[0] < sentence[1]
    }
    return [
        Span(scores.tokens[start].start, scores.tokens[end - 1].end)
        for start, end in sorted(held)
    ]


def _actor(record: Record, spans: tuple[Span, ...]) -> str | None:
    """Return the actor who shares most mentions with a filler."""
    shared = {
        actor.id: sum(m.meets(span) for m in actor.mentions for span in spans)
        for actor in record.actors
    }
    best = max(shared, key=lambda actor: shared[actor], default=None)
    return best if best is not None and shared[best] else None


def _count(record: Record, spans: tuple[Span, ...]) -> tuple[int | None, int | None]:
    """Return how many the first count is that stands on a filler's words."""
    counts = (count for event in record.events for count in event.counts)
    for count in counts:
        if any(count.span.meets(span) for span in spans):
            return count.low, count.high
    return None, None


def _events_of(record: Record, spans: list[Span]) -> tuple[str, ...]:
    """Return the events of which a participant or count shares words with a filler."""
    return tuple(
        event.id
        for event in record.events
        if any(own.meets(span) for own in _spans_of(event) for span in spans)
    )


def _spans_of(event: Event) -> tuple[Span, ...]:
    people = (participant.span for participant in event.participants)
    return (*people, *(count.span for count in event.counts))


def _statements_of(record: Record, spans: list[Span]) -> tuple[str, ...]:
    return tuple(
        statement.id
        for statement in record.statements
        if any(part.holds(span) for part in statement.content for span in spans)
    )
