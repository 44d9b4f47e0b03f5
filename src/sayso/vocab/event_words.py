"""Words that often name an act, with the event types that they hint at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from sayso.errors import VocabError
from sayso.record.claims import InstrumentClass
from sayso.vocab.lexicon import IRREGULAR, form_table, read_table

EVENT_WORDS, INSTRUMENTS = "events.tsv", "instruments.tsv"
Hint = tuple[str, str]
"""PLOVER type and mode; the mode is empty where the word tells none."""


class EventWords:
    """Hints by word, inflected forms included; never changed."""

    def __init__(
        self,
        hints: Mapping[str, tuple[Hint, ...]],
        irregular: Mapping[str, str],
        instruments: Mapping[str, InstrumentClass],
    ) -> None:
        self._instruments = dict(instruments)
        self._forms = form_table(set(hints), irregular)
        self._hints = dict(hints)

    def lemma(self, word: str) -> str:
        """Return the dictionary form of a word of the list; others only folded."""
        folded = word.lower()
        return self._forms.get(folded, folded)

    def hints(self, word: str) -> tuple[Hint, ...]:
        """Return what a word hints at, in the order of the list; often nothing."""
        return self._hints.get(self.lemma(word), ())

    def instrument(self, word: str) -> InstrumentClass | None:
        """Return the class of a thing that acts are done with; None of all others."""
        return self._instruments.get(word.lower())


def load_event_words(folder: Path | None = None) -> EventWords:
    """Return the words of a folder of lexicons; without one, of the package.

    Raises:
        VocabError: A file is missing, or a line has a wrong number of columns, is out
            of order or stands twice.
    """
    hints: dict[str, tuple[Hint, ...]] = {}
    for number, (word, kind, mode) in read_table(folder, EVENT_WORDS, 3, 3):
        if not kind.isupper():
            raise VocabError(
                f"{EVENT_WORDS}:{number}: {kind!r} is no event type",
                mend="write a PLOVER type in capitals",
            )
        hints[word] = (*hints.get(word, ()), (kind, mode))
    irregular = {row[0]: row[1] for _, row in read_table(folder, IRREGULAR, 2, 1)}
    things = dict(_instruments(folder))
    return EventWords(hints, irregular, things)


def _instruments(folder: Path | None) -> Iterator[tuple[str, InstrumentClass]]:
    for number, (word, name) in read_table(folder, INSTRUMENTS, 2, 1):
        try:
            yield word, InstrumentClass(name)
        except ValueError as error:
            raise VocabError(
                f"{INSTRUMENTS}:{number}: {name!r} is no class of instruments",
                mend=f"write one of {', '.join(InstrumentClass)}",
            ) from error
