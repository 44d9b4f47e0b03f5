"""One HTML page with every report: what is said, what is said to happen, where, when.

The page loads nothing, runs nothing and prints well. The marked article is the one that
notebooks show; words that may not leave are drawn together to […].
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from sayso.export.coding import DRAFT, NOT_MERGED
from sayso.export.redact import WITHHELD, quote
from sayso.export.voices import voices_of
from sayso.record import Event, Link, Record
from sayso.show.clean import clean
from sayso.show.html import record_html

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'">
<title>Dossier</title>
<style>
body { margin: 1.5em auto; max-width: 64em; padding: 0 1em; background: #fff;
  color: #1b1b1b; font: 15px/1.55 system-ui, sans-serif; }
h1 { font-size: 1.5em; } h2 { font-size: 1em; margin: 1.2em 0 .3em; }
section { border-top: 3px solid #1b1b1b; margin-top: 2em; padding-top: 1em; }
.sayso { border: 0; padding: 0; max-width: none; }
.findings { border-collapse: collapse; width: 100%; font-size: .92em; }
.findings th, .findings td { border-bottom: 1px solid #ddd; padding: .3em .5em;
  text-align: left; vertical-align: top; }
.note { color: #5c5c5c; }
@page { margin: 2cm; }
@media print {
  body { margin: 0; max-width: none; padding: 0; font-size: 10pt; }
  section { break-before: page; border: 0; }
  tr, p, h2, h3 { break-inside: avoid; } h2, h3, thead { break-after: avoid; }
  thead { display: table-header-group; }
  .sayso span { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
</style></head><body>
<h1>Dossier</h1>
"""
_NOTE = f"""<p class="note">Made by sayso: {DRAFT}; {NOT_MERGED}. A row tells what
reports say, not what is so: each event and link stands with the voices that assert it.
█ stands for the name of a person, […] for words of a report that were left out.</p>
"""
# `record_html` writes everything beyond ASCII as numbers.
_SIGN = f"&#{ord(WITHHELD)};"
_LEFT_OUT = re.compile(rf"{_SIGN}(?:\s*{_SIGN})*")
_EMPTY = re.compile(r"<p>(?:\[&#8230;\]|<[^p/][^>]*>|</[^p][^>]*>|[\s.,;:])*</p>")
_HEADS = {
    "Events": ("event", "who", "whom", "where", "when", "how many", "status", "voices"),
    "Links": ("from", "tie", "to", "words", "voices"),
    "Places": ("place", "country", "precision", "radius km", "point", "register"),
    "Times": ("words", "value", "from", "to", "reckoned from"),
}


def write_html(records: Iterable[Record], path: Path) -> int:
    """Write the page; return the number of reports on it."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_PAGE + _NOTE)
        for record in records:
            file.write(f"<section>\n{_section(record)}</section>\n")
            count += 1
        file.write("</body></html>\n")
    return count


def _section(record: Record) -> str:
    shown = _EMPTY.sub("", _LEFT_OUT.sub("[&#8230;]", record_html(record)))
    tables = (
        _table("Events", [_event(record, one) for one in record.events]),
        _table("Links", [_link(record, one) for one in record.links]),
        _table("Places", [*_places(record)]),
        _table("Times", [*_times(record)]),
    )
    kit = f"report {record.report.id[:16]}, kit {record.kit.digest()}"
    return f'{shown}\n{"".join(tables)}<p class="note">{kit}</p>\n'


def _table(title: str, rows: list[tuple[str | None, ...]]) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in _HEADS[title])
    body = "".join(
        f"<tr>{''.join(f'<td>{_safe(cell)}</td>' for cell in row)}</tr>\n"
        for row in rows
    )
    return (
        f"<h2>{title}</h2>\n<table class='findings'><thead><tr>{head}</tr></thead>\n"
        f"<tbody>{body}</tbody></table>\n"
    )


def _event(record: Record, event: Event) -> tuple[str | None, ...]:
    names = {actor.id: actor.name for actor in record.actors}
    places = {place.id: place.name for place in record.places}
    times = {time.id: time.value or time.timex.value for time in record.times}

    def who(*roles: str) -> str:
        found = (one for one in event.participants if one.role in roles)
        return _lines(
            names.get(one.actor or "") or quote(record, one.span) for one in found
        )

    return (
        " ".join(filter(None, (event.type, event.mode))),
        who("actor"),
        who("target", "victim"),
        _lines(f"{one.role.value} {places[one.place]}" for one in event.places),
        _lines(times[one.time] for one in event.times),
        _lines(
            f"{one.what.value} {_interval(one.low, one.high)} {one.of or ''}"
            for one in event.counts
        ),
        event.status.value,
        _voices(record, event),
    )


def _link(record: Record, link: Link) -> tuple[str | None, ...]:
    names = {actor.id: actor.name for actor in record.actors}
    names |= {place.id: place.name for place in record.places}
    return (
        names.get(link.from_),
        link.kind.value.replace("_", " "),
        names.get(link.to),
        quote(record, link.span),
        _voices(record, link),
    )


def _voices(record: Record, claim: Event | Link) -> str:
    return _lines(
        f"{voice.name}: {voice.status.value}"
        + (f" “{words}”" if (words := quote(record, voice.span)) else "")
        for voice in voices_of(record, claim)
    )


def _places(record: Record) -> Iterator[tuple[str | None, ...]]:
    for one in record.places:
        has_point = one.lat is not None and one.lon is not None
        yield (
            one.name,
            one.country,
            one.precision,
            None if one.radius_km is None else f"{one.radius_km:g}",
            f"{one.lat}, {one.lon}" if has_point else None,
            one.gazetteer_id,
        )


def _times(record: Record) -> Iterator[tuple[str | None, ...]]:
    for one in record.times:
        anchor = None if one.anchor is None else one.anchor.kind.value
        words = quote(record, one.mentions[0])
        yield words, one.value or one.timex.value, one.earliest, one.latest, anchor


def _interval(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    return f"{'?' if low is None else low}–{'?' if high is None else high}"


def _lines(parts: Iterable[str | None]) -> str:
    return "\n".join(dict.fromkeys(filter(None, parts)))


def _safe(cell: str | None) -> str:
    text = re.sub(f"{WITHHELD}+", "[…]", clean(cell or ""))
    return f"<bdi>{escape(text).replace(chr(10), '<br>')}</bdi>" if text else "—"
