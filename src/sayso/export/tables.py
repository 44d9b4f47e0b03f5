"""The tables that records are laid out in: one row a thing, one file a table.

Each row begins with the id of its report, so that tables join on `report` and an id.
What a row quotes is its `text`, with `start` and `end` in code points of the report's
text. Several ids in one cell are joined by blanks, several names by "; ".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from sayso.export.cells import Column, Row, columns
from sayso.export.table_rows import claims, entities, reports, threads
from sayso.record import Judgement, Record


class Table(msgspec.Struct, frozen=True):
    """A table: its name, its columns and how a record fills it."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Record], Iterator[Row]]
    key: int = 2
    """How many columns, from the first, tell a row from all others."""


_SPAN = "start:integer end:integer text"
_MADE = "confidence:real made_by"

TABLES = (
    Table(
        "reports",
        columns(
            "report key keys url outlet title byline published language supersedes text"
            " flags schema:integer kit sayso model lexicons ontology gazetteer"
            " background"
        ),
        reports.reports,
        key=1,
    ),
    Table("sections", columns(f"report n:integer kind {_SPAN}"), reports.sections),
    Table(
        "comments",
        columns("report n:integer author time reply_to:integer text"),
        reports.comments,
    ),
    Table(
        "statements",
        columns(
            "report statement is_outlet:boolean speaker speaker_name"
            " source_start:integer source_end:integer source"
            " cue_start:integer cue_end:integer cue"
            " content within quote stance negated:boolean speech:boolean"
            " hearsay:boolean basis channel"
            " addressee_start:integer addressee_end:integer addressee"
            f" times about {_MADE}"
        ),
        claims.statements,
    ),
    Table(
        "contents",
        columns(f"report statement n:integer {_SPAN}"),
        claims.contents,
        key=3,
    ),
    Table(
        "events",
        columns(f"report event type mode generic:boolean status {_SPAN} {_MADE}"),
        claims.events,
    ),
    Table(
        "event_mentions",
        columns(f"report event n:integer {_SPAN}"),
        claims.event_mentions,
        key=3,
    ),
    Table(
        "participants",
        columns(
            f"report event n:integer role actor actor_name class {_SPAN} statements"
        ),
        claims.participants,
        key=3,
    ),
    Table(
        "event_places",
        columns("report event n:integer role place place_name statements"),
        claims.event_places,
        key=3,
    ),
    Table(
        "event_times",
        columns("report event n:integer time value statements"),
        claims.event_times,
        key=3,
    ),
    Table(
        "counts",
        columns(
            "report event n:integer what low:integer high:integer approximate:boolean"
            f" of of_actor of_actor_name {_SPAN} statements"
        ),
        claims.counts,
        key=3,
    ),
    Table(
        "assertions",
        columns(
            "report claim n:integer claim_kind statement voice is_outlet:boolean status"
            f" {_SPAN}"
        ),
        claims.assertions,
        key=3,
    ),
    Table(
        "links",
        columns(f"report link kind from from_name to to_name {_SPAN} {_MADE}"),
        claims.links,
    ),
    Table(
        "actors",
        columns(
            "report actor name aliases kind country sector authority public:boolean"
            f" {_MADE}"
        ),
        entities.actors,
    ),
    Table(
        "places",
        columns(
            "report place name gazetteer_id lat:real lon:real country admin1 precision"
            f" radius_km:real {_MADE}"
        ),
        entities.places,
    ),
    Table(
        "place_candidates",
        columns("report place n:integer gazetteer_id name score:real"),
        entities.place_candidates,
        key=3,
    ),
    Table(
        "times",
        columns(
            "report time value timex_type timex_value earliest latest precision"
            " anchor_kind anchor_time anchor_start:integer anchor_end:integer anchor"
            f" rule {_MADE}"
        ),
        entities.times,
    ),
    Table(
        "mentions",
        columns(f"report row n:integer row_kind {_SPAN}"),
        entities.mentions,
        key=3,
    ),
    Table(
        "talking_points",
        columns(
            "report point:integer phrase comments:integer authors:integer"
            " in_article:boolean expected:real p:real q:real"
        ),
        threads.talking_points,
    ),
    Table(
        "talking_point_spans",
        columns(f"report point:integer n:integer comment:integer {_SPAN}"),
        threads.talking_point_spans,
        key=3,
    ),
    Table(
        "copies",
        columns(
            f"report copies:integer n:integer comment:integer similarity:real {_SPAN}"
        ),
        threads.copies,
        key=3,
    ),
    Table(
        "bursts",
        columns(
            "report burst:integer comments:integer from to expected:real p:real q:real"
        ),
        threads.bursts,
    ),
    Table(
        "burst_comments",
        columns("report burst:integer comment:integer"),
        threads.burst_comments,
        key=3,
    ),
)
JUDGEMENTS = columns(
    "report judgement target field verdict value tags coder time note quote spans kit"
)


def judgement_row(one: Judgement) -> Row:
    """Return a judgement as a row of `JUDGEMENTS`; value and spans as JSON."""
    return (
        one.report,
        one.id,
        one.target,
        one.field,
        one.verdict.value,
        None if one.value is None else msgspec.json.encode(one.value).decode(),
        "; ".join(one.tags),
        one.coder,
        one.time,
        one.note,
        one.anchor.quote,
        msgspec.json.encode(one.anchor.spans).decode(),
        one.kit,
    )


def all_rows(
    records: Iterable[Record], judgements: Iterable[Judgement]
) -> Iterator[tuple[str, Row]]:
    """Give every row with the name of its table, record by record."""
    for record in records:
        for table in TABLES:
            for row in table.rows(record):
                yield table.name, row
    for judgement in judgements:
        yield "judgements", judgement_row(judgement)
