"""How many: numbers as news tell them, read as intervals with both ends included.

"at least 25" is 25 and up, "more than 30" is 31 and up, "dozens" is 24 to 99.
Source: rule 5 and decision D10 of the codebook of the conflict set.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sayso.vocab.amounts import BOUNDS, CORES, AmountKind, AmountWord, AmountWords

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
_JOINS = frozenset({"-", "–", "—"})
_TIMES = frozenset({AmountKind.TIMES})
_TO = frozenset({AmountKind.TO})
_MOST = frozenset({AmountKind.MOST})
_ABOUT = frozenset({AmountKind.ABOUT})
_AFTER = frozenset({AmountKind.AFTER_LEAST, AmountKind.AFTER_ABOUT})
_MAX_BOUNDS = 2  # "perhaps as many as 30"
_MAX_DIGITS = 9  # longer ones are telephone numbers
_TENS = range(20, 100, 10)


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """A number in words: `start` and `end` are tokens, bounds included."""

    low: int | None
    high: int | None
    approximate: bool
    start: int
    end: int
    is_open: bool = False
    """Whether "at least" or "more than" opens it upwards."""


class _Core(msgspec.Struct, frozen=True, kw_only=True):
    low: int
    high: int
    end: int
    is_none: bool = False
    is_vague: bool = False


def parse_amount(
    words: Sequence[str], start: int, vocabulary: AmountWords
) -> Amount | None:
    """Return the amount whose number begins at a token, with the bounds round it.

    Args:
        words: Lower-case words of the text.
        start: Token of the number itself, not of "at least" before it.
        vocabulary: What number words are worth.
    """
    core = _core(words, start, vocabulary)
    if core is None:
        return None
    if core.is_none:
        return Amount(low=0, high=0, approximate=False, start=start, end=core.end)
    first, bounds = _bounds_before(words, start, vocabulary)
    low, high, end = core.low, core.high, core.end
    approximate = core.is_vague
    second = _second_end(words, end, vocabulary, bounds)
    if second is not None and second.high > low:
        high, end = second.high, second.end
        bounds = bounds - {AmountKind.LEAST, AmountKind.BETWEEN}
        approximate = approximate or second.is_vague
    after = vocabulary.at(words, end, _AFTER) if end < len(words) else None
    if after is not None:
        end += len(after.words)
        is_least = after.kind is AmountKind.AFTER_LEAST
        bounds = bounds | {AmountKind.LEAST if is_least else AmountKind.ABOUT}
    return _bounded(low, high, approximate, bounds, (first, end))


def _bounded(
    low: int,
    high: int,
    approximate: bool,
    bounds: frozenset[AmountKind],
    tokens: tuple[int, int],
) -> Amount:
    """Return the interval that a number and the words round it leave."""
    least: int | None = low
    most: int | None = high
    if AmountKind.ABOVE in bounds:
        least, most = low + 1, None
    elif AmountKind.LEAST in bounds:
        most = None
    elif AmountKind.BELOW in bounds:
        least, most = None, high - 1
    elif AmountKind.MOST in bounds or AmountKind.NEARLY in bounds:
        least = None
    return Amount(
        low=least,
        high=most,
        approximate=approximate
        or AmountKind.ABOUT in bounds
        or AmountKind.NEARLY in bounds,
        start=tokens[0],
        end=tokens[1],
        is_open=most is None,
    )


def _core(words: Sequence[str], start: int, vocabulary: AmountWords) -> _Core | None:
    """Return the bare number that begins at a token, in digits or words."""
    entry = vocabulary.at(words, start, CORES)
    if vocabulary.at(words, start, BOUNDS):  # the "no" of "no more than"
        return None
    if entry is not None and entry.kind is not AmountKind.NUMBER:
        return _Core(
            low=entry.low,
            high=entry.high,
            end=start + len(entry.words),
            is_none=entry.kind is AmountKind.NONE,
            is_vague=entry.kind is AmountKind.VAGUE,
        )
    if entry is not None:
        value, end = float(entry.low), start + len(entry.words)
    elif _DIGITS.fullmatch(words[start]) and len(words[start]) <= _MAX_DIGITS:
        value, end = float(words[start].replace(",", "")), start + 1
    else:
        return None
    value, end = _grow(words, value, end, vocabulary)
    return _Core(low=round(value), high=round(value), end=end)


def _grow(
    words: Sequence[str], value: float, end: int, vocabulary: AmountWords
) -> tuple[float, int]:
    """Return value and end of a number with the words that go on with it.

    "twenty-five", "two hundred and fifty", "1.2 million".
    """
    while end < len(words):
        times = vocabulary.at(words, end, _TIMES)
        if times is not None:
            value, end = value * times.low, end + 1
            continue
        joined = words[end] in (_JOINS if value in _TENS else ("and",))
        unit = (
            vocabulary.at(words, end + 1, CORES)
            if joined and end + 1 < len(words)
            else None
        )
        room = 10 if value in _TENS else 100 if value % 100 == 0 and value else 0
        if unit is None or unit.kind is not AmountKind.NUMBER or unit.low >= room:
            break
        value, end = value + unit.low, end + 1 + len(unit.words)
    return value, end


def _bounds_before(
    words: Sequence[str], start: int, vocabulary: AmountWords
) -> tuple[int, frozenset[AmountKind]]:
    """Return where the bounds before a number begin, and which they are."""
    kinds: set[AmountKind] = set()
    for _ in range(_MAX_BOUNDS):
        bound = vocabulary.before(words, start, BOUNDS)
        if bound is None or (bound.kind is AmountKind.BETWEEN and kinds):
            break
        kinds.add(bound.kind)
        start -= len(bound.words)
    return start, frozenset(kinds)


def _second_end(
    words: Sequence[str],
    end: int,
    vocabulary: AmountWords,
    bounds: frozenset[AmountKind],
) -> _Core | None:
    """Return the upper end of a range: "12 to 15", "at least 11, perhaps 30"."""
    if end + 1 >= len(words):
        return None
    joint: AmountWord | None = vocabulary.at(words, end, _TO)
    if words[end] in _JOINS or (joint and joint.words[0] != "and"):
        return _core(words, end + 1, vocabulary)
    if AmountKind.BETWEEN in bounds and joint is not None:
        return _core(words, end + 1, vocabulary)
    if AmountKind.LEAST not in bounds:
        return None
    at = end + (words[end] == ",")
    at += words[at] in ("and", "but") if at < len(words) else 0
    if at == end or at >= len(words):
        return None
    doubt = vocabulary.at(words, at, _ABOUT)
    at += len(doubt.words) if doubt else 0
    most = vocabulary.at(words, at, _MOST) if at < len(words) else None
    at += len(most.words) if most else 0
    if most is None or at >= len(words):
        return None
    return _core(words, at, vocabulary)
