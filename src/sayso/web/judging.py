"""Decisions from the pages into the project, and back out by undo."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Mapping
from functools import cache

from sayso.errors import UsageError
from sayso.record import Judgement, LinkKind, Stance, Verdict
from sayso.store.base import Store
from sayso.store.judgements import decide, undo
from sayso.vocab.ontology import load_ontology

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
        store.record(form.get("report", "")),
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
        store.record(form.get("report", "")),
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
