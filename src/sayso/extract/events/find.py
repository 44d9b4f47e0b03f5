"""Events of one report: acts with type, status a voice, parts, counts, place, time."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sayso.extract.counts_mention import CountMention
from sayso.extract.events.counting import attach_counts
from sayso.extract.events.effects import drop_effects
from sayso.extract.events.features import TYPES
from sayso.extract.events.joining import join_mentions
from sayso.extract.events.judge import Judge
from sayso.extract.events.mentions import Mention
from sayso.extract.events.parts import Part, find_parts
from sayso.extract.events.rows import (
    actor_at,
    count_rows,
    participants,
    place_rows,
    time_rows,
)
from sayso.extract.events.stage import OUTLET, Stage, set_stage
from sayso.extract.events.sureness import sureness
from sayso.extract.events.telling import Cast, Telling, find_implied, find_named
from sayso.extract.events.triggers import find_mentions
from sayso.reading.types import Reading
from sayso.record.claims import Assertion, Event, Role, Statement, Status
from sayso.record.entities import Actor, Place, Time
from sayso.record.ids import make_id
from sayso.record.overall import overall_status
from sayso.record.report import Report, SectionKind
from sayso.record.span import Span
from sayso.vocab.event_words import EventWords

MADE_BY = "model:trigger"


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """An event in the making."""

    mentions: tuple[Mention, ...]
    """The main one first."""
    kind: str
    mode: str | None
    told: dict[int, Telling]
    """By number of the voice."""
    parts: tuple[Part, ...]
    counts: tuple[tuple[CountMention, int], ...]
    """With the number of the voice that gives each."""


def find_events(
    report: Report,
    reading: Reading,
    statements: Sequence[Statement],
    actors: Sequence[Actor],
    places: Sequence[Place],
    times: Sequence[Time],
    counts: Sequence[CountMention],
    words: EventWords,
    judge: Judge,
) -> tuple[Event, ...]:
    """Return the events of a report by their triggers, each with a voice at least.

    Args:
        report: The report.
        reading: Its Reading.
        statements: With the outlet's own voice among them.
        actors: Who may take part.
        places: Where acts may happen.
        times: When.
        counts: Numbers of people whom something befell.
        words: Words that hint at acts.
        judge: The event heads.
    """
    stage = set_stage(report, reading, statements, words)
    acts = find_acts(stage, counts, judge, actors, times)
    events = [_event(stage, act, actors, places, times) for act in acts]
    return tuple(sorted(events, key=lambda event: event.trigger))


def find_acts(
    stage: Stage,
    counts: Sequence[CountMention],
    judge: Judge,
    actors: Sequence[Actor],
    times: Sequence[Time] = (),
) -> list[Act]:
    """Return the acts that at least one voice speaks of."""
    mentions = find_mentions(stage, judge)
    joined = join_mentions(stage, mentions, judge, times)
    groups = drop_effects(stage, joined, counts, _kind)
    kinds = [_kind(group) for group in groups]
    named = find_named(stage, groups, judge)
    parts = find_parts(stage, groups, judge)
    counted = attach_counts(stage, groups, kinds, named, counts)
    casts = [
        _cast(stage, part, count, actors)
        for part, count in zip(parts, counted, strict=True)
    ]
    implied = find_implied(stage, groups, casts, judge)
    told = [a | b for a, b in zip(implied, named, strict=True)]
    acts = []
    for number, group in enumerate(groups):
        voices = _with_counting(stage, told[number], counted[number])
        if not voices:
            continue
        main = max(group, key=lambda m: (not stage.headline[m.token], _sure(m)))
        others = [m for m in group if m is not main]
        acts.append(
            Act(
                mentions=(main, *others),
                kind=kinds[number],
                mode=_mode(group, kinds[number]),
                told=voices,
                parts=tuple(parts[number]),
                counts=tuple(counted[number]),
            )
        )
    return acts


def _cast(
    stage: Stage,
    parts: Sequence[Part],
    counts: Sequence[tuple[CountMention, int]],
    actors: Sequence[Actor],
) -> Cast:
    doers: set[str] = set()
    others: set[str] = set()
    for part in parts:
        span = stage.span_of(part.phrase.tokens)
        actor = actor_at(span, stage.reading.tokens[part.phrase.head], actors)
        if actor is not None and part.role is not Role.INSTRUMENT:
            (doers if part.role is Role.ACTOR else others).add(actor.id)
    counting = frozenset(voice for _, voice in counts)
    return Cast(frozenset(doers), frozenset(others), counting)


def _sure(mention: Mention) -> float:
    return 1 - float(mention.types[0])


def _kind(group: Sequence[Mention]) -> str:
    summed = sum(m.types[1:] for m in group)
    return TYPES[int(summed.argmax())]  # type: ignore[union-attr] # a group is not empty


def _mode(group: Sequence[Mention], kind: str) -> str | None:
    fitting = [m for m in group if m.kind == kind and m.mode]
    return max(fitting, key=_sure).mode if fitting else None


def _with_counting(
    stage: Stage,
    told: dict[int, Telling],
    counts: Sequence[tuple[CountMention, int]],
) -> dict[int, Telling]:
    """Return the tellings with those of voices that only count what the act did."""
    whole = dict(told)
    for count, voice in counts:
        if voice not in whole:
            whole[voice] = Telling(Status.HAPPENED, count.confidence, count.head)
    return whole


def _event(
    stage: Stage,
    act: Act,
    actors: Sequence[Actor],
    places: Sequence[Place],
    times: Sequence[Time],
) -> Event:
    spans = [_span(stage, mention.token) for mention in act.mentions]
    assertions = tuple(_assertion(stage, act, v) for v in sorted(act.told))
    return Event(
        id=make_id("e", stage.report.id, "event", (spans[0],)),
        trigger=spans[0],
        also=tuple(sorted(spans[1:])),
        type=act.kind,
        mode=act.mode,
        generic=sum(m.generic for m in act.mentions) > len(act.mentions) / 2,
        participants=participants(stage, act.parts, actors),
        places=place_rows(stage, act.mentions, act.kind, places),
        times=time_rows(stage, act.mentions, times),
        counts=count_rows(stage, act.kind, act.counts, actors),
        assertions=assertions,
        status=overall_status(
            assertions,
            stage.voices[OUTLET].statement.id,
            stage.report.sections_of(SectionKind.HEADLINE),
        ),
        confidence=sureness(act.mentions, act.kind, len(act.told), act.parts),
        made_by=MADE_BY,
    )


def _assertion(stage: Stage, act: Act, number: int) -> Assertion:
    telling = act.told[number]
    voice = stage.voices[number]
    if telling.token is not None:
        span = _span(stage, telling.token)
    else:
        span = voice.statement.content[0]
    return Assertion(statement=voice.statement.id, status=telling.status, span=span)


def _span(stage: Stage, token: int) -> Span:
    """Return a word with the particle that belongs to it: "carried out"."""
    end = token
    while end + 1 < len(stage.reading.tokens) and (
        stage.reading.deprels[end + 1] == "compound:prt"
        and stage.reading.heads[end + 1] == token
    ):
        end += 1
    return stage.span_of((token, end + 1))
