"""Parts, places, times and counts of an act as rows of the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.extract.counts_mention import CountMention
from sayso.extract.events.dating import is_near
from sayso.extract.events.mentions import Mention
from sayso.extract.events.parts import Part
from sayso.extract.events.stage import Stage
from sayso.record.claims import (
    Count,
    Counted,
    EventPlace,
    EventTime,
    InstrumentClass,
    Participant,
    PlaceRole,
    Role,
)
from sayso.record.entities import Actor, Place, Time
from sayso.record.span import Span

# Kinds of act that lead from one place to another.
_MOVES = frozenset({"MOBILIZE", "RETREAT", "COERCE", "AID", "CONSULT"})
_TO = frozenset({"to", "into", "towards", "toward", "onto"})
_FROM = frozenset({"from"})
_HOLDING = {
    (Counted.DETAINED, "ASSAULT"): Counted.ABDUCTED,
    (Counted.ABDUCTED, "COERCE"): Counted.DETAINED,
}


def participants(
    stage: Stage, parts: Sequence[Part], actors: Sequence[Actor]
) -> tuple[Participant, ...]:
    """Return one row for each role and actor (or phrase), the surest span of each."""
    rows: dict[tuple[Role, str], Participant] = {}
    for part in sorted(parts, key=lambda p: (_is_pronoun(stage, p), -p.sure)):
        span = stage.span_of(part.phrase.tokens)
        actor = actor_at(span, stage.reading.tokens[part.phrase.head], actors)
        word = stage.reading.words[part.phrase.head].lower()
        key = (part.role, actor.id if actor else word)
        voice = stage.voices[part.voice].statement.id
        known = rows.get(key)
        rows[key] = Participant(
            role=part.role,
            span=known.span if known else span,
            actor=actor.id if actor and part.role is not Role.INSTRUMENT else None,
            class_=_class(stage, part) if part.role is Role.INSTRUMENT else None,
            statements=_with(known.statements if known else (), voice),
        )
    return tuple(sorted(rows.values(), key=lambda row: (row.span, row.role)))


def _is_pronoun(stage: Stage, part: Part) -> bool:
    return stage.reading.upos[part.phrase.head] == "PRON"


def _class(stage: Stage, part: Part) -> InstrumentClass:
    start, end = part.phrase.tokens
    words = [part.phrase.head, *range(end - 1, start - 1, -1)]
    for token in words:
        found = stage.words.instrument(stage.reading.words[token])
        if found is not None:
            return found
    return InstrumentClass.OTHER


def actor_at(span: Span, head: Span, actors: Sequence[Actor]) -> Actor | None:
    """Return the actor that a phrase names, by the mention that fits it best."""
    best: tuple[float, Actor] | None = None
    for actor in actors:
        for mention in actor.mentions:
            if mention.holds(head):
                shared = min(span.end, mention.end) - max(span.start, mention.start)
                whole = max(span.end, mention.end) - min(span.start, mention.start)
                if best is None or shared / whole > best[0]:
                    best = (shared / whole, actor)
    return best[1] if best and best[0] >= 0.3 else None


def place_rows(
    stage: Stage, mentions: Sequence[Mention], kind: str, places: Sequence[Place]
) -> tuple[EventPlace, ...]:
    """Return where an act is said to happen; empty where no voice tells."""
    rows: dict[tuple[str, PlaceRole], EventPlace] = {}
    for mention in mentions:
        for place in places:
            for span in place.mentions:
                token = stage.tokens_of(span)[1] - 1
                if not is_near(stage, mention, token):
                    continue
                role = _place_role(stage, kind, token)
                voice = stage.voices[stage.voice_numbers[mention.token]].statement.id
                known = rows.get((place.id, role))
                rows[place.id, role] = EventPlace(
                    place=place.id,
                    role=role,
                    statements=_with(known.statements if known else (), voice),
                )
    return tuple(sorted(rows.values(), key=lambda row: row.role is not PlaceRole.AT))


def time_rows(
    stage: Stage, mentions: Sequence[Mention], times: Sequence[Time]
) -> tuple[EventTime, ...]:
    """Return when an act is said to happen; durations and sets tell no when."""
    rows: dict[str, EventTime] = {}
    for mention in mentions:
        for time in times:
            if time.value is None:
                continue
            for span in time.mentions:
                if not is_near(stage, mention, stage.tokens_of(span)[1] - 1):
                    continue
                voice = stage.voices[stage.voice_numbers[mention.token]].statement.id
                known = rows.get(time.id)
                rows[time.id] = EventTime(
                    time=time.id,
                    statements=_with(known.statements if known else (), voice),
                )
    return tuple(rows.values())


def _place_role(stage: Stage, kind: str, token: int) -> PlaceRole:
    if kind not in _MOVES:
        return PlaceRole.AT
    words = {
        stage.reading.words[child].lower()
        for child in stage.children[token]
        if stage.reading.deprels[child] == "case"
    }
    if words & _FROM:
        return PlaceRole.FROM
    return PlaceRole.TO if words & _TO else PlaceRole.AT


def count_rows(
    stage: Stage,
    kind: str,
    counts: Iterable[tuple[CountMention, int]],
    actors: Sequence[Actor],
) -> tuple[Count, ...]:
    """Return the numbers of an act, one row for each voice that gives one.

    Equal numbers of two voices are two rows: each points at its own voice's words. The
    act tells who holds people: an assault abducts them, an arrest detains them.
    """
    rows: dict[tuple[object, ...], Count] = {}
    for count, voice in counts:
        what = _HOLDING.get((count.what, kind), count.what)
        key = (what, count.low, count.high, count.approximate, count.of, voice)
        if key in rows:
            continue
        actor = actor_at(count.span, stage.reading.tokens[count.head], actors)
        rows[key] = Count(
            what=what,
            low=count.low,
            high=count.high,
            approximate=count.approximate,
            span=count.span,
            of=count.of,
            of_actor=actor.id if actor else None,
            statements=(stage.voices[voice].statement.id,),
        )
    return tuple(rows.values())


def _with(ids: tuple[str, ...], other: str) -> tuple[str, ...]:
    return ids if other in ids else (*ids, other)
