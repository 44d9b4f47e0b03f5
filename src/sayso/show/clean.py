"""Text of a report made safe to look at: a report must not steer the terminal."""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Direction overrides and isolates can make a line read as another than it is.
_TURNING = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_CONTROLS = {
    **{code: chr(0x2400 + code) for code in range(0x20)},  # ␛ for ESC
    **dict.fromkeys([*range(0x7F, 0xA0), *_TURNING], REPLACEMENT),
    **dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT),  # half of a pair
    ord("\n"): "\n",
    ord("\t"): " ",
    ord("\r"): " ",
}
_GAP = re.compile(r"\s+")


def clean(text: str) -> str:
    """Return the text with a visible sign for each control character, length kept.

    Line ends stay; tabs become spaces. What is left cannot move the cursor, change
    colours or turn the writing direction.
    """
    return text.translate(_CONTROLS)


def shorten(text: str, chars: int) -> str:
    """Return the text on one line, cut at a word so that it has at most `chars`."""
    line = _GAP.sub(" ", text).strip()
    if len(line) <= chars:
        return line
    head = line[: chars - 1]
    at_word = head.rsplit(" ", 1)[0] if " " in head[chars // 2 :] else head
    return f"{at_word.rstrip()}…"
