"""Numbers that stand apart from what they count: tolls, figures, parts of a whole."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.counts_mention import FIGURE, CountMention, make_mention
from sayso.extract.counts_parse import oblique
from sayso.extract.counts_people import (
    CountWords,
    People,
    find_amount,
    is_known_people,
    read_from,
    read_one,
)
from sayso.extract.tree import Tree
from sayso.vocab.casualties import CasualtyRole, CasualtyWord

_NAMED = (CasualtyRole.TOLL, CasualtyRole.STATE, CasualtyRole.NOUN)
_STATES = (CasualtyRole.STATE, CasualtyRole.OBJECT)
_AT = frozenset({"at", "to", "of", "as"})
_OF = frozenset({"of"})
_ENDS = frozenset({"nsubj", "nsubj:pass", "obj"})
_OBJECT = frozenset({"obj"})
_OWN = frozenset({"nmod", "nmod:poss"})
_STEPS = 3  # nouns between "toll" and its verb: "the number of dead"
_PARTS_REACH = 16  # words from "nine people" to "two of them children"
_BACK = 2  # paragraphs that a bare figure may look back for what it counts


def find_told(
    tree: Tree, words: CountWords, entry: CasualtyWord, at: int
) -> Iterator[People]:
    """Give the numbers that a toll is put at: "put the dead at 14", "toll of 21"."""
    reading = tree.reading
    is_named = entry.role in _NAMED or reading.upos[at] in ("ADJ", "NOUN")
    if is_named:
        for end in oblique(tree, at, _AT):
            yield from _bare(tree, words, end)
    noun = at
    for _ in range(_STEPS):
        head, relation = reading.heads[noun], reading.deprels[noun]
        if head < 0:
            return
        is_named = is_named or _is_figure_noun(words, tree.words[noun])
        if relation in _ENDS and is_named:
            yield from _numbers_of_verb(tree, words, head, at)
            return
        noun = head


def _numbers_of_verb(
    tree: Tree, words: CountWords, verb: int, after: int
) -> Iterator[People]:
    """Give the numbers of a verb's "at" and "to", or of "is eleven" itself."""
    if tree.reading.upos[verb] == "NUM":
        yield from _bare(tree, words, verb)
    for end in oblique(tree, verb, _AT):
        if end > after:
            yield from _bare(tree, words, end)


def _bare(tree: Tree, words: CountWords, head: int) -> Iterator[People]:
    """Give a number without a noun, or with one for people that are known to be."""
    people = read_one(tree, words, head)
    if people is None or people.is_single:
        return
    if people.noun is None or is_known_people(words, tree.words[people.noun]):
        yield people


def find_partitive(
    tree: Tree, words: CountWords, entry: CasualtyWord, at: int
) -> People | None:
    """Return the number of whose whole a state is told: "four of the injured"."""
    head = tree.reading.heads[at]
    if entry.role not in _STATES or head < 0 or head > at:
        return None
    if at not in oblique(tree, head, _OF):
        return None
    amount = find_amount(tree, words, head)
    if amount is None or amount.end != head + 1 or amount.low == 1:
        return None
    return People(amount=amount, head=head, noun=at, start=amount.start, end=at + 1)


def find_parts(
    tree: Tree, words: CountWords, told: list[CountMention]
) -> list[CountMention]:
    """Return the counts of parts of those told before: "six of them lawmakers"."""
    taken = {one.head for one in told}
    found = []
    for whole in told:
        entry = _entry_for(whole)
        first, last = whole.head + 1, tree.sentence_of(whole.head)[1]
        for at in range(first, min(last, first + _PARTS_REACH)):
            people = _part_at(tree, words, at)
            if people is not None and people.head not in taken:
                taken.add(people.head)
                found.append(make_mention(tree, entry, at, people, FIGURE))
    return found


def _entry_for(told: CountMention) -> CasualtyWord:
    """Return an entry that gives a number the meaning of one told before."""
    return CasualtyWord(words=("",), role=CasualtyRole.FIGURE, what=told.what, line=0)


def _part_at(tree: Tree, words: CountWords, at: int) -> People | None:
    """Return the people whom "of them" or "including" at a token sets apart."""
    word, before = tree.words[at], tree.words[at - 1]
    if word == "including" or (word == "them" and before == "among"):
        return read_from(tree, words, at + 1)
    if word in ("them", "whom") and before == "of":
        people = read_one(tree, words, at - 2)
        return people if people and people.amount.high != 0 else None
    return None


def find_figures(
    tree: Tree, words: CountWords, at: int, told: list[CountMention]
) -> list[CountMention]:
    """Return counts of bare numbers that go on with what was told: "counted 30"."""
    before = [one for one in told if one.head < at]
    last = max(before, key=lambda one: one.head, default=None)
    if last is None or _paragraphs_between(tree, last.head, at) > _BACK:
        return []
    taken = {one.head for one in told}
    found = []
    ends = tree.children(at, _OBJECT)
    about = [end for end in ends if not _is_figure(tree, words, end)]
    for end in (*ends, *([] if about else oblique(tree, at, _AT))):
        people = read_one(tree, words, end)
        if people is None or people.noun is not None or people.head in taken:
            continue
        found.append(make_mention(tree, _entry_for(last), at, people, FIGURE))
    return found


def _is_figure(tree: Tree, words: CountWords, noun: int) -> bool:
    """Tell whether "put the figure at" takes up what was counted before.

    "Put the number of rockets at four" and "put their number at four" do not.
    """
    return _is_figure_noun(words, tree.words[noun]) and not tree.children(noun, _OWN)


def _is_figure_noun(words: CountWords, word: str) -> bool:
    return words.casualties.is_a(word, CasualtyRole.FIGURE_NOUN)


def _paragraphs_between(tree: Tree, first: int, second: int) -> int:
    return sum(first < start <= second for start, _ in tree.reading.paragraphs)
