"""Talking points and copies: `python -m evals.threads [--data ../shared]`.

Three sets: the made threads of `data/threads` (their comments come from conversations,
which the background table for this set has not counted), harder planted phrases, and
threads of unrelated comments, in which every finding is an alarm.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

from evals.kits import kit_for
from evals.sets import Row, load_scorer, parser_for, read_rows, table
from evals.thread_sets import (
    SIZES,
    load_unrelated,
    planted_threads,
    unrelated_threads,
)
from sayso.corpus.copies import NEAR
from sayso.corpus.threads import find_thread
from sayso.kit import Kit
from sayso.reading.encoder import read_text
from sayso.record import Comment, Thread
from sayso.vocab.background import Background, load_background
from training.background import build_without_conversations

COMPLETED = Path(__file__).parent / "thread_copies.tsv"
PLANTED = "data/threads/planted.dev.jsonl"
UNRELATED = 70  # threads of each size
HARD = 4  # threads of each size and kind of phrase
Figures = dict[str, float]


def main() -> None:
    """Print the figures of all three sets."""
    parser = parser_for(__doc__ or "")
    parser.add_argument(
        "--every", type=int, default=1, help="take every N-th thread of each set"
    )
    args = parser.parse_args()
    figures = measure(args, kit_for(args))
    if args.json:
        print(json.dumps(figures, indent=1))
    else:
        rows = [(name, value) for name, value in figures.items()]
        print(table([("figure", "value"), *rows]))


def measure(args: argparse.Namespace, kit: Kit) -> Figures:
    """Return all figures, in percent."""
    scorer = load_scorer("score_threads", args)
    planted = read_rows(args.data / PLANTED)[:: args.every][: args.limit]
    unseen = build_without_conversations(args.data / "data")
    made = predict(planted, kit, unseen)
    score = scorer.score(planted, made)
    figures = {
        "planted talking points F1": score["talking_points"]["f1"],
        "planted precision": score["talking_points"]["p"],
        "planted recall": score["talking_points"]["r"],
        "planted spans exact": score["span_exact"],
        "copies pairwise F1": score["duplicates_pairwise"]["f1"],
        "copies recall": score["duplicates_pairwise"]["r"],
        "copies F1, gold completed by reading": completed_copies(planted, made),
    }
    documents = load_unrelated(args.data)
    hard = planted_threads(documents, HARD)[:: args.every]
    background = load_background()
    score = scorer.score(hard, predict(hard, kit, background))
    figures |= {
        "harder talking points F1": score["talking_points"]["f1"],
        "harder recall": score["talking_points"]["r"],
        "harder spans exact": score["span_exact"],
    }
    null = unrelated_threads(documents, UNRELATED)[:: args.every]
    found = predict(null, kit, background)
    for size in SIZES:
        rows = [p for p in found if p["thread_id"].startswith(f"null.{size}.")]
        alarms = sum(bool(row["talking_points"]) for row in rows)
        figures[f"alarms, {len(rows)} unrelated threads of {size}"] = (
            100 * alarms / max(len(rows), 1)
        )
    return figures


def predict(rows: list[Row], kit: Kit, background: Background) -> list[Row]:
    """Return findings in the scorer's form; what the article says itself is none."""
    return [_predict(row, kit, background) for row in rows]


def _predict(row: Row, kit: Kit, background: Background) -> Row:
    comments = tuple(
        Comment(n=number, author=one["author"], text=one["text"])
        for number, one in enumerate(row["comments"], 1)
    )
    thread = find_thread(
        comments,
        article=row["article"],
        background=background,
        read=lambda comment: read_text(kit.model, comment.text),
    )
    return _scored(row, thread)


def _scored(row: Row, thread: Thread) -> Row:
    ids = [one["id"] for one in row["comments"]]
    points = [
        {
            "phrase": point.phrase,
            "comments": [
                {"comment": ids[one.n - 1], "start": span.start, "end": span.end}
                for one in point.comments
                for span in one.spans
            ],
        }
        for point in thread.talking_points
        if not point.in_article
    ]
    copies = [
        [ids[n - 1] for n in one.comments]
        for one in thread.copies
        if one.similarity >= NEAR
    ]
    return {
        "thread_id": row["thread_id"],
        "talking_points": points,
        "duplicates": copies,
    }


def completed_copies(gold: list[Row], made: list[Row]) -> float:
    """Return pairwise F1 on gold with the conversations' own copies added.

    Gold marks made copies alone; `thread_copies.tsv` has the others, found by reading.
    """
    own = natural_copies()
    hits = found = wanted = 0
    for row, guess in zip(gold, made, strict=True):
        right = pairs_of(row["gold"]["duplicates"]) | own[row["thread_id"]]
        told = pairs_of(guess["duplicates"])
        hits += len(right & told)
        found += len(told)
        wanted += len(right)
    return 100 * 2 * hits / max(found + wanted, 1)


def natural_copies() -> dict[str, set[tuple[str, str]]]:
    """Return by thread the pairs of `thread_copies.tsv`."""
    own: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for line in COMPLETED.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            thread, left, right = line.split("\t")
            own[thread].add((min(left, right), max(left, right)))
    return own


def pairs_of(groups: list[list[Any]]) -> set[tuple[Any, Any]]:
    """Return all pairs within groups."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


if __name__ == "__main__":
    main()
