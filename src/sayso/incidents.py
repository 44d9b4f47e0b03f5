"""The MUC-4 view: a record's incidents in the slots of the oldest gold standard."""

from __future__ import annotations

from sayso.extract.incidents import find_incidents
from sayso.extract.incidents_types import Incident
from sayso.kit import Kit
from sayso.reading.slots import load_shipped_slot_head, read_slots
from sayso.record import Flag, Record


def incident_templates(record: Record, kit: Kit) -> tuple[Incident, ...]:
    """Return the incidents of a record, one of each kind that its report tells of.

    The report is read once more, by a head of its own. What MUC-4 would not ask for is
    there too, with `relevant` false.

    Raises:
        ModelError: The head's files are missing, damaged or of another version.
    """
    if Flag.UNSUPPORTED_LANGUAGE in record.report.flags:
        return ()
    head = load_shipped_slot_head()
    scores = read_slots(kit.model, head, record.report.text)
    return find_incidents(record, scores, head.settings, head.words, head.made_by)
