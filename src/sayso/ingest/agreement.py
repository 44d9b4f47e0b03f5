"""How far two coders agree: span F1, Cohen's kappa, Krippendorff's alpha; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import msgspec

from sayso.record import Span

Value = TypeVar("Value", bound=Hashable)
Pair = tuple[Value, Value]


class SpanScore(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement of two coders on the spans of one label."""

    first: int
    """Spans of the first coder."""
    second: int
    both: int
    """Spans with the same ends."""
    f1: float | None
    """Of equal spans; None where neither has one."""
    kappa: float | None
    """Of words inside or outside of a span; None where chance would always agree."""
    alpha: float | None
    """Likewise."""


def kappa(pairs: Sequence[Pair[Value]]) -> float | None:
    """Return Cohen's kappa; None where chance alone would agree always."""
    if not pairs:
        return None
    count = len(pairs)
    raw = sum(one == other for one, other in pairs) / count
    ours = Counter(one for one, _ in pairs)
    theirs = Counter(other for _, other in pairs)
    chance = sum(ours[value] * theirs[value] for value in ours) / count**2
    return None if chance == 1 else (raw - chance) / (1 - chance)


def _unequal(one: object, other: object) -> float:
    return float(one != other)


def distance_of_numbers(one: float, other: float) -> float:
    """Return the distance for `alpha` where values are numbers."""
    return (one - other) ** 2


def alpha(
    pairs: Sequence[Pair[Value]],
    distance: Callable[[Value, Value], float] = _unequal,
) -> float | None:
    """Return Krippendorff's alpha of two coders without gaps.

    Args:
        pairs: What the two made of each unit.
        distance: Between values; by default they are equal or not.

    Returns:
        1 for full agreement, 0 for that of chance; None where all values are one.
    """
    values = Counter(value for pair in pairs for value in pair)
    count = values.total()
    if count < 2:
        return None
    seen = 2 * sum(distance(one, other) for one, other in pairs) / count
    expected = sum(
        ours * theirs * distance(one, other)
        for one, ours in values.items()
        for other, theirs in values.items()
    ) / (count * (count - 1))
    return None if expected == 0 else 1 - seen / expected


def score_spans(
    reports: Iterable[tuple[Sequence[Span], set[Span], set[Span]]],
) -> SpanScore:
    """Return the agreement on one label.

    Args:
        reports: Of each report its words, and the spans of both coders.
    """
    first = second = both = 0
    words: Counter[tuple[bool, bool]] = Counter()
    for tokens, ours, theirs in reports:
        first, second = first + len(ours), second + len(theirs)
        both += len(ours & theirs)
        words.update(zip(_inside(tokens, ours), _inside(tokens, theirs), strict=True))
    pairs = list(words.elements())
    total = first + second
    return SpanScore(
        first=first,
        second=second,
        both=both,
        f1=2 * both / total if total else None,
        kappa=kappa(pairs),
        alpha=alpha(pairs),
    )


def _inside(tokens: Sequence[Span], spans: set[Span]) -> list[bool]:
    return [any(token.meets(span) for span in spans) for token in tokens]
