"""Counts of people on the conflict set, without their events.

    python -m evals.counts --data ../shared
    python -m evals.counts --gold FILE.jsonl

A count is found if one has the same `what`, `low` and `high` and shares a code point
with it; a number told of two events is one. Nothing is trained on the set, but the word
lists were written with it open.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.conflict import load_gold
from evals.kits import kit_for, report_of
from evals.sets import Row, parser_for, read_rows, table
from sayso.extract.counts import find_counts
from sayso.extract.counts_mention import CountMention
from sayso.extract.counts_people import CountWords
from sayso.kit import Kit
from sayso.reading.encoder import read_text
from sayso.vocab.amounts import load_amount_words
from sayso.vocab.casualties import load_casualty_words

Key = tuple[str, int | None, int | None, int, int]
"""what, low, high, first and last code point."""


def main() -> None:
    """Print precision, recall and F1 over all counts and for each `what`."""
    args = _options()
    gold = [row for path in args.gold for row in read_rows(path)] or load_gold(
        args.data
    )
    kit = kit_for(args)
    words = CountWords(
        amounts=load_amount_words(),
        casualties=load_casualty_words(),
        names=kit.names,
    )
    tally: Counter[tuple[str, str]] = Counter()
    for row in gold[: args.limit]:
        score(set(gold_counts(row)), set(found_counts(row, kit, words)), tally)
    figures = {what: _figures(tally, what) for what in ("all", *_whats(tally))}
    print(json.dumps(figures, indent=1) if args.json else _report(figures))


def gold_counts(row: Row) -> Iterator[Key]:
    """Give the counts of a report, each once."""
    for event in row["events"].values():
        for count in event["counts"]:
            if count["span"]:
                yield (count["what"], count["low"], count["high"], *count["span"])


def found_counts(row: Row, kit: Kit, words: CountWords) -> Iterator[Key]:
    """Give the counts that are found in a report."""
    report = report_of(row)
    for found in find_counts(read_text(kit.model, report.text), words):
        yield key_of(found)


def key_of(found: CountMention) -> Key:
    """Return a count in the form of the comparison."""
    return (found.what, found.low, found.high, *found.span)


def score(gold: set[Key], found: set[Key], tally: Counter[Any]) -> None:
    """Add hits, gold and found counts of one report to a tally."""
    left = sorted(found, key=_place)
    for count in sorted(gold, key=_place):
        tally["gold", count[0]] += 1
        hit = next((one for one in left if _agree(count, one)), None)
        if hit is not None:
            left.remove(hit)
            tally["hit", count[0]] += 1
    for one in found:
        tally["found", one[0]] += 1


def _place(count: Key) -> tuple[int, int, str]:
    return count[3], count[4], count[0]


def _agree(gold: Key, found: Key) -> bool:
    return gold[:3] == found[:3] and gold[3] < found[4] and found[3] < gold[4]


def _whats(tally: Counter[Any]) -> list[str]:
    return sorted({what for _, what in tally})


def _figures(tally: Counter[Any], what: str) -> dict[str, float]:
    names = _whats(tally) if what == "all" else [what]
    hits, gold, found = (
        sum(tally[kind, name] for name in names) for kind in ("hit", "gold", "found")
    )
    p, r = hits / max(1, found), hits / max(1, gold)
    f1 = 2 * p * r / (p + r) if hits else 0.0
    return {"p": p, "r": r, "f1": f1, "gold": gold, "found": found}


def _report(figures: dict[str, dict[str, float]]) -> str:
    names = ("p", "r", "f1", "gold", "found")
    rows = [(what, *(row[name] for name in names)) for what, row in figures.items()]
    return table([("counts", *names), *rows])


def _options() -> argparse.Namespace:
    parser = parser_for(__doc__ or "")
    parser.add_argument(
        "--gold",
        type=Path,
        nargs="+",
        default=[],
        help="reports in the form of the conflict set, instead of it",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
