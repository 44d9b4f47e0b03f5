"""Names of persons, organisations and places: `python -m evals.entities`.

Exact spans on raw text, per class and as a macro mean over PER, ORG and LOC. Gold is
what `training/entities.py` makes of GUM dev and test and of re3d Wikipedia, which no
training run sees; `--gold` takes other files of the same forms.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.kits import kit_for
from evals.sets import need, parser_for, table
from sayso.reading.encoder import read_text
from sayso.reading.model import Model
from training.bio import Mention
from training.entities import EntityDoc, load_entities, macro_f1, measure_entities
from training.entity_texts import re3d_docs
from training.entity_treebanks import gum_docs, iob2_docs


def main() -> None:
    """Print one table for each set."""
    parser = parser_for(__doc__ or "")
    parser.add_argument(
        "--gold",
        type=Path,
        nargs="+",
        help="measure on these instead: .conllu with GUM's Entity= field, .iob2,"
        " or .jsonl as re3d is",
    )
    args = parser.parse_args()
    docs = load_gold(args.gold, args.data)
    model = kit_for(args).model
    figures = {}
    for source in dict.fromkeys(doc.source for doc in docs):
        own = [doc for doc in docs if doc.source == source][: args.limit]
        figures[source] = measure(own, model)
    print(json.dumps(figures, indent=1) if args.json else report(figures))


def load_gold(paths: Sequence[Path] | None, data: Path) -> list[EntityDoc]:
    """Return the documents of the files, or without any those kept for measuring."""
    if not paths:
        return load_entities(need(data / "data"), measure=True)
    docs: list[EntityDoc] = []
    for path in map(need, paths):
        if path.suffix == ".conllu":
            docs += gum_docs(path, path.stem)
        elif path.suffix == ".iob2":
            docs += iob2_docs(path)
        else:
            docs += re3d_docs(path)
    return docs


def measure(docs: Sequence[EntityDoc], model: Model) -> dict[str, Any]:
    """Return precision, recall and F1 of each class, and the macro F1."""
    scores = measure_entities(docs, [find_entities(doc.text, model) for doc in docs])
    figures: dict[str, Any] = {
        label: {"p": s.precision, "r": s.recall, "f1": s.f1, "gold": s.gold}
        for label, s in scores.items()
    }
    return figures | {"macro F1": macro_f1(scores)}


def find_entities(text: str, model: Model) -> list[Mention]:
    """Return the mentions that the model finds, in code points."""
    reading = read_text(model, text)
    return [
        (reading.tokens[start].start, reading.tokens[end - 1].end, mention.label)
        for mention in reading.entities
        for start, end in [mention.tokens]
    ]


def report(figures: dict[str, dict[str, Any]]) -> str:
    """Return the figures as one table."""
    rows: list[tuple[object, ...]] = [("", "gold", "P", "R", "F1")]
    for source, values in figures.items():
        for label, score in values.items():
            if label == "macro F1":
                rows.append((f"{source} macro", "", "", "", score))
            else:
                counts = (score["gold"], score["p"], score["r"], score["f1"])
                rows.append((f"{source} {label}", *counts))
    return table(rows)


if __name__ == "__main__":
    main()
