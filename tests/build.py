"""Hand-made reports and Readings for tests of the stages: no model needed.

Words are named by quoting them; `"it@2"` is the second "it" of the text.

    text = 'The ministry denied the raid. "It is a lie," it said.'
    report = make_report(text)
    reading = make_reading(
        text,
        attributions=[
            attribute("denied", source="The ministry", content="the raid"),
            attribute("said", source="it@1", content="It is a lie", stance="asserts"),
        ],
        entities={"ministry": "ORG"},
        syntax={"ministry": ("NOUN", "nsubj", "denied")},
    )
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping

import msgspec
import numpy as np

from sayso.reading.types import Attribution, EntityMention, Reading, TokenRange
from sayso.record import (
    Comment,
    Report,
    Section,
    SectionKind,
    Span,
    Stance,
    report_id,
)

TOKEN = re.compile(r"\w+(?:[-.]\w+)*|['’]s\b|[^\w\s]")
SENTENCE_END = re.compile(r"[.!?][\"”»')\]]*$")
WIDTH = 8  # of the stand-in vectors

PRONOUNS = {"he", "she", "it", "they", "him", "her", "them", "who", "i", "we", "you"}
CLOSED_CLASS = {
    "DET": {"the", "a", "an", "this", "that", "any", "no", "some", "his", "its"},
    "ADP": {"of", "in", "on", "at", "by", "for", "to", "from", "with"},
    "CCONJ": {"and", "or", "but"},
    "AUX": {"is", "was", "are", "were", "has", "had", "have", "be", "been", "did"},
}


class Attribute(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution in quoted words; `make_reading` turns it into tokens."""

    cue: str
    source: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    stance: Stance = Stance.ASSERTS
    speech: float = 0.95


def attribute(
    cue: str,
    *,
    source: str | Iterable[str] = (),
    content: str | Iterable[str] = (),
    stance: Stance | str = Stance.ASSERTS,
    speech: bool = True,
) -> Attribute:
    """Return an attribution; one quote stands for a list of one."""
    return Attribute(
        cue=cue,
        source=(source,) if isinstance(source, str) else tuple(source),
        content=(content,) if isinstance(content, str) else tuple(content),
        stance=Stance(stance),
        speech=0.95 if speech else 0.05,
    )


def spot(text: str, quote: str) -> Span:
    """Return the span of a quote; `quote@n` is its n-th occurrence, from 1."""
    words, _, number = quote.partition("@")
    found = [match.start() for match in re.finditer(re.escape(words), text)]
    assert len(found) >= int(number or 1), f"{quote!r} is not in {text!r}"
    start = found[int(number or 1) - 1]
    return Span(start, start + len(words))


def make_report(
    text: str,
    *,
    sections: Mapping[str, SectionKind] | None = None,
    comments: Iterable[str] = (),
    outlet: str | None = "Harbour Wire",
    published: str | None = "2019-08-14",
) -> Report:
    """Return a report; sections are quotes with their kind, else all is body."""
    parts = sections or {text: SectionKind.BODY}
    found = (
        Section(kind=kind, span=spot(text, words)) for words, kind in parts.items()
    )
    return Report(
        id=report_id(
            text=text, url=None, outlet=outlet, published=published, title=None
        ),
        key="test",
        keys=("test",),
        outlet=outlet,
        published=published,
        language="en",
        text=text,
        sections=tuple(sorted(found, key=lambda section: section.span)),
        comments=tuple(
            Comment(n=number, author=f"c{number}", text=words)
            for number, words in enumerate(comments, 1)
        ),
    )


def make_reading(
    text: str,
    *,
    attributions: Iterable[Attribute] = (),
    entities: Mapping[str, str] | None = None,
    syntax: Mapping[str, tuple[str, str, str | None]] | None = None,
) -> Reading:
    """Return the Reading of a text, with simple defaults for what is not told.

    Tokens, sentences and paragraphs follow simple rules (no abbreviations). Each token
    hangs on the next one and the last word of a sentence is its root, so that the
    head of a noun phrase is its last word. Entities are PROPN, the last word of a
    cue is VERB, other words outside the closed classes are NOUN.

    Args:
        text: The text of the report.
        attributions: Made by `attribute`.
        entities: Label of each name, by quote.
        syntax: By quote of one word: part of speech, relation and quote of the head
            (None: root).
    """
    tokens = tuple(Span(*match.span()) for match in TOKEN.finditer(text))
    words = tuple(token.of(text) for token in tokens)
    found = [_attribution(text, tokens, one) for one in attributions]
    named = [
        EntityMention(tokens=_range(text, tokens, quote), label=label, confidence=0.9)
        for quote, label in (entities or {}).items()
    ]
    sentences, paragraphs = _sentences(text, tokens), _paragraphs(text, tokens)
    upos = [_upos(word) for word in words]
    for entity in named:
        upos[slice(*entity.tokens)] = ["PROPN"] * (entity.tokens[1] - entity.tokens[0])
    for cue in (one.cue for one in found):
        upos[cue[1] - 1] = "VERB"
    heads, deprels = _right_branching(sentences, words)
    for quote, (tag, relation, head) in (syntax or {}).items():
        number = _range(text, tokens, quote)[0]
        upos[number], deprels[number] = tag, relation
        heads[number] = -1 if head is None else _range(text, tokens, head)[0]
    return Reading(
        tokens=tokens,
        words=words,
        sentences=sentences,
        paragraphs=paragraphs,
        upos=tuple(upos),
        heads=tuple(heads),
        deprels=tuple(deprels),
        entities=tuple(sorted(named, key=lambda entity: entity.tokens)),
        attributions=tuple(sorted(found, key=lambda one: one.cue)),
        vectors=np.zeros((len(tokens), WIDTH), dtype=np.float32),
        middle=np.zeros((len(tokens), WIDTH), dtype=np.float32),
        lexical=np.zeros((len(tokens), WIDTH), dtype=np.float32),
    )


def _range(text: str, tokens: tuple[Span, ...], quote: str) -> TokenRange:
    span = spot(text, quote)
    numbers = [number for number, token in enumerate(tokens) if token.meets(span)]
    return numbers[0], numbers[-1] + 1


def _attribution(text: str, tokens: tuple[Span, ...], one: Attribute) -> Attribution:
    rest = 0.1 / (len(Stance) - 1)
    return Attribution(
        cue=_range(text, tokens, one.cue),
        source=tuple(_range(text, tokens, quote) for quote in one.source),
        content=tuple(_range(text, tokens, quote) for quote in one.content),
        stance=tuple(0.9 if stance is one.stance else rest for stance in Stance),
        speech=one.speech,
    )


def _upos(word: str) -> str:
    if not word[0].isalnum():
        return "PUNCT"
    if word[0].isdigit():
        return "NUM"
    lower = word.lower()
    if lower in PRONOUNS:
        return "PRON"
    closed = (tag for tag, words in CLOSED_CLASS.items() if lower in words)
    return next(closed, "NOUN")


def _paragraphs(text: str, tokens: tuple[Span, ...]) -> tuple[TokenRange, ...]:
    gaps = itertools.pairwise(tokens)
    inner = [
        number
        for number, (left, right) in enumerate(gaps, 1)
        if "\n\n" in text[left.end : right.start]
    ]
    return _ranges(inner, len(tokens))


def _sentences(text: str, tokens: tuple[Span, ...]) -> tuple[TokenRange, ...]:
    inner = [
        number
        for number in range(1, len(tokens))
        if "\n\n" in text[tokens[number - 1].end : tokens[number].start]
        or (
            tokens[number - 1].end < tokens[number].start
            and SENTENCE_END.search(text[: tokens[number - 1].end])
            and not text[tokens[number].start].islower()
        )
    ]
    return _ranges(inner, len(tokens))


def _ranges(inner: list[int], end: int) -> tuple[TokenRange, ...]:
    cuts = [0, *inner, end] if end else []
    return tuple(itertools.pairwise(cuts))


def _right_branching(
    sentences: tuple[TokenRange, ...], words: tuple[str, ...]
) -> tuple[list[int], list[str]]:
    heads, deprels = [0] * len(words), ["dep"] * len(words)
    for start, end in sentences:
        lexical = [i for i in range(start, end) if words[i][0].isalnum()] or [start]
        root = lexical[-1]
        for number in range(start, end):
            heads[number] = number + 1 if number < root else root
        heads[root], deprels[root] = -1, "root"
    return heads, deprels
