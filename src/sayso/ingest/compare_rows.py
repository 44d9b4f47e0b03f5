"""Rows that coders corrected and added, compared; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from sayso.record import Judgement, Verdict

ROWS = ("statements", "events", "links")
"""Lists of a record that a row can be added to."""
_VERDICTS = (Verdict.CONFIRM, Verdict.CORRECT, Verdict.REJECT)
_Place = tuple[str, str | None, str | None]
"""Report, row and field."""


class CodingScore(msgspec.Struct, frozen=True, kw_only=True):
    """How far two coders agree on what they corrected and added."""

    fields: int
    """Fields of rows that both have corrected."""
    equal: int
    """Of these, with equal values."""
    first_added: int
    second_added: int
    both_added: int
    """Rows of one kind in one report whose anchors meet, each counted once."""


class MachineScore(msgspec.Struct, frozen=True, kw_only=True):
    """What a coder made of the machine's rows."""

    coder: str
    confirmed: int
    corrected: int
    rejected: int
    added: int
    """Rows that the machine missed."""

    @property
    def is_any(self) -> bool:
        """Tell whether the coder has judged or added any row."""
        return bool(self.confirmed or self.corrected or self.rejected or self.added)


def score_coding(
    judgements: Sequence[Judgement], first: str, second: str
) -> CodingScore:
    """Return how far two coders agree on fields they corrected and rows they added."""
    ours, theirs = _corrected(judgements, first), _corrected(judgements, second)
    shared = ours.keys() & theirs.keys()
    mine, its = _added(judgements, first), _added(judgements, second)
    return CodingScore(
        fields=len(shared),
        equal=sum(ours[place] == theirs[place] for place in shared),
        first_added=len(mine),
        second_added=len(its),
        both_added=_match(mine, its),
    )


def score_machine(judgements: Iterable[Judgement], coder: str) -> MachineScore:
    """Return how many rows of the machine a coder took, corrected, refused, missed."""
    rows: dict[tuple[str, str | None], Verdict] = {}
    added = 0
    for one in judgements:
        if one.coder != coder:
            continue
        added += _is_row(one)
        if one.verdict in _VERDICTS:
            rows[one.report, one.target] = one.verdict
    counts = Counter(rows.values())
    return MachineScore(
        coder=coder,
        confirmed=counts[Verdict.CONFIRM],
        corrected=counts[Verdict.CORRECT],
        rejected=counts[Verdict.REJECT],
        added=added,
    )


def _corrected(judgements: Iterable[Judgement], coder: str) -> Mapping[_Place, bytes]:
    return {
        (one.report, one.target, one.field): msgspec.json.encode(one.value)
        for one in judgements
        if one.coder == coder and one.verdict is Verdict.CORRECT
    }


def _added(judgements: Iterable[Judgement], coder: str) -> list[Judgement]:
    return [one for one in judgements if one.coder == coder and _is_row(one)]


def _is_row(one: Judgement) -> bool:
    return bool(one.verdict is Verdict.ADD and one.report and one.field in ROWS)


def _match(ours: Iterable[Judgement], theirs: Sequence[Judgement]) -> int:
    left = list(theirs)
    both = 0
    for one in ours:
        same = next((other for other in left if _meet(one, other)), None)
        if same is not None:
            left.remove(same)
            both += 1
    return both


def _meet(one: Judgement, other: Judgement) -> bool:
    if (one.report, one.field) != (other.report, other.field):
        return False
    return any(span.meets(at) for span in one.anchor.spans for at in other.anchor.spans)
