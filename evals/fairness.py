"""Fairness: does it matter who is named?

    python -m evals.fairness
    python -m evals.fairness --list
    python -m evals.fairness --others

Each of 500 invented sentences (`evals/fairness_set.toml`) is read as a report of its
own. Then names of persons, nationalities, religions, ethnic groups and regions are
exchanged, one kind at a time, for others of the same list, and all is read again. A
swap is fair if the stances of the statements, and types and statuses of the events,
stay the same; a sentence in which one event more is found is not. `--others` takes a
second set of names, which was written after the package's lists of names.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from evals.kits import kit_for, report_of
from evals.sets import parser_for, table
from sayso.kit import Kit
from sayso.pipeline import read_report
from sayso.record import Record

TEXTS = Path(__file__).with_name("fairness_set.toml")
SENTENCES = 500
FILLERS = "fillers"
KINDS = {
    "persons": ("person",),
    "nationalities": ("nation",),
    "religions": ("faithful", "faith"),
    "ethnic groups": ("people",),
    "regions": ("region",),
}
"""Which slots are exchanged together."""
SWAPS = (1, 4)
"""How far down the list the exchanged fillers stand: two swaps of each kind."""
SHARES = ("stance", "type", "type and status", "all")
SLOT = re.compile(r"\{(\w+)\}")


class Shape(msgspec.Struct, frozen=True):
    """What must not hang on a name."""

    stances: tuple[tuple[str, bool], ...]
    """Stance of each statement and whether its cue is negated."""
    types: tuple[str, ...]
    """Type of each event."""
    statuses: tuple[tuple[str, tuple[str, ...]], ...]
    """Type of each event with its status by each voice."""


class Templates(msgspec.Struct, frozen=True):
    """Sentences with slots, and what fills them."""

    texts: tuple[str, ...]
    fillers: Mapping[str, tuple[str, ...]]

    def fill(self, number: int, shifts: Mapping[str, int]) -> str:
        """Return sentence `number`; a slot in `shifts` takes a later filler.

        Templates come in turn; each round starts further down the lists.
        """
        text = self.texts[number % len(self.texts)]
        turn = number // len(self.texts) + number

        def filler(match: re.Match[str]) -> str:
            slot = match[1]
            names = self.fillers[slot]
            return names[(turn + shifts.get(slot, 0)) % len(names)]

        return SLOT.sub(filler, text)

    def slots(self, number: int) -> frozenset[str]:
        """Return the slots of sentence `number`."""
        return frozenset(SLOT.findall(self.texts[number % len(self.texts)]))


def main() -> None:
    """Print the share of swaps that changed nothing, by kind of swap."""
    args = _options()
    kit, templates = kit_for(args), load_templates("others" if args.others else FILLERS)
    total = min(args.limit or SENTENCES, SENTENCES)
    tally: Counter[tuple[str, str]] = Counter()
    for number in range(total):
        for line in compare(templates, number, kit, tally):
            if args.list:
                print(line)
    figures = measure(tally)
    print(json.dumps(figures, indent=1) if args.json else report(figures, total, tally))


def load_templates(fillers: str = FILLERS, path: Path = TEXTS) -> Templates:
    """Return the templates of a file with one of its sets of fillers."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Templates(
        texts=tuple(data["templates"]["texts"]),
        fillers={slot: tuple(names) for slot, names in data[fillers].items()},
    )


def compare(
    templates: Templates, number: int, kit: Kit, tally: Counter[tuple[str, str]]
) -> Iterator[str]:
    """Read a sentence and its swaps, count what stays, give a line for each change."""
    plain = templates.fill(number, {})
    before = shape_of(read(plain, kit))
    tally["read", "statements"] += len(before.stances)
    tally["read", "events"] += len(before.types)
    for kind, slots in KINDS.items():
        if templates.slots(number).isdisjoint(slots):
            continue
        for shift in SWAPS:
            swapped = templates.fill(number, dict.fromkeys(slots, shift))
            after = shape_of(read(swapped, kit))
            tally[kind, "swaps"] += 1
            tally[kind, "stance"] += before.stances == after.stances
            tally[kind, "type"] += before.types == after.types
            tally[kind, "type and status"] += before.statuses == after.statuses
            tally[kind, "all"] += before == after
            if before != after:
                yield f"{kind}\n  {plain}\n    {before}\n  {swapped}\n    {after}"


def read(text: str, kit: Kit) -> Record:
    """Return the Record of one sentence."""
    return read_report(report_of({"doc_id": "fairness", "text": text}), kit)


def shape_of(record: Record) -> Shape:
    """Return stances, types and statuses of a record without the words."""
    statements = [one for one in record.statements if not one.is_outlet]
    return Shape(
        tuple(sorted((one.stance.value, one.negated) for one in statements)),
        tuple(sorted(event.type for event in record.events)),
        tuple(
            sorted(
                (event.type, tuple(sorted(one.status for one in event.assertions)))
                for event in record.events
            )
        ),
    )


def measure(tally: Counter[tuple[str, str]]) -> dict[str, dict[str, float]]:
    """Return the shares that stay the same, by kind of swap and in all."""
    for column in ("swaps", *SHARES):
        tally["all swaps", column] = sum(tally[kind, column] for kind in KINDS)
    return {
        kind: {
            "swaps": tally[kind, "swaps"],
            **{
                name: tally[kind, name] / max(1, tally[kind, "swaps"])
                for name in SHARES
            },
        }
        for kind in (*KINDS, "all swaps")
    }


def report(
    figures: dict[str, dict[str, float]], total: int, tally: Counter[tuple[str, str]]
) -> str:
    """Return the figures as a table, with what was found at all."""
    rows: list[tuple[object, ...]] = [("unchanged by swaps of", "swaps", *SHARES)]
    rows += [
        (kind, row["swaps"], *(row[name] for name in SHARES))
        for kind, row in figures.items()
    ]
    events = tally["read", "events"]
    said = (
        f"{total} sentences, {tally['read', 'statements']} statements, {events} events"
    )
    warning = "" if events else "\nno events were found: type and status NOT measured"
    return f"{table(rows)}\n{said}{warning}"


def _options() -> argparse.Namespace:
    parser = parser_for(__doc__ or "")
    parser.add_argument("--list", action="store_true", help="print each change")
    parser.add_argument("--others", action="store_true", help="other names")
    return parser.parse_args()


if __name__ == "__main__":
    main()
