"""Who takes part in an act, and in which role."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.extract.events.arguments import find_ascribed
from sayso.extract.events.features import role_rows
from sayso.extract.events.judge import Judge
from sayso.extract.events.mentions import Mention
from sayso.extract.events.phrases import Phrase
from sayso.extract.events.stage import Stage
from sayso.record.claims import Role

ROLES = (Role.ACTOR, Role.TARGET, Role.VICTIM, Role.INSTRUMENT)
THRESHOLD = 0.6
"""Least probability that a phrase has a part in an act."""
SURE = 0.9
"""From here on a part is added although another one has the same role."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase with the role that it has in an act, as one mention tells it."""

    role: Role
    phrase: Phrase
    sure: float
    voice: int
    """Number of the voice that names it."""
    home: int
    """Number of its sentence."""


def find_parts(
    stage: Stage,
    groups: Sequence[Sequence[Mention]],
    judge: Judge,
    threshold: float = THRESHOLD,
) -> list[list[Part]]:
    """Return the parts of each act, surest first."""
    pairs = [
        (number, mention, phrase)
        for number, group in enumerate(groups)
        for mention in group
        for phrase in stage.phrases_by_sentence.get(
            stage.sentence_numbers[mention.token], ()
        )
        if phrase.head != mention.token
    ]
    found: list[list[Part]] = [[] for _ in groups]
    if not pairs:
        return found
    scores = judge.roles(role_rows(stage, [(m, p) for _, m, p in pairs]))
    for (number, mention, phrase), row in zip(pairs, scores, strict=True):
        best = int(row[1:].argmax())
        ascribed = phrase.head in find_ascribed(stage, mention.token)
        if ascribed or 1 - float(row[0]) > threshold:
            found[number].append(
                Part(
                    # Whom an act is blamed on did it, whatever the head makes of "on".
                    role=Role.ACTOR if ascribed else ROLES[best],
                    phrase=phrase,
                    sure=max(SURE, float(row[1])) if ascribed else float(row[1 + best]),
                    voice=stage.voice_numbers[mention.token],
                    home=stage.sentence_numbers[mention.token],
                )
            )
    return [
        _settle(stage, parts, group) for parts, group in zip(found, groups, strict=True)
    ]


def _settle(
    stage: Stage, parts: Sequence[Part], group: Sequence[Mention]
) -> list[Part]:
    """Return each part once, where it is told best.

    What a phrase holds, and who is named again at a further mention, is no new part:
    there only a role that is still empty is filled, or a very sure part added.
    """
    main = max(group, key=lambda mention: 1 - float(mention.types[0]))
    home = stage.sentence_numbers[main.token]
    ranked = sorted(parts, key=lambda p: (p.home != home, -p.sure, p.phrase.head))
    kept: list[Part] = []
    for part in ranked:
        start, end = part.phrase.tokens
        if any(
            other.phrase.tokens[0] < end and start < other.phrase.tokens[1]
            for other in kept
        ):
            continue
        filled = {other.role for other in kept}
        if part.home == home or part.role not in filled or part.sure >= SURE:
            kept.append(part)
    return kept
