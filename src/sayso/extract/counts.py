"""How many people were killed, hurt, held or driven out, and which word says so.

A count begins at the word that tells what befell people ("killed", "the toll"); the
parse leads from there to those whom it befell, and a grammar of numbers reads how many.
What is no person, and a number that nothing befell, is no count.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from sayso.extract.counts_custody import settle_custody
from sayso.extract.counts_mention import (
    DIRECT,
    FIGURE,
    NEAR,
    SINGLE,
    CountMention,
    make_mention,
)
from sayso.extract.counts_parse import find_affected, stands_whole
from sayso.extract.counts_people import (
    CountWords,
    People,
    find_amount,
    is_known_people,
    names_before,
    read_from,
    read_one,
    read_people,
)
from sayso.extract.counts_told import (
    find_figures,
    find_partitive,
    find_parts,
    find_told,
)
from sayso.extract.tree import Tree
from sayso.reading.types import Reading
from sayso.record.claims import Counted
from sayso.vocab.casualties import CasualtyRole, CasualtyWord

# "No arrests were made" denies the act; "no one was hurt" is a toll.
_ZEROES = frozenset({Counted.KILLED, Counted.INJURED})
_VERBS = (CasualtyRole.OBJECT, CasualtyRole.LOOSE)
_UNNUMBERED = (CasualtyRole.SUBJECT, CasualtyRole.MASS, CasualtyRole.TOLL)
_CLAUSAL = (
    CasualtyRole.SUBJECT,
    CasualtyRole.MASS,
    CasualtyRole.FIGURE,
    CasualtyRole.IDIOM,
)
MANY = 50  # fewer people who leave or cross are travellers
_INHABITANTS = frozenset(
    {"people", "persons", "families", "households", "residents", "villagers"}
    | {"inhabitants", "refugees", "civilians", "townspeople", "women", "children"}
)
_OBJECT = frozenset({"obj"})
_BE = frozenset({"was", "were", "been", "are", "is", "be", "being"})


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
    told.extend(find_parts(tree, words, told))
    for at in figures:
        told.extend(find_figures(tree, words, at, told))
    settled = settle_custody(tree, words, told)
    return tuple(sorted(settled, key=lambda one: (one.span, one.what)))


def _entry_at(tree: Tree, words: CountWords, at: int, word: str) -> CasualtyWord | None:
    """Return what the word at a token means: the longest entry that stands whole."""
    upos = tree.reading.upos[at]
    for entry in words.casualties.entries_of(word):
        if entry.role in (CasualtyRole.THING, CasualtyRole.GROUP):
            continue
        if _fits(entry, upos) and stands_whole(tree, words.casualties, entry, at):
            return None if entry.role is CasualtyRole.IDIOM else entry
    return None


def _fits(entry: CasualtyWord, upos: str) -> bool:
    """Tell whether a word's part of speech is one that an entry can have."""
    if entry.role in (*_VERBS, *_CLAUSAL):
        return upos in ("VERB", "AUX", "ADJ")
    if entry.role is CasualtyRole.STATE:
        return upos in ("ADJ", "NOUN", "VERB", "ADP")
    return upos in ("NOUN", "PROPN")


def _mentions(
    tree: Tree, words: CountWords, entry: CasualtyWord, at: int
) -> Iterator[CountMention]:
    """Give the counts that one word of casualty leads to."""
    for people in find_told(tree, words, entry, at):
        yield make_mention(tree, entry, at, people, FIGURE)
    own = _own_number(tree, words, entry, at) or find_partitive(tree, words, entry, at)
    if own is not None:
        if own.amount.high != 0 or _tells_none(entry):
            yield make_mention(tree, entry, at, own, DIRECT)
        return
    if entry.role in (CasualtyRole.TOLL, CasualtyRole.ITSELF):
        return
    beside = _beside(tree, words, entry, at)
    if beside is not None:
        yield make_mention(tree, entry, at, beside, NEAR)
        return
    behind = _behind(tree, words, entry, at)
    if behind is not None:
        yield make_mention(tree, entry, at, behind, NEAR)
        return
    affected = find_affected(tree, entry, at)
    for head in affected:
        for people in read_people(tree, words, head):
            if _is_befallen(tree, words, entry, people):
                sure = SINGLE if people.is_single else DIRECT
                yield make_mention(tree, entry, at, people, sure)
    before = None if affected else _before_auxiliaries(tree, words, entry, at)
    if before is not None:
        yield make_mention(tree, entry, at, before, NEAR)


def _own_number(
    tree: Tree, words: CountWords, entry: CasualtyWord, at: int
) -> People | None:
    """Return the number before the word itself: "nine wounded", "65 arrests"."""
    if entry.role in _UNNUMBERED or len(entry.words) > 1 or _is_before_noun(tree, at):
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


def _is_before_noun(tree: Tree, at: int) -> bool:
    """Tell whether a word only describes the next: "two wounded men"."""
    return tree.reading.deprels[at] == "amod" and tree.reading.heads[at] > at


def _is_befallen(
    tree: Tree, words: CountWords, entry: CasualtyWord, people: People
) -> bool:
    """Tell whether a word that befalls much else has people for what it takes."""
    is_loss = entry.words[0] == "lose" and (
        people.noun is None or tree.words[people.noun].endswith("s")
    )  # "lost no fighters"; but "no patrol was lost"
    if people.amount.high == 0 and not (is_loss or _tells_none(entry)):
        return False
    if entry.role is CasualtyRole.MASS:
        return _is_mass(tree, people)
    if entry.role is not CasualtyRole.LOOSE and entry.what is not Counted.MISSING:
        return True
    if people.noun is None:
        return people.amount.high == 0 or entry.words[0] not in ("lose", "hit")
    return is_known_people(words, tree.words[people.noun])


def _is_mass(tree: Tree, people: People) -> bool:
    """Tell whether so many move that they flee: "3,000 people left Uri"."""
    number = max(people.amount.low or 0, people.amount.high or 0)
    return (
        number >= MANY
        and people.noun is not None
        and tree.words[people.noun] in _INHABITANTS
    )


def _tells_none(entry: CasualtyWord) -> bool:
    """Tell whether "no" before a word is a toll of none: "no bodies" are no toll."""
    if entry.role is CasualtyRole.ITSELF:
        return entry.what is Counted.INJURED or entry.words[0] == "loss"
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
    if _is_before_noun(tree, at):
        return None
    if reading.upos[at - 1] not in ("NOUN", "NUM") or tree.children(at, _OBJECT):
        return None
    people = read_one(tree, words, at - 1)
    if people is None or people.is_single or people.end != at:
        return None
    if not _is_befallen(tree, words, entry, people):
        return None
    return people if people.noun is not None else replace(people, end=at + 1)


def _before_auxiliaries(
    tree: Tree, words: CountWords, entry: CasualtyWord, at: int
) -> People | None:
    """Return people before a passive whose subject the parse lost: "20 were killed"."""
    if entry.role not in (*_VERBS, CasualtyRole.STATE):
        return None
    first = tree.sentence_of(at)[0]
    end = at
    while end > first and tree.reading.upos[end - 1] in ("AUX", "ADV", "PART"):
        end -= 1
    if end == first or _BE.isdisjoint(tree.words[end:at]):
        return None
    if tree.words[at].endswith("ing"):
        return None
    if tree.reading.upos[end - 1] not in ("NOUN", "NUM", "PRON"):
        return None
    people = read_one(tree, words, end - 1)
    if people is None or people.is_single or people.end != end:
        return None
    if names_before(tree, people.start):
        return None
    return people if _is_befallen(tree, words, entry, people) else None


def _behind(
    tree: Tree, words: CountWords, entry: CasualtyWord, at: int
) -> People | None:
    """Return people right behind a verb that the parse left without an object."""
    if entry.role is not CasualtyRole.OBJECT or len(entry.words) > 1:
        return None
    if tree.reading.upos[at] != "VERB" or tree.children(at, _OBJECT):
        return None
    if at + 1 >= len(tree.words) or _is_before_noun(tree, at):
        return None
    return read_from(tree, words, at + 1)
