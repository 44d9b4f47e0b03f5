"""Write docs/figures.md out of the scores in the shipped model's `meta.json`.

`python -m evals.figures` after `python -m training.finish --scores FOLDER`; no figure
on that page is typed by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
META = ROOT / "src" / "sayso" / "data" / "model" / "meta.json"
PAGE = ROOT / "docs" / "figures.md"
HEAD = """# Figures reached

Development data, through the shipped int8 kit; [evals](evals.md) tells what is counted
and gives the command behind each table. Rules and biases were written with these sets
open: expect less on text of other kinds.
"""


def page(scores: dict[str, Any]) -> str:
    """Return the page in Markdown."""
    parts = [HEAD]
    for name, title in (
        ("attribution", "PolNeAR dev: who said what"),
        ("conflict", "Conflict set, cross-validated: chains, stances, speakers"),
        ("syntax", "Syntax"),
        ("entities", "Names"),
        ("licensed-only", "PolNeAR dev, a `--licensed-only` run of 420 steps"),
    ):
        if name in scores:
            rows = "\n".join(
                f"| {label} | {values} |" for label, values in _rows(scores[name])
            )
            parts.append(f"## {title}\n\n| figure | value |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


def _rows(scores: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in scores.items():
        label = f"{before}{name}"
        if not isinstance(value, dict):
            yield label, _number(value)
        elif "f1" in value:
            yield f"{label}, F1", _number(value["f1"])
        elif "low" in value:
            low, high = _number(value["low"]), _number(value["high"])
            yield label, f"{_number(value['value'])} ({low} to {high})"
        else:
            yield from _rows(value, f"{label}: ")


def _number(value: float) -> str:
    return f"{value:.3f}" if value <= 1 else f"{value:,.0f}"


def main() -> None:
    """Write the page."""
    scores = json.loads(META.read_text(encoding="utf-8")).get("scores", {})
    PAGE.write_text(page(scores), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
