"""Entity documents out of treebanks: GUM's mentions, and UNER's tags over EWT."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from training.bio import Mention, mentions_of, tags_of
from training.conllu import Sentence, read_conllu
from training.entity_docs import (
    EntityDoc,
    add_demonyms,
    drop_coordinations,
    treebank_doc,
)
from training.names import Words, is_demonym, name_core

_GUM_LABELS = {
    "person": "PER",
    "organization": "ORG",
    "place": "LOC",
    "event": "MISC",
    "object": "MISC",
    "abstract": "MISC",
}


def gum_docs(path: Path, source: str) -> list[EntityDoc]:
    """Return the documents of a GUM file with the names among its mentions."""
    return [
        treebank_doc(name, source, text, sentences, _gum_mentions)
        for name, text, sentences in read_conllu(path)
    ]


def uner_docs(tags: Path, treebank: Path) -> list[EntityDoc]:
    """Return EWT documents with the PER, ORG and LOC that UNER gives them."""
    by_sentence = dict(_read_iob2(tags))

    def mentions(sentence: Sentence) -> list[Mention]:
        named = mentions_of(by_sentence.get(sentence.name, []))
        words = Words.of_treebank(sentence)
        cores = (name_core(words, (s, e), None, kind) for s, e, kind in named)
        kept = [
            (*core, kind)
            for core, (_, _, kind) in zip(cores, named, strict=True)
            if core
        ]
        return add_demonyms(words, kept)

    return [
        treebank_doc(name, "uner-ewt", text, sentences, mentions)
        for name, text, sentences in read_conllu(treebank)
    ]


def iob2_docs(path: Path) -> list[EntityDoc]:
    """Return the documents of an IOB2 file, its words set apart by spaces."""
    docs: list[EntityDoc] = []
    for name, rows in _read_iob2_rows(path):
        text, tokens = "", []
        for form, _ in rows:
            tokens.append((len(text), len(text) + len(form)))
            text += form + " "
        kept = [m for m in mentions_of(tag for _, tag in rows) if m[2] != "OTH"]
        whole = ((0, len(tokens)),)
        docs.append(
            EntityDoc(
                name=name,
                source=path.stem,
                text=text,
                tokens=tuple(tokens),
                tags=tuple(tags_of(kept, len(tokens))),
                sentences=whole,
                paragraphs=whole,
            )
        )
    return docs


def _gum_mentions(sentence: Sentence) -> list[Mention]:
    words = Words.of_treebank(sentence)
    found: list[Mention] = []
    for start, end, etype in sentence.entities:
        label = _GUM_LABELS.get(etype)
        head = sentence.head_of(start, end)
        if etype == "person" and not words.proper[head]:
            head = _name_beside(sentence, words, head, end)
        if label is None or not words.proper[head]:
            continue
        if etype == "person" and sentence.xpos[head] == "NNPS":
            found.append((head, head + 1, "NORP"))
            continue
        if is_demonym(words.forms[head]) and sentence.xpos[head] == "NNP":
            label = "NORP" if label == "PER" else "MISC"
        core = name_core(words, (start, end), head, label)
        if core:
            found.append((*core, label))
    return add_demonyms(words, drop_coordinations(found))


def _name_beside(sentence: Sentence, words: Words, head: int, end: int) -> int:
    """Return the name in "founder Hugh McGuire", whose head is the common noun."""
    for i in range(head + 1, end):
        relation = sentence.deprels[i].partition(":")[0]
        is_beside = sentence.heads[i] == head and relation in {"flat", "appos"}
        if is_beside and words.proper[i]:
            return i
    return head


def _read_iob2(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield name and tags of each sentence."""
    for name, rows in _read_iob2_rows(path):
        yield name, [tag for _, tag in rows]


def _read_iob2_rows(path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield name and (form, tag) pairs of each sentence."""
    name, rows = "", []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# sent_id = "):
            name = line.removeprefix("# sent_id = ")
        elif line and not line.startswith("#"):
            form, tag = line.split("\t")[1:3]
            rows.append((form, tag))
        elif not line and rows:
            yield name, rows
            rows = []
