"""The network as GEXF 1.3 for Gephi, and as GraphML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.sax.saxutils import quoteattr

from sayso.export.network import Edge, Network, Node
from sayso.record import Record

# XML 1.0 has no way to write these.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
_NODE_FIELDS = ("kind", "country", "sector", "authority")
_EDGE_FIELDS = ("claim", "status", "voices", "text", "report", "outlet", "published")

_GEXF_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta><creator>sayso</creator><description>Ties that reports tell of; draft, per \
report, not merged. Voices: who asserts a tie.</description></meta>
<graph defaultedgetype="directed" mode="dynamic" timeformat="date">
"""
_GRAPHML_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""

Counts = tuple[int, int]
"""Number of nodes and of edges."""


def write_gexf(records: Iterable[Record], path: Path) -> Counts:
    """Write the network with the days of its edges, for Gephi's timeline."""
    nodes = edges = 0
    with _gather(records, path) as network, _text_file(path) as file:
        file.write(_GEXF_HEAD)
        _gexf_attributes(file, "node", _NODE_FIELDS)
        _gexf_attributes(file, "edge", _EDGE_FIELDS)
        file.write("<nodes>\n")
        for node in network.nodes():
            file.write(_gexf_node(node))
            nodes += 1
        file.write("</nodes>\n<edges>\n")
        for edge in network.edges():
            file.write(_gexf_edge(edge))
            edges += 1
        file.write("</edges>\n</graph>\n</gexf>\n")
    return nodes, edges


def write_graphml(records: Iterable[Record], path: Path) -> Counts:
    """Write the network as GraphML; the days are data of the edges."""
    nodes = edges = 0
    edge_fields = ("label", *_EDGE_FIELDS, "start", "end")
    with _gather(records, path) as network, _text_file(path) as file:
        file.write(_GRAPHML_HEAD)
        _graphml_keys(file, "node", ("label", *_NODE_FIELDS))
        _graphml_keys(file, "edge", edge_fields)
        file.write('<graph edgedefault="directed">\n')
        for node in network.nodes():
            cells = _graphml_cells("node", node, ("label", *_NODE_FIELDS))
            file.write(f"<node id={_safe(node.id)}>{cells}</node>\n")
            nodes += 1
        for edge in network.edges():
            cells = _graphml_cells("edge", edge, edge_fields)
            ends = f"source={_safe(edge.source)} target={_safe(edge.target)}"
            file.write(f"<edge id={_safe(edge.id)} {ends}>{cells}</edge>\n")
            edges += 1
        file.write("</graph>\n</graphml>\n")
    return nodes, edges


@contextmanager
def _gather(records: Iterable[Record], path: Path) -> Iterator[Network]:
    """Give the network of all records; what holds it on disk is gone afterwards."""
    store = path.with_name(f"{path.name}.network")
    store.unlink(missing_ok=True)  # of a run that was killed
    try:
        yield Network(records, store)
    finally:
        store.unlink(missing_ok=True)


def _text_file(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", newline="\n")


def _gexf_attributes(file: IO[str], of: str, fields: tuple[str, ...]) -> None:
    rows = "".join(
        f'<attribute id="{name}" title="{name}" type="string"/>' for name in fields
    )
    file.write(f'<attributes class="{of}">{rows}</attributes>\n')


def _gexf_node(node: Node) -> str:
    values = _gexf_values(node, _NODE_FIELDS)
    return f"<node id={_safe(node.id)} label={_safe(node.label)}>{values}</node>\n"


def _gexf_edge(edge: Edge) -> str:
    days = "".join(
        f" {name}={_safe(day)}"
        for name, day in (("start", edge.start), ("end", edge.end))
        if _DAY.match(day)
    )
    ends = f"source={_safe(edge.source)} target={_safe(edge.target)}"
    kind = f"label={_safe(edge.label)} kind={_safe(edge.label)}"
    values = _gexf_values(edge, _EDGE_FIELDS)
    return f"<edge id={_safe(edge.id)} {ends} {kind}{days}>{values}</edge>\n"


def _gexf_values(row: Node | Edge, fields: tuple[str, ...]) -> str:
    values = "".join(
        f'<attvalue for="{name}" value={_safe(value)}/>'
        for name in fields
        if (value := getattr(row, name))
    )
    return f"<attvalues>{values}</attvalues>"


def _graphml_keys(file: IO[str], of: str, fields: tuple[str, ...]) -> None:
    for name in fields:
        key = f'id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="string"'
        file.write(f"<key {key}/>\n")


def _graphml_cells(of: str, row: Node | Edge, fields: tuple[str, ...]) -> str:
    return "".join(
        f'<data key="{of}-{name}">{_text(value)}</data>'
        for name in fields
        if (value := getattr(row, name))
    )


def _safe(value: str) -> str:
    """Return a value in quotes, as an attribute has it."""
    return quoteattr(_UNWRITABLE.sub("", value))


def _text(value: str) -> str:
    text = _UNWRITABLE.sub("", value)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
