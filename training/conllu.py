"""Treebank files as documents: sentences with offsets, heads and entity spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Range = tuple[int, int]


@dataclass
class Sentence:
    """One sentence of a treebank; word numbers count from 0 within it."""

    name: str = ""
    opens_paragraph: bool = False
    forms: list[str] = field(default_factory=list)
    spans: list[Range] = field(default_factory=list)
    """Code points of the document's text."""
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    """-1 for the root."""
    deprels: list[str] = field(default_factory=list)
    entities: list[tuple[int, int, str]] = field(default_factory=list)
    """Word start, word end, GUM entity type; nested ones included."""

    def head_of(self, start: int, end: int) -> int:
        """Return the first word of a stretch whose head lies outside it."""
        inside = range(start, end)
        return next((i for i in inside if self.heads[i] not in inside), start)


def read_conllu(path: Path) -> Iterator[tuple[str, str, list[Sentence]]]:
    """Yield name, text and sentences of each document.

    Words of one surface word ("don't") share no space; where their letters do not add
    up to it, the first words keep their length and the last takes what is left.
    """
    name, opens = "", True
    blocks: list[tuple[bool, list[str]]] = []
    block: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), "", "# newdoc id = "]:
        if line.startswith("# newdoc id = "):
            if blocks:
                yield (name, *_build(blocks))
            name, blocks, opens = line.removeprefix("# newdoc id = "), [], True
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            opens = True
        elif line:
            block.append(line)
        elif block:
            if any(row[0] != "#" for row in block):
                blocks.append((opens, block))
                opens = False
            block = []


def _build(blocks: list[tuple[bool, list[str]]]) -> tuple[str, list[Sentence]]:
    text, sentences = "", []
    entities = _EntityReader()
    for opens, lines in blocks:
        sentence = Sentence(opens_paragraph=opens)
        if opens and text:
            text = text.rstrip() + "\n\n"
        entities.begin()
        text = _read_rows(sentence, lines, text, entities)
        sentence.entities = entities.found
        sentences.append(sentence)
        text = text if text[-1:].isspace() else text + " "
    return text.rstrip() + "\n", sentences


def _read_rows(
    sentence: Sentence, lines: list[str], text: str, entities: _EntityReader
) -> str:
    joined_until, joined_misc = 0, ""
    for line in lines:
        if line.startswith("# sent_id = "):
            sentence.name = line.removeprefix("# sent_id = ")
        if line[0] == "#":
            continue
        columns = line.split("\t")
        number, form, misc = columns[0], columns[1], columns[9]
        if "-" in number:
            joined_until, joined_misc = int(number.split("-")[1]), misc
        if not number.isdigit():
            continue
        entities.read(misc, len(sentence.forms))
        sentence.forms.append(form)
        sentence.spans.append((len(text), len(text) + len(form)))
        sentence.upos.append(columns[3])
        sentence.xpos.append(columns[4])
        sentence.heads.append(int(columns[6]) - 1)
        sentence.deprels.append(columns[7])
        inside_word = int(number) < joined_until
        end_misc = joined_misc if int(number) == joined_until else misc
        text += form if inside_word or "SpaceAfter=No" in end_misc else form + " "
    return text


class _EntityReader:
    """Collects the nested `Entity=` spans of one sentence after another."""

    def __init__(self) -> None:
        self.found: list[tuple[int, int, str]] = []
        self._open: list[tuple[str, int, str]] = []

    def begin(self) -> None:
        """Start a sentence; spans never run over its end."""
        self.found, self._open = [], []

    def read(self, misc: str, word: int) -> None:
        """Read what opens and closes at `word`."""
        match = re.search(r"(?:^|\|)Entity=([^|]*)", misc)
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", match[1] if match else ""):
            if part.startswith("("):
                number, etype = part.strip("()").split("-")[:2]
                self._open.append((number, word, etype))
            if part.endswith(")"):
                number = part.strip("()").split("-")[0]
                self._close(number, word + 1)

    def _close(self, number: str, end: int) -> None:
        for i in range(len(self._open) - 1, -1, -1):
            if self._open[i][0] == number:
                _, start, etype = self._open.pop(i)
                self.found.append((start, end, etype))
                return
