from __future__ import annotations

from pathlib import Path

import networkx
import pytest
from lxml import etree
from msgspec.structs import replace

from sayso.export.export import export
from sayso.export.formats import ExportFormat, Options, Persons
from tests.export.raid import raid_record
from tests.export.samples import RECORDS, talks_record

READERS = {
    ExportFormat.GEXF: networkx.read_gexf,
    ExportFormat.GRAPHML: networkx.read_graphml,
}
# networkx knows GEXF up to 1.2; what it reads is the same in 1.3.
SPACES = (b"http://gexf.net/1.3", b"http://www.gexf.net/1.2draft")
FORMS = pytest.mark.parametrize("form", [*READERS])


def read(form: ExportFormat, path: Path) -> networkx.Graph:
    if form is ExportFormat.GEXF:
        text = path.read_bytes().replace(*SPACES).replace(b'"1.3"', b'"1.2"')
        path.write_bytes(text)
    return READERS[form](path)


@FORMS
def test_networkx_reads_ties_with_their_voices(
    form: ExportFormat, tmp_path: Path
) -> None:
    export(RECORDS, tmp_path / "out", form)

    graph = read(form, tmp_path / "out")

    labels = {data["label"] for _, data in graph.nodes(data=True)}
    assert {"Reed Front", "Ilra Voss", "Karsenia", "four soldiers"} <= labels
    told = [data for *_, data in graph.edges(data=True)]
    edges = {data["label"]: data for data in told}
    assert {*edges} == {"ASSAULT", "leads", "active_in"}
    assert {one["status"] for one in told if "status" in one} == {"disputed", "alleged"}
    assert edges["active_in"]["voices"] == "officials: happened"
    assert edges["leads"]["text"] == "leads"


@FORMS
def test_public_actor_is_one_node_over_reports(
    form: ExportFormat, tmp_path: Path
) -> None:
    export(RECORDS, tmp_path / "out", form)

    graph = read(form, tmp_path / "out")

    front = [n for n, data in graph.nodes(data=True) if data["label"] == "Reed Front"]
    assert len(front) == 1
    assert graph.degree(front[0]) == 2


@FORMS
def test_order_of_records_does_not_matter(form: ExportFormat, tmp_path: Path) -> None:
    export(RECORDS, tmp_path / "one", form)
    export(RECORDS[::-1], tmp_path / "two", form)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@FORMS
def test_private_persons_of_one_length_are_not_one_node(
    form: ExportFormat, tmp_path: Path
) -> None:
    options = Options(persons=Persons.ALL)
    export((raid_record(),), tmp_path / "all", form, options)
    export((raid_record(),), tmp_path / "public", form)

    assert b"member_of" in (tmp_path / "all").read_bytes()
    assert b"member_of" not in (tmp_path / "public").read_bytes()


@FORMS
def test_characters_that_xml_cannot_hold_are_left_out(
    form: ExportFormat, tmp_path: Path
) -> None:
    record = talks_record()
    odd = replace(record.actors[1], name='Reed\x00 <Front> & "friends"\x1b\ufffe')
    actors = (record.actors[0], odd, record.actors[2])
    export((replace(record, actors=actors),), tmp_path / "out", form)

    graph = read(form, tmp_path / "out")

    labels = {data["label"] for _, data in graph.nodes(data=True)}
    assert 'Reed <Front> & "friends"' in labels


def test_gexf_has_the_days_of_edges(tmp_path: Path) -> None:
    export(RECORDS, tmp_path / "out", ExportFormat.GEXF)
    tree = etree.parse(tmp_path / "out")
    edges = tree.iterfind(".//{http://gexf.net/1.3}edge")

    days = {(edge.get("label"), edge.get("start"), edge.get("end")) for edge in edges}

    assert days == {
        ("ASSAULT", "2019-08-12", "2019-08-12"),
        ("ASSAULT", None, None),
        ("leads", "2019-08-14", "2019-08-14"),
        ("active_in", "2019-08-14", "2019-08-14"),
    }
