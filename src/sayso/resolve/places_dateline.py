"""Where a report is filed from, and where it tells its own name."""

from __future__ import annotations

import re

from sayso.reading.types import Reading, TokenRange
from sayso.record import Report, SectionKind

MIN_CHARS = 3  # of a name that no entity covers: "IN" and "OR" are states as well
_AFTER = (":", "-", "–", "—")


def dateline_end(report: Report) -> int:
    """Return where the dateline of a report ends, 0 if it has none."""
    return _end_of(report, SectionKind.DATELINE)


def dateline_heads(report: Report, reading: Reading) -> frozenset[int]:
    """Return the first words of datelines: "BAMAKO, May 18 (Harbour Wire) -".

    A paragraph below the headline that opens in capitals and a colon or dash is headed
    in the same way.
    """
    dateline = dateline_end(report)
    headline = _end_of(report, SectionKind.HEADLINE)

    def is_head(start: int, end: int) -> bool:
        place = reading.tokens[start].start
        if place < dateline <= reading.tokens[end - 1].end:
            return True
        return place >= headline and _is_headed(reading, start, end)

    return frozenset(start for start, end in reading.paragraphs if is_head(start, end))


def paper_names(report: Report, reading: Reading) -> frozenset[TokenRange]:
    """Return where a report names its outlet, or the agency in its dateline."""
    return _outlet_in(report.outlet, reading) | _bracketed(
        reading, dateline_end(report)
    )


def _end_of(report: Report, kind: SectionKind) -> int:
    return max((s.span.end for s in report.sections if s.kind is kind), default=0)


def _is_headed(reading: Reading, start: int, end: int) -> bool:
    words, last = reading.words, start
    while last < end and words[last].isupper():
        last += 1
    capitals = last > start and len(words[start]) >= MIN_CHARS
    return capitals and last < end and words[last] in _AFTER


def _outlet_in(outlet: str | None, reading: Reading) -> frozenset[TokenRange]:
    parts = tuple(re.findall(r"\w+|[^\w\s]", outlet or ""))
    width = len(parts)
    if not parts:
        return frozenset()
    return frozenset(
        (start, start + width)
        for start in range(len(reading.words) - width + 1)
        if reading.words[start : start + width] == parts
    )


def _bracketed(reading: Reading, dateline: int) -> frozenset[TokenRange]:
    opened: int | None = None
    found = set()
    for number, token in enumerate(reading.tokens):
        if token.start >= dateline:
            break
        if reading.words[number] == "(":
            opened = number + 1
        elif reading.words[number] == ")" and opened is not None:
            found.add((opened, number))
    return frozenset(found)
