"""The fields of the form for the words and parts of a row, filled in, some empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import msgspec

from sayso.record import (
    Counted,
    LinkKind,
    PlaceRole,
    Record,
    Role,
    Stance,
    Status,
    Time,
)
from sayso.show.clean import clean, shorten
from sayso.show.ledger import make_ledger
from sayso.vocab.ontology import load_ontology
from sayso.web.editing import Reader
from sayso.web.quotes import Choice

Options = tuple[tuple[str, str], ...]
_LABEL = 90


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a form."""

    name: str
    label: str
    look: str
    """choice, words or number."""
    value: str = ""
    options: Options = ()
    """Of a choice: values and what they are called."""
    at: str = ""
    """Of words: where they begin."""
    choices: tuple[Choice, ...] = ()
    """Of words that stand several times: where."""
    problem: str = ""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Fields that belong together."""

    title: str
    fields: tuple[Field, ...]


def groups_of(kind: str, reader: Reader, *, is_new: bool) -> tuple[Group, ...]:
    """Return the fields of the form for a kind of row, filled in, with some empty.

    Args:
        kind: One of `KINDS`.
        reader: Of what is filled in; what it has found wrong is told at the field.
        is_new: For a row that the machine missed.
    """
    make = _Fields(reader)
    if kind == "statement":
        return make.statement()
    return make.event(is_new=is_new) if kind == "event" else make.link(is_new=is_new)


class _Fields:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def statement(self) -> tuple[Group, ...]:
        content = [
            self.words(name, f"What is said, part {n}" if n > 1 else "What is said")
            for n, name in enumerate(self.rows("content", 1), 1)
        ]
        told = (
            self.choice("stance", "Stance", tuple(Stance)),
            self.words("source", "Source: who speaks"),
            self.words("cue", "Cue: the reporting words"),
        )
        return (Group(title="", fields=(*told, *content)),)

    def event(self, *, is_new: bool) -> tuple[Group, ...]:
        first = (
            self.choice("type", "Type", tuple(load_ontology().types)),
            self.words("trigger", "Words that name the event"),
        )
        return (
            Group(title="", fields=first),
            self.voices(is_new=is_new),
            self.scene(is_new=is_new),
            *self.many("part", "Takes part", ("role", "As", tuple(Role))),
            *self.many(
                "count",
                "Number of people",
                ("what", "What befell them", tuple(Counted)),
                numbers=True,
            ),
        )

    def voices(self, *, is_new: bool) -> Group:
        names = ["voice.1"] if is_new else self.rows("voice", 1)
        empty = "the innermost one about it" if is_new else "nobody further"
        fields = [
            field
            for name in names
            for field in (
                self.field(name, "Told in", "choice", self.statements(empty)),
                self.choice(f"{name}.status", "As", tuple(Status)),
            )
        ]
        return Group(title="Who tells of it", fields=tuple(fields))

    def scene(self, *, is_new: bool) -> Group:
        """Return where and when: places and times that the report tells."""
        record = self.reader.record
        places = (("", "no place"), *_names(record.places))
        times = (("", "no time"), *(_time(record, one) for one in record.times))
        fields = [
            field
            for name in (["place.1"] if is_new else self.rows("place", 1))
            for field in (
                self.field(name, "Where", "choice", places),
                self.choice(f"{name}.role", "As", tuple(PlaceRole)),
            )
        ]
        fields += [
            self.field(name, "When", "choice", times)
            for name in (["time.1"] if is_new else self.rows("time", 1))
        ]
        return Group(title="Where and when", fields=tuple(fields))

    def link(self, *, is_new: bool) -> tuple[Group, ...]:
        record = self.reader.record
        actors = _names(record.actors)
        fields = (
            self.choice("kind", "Kind", tuple(LinkKind)),
            self.field("from", "Who", "choice", actors),
            self.field("to", "Whom or where", "choice", actors + _names(record.places)),
            self.words("span", "Words that say it"),
        )
        return Group(title="", fields=fields), self.voices(is_new=is_new)

    def rows(self, part: str, spare: int) -> list[str]:
        """Return the names of the rows filled in, and of some empty ones."""
        names = self.reader.numbered(part)
        last = int(names[-1].rpartition(".")[2]) if names else 0
        return [*names, *(f"{part}.{last + n}" for n in range(1, spare + 1))]

    def many(
        self,
        part: str,
        title: str,
        choice: tuple[str, str, Sequence[str]],
        *,
        numbers: bool = False,
    ) -> Iterable[Group]:
        key, label, values = choice
        for name in self.rows(part, 1):
            fields = [self.choice(f"{name}.{key}", label, values)]
            if numbers:
                fields += [self.field(f"{name}.low", "At least", "number")]
                fields += [self.field(f"{name}.high", "At most", "number")]
            fields.append(self.words(name, "Words; none takes it away"))
            yield Group(title=title, fields=tuple(fields))

    def words(self, name: str, label: str) -> Field:
        at = self.reader.given.get(f"{name}.at", "")
        return msgspec.structs.replace(self.field(name, label, "words"), at=at)

    def choice(self, name: str, label: str, values: Sequence[str]) -> Field:
        options = tuple((str(one), str(one).replace("_", " ")) for one in values)
        return self.field(name, label, "choice", options)

    def field(self, name: str, label: str, look: str, options: Options = ()) -> Field:
        return Field(
            name=name,
            label=label,
            look=look,
            value=self.reader.given.get(name, ""),
            options=options,
            choices=self.reader.choices.get(name, ()),
            problem=self.reader.problems.get(name, ""),
        )

    def statements(self, empty: str) -> Options:
        return (("", empty), *self.told)

    @cached_property
    def told(self) -> Options:
        """The statements of the report, with who says what."""
        return tuple(
            (
                line.id,
                shorten(f"S{line.number} {line.chain[0]}: {line.content}", _LABEL),
            )
            for line in make_ledger(self.reader.record)
        )


def _names(owners: Iterable[Any]) -> Options:
    return tuple((one.id, shorten(clean(one.name), _LABEL)) for one in owners)


def _time(record: Record, time: Time) -> tuple[str, str]:
    words = record.text_of(*time.mentions[:1])
    told = f"{time.value or time.timex.value} (“{words}”)"
    return time.id, shorten(clean(told), _LABEL)
