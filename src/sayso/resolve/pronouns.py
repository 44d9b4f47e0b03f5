"""Which actor a pronoun stands for: a small ranker over the actors so far."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sayso.record.claims import Statement
from sayso.record.entities import ActorKind
from sayso.resolve.drafts import BODIES, Draft
from sayso.resolve.mentions import POSSESSIVE_PRONOUNS, Form, Mention
from sayso.resolve.voices import Voices

# Farther back, a pronoun has practically never been meant (conflict set, GUM).
MAX_SENTENCES = 6
_NEAR = 3
_SURELY = 0.5
_MANY = 4

Features = dict[str, float]


def rank_drafts(
    pronoun: Mention,
    drafts: Sequence[Draft],
    voices: Voices,
    weights: Mapping[str, float],
) -> list[tuple[Draft, float]]:
    """Return the actors that a pronoun may stand for, likeliest first.

    The second number is the share of belief, 0 to 1, that falls to that actor.
    """
    fit = [draft for draft in drafts if can_stand_for(pronoun, draft, voices)]
    fit.sort(key=lambda draft: -draft.last.span.start)
    scores = [
        sum(weights.get(name, 0.0) * value for name, value in features.items())
        for features in feature_rows(pronoun, fit, voices)
    ]
    if not scores:
        return []
    top = max(scores)
    masses = [math.exp(score - top) for score in scores]
    shares = [mass / sum(masses) for mass in masses]
    ranked = sorted(zip(fit, shares, strict=True), key=lambda pair: -pair[1])
    return ranked


def can_stand_for(pronoun: Mention, draft: Draft, voices: Voices) -> bool:
    """Tell whether grammar lets a pronoun stand for an actor."""
    last = draft.last
    if pronoun.sentence - last.sentence > MAX_SENTENCES:
        return False
    if last.span.holds(pronoun.span) or last.document:
        return False
    if not _agrees(pronoun, draft):
        return False
    quoting = voices.quoting(pronoun.span)
    if quoting is not None and _speaks(draft, quoting, voices):
        return False
    # "Chak must be freed", she said: whom a quotation speaks of is not its speaker.
    return not any(
        content.holds(last.span)
        for statement in voices.quoted_from(pronoun.span)
        for content in statement.content
    )


def _agrees(pronoun: Mention, draft: Draft) -> bool:
    """Tell whether number, gender and kind go together."""
    kind, gender = draft.kind, draft.gender
    if pronoun.gender in ("m", "f"):
        if gender in ("m", "f") and gender != pronoun.gender:
            return False
        if _against(pronoun, draft) > _SURELY + draft.pronouns[pronoun.gender]:
            return False
        return kind in (ActorKind.PERSON, None) and not draft.plural
    if pronoun.gender == "n":
        person = kind is ActorKind.PERSON or gender in ("m", "f")
        return not person and not (draft.plural and kind is not ActorKind.ORGANISATION)
    return draft.plural or kind in (ActorKind.ORGANISATION, ActorKind.GROUP)


def _against(pronoun: Mention, draft: Draft) -> float:
    """Return how much of an actor's pronouns have the other gender."""
    other = {"m": "f", "f": "m"}.get(pronoun.gender or "")
    return draft.pronouns[other] if other else 0.0


def _is_coargument(last: Mention, pronoun: Mention) -> bool:
    """Tell whether the two depend on one verb: "he" in "he told Wardan" is another."""
    word = pronoun.roles[0]
    return (
        last.governor == pronoun.governor != -1
        and word not in POSSESSIVE_PRONOUNS
        and not word.endswith(("self", "selves"))
        and last.relation != "conj"
    )


def _speaks(draft: Draft, statement: Statement, voices: Voices) -> bool:
    """Tell whether an actor is the source, also if that stands further on."""
    if statement.source is None:
        return False
    if statement.source in draft.spans:
        return True
    group = voices.groups.get(statement.source)
    return group is not None and group == draft.group


def feature_rows(
    pronoun: Mention, drafts: Sequence[Draft], voices: Voices
) -> list[Features]:
    """Return what speaks for each actor, drafts given the most recent first."""
    quoting = voices.quoting(pronoun.span)
    holding = voices.holding(pronoun.span)
    place = _Place(
        voices=voices,
        inside=bool(holding),
        outer=next((s for s in holding if s is not quoting), None),
        before=voices.last_before(pronoun.span),
    )
    return [_features(pronoun, draft, rank, place) for rank, draft in enumerate(drafts)]


class _Place(NamedTuple):
    """Where a pronoun stands among the statements."""

    voices: Voices
    inside: bool
    """Whether it stands in somebody's content."""
    outer: Statement | None
    """The innermost statement that tells it in other words than its source's."""
    before: Statement | None
    """The statement whose cue comes last before it."""


def _features(
    pronoun: Mention,
    draft: Draft,
    rank: int,
    place: _Place,
) -> Features:
    last = draft.last
    distance = min(pronoun.sentence - last.sentence, _NEAR)
    voices, outer, before = place.voices, place.outer, place.before
    source = any(m.source for m in draft.mentions[-2:])
    spoke = before is not None and _speaks(draft, before, voices)
    neuter, plural = pronoun.gender == "n", pronoun.number == "p"
    features = {
        f"distance {distance}": 1.0,
        f"rank {min(rank, _NEAR)}": 1.0,
        "subject": last.relation.startswith("nsubj"),
        "source": source,
        "source, both": source and pronoun.source,
        "said by": outer is not None and _speaks(draft, outer, voices),
        "last to speak": spoke,
        "last to speak, both": spoke and pronoun.source,
        "named": bool(draft.names),
        "same word": last.form is Form.PRONOUN and last.roles == pronoun.roles,
        "pronoun": last.form is Form.PRONOUN,
        "gender known": pronoun.gender in ("m", "f") and draft.gender is not None,
        "gender for": min(1.0, draft.pronouns.get(pronoun.gender or "", 0.0)),
        "gender against": min(1.0, _against(pronoun, draft)),
        "coargument": _is_coargument(last, pronoun),
        "often": min(len(draft.mentions), _MANY) / _MANY,
        "object": last.relation in ("obj", "iobj", "obl"),
        "inner": last.relation.startswith(("nmod", "compound")),
        "quoted away": place.inside != last.source and distance > 0,
        "kind unknown": draft.kind is None,
        "it, body": neuter and draft.kind in BODIES,
        "it, group": neuter and draft.kind is ActorKind.GROUP,
        "they, body": plural and draft.kind in BODIES,
        "they, people": plural and draft.plural,
        "opens sentence": last.relation.startswith("nsubj") and distance == 1,
    }
    return {name: float(value) for name, value in features.items() if value}
