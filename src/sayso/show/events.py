"""Events and links of a record as tables: what is said to happen, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.style import Style
from rich.table import Table
from rich.text import Text

from sayso.record import Assertion, Count, Event, OverallStatus, Record, Role
from sayso.show.clean import clean, shorten
from sayso.show.ledger import OUTLET, number_statements

NAME_CHARS = 40
STATUS_STYLES = {
    OverallStatus.DISPUTED: Style(bold=True, color="red"),
    OverallStatus.REPORTED: Style(bold=True, color="green"),
    OverallStatus.ALLEGED: Style(bold=True, color="yellow"),
    OverallStatus.DENIED: Style(bold=True, color="magenta"),
}
OTHER_STATUS = Style(bold=True, color="cyan")


def event_tables(record: Record) -> Iterator[Table]:
    """Yield a table of the events and one of the links, each only if there are any."""
    numbers = number_statements(record)
    if record.events:
        yield _events(record, numbers)
    if record.links:
        yield _links(record, numbers)


def _events(record: Record, numbers: dict[str, int]) -> Table:
    table = _table("events")
    table.add_column("what", ratio=7)
    table.add_column("who → whom", ratio=10)
    table.add_column("where, when", ratio=7)
    table.add_column("who says so (number of the statement above)", ratio=12)
    for event in record.events:
        table.add_row(
            _what(record, event),
            _who(record, event),
            _where(record, event),
            _voices(record, event, numbers),
        )
    return table


def _table(title: str) -> Table:
    return Table(
        title=title,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        expand=True,
        pad_edge=False,
        padding=(0, 1),
    )


def _what(record: Record, event: Event) -> Text:
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    words = shorten(clean(event.trigger.of(record.report.text)), NAME_CHARS)
    text = Text.assemble((kind, Style(bold=True)), f" “{words}”")
    if event.generic:
        text.append(" in general", Style(dim=True))
    return text


def _who(record: Record, event: Event) -> str:
    names: dict[Role, list[str]] = {}
    for part in event.participants:
        words = shorten(clean(part.span.of(record.report.text)), NAME_CHARS)
        names.setdefault(part.role, []).append(words)
    doers = ", ".join(names.get(Role.ACTOR, ["?"]))
    others = [*names.get(Role.TARGET, []), *names.get(Role.VICTIM, [])]
    line = f"{doers} → {', '.join(others)}" if others else doers
    means = names.get(Role.INSTRUMENT)
    return f"{line} · with {', '.join(means)}" if means else line


def _where(record: Record, event: Event) -> str:
    places = {place.id: place.name for place in record.places}
    times = {time.id: time for time in record.times}
    said = [clean(places[row.place]) for row in event.places if row.place in places]
    for row in event.times:
        if (time := times.get(row.time)) is not None:
            said.append(clean(time.mentions[0].of(record.report.text)))
    return ", ".join(dict.fromkeys(said)) or "—"


def _voices(record: Record, event: Event, numbers: dict[str, int]) -> Text:
    style = STATUS_STYLES.get(event.status, OTHER_STATUS)
    text = Text.assemble((event.status.value, style))
    text.append(": " + "; ".join(_told(event.assertions, numbers)))
    counts: dict[str, list[str]] = {}
    for count in event.counts:
        counts.setdefault(_count(count), []).extend(count.statements)
    for told, ids in counts.items():
        text.append(f" · {told} ({_names(dict.fromkeys(ids), numbers)})")
    return text


def _told(assertions: Sequence[Assertion], numbers: dict[str, int]) -> Iterator[str]:
    by_status: dict[str, list[str]] = {}
    for assertion in assertions:
        by_status.setdefault(assertion.status.value, []).append(assertion.statement)
    for status, ids in by_status.items():
        yield f"{status} {_names(ids, numbers)}"


def _names(ids: Iterable[str], numbers: dict[str, int]) -> str:
    ordered = sorted(numbers[one] for one in ids)
    return ", ".join(str(number) if number else OUTLET for number in ordered)


def _count(count: Count) -> str:
    about = "about " if count.approximate else ""
    if count.low == count.high:
        number = str(count.low)
    elif count.high is None:
        number = f"{count.low} or more"
    elif count.low is None:
        number = f"up to {count.high}"
    else:
        number = f"{count.low}–{count.high}"
    return f"{about}{number} {count.what.value}"


def _links(record: Record, numbers: dict[str, int]) -> Table:
    table = _table("ties")
    table.add_column("from", ratio=8)
    table.add_column("tie", no_wrap=True)
    table.add_column("to", ratio=8)
    table.add_column("who says so", ratio=8)
    names = {actor.id: clean(actor.name) for actor in record.actors}
    names |= {place.id: clean(place.name) for place in record.places}
    for link in record.links:
        table.add_row(
            shorten(names.get(link.from_, "?"), NAME_CHARS),
            link.kind.value.replace("_", " "),
            shorten(names.get(link.to, "?"), NAME_CHARS),
            "; ".join(_told(link.assertions, numbers)),
        )
    return table
