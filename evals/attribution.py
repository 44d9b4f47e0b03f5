"""Who said what on PolNeAR: `python -m evals.attribution --data ../shared`.

Scores outermost statements with a cue, a joint saying once, by
bench/score_attribution.py; stretches marked `discard` are given to it as `ignore`. The
Record's spans are first widened to PolNeAR's habits (evals/conventions.py).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from evals.conventions import to_polnear
from evals.kits import kit_for, read_all
from evals.sets import Row, load_scorer, parser_for, read_rows, table
from sayso.kit import Kit

SCORED = (
    ("full attribution, overlap >= .5", "full.ov0.5"),
    ("full attribution, exact", "full.exact"),
    ("source-content pair, overlap >= .5", "pair.ov0.5"),
    ("cue detected", "detect"),
)
STRICT = (
    ("strict: source", "source.frag"),
    ("strict: cue", "cue.frag"),
    ("strict: content", "content.frag"),
)


def main() -> None:
    """Print the figures of PolNeAR dev."""
    args = _options()
    gold = read_rows(
        args.data / "data" / "polnear" / f"{args.part}.jsonl", limit=args.limit
    )
    scorer = load_scorer("score_attribution", args)
    figures = measure(gold, predict(gold, kit_for(args)), scorer)
    print(json.dumps(figures, indent=1) if args.json else report(figures, len(gold)))


def predict(gold: Sequence[Row], kit: Kit) -> dict[str, Row]:
    """Return the attributions of the kit by `doc_id`."""
    records = read_all(gold, kit)
    return {
        row["doc_id"]: {"doc_id": row["doc_id"], "attributions": to_polnear(record)}
        for row, record in zip(gold, records, strict=True)
    }


def measure(
    gold: Sequence[Row], predicted: dict[str, Row], scorer: ModuleType
) -> dict[str, Any]:
    """Return precision, recall and F1 of every figure, and those of direct quotes."""
    by_id = {row["doc_id"]: row | {"ignore": row.get("discard")} for row in gold}
    loose = scorer.score(by_id, predicted)
    strict = scorer.score(by_id, predicted, True)
    scores = [(name, loose[key]) for name, key in SCORED]
    scores += [(name, strict[key]) for name, key in STRICT]
    figures: dict[str, Any] = {
        name: {k: score[k] for k in ("p", "r", "f1")} for name, score in scores
    }
    return figures | {"direct quotes": direct_quotes(by_id, predicted, scorer)}


def direct_quotes(
    gold: dict[str, Row], predicted: dict[str, Row], scorer: ModuleType
) -> dict[str, float]:
    """Return the share of direct quotes found, and of those with the right source.

    Direct is what the scorer's `quote_kind` says of the gold content; found means a
    content with a Jaccard overlap of at least .5, right a source with the same.
    """
    total = found = right = 0
    for name, row in gold.items():
        doc = scorer.Doc(row["text"])
        ignored = doc.toks(row["ignore"] or [])
        guesses = [
            (doc.toks(guess["content"]), doc.toks(guess["source"]))
            for guess in predicted[name]["attributions"]
        ]
        for relation in row["attributions"]:
            content = doc.toks(relation["content"])
            kind = scorer.quote_kind(row["text"], relation["content"])
            if kind != "direct" or len(content & ignored) * 2 > len(content):
                continue
            total += 1
            best = max(
                guesses, key=lambda g: float(scorer.jac(content, g[0])), default=None
            )
            if best is not None and scorer.jac(content, best[0]) >= 0.5:
                found += 1
                right += scorer.jac(doc.toks(relation["source"]), best[1]) >= 0.5
    return {
        "found": found / total if total else 0.0,
        "source right of those found": right / found if found else 0.0,
        "n": total,
    }


def report(figures: dict[str, Any], documents: int) -> str:
    """Return the figures as a table."""
    quotes = figures["direct quotes"]
    rows: list[tuple[object, ...]] = [
        (f"PolNeAR, {documents} documents", "P", "R", "F1")
    ]
    rows += [
        (name, score["p"], score["r"], score["f1"])
        for name, score in figures.items()
        if name != "direct quotes"
    ]
    right = quotes["source right of those found"]
    return (
        f"{table(rows)}\ndirect quotes (n={quotes['n']}): found {quotes['found']:.3f},"
        f" source right of those found {right:.3f}"
    )


def _options() -> argparse.Namespace:
    parser = parser_for(__doc__ or "")
    parser.add_argument("--part", default="dev", help="dev (default) or train")
    return parser.parse_args()


if __name__ == "__main__":
    main()
