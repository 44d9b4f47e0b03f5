"""Make the shipped model from the corpora: `python -m training --data ../shared`.

Runs every step in order and copies the result to `src/sayso/data/model`. A step that is
interrupted goes on from its checkpoint when the command is given again. About two hours
on two cores, minutes with a GPU.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FOLDS = 5  # models that `training.heads` makes beside the shipped one


def main() -> None:
    """Parse the command line and run the steps, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, default=HERE / "build")
    parser.add_argument("--licensed-only", action="store_true")
    arguments = parser.parse_args()
    if not (arguments.data / "data").is_dir():
        sys.exit(f"{arguments.data}: no corpora there; give their folder with --data")
    data = ["--data", str(arguments.data)]
    only = ["--licensed-only"] if arguments.licensed_only else []
    run, trunk = arguments.work / "run", arguments.work / "trunk"
    models = arguments.work / "models"
    given = ["--trunk", str(trunk)]
    checkpoint = ["--checkpoint", str(run / "checkpoint.pt")]
    steps = [
        ["training.gold"],
        ["training.train_trunk", *data, "--out", str(run), *only],
        ["training.export_trunk", *data, *checkpoint, "--out", str(trunk), *only],
        ["training.sentences", *data, *given, *only],
        ["training.heads", *data, *checkpoint, *given, "--out", str(models), *only],
        ["training.events", *data, "--out", str(models)],
    ]
    if not arguments.licensed_only:  # that run is for its figures, not for shipping
        steps.append(["training.finish", *data, "--models", str(models)])
        steps.append(["training.coref", *data, "--write"])
        folds = [str(models / f"fold{number}") for number in range(FOLDS)]
        steps.append(["training.confidence", *data, "--write", "--folds", *folds])
    for step in steps:
        print("==", *step, flush=True)
        subprocess.run([sys.executable, "-m", *step], check=True)


if __name__ == "__main__":
    main()
