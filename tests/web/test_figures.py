from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from sayso.record import OverallStatus, PlacePrecision, TimePrecision
from sayso.store.rows import Period
from sayso.web.figures import (
    Bar,
    Figure,
    Mark,
    Tie,
    draw_arrivals,
    draw_map,
    draw_months,
    draw_network,
    draw_timeline,
    fit_box,
)
from sayso.web.figures.axis import MOST_TICKS, Axis, ticks
from sayso.web.figures.outlines import lines_in, load_outlines, middle_of, path_of
from sayso.web.figures.svg import element, number, words
from sayso.web.figures.timeline import parse_day
from sayso.web.figures.worldmap import MOST_DRAWN, WORLD, Box, around

SVG = "{http://www.w3.org/2000/svg}"
EVIL = "<script>alert(1)</script>\"'&\x00\x1b\u202e"
DAY = date(2019, 8, 12)
BAR = Bar(
    label="Assault “raid”, Ilmen",
    status=OverallStatus.ALLEGED,
    first=DAY,
    last=DAY,
    precision=TimePrecision.DAY,
    said=(date(2019, 8, 14),),
    outlet="Harbour Wire",
    report="r1",
    href="/reports/r1#e1",
)
MARK = Mark(
    name="Ilmen",
    lat=14.5,
    lon=-3.0,
    radius_km=8,
    precision=PlacePrecision.CITY,
    country="TRS",
    gazetteer_id="made:1",
    events=3,
    reports=2,
    href="/places/P1",
)
TIE = Tie(
    from_id="A1",
    from_name="River Front",
    kind="allied_with",
    to_id="A2",
    to_name="Reed Front",
    links=2,
    denied=0,
    href="/network/tie?from=A1",
)


def ring(size: int) -> tuple[Tie, ...]:
    """Return ties that go round."""
    names = [f"N{n}" for n in range(size)]
    return tuple(
        replace(TIE, from_id=a, to_id=b, from_name=a, to_name=b)
        for a, b in zip(names, names[1:] + names[:1], strict=True)
    )


def figures(label: str = "Ilmen") -> tuple[Figure, ...]:
    """Return one figure of each kind, with a label in every field of text."""
    tie = replace(TIE, from_name=label, kind=label, to_name=label, href=label)
    return (
        draw_timeline((replace(BAR, label=label, outlet=label, href=label),)),
        draw_map((replace(MARK, name=label, href=label, country=label),), WORLD),
        draw_network((tie,)),
        draw_months((Period(month="2019-08", statements=2, events=1),), lambda _: "/"),
    )


def elements(figure: Figure, name: str) -> list[ET.Element]:
    return list(ET.fromstring(figure.svg).iter(SVG + name))


@pytest.mark.parametrize("figure", figures(), ids=lambda one: one.name)
def test_a_figure_names_and_describes_itself(figure: Figure) -> None:
    root = ET.fromstring(figure.svg)
    by_id = {one.get("id"): one.text for one in root.iter() if one.get("id")}

    assert by_id[root.get("aria-labelledby")] == figure.title
    assert len(by_id[root.get("aria-describedby")] or "") > 20


@pytest.mark.parametrize("figure", figures(EVIL), ids=lambda one: one.name)
def test_text_stays_text(figure: Figure) -> None:
    root = ET.fromstring(figure.svg)

    assert not [one for one in root.iter() if "script" in one.tag]
    assert not [key for one in root.iter() for key in one.attrib if key[:2] == "on"]
    assert not {"\x00", "\x1b", "\u202e"} & set(figure.svg)


@pytest.mark.parametrize("figure", figures(), ids=lambda one: one.name)
def test_no_figure_needs_an_inline_style(figure: Figure) -> None:
    assert "style" not in figure.svg


def test_equal_rows_give_equal_bytes() -> None:
    assert [one.svg for one in figures()] == [one.svg for one in figures()]
    assert draw_network(ring(9)).svg == draw_network(ring(9)).svg


def test_the_table_as_csv_has_the_rows_shown() -> None:
    table = draw_timeline((BAR, replace(BAR, label="=1+1"))).table

    rows = list(csv.DictReader(io.StringIO(table.as_csv().lstrip("\ufeff"))))

    assert [row["first_day"] for row in rows] == ["2019-08-12", "2019-08-12"]
    assert rows[0]["status"] == "alleged"
    assert rows[1]["event"] == "'=1+1"  # else a spreadsheet computes it


def test_the_table_as_json_keeps_numbers() -> None:
    told = json.loads(draw_map((MARK,), WORLD).table.as_json())

    assert told[0]["events"] == 3
    assert told[0]["lat"] == 14.5


# Timeline


def test_a_day_told_is_solid_and_a_month_fades_out() -> None:
    month = replace(
        BAR,
        first=date(2019, 8, 1),
        last=date(2019, 8, 31),
        precision=TimePrecision.MONTH,
    )

    solid, faded = elements(draw_timeline((BAR, month)), "rect")

    assert solid.get("fill") == "currentColor"
    assert faded.get("fill") == "url(#timeline-fade)"


@pytest.mark.parametrize(
    ("status", "dashes"),
    [(OverallStatus.DENIED, "6 3"), (OverallStatus.PLANNED, "2 3")],
)
def test_what_is_denied_or_not_yet_done_is_hollow(
    status: OverallStatus, dashes: str
) -> None:
    (bar,) = elements(draw_timeline((replace(BAR, status=status),)), "rect")

    assert bar.get("fill") == "none"
    assert bar.get("stroke-dasharray") == dashes


def test_the_status_stands_in_words_too() -> None:
    assert "alleged: Assault" in draw_timeline((BAR,)).svg


def test_a_bar_lies_where_its_days_lie() -> None:
    later = replace(BAR, first=date(2019, 8, 14), last=date(2019, 8, 15), said=())

    first, second = elements(draw_timeline((replace(BAR, said=()), later)), "rect")

    assert (first.get("x"), first.get("width")) == ("0%", "25%")
    assert (second.get("x"), second.get("width")) == ("50%", "50%")


def test_saying_before_and_behind_the_event_widens_the_axis() -> None:
    said = replace(BAR, said=(date(2019, 8, 1), date(2019, 9, 1)))

    svg = draw_timeline((said,)).svg

    assert "From 2019-08-01 to 2019-09-01" in svg
    assert svg.count('class="said"') == 2


def test_a_timeline_of_nothing_says_so() -> None:
    figure = draw_timeline(())

    assert "No event" in figure.svg
    assert figure.table.rows == ()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2019, 8, 12), date(2019, 8, 12)),
        (date(2019, 8, 1), date(2019, 8, 31)),
        (date(2019, 1, 1), date(2020, 12, 31)),
        (date(1900, 1, 1), date(2026, 1, 1)),
        (date(1, 1, 1), date(9999, 12, 31)),
    ],
    ids=str,
)
def test_an_axis_has_few_dates_all_of_them_on_it(first: date, last: date) -> None:
    found = ticks(Axis(first=first, last=last))

    assert 1 <= len(found) <= MOST_TICKS
    assert all(first <= day <= last for day, _ in found)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-08-12", DAY),
        ("2019-08-12T14:30", DAY),
        ("2019-XX-12", None),
        ("2019-08", None),
        ("-0044-03-15", None),
        (None, None),
    ],
)
def test_only_whole_days_are_drawn(text: str | None, day: date | None) -> None:
    assert parse_day(text) == day


def test_months_between_have_their_room() -> None:
    periods = (
        Period(month="2019-01", statements=4, events=0),
        Period(month="2019-04", statements=2, events=8),
    )

    bars = elements(draw_months(periods, lambda month: f"?m={month}"), "rect")

    assert [bar.get("x") for bar in bars] == ["0%", "75%", "75%"]
    assert [bar.get("height") for bar in bars] == ["60", "30", "60"]


def test_very_many_months_are_told_by_years() -> None:
    periods = (
        Period(month="1990-05", statements=1, events=1),
        Period(month="2029-12", statements=1, events=1),
    )

    bars = elements(draw_months(periods, lambda _: "/"), "rect")

    assert [bar.get("x") for bar in bars] == ["0%", "97.5%"] * 2


# Map


def test_a_mark_lies_where_its_point_lies() -> None:
    box = Box(west=-10, south=10, east=10, north=20)

    *_, circle = elements(draw_map((replace(MARK, lat=15, lon=0),), box), "circle")

    assert (circle.get("cx"), circle.get("cy")) == ("50%", "50%")


def test_the_radius_is_to_scale() -> None:
    box = Box(west=-5, south=-2.5, east=5, north=2.5)  # at the equator

    (reach,) = elements(
        draw_map((replace(MARK, lat=0, lon=0, radius_km=111.32),), box), "ellipse"
    )

    assert (reach.get("rx"), reach.get("ry")) == ("10%", "20%")


@pytest.mark.parametrize("precision", PlacePrecision)
def test_a_wide_place_has_a_dashed_circle(precision: PlacePrecision) -> None:
    is_wide = precision in (
        PlacePrecision.REGION,
        PlacePrecision.COUNTRY,
        PlacePrecision.AREA,
    )

    (reach,) = elements(
        draw_map((replace(MARK, precision=precision),), WORLD), "ellipse"
    )

    assert (reach.get("stroke-dasharray") is not None) == is_wide


def test_places_outside_the_map_are_named_as_left_out() -> None:
    figure = draw_map((MARK, replace(MARK, lat=60)), fit_box((MARK,)))

    assert figure.note == "In the table alone: 1 outside this part of the map."
    assert len(figure.table.rows) == 2


def test_no_more_marks_than_can_be_told_apart() -> None:
    marks = tuple(
        replace(MARK, name=f"Town {n}", lon=n / 4 - 89) for n in range(MOST_DRAWN + 7)
    )

    figure = draw_map(marks, WORLD)

    assert len(elements(figure, "circle")) == MOST_DRAWN
    assert figure.note == "In the table alone: 7 with fewer events not drawn."


@pytest.mark.parametrize(
    "places",
    [
        [(0, 0)],
        [(89.9, 179.9), (-89.9, -179.9)],
        [(14, -3), (16, 4)],
        [(70, 20), (70, 21)],
    ],
    ids=str,
)
def test_the_box_fits_all_places(places: list[tuple[float, float]]) -> None:
    marks = [replace(MARK, lat=lat, lon=lon) for lat, lon in places]

    box = fit_box(marks)

    assert all(map(box.holds, marks))
    assert box.west >= -180
    assert box.north <= 90


@pytest.mark.parametrize("at", [(0, 0, 10), (179, 80, 40), (-500, 500, 1e9)], ids=str)
def test_moving_never_leaves_the_world(at: tuple[float, float, float]) -> None:
    box = around(*at)
    for moved in (box.zoomed(0.001), box.zoomed(100), box.moved(3, 3)):
        assert -180 <= moved.west < moved.east <= 180
        assert -90 <= moved.south < moved.north <= 90


def test_outlines_are_rings_of_the_world() -> None:
    outlines = load_outlines()

    assert len(outlines) > 250
    assert all(len(line.points) > 2 for line in outlines)
    assert all(-1800 <= x <= 1800 for line in outlines for x, _ in line.points)
    assert all(-900 <= y <= 900 for line in outlines for _, y in line.points)


def test_land_is_cut_to_the_box() -> None:
    lines = lines_in(2, 10, 4, 12)

    assert lines
    assert all(
        19.5 <= x <= 40.5 and 99.5 <= y <= 120.5 for one in lines for x, y in one.points
    )


def test_the_middle_of_a_square_is_its_middle() -> None:
    assert middle_of(((0, 0), (4, 0), (4, 4), (0, 4))) == (2, 2, 16)


def test_a_path_leaves_out_what_cannot_be_seen() -> None:
    points = ((0, 0), (1, 0), (20, 0), (20, 20))

    assert path_of(points, 5) == "M0 0l20 0 0 -20z"
    assert path_of(points, 500) == ""


# Network


@pytest.mark.parametrize(
    ("denied", "dashes"), [(0, None), (1, "7 4"), (2, "2 4")], ids=["no", "some", "all"]
)
def test_a_denied_tie_is_dashed(denied: int, dashes: str | None) -> None:
    *_, line = elements(draw_network((replace(TIE, denied=denied),)), "line")

    assert line.get("stroke-dasharray") == dashes


def test_a_denied_tie_says_so() -> None:
    assert "2 links, 1 denied" in draw_network((replace(TIE, denied=1),)).svg


def test_ties_of_two_kinds_are_one_line_and_two_rows() -> None:
    figure = draw_network((TIE, replace(TIE, kind="funds")))

    assert figure.svg.count('class="tie"') == 1
    assert "allied with, funds" in figure.svg
    assert [row.cells[1] for row in figure.table.rows] == ["allied with", "funds"]


def test_all_nodes_lie_on_the_drawing() -> None:
    figure = draw_network((*ring(12), *(replace(one, from_id="X") for one in ring(3))))

    for circle in elements(figure, "circle"):
        assert 0 <= float(circle.get("cx", "").rstrip("%")) <= 100
        assert 0 <= float(circle.get("cy", "").rstrip("%")) <= 100


def test_a_large_network_draws_the_most_tied_and_says_what_it_leaves_out() -> None:
    figure = draw_network(ring(100))

    assert len(elements(figure, "circle")) == 60
    assert figure.title == "Network of 58 of 100 ties"
    assert figure.note == (
        "In the table alone: 42 ties of less tied ends, or of an end with itself."
    )
    assert len(figure.table.rows) == 100


def test_somebody_tied_to_themselves_is_drawn() -> None:
    assert draw_network((replace(TIE, to_id="A1"),)).svg


def test_a_tie_within_a_merged_actor_is_told_and_not_drawn() -> None:
    own = msgspec.structs.replace(TIE, to_id=TIE.from_id, to_name=TIE.from_name)

    figure = draw_network([own])

    assert "<line" not in figure.svg
    assert len(figure.table.rows) == 1
    assert figure.note.startswith("In the table alone: 1 ties")


def test_a_network_of_nothing_is_empty() -> None:
    assert elements(draw_network(()), "circle") == []


# Comments over time


def test_slots_are_as_short_as_few_of_them_allow() -> None:
    times = ["2024-05-15T09:00:10Z", "2024-05-15T09:00:50Z", "2024-05-15T09:03:00Z"]

    figure = draw_arrivals(times)

    assert [row.cells for row in figure.table.rows] == [
        ("2024-05-15 09:00", 2),
        ("2024-05-15 09:03", 1),
    ]
    assert [bar.get("x") for bar in elements(figure, "rect")] == ["0%", "75%"]


@pytest.mark.parametrize("last", ["2024-05-16", "2025-05-15", "9999-12-31T23:59:59"])
def test_a_long_thread_has_long_slots(last: str) -> None:
    figure = draw_arrivals(["1970-01-01", "2024-05-15T09:00:00Z", last])

    assert ET.fromstring(figure.svg) is not None
    assert sum(int(str(row.cells[1])) for row in figure.table.rows) == 3


def test_comments_without_a_time_are_counted_as_left_out() -> None:
    figure = draw_arrivals([None, "yesterday", "2024-05-15T09:00:00Z"])

    assert figure.note == "2 comments have no time."
    assert draw_arrivals([None]).table.rows == ()


# Elements


@pytest.mark.parametrize(
    ("value", "told"),
    [(1.0, "1"), (0.125, "0.12"), (-0.001, "0"), (100.10, "100.1"), (-2.5, "-2.5")],
)
def test_numbers_are_written_alike(value: float, told: str) -> None:
    assert number(value) == told


def test_attributes_without_a_value_are_left_out() -> None:
    assert element("g", class_="a", fill=None) == '<g class="a"/>'


def test_words_stand_on_one_line() -> None:
    assert words("a\nb <c>") == "a b &lt;c&gt;"
