"""What the network reads in place of names, so that it cannot judge by them.

A nation, faith or people is read as one nation, faith or people; a person as one
person; a town or region after "in" and the like as one place. So the same is made of
what a report says whoever it says it of (`python -m evals.fairness`), at no second
pass. Spans, actors and places keep the words of the text, and coreference and the
gazetteer look at those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby

from sayso.vocab.gazetteer import EntryKind, Gazetteer, load_gazetteer
from sayso.vocab.groups import load_groups
from sayso.vocab.person_names import NotName, PersonNames, load_person_names

GIVEN, FAMILY, PLACE = "John", "Smith", "Paris"
BEFORE_PLACES = frozenset(
    ["in", "from", "of", "near", "to", "at", "across", "into", "outside", "around",
     "for", "fled", "left", "entered", "reached", "through", "towards"]
)  # fmt: skip
TOWN, CITY = 15_000, 100_000
"""People from which on a name alone is taken for a place, or for no person."""
MAX_WORDS = 3
"""Words of a person's name."""
ENDINGS = (
    "ov", "ova", "ev", "eva", "enko", "shvili", "adze", "ski", "ska", "sky", "vić",
    "vic", "sson", "sdottir", "zadeh", "oglu", "oğlu", "yan",
)  # fmt: skip
"""Of family names, in languages that have many of one ending."""
MIN_ENDED = 5
IsWhole = Callable[[str], bool]


class StandIns:
    """Puts stand-ins in place of names; never changed."""

    def __init__(
        self, groups: Mapping[str, str], names: PersonNames, places: Gazetteer
    ) -> None:
        self._groups, self._names, self._places = groups, names, places
        self._is_city = lru_cache(maxsize=16_384)(self._look_up_city)
        self._is_place = lru_cache(maxsize=16_384)(self._look_up_place)

    def put(self, words: Sequence[str], is_whole: IsWhole) -> list[str]:
        """Return words with stand-ins, as many as before.

        Args:
            words: Of a whole text, as a person's family name is known further down.
            is_whole: Whether the encoder's vocabulary holds a word undivided; such a
                word is taken for a name only if the lists have it.
        """
        out = [
            self._groups[word]
            if word in self._groups and not self._opens_name(words, number)
            else word
            for number, word in enumerate(words)
        ]
        given: set[str] = set()
        family: set[str] = set()
        for run in self._runs(words):
            if self._is_person(run, is_whole):
                given.update(run[:-1])
                family.add(run[-1])
        for number, word in enumerate(words):
            if not word[0].isupper() or not word.isalpha():
                continue
            if word in given and (word in self._names.given or not is_whole(word)):
                out[number] = GIVEN
            elif word in family:
                out[number] = FAMILY
            elif word not in given and self._stands_for_place(words, number):
                out[number] = PLACE
        return out

    def _opens_name(self, words: Sequence[str], number: int) -> bool:
        """Tell whether a word is part of a name: "Islamic" of "Islamic State"."""
        after = words[number + 1] if number + 1 < len(words) else ""
        return self._may_be_name(after) and self._not_name(after) is not NotName.TITLE

    def _runs(self, words: Sequence[str]) -> Iterator[list[str]]:
        """Give capitalised words in a row, without titles and openers."""
        for may_be_name, group in groupby(words, key=self._may_be_name):
            if not may_be_name:
                continue
            run, first = list(group), 0
            while first < len(run) and self._not_name(run[first]) is NotName.TITLE:
                first += 1
            if first < len(run) and self._not_name(run[first]) is NotName.OPENER:
                first += 1
            yield run[first:]

    def _may_be_name(self, word: str) -> bool:
        return (
            len(word) > 1
            and word[0].isupper()
            and word.isalpha()
            and not word.isupper()
            and word not in self._groups
        )

    def _is_person(self, run: Sequence[str], is_whole: IsWhole) -> bool:
        if not 2 <= len(run) <= MAX_WORDS:
            return False
        if any(self._is_barred(run, number) for number in range(len(run))):
            return False
        if len(run) == 2 and self._places.find(" ".join(run)):
            return False
        first, last = run[0], run[-1]
        if first in self._names.given:
            return len(run) == 2 or self._is_listed(last) or not self._places.find(last)
        # An unknown first name before a known last one, unless both may be common:
        # "Sipho Dlamini", no "Red Cross".
        return self._is_family(last) and (
            first in self._names.family or not (is_whole(first) and is_whole(last))
        )

    def _is_family(self, word: str) -> bool:
        long_enough = len(word) > MIN_ENDED and word.endswith(ENDINGS)
        return word in self._names.family or long_enough

    def _is_barred(self, run: Sequence[str], number: int) -> bool:
        word = run[number]
        kind = self._not_name(word)
        if kind is not None:
            return kind is not NotName.PARTICLE or number == 0
        given, family = word in self._names.given, word in self._names.family
        # "Carlos Mendoza" is no city, though a Mendoza is one.
        known = family and (given or (number > 0 and run[0] in self._names.given))
        return not known and self._is_city(word)

    def _is_listed(self, word: str) -> bool:
        return word in self._names.given or word in self._names.family

    def _not_name(self, word: str) -> NotName | None:
        return self._names.not_names.get(word.lower())

    def _stands_for_place(self, words: Sequence[str], number: int) -> bool:
        after = words[number + 1] if number + 1 < len(words) else ""
        return (
            number > 0
            and words[number - 1].lower() in BEFORE_PLACES
            and self._may_be_name(words[number])
            and not self._may_be_name(after)
            and self._not_name(words[number]) is None
            and self._is_place(words[number])
        )

    def _look_up_city(self, word: str) -> bool:
        return any(entry.population >= CITY for entry in self._places.find(word))

    def _look_up_place(self, word: str) -> bool:
        found = self._places.find(word)
        return bool(found) and (
            found[0].population >= TOWN
            or any(entry.kind is not EntryKind.CITY for entry in found)
        )


@cache
def load_stand_ins() -> StandIns:
    """Return the shipped stand-ins.

    Raises:
        VocabError: A list of the package is missing or damaged.
    """
    return StandIns(load_groups(), load_person_names(), load_gazetteer())
