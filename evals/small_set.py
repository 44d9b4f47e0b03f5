"""The gate's own invented reports, and a small score that needs no outside scorer."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.kits import report_of
from sayso.kit import Kit
from sayso.pipeline import read_report
from sayso.record import Record
from sayso.record.claims import Statement

SMALL_SET = Path(__file__).with_name("gate_set.toml")
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class GoldStatement:
    """One annotated statement of a small report."""

    source: Spans
    cue: tuple[int, int]
    content: Spans
    stance: str
    within: int | None
    """Place of the outer statement in its report, from 0."""


@dataclass(frozen=True, kw_only=True)
class GoldReport:
    """One invented report with its statements."""

    doc_id: str
    text: str
    statements: tuple[GoldStatement, ...]


def load_small_set(path: Path = SMALL_SET) -> list[GoldReport]:
    """Return the reports of the file.

    Raises:
        ValueError: A quote does not stand in the text as often as it says.
    """
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["report"]
    return [
        _report(row["doc_id"], row["text"].strip(), row["statements"]) for row in rows
    ]


def _report(doc_id: str, text: str, rows: list[dict[str, object]]) -> GoldReport:
    statements = tuple(
        GoldStatement(
            source=tuple(find_quote(text, str(q)) for q in [row.get("source")] if q),
            cue=find_quote(text, str(row["cue"])),
            content=tuple(find_quote(text, str(q)) for q in _list(row["content"])),
            stance=str(row["stance"]),
            within=int(str(row["within"])) - 1 if "within" in row else None,
        )
        for row in rows
    )
    return GoldReport(doc_id=doc_id, text=text, statements=statements)


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def find_quote(text: str, quote: str) -> tuple[int, int]:
    """Return where `quote` stands in the text as whole words; "@n" is the n-th time.

    Raises:
        ValueError: It is not there, or there more than once without an "@n".
    """
    words, _, number = quote.partition("@")
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if not found or (len(found) > 1 and not number) or int(number or 1) > len(found):
        raise ValueError(f"{quote!r} stands {len(found)} times in {text[:40]!r}")
    return found[int(number or 1) - 1]


def measure_small_set(reports: Sequence[GoldReport], kit: Kit) -> dict[str, float]:
    """Return statement F1, cue F1, and chain and stance accuracy of what was found."""
    pairs = [
        (gold, read_report(report_of({"doc_id": gold.doc_id, "text": gold.text}), kit))
        for gold in reports
    ]
    return score_small_set(pairs)


def score_small_set(pairs: Sequence[tuple[GoldReport, Record]]) -> dict[str, float]:
    """Return the figures of Records against their gold, as shares of 1.

    Cues match when they share a character; source and content when the Jaccard overlap
    of their characters is at least .5, or both are absent.
    """
    wanted = found = matched = full = chains = stances = 0
    for gold, record in pairs:
        guesses = [s for s in record.statements if s.cue is not None]
        partners = _pair_by_cue(gold, guesses)
        wanted += len(gold.statements)
        found += len(guesses)
        matched += len(partners)
        for i, guess in partners.items():
            statement = gold.statements[i]
            sources = (guess.source,) if guess.source else ()
            same_source = _alike(statement.source, sources)
            full += same_source and _alike(statement.content, guess.content)
            outer = None if statement.within is None else partners.get(statement.within)
            chains += guess.within == (outer and outer.id)
            stances += guess.stance == statement.stance
    return {
        "statement F1": _f1(full, wanted, found),
        "cue F1": _f1(matched, wanted, found),
        "chain.all": chains / matched if matched else 0.0,
        "stance accuracy": stances / matched if matched else 0.0,
    }


def _pair_by_cue(
    gold: GoldReport, guesses: Sequence[Statement]
) -> dict[int, Statement]:
    """Return for places of gold statements the first free guess that shares the cue."""
    free = list(guesses)
    partners = {}
    for i, statement in enumerate(gold.statements):
        for guess in free:
            if guess.cue is not None and _share((statement.cue,), (guess.cue,)):
                partners[i] = guess
                free.remove(guess)
                break
    return partners


def _f1(right: int, wanted: int, found: int) -> float:
    return 2 * right / (wanted + found) if wanted + found else 0.0


def _characters(spans: Sequence[tuple[int, int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def _share(a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]]) -> bool:
    return bool(_characters(a) & _characters(b))


def _alike(a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]]) -> bool:
    x, y = _characters(a), _characters(b)
    return not x | y or len(x & y) / len(x | y) >= 0.5
