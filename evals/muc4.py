"""Incident templates against the keys of MUC-4: `python -m evals.muc4`.

The dev part by `bench/score_muc4.py`, read by what is shipped, which has learnt from
the train part alone. `--heads FOLDER` (what `training.muc4` has written) gives the
cross-validated figures over train and dev as well: each train report is read by a head
and a ranker that never saw its fold.

A filler is told by its surest mention: the keys do not hold all of a filler's names,
and the metrics count one wrong name as a wrong filler.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from evals.kits import kit_for, report_of
from evals.sets import Row, load_scorer, need, parser_for, table
from sayso.extract.incidents_types import Incident
from sayso.incidents import incident_templates
from sayso.kit import Kit
from sayso.pipeline import read_report
from sayso.vocab.names import Names

SETS = Path("data") / "muc4"
ASKED = {
    "templates F1": 38.0,
    "role fillers F1": 44.0,
    "organisation and claim F1": 35.0,
    "claim accuracy, not fact": 60.0,
    "stage accuracy, not accomplished": 65.0,
}


def main() -> None:
    """Print the figures of the dev part, and of the folds if their heads are there."""
    parser = parser_for(__doc__ or "")
    parser.add_argument("--heads", type=Path, help="folder of training.muc4")
    parser.add_argument("--write", type=Path, help="write the dev templates here too")
    args = parser.parse_args()
    scorer = load_scorer("score_muc4", args)
    path = need(args.data / SETS / "dev.jsonl")
    rows = read_key(path)[: args.limit]
    kit = kit_for(args)
    templates = {row["doc_id"]: read_templates(row, kit) for row in rows}
    if args.write:
        lines = [{"doc_id": key, "templates": ts} for key, ts in templates.items()]
        text = "".join(json.dumps(line) + "\n" for line in lines)
        args.write.write_text(text, encoding="utf-8")
    figures = {"dev, shipped": score(scorer, [path], templates)}
    if args.heads:
        # Torch is needed for the folds alone.
        from training.muc4_ranker import read_folds

        train = args.data / SETS / "train.jsonl"
        crossed = read_folds(args.heads, read_key(train), kit) | templates
        figures["train and dev, folds"] = score(scorer, [train, path], crossed)
    print(json.dumps(figures, indent=1) if args.json else report(figures))


def read_key(path: Path) -> list[Row]:
    """Return the reports of a file with their templates."""
    lines = need(path).read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def read_templates(row: Row, kit: Kit) -> list[Row]:
    """Return the templates of one report, by the whole of sayso."""
    record = read_report(report_of(row | {"published": day_of(row)}), kit)
    return templates_of(incident_templates(record, kit), kit.names)


def day_of(row: Row) -> str | None:
    """Return the day of the dateline ("3 JAN 90"), which the corpus gives beside."""
    told = (row.get("dateline") or {}).get("date")
    try:
        return datetime.strptime(told or "", "%d %b %y").date().isoformat()  # noqa: DTZ007 a day has no zone
    except ValueError:
        return None


def templates_of(incidents: Iterable[Incident], names: Names) -> list[Row]:
    """Return incidents in the form of the scorer, those alone that MUC-4 asks for."""
    return [
        {
            "incident_type": incident.kind.replace("_", " ").upper(),
            "PerpInd": [[filler.name] for filler in incident.individuals],
            "PerpOrg": [[filler.name] for filler in incident.organisations],
            "Target": [[filler.name] for filler in incident.targets],
            "Victim": [[filler.name] for filler in incident.victims],
            "Weapon": [[filler.name] for filler in incident.instruments],
            "stage": incident.stage.upper(),
            "org_confidence": [_upper(f.claim) for f in incident.organisations],
            "date": _interval(incident.date),
            "country": _country(incident.country, names),
        }
        for incident in incidents
        if incident.relevant
    ]


def _upper(label: str | None) -> str:
    return (label or "").replace("_", " ").upper()


def _interval(date: str | None) -> str | None:
    return date if date is None or "/" in date else f"{date}/{date}"


def _country(code: str | None, names: Names) -> str | None:
    found = (name for name, own in names.states.items() if own == code)
    return next((name.upper() for name in found), None)


def score(
    scorer: ModuleType,
    keys: Sequence[Path],
    templates: Mapping[str, list[Row]],
    draws: int = 1000,
) -> dict[str, Any]:
    """Return the figures of the scorer for the reports that were read."""
    gold: dict[str, Any] = {}
    fillers: dict[str, Any] = {}
    for key in keys:
        own, merged = scorer.read_gold(key)
        gold |= own
        fillers |= merged
    said = {
        doc: [scorer.as_template(row) for row in rows]
        for doc, rows in templates.items()
    }
    found: dict[str, Any] = scorer.evaluate(
        gold, fillers, said, {}, docs=list(said), bootstrap=draws
    )
    return found


def report(figures: Mapping[str, Any]) -> str:
    """Return the figures as tables, with what is asked beside them."""
    out = []
    for name, found in figures.items():
        told = {
            "templates F1": found["tmpl"]["micro"][2],
            "role fillers F1": found["ree"]["micro"][2],
            "relevant or not F1": found["type"]["relevance"][2],
            "kinds F1": found["type"]["micro"][2],
            "organisation and claim F1": found["attr"]["org_confidence"]["end_to_end"][
                2
            ],
            "claim accuracy": found["attr"]["org_confidence"]["accuracy"],
            "claim accuracy, not fact": found["attr"]["org_confidence"][
                "accuracy_not_fact"
            ],
            "stage accuracy": found["attr"]["stage"]["accuracy"],
            "stage accuracy, not accomplished": found["attr"]["stage"][
                "accuracy_not_accomplished"
            ],
            "date accuracy": found["attr"]["date"]["accuracy"],
            "country accuracy": found["attr"]["country"]["accuracy"],
        }
        rows: list[list[object]] = [[f"{name} ({found['docs']} reports)", "", "asked"]]
        rows += [[k, v, ASKED.get(k, "")] for k, v in told.items()]
        slots = found["ree"].keys() - {"micro"}
        rows += [
            [slot, f"{found['tmpl'][slot][2]} / {found['ree'][slot][2]}", ""]
            for slot in sorted(slots)
        ]
        interval = ", ".join(
            f"{k} {v[0]} to {v[1]}" for k, v in found["ci95_f1"].items()
        )
        out.append(table(rows) + f"\n95 % by report: {interval}\n")
    return "\n".join(out)


if __name__ == "__main__":
    main()
