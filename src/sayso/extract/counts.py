"""How many people were killed, hurt, held or driven out, and which word says so.

A count begins at the word that tells what befell people ("killed", "the toll"); the
parse leads from there to those whom it befell, and a grammar of numbers reads how many.
What is no person, and a number that nothing befell, is no count.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from sayso.extract.counts_parse import find_affected, oblique, stands_whole
from sayso.extract.counts_people import (
    CountWords,
    People,
    find_amount,
    is_known_people,
    read_one,
    read_people,
)
from sayso.extract.tree import Tree
from sayso.reading.types import Reading
from sayso.record.claims import Counted
from sayso.record.span import Span
from sayso.vocab.casualties import CasualtyRole, CasualtyWord

# How sure each way to a count is, by the share of right ones; see docs/counts.md.
DIRECT, NEAR, FIGURE, SINGLE = 0.9, 0.75, 0.6, 0.6
_HOLDERS = frozenset({"REB", "UAF", "CRM"})
_STATE = frozenset({"GOV", "COP", "MIL", "JUD", "SPY"})
_CUSTODY = frozenset({"hold", "seize", "take", "lead", "march", "capture", "drag"})
_CAPTORS = frozenset({"ransom", "captor", "captors", "kidnapper", "kidnappers"})
# "Shot" kills unless the text goes on to say that it only wounded.
_SHOOT = ("shoot",)
_WOUNDED = frozenset({"wounded", "injured", "hurt", "wounding", "injuring"})
_LIMBS = frozenset(
    {"leg", "legs", "thigh", "arm", "hand", "foot", "knee", "hip", "shoulder"}
)
_VERBS = (CasualtyRole.OBJECT, CasualtyRole.LOOSE)
_JOINED = frozenset({"conj"})
# "No arrests were made" denies the act; "no one was hurt" is a toll.
_ZEROES = frozenset({Counted.KILLED, Counted.INJURED})
_AT = frozenset({"at", "to", "of", "as"})
_OF = frozenset({"of"})
_FATAL = frozenset({"fatally", "mortally"})
_ENDS = frozenset({"nsubj", "nsubj:pass", "obj"})
_OBJECT = frozenset({"obj"})
_AGENTS = frozenset({"nsubj", "obl", "obl:agent"})
_BACK = 2  # paragraphs that a bare figure may look back for what it counts
_STEPS = 3  # nouns between "toll" and its verb: "the number of dead"


class CountMention(msgspec.Struct, frozen=True, kw_only=True):
    """A number of people whom something befell, where the text tells it."""

    what: Counted
    low: int | None
    """None if only an upper bound is told."""
    high: int | None
    """None if only a lower bound is told."""
    approximate: bool
    span: Span
    """The number with its bounds and noun: "at least 25 soldiers"."""
    head: int
    """Token of the noun that is counted, or of the number that stands alone."""
    of: str | None
    """The noun that is counted, as it stands: "soldiers"."""
    anchor: int
    """Token of the word that tells what befell them."""
    confidence: float


def find_counts(reading: Reading, words: CountWords) -> tuple[CountMention, ...]:
    """Return the counts of a report in text order; one number may count twice.

    "Two youths were questioned and let go" gives two detained and two released.
    """
    tree = Tree(reading)
    found: dict[tuple[Counted, int], CountMention] = {}
    figures: list[int] = []
    for at, word in enumerate(tree.words):
        entry = _entry_at(tree, words, at, word)
        if entry is None:
            continue
        if entry.what is None:
            figures.append(at)
            continue
        for mention in _mentions(tree, words, entry, at):
            key = (mention.what, mention.head)
            if key not in found or mention.confidence > found[key].confidence:
                found[key] = mention
    told = sorted(found.values(), key=lambda one: one.head)
    for at in figures:
        told.extend(_figures(tree, words, at, told))
    settled = _in_custody(tree, words, told)
    return tuple(sorted(settled, key=lambda one: (one.span, one.what)))


def _entry_at(tree: Tree, words: CountWords, at: int, word: str) -> CasualtyWord | None:
    """Return what the word at a token means: the longest entry that stands whole."""
    upos = tree.reading.upos[at]
    for entry in words.casualties.entries_of(word):
        if entry.role in (CasualtyRole.THING, CasualtyRole.GROUP):
            continue
        if _fits(entry, upos) and stands_whole(tree, words.casualties, entry, at):
            return entry
    return None


def _fits(entry: CasualtyWord, upos: str) -> bool:
    """Tell whether a word's part of speech is one that an entry can have."""
    if entry.role in (*_VERBS, CasualtyRole.SUBJECT, CasualtyRole.FIGURE):
        return upos in ("VERB", "AUX", "ADJ")
    if entry.role is CasualtyRole.STATE:
        return upos in ("ADJ", "NOUN", "VERB", "ADP")
    return upos in ("NOUN", "PROPN")


def _mentions(
    tree: Tree, words: CountWords, entry: CasualtyWord, at: int
) -> Iterator[CountMention]:
    """Give the counts that one word of casualty leads to."""
    if entry.role in (CasualtyRole.TOLL, CasualtyRole.STATE, CasualtyRole.NOUN):
        for people in _told_numbers(tree, words, at):
            yield _mention(tree, words, entry, at, people, FIGURE)
    own = _own_number(tree, words, entry, at) or _partitive(tree, words, entry, at)
    if own is not None:
        if own.amount.high != 0 or _tells_none(entry):
            yield _mention(tree, words, entry, at, own, DIRECT)
        return
    if entry.role in (CasualtyRole.TOLL, CasualtyRole.ITSELF):
        return
    beside = _beside(tree, words, entry, at)
    if beside is not None:
        yield _mention(tree, words, entry, at, beside, NEAR)
        return
    for head in find_affected(tree, entry, at):
        for people in read_people(tree, words, head):
            if _is_befallen(tree, words, entry, people):
                sure = SINGLE if people.is_single else DIRECT
                yield _mention(tree, words, entry, at, people, sure)


def _own_number(
    tree: Tree, words: CountWords, entry: CasualtyWord, at: int
) -> People | None:
    """Return the number before the word itself: "nine wounded", "65 arrests"."""
    if entry.role is CasualtyRole.SUBJECT or len(entry.words) > 1:
        return None
    is_verb = entry.role in _VERBS
    if is_verb and (
        tree.reading.upos[at] == "AUX" or tree.words[at].endswith(("ing", "s"))
    ):
        return None
    start = tree.left_edge(at)
    if start == at:
        return None
    amount = find_amount(tree, words, at)
    if amount is None or amount.end > at or amount.end < at - 1:
        return None
    if (is_verb and amount.end != at) or tree.reading.upos[at - 1] == "PUNCT":
        return None
    if is_verb and tree.reading.heads[amount.end - 1] != at:
        return None
    if is_verb and tree.reading.deprels[amount.end - 1] not in ("nummod", "det"):
        return None
    return People(amount=amount, head=at, noun=at, start=amount.start, end=at + 1)


def _partitive(
    tree: Tree, words: CountWords, entry: CasualtyWord, at: int
) -> People | None:
    """Return the number of whose whole a state is told: "four of the injured"."""
    head = tree.reading.heads[at]
    if entry.role is not CasualtyRole.STATE or head < 0 or head > at:
        return None
    if at not in oblique(tree, head, _OF):
        return None
    amount = find_amount(tree, words, head)
    if amount is None or amount.end != head + 1 or amount.low == 1:
        return None
    return People(amount=amount, head=head, noun=at, start=amount.start, end=at + 1)


def _told_numbers(tree: Tree, words: CountWords, at: int) -> Iterator[People]:
    """Give the numbers that a toll is put at: "put the dead at 14", "toll of 21"."""
    reading = tree.reading
    yield from (
        one for end in oblique(tree, at, _AT) for one in _bare(tree, words, end)
    )
    noun = at
    for _ in range(_STEPS):
        head, relation = reading.heads[noun], reading.deprels[noun]
        if head < 0:
            return
        if relation in _ENDS:
            if reading.upos[head] == "NUM":
                yield from _bare(tree, words, head)
            for end in oblique(tree, head, _AT):
                if end > at:
                    yield from _bare(tree, words, end)
            return
        noun = head


def _bare(tree: Tree, words: CountWords, head: int) -> Iterator[People]:
    """Give a number without a noun, or with one for people that are known to be."""
    people = read_one(tree, words, head)
    if people is None or people.is_single:
        return
    if people.noun is None or is_known_people(words, tree.words[people.noun]):
        yield people


def _is_befallen(
    tree: Tree, words: CountWords, entry: CasualtyWord, people: People
) -> bool:
    """Tell whether a word that befalls much else has people for what it takes."""
    if people.amount.high == 0 and not _tells_none(entry):
        return False
    if entry.role is not CasualtyRole.LOOSE and entry.what is not Counted.MISSING:
        return True
    if people.noun is None:
        return entry.words[0] != "lose"
    return is_known_people(words, tree.words[people.noun])


def _tells_none(entry: CasualtyWord) -> bool:
    """Tell whether "no" before a word is a toll of none: "no bodies" are no toll."""
    if entry.role is CasualtyRole.ITSELF:
        return entry.what is Counted.INJURED
    return entry.what in _ZEROES and entry.words[0] != "lose"


def _beside(
    tree: Tree, words: CountWords, entry: CasualtyWord, at: int
) -> People | None:
    """Return people who stand right before a participle that the parse left alone."""
    if entry.role not in (*_VERBS, CasualtyRole.STATE):
        return None
    reading = tree.reading
    if at <= tree.sentence_of(at)[0] or tree.words[at].endswith(("ing", "s")):
        return None
    if reading.upos[at - 1] not in ("NOUN", "NUM") or tree.children(at, _OBJECT):
        return None
    people = read_one(tree, words, at - 1)
    if people is None or people.is_single or people.end != at:
        return None
    return people if _is_befallen(tree, words, entry, people) else None


def _figures(
    tree: Tree, words: CountWords, at: int, told: list[CountMention]
) -> list[CountMention]:
    """Return counts of bare numbers that go on with what was told: "counted 30"."""
    before = [one for one in told if one.head < at]
    last = max(before, key=lambda one: one.head, default=None)
    if last is None or _paragraphs_between(tree, last.head, at) > _BACK:
        return []
    entry = CasualtyWord(words=("",), role=CasualtyRole.FIGURE, what=last.what, line=0)
    taken = {one.head for one in told}
    found = []
    for end in (*tree.children(at, _OBJECT), *oblique(tree, at, _AT)):
        people = read_one(tree, words, end)
        if people is None or people.noun is not None or people.head in taken:
            continue
        found.append(_mention(tree, words, entry, at, people, FIGURE))
    return found


def _paragraphs_between(tree: Tree, first: int, second: int) -> int:
    return sum(first < start <= second for start, _ in tree.reading.paragraphs)


def _mention(
    tree: Tree,
    words: CountWords,
    entry: CasualtyWord,
    at: int,
    people: People,
    confidence: float,
) -> CountMention:
    assert entry.what is not None
    noun = None if people.noun in (None, at) else people.noun
    return CountMention(
        what=_befell(tree, entry, at),
        low=people.amount.low,
        high=people.amount.high,
        approximate=people.amount.approximate,
        span=tree.span_of(people.start, max(people.end, people.head + 1)),
        head=people.head,
        of=None if noun is None else tree.reading.words[noun],
        anchor=at,
        confidence=confidence,
    )


def _befell(tree: Tree, entry: CasualtyWord, at: int) -> Counted:
    """Return what befell them, where that takes more than the word itself."""
    assert entry.what is not None
    words = tree.words
    if at and words[at - 1] in _FATAL:
        return Counted.KILLED
    if entry.words != _SHOOT:
        return entry.what
    near = [*tree.children(at, _JOINED), tree.reading.heads[at]]
    wounded = any(words[n] in _WOUNDED for n in near if n >= 0)
    limb = any(words[n] in _LIMBS for n in oblique(tree, at, frozenset({"in"})))
    return Counted.INJURED if wounded or limb else Counted.KILLED


def _in_custody(
    tree: Tree, words: CountWords, told: list[CountMention]
) -> list[CountMention]:
    """Return the counts with those whom an armed group holds as abducted.

    "Held" and "taken" tell nothing of that. Whoever does it decides; if the text names
    nobody there, other words of the report do ("ransom", "kidnapped").
    """
    taken = any(one.what is Counted.ABDUCTED for one in told)
    taken = taken or not _CAPTORS.isdisjoint(tree.words)
    settled = []
    for one in told:
        is_open = one.what is Counted.DETAINED and any(
            words.casualties.is_form_of(tree.words[one.anchor], lemma)
            for lemma in _CUSTODY
        )
        by_group = _is_by_group(tree, words, one.anchor) if is_open else False
        if by_group or (by_group is None and taken):
            one = replace(one, what=Counted.ABDUCTED)
        settled.append(one)
    return settled


def _is_by_group(tree: Tree, words: CountWords, at: int) -> bool | None:
    """Tell whether an armed group does what a verb says; None: the text leaves it."""
    for agent in tree.children(at, _AGENTS):
        role, _ = words.names.role_of(tree.words[agent])
        if role is not None and role.sector in _HOLDERS:
            return True
        if role is not None and role.sector in _STATE:
            return False
    return None
