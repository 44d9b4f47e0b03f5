"""When the comments of a thread came, in slots of equal length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from sayso.web.figures.figure import Column, Figure, Table, TableRow
from sayso.web.figures.svg import drawing, element, percent, words

HEIGHT, LINE = 70, 18  # pixels of the highest bar, and of a line of text
MOST_SLOTS = 60
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_LENGTHS = (
    *((_MINUTE * n, f"{n} min") for n in (1, 5, 15)),
    *((_HOUR * n, f"{n} h") for n in (1, 3, 6, 12)),
    *((_DAY * n, f"{n} days" if n > 1 else "1 day") for n in (1, 7, 30, 365, 3_650)),
)
_COLUMNS = (Column("from", "From"), Column("comments", "Comments"))


def draw_arrivals(times: Sequence[str | None], *, name: str = "arrivals") -> Figure:
    """Return a bar for each slot of time with the number of comments in it.

    Args:
        times: ISO 8601 of each comment; without a zone they count as UTC. Those that
            are none are left out, and the note says how many.
        name: Begins the ids of the drawing.
    """
    known = sorted(second for one in times if (second := _second(one)) is not None)
    title = f"When {len(known)} comments came"
    if not known:
        table = Table(caption=title, columns=_COLUMNS, rows=())
        svg = drawing(name, title, "No comment has a time.", height=1)
        return Figure(name=name, title=title, svg=svg, table=table)
    length, told = _length(known[0], known[-1])
    slots = Counter(second // length for second in known)
    first, last = known[0] // length, known[-1] // length
    rows = tuple(
        TableRow(cells=(_written(slot * length), slots[slot])) for slot in sorted(slots)
    )
    left_out = len(times) - len(known)
    return Figure(
        name=name,
        title=title,
        svg=_draw(name, title, slots, (first, last), told, length),
        table=Table(caption=f"Comments by {told}", columns=_COLUMNS, rows=rows),
        note=f"{left_out} comments have no time." if left_out else "",
    )


def _draw(
    name: str,
    title: str,
    slots: Counter[int],
    ends: tuple[int, int],
    told: str,
    length: int,
) -> str:
    (first, last), most = ends, max(slots.values())
    count = last - first + 1
    described = (
        f"From {_written(first * length)} to {_written((last + 1) * length)}, each bar"
        f" {told}; {most} comments at most. The table below has the numbers."
    )
    bottom = LINE + HEIGHT
    bars = (
        element(
            "rect",
            x=percent((slot - first) / count),
            width=percent(0.9 / count),
            y=bottom - HEIGHT * slots[slot] / most,
            height=HEIGHT * slots[slot] / most,
        )
        for slot in sorted(slots)
    )
    under = bottom + LINE - 4
    return drawing(
        name,
        title,
        described,
        element("text", words(f"comments in {told}, up to {most}"), y=LINE - 6),
        *bars,
        element("line", x1=0, x2="100%", y1=bottom, y2=bottom, stroke="currentColor"),
        element("text", words(_written(first * length)), y=under),
        element(
            "text",
            words(_written((last + 1) * length)),
            x="100%",
            y=under,
            text_anchor="end",
        ),
        height=under + 6,
    )


def _second(text: str | None) -> int | None:
    """Return the seconds since 1970 of a time; None where it is no whole time."""
    try:
        time = datetime.fromisoformat(text or "")
        return int((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None


def _length(first: int, last: int) -> tuple[int, str]:
    """Return the shortest slot of which few enough reach from first to last."""
    fitting = (one for one in _LENGTHS if last // one[0] - first // one[0] < MOST_SLOTS)
    return next(fitting, _LENGTHS[-1])


def _written(second: int) -> str:
    try:
        return f"{datetime.fromtimestamp(second, UTC):%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError, OSError):  # beyond the year 9999
        return "the end of time"
