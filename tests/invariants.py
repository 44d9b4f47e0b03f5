"""What holds for every record, whatever the report."""

from __future__ import annotations

from itertools import chain

from sayso.record import Record


def assert_sound(record: Record) -> None:
    """Fail unless spans, ids, references and voices of the record are in order."""
    _assert_spans_quote_the_text(record)
    _assert_ids_are_unique(record)
    _assert_references_resolve(record)
    _assert_voices_are_in_order(record)


def _assert_spans_quote_the_text(record: Record) -> None:
    for span in record.spans():
        assert 0 <= span.start <= span.end <= len(record.report.text), span
    bodies = {comment.n: comment.text for comment in record.report.comments}
    for point in record.thread.talking_points:
        for place in point.comments:
            for span in place.spans:
                assert 0 <= span.start <= span.end <= len(bodies[place.n]), span


def _assert_ids_are_unique(record: Record) -> None:
    entities = (record.actors, record.places, record.times)
    claims = (record.statements, record.events, record.links)
    ids = [row.id for row in chain(*entities, *claims)]
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)


def _assert_references_resolve(record: Record) -> None:
    statements = {statement.id for statement in record.statements}
    actors = {actor.id for actor in record.actors}
    places = {place.id for place in record.places}
    times = {time.id for time in record.times}
    for statement in record.statements:
        assert {statement.speaker, *statement.about} - {None} <= actors
        assert {statement.within} - {None} <= statements
        assert set(statement.times) <= times
    for event in record.events:
        assert event.assertions, "an event cannot stand without a voice"
        assert {one.statement for one in event.assertions} <= statements
        assert {one.actor for one in event.participants} - {None} <= actors
        assert {one.place for one in event.places} <= places
        assert {one.time for one in event.times} <= times
    for link in record.links:
        assert link.assertions, "a link cannot stand without a voice"
        assert {one.statement for one in link.assertions} <= statements
        assert {link.from_, link.to} <= actors | places


def _assert_voices_are_in_order(record: Record) -> None:
    outlet = [statement for statement in record.statements if statement.is_outlet]
    assert len(outlet) <= 1, "the outlet has one voice a report"
    for statement in record.statements:
        assert 0 <= statement.confidence <= 1
        assert list(statement.content) == sorted(statement.content)
        record.chain(statement)  # raises if it goes round
