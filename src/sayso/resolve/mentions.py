"""Mentions: names, role nouns and pronouns that stand for somebody."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from sayso.reading.types import Reading, TokenRange
from sayso.record.entities import ActorKind
from sayso.record.span import Span
from sayso.vocab.names import Names, Role, singulars

PRONOUNS = {
    # word: (number, gender), number s(ingular), p(lural) or None; n is a thing or body
    **dict.fromkeys(("he", "him", "his", "himself"), ("s", "m")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("s", "f")),
    **dict.fromkeys(("it", "its", "itself"), ("s", "n")),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), ("p", None)),
}
SPEAKER_PRONOUNS = frozenset(
    ["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"]
)
RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})
POSSESSIVE_PRONOUNS = frozenset({"his", "her", "its", "their", "my", "our"})
# Words that say that this is somebody else than the last one of the same kind.
FRESH = frozenset(
    [
        "another",
        "other",
        "others",
        "second",
        "third",
        "fourth",
        "fifth",
        "latter",
        "former",
        "both",
        "each",
        "rest",
        "neither",
        "either",
        "nobody",
        "none",
        "no",
    ]
)
_OLDEST = 110
_AGE_MARKS = frozenset({(",", ","), (",", "."), (",", ";"), ("(", ")")})
_DONE_TO_PERSONS = frozenset(
    {"abducted", "arrested", "beheaded", "detained", "executed", "handcuffed"}
    | {"injured", "interrogated", "jailed", "kidnapped", "killed", "murdered", "raped"}
    | {"shot", "stabbed", "strangled", "tortured", "wounded"}
)
_LEADING = frozenset({"the", "a", "an", "this", "that", "these", "those", "same"})


class Form(StrEnum):
    """What sort of words a mention is."""

    NAME = "name"
    ROLE = "role"
    PRONOUN = "pronoun"


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch of text that stands for an actor, with what its words tell."""

    tokens: TokenRange
    span: Span
    head: int
    """Token number of the noun that counts, the last one of a name."""
    form: Form
    sentence: int
    name: tuple[str, ...] = ()
    """Words of the name, without titles, role nouns and determiners."""
    called: Span | None = None
    """Where the name stands within `span`."""
    roles: tuple[str, ...] = ()
    """Lower-case singular role nouns in the phrase, the head first."""
    modifiers: frozenset[str] = frozenset()
    """Lower-case words of the phrase that narrow it down."""
    number: str | None = None
    """s, p or None."""
    gender: str | None = None
    """m, f, n (a body or thing) or None."""
    kind: ActorKind | None = None
    sector: str | None = None
    country: str | None = None
    public: bool = False
    definite: bool = False
    """Begins with "the", a possessor or is a bare title: points to something known."""
    document: bool = False
    """The head is a document, which is no actor itself."""
    source: bool = False
    """Is the source of a statement."""
    relation: str = ""
    """Universal Dependencies relation of the phrase to what governs it."""
    governor: int = -1
    """Token number of what governs the phrase, -1 for a root."""
    twin: Span | None = None
    """Span of a mention that the syntax alone says is the same: an apposition."""
    confidence: float = 0.9

    @property
    def fresh(self) -> bool:
        """Whether the words say that this is a further, other one."""
        return bool(self.modifiers & FRESH) or bool(FRESH.intersection(self.roles))


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The last noun of a phrase as the role list knows it."""

    word: str
    role: Role | None
    plural: bool


def read_head(reading: Reading, head: int, names: Names) -> Head:
    """Return the head noun in the singular, with its role if it has one."""
    word = reading.words[head].lower()
    role, plural = names.role_of(word)
    stems = singulars(word)
    if role is not None:
        return Head(
            word=_stem_in(word, names) if plural else word, role=role, plural=plural
        )
    if reading.upos[head] == "NOUN" and stems:
        return Head(word=stems[0], role=None, plural=True)
    return Head(word=word, role=None, plural=False)


def kind_of(role: Role | None, *, plural: bool) -> ActorKind | None:
    """Return the kind of actor that a role noun names."""
    if role is None or role.kind == "document":
        return None
    if role.kind == "group" or plural:
        return ActorKind.GROUP
    return {
        "person": ActorKind.PERSON,
        "organisation": ActorKind.ORGANISATION,
        "state": ActorKind.STATE,
    }[role.kind]


def modifiers_of(reading: Reading, start: int, end: int, head: int) -> frozenset[str]:
    """Return the words between two tokens that narrow a phrase down."""
    return frozenset(
        reading.words[number].lower()
        for number in range(start, end)
        if number != head
        and reading.upos[number] in ("NOUN", "PROPN", "ADJ", "NUM", "VERB", "X")
        and reading.words[number].lower() not in _LEADING
    )


def is_definite(reading: Reading, start: int, own: int) -> bool:
    """Tell whether a phrase points to something known already."""
    first = reading.words[start].lower()
    return (
        own > start
        or first in ("the", "this", "that", "these", "those")
        or (first in POSSESSIVE_PRONOUNS)
    )


def tells_age(reading: Reading, end: int) -> bool:
    """Tell whether an age follows a name: ", 41," as no place has one."""
    before, age, after = (*reading.words[end : end + 3], "", "", "")[:3]
    digits = age.isdigit() and 0 < int(age) <= _OLDEST
    return digits and (before, after) in _AGE_MARKS


def harms_persons(reading: Reading, governor: int, relation: str) -> bool:
    """Tell whether a phrase is the object of what is done to persons alone: "shot"."""
    return (
        relation == "obj"
        and governor >= 0
        and reading.words[governor].lower() in _DONE_TO_PERSONS
    )


def _stem_in(word: str, names: Names) -> str:
    return next(stem for stem in singulars(word) if stem in names.roles)
