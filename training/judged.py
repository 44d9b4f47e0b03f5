"""Statements, events and links of a report with their signs, and whether each is right.

What is right is told by `score_conflict.py`: a statement by cue, source and content, an
event by a mention and its type, a link by its kind and both ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any, NamedTuple

from evals.kits import report_of
from evals.sets import Row
from sayso.extract.chains import find_outer
from sayso.extract.counts import find_counts
from sayso.extract.events import sureness as event_sureness
from sayso.extract.events.find import Act, find_acts
from sayso.extract.events.stage import Stage, set_stage
from sayso.extract.links import gather_ties
from sayso.extract.links_sureness import signs as link_signs
from sayso.extract.scene import set_scene
from sayso.extract.statements import find_drafts
from sayso.extract.sureness import signs as statement_signs
from sayso.extract.tree import Tree
from sayso.kit import Kit
from sayso.pipeline import read_report
from sayso.reading.encoder import read_text
from sayso.reading.types import Reading
from sayso.record import Record, Report
from sayso.vocab.confidence import Judged


class Verdict(NamedTuple):
    """One row of a record: what its confidence is worked out from, and the truth."""

    judged: Judged
    signs: dict[str, float]
    is_right: bool
    has_cue: bool = True
    """Of a statement: whether at least its cue is right."""


class _Read(NamedTuple):
    """A report that was read, beside its gold."""

    gold: Row
    report: Report
    reading: Reading
    record: Record
    kit: Kit
    scorer: ModuleType


def judge(gold: Row, kit: Kit, scorer: ModuleType) -> Iterator[Verdict]:
    """Give a verdict on each statement with a cue, each event and each link."""
    report = report_of(gold)
    reading = read_text(kit.model, report.text)
    read = _Read(gold, report, reading, read_report(report, kit), kit, scorer)
    yield from _judge_statements(read)
    yield from _judge_events(read)
    yield from _judge_links(read)


def _judge_statements(read: _Read) -> Iterator[Verdict]:
    scene = set_scene(read.report.text, read.reading, read.kit.lexicon)
    drafts = find_drafts(read.report, scene)
    outer = find_outer(scene, drafts)
    signs = {
        draft.cue: statement_signs(scene, draft, nested=around is not None)
        for draft, around in zip(drafts, outer, strict=True)
    }
    same, overlap = read.scorer.same, read.scorer.overlap
    found = [s for s in read.record.statements if s.cue in signs]
    gold = list(read.gold["statements"].values())

    def weight(a: Row, b: Any) -> float:
        longer = max(1, a["cue"][1] - a["cue"][0], b.cue.end - b.cue.start)
        return float(overlap(a["cue"], b.cue) / longer)

    owner = {n: gold[g] for g, n in read.scorer.pair(gold, found, weight).items()}
    for number, statement in enumerate(found):
        true = owner.get(number)
        source = statement.source and list(statement.source)
        content = [list(span) for span in statement.content]
        is_right = true is not None and (
            same(true["source"], source) and same(true["content"], content)
        )
        yield Verdict(
            Judged.STATEMENT, signs[statement.cue], is_right, true is not None
        )


def _judge_events(read: _Read) -> Iterator[Verdict]:
    record, kit = read.record, read.kit
    stage = set_stage(read.report, read.reading, record.statements, kit.event_words)
    counts = find_counts(read.reading, kit.count_words)
    acts = find_acts(stage, counts, kit.model.events, record.actors, record.times)
    events = list(read.gold["events"].values())
    mentions = [[s for s in [e["trigger"], *e["also"]] if s] for e in events]

    def touching(number: int, act: Act) -> int:
        pairs = ((a, b) for a in mentions[number] for b in _spans(stage, act))
        return max((read.scorer.overlap(a, b) for a, b in pairs), default=0)

    found = read.scorer.pair(range(len(events)), acts, touching)
    owner = {act: number for number, act in found.items()}
    for n, act in enumerate(acts):
        signs = event_sureness.signs(act.mentions, act.kind, len(act.told), act.parts)
        is_right = n in owner and events[owner[n]]["type"] == act.kind
        yield Verdict(Judged.EVENT, signs, is_right)


def _spans(stage: Stage, act: Act) -> list[tuple[int, int]]:
    return [tuple(stage.reading.tokens[m.token]) for m in act.mentions]


def _judge_links(read: _Read) -> Iterator[Verdict]:
    record, actor_of = read.record, read.scorer.actor_of
    tree = Tree(read.reading)
    told = gather_ties(
        tree, record.statements, record.actors, record.places, read.kit.tie_words
    )
    theirs = {
        name: [mention for mention in end["mentions"] if mention]
        for table in ("actors", "places")
        for name, end in read.gold[table].items()
    }
    ours = {
        end.id: actor_of([list(span) for span in end.mentions], theirs)
        for end in (*record.actors, *record.places)
    }
    true = {(e["kind"], e["from"], e["to"]) for e in read.gold["links"].values()}
    for link in record.links:
        signs = link_signs(told[link.kind, link.from_, link.to])
        is_right = (link.kind, ours[link.from_], ours[link.to]) in true
        yield Verdict(Judged.LINK, signs, is_right)
