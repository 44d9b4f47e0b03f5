"""Types of what sayso reads and finds; the contract of its JSON.

Every field that comes from text carries a `Span` into `Report.text` (findings on a
thread: into a comment's text). All types are frozen and hold tuples.
"""

from __future__ import annotations

from sayso.record.claims import (
    Assertion,
    Basis,
    Channel,
    Count,
    Counted,
    Event,
    EventPlace,
    EventTime,
    InstrumentClass,
    Link,
    LinkKind,
    OverallStatus,
    Participant,
    PlaceRole,
    QuoteKind,
    Role,
    Stance,
    Statement,
    Status,
)
from sayso.record.codec import from_json, json_schema, to_json
from sayso.record.entities import (
    Actor,
    ActorKind,
    Anchor,
    AnchorKind,
    Place,
    PlaceCandidate,
    PlacePrecision,
    Time,
    TimePrecision,
    Timex,
    TimexType,
)
from sayso.record.ids import make_id, report_id, statement_id
from sayso.record.judgement import Judgement, QuoteAnchor, Verdict
from sayso.record.record import SCHEMA, Fingerprint, Record
from sayso.record.report import Comment, Flag, Report, Section, SectionKind
from sayso.record.span import Span
from sayso.record.story import (
    Contradiction,
    OriginEdge,
    OriginKind,
    Origins,
    Side,
    Story,
)
from sayso.record.thread import Burst, CommentSpans, Copies, TalkingPoint, Thread

__all__ = [
    "SCHEMA",
    "Actor",
    "ActorKind",
    "Anchor",
    "AnchorKind",
    "Assertion",
    "Basis",
    "Burst",
    "Channel",
    "Comment",
    "CommentSpans",
    "Contradiction",
    "Copies",
    "Count",
    "Counted",
    "Event",
    "EventPlace",
    "EventTime",
    "Fingerprint",
    "Flag",
    "InstrumentClass",
    "Judgement",
    "Link",
    "LinkKind",
    "OriginEdge",
    "OriginKind",
    "Origins",
    "OverallStatus",
    "Participant",
    "Place",
    "PlaceCandidate",
    "PlacePrecision",
    "PlaceRole",
    "QuoteAnchor",
    "QuoteKind",
    "Record",
    "Report",
    "Role",
    "Section",
    "SectionKind",
    "Side",
    "Span",
    "Stance",
    "Statement",
    "Status",
    "Story",
    "TalkingPoint",
    "Thread",
    "Time",
    "TimePrecision",
    "Timex",
    "TimexType",
    "Verdict",
    "from_json",
    "json_schema",
    "make_id",
    "report_id",
    "statement_id",
    "to_json",
]
