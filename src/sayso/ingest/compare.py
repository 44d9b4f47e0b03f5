"""CODINGS <-> PROJECT: what others have coded, kept as judgements, and compared."""

from __future__ import annotations

import hashlib
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from sayso.ingest.agreement import (
    SpanScore,
    alpha,
    distance_of_numbers,
    kappa,
    score_spans,
)
from sayso.ingest.codings import CodedEvent, CodedText
from sayso.ingest.compare_rows import (
    CodingScore,
    MachineScore,
    score_coding,
    score_machine,
)
from sayso.record import (
    ActorKind,
    Counted,
    Judgement,
    QuoteAnchor,
    Record,
    Span,
    Verdict,
)
from sayso.store.base import Store
from sayso.store.judgements import with_id

MACHINE = "machine"
"""The name of the coder that sayso itself is."""
SPANS, EVENTS = "spans", "events"
NEAR_KM, NEAR_DAYS = 50.0, 1
"""How far apart two codings of one event may lie."""
_WORD = re.compile(r"\w+")
_EARTH_KM = 6371.0
_ON_ROWS = (Verdict.CONFIRM, Verdict.REJECT, Verdict.CORRECT)


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What an import has done."""

    new: int
    known: int
    unmatched: int
    """Texts that are of no report of the project."""


class EventScore(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement of two coders on events: those near in time and place are one."""

    first: int
    second: int
    both: int
    f1: float | None
    deaths_equal: int
    """Of those that both have, where the ranges of deaths meet."""
    deaths_alpha: float | None
    """Krippendorff's alpha of the best numbers."""


class RowScore(msgspec.Struct, frozen=True, kw_only=True):
    """Agreement of two coders on rows of the machine that both have judged."""

    rows: int
    raw: float | None
    kappa: float | None
    alpha: float | None


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """How far two coders agree on all that both have coded."""

    rows: RowScore
    reports: int
    """With spans of both."""
    spans: Mapping[str, SpanScore]
    """By label."""
    events: EventScore
    coding: CodingScore
    machine: tuple[MachineScore, ...]
    """What the coder made of the machine's rows, if that is the other one."""


def keep_texts(
    texts: Iterable[CodedText], store: Store, *, coder: str, time: str
) -> Imported:
    """Keep coded spans as judgements on the reports that have the same text."""
    reports: dict[str, list[Record]] = defaultdict(list)
    for record in store.records():
        reports[_digest(record.report.text)].append(record)
    unmatched = 0
    found: list[Judgement] = []
    for text in texts:
        records = reports.get(_digest(text.text), [])
        unmatched += not records
        for record in records:
            found += _on_spans(record, text, coder, time)
    return _keep(found, store, coder, unmatched)


def _on_spans(
    record: Record, text: CodedText, coder: str, time: str
) -> Iterator[Judgement]:
    # The first tells that the whole text was coded, also where nothing was found.
    yield _added(record, (), SPANS, None, coder, time)
    for one in text.spans:
        yield _added(record, (one.span,), SPANS, {"label": one.label}, coder, time)


def keep_events(
    events: Iterable[CodedEvent], store: Store, *, coder: str, time: str
) -> Imported:
    """Keep coded events as judgements on the project, as they name no report of it."""
    found = [
        _added(None, (), EVENTS, msgspec.to_builtins(one), coder, time)
        for one in events
    ]
    return _keep(found, store, coder, 0)


def _added(
    record: Record | None,
    spans: tuple[Span, ...],
    field: str,
    value: object,
    coder: str,
    time: str,
) -> Judgement:
    quote = record.text_of(*spans) if record else ""
    return with_id(
        report=record.report.id if record else "",
        target=None,
        anchor=QuoteAnchor(spans=spans, quote=quote),
        kit=record.kit.digest() if record else "",
        field=field,
        verdict=Verdict.ADD,
        value=value,
        coder=coder,
        time=time,
    )


def _keep(found: list[Judgement], store: Store, coder: str, unmatched: int) -> Imported:
    known = {_same(one) for one in store.judgements() if one.coder == coder}
    new = {_same(one): one for one in found if _same(one) not in known}
    store.judge(new.values())
    return Imported(new=len(new), known=len(found) - len(new), unmatched=unmatched)


def _same(one: Judgement) -> bytes:
    return msgspec.json.encode([one.report, one.field, one.anchor, one.value])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def compare(store: Store, first: str, second: str) -> Comparison:
    """Return how far two coders agree; `machine` is one of them if asked for."""
    judgements = store.judgements()
    told = {coder: _spans_of(judgements, coder) for coder in (first, second)}
    records: list[Record] = []
    if {first, second} & {MACHINE} or (told[first] and told[second]):
        records = list(store.records())
    if MACHINE in told:
        told[MACHINE] = {one.report.id: machine_spans(one) for one in records}
    shared = [
        one for one in records if all(one.report.id in told[c] for c in (first, second))
    ]
    events = {coder: _events_of(judgements, coder) for coder in (first, second)}
    for coder in events:
        if coder == MACHINE:
            events[coder] = [
                one for record in records for one in machine_events(record)
            ]
    return Comparison(
        rows=_rows(judgements, first, second),
        reports=len(shared),
        spans=_score(shared, told[first], told[second], {first, second} & {MACHINE}),
        events=score_events(events[first], events[second]),
        coding=score_coding(judgements, first, second),
        machine=tuple(
            score_machine(judgements, coder)
            for coder in (first, second)
            if coder != MACHINE and MACHINE in told
        ),
    )


Labelled = Mapping[str, set[Span]]


def _spans_of(judgements: Iterable[Judgement], coder: str) -> dict[str, Labelled]:
    found: dict[str, dict[str, set[Span]]] = {}
    for one in judgements:
        if one.coder == coder and one.verdict is Verdict.ADD and one.field == SPANS:
            labels = found.setdefault(one.report, defaultdict(set))
            if one.value:
                labels[one.value["label"]].update(one.anchor.spans)
    return dict(found)


def _score(
    records: Iterable[Record],
    first: Mapping[str, Labelled],
    second: Mapping[str, Labelled],
    machine: set[str],
) -> dict[str, SpanScore]:
    shared = [
        (_words(one), first[one.report.id], second[one.report.id]) for one in records
    ]
    # The machine has labels that no coder was asked for: only shared ones count then.
    sides = [{label for _, *both in shared for label in both[side]} for side in (0, 1)]
    labels = sides[0] & sides[1] if machine else sides[0] | sides[1]
    return {
        label: score_spans(
            (words, set(ours.get(label, ())), set(theirs.get(label, ())))
            for words, ours, theirs in shared
        )
        for label in sorted(labels)
    }


def _words(record: Record) -> list[Span]:
    return [Span(*match.span()) for match in _WORD.finditer(record.report.text)]


def machine_spans(record: Record) -> dict[str, set[Span]]:
    """Return the spans of a record by the labels that they can be compared under."""
    sayings = [one for one in record.statements if not one.is_outlet]
    found = {
        "source": {one.source for one in sayings if one.source},
        "cue": {one.cue for one in sayings if one.cue},
        "content": {span for one in sayings for span in one.content},
        "place": {span for one in record.places for span in one.mentions},
        "time": {span for one in record.times for span in one.mentions},
        "event": {span for one in record.events for span in (one.trigger, *one.also)},
    }
    for kind in ActorKind:
        found[kind.value] = {
            span for one in record.actors if one.kind is kind for span in one.mentions
        }
    return found


def _events_of(judgements: Iterable[Judgement], coder: str) -> list[CodedEvent]:
    return [
        msgspec.convert(one.value, CodedEvent)
        for one in judgements
        if one.coder == coder and one.verdict is Verdict.ADD and one.field == EVENTS
        if not one.report  # else it is a row of this report that somebody added
    ]


def machine_events(record: Record) -> Iterator[CodedEvent]:
    """Give the events of a record that have a day and a point on the map."""
    places = {one.id: one for one in record.places}
    times = {one.id: one for one in record.times}
    for event in record.events:
        place = next((places[one.place] for one in event.places), None)
        time = next((times[one.time] for one in event.times), None)
        if not (place and time and time.earliest and time.latest):
            continue
        if place.lat is None or place.lon is None or event.generic:
            continue
        killed = [one for one in event.counts if one.what is Counted.KILLED]
        lows = [one.low or 0 for one in killed] or [0]
        highs = [one.high or one.low or 0 for one in killed] or [0]
        yield CodedEvent(
            id=event.id,
            first_day=time.earliest[:10],
            last_day=time.latest[:10],
            country=place.country or "",
            lat=place.lat,
            lon=place.lon,
            low=min(lows),
            best=highs[0],
            high=max(highs),
        )


def score_events(
    first: Iterable[CodedEvent], second: Iterable[CodedEvent]
) -> EventScore:
    """Return the agreement on events; each is matched with the nearest, once."""
    ours, theirs = list(first), list(second)
    belts: dict[int, list[int]] = defaultdict(list)
    for other, its in enumerate(theirs):
        for belt in (-1, 0, 1):  # of one degree, 111 km
            belts[math.floor(its.lat) + belt].append(other)
    near = sorted(
        (distance, one, other)
        for one, mine in enumerate(ours)
        for other in belts[math.floor(mine.lat)]
        if _days(mine, theirs[other]) <= NEAR_DAYS
        and (distance := _kilometres(mine, theirs[other])) <= NEAR_KM
    )
    mine_taken: set[int] = set()
    its_taken: set[int] = set()
    both = []
    for _, one, other in near:
        if one not in mine_taken and other not in its_taken:
            mine_taken.add(one)
            its_taken.add(other)
            both.append((ours[one], theirs[other]))
    total = len(ours) + len(theirs)
    return EventScore(
        first=len(ours),
        second=len(theirs),
        both=len(both),
        f1=2 * len(both) / total if total else None,
        deaths_equal=sum(a.low <= b.high and b.low <= a.high for a, b in both),
        deaths_alpha=alpha([(a.best, b.best) for a, b in both], distance_of_numbers),
    )


def _days(one: CodedEvent, other: CodedEvent) -> int:
    """Return the days between two events; 0 if they may be of one day."""
    later = max(_day(one.first_day), _day(other.first_day))
    earlier = min(_day(one.last_day), _day(other.last_day))
    return max((later - earlier).days, 0)


def _day(told: str) -> date:
    return date.fromisoformat(told)


def _kilometres(one: CodedEvent, other: CodedEvent) -> float:
    a, b = math.radians(one.lat), math.radians(other.lat)
    east = math.radians(other.lon - one.lon)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(east / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))


def _rows(judgements: Iterable[Judgement], first: str, second: str) -> RowScore:
    told: dict[tuple[str, str | None], dict[str, str]] = defaultdict(dict)
    for one in judgements:
        is_whole = one.verdict is Verdict.CORRECT or one.field is None
        if one.coder in (first, second) and one.verdict in _ON_ROWS and is_whole:
            told[one.report, one.target][one.coder] = one.verdict.value
    pairs = [(by[first], by[second]) for by in told.values() if len(by) == 2]
    return RowScore(
        rows=len(pairs),
        raw=sum(a == b for a, b in pairs) / len(pairs) if pairs else None,
        kappa=kappa(pairs),
        alpha=alpha(pairs),
    )
