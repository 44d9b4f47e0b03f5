"""The network of ties: who is said to be tied to whom, and which ties are denied."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from sayso.errors import UsageError
from sayso.show.clean import shorten
from sayso.web.figures.figure import Column, Figure, Table, TableRow
from sayso.web.figures.svg import drawing, element, link, percent, words

MOST_DRAWN = 60  # actors and places; more cannot be told apart
MOST_LABELS = 40  # ties that bear their kind; it is in the table for all
SEED = 7
STEPS = 60
NAME_CHARS = 24
RADIUS = 11  # pixels of a node
# Lengths are in the room that one node takes with its name beside it.
ACROSS, ROOM = 6.0, 0.7
PAIR_WIDTH, PAIR_HEIGHT = 3.0, 0.6
ROOM_PIXELS = 110
_COLUMNS = (
    Column("from", "From"),
    Column("kind", "Tie"),
    Column("to", "To"),
    Column("links", "Links"),
    Column("denied", "Denied by a voice"),
    Column("from_number", "From, on the drawing"),
    Column("to_number", "To, on the drawing"),
)
Spot = tuple[float, float]


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """All links of one kind from one actor to another, or to a place."""

    from_id: str
    from_name: str
    kind: str
    to_id: str
    to_name: str
    links: int
    denied: int
    href: str | None = None
    from_href: str | None = None
    to_href: str | None = None


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """Nodes that hang together, from the upper left corner of their room."""

    spots: dict[str, Spot]
    width: float
    height: float


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """All ties from one node to another: one line of the drawing."""

    ends: tuple[str, str]
    ties: tuple[Tie, ...]

    @property
    def links(self) -> int:
        return sum(tie.links for tie in self.ties)

    @property
    def denied(self) -> int:
        return sum(tie.denied for tie in self.ties)

    @property
    def kinds(self) -> str:
        return ", ".join(tie.kind.replace("_", " ") for tie in self.ties)


def draw_network(ties: Sequence[Tie], *, name: str = "network") -> Figure:
    """Return the ties as arrows between numbered nodes, the most tied first.

    Args:
        ties: The most links first; all stand in the table.
        name: Begins the ids of the drawing.

    Raises:
        UsageError: networkx is not installed.
    """
    numbers = _number(ties)
    drawn = [
        tie
        for tie in ties
        # Two that somebody has merged may have had a tie between them.
        if tie.from_id != tie.to_id
        and max(numbers[tie.from_id], numbers[tie.to_id]) <= MOST_DRAWN
    ]
    lines = _lines(drawn)
    whole = _lay_out([line.ends for line in lines])
    spots = whole.spots
    title = f"Network of {len(drawn)} of {len(ties)} ties"
    described = (
        f"{len(spots)} actors and places. An arrow is what at least one voice says;"
        " dashed: some of its links are denied, dotted: all are. The table below has"
        " every tie."
    )
    svg = drawing(
        name,
        title,
        described,
        _arrowhead(name),
        *(
            _draw_line(one, spots, name, is_named=len(lines) <= MOST_LABELS)
            for one in lines
        ),
        *_draw_nodes(drawn, numbers, spots),
        height=max(ROOM_PIXELS * whole.height, 1),
    )
    rows = tuple(_row(tie, numbers) for tie in ties)
    left = len(ties) - len(drawn)
    return Figure(
        name=name,
        title=title,
        svg=svg,
        table=Table(caption="Ties of the network", columns=_COLUMNS, rows=rows),
        note=f"In the table alone: {left} {_LEFT}." if left else "",
    )


_LEFT = "ties of less tied ends, or of an end with itself"


def _number(ties: Sequence[Tie]) -> dict[str, int]:
    """Return the number of each end, from 1, the most tied first."""
    tied: Counter[str] = Counter()
    for tie in ties:
        tied[tie.from_id] += tie.links
        tied[tie.to_id] += tie.links
    order = sorted(tied, key=lambda end: (-tied[end], end))
    return {end: number for number, end in enumerate(order, 1)}


def _lines(ties: Sequence[Tie]) -> list[_Line]:
    between: dict[tuple[str, str], list[Tie]] = {}
    for tie in ties:
        between.setdefault((tie.from_id, tie.to_id), []).append(tie)
    return [_Line(ends=ends, ties=tuple(told)) for ends, told in between.items()]


def _row(tie: Tie, numbers: dict[str, int]) -> TableRow:
    return TableRow(
        cells=(
            tie.from_name,
            tie.kind.replace("_", " "),
            tie.to_name,
            tie.links,
            tie.denied,
            numbers[tie.from_id],
            numbers[tie.to_id],
        ),
        href=tie.href,
    )


# Where the nodes stand


def _lay_out(pairs: Sequence[tuple[str, str]]) -> _Part:
    """Return a spot in the unit square for each node; equal pairs give equal spots.

    Each part that hangs together is laid out alone, else they would fly apart.
    """
    networkx = _networkx()
    graph = networkx.Graph()
    graph.add_nodes_from(sorted({end for pair in pairs for end in pair}))
    graph.add_edges_from(sorted(pairs))
    parts = sorted(
        (sorted(part) for part in networkx.connected_components(graph)),
        key=lambda part: (-len(part), part),
    )
    boxes = []
    for part in parts:
        edges = sorted(pair for pair in pairs if pair[0] in part)
        boxes.append(_lay_out_part(networkx, part, edges))
    return _pack(boxes)


def _lay_out_part(
    networkx: Any, part: Sequence[str], edges: Sequence[tuple[str, str]]
) -> _Part:
    if len(part) < 3:
        # One line of two names, from left to right.
        (first, second), *_ = edges
        spots = {second: (PAIR_WIDTH / 2, PAIR_HEIGHT / 2)}
        spots[first] = (0.0, PAIR_HEIGHT / 2)
        return _Part(spots=spots, width=PAIR_WIDTH, height=PAIR_HEIGHT)
    graph = networkx.Graph()
    graph.add_nodes_from(part)
    graph.add_edges_from(edges)
    found = networkx.spring_layout(
        graph, seed=SEED, iterations=STEPS, k=1.8 / math.sqrt(len(part))
    )
    height = ROOM * math.sqrt(len(part))
    width = min(max(2.4 * height, PAIR_WIDTH), ACROSS)
    inner = _fill({node: (float(x), float(y)) for node, (x, y) in found.items()})
    return _Part(
        spots={
            # The name of the rightmost node needs its room too.
            node: (x * (width - 1), PAIR_HEIGHT / 2 + y * (height - PAIR_HEIGHT))
            for node, (x, y) in inner.items()
        },
        width=width,
        height=height,
    )


def _fill(spots: dict[str, Spot]) -> dict[str, Spot]:
    """Return the spots stretched to the unit square."""
    lows, spans = [], []
    for values in zip(*spots.values(), strict=True):
        lows.append(min(values))
        spans.append(max(values) - min(values))
    return {
        node: (
            (x - lows[0]) / spans[0] if spans[0] > 1e-9 else 0.5,
            (y - lows[1]) / spans[1] if spans[1] > 1e-9 else 0.5,
        )
        for node, (x, y) in spots.items()
    }


def _pack(parts: Sequence[_Part]) -> _Part:
    """Put the parts on shelves, the largest first."""
    spots: dict[str, Spot] = {}
    left = top = shelf = 0.0
    for part in parts:
        if left and left + part.width > ACROSS:
            left, top, shelf = 0.0, top + shelf, 0.0
        shelf = max(shelf, part.height)
        for node, (x, y) in part.spots.items():
            spots[node] = (left + x) / ACROSS, top + y
        left += part.width
    height = top + shelf
    placed = {node: (x, y / height) for node, (x, y) in spots.items()}
    return _Part(spots=placed, width=ACROSS, height=height)


def _networkx() -> Any:
    try:
        import networkx
    except ModuleNotFoundError as error:
        raise UsageError(
            "the network is laid out by networkx, which is not installed",
            mend="pip install 'sayso[web]'",
        ) from error
    return networkx


# What is drawn


def _arrowhead(name: str) -> str:
    head = element("path", d="M0 0L8 4L0 8z")
    return element(
        "defs",
        element(
            "marker",
            head,
            id=f"{name}-head",
            markerWidth=8,
            markerHeight=8,
            refX=8 + RADIUS + 1,
            refY=4,
            markerUnits="userSpaceOnUse",
            orient="auto",
        ),
    )


def _at(spot: Spot) -> tuple[str, str]:
    """Return a spot as percents of the drawing, with room for the circle."""
    return percent(0.04 + 0.96 * spot[0]), percent(0.02 + 0.96 * spot[1])


def _draw_line(
    line: _Line, spots: dict[str, Spot], name: str, *, is_named: bool
) -> str:
    here, there = (spots[end] for end in line.ends)
    (x1, y1), (x2, y2) = _at(here), _at(there)
    first = line.ties[0]
    told = f"{first.from_name}: {line.kinds}: {first.to_name}, {line.links} links"
    if line.denied:
        told += f", {line.denied} denied"
    dashes = {0: None, line.links: "2 4"}.get(line.denied, "7 4")
    attributes: dict[str, str | float | None] = {
        "x1": x1,
        "y1": y1,
        "x2": x2,
        "y2": y2,
        "stroke": "currentColor",
    }
    parts = [
        # Wide and unseen: a thin line is hard to hit.
        element("line", **attributes, stroke_width=14, stroke_opacity=0),
        element(
            "line",
            **attributes,
            class_="tie",
            stroke_width=min(1 + math.log2(max(line.links, 1)) / 2, 5),
            stroke_opacity=0.75,
            stroke_dasharray=dashes,
            marker_end=f"url(#{name}-head)",
        ),
    ]
    if is_named:
        # Nearer to the right end, as the name of the left one stands between.
        left, right = sorted((here, there))
        x, y = _at(
            (
                left[0] + 0.66 * (right[0] - left[0]),
                left[1] + 0.66 * (right[1] - left[1]),
            )
        )
        label = f"{line.kinds}, denied" if line.denied else line.kinds
        # Below the line, and that of the way back above it.
        lower = "1em" if here == left else "-0.4em"
        parts.append(_tie_name(shorten(label, NAME_CHARS + 8), x, y, lower))
    return link(first.href, *parts, label=told)


def _tie_name(text: str, x: str, y: str, lower: str) -> str:
    return element(
        "text",
        words(text),
        x=x,
        y=y,
        dy=lower,
        text_anchor="middle",
        class_="tie-name wide",
        font_size=11,
    )


def _draw_nodes(
    ties: Sequence[Tie], numbers: dict[str, int], spots: dict[str, Spot]
) -> list[str]:
    ends = {
        end: (name, href)
        for tie in ties
        for end, name, href in (
            (tie.from_id, tie.from_name, tie.from_href),
            (tie.to_id, tie.to_name, tie.to_href),
        )
    }
    order = sorted(ends, key=lambda end: numbers[end], reverse=True)
    # Names first: a number under a name could not be read, and tells the name.
    names = [_draw_name(ends[end][0], spots[end]) for end in order]
    nodes = [_draw_node(numbers[end], *ends[end], spots[end]) for end in order]
    return [element("g", *names, aria_hidden="true"), *nodes]


def _draw_name(name: str, spot: Spot) -> str:
    x, y = _at(spot)
    return element(
        "text",
        words(shorten(name, NAME_CHARS)),
        x=x,
        y=y,
        dx=RADIUS + 2,
        dy="-0.5em",  # above lines to the right
        class_="node-name wide",
    )


def _draw_node(number: int, name: str, href: str | None, spot: Spot) -> str:
    x, y = _at(spot)
    circle = element("circle", cx=x, cy=y, r=RADIUS, class_="mark")
    inside = element(
        "text",
        str(number),
        x=x,
        y=y,
        dy="0.35em",
        text_anchor="middle",
        class_="on-mark",
    )
    return link(href, circle, inside, label=f"{number}. {name}")
