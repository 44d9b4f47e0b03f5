from __future__ import annotations

import pytest
from msgspec.structs import replace

from sayso.extract.incidents_types import IncidentKind
from sayso.incidents import incident_templates
from sayso.kit import Kit, load_kit
from sayso.pipeline import read_report
from sayso.record import Flag, Record
from tests.build import make_report

TEXT = (
    "Oram, 4 May -- Guerrillas of the Red Moth Front exploded a powerful bomb outside "
    "the mayor's office in Oram last night. The explosion destroyed the office and "
    "wounded two policemen, the authorities said. The front claimed responsibility for "
    "the attack in a telephone call to a radio station."
)


@pytest.fixture(scope="module")
def kit() -> Kit:
    return load_kit()


@pytest.fixture(scope="module")
def record(kit: Kit) -> Record:
    return read_report(make_report(TEXT), kit)


def test_a_bombing_is_found_with_its_instrument(kit: Kit, record: Record) -> None:
    incidents = incident_templates(record, kit)

    bombing = next(one for one in incidents if one.kind is IncidentKind.BOMBING)
    assert [one.name for one in bombing.instruments]
    assert bombing.relevant


def test_every_span_lies_in_the_text_and_the_name_is_one_of_them(
    kit: Kit, record: Record
) -> None:
    for incident in incident_templates(record, kit):
        slots = (incident.individuals, incident.organisations, incident.targets)
        slots += (incident.victims, incident.people, incident.instruments)
        for filler in (one for slot in slots for one in slot):
            assert filler.name in [span.of(TEXT) for span in filler.spans]


def test_incidents_rest_on_rows_of_the_record(kit: Kit, record: Record) -> None:
    statements = {one.id for one in record.statements}
    events = {one.id for one in record.events}

    incidents = incident_templates(record, kit)

    assert all(set(one.statements) <= statements for one in incidents)
    assert all(set(one.events) <= events for one in incidents)
    assert any(one.statements for one in incidents)


def test_a_report_that_is_not_read_has_no_incidents(kit: Kit, record: Record) -> None:
    flags = (Flag.UNSUPPORTED_LANGUAGE,)
    unread = replace(record, report=replace(record.report, flags=flags))

    assert incident_templates(unread, kit) == ()
