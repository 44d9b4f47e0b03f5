from __future__ import annotations

import struct

import pytest

from training.build_map import is_area, read_rings, read_rows, thin

SQUARE = [(0.0, 0.0), (0.0, 1.04), (1.0, 1.0), (0.0, 0.0)]


def shape(points: list[tuple[float, float]], kind: int = 5) -> bytes:
    """Return a file of one shape with one ring."""
    flat = [part for point in points for part in point]
    body = struct.pack("<i4d2ii", kind, *(0.0,) * 4, 1, len(points), 0)
    body += struct.pack(f"<{len(flat)}d", *flat)
    return b"\0" * 100 + struct.pack(">2i", 1, len(body) // 2) + body


def test_rings_come_in_tenths_of_a_degree() -> None:
    assert list(read_rings(shape(SQUARE))) == [[[(0, 0), (0, 10), (10, 10), (0, 0)]]]


def test_what_is_no_polygon_is_an_error() -> None:
    with pytest.raises(ValueError, match="of kind 3"):
        list(read_rings(shape(SQUARE, kind=3)))


def test_rows_come_with_the_names_of_their_columns() -> None:
    field = b"iso_a3".ljust(11, b"\0") + b"C" + b"\0" * 4 + b"\3" + b"\0" * 15
    head = b"\3\0\0\0" + struct.pack("<IHH", 1, 32 + 32 + 1, 4) + b"\0" * 20

    rows = list(read_rows(head + field + b"\r" + b" TRS"))

    assert rows == [{"iso_a3": "TRS"}]


def test_points_that_fall_together_are_one() -> None:
    assert thin([(0, 0), (0, 0), (1, 1), (1, 1), (0, 0)]) == [(0, 0), (1, 1)]


def test_two_points_are_no_area() -> None:
    assert not is_area([(0, 0), (1, 1)])
