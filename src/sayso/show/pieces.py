"""The article cut into pieces that are each shown in one way.

Contents stand in numbered brackets, cues bear the number of their statement, so that
the marks are told without colour and nested statements stay legible:

    ¹[“But officials have assured² me ²[that they oppose any attack],”]¹ she said¹.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum

import msgspec

from sayso.record import Record, Span
from sayso.show.clean import clean
from sayso.show.ledger import number_statements

SOURCE_SIGN, CUE_SIGN = "*", "_"
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*")

Numbers = tuple[int, ...]


class PieceKind(IntEnum):
    """What a piece is; marks at one place stand in this order."""

    END_SIGN = 0
    CUE_NUMBER = 1
    CLOSE = 2
    OPEN = 3
    SIGN = 4
    WORDS = 5


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A run of text, or a mark put between, that is shown in one way."""

    kind: PieceKind
    text: str
    """Safe to print; of a mark the mark itself."""
    start: int
    """Code point of the report's text where the piece, or the mark, stands."""
    is_source: bool = False
    is_cue: bool = False
    depth: int = 0
    """How many contents hold it; of a bracket its own depth, 1 for the outermost."""
    numbers: Numbers = ()
    """Of a mark: the statements that it belongs to."""


def superscript(numbers: Iterable[int]) -> str:
    """Return the numbers as small raised digits, several joined by a raised plus."""
    return "⁺".join(str(number).translate(_SUPERSCRIPTS) for number in numbers)


def cut_article(record: Record) -> tuple[Piece, ...]:
    """Return all of the text in pieces, in text order, with the marks between.

    The words of all pieces together are the text (after `clean`). The outlet's own
    voice is what stands in no bracket, so it gets no marks. Signs round sources and
    cues are for faces without colour.
    """
    voices = [one for one in record.statements if not one.is_outlet]
    numbers = number_statements(record)
    sources = _shared((one.source, numbers[one.id]) for one in voices)
    cues = _shared((one.cue, numbers[one.id]) for one in voices)
    contents = _shared(
        (span, numbers[one.id]) for one in voices for span in one.content
    )
    marks = [
        *_signs(sources, SOURCE_SIGN),
        *_signs(cues, CUE_SIGN),
        *_cue_numbers(cues),
        *_brackets(contents),
    ]
    words = _words(record.report.text, sources=sources, cues=cues, contents=contents)
    # Stable: brackets at one place keep the order that `_brackets` gives them.
    return tuple(sorted([*marks, *words], key=lambda piece: (piece.start, piece.kind)))


def paragraphs(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Give the pieces of each paragraph, without the blank lines between them."""
    current: list[Piece] = []
    for piece in pieces:
        start = 0
        for gap in _PARAGRAPH_END.finditer(piece.text):
            current += _part(piece, start, gap.start())
            yield tuple(current)
            current, start = [], gap.end()
        current += _part(piece, start, len(piece.text))
    yield tuple(current)


def _part(piece: Piece, start: int, end: int) -> list[Piece]:
    if start == end:
        return []
    text = piece.text[start:end]
    return [msgspec.structs.replace(piece, text=text, start=piece.start + start)]


def _shared(spans: Iterable[tuple[Span | None, int]]) -> dict[Span, Numbers]:
    """Return the numbers of the statements that share each span, the outer first."""
    shared: dict[Span, set[int]] = {}
    for span, number in spans:
        if span is not None and span.start < span.end:
            shared.setdefault(span, set()).add(number)
    outer_first = sorted(shared, key=lambda span: (span.start, -span.end))
    return {span: tuple(sorted(shared[span])) for span in outer_first}


def _words(
    text: str,
    *,
    sources: Iterable[Span],
    cues: Iterable[Span],
    contents: Iterable[Span],
) -> Iterator[Piece]:
    """Give the text cut at all edges; one sweep, as reports may hold thousands."""
    edges = [_edges(spans) for spans in (sources, cues, contents)]
    cuts = sorted({0, len(text)}.union(*edges))
    in_sources = in_cues = depth = 0
    for start, end in itertools.pairwise(cuts):
        in_sources += edges[0][start]
        in_cues += edges[1][start]
        depth += edges[2][start]
        yield Piece(
            kind=PieceKind.WORDS,
            text=clean(text[start:end]),
            start=start,
            is_source=in_sources > 0,
            is_cue=in_cues > 0,
            depth=depth,
        )


def _edges(spans: Iterable[Span]) -> Counter[int]:
    """Return by place how many spans begin there, less those that end there."""
    edges: Counter[int] = Counter()
    for span in spans:
        edges[span.start] += 1
        edges[span.end] -= 1
    return edges


def _signs(spans: Iterable[Span], sign: str) -> Iterator[Piece]:
    for span in spans:
        yield Piece(kind=PieceKind.SIGN, text=sign, start=span.start)
        yield Piece(kind=PieceKind.END_SIGN, text=sign, start=span.end)


def _cue_numbers(cues: Mapping[Span, Numbers]) -> Iterator[Piece]:
    for span, numbers in cues.items():
        yield Piece(
            kind=PieceKind.CUE_NUMBER,
            text=superscript(numbers),
            start=span.end,
            numbers=numbers,
        )


def _brackets(contents: Mapping[Span, Numbers]) -> list[Piece]:
    """Return the brackets; at one place the outer opens first and closes last.

    A closing bracket bears its number where another one stands between its ends.
    """
    depths, mixed = _nesting(contents)
    opens = [
        Piece(
            kind=PieceKind.OPEN,
            text=f"{superscript(numbers)}[",
            start=span.start,
            depth=depths[span],
            numbers=numbers,
        )
        for span, numbers in contents.items()
    ]
    closes = [
        Piece(
            kind=PieceKind.CLOSE,
            text=f"]{superscript(numbers)}" if span in mixed else "]",
            start=span.end,
            depth=depths[span],
            numbers=numbers,
        )
        for span, numbers in reversed([*contents.items()])
    ]
    return opens + closes


def _nesting(outer_first: Iterable[Span]) -> tuple[dict[Span, int], set[Span]]:
    """Return the depth of each span, and those that hold or cross another one."""
    depths: dict[Span, int] = {}
    mixed: set[Span] = set()
    around: list[Span] = []
    for span in outer_first:
        around = [other for other in around if other.end > span.start]
        depths[span] = 1 + sum(other.holds(span) for other in around)
        mixed.update(around)
        if any(not other.holds(span) for other in around):
            mixed.add(span)
        around.append(span)
    return depths, mixed
