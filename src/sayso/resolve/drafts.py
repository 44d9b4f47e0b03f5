"""An actor in the making: what its mentions so far tell, and what may still join."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from sayso.record.entities import ActorKind
from sayso.record.span import Span
from sayso.resolve.mentions import Form, Mention

BODIES = frozenset({ActorKind.ORGANISATION, ActorKind.STATE})
# Words that take up a body or person already named by another word.
GENERAL_BODIES = frozenset(
    [
        "group",
        "organisation",
        "organization",
        "movement",
        "outfit",
        "faction",
        "militia",
        "force",
        "band",
        "body",
        "party",
        "union",
        "league",
        "cell",
        "network",
        "agency",
        "company",
        "firm",
        "newspaper",
        "paper",
    ]
)
GENERAL_PERSONS = frozenset({"man", "woman", "boy", "girl", "person"})
_ADJECTIVES = frozenset({"old", "young", "elderly", "armed", "small", "little"})
_NEAR = 3
_FORCES = frozenset({"MIL", "COP"})
_SAME_GENDER = 0.02
_SMALL = frozenset({"the", "of", "and", "for", "de", "la", "du", "des", "-", "'", "’"})


class Draft:
    """One actor while mentions are being joined; `mentions` run in text order."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.mentions: list[Mention] = []
        self.spans: set[Span] = set()
        """Where they stand."""
        self.joins: list[float] = []
        """How sure each mention's joining was, 0 to 1."""
        self.names: list[tuple[str, ...]] = []
        self.roles: Counter[str] = Counter()
        self.modifiers: set[str] = set()
        self.kinds: Counter[ActorKind] = Counter()
        self.genders: Counter[str] = Counter()
        """Told by titles and role nouns."""
        self.pronouns: dict[str, float] = {"m": 0.0, "f": 0.0}
        """Genders of the pronouns, weighted by how sure they were joined."""
        self.numbers: Counter[str] = Counter()
        self.group: int | None = None
        """Number of its names among the names of the text; None without a name."""
        self.outlet = False
        """Is the report's own outlet, by its "we"."""

    def add(self, mention: Mention, confidence: float) -> None:
        """Take in a mention and what its words tell."""
        self.mentions.append(mention)
        self.spans.add(mention.span)
        self.joins.append(confidence)
        if mention.form is Form.PRONOUN:
            if mention.gender in ("m", "f"):
                self.pronouns[mention.gender] += confidence
            return
        if mention.name and mention.name not in self.names:
            self.names.append(mention.name)
        self.roles.update(mention.roles)
        self.modifiers |= mention.modifiers
        if mention.kind is not None:
            self.kinds[mention.kind] += 2 if mention.form is Form.NAME else 1
        if mention.gender is not None:
            self.genders[mention.gender] += 1
        if mention.number is not None:
            self.numbers[mention.number] += 1

    @property
    def last(self) -> Mention:
        """Return the latest mention."""
        return self.mentions[-1]

    @property
    def kind(self) -> ActorKind | None:
        """Return the kind that most mentions tell, the first told in a tie."""
        return max(self.kinds, key=self.kinds.__getitem__, default=None)

    @property
    def gender(self) -> str | None:
        """Return the gender that most titles and role nouns tell, if any."""
        return max(self.genders, key=self.genders.__getitem__, default=None)

    @property
    def plural(self) -> bool:
        """Tell whether the words name several people."""
        return self.numbers["p"] > self.numbers["s"]

    @property
    def country(self) -> str | None:
        """Return the country that the mentions tell, None if they differ."""
        found = {m.country for m in self.mentions if m.country is not None}
        return found.pop() if len(found) == 1 else None

    @property
    def words(self) -> set[str]:
        """Return all lower-case words that its mentions are told by."""
        return (
            self.modifiers
            | set(self.roles)
            | {word.lower() for name in self.names for word in name}
        )

    def is_named(self, name: Sequence[str]) -> bool:
        """Tell whether a name of this actor is `name` or a part of it."""
        if self.kind is ActorKind.PERSON:
            return False
        return any(_names_agree(known, name) > 0 for known in self.names)


def takes_name(draft: Draft, mention: Mention) -> float:
    """Return how sure a name belongs to a draft that has names: 0 (not) to 1."""
    if not draft.names:
        return 0.0
    if draft.kind is mention.kind is ActorKind.STATE:
        return 0.95 if draft.country == mention.country else 0.0
    if not _kinds_agree(draft.kind, mention.kind):
        # A small model takes lone surnames for anything.
        lone = len(mention.name) == 1 and not mention.roles and not mention.definite
        known = any(mention.name == name[-1:] for name in draft.names)
        return 0.7 if lone and known and draft.kind is ActorKind.PERSON else 0.0
    clash = {draft.gender, mention.gender} >= {"m", "f"}
    if clash and draft.kind is ActorKind.PERSON:
        return 0.0
    found = max(_names_agree(known, mention.name) for known in draft.names)
    alike = mention.gender is not None and mention.gender == draft.gender
    return found + _SAME_GENDER if found and alike else found


def name_keys(mention: Mention) -> set[Hashable]:
    """Return what a name shares with every draft that takes it, by some mention of it.

    That is a word, letters for those of several words, or being a state.
    """
    words = _content(mention.name)
    keys: set[Hashable] = {*words, "".join(word[:1] for word in words)}
    keys.update(word.lower() for word in mention.name)
    return keys | {mention.kind} if mention.kind is ActorKind.STATE else keys


def _kinds_agree(first: ActorKind | None, second: ActorKind | None) -> bool:
    if first is None or second is None or first is second:
        return True
    return ActorKind.PERSON not in (first, second)


def _names_agree(first: Sequence[str], second: Sequence[str]) -> float:
    """Return how sure two names are one, less if one is part of the other."""
    left, right = _content(first), _content(second)
    if not left or not right:
        return 0.0
    if left == right:
        return 0.98
    short, long = sorted((left, right), key=len)
    if is_acronym(short, long):
        return 0.95
    width = len(short)
    if len(long) == width:
        return 0.0
    for start in range(len(long) - width, -1, -1):
        if long[start : start + width] == short:
            return 0.93 if start + width == len(long) else 0.85
    return 0.0


def _content(name: Sequence[str]) -> list[str]:
    return [word.lower().rstrip(".") for word in name if word.lower() not in _SMALL]


def is_acronym(short: Sequence[str], long: Sequence[str]) -> bool:
    """Tell whether one word is made of the first letters of the others."""
    return (
        len(short) == 1
        and len(long) > 1
        and short[0] == "".join(word[0] for word in long)
    )


def takes_role(draft: Draft, mention: Mention) -> float:
    """Return how sure a definite role noun takes up a draft: 0 (not) to 1."""
    if mention.fresh and not mention.modifiers & draft.modifiers:
        return 0.0
    if not _numbers_agree(draft, mention):
        return 0.0
    if {draft.gender, mention.gender} >= {"m", "f"}:
        return 0.0
    head = mention.roles[0]
    if head in draft.roles or head in {w.lower() for n in draft.names for w in n[-1:]}:
        if mention.sector in _FORCES and draft.names and draft.country is None:
            return 0.0  # "the army" is not the "Red Lantern Army"
        known = draft.words
        if mention.modifiers <= known | {head}:
            return 0.9
        return 0.0
    return _takes_general(draft, mention, head)


def _takes_general(draft: Draft, mention: Mention, head: str) -> float:
    """Return how sure "the group" or "the man" takes up a draft told otherwise."""
    near = mention.sentence - draft.last.sentence <= _NEAR
    if head in GENERAL_BODIES and not mention.modifiers - draft.words - _ADJECTIVES:
        return 0.6 if draft.kind is ActorKind.ORGANISATION and draft.names else 0.0
    if head in GENERAL_PERSONS and not mention.modifiers - draft.words - _ADJECTIVES:
        return 0.6 if draft.kind is ActorKind.PERSON and near else 0.0
    return 0.0


def _numbers_agree(draft: Draft, mention: Mention) -> bool:
    """Tell whether one and many go together; named bodies are both."""
    if draft.kind is ActorKind.ORGANISATION and draft.names:
        return True
    return mention.number is None or (mention.number == "p") == draft.plural
