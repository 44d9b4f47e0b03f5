"""Copy the trained model to the package and complete its `meta.json`.

`python -m training.finish --models DIR --scores DIR` adds corpora with licences and
hashes, the seed, sizes, and the scores that the evals wrote with `--json`, one file a
figure; the name of a file is the name of its scores.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "src" / "sayso" / "data" / "model"


def corpora(data: Path) -> dict[str, Any]:
    """Return each corpus with its use, licence and file hashes."""
    table = tomllib.loads((HERE / "corpora.toml").read_text(encoding="utf-8"))
    for entry in table.values():
        entry["files"] = {
            name: _digest(data / "data" / name) for name in entry["files"]
        }
    gold = sorted((HERE / "gold").glob("*.src.json"))
    table["gold"]["files"] = {f"training/gold/{p.name}": _digest(p) for p in gold}
    return table


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def complete(model: Path, data: Path, scores: Path | None) -> dict[str, Any]:
    """Return the meta.json of `model` with all that is known of its making."""
    meta: dict[str, Any] = json.loads((model / "meta.json").read_text(encoding="utf-8"))
    trunk = tomllib.loads((HERE / "trunk.toml").read_text(encoding="utf-8"))
    meta["seed"] = trunk["seed"]
    meta["bytes"] = sum((model / name).stat().st_size for name in meta["files"])
    meta["corpora"] = corpora(data)
    if scores:
        meta["scores"] = {
            path.stem: json.loads(path.read_text(encoding="utf-8"))
            for path in sorted(scores.glob("*.json"))
        }
    return meta


def main() -> None:
    """Parse the command line, complete and copy."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--models", type=Path, required=True, help="of training.heads")
    parser.add_argument("--scores", type=Path, help="folder of what evals wrote")
    arguments = parser.parse_args()
    shipped = arguments.models / "shipped"
    meta = complete(shipped, arguments.data, arguments.scores)
    SHIPPED.mkdir(exist_ok=True)
    for name in meta["files"]:
        shutil.copyfile(shipped / name, SHIPPED / name)
    text = json.dumps(meta, indent=1, ensure_ascii=False) + "\n"
    (SHIPPED / "meta.json").write_text(text, encoding="utf-8")
    print(f"{SHIPPED}: {meta['bytes'] / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
