"""The words that tell a statement's force: cue lemmas, phrases round them, word forms.

The lists lie in `data/lexicons/*.tsv`; this module checks them in full and looks up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import msgspec

from sayso.errors import VocabError
from sayso.record.claims import Stance

Code = TypeVar("Code", bound=StrEnum)
Value = TypeVar("Value")

CUES, PHRASES, IRREGULAR = "cues.tsv", "phrases.tsv", "irregular.tsv"
MAX_GAP = 4  # words between two words of one entry: "did not even so much as comment"


class Frame(StrEnum):
    """How a cue must stand for an entry to hold; later ones win over earlier ones."""

    ANY = "any"
    PASSIVE = "passive"
    """A passive: "is expected", "was told"."""
    TO = "to"
    """An infinitive follows: "asked them to leave"."""
    WHETHER = "whether"
    """A question follows: "asked whether"."""
    NOT = "not"
    """A negative particle stands in the cue: "did not say"."""


class PhraseKind(StrEnum):
    """What a phrase near a cue tells."""

    SPEECH = "speech"
    INTERVIEW = "interview"
    DOCUMENT = "document"
    POST = "post"
    BROADCAST = "broadcast"
    ANONYMOUS = "anonymous"
    """The report withholds the name."""
    OUTLET_NOUN = "outlet_noun"
    """In the name of those who are told, an outlet: "Harbour News"."""
    DOCUMENT_NOUN = "document_noun"
    """As head of a source, a text or picture and not a person."""
    ADDRESSING = "addressing"
    """A cue whose object is told: "told reporters"."""
    ADDRESSING_TO = "addressing_to"
    """A cue that names with "to" who is told: "said to reporters"."""
    NEGATIVE = "negative"
    """Negates the cue that it stands in."""
    NEGATIVE_SOURCE = "negative_source"
    """A source that begins so negates its cue: "no group"."""
    PAIR = "pair"
    """A source that holds two speakers in one noun phrase: "both parties"."""
    GROUP = "group"
    """A singular noun that speaks for many: "army"."""
    PEOPLE = "people"
    """A noun for those who are asked; beside a colon in a headline it is a source."""
    REQUEST = "request"
    """What those want who get no comment: "requests", "questions"."""
    REQUEST_JOINT = "request_joint"
    """Stands between such nouns: "requests for comment"."""
    HEARSAY = "hearsay"
    """An adverb or adjective that passes on what nobody is named for."""
    INTERVIEWED = "interviewed"
    """A verb that opens an interview: "spoke to us"."""
    RAISING = "raising"
    """A verb whose subject is talked about, not talking: "she seems"."""
    RUBRIC = "rubric"
    """A kind of article; before a colon in a headline it is no source."""


class CueEntry(msgspec.Struct, frozen=True, kw_only=True):
    """The force that one cue lemma lends in one frame."""

    words: tuple[str, ...]
    frame: Frame
    stance: Stance
    speech: bool
    factive: bool
    """The outlet takes the content for granted: "revealed that"."""
    line: int
    """In `cues.tsv`, from 1."""

    @property
    def is_telling(self) -> bool:
        """Whether the lemma alone decides the stance, whatever the content says."""
        return self.stance is not Stance.ASSERTS


class Lexicon:
    """Cue entries, phrases and word forms, ready for look-up; never changed."""

    def __init__(
        self,
        cues: Sequence[CueEntry],
        phrases: Mapping[tuple[str, ...], frozenset[PhraseKind]],
        irregular: Mapping[str, str],
    ) -> None:
        self.cues = tuple(cues)
        self.phrases = MappingProxyType(dict(phrases))
        self._forms = form_table(self._vocabulary(), irregular)
        self._cues_by_word = _by_first_word((e.words, e) for e in self.cues)
        self._phrases_by_word = _by_first_word((p, (p, k)) for p, k in phrases.items())

    def _vocabulary(self) -> set[str]:
        words = {word for entry in self.cues for word in entry.words}
        return words | {word for phrase in self.phrases for word in phrase}

    def lemma(self, word: str) -> str:
        """Return the dictionary form of a word of the lexicon; others only folded."""
        folded = word.lower()
        return self._forms.get(folded, folded)

    def lemmas(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the lemma of each word."""
        return tuple(self.lemma(word) for word in words)

    def cue_entries(self, lemmas: Sequence[str]) -> Iterator[tuple[int, CueEntry]]:
        """Give each entry whose words occur in order, with the place of its first."""
        for number, lemma in enumerate(lemmas):
            for entry in self._cues_by_word.get(lemma, ()):
                if _follows(entry.words, lemmas, number, max_gap=MAX_GAP):
                    yield number, entry

    def phrases_in(
        self, lemmas: Sequence[str]
    ) -> Iterator[tuple[int, int, frozenset[PhraseKind]]]:
        """Give place, length and kinds of each phrase that stands unbroken."""
        for number, lemma in enumerate(lemmas):
            for phrase, kinds in self._phrases_by_word.get(lemma, ()):
                if tuple(lemmas[number : number + len(phrase)]) == phrase:
                    yield number, len(phrase), kinds

    def is_a(self, word: str, kind: PhraseKind) -> bool:
        """Tell whether a single word is of a kind."""
        return kind in self.phrases.get((self.lemma(word),), frozenset())

    @cached_property
    def negatives(self) -> frozenset[str]:
        """Particles that negate the cue that they stand in."""
        return frozenset(
            phrase[0]
            for phrase, kinds in self.phrases.items()
            if PhraseKind.NEGATIVE in kinds and len(phrase) == 1
        )


def load_lexicon(folder: Path | None = None) -> Lexicon:
    """Return the lexicon of a folder; without one, that of the package.

    Raises:
        VocabError: A file is missing, or a line has an unknown code, a wrong number of
            columns, is out of order or stands twice.
    """
    texts = {name: _text_of(folder, name) for name in (CUES, PHRASES, IRREGULAR)}
    irregular = {row[0]: row[1] for _, row in _rows(IRREGULAR, texts[IRREGULAR], 2, 1)}
    phrases: dict[tuple[str, ...], frozenset[PhraseKind]] = {}
    for number, row in _rows(PHRASES, texts[PHRASES], 3, 2):
        kind = parse_code(PHRASES, number, row[1], PhraseKind)
        words = tuple(row[0].split())
        phrases[words] = phrases.get(words, frozenset()) | {kind}
    cues = [_cue(number, row) for number, row in _rows(CUES, texts[CUES], 6, 2)]
    lexicon = Lexicon(cues, phrases, irregular)
    _check_lemmas(lexicon)
    return lexicon


def _check_lemmas(lexicon: Lexicon) -> None:
    entries = [*lexicon.phrases, *(entry.words for entry in lexicon.cues)]
    for words in entries:
        if lexicon.lemmas(words) != words:
            raise VocabError(
                f"the entry {' '.join(words)!r} can never be found",
                mend=f"write it in lemmas: {' '.join(lexicon.lemmas(words))!r}",
            )


def _cue(number: int, row: list[str]) -> CueEntry:
    return CueEntry(
        words=tuple(row[0].split()),
        frame=parse_code(CUES, number, row[1], Frame),
        stance=parse_code(CUES, number, row[2], Stance),
        speech=parse_code(CUES, number, row[3], _YesNo) is _YesNo.YES,
        factive=parse_code(CUES, number, row[4], _YesNo) is _YesNo.YES,
        line=number,
    )


class _YesNo(StrEnum):
    YES = "yes"
    NO = "no"


def parse_code(name: str, number: int, value: str, codes: type[Code]) -> Code:
    """Return the code that a word of a table stands for.

    Raises:
        VocabError: There is no such code; the message names file and line.
    """
    try:
        return codes(value)
    except ValueError as error:
        raise VocabError(
            f"{name}:{number}: {value!r} is none of {', '.join(codes)}",
            mend="write one of these words",
        ) from error


def read_table(
    folder: Path | None, name: str, columns: int, key: int
) -> Iterator[tuple[int, list[str]]]:
    """Give line number and columns of each row of a lexicon's table after its head.

    Args:
        folder: Where the lexicons lie; None is the package's own.
        name: File name.
        columns: How many columns each row has.
        key: How many of them are sorted and unique.

    Raises:
        VocabError: The file is missing, or a row does not keep to this form.
    """
    yield from _rows(name, _text_of(folder, name), columns, key)


def read_words(folder: Path | None, name: str) -> frozenset[str]:
    """Return the words of a lexicon with one column, after its head.

    Order and repetition are left unchecked, which `read_table` would take ten times as
    long for; a test checks the shipped lists.

    Raises:
        VocabError: The file is missing.
    """
    lines = _text_of(folder, name).split("\n")
    _, *words = [line for line in lines if line and line[0] != "#"]
    return frozenset(words)


def _text_of(folder: Path | None, name: str) -> str:
    source = (folder or files("sayso") / "data" / "lexicons") / name
    try:
        return source.read_text(encoding="utf-8")
    except OSError as error:
        raise VocabError(
            f"no lexicon file {name} in {source}",
            mend="install the package again, or name a folder that holds the lexicons",
        ) from error


def _rows(
    name: str, text: str, columns: int, key: int
) -> Iterator[tuple[int, list[str]]]:
    """Give number and columns of each row after the head; `key` columns are unique."""
    last: list[str] = []
    head_seen = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        row = line.split("\t")
        if len(row) != columns:
            raise VocabError(
                f"{name}:{number}: {len(row)} columns, not {columns}",
                mend="part the columns by single tabs",
            )
        if not head_seen:
            head_seen = True
            continue
        if row[:key] <= last:
            fault = "stands twice" if row[:key] == last else "is out of order"
            raise VocabError(
                f"{name}:{number}: {' / '.join(row[:key])!r} {fault}",
                mend="keep one line for each entry, sorted by code point",
            )
        last = row[:key]
        yield number, row


def _by_first_word(
    pairs: Iterable[tuple[tuple[str, ...], Value]],
) -> dict[str, list[Value]]:
    index: dict[str, list[Value]] = {}
    for words, value in pairs:
        index.setdefault(words[0], []).append(value)
    return index


def _follows(
    words: Sequence[str], lemmas: Sequence[str], start: int, *, max_gap: int
) -> bool:
    """Tell whether `words` stand in order from `start`, with short gaps allowed."""
    at = start
    for word in words[1:]:
        window = lemmas[at + 1 : at + 2 + max_gap]
        if word not in window:
            return False
        at += 1 + tuple(window).index(word)
    return True


def form_table(words: set[str], irregular: Mapping[str, str]) -> dict[str, str]:
    """Return a table from inflected form to lemma; a lemma's own form wins."""
    forms = {form: word for word in sorted(words) for form in _inflect(word)}
    forms.update(irregular)
    forms.update({word: word for word in words if word not in irregular})
    return forms


def forms_of(word: str, irregular: Mapping[str, str]) -> set[str]:
    """Return the forms of one word, itself among them if it is a lemma."""
    forms = {form for form in _inflect(word) if form not in irregular}
    forms.update(form for form, lemma in irregular.items() if lemma == word)
    return forms if word in irregular else forms | {word}


def _inflect(word: str) -> Iterator[str]:
    """Give the regular forms of a verb or noun, doubled consonants included.

    Forms that are no words do no harm: no text holds them.
    """
    stem = word[:-1] if word.endswith("e") else word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        yield from (word[:-1] + "ies", word[:-1] + "ied", word + "ing")
        return
    yield from (word + "s", stem + "ed", stem + "ing")
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        yield word + "es"
    if word[-1:] not in "aeiouywx":
        yield from (word + word[-1] + "ed", word + word[-1] + "ing")
