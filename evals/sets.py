"""The data sets and scorers that evals run on; they lie outside the repository."""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

Row = dict[str, Any]
"""One line of a JSONL file."""

DEFAULT_DATA = Path("../shared")


def parser_for(description: str) -> argparse.ArgumentParser:
    """Return a command-line parser with the options that all evals share."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=DEFAULT_DATA,
        help="folder with data/ and bench/ (default: %(default)s)",
    )
    parser.add_argument(
        "--bench", type=Path, help="folder with the scorers (default: DATA/bench)"
    )
    parser.add_argument(
        "--model", type=Path, help="model folder (default: the one that is shipped)"
    )
    parser.add_argument(
        "--limit", type=int, help="take only the first N documents of each set"
    )
    parser.add_argument("--json", action="store_true", help="print JSON, not a table")
    return parser


def need(path: Path) -> Path:
    """Return `path`; end the command with a word on what to do if it is absent."""
    if not path.exists():
        sys.exit(
            f"{path} is not here, so this figure was NOT measured.\n"
            "The corpora are not part of the repository: give the folder that holds"
            " data/ and bench/ by --data (docs/evals.md lists the sets)."
        )
    return path


def read_rows(path: Path, *, limit: int | None = None) -> list[Row]:
    """Return the rows of a JSONL file, or the first `limit` of them."""
    lines = need(path).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()][:limit]


def load_scorer(name: str, args: argparse.Namespace) -> ModuleType:
    """Return the scorer `NAME.py` of the bench folder as a module."""
    path = need((args.bench or args.data / "bench") / f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is no Python file that can be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sha256_of(path: Path) -> str:
    """Return the hexadecimal SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def table(rows: Sequence[Sequence[object]]) -> str:
    """Return rows as aligned columns, the first being the head; floats get 3 places."""
    cells = [[f"{c:.3f}" if isinstance(c, float) else str(c) for c in r] for r in rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    lines = (
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    )
    return "\n".join(lines)
