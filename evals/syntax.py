"""Tags, trees and boundaries: `python -m evals.syntax --data ../shared`.

UPOS, UAS and LAS (all words, punctuation too, full relation labels) on gold tokens and
sentences; then tokens and sentences on the raw text, scored as exact spans.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

from evals.kits import kit_for
from evals.sets import need, parser_for, table
from sayso.reading.encoder import read_text, read_tokens
from sayso.reading.model import Model
from sayso.reading.types import Reading, TokenRange
from sayso.record.span import Span
from training.conllu import Sentence, read_conllu

TREEBANKS = ("ewt-test", "gum-dev", "gum-test")
GoldDoc = tuple[str, str, list[Sentence]]
"""Name, text and sentences."""


def main() -> None:
    """Print one row of figures for each treebank."""
    parser = parser_for(__doc__ or "")
    parser.add_argument("--sets", nargs="+", default=TREEBANKS, help="names in ud/")
    args = parser.parse_args()
    model = kit_for(args).model
    figures = {
        name: measure(load_treebank(args.data, name)[: args.limit], model)
        for name in args.sets
    }
    print(json.dumps(figures, indent=1) if args.json else report(figures))


def load_treebank(data: Path, name: str) -> list[GoldDoc]:
    """Return the documents of a treebank file."""
    return list(read_conllu(need(data / "data" / "ud" / f"{name}.conllu")))


def measure(docs: Sequence[GoldDoc], model: Model) -> dict[str, float]:
    """Return UPOS, UAS and LAS on gold tokens, token and sentence F1 on raw text."""
    words = tags = arcs = labels = 0
    tokens, sentences = SpanCounts(), SpanCounts()
    for _, text, gold in docs:
        reading = read_gold_tokens(gold, model)
        for i, (upos, head, deprel) in enumerate(_gold_rows(gold)):
            words += 1
            tags += reading.upos[i] == upos
            arcs += reading.heads[i] == head
            labels += reading.heads[i] == head and reading.deprels[i] == deprel
        raw = read_text(model, text)
        tokens.add((s for one in gold for s in one.spans), raw.tokens)
        sentences.add(
            ((one.spans[0][0], one.spans[-1][1]) for one in gold),
            ((raw.tokens[s].start, raw.tokens[e - 1].end) for s, e in raw.sentences),
        )
    return {
        "words": float(words),
        "UPOS": tags / words,
        "UAS": arcs / words,
        "LAS": labels / words,
        "token F1": tokens.f1,
        "sentence F1": sentences.f1,
    }


def read_gold_tokens(gold: Sequence[Sentence], model: Model) -> Reading:
    """Return the model's Reading of gold tokens in gold sentences."""
    sentences = list(pairwise(accumulate((len(s.spans) for s in gold), initial=0)))
    opens = [sentences[i][0] for i, s in enumerate(gold) if s.opens_paragraph or not i]
    paragraphs: list[TokenRange] = list(pairwise([*opens, sentences[-1][1]]))
    return read_tokens(
        model,
        [Span(*span) for s in gold for span in s.spans],
        [form for s in gold for form in s.forms],
        paragraphs,
        sentences,
        fixed_sentences=True,
    )


def _gold_rows(gold: Sequence[Sentence]) -> Iterable[tuple[str, int, str]]:
    """Yield part of speech, head in the document (-1 for a root) and relation."""
    begin = 0
    for s in gold:
        for upos, head, deprel in zip(s.upos, s.heads, s.deprels, strict=True):
            yield upos, head if head < 0 else head + begin, deprel
        begin += len(s.forms)


class SpanCounts:
    """Exact-span counts over many documents."""

    def __init__(self) -> None:
        self.right = self.gold = self.found = 0

    def add(
        self, gold: Iterable[tuple[int, int]], found: Iterable[tuple[int, int]]
    ) -> None:
        """Count the spans of one document."""
        wanted, have = set(gold), {tuple(span) for span in found}
        self.right += len(wanted & have)
        self.gold += len(wanted)
        self.found += len(have)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 without any span."""
        total = self.gold + self.found
        return 2 * self.right / total if total else 0.0


def report(figures: dict[str, dict[str, float]]) -> str:
    """Return the figures as a table."""
    rows: list[tuple[object, ...]] = [
        ("", "words", "UPOS", "UAS", "LAS", "token F1", "sentence F1")
    ]
    for name, values in figures.items():
        words, *rest = values.values()
        rows.append((name, int(words), *rest))
    return table(rows)


if __name__ == "__main__":
    main()
