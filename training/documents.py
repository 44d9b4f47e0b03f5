"""Corpora as `Document`s: words with the labels that their corpus knows, else none.

Every loader takes the data folder; sizes and licences stand in each corpus' README and
in the model card.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from sayso.reading import segment
from sayso.record.span import Span

Range = tuple[int, int]


@dataclass(frozen=True)
class Relation:
    """A gold attribution in token numbers; stance and speech where they are known."""

    cue: Range
    source: tuple[Range, ...]
    content: tuple[Range, ...]
    stance: str | None = None
    speech: bool | None = None


@dataclass
class Document:
    """One text cut into tokens; a label list is None where the corpus lacks it."""

    name: str
    corpus: str
    text: str
    tokens: list[Span]
    words: list[str]
    sentences: list[Range]
    paragraphs: list[Range]
    upos: list[str] | None = None
    heads: list[int] | None = None
    """Token numbers in the document; -1 for a root."""
    deprels: list[str] | None = None
    gold_sentences: bool = False
    tags: list[str | None] | None = None
    """BIO entity tags; None where the corpus does not say."""
    relations: list[Relation] | None = None
    nested: bool = False
    """Whether attributions inside other contents are annotated."""
    skip: list[Range] = field(default_factory=list)
    """Token ranges that are no article text."""


def document_from_text(name: str, corpus: str, text: str) -> Document:
    """Return `text` as a Document without labels, cut by the shipped segmenter."""
    tokens = segment.tokenise(text)
    words = [text[s:e] for s, e in tokens]
    paragraphs = segment.group_paragraphs(text, tokens)
    sentences = segment.rough_sentences(words, tokens, paragraphs)
    return Document(name, corpus, text, tokens, words, sentences, paragraphs)


class Snapper:
    """Maps character spans to token ranges."""

    def __init__(self, tokens: list[Span]) -> None:
        self._starts = [t.start for t in tokens]
        self._ends = [t.end for t in tokens]

    def range(self, span: Iterable[int]) -> Range:
        """Return the tokens that share a character with `span`; may be empty."""
        start, end = span
        first = bisect_left(self._ends, start + 1)
        return first, max(first, bisect_left(self._starts, end))

    def ranges(self, spans: Iterable[Iterable[int]]) -> tuple[Range, ...]:
        """Return the non-empty ranges of `spans` in text order."""
        found = (self.range(span) for span in spans)
        return tuple(sorted(r for r in found if r[0] < r[1]))


def read_jsonl(path: Path) -> Iterator[dict]:  # type: ignore[type-arg] # rows of many kinds
    """Yield the rows of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def load_polnear(path: Path) -> list[Document]:
    """Return PolNeAR articles with their outermost attributions."""
    documents = []
    for row in read_jsonl(path):
        document = document_from_text(row["doc_id"], "polnear", row["text"])
        snap = Snapper(document.tokens)
        relations = []
        for gold in row["attributions"]:
            cue = snap.ranges(gold["cue"])
            if cue:
                whole = (cue[0][0], cue[-1][1])
                source, content = (
                    snap.ranges(gold["source"]),
                    snap.ranges(gold["content"]),
                )
                relations.append(Relation(whole, source, content))
        document.relations = relations
        document.skip = list(snap.ranges(row.get("discard") or []))
        documents.append(document)
    return documents


def load_conflict(paths: Iterable[Path]) -> list[Document]:
    """Return reports of the conflict set, or of our own gold in the same form."""
    documents = []
    for path in paths:
        for row in read_jsonl(path):
            document = document_from_text(row["doc_id"], "conflict", row["text"])
            document.nested = True
            snap = Snapper(document.tokens)
            relations = [
                Relation(
                    snap.range(gold["cue"]),
                    snap.ranges([gold["source"]] if gold["source"] else []),
                    _widen(document, snap.ranges(gold["content"])),
                    gold["stance"],
                    gold["speech"],
                )
                for gold in row["statements"].values()
                if gold["cue"]
            ]
            document.relations = _join_sources(relations)
            documents.append(document)
    return documents


def _widen(document: Document, contents: tuple[Range, ...]) -> tuple[Range, ...]:
    """Return contents with "that" and quotation marks, as PolNeAR has them.

    The model learns one habit; `extract` takes them off again.
    """
    words = document.words
    out = []
    for start, end in contents:
        if start and words[start - 1].lower() == "that":
            start -= 1
        stop = end
        if stop < len(words) and words[stop] in ",.!?":
            stop += 1
        opened = start and words[start - 1] in _OPENING
        if opened and stop < len(words) and words[stop] in _CLOSING:
            start, end = start - 1, stop + 1
        out.append((start, end))
    return tuple(out)


def _join_sources(relations: list[Relation]) -> list[Relation]:
    """Return one relation a cue; of joint sources the whole phrase is the source."""
    by_cue: dict[Range, Relation] = {}
    for relation in sorted(relations, key=lambda r: (r.cue, r.source)):
        known = by_cue.get(relation.cue)
        if known is None:
            by_cue[relation.cue] = relation
            continue
        parts = sorted({*known.source, *relation.source})
        if len(parts) > 1 and parts[-1][0] - parts[0][1] <= 4:
            whole = ((parts[0][0], max(end for _, end in parts)),)
            by_cue[relation.cue] = replace(known, source=whole)
    return list(by_cue.values())


_OPENING, _CLOSING = frozenset('"“«„'), frozenset('"”»“')


def load_treebank(path: Path, corpus: str) -> list[Document]:
    """Return the documents of a compact CoNLL-U file, text rebuilt from tokens."""
    documents: list[Document] = []
    builder: _TreebankText | None = None
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc"):
            if builder:
                documents.append(builder.build())
            builder = _TreebankText(line.partition("=")[2].strip(), corpus)
        elif line.startswith("# newpar") and "block" not in line and builder:
            builder.start_paragraph()
        elif not line.strip():
            if rows and builder:
                builder.add_sentence(rows)
            rows = []
        elif line[0] != "#":
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
    if rows and builder:
        builder.add_sentence(rows)
    if builder:
        documents.append(builder.build())
    return documents


class _TreebankText:
    """Puts a treebank document together sentence by sentence."""

    def __init__(self, name: str, corpus: str) -> None:
        self.name, self.corpus = name, corpus
        self.text = ""
        self.tokens: list[Span] = []
        self.upos: list[str] = []
        self.heads: list[int] = []
        self.deprels: list[str] = []
        self.sentences: list[Range] = []
        self.paragraph_starts: list[int] = []

    def start_paragraph(self) -> None:
        if self.tokens and (
            not self.paragraph_starts or self.paragraph_starts[-1] != len(self.tokens)
        ):
            self.text = self.text.rstrip() + "\n\n"
            self.paragraph_starts.append(len(self.tokens))

    def add_sentence(self, rows: list[list[str]]) -> None:
        base = len(self.tokens)
        for _, form, _, upos, _, _, head, deprel, *_, misc in rows:
            self.tokens.append(Span(len(self.text), len(self.text) + len(form)))
            self.text += form if "SpaceAfter=No" in misc else form + " "
            self.upos.append(upos)
            self.heads.append(base + int(head) - 1 if head != "0" else -1)
            self.deprels.append(deprel)
        if not self.text.endswith((" ", "\n")):
            self.text += " "  # sentences never run into each other
        self.sentences.append((base, len(self.tokens)))

    def build(self) -> Document:
        words = [self.text[s:e] for s, e in self.tokens]
        starts = [0, *self.paragraph_starts]
        ends = [*self.paragraph_starts, len(words)]
        paragraphs = [(s, e) for s, e in zip(starts, ends, strict=True) if s < e]
        return Document(
            self.name,
            self.corpus,
            self.text.rstrip(),
            self.tokens,
            words,
            self.sentences,
            paragraphs,
            self.upos,
            self.heads,
            self.deprels,
            True,
        )
