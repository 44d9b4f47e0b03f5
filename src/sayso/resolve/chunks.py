"""Base noun phrases, read off parts of speech: the raw material of mentions.

Parts of speech are the safest thing that a small model gives, so phrases are built from
them alone; a wrong syntactic head then spoils a link, never the phrase itself.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from sayso.reading.types import Reading, TokenRange

_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "X", "SYM"})
_MODIFIER = frozenset({"DET", "ADJ", "NUM"})
CLITICS = frozenset({"'s", "’s", "'S", "’S", "'", "’"})
# Taken for determiners they mostly open a clause: "said that soldiers", "what men say".
_OPENERS = frozenset({"that", "what", "which", "whatever"})
_POSSESSIVES = frozenset({"my", "our", "your", "his", "her", "its", "their", "whose"})
# Days and the like follow a noun without a preposition: "told Reuters Tuesday".
DAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "tomorrow",
        "yesterday",
        "tonight",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """A noun phrase up to its last noun, without anything that follows it."""

    tokens: TokenRange
    """With determiner and possessor."""
    own: int
    """First token after the last possessor: "chief" in "the council's chief"."""

    @property
    def head(self) -> int:
        """Return the number of the last token, which is the noun that counts."""
        return self.tokens[1] - 1


def find_chunks(reading: Reading, start: int, end: int) -> Iterator[Chunk]:
    """Yield the base noun phrases between two tokens, in text order.

    A possessor gives a chunk of its own ("the council") before the chunk that holds it
    ("the council's chief negotiator"). Pronouns other than possessive ones give none.
    """
    begin = start
    while begin < end:
        stop, owners = _extent(reading, begin, end)
        if stop == begin or _is_bound(reading, begin):
            begin += 1
            continue
        own = begin
        for owner in owners:
            if owner > own and reading.upos[owner - 1] in _NOMINAL:
                yield Chunk(tokens=(begin, owner), own=own)
            own = owner + 1
        if own < stop:
            yield Chunk(tokens=(begin, stop), own=own)
        begin = stop


def chunk_at(reading: Reading, start: int, end: int) -> Chunk | None:
    """Return the widest base noun phrase that begins with a given token, if any."""
    stop, owners = _extent(reading, start, end)
    if stop == start:
        return None
    return Chunk(tokens=(start, stop), own=owners[-1] + 1 if owners else start)


def _extent(reading: Reading, begin: int, end: int) -> tuple[int, list[int]]:
    """Return where the phrase from `begin` stops and where its clitics stand."""
    upos, words = reading.upos, reading.words
    if words[begin].lower() in _OPENERS:
        return begin, []
    owners: list[int] = []
    last_noun = -1
    number = begin
    while number < end:
        tag, lower = upos[number], words[number].lower()
        fresh = number == begin or (bool(owners) and owners[-1] == number - 1)
        if words[number] in CLITICS and last_noun == number - 1 and number > begin:
            if not _owns(reading, number, end):
                break
            owners.append(number)
        elif tag in _NOMINAL and not (lower in DAYS and last_noun == number - 1):
            if tag == "NUM" and last_noun == number - 1:
                break
            last_noun = number
        elif tag in _MODIFIER or lower in _POSSESSIVES:
            if last_noun == number - 1 and not fresh and number > begin:
                break
        elif not _glues(reading, begin, number, end):
            break
        number += 1
    stop = _trim(reading, begin, number, last_noun)
    return stop, [owner for owner in owners if owner < stop - 1]


def _is_bound(reading: Reading, token: int) -> bool:
    """Tell whether a word only bounds the number behind it: "at least 38 people"."""
    words = reading.words
    after_at = token > 0 and words[token - 1].lower() == "at"
    return after_at and words[token].lower() in ("least", "most")


def _owns(reading: Reading, clitic: int, end: int) -> bool:
    """Tell whether a clitic is a possessive mark with a noun phrase behind it."""
    if clitic + 1 >= end:
        return False
    if reading.upos[clitic] in ("AUX", "VERB"):
        return reading.upos[clitic + 1] in ("NOUN", "PROPN")
    return reading.upos[clitic + 1] in _NOMINAL | {"ADJ", "VERB", "ADV"}


def _glues(reading: Reading, begin: int, number: int, end: int) -> bool:
    """Tell whether a token that is no noun sits inside a phrase all the same.

    Such are the hyphen of "al-Rubaie" and the participle of "the banned group".
    """
    if number + 1 >= end or number == begin:
        return False
    follows = reading.upos[number + 1]
    word = reading.words[number]
    if word in ("-", "–", "'", "’", "‑"):
        left, mark, right = reading.tokens[number - 1 : number + 2]
        return left.end == mark.start and mark.end == right.start
    joined = reading.words[number - 1] in ("-", "–") and (
        reading.tokens[number - 1].end == reading.tokens[number].start
    )
    if joined:
        return True
    before = reading.upos[number - 1]
    tag = reading.upos[number]
    if tag == "ADV":
        return before == "DET" and follows in ("ADJ", "NUM", "VERB")
    opened = before in ("DET", "ADJ", "PART", "NUM") or (
        reading.words[number - 1].lower() in _POSSESSIVES
    )
    return tag == "VERB" and opened and follows in _NOMINAL | {"ADJ"}


def _trim(reading: Reading, begin: int, stop: int, last_noun: int) -> int:
    """Return the end of the phrase, cut back to its last noun or number.

    Without a noun, an adjective or determiner may stand for one ("a third", "both").
    """
    if last_noun >= begin:
        return last_noun + 1
    bare = stop == begin + 1 and reading.upos[begin] == "DET"
    return begin if bare or stop == begin else stop
