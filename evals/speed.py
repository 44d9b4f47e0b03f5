"""How fast `sayso read` is: `python -m evals.speed --data ../shared`.

Times whole processes over a JSONL file of news reports, with 1 and 2 workers, the time
from a cold start to the first record of a 300-word report, and the peak memory of the
largest process. Modules are compiled to bytecode before, as an installer does, also
where the environment forbids Python to write it. Beside it, in turns, runs a spaCy
pipeline of small size (evals/spacy_peer.py) in an environment of its own, which
`--install-spacy` makes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from evals.sets import Row, parser_for, read_rows

READ = (sys.executable, "-c", "from sayso.cli import main; main()", "read")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
SHORT_WORDS = 300
COLD_STARTS = 7
SPACY = "spacy==3.8.18"


@dataclass(frozen=True, kw_only=True)
class Run:
    """One process from its start to its end."""

    seconds: float
    first_line_s: float
    """Seconds until the first line of its output."""
    peak_mb: float
    """Largest resident memory of the process or one of its workers, in MiB."""
    output: str


def main() -> None:
    """Print words per second, cold start and memory, ours and the peer's."""
    args = _options()
    if args.install_spacy:
        install_spacy(args.spacy_venv)
    rows = read_rows(args.data / "data" / "polnear" / "train.jsonl")
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(rows, Path(folder), args)
    print(json.dumps(figures, indent=1) if args.json else report(figures))


def measure(
    rows: Sequence[Row], folder: Path, args: argparse.Namespace
) -> dict[str, float]:
    """Return the medians over all rounds, in the units that the names tell."""
    many, one = folder / "many.jsonl", folder / "one.jsonl"
    words = write_texts(rows, many, args.words)
    one.write_text(json.dumps({"doc_id": "one", "text": short_text(rows)}) + "\n")
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder)}
    start_once = [*READ, str(one), "--format", "jsonl"]
    run(start_once, compiled)  # writes the bytecode, so it is not timed
    cold = [run(start_once, compiled) for _ in range(COLD_STARTS)]
    start = median(r.seconds for r in cold)
    peer = peer_python(args.spacy_venv)
    singles, doubles, peers = [], [], []
    for _ in range(args.rounds):
        singles.append(_read(many, compiled, jobs=1))
        doubles.append(_read(many, compiled, jobs=2))
        if peer:
            script = Path(__file__).with_name("spacy_peer.py")
            peers.append(run([str(peer), str(script), str(many)], ONE_THREAD))
    figures = {
        "words": float(words),
        "words/s, 1 process": words / median(r.seconds for r in singles),
        "words/s, 1 process, without start": words
        / median(r.seconds - start for r in singles),
        "words/s, 2 processes": words / median(r.seconds for r in doubles),
        "cold start to first record, s": median(r.first_line_s for r in cold),
        "cold start to first record, s, slowest": max(r.first_line_s for r in cold),
        "peak MiB a process, 1 process": max(r.peak_mb for r in singles),
        "peak MiB a process, 2 processes": max(r.peak_mb for r in doubles),
    }
    return figures | _against(peers, figures)


def _read(path: Path, environment: dict[str, str], *, jobs: int) -> Run:
    command = [*READ, str(path), "--format", "jsonl", "--jobs", str(jobs)]
    return run(command, environment)


def _against(peers: Sequence[Run], figures: dict[str, float]) -> dict[str, float]:
    if not peers:
        return {}
    told = [json.loads(r.output) for r in peers]
    rate = median(row["words"] / row["seconds"] for row in told)
    return {
        "spaCy parse only: words/s, 1 process, without start": rate,
        "spaCy parse only: peak MiB": max(row["peak_mb"] for row in told),
        "ratio to spaCy, per process": figures["words/s, 1 process, without start"]
        / rate,
    }


def run(command: Sequence[str], environment: dict[str, str] | None = None) -> Run:
    """Return time, memory and output of a command; end this one if it fails."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        env=os.environ | (environment or {}),
        text=True,
    )
    assert process.stdout is not None
    with process.stdout as output:
        first = output.readline()
        first_line_s = time.perf_counter() - begin
        rest = output.read()
    # wait4 tells the memory of this child and of the workers that it waited for.
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with code {process.returncode}")
    return Run(
        seconds=seconds,
        first_line_s=first_line_s,
        peak_mb=usage.ru_maxrss / 1024,
        output=first + rest,
    )


def write_texts(rows: Sequence[Row], path: Path, limit: int) -> int:
    """Write texts of about `limit` words in all as JSONL; return the exact number."""
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            if words >= limit:
                break
            words += len(row["text"].split())
            line = {"doc_id": row["doc_id"], "text": row["text"]}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return words


def short_text(rows: Sequence[Row]) -> str:
    """Return the beginning of the first long text, as many words as a short report."""
    text = next(r["text"] for r in rows if len(r["text"].split()) > SHORT_WORDS)
    end = 0
    for word in text.split()[:SHORT_WORDS]:
        end = text.index(word, end) + len(word)
    return str(text[:end])


def peer_python(folder: Path) -> Path | None:
    """Return the Python of the peer's environment; None and a word if there is none."""
    python = folder / "bin" / "python"
    if python.exists():
        return python
    print(f"{folder} is absent: spaCy NOT timed; --install-spacy makes it")
    return None


def install_spacy(folder: Path) -> None:
    """Make an environment of its own with spaCy in it."""
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", SPACY]
    subprocess.run(pip, check=True)


def report(figures: dict[str, float]) -> str:
    """Return the figures one a line."""
    width = max(map(len, figures))
    return "\n".join(
        f"{name.ljust(width)}  {value:9,.{0 if value >= 100 else 2}f}"
        for name, value in figures.items()
    )


def _options() -> argparse.Namespace:
    parser = parser_for(__doc__ or "")
    parser.add_argument("--words", type=int, default=60_000, help="size of the batch")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each, in turns")
    parser.add_argument(
        "--spacy-venv",
        type=Path,
        default=Path("build/spacy-venv"),
        help="environment of the peer (default: %(default)s)",
    )
    parser.add_argument(
        "--install-spacy", action="store_true", help="make that environment first"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
