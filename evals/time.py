"""Times: found, and with the right value: `python -m evals.time`.

    python -m evals.time --data ../shared            # the corpora of time expressions
    python -m evals.time --data ../shared --read     # as `sayso read` does, with model
    python -m evals.time --data ../shared --left     # what is missed, counted by class
    python -m evals.time --data ../shared --conflict # times of the conflict set

The corpora are scored by `bench/score_time.py` against their TIMEX3 values, the
conflict set by `bench/score_conflict.py` against EDTF values. Without `--read` nothing
is read but the words: no model is needed. Durations, sets and vague times have no row
in the conflict set's gold and are left out there; `--all` keeps them.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

from evals.conflict import load_gold
from evals.kits import kit_for, report_of
from evals.sets import Row, load_scorer, parser_for, read_rows, table
from sayso.kit import Kit
from sayso.pipeline import read_report
from sayso.record import Span
from sayso.resolve.dates import find_times
from sayso.vocab.calendar import load_calendar

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
RANGE = re.compile(
    r" (?:and|to|or|until|till|through) |(?<=\d) ?[-–/] ?(?=\d)"
    r"|(?<=\w) ?[-–] ?(?=[\dA-Z])"
)
OPENING = re.compile(r"(?:between|from) ", re.IGNORECASE)
CORPORA = ("timebank", "aquaint", "meantime-dev", "wikiwars")


def main() -> None:
    """Print one line for each corpus."""
    parser = parser_for(__doc__ or "")
    parser.add_argument("--conflict", action="store_true", help="the conflict set")
    parser.add_argument("--read", action="store_true", help="with the shipped model")
    parser.add_argument("--left", action="store_true", help="count what is missed")
    parser.add_argument("--all", action="store_true", help="keep rows without a value")
    parser.add_argument("--corpus", nargs="+", default=CORPORA, choices=CORPORA)
    args = parser.parse_args()
    if args.conflict:
        gold = load_gold(args.data)[: args.limit]
        figures = measure_conflict(gold, load_scorer("score_conflict", args), args.all)
        rows: list[tuple[object, ...]] = [("conflict set", "P", "R", "F1")]
        rows += [(name, f["p"], f["r"], f["f1"]) for name, f in figures.items()]
    else:
        scorer = load_scorer("score_time", args)
        if args.left:
            print("\n\n".join(left(name, scorer, args) for name in args.corpus))
            return
        figures = {
            name: measure(args.data / "data" / "time" / f"{name}.jsonl", scorer, args)
            for name in args.corpus
        }
        head = ("strict", "relaxed", "type", "value", "interval", "µs a word")
        rows = [("F1", *head)]
        rows += [(name, *f.values()) for name, f in figures.items()]
    print(json.dumps(figures, indent=1) if args.json else table(rows))


def measure(path: Path, scorer: Any, args: Any) -> dict[str, float]:
    """Return the F1 figures of one corpus and the microseconds a word."""
    gold = read_rows(path, limit=args.limit)
    kit = kit_for(args) if args.read else None
    timexes(gold[0], kit)  # patterns are made once
    started = time.process_time()
    told = [{"doc_id": row["doc_id"], "timexes": timexes(row, kit)} for row in gold]
    spent = time.process_time() - started
    scored = scorer.score(gold, told)
    return {
        "strict": scored["strict"]["f1"],
        "relaxed": scored["relaxed"]["f1"],
        "type": scored["type_f1"],
        "value": scored["value_f1"],
        "interval": scored["interval"]["f1"],
        "µs a word": 1e6 * spent / sum(len(row["text"].split()) for row in gold),
    }


def left(name: str, scorer: Any, args: Any) -> str:
    """Return how many times of a corpus go wrong, by class, the most first.

    A class is a rule with the shapes of the gold's and of its own value, digits as 9.
    """
    path = args.data / "data" / "time" / f"{name}.jsonl"
    kit = kit_for(args) if args.read else None
    classes: Counter[tuple[str, str, str, str]] = Counter()
    for row in read_rows(path, limit=args.limit):
        gold, told = row["timexes"], timexes(row, kit)
        pairs = [(g, t) for g, t, _ in scorer.pair(gold, told)]
        wrong = [p for p in pairs if scorer.key(p[0]["value"], False) != p[1]["value"]]
        wrong += [(g, {}) for g in gold if all(g is not pair[0] for pair in pairs)]
        wrong += [({}, t) for t in told if all(t is not pair[1] for pair in pairs)]
        for g, t in wrong:
            kind = "value" if g and t else "missed" if g else "false"
            classes[kind, t.get("rule", ""), shape_of(g), shape_of(t)] += 1
    rows = [(name, "rule", "gold", "found", "times")]
    return table([*rows, *((*key, n) for key, n in classes.most_common())])


def shape_of(timex: Row) -> str:
    """Return type and value of a time with every digit a 9; nothing of no time."""
    return re.sub(r"\d", "9", f"{timex['type']} {timex['value']}") if timex else ""


def timexes(row: Row, kit: Kit | None = None) -> list[Row]:
    """Return the times of a row's text as the corpora have them, by place.

    Without a kit nothing but the words is read.
    """
    # One document of MEANTIME gives its creation time day first, some give none.
    published = row.get("dct") if ISO_DAY.match(row.get("dct") or "") else None
    plain = {"doc_id": row["doc_id"], "text": row["text"], "published": published}
    report = report_of(plain)
    found = [
        {
            "start": start,
            "end": end,
            "type": one.timex.type.value,
            "value": value,
            "rule": one.rule,
        }
        for one in (
            read_report(report, kit).times
            if kit
            else find_times(report, None, load_calendar())
        )
        for mention in one.mentions
        for start, end, value in ends_of(mention, one.timex.value, row["text"])
    ]
    return sorted(found, key=lambda timex: timex["start"])


def ends_of(mention: Span, value: str, text: str) -> list[tuple[int, int, str]]:
    """Return a time as it is, a range as its two ends: so the corpora mark them."""
    first, _, last = value.partition("/")
    join = RANGE.search(text, mention.start, mention.end) if last else None
    if join is None:
        return [(*mention, value)]
    opening = OPENING.match(text, mention.start)
    start = opening.end() if opening else mention.start
    return [(start, join.start(), first), (join.end(), mention.end, last)]


def measure_conflict(gold: list[Row], scorer: Any, whole: bool) -> dict[str, Any]:
    """Return precision, recall and F1 of finding, and of finding with the value."""
    tally = scorer.Tally()
    for row in gold:
        times = [
            {"value": one.value, "mentions": [list(span) for span in one.mentions]}
            for one in find_times(report_of(row), None, load_calendar())
            if whole or one.value is not None
        ]
        scorer.score_report(row, scorer.EMPTY | {"times": times}, tally)
    return {name: tally.report()[name] for name in ("time.mention", "time")}


if __name__ == "__main__":
    main()
