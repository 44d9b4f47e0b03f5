"""Event types, modes and codes: PLOVER 2.0 natively, other schemes for exports.

What they are lies in `data/ontology/*.toml`; this module checks the files in full and
looks up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec

from sayso.errors import VocabError
from sayso.record.claims import Stance, Statement, Status
from sayso.record.entities import PlacePrecision, TimePrecision

PLOVER, SPOKEN, CODES = "plover.toml", "spoken.toml", "codes.toml"
DIGEST_CHARS = 12
_QUADS = (1, 2, 3, 4)
_CAMEO_BASE = 3  # digits of a base code; leaf codes have four and are never made up

File = TypeVar("File")


class Mode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an event of one type is carried out, or what it is about."""

    score: float
    """Goldstein-like score from -10 (gravest conflict) to 10."""
    cameo: str
    """CAMEO base code; the general one of its root where the mode fits no other."""
    acled: str | None = None
    """ACLED sub-type; None: ACLED does not code it."""
    acled_civilians: str | None = None
    """ACLED sub-type where civilians are the target, if that makes a difference."""
    definition: str


class EventType(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the 16 PLOVER types of event."""

    quad: int
    """Quad class: 1 and 2 cooperation, 3 and 4 conflict; 1 and 3 verbal."""
    score: float
    """As that of a mode."""
    recipient: bool = False
    """Whether PLOVER asks for a recipient; sayso keeps the event without one."""
    cameo: str
    acled: str | None = None
    acled_civilians: str | None = None
    definition: str
    boundary: str
    """What is near but coded otherwise."""
    modes: dict[str, Mode] = {}


class Auxiliary(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mode that PLOVER puts beside any type; here it follows from the status."""

    statuses: tuple[Status, ...]
    definition: str


class Sector(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A PLOVER actor code and what other schemes call it."""

    cameo: str | None = None
    acled: int | None = None
    """Code of the `inter` columns; None: it depends on more than the sector."""
    definition: str


class Precision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How finely a place or time is told, in the numbers of each scheme."""

    plover: int | None = None
    ucdp: int
    acled: int


class Spoken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a statement is as an event row of an export."""

    type: str | None = None
    """None: PLOVER does not code it (it drops plain statements)."""
    mode: str | None = None
    cameo: str


class CueSense(Spoken, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a statement is whose cue tells more than its stance."""

    stance: Stance
    words: tuple[str, ...]
    """Cues in lemmas, such as "turn down"."""


class _PloverFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    types: dict[str, EventType]
    auxiliary: dict[str, Auxiliary]


class _SpokenFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    stances: dict[Stance, Spoken]
    cues: tuple[CueSense, ...]


class _CodesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sectors: dict[str, Sector]
    quad_classes: dict[int, str]
    cameo_roots: dict[str, str]
    acled_types: dict[str, tuple[str, ...]]
    acled_disorders: dict[str, str]
    place_precision: dict[PlacePrecision, Precision]
    time_precision: dict[TimePrecision, Precision]


class Ontology(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The types and codes, ready for look-up; made by `load_ontology`."""

    version: str
    digest: str
    """12 hex digits that stand for version and bytes of all files."""
    types: dict[str, EventType]
    """By name, in the order of PLOVER."""
    auxiliary: dict[str, Auxiliary]
    sectors: dict[str, Sector]
    quad_classes: dict[int, str]
    cameo_roots: dict[str, str]
    """Label by two digits."""
    acled_types: dict[str, tuple[str, ...]]
    """Sub-types by event type."""
    acled_disorders: dict[str, str]
    """Disorder type by event type."""
    place_precision: dict[PlacePrecision, Precision]
    time_precision: dict[TimePrecision, Precision]
    """Without intervals and decades: their codes follow from first and last day."""
    stances: dict[Stance, Spoken]
    cues: tuple[CueSense, ...]

    def modes_of(self, event_type: str) -> dict[str, Mode]:
        """Return the modes of a type by name; empty for a type without."""
        return self.types[event_type].modes

    def quad_class(self, event_type: str) -> int:
        """Return 1 to 4; what each stands for is in `quad_classes`."""
        return self.types[event_type].quad

    def score(self, event_type: str, mode: str | None = None) -> float:
        """Return the score of a mode, or of its type if there is no such mode."""
        return self._row(event_type, mode).score

    def cameo_base(self, event_type: str, mode: str | None = None) -> str:
        """Return the CAMEO code of three digits for a type and mode."""
        return self._row(event_type, mode).cameo

    def cameo_root(self, event_type: str, mode: str | None = None) -> str:
        """Return the CAMEO root of two digits for a type and mode."""
        return self.cameo_base(event_type, mode)[:2]

    def acled(
        self, event_type: str, mode: str | None = None, *, civilians: bool = False
    ) -> tuple[str, str, str] | None:
        """Return disorder type, event type and sub-type of ACLED; None: not coded.

        Args:
            event_type: PLOVER type.
            mode: PLOVER mode of it, if known.
            civilians: Whether civilians are the target.
        """
        row = self._row(event_type, mode)
        sub_type = (row.acled_civilians if civilians else None) or row.acled
        for name, sub_types in self.acled_types.items():
            if sub_type in sub_types:
                return self.acled_disorders[name], name, sub_type
        return None

    def auxiliary_of(self, status: Status) -> str | None:
        """Return the auxiliary mode that a status stands for, if any."""
        held = (name for name, aux in self.auxiliary.items() if status in aux.statuses)
        return next(held, None)

    def spoken(self, statement: Statement, cue: Sequence[str]) -> Spoken | None:
        """Return what a statement is as an event row; None: no act of speech.

        Attitudes, negated cues ("did not demand") and the outlet's own voice are none.

        Args:
            statement: The statement.
            cue: Its cue in lemmas, in text order.
        """
        if statement.is_outlet or statement.negated or not statement.speech:
            return None
        for sense in self.cues:
            if sense.stance is statement.stance and any(
                set(words.split()) <= set(cue) for words in sense.words
            ):
                return sense
        return self.stances[statement.stance]

    def _row(self, event_type: str, mode: str | None) -> EventType | Mode:
        """Return the mode, or its type; a mode that the type lacks counts as none."""
        known = self.types[event_type]
        return known.modes.get(mode, known) if mode else known


@cache
def load_ontology(folder: Path | None = None) -> Ontology:
    """Return the ontology of a folder, checked in full; without one, the shipped one.

    Raises:
        VocabError: A file is missing or cannot be read, or a code in it is unknown.
    """
    source = folder or files("sayso") / "data" / "ontology"
    texts = {name: _bytes_of(source / name) for name in (PLOVER, SPOKEN, CODES)}
    plover = _decode(PLOVER, texts[PLOVER], _PloverFile)
    spoken = _decode(SPOKEN, texts[SPOKEN], _SpokenFile)
    codes = _decode(CODES, texts[CODES], _CodesFile)
    ontology = Ontology(
        version=plover.version,
        digest=_digest(texts.values()),
        types=plover.types,
        auxiliary=plover.auxiliary,
        stances=spoken.stances,
        cues=spoken.cues,
        **{name: getattr(codes, name) for name in _CodesFile.__struct_fields__},
    )
    for name, what, value, known in _uses(ontology):
        if value not in known:
            raise VocabError(
                f"{name}: {what} {value!r} is unknown (has: {', '.join(known)})",
                mend="correct the code, or add it to the files of the ontology",
            )
    return ontology


def _uses(ontology: Ontology) -> Iterator[tuple[str, str, str, Sequence[str]]]:
    """Give file, place, value and known values of each code that stands for a row."""
    roots = tuple(ontology.cameo_roots)
    sub_types = [one for names in ontology.acled_types.values() for one in names]
    for name, kind in ontology.types.items():
        yield PLOVER, f"quad of {name}", str(kind.quad), tuple(map(str, _QUADS))
        rows: list[tuple[str, EventType | Mode]] = [(name, kind), *kind.modes.items()]
        for where, row in rows:
            yield PLOVER, f"cameo of {where}", _root(row.cameo), roots
            for sub_type in filter(None, (row.acled, row.acled_civilians)):
                yield PLOVER, f"acled of {where}", sub_type, sub_types
    for stance in Stance:
        yield SPOKEN, "stance", stance, tuple(ontology.stances)
    for sense in (*ontology.stances.values(), *ontology.cues):
        yield SPOKEN, "cameo", _root(sense.cameo), roots
        if sense.type:
            yield SPOKEN, "type", sense.type, tuple(ontology.types)
            modes = tuple(ontology.modes_of(sense.type)) if sense.mode else ("",)
            yield SPOKEN, f"mode of {sense.type}", sense.mode or "", modes
    for name in ontology.acled_types:
        yield CODES, "event type", name, tuple(ontology.acled_disorders)
    for place in PlacePrecision:
        yield CODES, "place precision", place, tuple(ontology.place_precision)


def _root(cameo: str) -> str:
    """Return the root of a base code; any other comes back whole, to be refused."""
    return cameo[:2] if len(cameo) == _CAMEO_BASE and cameo.isdigit() else cameo


def _decode(name: str, text: bytes, kind: type[File]) -> File:
    try:
        return msgspec.toml.decode(text, type=kind, strict=False)
    except msgspec.DecodeError as error:
        raise VocabError(
            f"{name}: {error}",
            mend="write the keys that data/ontology/CARD.md lists",
        ) from error


def _bytes_of(path: Traversable) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise VocabError(
            f"no ontology file {path.name}",
            mend="install the package again, or name a folder that holds all files",
        ) from error


def _digest(texts: Iterable[bytes]) -> str:
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:DIGEST_CHARS]
