"""The form for the words and parts of a row: filled from a row, read, and kept.

A form is a mapping of names to text, whether a browser sent it or a row fills it in, so
that a form with a mistake comes back as it was sent. Words stand under their name, and
where they begin under that name with `.at`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sayso.record import (
    Assertion,
    Count,
    Counted,
    Event,
    EventPlace,
    EventTime,
    Link,
    LinkKind,
    Participant,
    PlaceRole,
    Record,
    Role,
    Span,
    Stance,
    Statement,
    Status,
)
from sayso.show.clean import clean
from sayso.store.coding import actor_at
from sayso.vocab.ontology import load_ontology
from sayso.web.quotes import Choice, find_words

Claim = Statement | Event | Link
Given = Mapping[str, str]
KINDS = ("statement", "event", "link")
MOST = 60
"""Rows of one part of a form, such as participants."""
_LARGEST = 10**9


class Reader:
    """Reads the values of a form, and notes what is wrong with each field."""

    def __init__(self, record: Record, given: Given) -> None:
        self.record = record
        self.given = given
        self.problems: dict[str, str] = {}
        self.choices: dict[str, tuple[Choice, ...]] = {}

    def words(self, name: str, *, is_needed: bool = False) -> Span | None:
        """Return where the words of a field stand; None if it is empty or wrong."""
        words, at = self.given.get(name, ""), self.given.get(f"{name}.at", "")
        if not words.strip():
            if is_needed:
                self.problems[name] = "Give words of the report."
            return None
        start = int(at) if at.isdecimal() and len(at) < 10 else None
        found = find_words(self.record.report.text, words, start)
        if found.span is None:
            self.choices[name] = found.choices
            self.problems[name] = (
                "These words stand more than once: choose which are meant."
                if found.choices
                else "These words are not in the report."
            )
        return found.span

    def choice(self, name: str, allowed: Iterable[str]) -> str:
        """Return the value of a field, which must be one of those allowed."""
        value = self.given.get(name, "")
        if value not in set(allowed):
            self.problems[name] = "Take one of the values offered."
        return value

    def number(self, name: str) -> int | None:
        """Return a number of people, None if the field is empty or wrong."""
        told = self.given.get(name, "").strip().replace(",", "")
        if not told:
            return None
        if not (told.isdecimal() and told.isascii() and int(told[:12]) < _LARGEST):
            self.problems[name] = "Give a whole number."
            return None
        return int(told)

    def numbered(self, part: str) -> list[str]:
        """Return the names of the rows of a part, such as part.1 and part.2."""
        pattern = re.compile(rf"{part}\.(\d{{1,3}})")
        found = {int(hit[1]) for name in self.given if (hit := pattern.fullmatch(name))}
        return [f"{part}.{n}" for n in sorted(found) if n <= MOST]


def form_of(record: Record, row: Claim) -> dict[str, str]:
    """Return the form that a row of a record fills in."""
    if isinstance(row, Statement):
        form = {"stance": row.stance.value}
        form |= _told(record, "source", row.source) | _told(record, "cue", row.cue)
        for n, span in enumerate(row.content, 1):
            form |= _told(record, f"content.{n}", span)
        return form
    if isinstance(row, Link):
        form = {"kind": row.kind.value, "from": row.from_, "to": row.to}
        return form | _told(record, "span", row.span) | _voiced(row)
    form = {"type": row.type} | _told(record, "trigger", row.trigger) | _voiced(row)
    for n, at in enumerate(row.places, 1):
        form |= {f"place.{n}": at.place, f"place.{n}.role": at.role.value}
    for n, when in enumerate(row.times, 1):
        form |= {f"time.{n}": when.time}
    for n, part in enumerate(row.participants, 1):
        form |= {f"part.{n}.role": part.role.value}
        form |= _told(record, f"part.{n}", part.span)
    for n, count in enumerate(row.counts, 1):
        form |= {f"count.{n}.what": count.what.value}
        form |= {f"count.{n}.low": _number(count.low)}
        form |= {f"count.{n}.high": _number(count.high)}
        form |= _told(record, f"count.{n}", count.span)
    return form


def _voiced(row: Event | Link) -> dict[str, str]:
    form: dict[str, str] = {}
    for n, voice in enumerate(row.assertions, 1):
        form |= {f"voice.{n}": voice.statement, f"voice.{n}.status": voice.status.value}
    return form


def _told(record: Record, name: str, span: Span | None) -> dict[str, str]:
    if span is None:
        return {name: "", f"{name}.at": ""}
    return {name: clean(record.text_of(span)), f"{name}.at": str(span.start)}


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def read_statement(reader: Reader) -> dict[str, Any]:
    """Return the fields of a statement that a form tells."""
    names = reader.numbered("content")
    content = {span for name in names if (span := reader.words(name))}
    return {
        "stance": reader.choice("stance", tuple(Stance)),
        "source": reader.words("source"),
        "cue": reader.words("cue", is_needed=True),
        "content": tuple(sorted(content)),
    }


def read_event(reader: Reader, old: Event | None) -> dict[str, Any]:
    """Return the fields of an event that a form tells.

    Args:
        reader: Of the form.
        old: The event as it was; what of it the form does not ask for is kept.
    """
    trigger = reader.words("trigger", is_needed=True)
    voices = _voices(reader, old, trigger)
    by = tuple(one.statement for one in voices)
    return {
        "type": reader.choice("type", load_ontology().types),
        "trigger": trigger,
        "participants": tuple(_parts(reader, old, by)),
        "counts": tuple(_counts(reader, old, by)),
        "places": tuple(_places(reader, old, by)),
        "times": tuple(_times(reader, old, by)),
        "assertions": voices,
    }


def _voices(
    reader: Reader, old: Event | Link | None, trigger: Span | None
) -> tuple[Assertion, ...]:
    known = {one.statement: one.span for one in old.assertions} if old else {}
    voices = {}
    for name in reader.numbered("voice"):
        if not reader.given[name]:
            continue
        statement = reader.choice(name, (one.id for one in reader.record.statements))
        status = reader.choice(f"{name}.status", tuple(Status))
        span = known.get(statement, trigger)
        if name not in reader.problems and status in set(Status) and span is not None:
            voices[statement] = Assertion(
                statement=statement, status=Status(status), span=span
            )
    if old and not voices and not reader.problems:
        reader.problems["voice.1"] = "Somebody must tell of it: choose a statement."
    return tuple(voices.values())


def _parts(
    reader: Reader, old: Event | None, by: tuple[str, ...]
) -> Iterable[Participant]:
    known = {(one.role, one.span): one for one in old.participants} if old else {}
    for name in reader.numbered("part"):
        span = reader.words(name)
        if span is None:
            continue
        told = reader.choice(f"{name}.role", tuple(Role))
        role = Role(told) if told in set(Role) else Role.ACTOR
        actor = actor_at(reader.record, span)
        fresh = Participant(role=role, span=span, actor=actor, statements=by)
        yield known.get((role, span), fresh)


def _places(
    reader: Reader, old: Event | None, by: tuple[str, ...]
) -> Iterable[EventPlace]:
    known = {(one.place, one.role): one for one in old.places} if old else {}
    for name in reader.numbered("place"):
        if not reader.given[name]:
            continue
        place = reader.choice(name, (one.id for one in reader.record.places))
        told = reader.choice(f"{name}.role", tuple(PlaceRole))
        role = PlaceRole(told) if told in set(PlaceRole) else PlaceRole.AT
        fresh = EventPlace(place=place, role=role, statements=by)
        yield known.get((place, role), fresh)


def _times(
    reader: Reader, old: Event | None, by: tuple[str, ...]
) -> Iterable[EventTime]:
    known = {one.time: one for one in old.times} if old else {}
    for name in reader.numbered("time"):
        if reader.given[name]:
            time = reader.choice(name, (one.id for one in reader.record.times))
            yield known.get(time, EventTime(time=time, statements=by))


def _counts(reader: Reader, old: Event | None, by: tuple[str, ...]) -> Iterable[Count]:
    known = (
        {(one.what, one.low, one.high, one.span): one for one in old.counts}
        if old
        else {}
    )
    for name in reader.numbered("count"):
        span = reader.words(name)
        low, high = reader.number(f"{name}.low"), reader.number(f"{name}.high")
        if span is None:
            if low is not None or high is not None:
                reader.problems.setdefault(name, "Give the words that tell the number.")
            continue
        told = reader.choice(f"{name}.what", tuple(Counted))
        what = Counted(told) if told in set(Counted) else Counted.KILLED
        if low is not None and high is not None and low > high:
            reader.problems[f"{name}.low"] = "The least is more than the most."
        fresh = Count(what=what, low=low, high=high, span=span, statements=by)
        yield known.get((what, low, high, span), fresh)


def read_link(reader: Reader, old: Link | None) -> dict[str, Any]:
    """Return the fields of a tie that a form tells; see `read_event`."""
    actors = [one.id for one in reader.record.actors]
    places = [one.id for one in reader.record.places]
    span = reader.words("span", is_needed=True)
    return {
        "kind": reader.choice("kind", tuple(LinkKind)),
        "from": reader.choice("from", actors),
        "to": reader.choice("to", (*actors, *places)),
        "span": span,
        "assertions": _voices(reader, old, span),
    }
