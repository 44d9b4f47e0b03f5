"""One document with entity tags, and how it is put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.reading.segment import group_paragraphs, rough_sentences, tokenise
from training.bio import Mention, tags_of, without_overlap
from training.conllu import Sentence
from training.names import Words, is_capital, is_demonym

Range = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class EntityDoc:
    """One document with a tag for each token."""

    name: str
    source: str
    """Corpus: gum, uner-ewt, un, geovirus, re3d-…"""
    text: str
    tokens: tuple[Range, ...]
    """Code points of `text`."""
    tags: tuple[str | None, ...]
    """BIO over LABELS; None: unknown, to be masked."""
    sentences: tuple[Range, ...]
    """Token ranges without gap; a simple rule where the corpus gives none."""
    paragraphs: tuple[Range, ...]
    """Token ranges without gap."""


def treebank_doc(
    name: str,
    source: str,
    text: str,
    sentences: Sequence[Sentence],
    find: Callable[[Sentence], list[Mention]],
) -> EntityDoc:
    """Return a treebank document; `find` gives the mentions of a sentence in words."""
    tags: list[str | None] = []
    for sentence in sentences:
        tags.extend(tags_of(find(sentence), len(sentence.spans)))
    starts = [0]
    for sentence in sentences:
        starts.append(starts[-1] + len(sentence.spans))
    ranges = tuple(pairwise(starts))
    opens = [0, *(i for i, s in enumerate(sentences) if i and s.opens_paragraph)]
    return EntityDoc(
        name=name,
        source=source,
        text=text,
        tokens=tuple(span for sentence in sentences for span in sentence.spans),
        tags=tuple(tags),
        sentences=ranges,
        paragraphs=tuple(
            (starts[a], starts[b])
            for a, b in zip(opens, [*opens[1:], len(sentences)], strict=True)
        ),
    )


def text_doc(
    name: str,
    source: str,
    text: str,
    spans: Iterable[tuple[int, int, str | None]],
    *,
    unknown: Iterable[int] = (),
) -> EntityDoc:
    """Return a document of running text; `spans` are code points with their label."""
    tokens = tokenise(text)
    words = [text[start:end] for start, end in tokens]
    tags: list[str | None] = ["O"] * len(tokens)
    for start, end, label in spans:
        inside = [i for i, (a, b) in enumerate(tokens) if a < end and b > start]
        for i in inside:
            prefix = "B" if i == inside[0] else "I"
            tags[i] = f"{prefix}-{label}" if label else None
    for i in unknown:
        tags[i] = None
    paragraphs = group_paragraphs(text, tokens)
    return EntityDoc(
        name=name,
        source=source,
        text=text,
        tokens=tuple(tokens),
        tags=tuple(tags),
        sentences=tuple(rough_sentences(words, tokens, paragraphs)),
        paragraphs=tuple(paragraphs),
    )


def drop_coordinations(found: list[Mention]) -> list[Mention]:
    """Leave out "FBI and CIA" where both its ends are names of their own."""

    def is_pair(outer: Mention) -> bool:
        inner = [m for m in found if m != outer and m[2] == outer[2]]
        inner = [m for m in inner if outer[0] <= m[0] and m[1] <= outer[1]]
        return any(m[0] == outer[0] and m[1] < outer[1] for m in inner) and any(
            m[1] == outer[1] and m[0] > outer[0] for m in inner
        )

    return [m for m in found if not is_pair(m)]


def add_demonyms(words: Words, taken: Iterable[Mention]) -> list[Mention]:
    """Return `taken` with the nationality, faith and party words outside it as NORP."""
    kept = without_overlap(taken)
    covered = {i for start, end, _ in kept for i in range(start, end)}
    demonyms = [
        (i, i + 1, "NORP")
        for i, form in enumerate(words.forms)
        if i not in covered and is_capital(form) and is_demonym(form)
    ]
    return sorted([*kept, *demonyms])
