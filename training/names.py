"""What counts as a name: words that belong to it, and the cut down to its core."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from training.conllu import Sentence

_LISTS = {
    name: frozenset(words)
    for name, words in tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    ).items()
}
CALENDAR = _LISTS["calendar"]
TITLES = _LISTS["titles"]
_STRONG_TITLES = _LISTS["strong_titles"]
NO_NAME_ENDS = _LISTS["no_name_ends"]
_ARTICLES = _LISTS["articles"]
PARTICLES = _LISTS["particles"]
FUNCTION_WORDS = _LISTS["function_words"]
GENERIC_NAMES = _LISTS["generic_names"]
STATES = _LISTS["states"]
_DEMONYMS = _LISTS["demonyms"]
_NOT_DEMONYMS = _LISTS["not_demonyms"]
_JOINS = frozenset({"-", "–", "'", "’", "."})
_OPENING_PARTICLES = PARTICLES - {"y", "e", "do", "as"}
_AFTER_HEAD = _LISTS["after_head"] | frozenset(",(:;&/[–—")
_LINKS = frozenset({"of", "the", "for", "and", "&", "in", "on", "'s", "’s"})
CONNECTORS = {
    "PER": PARTICLES | _JOINS,
    "LOC": PARTICLES | _JOINS | {"of", "the"},
    "ORG": PARTICLES | _JOINS | _LINKS | {"to", "/"},
    "MISC": PARTICLES | _JOINS | _LINKS,
    "NORP": _JOINS,
}
_DEMONYM_ENDINGS = re.compile(
    r"(?:[a-z]{1,}(?:nian|rian|lian|sian|tian|dian|bian|gian|hian|vian|ssian|mian)"
    r"|(?:chin|japan|leban|sudan|portugu|vietnam|taiwan|senegal|congol|nepal|malt|sinhal"
    r"|sri-lank|beng|gabon|togol|rwand|burund)ese"
    r"|(?:mexic|americ|afric|kore|morocc|chile|cub|dominic|rom|germ|tibet|angol"
    r"|ugand|rwand|keny|zambi|zimbabwe|venezuel|europe|eritre|guine|jamaic|hait"
    r"|samo|fiji|libert|puerto-ric|sri-lank|mongol)an)$"
)


@dataclass(frozen=True)
class Words:
    """Forms of a text, and which of them may stand in a name's core."""

    forms: tuple[str, ...]
    proper: tuple[bool, ...]

    @classmethod
    def of_treebank(cls, sentence: Sentence) -> Words:
        """Return the words of `sentence`; proper nouns are as its tags say."""
        proper = tuple(
            xpos in {"NNP", "NNPS"} or upos == "PROPN"
            for xpos, upos in zip(sentence.xpos, sentence.upos, strict=True)
        )
        return cls(tuple(sentence.forms), proper)

    @classmethod
    def of_text(cls, text: str, tokens: Sequence[tuple[int, int]]) -> Words:
        """Return the words of `text`; proper are capitalised ones and their numbers."""
        forms = tuple(text[start:end] for start, end in tokens)
        proper = tuple(
            is_capital(form) and form.lower() not in FUNCTION_WORDS for form in forms
        )
        return cls(forms, proper)


def is_capital(form: str) -> bool:
    """Tell whether `form` begins with a capital letter."""
    return form[:1].isupper()


def is_demonym(form: str) -> bool:
    """Tell whether `form` is a nation, people, faith or party: "Chinese", "Kurds"."""
    if not is_capital(form):
        return False
    low = form.lower()
    stems = {low, low.removesuffix("s")} - _NOT_DEMONYMS
    if low in _NOT_DEMONYMS or low.removesuffix("s") in _NOT_DEMONYMS:
        return False
    return any(s in _DEMONYMS or _DEMONYM_ENDINGS.search(s) for s in stems)


def name_core(
    words: Words, span: tuple[int, int], head: int | None, label: str
) -> tuple[int, int] | None:
    """Return the name in `span` round `head`, or None where the head is no name.

    Without `head` the last word before a postmodifier ("of", "for", a comma) is taken.
    Titles and determiners are cut off; a personal name loses nationality words too.
    """
    start, end = span
    if head is None:
        head = _surface_head(words, start, end)
    if head is None or not words.proper[head]:
        return None
    left = head
    while left > start and _reaches(words, left - 1, label, start, -1):
        left -= 1
    right = head + 1
    while right < end and _reaches(words, right, label, end, 1):
        right += 1
    left, right = _trim(words, left, right)
    if label == "PER":
        left = _skip_titles(words, left, right)
        left, right = _trim(words, left, right)
    left = _take_article(words, left, start)
    return (left, right) if left < right and _is_name(words, left, right) else None


def _skip_titles(words: Words, left: int, right: int) -> int:
    strong = (i for i in range(left, right - 1) if words.forms[i] in _STRONG_TITLES)
    left = max(strong, default=left - 1) + 1
    titles = takewhile(lambda i: _is_title(words.forms[i]), range(left, right))
    return left + len(list(titles))


def _take_article(words: Words, left: int, start: int) -> int:
    """Return the start with the "al-" or "von" that a name opens with."""
    if left - 2 >= start and words.forms[left - 1] == "-":
        return left - 2 if words.forms[left - 2] in _ARTICLES else left
    if left - 1 >= start and words.forms[left - 1] in _OPENING_PARTICLES:
        return left - 1
    return left


def _is_name(words: Words, left: int, right: int) -> bool:
    forms = words.forms[left:right]
    is_date = all(form in CALENDAR or form.isdigit() for form in forms)
    return not is_date and len("".join(forms)) > 1 and forms[-1] not in NO_NAME_ENDS


def _is_title(form: str) -> bool:
    return form in TITLES or is_demonym(form)


def _surface_head(words: Words, start: int, end: int) -> int | None:
    """Return the last word before the first postmodifier."""
    last = None
    for i in range(start, end):
        if last is not None and words.forms[i].lower() in _AFTER_HEAD:
            break
        if words.forms[i] not in {"'s", "’s", '"', "“", "”", "'", "’", "."}:
            last = i
    return last


def _reaches(words: Words, i: int, label: str, limit: int, step: int) -> bool:
    """Tell whether word `i`, next to the core, belongs to it."""
    if words.proper[i] or (words.forms[i].isdigit() and label != "PER"):
        return True
    allowed = CONNECTORS[label]
    while i != limit and 0 <= i < len(words.forms) and words.forms[i] in allowed:
        i += step
        if i < limit if step < 0 else i >= limit:
            return False
        if words.proper[i]:
            return True
    return False


def _trim(words: Words, left: int, right: int) -> tuple[int, int]:
    while (
        left < right and not words.proper[left] and words.forms[left] not in PARTICLES
    ):
        left += 1
    while left < right and not (
        words.proper[right - 1] or words.forms[right - 1].isdigit()
    ):
        right -= 1
    return left, right
