"""Figures of the reader: rows in, SVG with an equal table out; pure.

Each figure is drawn without a script. Horizontal places are percents and letters are
pixels, so that one drawing is legible on a telephone, on a desk and on paper. What
colour tells, a line style and a label tell as well. Equal rows give equal bytes.
"""

from __future__ import annotations

from sayso.web.figures.arrivals import draw_arrivals
from sayso.web.figures.figure import Column, Figure, Table, TableRow
from sayso.web.figures.network import Tie, draw_network
from sayso.web.figures.timeline import Bar, draw_months, draw_timeline
from sayso.web.figures.worldmap import Box, Mark, draw_map, fit_box

__all__ = [
    "Bar",
    "Box",
    "Column",
    "Figure",
    "Mark",
    "Table",
    "TableRow",
    "Tie",
    "draw_arrivals",
    "draw_map",
    "draw_months",
    "draw_network",
    "draw_timeline",
    "fit_box",
]
