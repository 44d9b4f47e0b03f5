from __future__ import annotations

from pathlib import Path

from prov.model import ProvActivity, ProvAgent, ProvDocument, ProvEntity

from sayso.export.export import export
from sayso.export.formats import ExportFormat
from tests.export.build import KIT
from tests.export.raid import judgement
from tests.export.samples import RECORDS


def document(tmp_path: Path) -> ProvDocument:
    judged = (judgement(RECORDS[0]),)
    export(RECORDS, tmp_path / "out", ExportFormat.PROV, judgements=judged)
    return ProvDocument.deserialize(str(tmp_path / "out"), format="json")


def test_prov_reads_every_row_as_an_entity(tmp_path: Path) -> None:
    found = document(tmp_path)
    rows = sum(
        len(group)
        for one in RECORDS
        for group in (
            one.actors,
            one.places,
            one.times,
            one.statements,
            one.events,
            (link for link in one.links if link.from_ != "a04"),
        )
        for group in ([*group],)
    )

    entities = [*found.get_records(ProvEntity)]

    assert len(entities) == rows + len(RECORDS) + 1
    assert len([*found.get_records(ProvActivity)]) == len(RECORDS) + 1


def test_kit_and_coder_are_the_agents(tmp_path: Path) -> None:
    agents = [str(one.identifier) for one in document(tmp_path).get_records(ProvAgent)]

    assert sorted(agents) == ["sayso:coder-coder_one", f"sayso:kit-{KIT.digest()}"]


def test_rows_tell_which_part_of_the_kit_made_them(tmp_path: Path) -> None:
    text = document(tmp_path).get_provn()

    assert 'sayso:made_by="test"' in text
    assert "wasDerivedFrom(sayso:judgement-j01" in text
