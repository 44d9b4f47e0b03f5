"""Flags for characters that make a text look other than it is."""

from __future__ import annotations

import re

from sayso.record import Flag

# Marks of direction (U+200E, U+200F) are usual in Hebrew and Arabic; overrides,
# embeddings and isolates are what reorders the words of others.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ZERO_WIDTH = re.compile("[\u200b\u2060-\u2064\u180e\U000e0000-\U000e007f]")
# Joiners shape Indic and Persian letters and glue emoji; beside Latin, Greek or
# Cyrillic ones they only hide.
_JOINER = re.compile(
    "[a-zA-Z\u00c0-\u052f][\u200c-\u200f]|[\u200c-\u200f][a-zA-Z\u00c0-\u052f]"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Of the Greek letters only those that pass for Latin ones: μg and kΩ are units.
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορτυχ"
_LATIN = "a-zA-Z\u00c0-\u024f"
_ODD = f"\u0400-\u052f{_GREEK}"
_MIXED = re.compile(f"[{_LATIN}][{_ODD}]|[{_ODD}][{_LATIN}]")


def find_flags(text: str) -> tuple[Flag, ...]:
    """Return `bidi`, `invisible` and `mixed_script` where the text earns them."""
    if text.isascii():
        return ()
    found = {
        Flag.BIDI: _BIDI.search(text),
        Flag.INVISIBLE: _ZERO_WIDTH.search(text) or _find_joiner(text),
        Flag.MIXED_SCRIPT: _MIXED.search(text),
    }
    return tuple(flag for flag, match in found.items() if match)


def _find_joiner(text: str) -> re.Match[str] | None:
    # A direction mark next to Latin letters is honest where both directions meet.
    return None if _RIGHT_TO_LEFT.search(text) else _JOINER.search(text)
