"""Statements of a Record as PolNeAR would have annotated them.

The Record leaves marks and conjunctions outside its spans (docs/statements.md); PolNeAR
takes them in. Counted over its training part: an opening quotation mark is inside the
content in 4,497 of 4,522 cases, a closing one in 5,594 of 5,609, a leading "that" in
2,398 of 2,428; a full stop or comma without a quotation mark is outside in 98 of 100;
a comma that closes an apposition belongs to the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sayso.record.claims import Statement
from sayso.record.record import Record

Fragment = tuple[int, int]
Relation = dict[str, object]
"""id, source, cue, content: the form of the attribution scorer."""

_BEFORE = re.compile(
    r"(?:\bthat\s+)?(?:[\"“„«‘]|``|'')?(?:\bthat\s+)?\Z", re.IGNORECASE
)
_AFTER = re.compile(r"[\])]?[,.?!;:…—-]{0,3} ?(?:''|[\"”»’])")
_GAP = re.compile(r"[^\w]*\Z")
_OPEN_MARKS = ('"', "“", "„", "«", "‘", "``", "''")


def to_polnear(record: Record) -> list[Relation]:
    """Return the outermost statements with a cue, each joint saying once."""
    text = record.report.text
    outermost = [s for s in record.statements if s.cue is not None and s.within is None]
    return [_relation(text, group) for group in _group_joint(outermost)]


def _group_joint(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Group statements that share their cue and content: one saying by two sources."""
    groups: dict[object, list[Statement]] = {}
    for statement in statements:
        groups.setdefault((statement.cue, statement.content), []).append(statement)
    return list(groups.values())


def _relation(text: str, group: Sequence[Statement]) -> Relation:
    first = group[0]
    sources = sorted({s.source for s in group if s.source is not None})
    whole = [(sources[0].start, sources[-1].end)] if sources else []
    assert first.cue is not None
    return {
        "id": first.id,
        "source": [list(widen_source(text, fragment)) for fragment in whole],
        "cue": [[first.cue.start, first.cue.end]],
        "content": [list(fragment) for fragment in widen_content(text, first.content)],
    }


def widen_content(text: str, fragments: Sequence[Fragment]) -> list[Fragment]:
    """Return content fragments with their marks and "that", joined where they meet."""
    widened: list[Fragment] = []
    for start, end in fragments:
        start = _widen_start(text, start)
        end = _widen_end(text, start, end)
        if widened and _GAP.match(text[widened[-1][1] : start]):
            widened[-1] = (widened[-1][0], max(end, widened[-1][1]))
        else:
            widened.append((start, end))
    return widened


def widen_source(text: str, fragment: Fragment) -> Fragment:
    """Return a source with the comma that closes its apposition."""
    start, end = fragment
    if "," in text[start:end] and text[end : end + 1] == ",":
        return start, end + 1
    return fragment


def _widen_start(text: str, start: int) -> int:
    before = _BEFORE.search(text, max(0, start - 12), start)
    return before.start() if before else start


def _widen_end(text: str, start: int, end: int) -> int:
    """Return the end behind a closing mark, if a mark is open at `end`."""
    after = _AFTER.match(text, end)
    if after is None:
        return end
    if after[0][-1] == "’" and not text.startswith("‘", start):
        return end
    inside = text[start:end]
    straight = inside.count('"')
    is_open = (
        inside.rfind("“") > inside.rfind("”")
        or inside.rfind("«") > inside.rfind("»")
        or straight % 2 == 1
        or inside.startswith(_OPEN_MARKS)
    )
    return after.end() if is_open else end
