"""The method on one page: what is done with a report, and in which order."""

from __future__ import annotations

from msgspec.structs import replace

from sayso.extract.counts import find_counts
from sayso.extract.events.find import find_events
from sayso.extract.links import find_links
from sayso.extract.outlet import find_flags
from sayso.extract.statements import find_statements
from sayso.kit import Kit
from sayso.reading.encoder import read_text
from sayso.record import Flag, Record, Report
from sayso.resolve.actors import resolve_actors
from sayso.resolve.authority import add_authority
from sayso.resolve.dates_saying import find_said_times
from sayso.resolve.places import find_places


def read_report(report: Report, kit: Kit) -> Record:
    """Return all that is found in a report; equal arguments give equal records.

    A report in a language that the kit does not read gives a record without claims.
    """
    if Flag.UNSUPPORTED_LANGUAGE in report.flags:
        return Record(report=report, kit=kit.fingerprint)
    reading = read_text(kit.model, report.text)
    statements = find_statements(report, reading, kit.lexicon)
    actors, statements = resolve_actors(report, reading, statements, kit.names)
    places = find_places(report, reading, kit.gazetteer, kit.ranker, kit.names)
    actors = add_authority(report, actors, places, kit.names)
    times, statements = find_said_times(report, reading, statements, kit.calendar)
    events = find_events(
        report,
        reading,
        statements,
        actors,
        places,
        times,
        find_counts(reading, kit.count_words),
        kit.event_words,
        kit.model.events,
    )
    return Record(
        report=_flagged(report, find_flags(statements)),
        actors=actors,
        places=places,
        times=times,
        statements=statements,
        events=events,
        links=find_links(report, reading, statements, actors, places, kit.tie_words),
        kit=kit.fingerprint,
    )


def _flagged(report: Report, flags: tuple[Flag, ...]) -> Report:
    return replace(report, flags=tuple(sorted({*report.flags, *flags})))
