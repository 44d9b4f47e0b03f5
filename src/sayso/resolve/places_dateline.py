"""Where a report is filed from, and where it tells its own name."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from sayso.reading.types import Reading, TokenRange
from sayso.record import Report, SectionKind
from sayso.vocab.gazetteer import Gazetteer, fold

MIN_CHARS = 3  # of a name that no entity covers: "IN" and "OR" are states as well
HOME_PEOPLE = 100_000  # of a place whose name in a paper's tells where it is made
HOME_TIMES = 10  # as many as in its namesakes abroad
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


def home_of(report: Report, gazetteer: Gazetteer) -> frozenset[str]:
    """Return the states that the outlet is at home in, as alpha-3 codes.

    Told by the domain of its site, or by a state, region or larger town in its name;
    empty where neither tells.
    """
    host = (urlsplit(report.url).hostname or "") if report.url else ""
    found = {gazetteer.country_at(host.rpartition(".")[2])}
    words = re.findall(r"[\w'’-]+", report.outlet or "")
    for width in (2, 1):
        for start in range(len(words) - width + 1):
            name = " ".join(words[start : start + width])
            found.add(gazetteer.country_of(name) or _home(name, gazetteer))
    return frozenset(country for country in found if country)


def _home(name: str, gazetteer: Gazetteer) -> str | None:
    """Return the one country that a name means, None where it may mean several."""
    most: dict[str, int] = {}
    for entry in gazetteer.find(name) if name[:1].isupper() else ():
        if entry.country and fold(entry.name) == fold(name):
            most[entry.country] = max(most.get(entry.country, 0), entry.population)
    if not most:
        return None
    first, *others = sorted(most, key=lambda country: (-most[country], country))
    rest = max((most[country] for country in others), default=0)
    is_clear = most[first] >= HOME_PEOPLE and most[first] >= HOME_TIMES * rest
    return first if is_clear else None


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
