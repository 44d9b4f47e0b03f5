"""Canonical text: one form of characters, white space and paragraphs.

Nothing that a reader can see is taken away. Zero-width and direction controls stay as
well: they are evidence, and `flags` tells of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

PARAGRAPH_BREAK = "\n\n"

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029]")
_DROPPED = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d"  # controls
    r"\xad"  # soft hyphen: a hint for line breaking, not a letter
    r"\ufeff\ufffe\uffff]"  # byte order mark and noncharacters
)
# Windows-1252 read as Latin-1 leaves its quotation marks among the C1 controls; HTML
# repairs them in the same way.
_WINDOWS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_C1 = re.compile("[\x80-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LIST_ITEM = re.compile(r"\s*(?:\(?\d{1,4}[.)]|[-*•‣▪·–—])\s+\S")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")

WRAP_WIDTHS = range(40, 133)  # wire copy has 60 to 80 columns, some editors 132
_GREEDY_SHARE = 0.85  # a wrapped line is this full before its next word overflows


def clean_characters(text: str) -> str:
    """Return `text` in NFC with line feeds as line ends and without controls."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
        # `translate` looks at each character, so it only runs where it is needed.
        text = text.translate(_WINDOWS) if _C1.search(text) else text
    return unicodedata.normalize("NFC", _DROPPED.sub("", text))


def canonical_text(text: str) -> str:
    """Return `text` in canonical form; a canonical text comes back unchanged.

    That is NFC, single spaces, each paragraph on one line and a blank line between
    paragraphs. Lines that an editor or a wire wrapped are joined; in other texts each
    line is a paragraph.
    """
    return PARAGRAPH_BREAK.join(join_lines(clean_characters(text).split("\n")))


def replace_surrogates(text: str) -> str:
    """Return `text` with U+FFFD for each lone surrogate: no offset changes."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def join_lines(lines: Iterable[str]) -> list[str]:
    """Return the paragraphs that the lines of a text make up."""
    blocks = split_blocks(lines)
    width = find_wrap_width(blocks)
    return [paragraph for block in blocks for paragraph in _join_block(block, width)]


def split_blocks(lines: Iterable[str]) -> list[list[str]]:
    """Return the runs of lines between blank ones, tabs widened, ends trimmed."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if stripped := line.expandtabs(4).rstrip():
            blocks[-1].append(stripped)
        elif blocks[-1]:
            blocks.append([])
    return blocks if blocks[-1] else blocks[:-1]


def find_wrap_width(blocks: Sequence[Sequence[str]]) -> int | None:
    """Return the column at which the text was wrapped, None if it was not.

    Wrapped lines mostly end within a sentence and could not have held the first word
    of the next line; lines that are paragraphs do neither.
    """
    pairs = [pair for block in blocks for pair in pairwise(block)]
    pairs = [pair for pair in pairs if not _LIST_ITEM.match(pair[1])]
    if not pairs:
        return None
    width = max(len(line) for pair in pairs for line in pair)
    if width not in WRAP_WIDTHS:
        return None
    within = sum(not _SENTENCE_END.search(upper) for upper, _ in pairs)
    full = sum(not _had_room(upper, lower, width) for upper, lower in pairs)
    is_wrapped = (
        within >= 0.5 * len(pairs)
        and full >= 0.6 * len(pairs)
        and _go_on_in_lower_case([lower for _, lower in pairs])
    )
    return width if is_wrapped else None


def _go_on_in_lower_case(lines: Sequence[str]) -> bool:
    """Tell whether lines begin within sentences; UPPER CASE copy cannot tell."""
    if all(line.upper() == line for line in lines):
        return True
    begun = sum(line.lstrip()[0].islower() for line in lines)
    return begun >= 0.3 * len(lines)


def _join_block(block: Sequence[str], width: int | None) -> list[str]:
    paragraphs = [squeeze(block[0])]
    for upper, lower in pairwise(block):
        if width is None or _starts_paragraph(upper, lower, width):
            paragraphs.append(squeeze(lower))
        else:
            # "north-" + "east": the hyphen may belong to the word, so it stays.
            glue = "" if re.search(r"\w-$", upper) else " "
            paragraphs[-1] += glue + squeeze(lower)
    return [paragraph for paragraph in paragraphs if paragraph]


def _starts_paragraph(upper: str, lower: str, width: int) -> bool:
    if _LIST_ITEM.match(lower):
        return True
    if _indent(lower) > _indent(upper) + 1 and not _LIST_ITEM.match(upper):
        return True
    return _had_room(upper, lower, width) and not lower.lstrip()[:1].islower()


def _had_room(upper: str, lower: str, width: int) -> bool:
    word = lower.split(maxsplit=1)[0]
    return len(upper) + 1 + len(word) <= _GREEDY_SHARE * width


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string as a set: short to write, easy to read."""
    return frozenset(words.split())


def squeeze(text: str) -> str:
    """Return `text` with each run of white space as one space, ends trimmed."""
    return " ".join(text.split())
