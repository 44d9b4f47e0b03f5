"""Which names stand for one and the same: containment, acronyms, plurals, surnames."""

from __future__ import annotations

import re

_SMALL = frozenset({"of", "the", "and", "for", "de", "del", "la", "los", "y", "s"})
_WORD = re.compile(r"[^\W_]+")
MAX_ACRONYM = 6
MIN_ACRONYM = 3  # two letters are in the initials of too many names


def is_same(slot: str, left: str, right: str) -> bool:
    """Tell whether two fillers of one slot name the same.

    Args:
        slot: One of `sayso.reading.slot_scores.SLOTS`.
        left: Words in lower case, parted by single spaces.
        right: Likewise.
    """
    if _holds(left, right) or _holds(right, left):
        return True
    if slot == "organisation":
        return is_acronym(left, right) or is_acronym(right, left)
    if slot == "victim":
        return left.split()[-1] == right.split()[-1]
    return left.rstrip("s") == right.rstrip("s")


def is_acronym(short: str, long: str) -> bool:
    """Tell whether `short` is made of the initials of `long`, small words left out.

    Letters may be missing at the end or be those of small words, since many acronyms
    are of the original name and not of its translation.
    """
    if " " in short or not MIN_ACRONYM <= len(short) <= MAX_ACRONYM:
        return False
    words = _WORD.findall(long)
    initials = "".join(word[0] for word in words if word not in _SMALL)
    return len(words) > 1 and set(short) <= set(initials) and short[0] in initials


def _holds(whole: str, part: str) -> bool:
    return f" {part} " in f" {whole} "
