"""Turn our own annotated reports (`training/gold/*.src.json`) into offsets.

`python -m training.gold` writes `training/build/gold.jsonl`. In the source form a span
is its exact quote; `quote@n` is the n-th occurrence where there are several.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BUILT = HERE / "build" / "gold.jsonl"
_NTH = re.compile(r"(.*)@(\d+)", re.DOTALL)


def locate(text: str, quote: str) -> list[int]:
    """Return [start, end) of a quote.

    Raises:
        ValueError: the quote is not in the text, or occurs more often than it says.
    """
    starts = [m.start() for m in re.finditer(re.escape(quote), text)]
    match = _NTH.fullmatch(quote)
    number = 1
    if match and not starts:
        quote, number = match[1], int(match[2])
        starts = [m.start() for m in re.finditer(re.escape(quote), text)]
    elif len(starts) > 1:
        raise ValueError(f"occurs {len(starts)} times, say @n: {quote!r}")
    if not 1 <= number <= len(starts):
        raise ValueError(f"not in the text: {quote!r}")
    return [starts[number - 1], starts[number - 1] + len(quote)]


def build(source: dict[str, Any]) -> dict[str, Any]:
    """Return one report with its statements and actors in offsets."""
    text = source["text"]
    statements = {
        key: row
        | {
            "source": locate(text, row["source"]) if row["source"] else None,
            "cue": locate(text, row["cue"]) if row["cue"] else None,
            "content": [locate(text, quote) for quote in row["content"]],
        }
        for key, row in source["statements"].items()
    }
    actors = {
        key: row | {"mentions": [locate(text, quote) for quote in row["mentions"]]}
        for key, row in source.get("actors", {}).items()
    }
    about = {key: source.get(key) for key in ("doc_id", "outlet", "published", "text")}
    named = {
        table: {
            key: row | {"mentions": [locate(text, quote) for quote in row["mentions"]]}
            for key, row in source.get(table, {}).items()
        }
        for table in ("places", "times")
    }
    return (
        about
        | {"actors": actors, "statements": statements, **named}
        | {"events": _events(source), "links": _links(source)}
    )


def _events(source: dict[str, Any]) -> dict[str, Any]:
    text = source["text"]
    return {
        key: row
        | {
            "trigger": locate(text, row["trigger"]),
            "also": [locate(text, quote) for quote in row.get("also", [])],
            "participants": _located(text, row["participants"]),
            "counts": _located(text, row.get("counts", [])),
        }
        for key, row in source.get("events", {}).items()
    }


def _links(source: dict[str, Any]) -> dict[str, Any]:
    return {
        key: row | {"span": locate(source["text"], row["span"])}
        for key, row in source.get("links", {}).items()
    }


def _located(text: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"span": locate(text, row["span"])} for row in rows]


def main() -> None:
    """Build all files; stop at the first fault, named by file and report."""
    BUILT.parent.mkdir(exist_ok=True)
    rows = []
    for path in sorted((HERE / "gold").glob("*.src.json")):
        sources = json.loads(path.read_text(encoding="utf-8"))
        for source in sources if isinstance(sources, list) else [sources]:
            try:
                rows.append(build(source))
            except ValueError as error:
                sys.exit(f"{path.name}: {source.get('doc_id')}: {error}")
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    BUILT.write_text("".join(lines), encoding="utf-8")
    print(
        f"{BUILT}: {len(rows)} reports,"
        f" {sum(len(r['statements']) for r in rows)} statements"
    )


if __name__ == "__main__":
    main()
