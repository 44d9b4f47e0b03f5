"""Decisions from the pages into the project, and back out by undo."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec

from sayso.errors import UsageError
from sayso.record import (
    Event,
    Judgement,
    LinkKind,
    Record,
    Stance,
    Statement,
    Status,
    Verdict,
)
from sayso.store.base import Store
from sayso.store.coding import corrected, told_by_row
from sayso.store.judgements import add_row, decide, undo
from sayso.vocab.ontology import load_ontology
from sayso.web.editing import (
    Claim,
    Reader,
    read_event,
    read_link,
    read_statement,
)

KEPT = 1_000
MAX_NOTE = 500


@cache
def choices() -> Mapping[str, tuple[str, ...]]:
    """Return by kind of row the values that its main field may be corrected to."""
    types = tuple(load_ontology().types)
    return {
        "statement": tuple(Stance),
        "event": types,
        "link": tuple(LinkKind),
    }


class Undoing:
    """The last decisions of each person, so that one key takes them back."""

    def __init__(self) -> None:
        self._last: dict[str, deque[tuple[Judgement, ...]]] = {}
        self._lock = threading.Lock()

    def note(self, coder: str, judgements: Iterable[Judgement]) -> None:
        """Note what a person has decided in one go."""
        with self._lock:
            last = self._last.setdefault(coder, deque(maxlen=KEPT))
            last.append(tuple(judgements))

    def last(self, coder: str) -> tuple[Judgement, ...]:
        """Return, and forget, what the person decided last; empty if nothing."""
        with self._lock:
            last = self._last.get(coder)
            return last.pop() if last else ()


def judge(store: Store, form: Mapping[str, str], *, coder: str, time: str) -> Judgement:
    """Keep what a form decides on a row, and return it.

    Raises:
        UsageError: The form has no such verdict or value.
        StoreError: The project has no such report.
    """
    verdict = form.get("verdict", "")
    if verdict not in (Verdict.CONFIRM, Verdict.REJECT):
        raise UsageError(
            f"{verdict[:40]!r} is no verdict on a row", mend="confirm or reject it"
        )
    made = decide(
        store.record(form.get("report", ""), added=True),
        form.get("target", ""),
        Verdict(verdict),
        coder=coder,
        time=time,
        note=_note(form),
    )
    store.judge([made])
    return made


def correct(
    store: Store, form: Mapping[str, str], *, coder: str, time: str
) -> Judgement:
    """Keep the value that a form gives instead of the one found, and return it.

    Raises:
        UsageError: The value is none that the field may have.
        StoreError: The project has no such report.
    """
    field, value = form.get("field", ""), form.get("value", "")
    kinds = {"stance": "statement", "type": "event", "kind": "link"}
    if field not in kinds or value not in choices()[kinds[field]]:
        raise UsageError(
            f"{field[:40]!r} cannot be corrected to {value[:40]!r}",
            mend="take one of the values that the page offers",
        )
    made = decide(
        store.record(form.get("report", ""), added=True),
        form.get("target", ""),
        Verdict.CORRECT,
        coder=coder,
        time=time,
        field=field,
        value=value,
        note=_note(form),
    )
    store.judge([made])
    return made


def present(store: Store, record: Record, row: Claim) -> Claim:
    """Return a row as all corrections in force make it."""
    told = told_by_row(record, store.judgements(record.report.id))
    return corrected(record, row, told.get(row.id, ()))


def correct_row(
    store: Store, reader: Reader, row: Claim, *, coder: str, time: str
) -> list[Judgement]:
    """Keep what a form says otherwise than a row, field by field, and return it.

    A form that is blind was filled in by the machine's row, any other one by the row as
    corrected. Nothing is kept if a field is wrong; the reader then tells which.
    """
    record = reader.record
    now = row if reader.given.get("blind") else present(store, record, row)
    values = _values(reader, now)
    if reader.problems:
        return []
    made = [
        decide(
            record,
            row.id,
            Verdict.CORRECT,
            coder=coder,
            time=time,
            field=field,
            value=value,
            note=_note(reader.given),
        )
        for field, value in values.items()
        if _plain(value) != _plain(getattr(now, "from_" if field == "from" else field))
    ]
    store.judge(made)
    return made


def _values(reader: Reader, now: Claim) -> dict[str, Any]:
    if isinstance(now, Statement):
        return read_statement(reader)
    return read_event(reader, now) if isinstance(now, Event) else read_link(reader, now)


def add_missed(
    store: Store, reader: Reader, kind: str, *, coder: str, time: str
) -> Judgement | None:
    """Keep the row that a form tells of as one that the machine missed, and return it.

    Returns:
        None if a field of the form is wrong; the reader then tells which.
    """
    anchor, value = _missed(reader, kind)
    if reader.problems:
        return None
    made = add_row(
        reader.record,
        (anchor,),
        field=f"{kind}s",
        value=value,
        coder=coder,
        time=time,
        note=_note(reader.given),
    )
    store.judge([made])
    return made


def _missed(reader: Reader, kind: str) -> tuple[Any, dict[str, Any]]:
    """Return the words that a row is anchored in, and what else is told of it."""
    if kind == "statement":
        value = read_statement(reader)
        return value.pop("cue"), value
    if kind == "event":
        value = read_event(reader, None)
        del value["assertions"]
        keep = {
            "participants": ("role", "span"),
            "counts": ("what", "low", "high", "span"),
        }
        for part, names in keep.items():
            value[part] = [
                {name: getattr(one, name) for name in names} for one in value[part]
            ]
        for one, many in (("place", "places"), ("time", "times")):
            chosen = {getattr(at, one) for at in value.pop(many)}
            rows = getattr(reader.record, many)
            mentions = (row.mentions[0] for row in rows if row.id in chosen)
            value[one] = next(mentions, None)
        return value.pop("trigger"), value | _voice(reader)
    value = read_link(reader, None)
    del value["assertions"]
    record = reader.record
    firsts = {one.id: one.mentions[0] for one in record.actors}
    firsts |= {one.id: one.mentions[0] for one in record.places}
    value |= {end: firsts.get(value[end]) for end in ("from", "to")}
    return value.pop("span"), value | _voice(reader)


def _voice(reader: Reader) -> dict[str, Any]:
    status = reader.choice("voice.1.status", tuple(Status))
    return {"voice": reader.given.get("voice.1") or None, "status": status}


def _plain(value: object) -> object:
    return msgspec.json.encode(value)


def take_back(
    store: Store, found: Iterable[Judgement], *, coder: str, time: str
) -> int:
    """Take decisions back in one go; return how many."""
    undone = [undo(one, coder=coder, time=time) for one in found]
    store.judge(undone)
    return len(undone)


def find_judgement(store: Store, report: str, judgement: str) -> Judgement:
    """Return a decision in force on a report.

    Raises:
        UsageError: There is none of that id.
    """
    for one in store.judgements(report):
        if one.id == judgement:
            return one
    raise UsageError(
        f"no decision {judgement[:40]!r} is in force",
        mend="look at the row again: somebody has taken it back already",
    )


def _note(form: Mapping[str, str]) -> str | None:
    note = form.get("note", "").strip()
    if len(note) > MAX_NOTE:
        raise UsageError(
            f"a note of {len(note)} characters is too long",
            mend=f"write at most {MAX_NOTE}",
        )
    return note or None
