"""Which persons an export hides, and under which names they stand in any text.

Names are looked for in a folded copy of a text that has the same length: without case,
accents and width. So "AMA TORVIK", "ama-torvik" in an address and "Ama Torvik" with an
invisible character in it are all found, and what is overwritten keeps its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import msgspec

from sayso.export.formats import Persons
from sayso.record import Actor, ActorKind, Record, Span
from sayso.vocab.names import Names

HIDDEN = "█"
# A name that begins so is a description ("his uncle", "Nobody"): it names nobody.
_DESCRIBING = re.compile(
    r"(?:an?|all|another|any(?:body|one)?|both|each|either|every(?:body|one)?|few|he|her"
    r"|his|i|its|many|most|my|neither|no(?:body|ne)?|one|others|our|several|she"
    r"|some(?:body|one)?|that|the|their|these|they|this|those|two|we|what|which|who|you"
    r"|your)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_POSSESSOR = re.compile(r"['’]s\b", re.IGNORECASE)
# What may stand inside a word without being seen.
_UNSEEN = "[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]*"
_BETWEEN = r"(?:[\W_]|%20)"
_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_LONG_NAME = 8  # letters; shorter names written as one word are found in other words
_MIN_WORD = 2


class _Folds(dict[int, str]):
    """Gives for each character the one that it is compared as."""

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFKD", chr(code))[0]
        self[code] = folded = base.lower()[0]
        return folded


_FOLDS = _Folds()


class Hidden(msgspec.Struct, frozen=True, kw_only=True):
    """The persons of one report that an export hides."""

    ids: frozenset[str] = frozenset()
    """Ids of the actors."""
    in_any_case: re.Pattern[str] | None = None
    """Finds their names in a folded text."""
    as_written: re.Pattern[str] | None = None
    """Finds those of their names that are also common words, so case decides."""

    def mask(self, text: str) -> str:
        """Return the text with their names overwritten; its length stays."""
        spans = [*_found(self.in_any_case, text.translate(_FOLDS))]
        spans += _found(self.as_written, text)
        return overwrite(text, spans) if spans else text


def overwrite(text: str, spans: Iterable[Span], sign: str = HIDDEN) -> str:
    """Return the text with the sign for each character of the spans but line ends."""
    parts, at = [], 0
    for start, end in sorted(spans):
        start = max(start, at)
        if start < end:
            parts.append(text[at:start])
            parts.append("\n".join(sign * len(x) for x in text[start:end].split("\n")))
            at = end
    return "".join([*parts, text[at:]])


def find_hidden(record: Record, persons: Persons, names: Names) -> Hidden:
    """Return the persons of a record that must not leave by name.

    Besides full names each single word of a name is hidden, unless a public actor or a
    resolved place of the record bears the word too, or a state does. A word that the
    article also has in lower case is hidden only where it has a capital.

    Args:
        record: As read, nothing overwritten.
        persons: Whose names may leave.
        names: Titles and roles, which are no part of a name, and states.
    """
    actors = [actor for actor in record.actors if _is_hidden(actor, persons)]
    if not actors:
        return Hidden()
    ids = frozenset(actor.id for actor in actors)
    given = {name for actor in actors for name in (actor.name, *actor.aliases)}
    full = sorted({words for name in given if (words := _words(name, names))})
    others = {word.translate(_FOLDS) for word in _shared_words(record, ids)}
    single = sorted(
        word
        for word in {word for words in full for word in words}
        if _stands_alone(word)
        and word.translate(_FOLDS) not in others
        and not _is_of_state(word, names)
    )
    common = {word for word in single if _is_common(word, record.report.text)}
    any_case = [_name_pattern(words) for words in full if len(words) > 1]
    any_case += [_word_pattern(word) for word in single if word not in common]
    return Hidden(
        ids=ids,
        in_any_case=_either(any_case),
        as_written=_either([_written_pattern(word) for word in sorted(common)]),
    )


def _is_hidden(actor: Actor, persons: Persons) -> bool:
    if actor.kind is not ActorKind.PERSON or persons is Persons.ALL:
        return False
    return persons is Persons.NONE or not actor.public


def _words(name: str, names: Names) -> tuple[str, ...]:
    """Return the words of a name without titles and roles; none of a description."""
    words = _WORD.findall(_POSSESSOR.sub("", name))
    if not words or _DESCRIBING.match(words[0]) or _POSSESSOR.search(name):
        return ()
    while len(words) > 1 and (names.title_of(words[0]) or _is_role(words[0], names)):
        del words[0]
    return tuple(words) if any(_is_name_like(word) for word in words) else ()


def _is_role(word: str, names: Names) -> bool:
    return names.role_of(word)[0] is not None


def _is_name_like(word: str) -> bool:
    """Tell whether a word has a capital, or is of a script without capitals."""
    return word[0].isupper() or word[0].lower() == word[0].upper()


def _stands_alone(word: str) -> bool:
    return _is_name_like(word) and len(word) >= _MIN_WORD


def _shared_words(record: Record, ids: frozenset[str]) -> Iterator[str]:
    """Give the words that name a public actor or a resolved place as well."""
    for actor in record.actors:
        if actor.id not in ids and actor.public:
            for name in (actor.name, *actor.aliases):
                # Of "Torvik's office" only what follows is its own name.
                yield from _WORD.findall(_POSSESSOR.split(name)[-1])
    for place in record.places:
        if place.gazetteer_id is not None:
            yield from _WORD.findall(place.name)


def _is_of_state(word: str, names: Names) -> bool:
    return bool(names.country_of(word) or word in names.capitals)


def _is_common(word: str, text: str) -> bool:
    lower = word.lower()
    return lower != word and bool(re.search(rf"\b{re.escape(lower)}\b", text))


def _name_pattern(words: tuple[str, ...]) -> str:
    letters = sum(map(len, words))
    pattern = f"{_BETWEEN}{{{int(letters < _LONG_NAME)},4}}".join(map(_letters, words))
    if letters >= _LONG_NAME:
        return pattern
    return f"{_NO_LETTER_BEFORE}{pattern}{_NO_LETTER_AFTER}"


def _word_pattern(word: str) -> str:
    if word[0].lower() == word[0].upper():
        return _letters(word)  # scripts without capitals mostly have no gaps either
    return f"{_NO_LETTER_BEFORE}{_letters(word)}s?{_NO_LETTER_AFTER}"


def _written_pattern(word: str) -> str:
    forms = "|".join(re.escape(form) for form in (word, word.upper()))
    return f"{_NO_LETTER_BEFORE}(?:{forms})s?{_NO_LETTER_AFTER}"


def _letters(word: str) -> str:
    return _UNSEEN.join(re.escape(letter) for letter in word.translate(_FOLDS))


def _either(patterns: list[str]) -> re.Pattern[str] | None:
    # The longest first: of "Ama Torvik" and "Ama" the first that fits is taken.
    patterns = sorted(patterns, key=len, reverse=True)
    return re.compile("|".join(patterns)) if patterns else None


def _found(pattern: re.Pattern[str] | None, text: str) -> Iterator[Span]:
    if pattern is not None:
        yield from (Span(*match.span()) for match in pattern.finditer(text))
