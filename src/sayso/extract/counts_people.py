"""How many people a noun phrase names: its number, its noun, and that it is people."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from sayso.extract.counts_amounts import Amount, parse_amount
from sayso.extract.counts_parse import conjuncts, oblique
from sayso.extract.tree import NOMINAL, Tree
from sayso.vocab.amounts import AmountWords
from sayso.vocab.casualties import CasualtyRole, CasualtyWords
from sayso.vocab.names import Names

_ARTICLES = frozenset({"a", "an", "another"})
_DATES = frozenset({"nmod:unmarked", "compound", "flat", "appos"})
_DETERMINER = frozenset({"det"})
_OF = frozenset({"of"})
_PARTICLE = "compound:prt"
_PEOPLE = frozenset({"person", "group"})
_PLURAL_PEOPLE = frozenset(
    {"others", "them", "us", "people", "persons", "children", "siblings", "kin"}
)
# Endings of words for people that no list holds: "trader", "gunman", "escapee".
_AGENTIVE = re.compile(r".{3,}(?:er|or|ist|ian|ant|ee|man|woman|men|women|crat)s?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MANY = frozenset({"number", "lot", "couple", "majority", "handful", "total", "toll"})
_BEFALLING = (CasualtyRole.OBJECT, CasualtyRole.LOOSE, CasualtyRole.STATE)
_MAX_RANGE = 8  # words of "at least 11 and perhaps as many as" before "30"
_MAX_NOUN = 8  # words of "at least seven young worshippers"
_MAX_PHRASE = 12  # words of an "of" phrase that belong to the span


class CountWords(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The lists that counting needs."""

    amounts: AmountWords
    casualties: CasualtyWords
    names: Names


class People(msgspec.Struct, frozen=True, kw_only=True):
    """A noun phrase that tells how many people."""

    amount: Amount
    head: int
    """Token of the counted noun, or of the number that stands alone."""
    noun: int | None
    """Token of the noun; None: a bare number."""
    start: int
    end: int
    is_single: bool = False
    """Whether an article alone says that it is one: "a soldier"."""


def read_people(tree: Tree, words: CountWords, head: int) -> list[People]:
    """Return the people of a noun phrase and of those joined to it.

    Numbers that are told apart stay apart, and a bound that opens the first holds for
    the next: "at least four civilians and three soldiers" are at least three soldiers.
    Somebody without a number is added: "a councillor and four of his men" are five.
    """
    found: list[People] = []
    alone = False
    for number, each in enumerate(conjuncts(tree, head)):
        people = read_one(tree, words, each) or _definite(tree, words, each)
        if people is None or (number and _has_word_of_its_own(tree, words, people)):
            continue
        if found and found[0].amount.is_open and _is_exact(people.amount):
            opened = replace(people.amount, high=None, is_open=True)
            people = replace(people, amount=opened)
        alone = alone or people.is_single
        found.append(people)
    if alone and len(found) > 1:
        return [_sum(found)]
    return [people for people in found if people.amount.start < people.amount.end]


def _sum(found: Sequence[People]) -> People:
    """Return all of several phrases as one: "the driver and four others"."""
    lows = [people.amount.low for people in found]
    highs = [people.amount.high for people in found]
    amount = replace(
        found[0].amount,
        low=None if None in lows else sum(low or 0 for low in lows),
        high=None if None in highs else sum(high or 0 for high in highs),
        approximate=any(people.amount.approximate for people in found),
    )
    return replace(
        found[0], amount=amount, noun=None, end=found[-1].end, is_single=False
    )


def _definite(tree: Tree, words: CountWords, head: int) -> People | None:
    """Return the one person of a definite phrase, who counts only beside a number.

    Its amount covers no word: "the driver" alone is no count.
    """
    if tree.reading.upos[head] != "NOUN":
        return None
    role, is_plural = words.names.role_of(tree.words[head])
    if role is None or role.kind != "person" or is_plural:
        return None
    start = tree.left_edge(head)
    amount = Amount(low=1, high=1, approximate=False, start=start, end=start)
    end = _end_of(tree, head)
    return People(
        amount=amount, head=head, noun=head, start=start, end=end, is_single=True
    )


def read_one(tree: Tree, words: CountWords, head: int) -> People | None:
    """Return the people of one noun phrase; None if it tells no number of people."""
    if tree.reading.upos[head] not in NOMINAL | {"ADJ", "DET", "VERB"}:
        return None
    amount = find_amount(tree, words, head)
    if amount is None:
        inner = oblique(tree, head, _OF)
        if inner and words.casualties.is_a(tree.words[head], CasualtyRole.GROUP):
            nested = read_one(tree, words, inner[0])
            return nested and replace(nested, start=tree.left_edge(head))
        return _single(tree, words, head)
    if amount.end > head:  # the number is the head: "two of her officers", "16"
        inner = [n for n in oblique(tree, head, _OF) if n >= amount.end]
        noun = inner[0] if inner else None
        end = min(tree.right_edge(noun), noun + _MAX_PHRASE) if noun else amount.end
    else:
        noun, end = head, _end_of(tree, head)
    if noun is not None and not is_people(tree, words, noun):
        return None
    return People(amount=amount, head=head, noun=noun, start=amount.start, end=end)


def find_amount(tree: Tree, words: CountWords, head: int) -> Amount | None:
    """Return the amount that stands before a noun, or that the word itself is."""
    start = tree.left_edge(head)
    relations = tree.reading.deprels
    found, at = None, start
    while at <= head:
        amount = parse_amount(tree.words, at, words.amounts)
        is_date = relations[at] in _DATES and at != head
        if amount is None or is_date:
            at += 1
            continue
        if (amount.end <= head + 1 or at == head) and not _is_hyphened(tree, amount):
            found = amount
        at = max(at + 1, amount.end)
    if found is None:
        found = _right_before(tree, words, start)
    if found is None:
        return None
    if relations[found.start] == _PARTICLE:  # "handed over four"
        number = max(0, (found.low or 0) - 1)
        bare = {"low": number, "high": number, "start": found.start + 1}
        return replace(found, is_open=False, **bare)
    return _whole_range(tree, words, found)


def _right_before(tree: Tree, words: CountWords, start: int) -> Amount | None:
    """Return an amount that the parse has put apart from the noun behind it."""
    first = tree.sentence_of(start)[0]
    if start == first or tree.reading.upos[start - 1] != "NUM":
        return None
    if _YEAR.fullmatch(tree.words[start - 1]):
        return None
    for at in range(start - 1, max(first, start - _MAX_RANGE) - 1, -1):
        amount = parse_amount(tree.words, at, words.amounts)
        if amount is not None and amount.end == start:
            is_date = tree.reading.deprels[start - 1] in _DATES
            return None if is_date or names_before(tree, amount.start) else amount
    return None


def names_before(tree: Tree, start: int) -> bool:
    """Tell whether a name stands right before a number: "June 3", "Gate 4"."""
    is_first = start == tree.sentence_of(start)[0]
    return not is_first and tree.reading.upos[start - 1] == "PROPN"


def _is_hyphened(tree: Tree, amount: Amount) -> bool:
    """Tell whether a number is part of a longer word: "a 35-year-old"."""
    end = amount.end
    return end + 1 < len(tree.words) and tree.words[end] == "-"


def _whole_range(tree: Tree, words: CountWords, amount: Amount) -> Amount:
    """Return the range that an amount ends, or the amount itself."""
    first = max(tree.sentence_of(amount.start)[0], amount.start - _MAX_RANGE)
    for at in range(amount.start - 1, first - 1, -1):
        whole = parse_amount(tree.words, at, words.amounts)
        if whole is not None and whole.end == amount.end:
            return whole
    return amount


def is_people(tree: Tree, words: CountWords, noun: int) -> bool:
    """Tell whether a noun may name people; a word that no list knows may."""
    word = tree.words[noun]
    if words.casualties.is_a(word, CasualtyRole.THING):
        return is_known_people(words, word) and word not in ("head", "heads")
    return tree.reading.upos[noun] in NOMINAL | {"ADJ", "VERB"}


def is_known_people(words: CountWords, word: str) -> bool:
    """Tell whether the list of roles holds a word as one for people."""
    role, _ = words.names.role_of(word)
    if word in _PLURAL_PEOPLE or (role is not None and role.kind in _PEOPLE):
        return True
    is_thing = words.casualties.is_a(word, CasualtyRole.THING)
    return not is_thing and _AGENTIVE.fullmatch(word) is not None


def _single(tree: Tree, words: CountWords, head: int) -> People | None:
    """Return the one person whom an article alone counts: "a soldier"."""
    articles = tree.children(head, _DETERMINER)
    role, is_plural = words.names.role_of(tree.words[head])
    if (
        not articles
        or tree.words[articles[0]] not in _ARTICLES
        or tree.reading.upos[head] != "NOUN"
        or is_plural
        or (role is not None and role.kind != "person")
        or words.casualties.is_a(tree.words[head], CasualtyRole.THING)
        or tree.words[head] in _MANY
    ):
        return None
    start = articles[0]
    amount = Amount(low=1, high=1, approximate=False, start=start, end=start + 1)
    return People(
        amount=amount,
        head=head,
        noun=head,
        start=start,
        end=_end_of(tree, head),
        is_single=True,
    )


def _end_of(tree: Tree, head: int) -> int:
    """Return the end of a noun phrase with its "of" phrase: "members of the band"."""
    inner = oblique(tree, head, _OF)
    if inner and inner[0] < head + _MAX_PHRASE:
        return min(tree.right_edge(inner[0]), inner[0] + _MAX_PHRASE)
    return head + 1


def _has_word_of_its_own(tree: Tree, words: CountWords, people: People) -> bool:
    """Tell whether a joined phrase says itself what befell it: "nine wounded"."""
    head, start = people.head, people.start
    entries = words.casualties.entries_of(tree.words[head])
    if any(entry.role is CasualtyRole.STATE for entry in entries):
        return True
    before = tree.words[start - 1] if start else ""
    if any(entry.role in _BEFALLING for entry in words.casualties.entries_of(before)):
        return True  # "killing two officers and hurting at least 20 people"
    after = tree.words[head + 1] if head + 1 < len(tree.words) else ""
    if any(
        entry.role is CasualtyRole.STATE
        or (entry.role is CasualtyRole.OBJECT and after.endswith("ed"))
        for entry in words.casualties.entries_of(after)
    ):
        return True
    return any(
        entry.role in _BEFALLING and entry.what is not None
        for child in tree.children(head, frozenset({"acl", "amod"}))
        for entry in words.casualties.entries_of(tree.words[child])
    )


def _is_exact(amount: Amount) -> bool:
    return amount.low == amount.high and not amount.approximate and amount.low != 0


def read_from(tree: Tree, words: CountWords, start: int) -> People | None:
    """Return the people of the noun phrase that begins at a token."""
    last = min(start + _MAX_NOUN, tree.sentence_of(start - 1)[1])
    for head in range(start, last):
        if tree.reading.upos[head] in ("NOUN", "NUM"):
            people = read_one(tree, words, head)
            if people is not None and people.start == start and people.noun is not None:
                return people
    return None
