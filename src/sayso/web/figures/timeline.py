"""The timeline: when events are said to have happened, and when that was said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from sayso.record import OverallStatus, TimePrecision
from sayso.show.clean import shorten
from sayso.store.rows import Period
from sayso.web.figures.axis import Axis, draw_ticks
from sayso.web.figures.figure import Column, Figure, Table, TableRow
from sayso.web.figures.svg import drawing, element, link, percent, words

ROW, LABEL, BAR, SAID, AXIS = 46, 13, 10, 5, 20  # pixels
LABEL_CHARS = 42  # as wide as 320 pixels are
EXACT = (TimePrecision.MINUTE, TimePrecision.HOUR, TimePrecision.DAY)
HALF = 60  # pixels of the months' bars upwards, and of those downwards
MOST_MONTHS = 240  # more than that are told by years
_UNREAL = (
    OverallStatus.POSSIBLE,
    OverallStatus.PLANNED,
    OverallStatus.THREATENED,
    OverallStatus.ATTEMPTED,
    OverallStatus.HYPOTHETICAL,
)
_COLUMNS = (
    Column("event", "Event"),
    Column("status", "Status"),
    Column("first_day", "First possible day"),
    Column("last_day", "Last possible day"),
    Column("precision", "Told as"),
    Column("said_first", "First said"),
    Column("said_last", "Last said"),
    Column("outlet", "Outlet"),
    Column("report", "Report", False),
)


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """An event between the first and last day that it may have happened."""

    label: str
    status: OverallStatus
    first: date
    last: date
    precision: TimePrecision | None
    said: tuple[date, ...]
    """Days of the statements that tell it, in order."""
    outlet: str | None
    report: str
    """Id of the report."""
    href: str | None = None

    @property
    def is_exact(self) -> bool:
        """Whether the text tells the day itself."""
        return self.precision in EXACT or self.first == self.last

    @property
    def when(self) -> str:
        """The days in words."""
        if self.first == self.last:
            return str(self.first)
        return f"{self.first} to {self.last}"


def parse_day(text: str | None) -> date | None:
    """Return the day of an ISO 8601 day or minute; None where it is no whole day."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def draw_timeline(bars: Sequence[Bar], *, name: str = "timeline") -> Figure:
    """Return the bars one below the other, in the order given, on one axis of days."""
    title = f"Timeline of {_many(len(bars), 'event')}"
    table = Table(caption=title, columns=_COLUMNS, rows=tuple(map(_row, bars)))
    if not bars:
        svg = drawing(name, title, "No event of these has a day.", height=1)
        return Figure(name=name, title=title, svg=svg, table=table)
    axis = Axis(
        first=min(day for bar in bars for day in (bar.first, *bar.said)),
        last=max(day for bar in bars for day in (bar.last, *bar.said)),
    )
    bottom = ROW * len(bars) + 4
    described = (
        f"From {axis.first} to {axis.last}. A bar spans the days on which an event may"
        " have happened, a diamond stands on each day on which that was said. The table"
        " below has the same rows."
    )
    svg = drawing(
        name,
        title,
        described,
        _fade(name),
        draw_ticks(axis, top=0, bottom=bottom),
        *(_draw_bar(bar, axis, ROW * n, name) for n, bar in enumerate(bars)),
        height=bottom + AXIS,
    )
    return Figure(name=name, title=title, svg=svg, table=table)


def _row(bar: Bar) -> TableRow:
    return TableRow(
        cells=(
            bar.label,
            bar.status.value,
            str(bar.first),
            str(bar.last),
            bar.precision.value if bar.precision else None,
            str(bar.said[0]) if bar.said else None,
            str(bar.said[-1]) if bar.said else None,
            bar.outlet,
            bar.report,
        ),
        href=bar.href,
    )


def _fade(name: str) -> str:
    """Return the fill of a bar whose ends are not known: it fades out to both."""
    stops = ((0, 0.1), (0.35, 0.8), (0.65, 0.8), (1, 0.1))
    return element(
        "defs",
        element(
            "linearGradient",
            *(
                element(
                    "stop", offset=at, stop_color="currentColor", stop_opacity=opacity
                )
                for at, opacity in stops
            ),
            id=f"{name}-fade",
        ),
    )


def _draw_bar(bar: Bar, axis: Axis, top: float, name: str) -> str:
    head = shorten(f"{bar.status.value}: {bar.label}", LABEL_CHARS)
    tail = f" · {bar.when}" + (
        "" if bar.is_exact else f" ({bar.precision or 'no precision'})"
    )
    said = ", ".join(map(str, bar.said))
    label = f"{bar.status.value}: {bar.label}, {bar.when}"
    high = top + LABEL + 4
    low = high + BAR + 3 + SAID
    return link(
        bar.href,
        element(
            "text",
            words(head),
            element("tspan", words(tail), class_="wide", fill_opacity=0.75),
            y=top + LABEL,
        ),
        _thread(bar, axis, low),
        _body(bar, axis, high, name),
        *(_diamond(axis, day, low) for day in bar.said),
        label=f"{label}; said on {said}" if said else label,
    )


def _body(bar: Bar, axis: Axis, high: float, name: str) -> str:
    """Return the bar: filled if said to be so, hollow if denied or not yet so."""
    is_denied = bar.status is OverallStatus.DENIED
    is_hollow = is_denied or bar.status in _UNREAL
    filled = "currentColor" if bar.is_exact else f"url(#{name}-fade)"
    return element(
        "rect",
        x=percent(axis.share(bar.first)),
        y=high,
        width=percent(axis.width(bar.first, bar.last)),
        height=BAR,
        class_=f"days {bar.status}",
        fill="none" if is_hollow else filled,
        # Keeps a single day of many years visible.
        stroke="currentColor",
        stroke_width=2,
        stroke_dasharray="6 3" if is_denied else "2 3" if is_hollow else None,
        stroke_opacity=None if bar.is_exact or is_hollow else 0.35,
    )


def _thread(bar: Bar, axis: Axis, y: float) -> str:
    """Return the line from an event to the last time that it was told."""
    if not bar.said:
        return ""
    half = axis.share_of_day() / 2
    ends = [axis.share(day) + half for day in (bar.first, bar.last, *bar.said)]
    return element(
        "line",
        x1=percent(min(ends)),
        x2=percent(max(ends)),
        y1=y,
        y2=y,
        stroke="currentColor",
        stroke_opacity=0.6,
        stroke_dasharray="1 4",
    )


def _diamond(axis: Axis, day: date, y: float) -> str:
    middle = axis.share(day) + axis.share_of_day() / 2
    shape = element(
        "path",
        d=f"M0 -{SAID}L{SAID} 0L0 {SAID}L-{SAID} 0Z",
        class_="said",
        stroke="currentColor",
        stroke_width=1.5,
    )
    return element("svg", shape, x=percent(middle), y=y, overflow="visible")


# The months at a glance


def draw_months(
    periods: Sequence[Period], href: Callable[[str], str], *, name: str = "months"
) -> Figure:
    """Return statements by month of publication above events by month of happening.

    Args:
        periods: In order; months without either may be missing.
        href: Gives where a month of the table leads.
        name: Begins the ids of the drawing.
    """
    title = "Statements and events by month"
    columns = (
        Column("month", "Month"),
        Column("statements", "Statements published"),
        Column("events", "Events said to begin"),
    )
    rows = tuple(
        TableRow(cells=(one.month, one.statements, one.events), href=href(one.month))
        for one in periods
    )
    table = Table(caption=title, columns=columns, rows=rows)
    dated = [one for one in periods if parse_day(f"{one.month}-01")]
    if not dated:
        svg = drawing(name, title, "No month has a statement or event.", height=1)
        return Figure(name=name, title=title, svg=svg, table=table)
    return Figure(
        name=name, title=title, svg=_draw_months(name, title, dated), table=table
    )


def _draw_months(name: str, title: str, periods: Sequence[Period]) -> str:
    first, last = _month(periods[0]), _month(periods[-1])
    size = 12 if last - first >= MOST_MONTHS else 1
    start = first // size
    slots = last // size - start + 1
    above = _sums((_month(one) // size - start, one.statements) for one in periods)
    below = _sums((_month(one) // size - start, one.events) for one in periods)
    most_above, most_below = max(above.values()), max(below.values())
    described = (
        f"{periods[0].month} to {periods[-1].month}. Upwards, striped: statements"
        f" published, {most_above} at most. Downwards, filled: events said to begin,"
        f" {most_below} at most. The table below has the numbers."
    )
    middle = LABEL + 4 + HALF
    axis = Axis(first=_day(size * start), last=_end(size * (start + slots) - 1))
    return drawing(
        name,
        title,
        described,
        _stripes(name),
        draw_ticks(axis, top=LABEL + 4, bottom=middle + HALF),
        element("text", words(f"↑ statements, up to {most_above}"), y=LABEL - 2),
        *(
            _column(slot / slots, 1 / slots, middle, -HALF * told / most_above, name)
            for slot, told in above.items()
            if told
        ),
        *(
            _column(slot / slots, 1 / slots, middle, HALF * told / most_below, None)
            for slot, told in below.items()
            if told
        ),
        element("line", x1=0, x2="100%", y1=middle, y2=middle, stroke="currentColor"),
        element(
            "text",
            words(f"↓ events, up to {most_below}"),
            y=middle + HALF + AXIS + LABEL,
        ),
        height=middle + HALF + AXIS + LABEL + 6,
    )


def _column(
    left: float, width: float, middle: float, height: float, stripes: str | None
) -> str:
    return element(
        "rect",
        x=percent(left),
        width=percent(0.9 * width),
        y=middle + min(height, 0),
        height=max(abs(height), 1),
        fill=f"url(#{stripes}-stripes)" if stripes else "currentColor",
        stroke="currentColor" if stripes else None,
        stroke_width=0.5 if stripes else None,
    )


def _stripes(name: str) -> str:
    line = element("path", d="M0 4L4 0", stroke="currentColor", stroke_width=1)
    return element(
        "defs",
        element(
            "pattern",
            line,
            id=f"{name}-stripes",
            width=4,
            height=4,
            patternUnits="userSpaceOnUse",
        ),
    )


def _sums(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for slot, told in pairs:
        sums[slot] = sums.get(slot, 0) + told
    return sums


def _month(period: Period) -> int:
    return 12 * int(period.month[:4]) + int(period.month[5:7]) - 1


def _day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _end(month: int) -> date:
    return date.fromordinal(_day(month + 1).toordinal() - 1)


def _many(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
