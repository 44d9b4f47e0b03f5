"""Make the background table of threads: `python -m training.background`.

Counts words and phrases in the training parts of the English treebanks EWT and GUM, in
public Polis conversations, and in our own invented reports; fits from the conversations
how much more likely a phrase is in a thread once somebody has used it. Takes about a
minute. All sources have free licences; data/background/CARD.md tells them.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np

from sayso.corpus.counts import MAX_LENGTH, count_phrases
from sayso.corpus.phrases import find_shared
from sayso.corpus.words import Vocabulary, number_words, stem
from sayso.vocab.background import (
    EDGES,
    PHRASES,
    SPREAD,
    Background,
    parse_folder,
)
from training.conllu import read_conllu

TREEBANKS = ("ewt-train", "gum-train")
RATES = (1e-6, 1e-5, 1e-4, 1e-3, 1.0)  # upper ends of the bins of `spread.tsv`
MIN_PAIRS = 10  # fewer pairs of comments that share a phrase make no estimate
Thread = list[str]
HERE = Path(__file__).parent


def main() -> None:
    """Parse the command line and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, help="default: the table of the package")
    arguments = parser.parse_args()
    if not (arguments.data / "data").is_dir():
        sys.exit(f"{arguments.data}: no corpora there; give their folder with --data")
    shipped = Path(str(files("sayso") / "data" / "background"))
    out = arguments.out or shipped
    out.mkdir(parents=True, exist_ok=True)
    if out != shipped:
        shutil.copyfile(shipped / EDGES, out / EDGES)
    table = build(arguments.data / "data", out)
    print(f"{table.words} words, {len(table.counts)} entries, {table.digest}")


def build(data: Path, out: Path, *, with_conversations: bool = True) -> Background:
    """Write the table to `out`, which has `edges.txt`, and return it.

    Args:
        data: Folder with `ud/` and `threads/`.
        out: Folder to write to.
        with_conversations: Count the conversations too. Without, the table has not
            seen what the made threads of `threads/` were drawn from; the spread is
            fitted from the conversations either way.
    """
    conversations = list(load_conversations(data))
    texts = [*load_treebanks(data), *load_own()]
    # The spread is fitted on rates that have not seen the conversations.
    _write_counts(count_phrases(texts), out)
    (out / SPREAD).write_text("2\t1.0\t100\n", encoding="utf-8")
    _write_spread(fit_spread(conversations, parse_folder(out)), out)
    if with_conversations:
        texts += [text for thread in conversations for text in thread]
        _write_counts(count_phrases(texts), out)
    return parse_folder(out)


def build_without_conversations(data: Path) -> Background:
    """Return a table for measuring on the conversations, which it has not counted."""
    shipped = Path(str(files("sayso") / "data" / "background"))
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(shipped / EDGES, Path(folder) / EDGES)
        return build(data, Path(folder), with_conversations=False)


def load_treebanks(data: Path) -> Iterator[str]:
    """Yield the texts of the training parts."""
    for name in TREEBANKS:
        for _, text, _ in read_conllu(data / "ud" / f"{name}.conllu"):
            yield text


def load_conversations(data: Path) -> Iterator[Thread]:
    """Yield the comments of each public conversation."""
    path = data / "threads" / "polis.dev.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        yield [comment["text"] for comment in json.loads(line)["comments"]]


def load_own() -> Iterator[str]:
    """Yield the texts of our own annotated reports."""
    for path in sorted((HERE / "gold").glob("*.src.json")):
        for report in json.loads(path.read_text(encoding="utf-8")):
            yield report["text"]


def fit_spread(
    threads: Sequence[Thread], background: Background
) -> list[tuple[int, float, float]]:
    """Return length, highest rate, precision: moment fit over pairs of comments.

    Of all ordered pairs of comments whose first has a phrase, `r` is the share whose
    second has it too. A beta-binomial of mean `q` has r = (qs + 1) / (s + 1), so
    s = (1 - r) / (r - q). Real talking points among the pairs lower s and so make
    later tests more careful.
    """
    sums = np.zeros((MAX_LENGTH + 1, len(RATES), 3))
    for thread in threads:
        for length, rate, share, users in _uses(thread, background):
            place = sum(rate > high for high in RATES)
            others = len(thread) - 1
            pairs = users * others
            sums[length, place] += (users * (users - 1), pairs, pairs * share)
    rows = []
    for length in range(2, MAX_LENGTH + 1):
        last = None
        for place, high in enumerate(RATES):
            both, pairs, chance = sums[length, place]
            if both < MIN_PAIRS:
                continue
            gap = max(both / pairs - chance / pairs, 1e-6)
            last = max(round((1 - both / pairs) / gap), 2)
            rows.append((length, high, float(last)))
        if last is None:
            sys.exit(f"too few conversations to fit the spread of {length} words")
    return rows


def _uses(
    thread: Thread, background: Background
) -> Iterator[tuple[int, float, float, int]]:
    """Yield length, rate a word, rate a comment and users of each phrase."""
    vocabulary = Vocabulary()
    words = number_words(thread, vocabulary)
    light = {stem(word) for word in background.edges}
    edges = np.array([one not in light for one in vocabulary.stems])
    units = np.arange(len(thread))
    levels, _ = find_shared(words, units, at_least=1, edges=edges)
    mean = float(words.sizes.mean())
    for level in levels:
        if level.length > MAX_LENGTH:
            break
        for gram, users in zip(level.grams.tolist(), level.units, strict=True):
            rate = background.rate(tuple(vocabulary.stems[word] for word in gram))
            yield level.length, rate, 1 - float(np.exp(-rate * mean)), int(users)


def _write_counts(counts: Counter[str], out: Path) -> None:
    lines = [f"{phrase}\t{count}\n" for phrase, count in sorted(counts.items())]
    head = "# stem or stems\tcount; * counts all words\n"
    (out / PHRASES).write_text(head + "".join(lines), encoding="utf-8")


def _write_spread(rows: list[tuple[int, float, float]], out: Path) -> None:
    lines = [f"{length}\t{rate:g}\t{value:g}\n" for length, rate, value in rows]
    head = "# words of the phrase\thighest rate a word\tprecision\n"
    (out / SPREAD).write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
