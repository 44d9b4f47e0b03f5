"""When something was said: the times that hang on a statement's cue."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from sayso.reading.types import Reading
from sayso.record import Span, Statement, Time, TimexType

_MAX_CLIMB = 8  # words between a time and its verb along the parse
_OWN_CLAUSE = {"VERB", "AUX"}
_CALENDAR = {TimexType.DATE, TimexType.TIME}


def join_times(
    statements: Sequence[Statement], times: Sequence[Time], reading: Reading
) -> tuple[Statement, ...]:
    """Return the statements with the times of their saying, in text order.

    A time belongs to the cue that it hangs on in the parse: "said on Monday". Times
    within the source, the addressee or the content tell something else.
    """
    mentions = sorted(
        (mention, time.id)
        for time in times
        if time.timex.type in _CALENDAR and time.value is not None
        for mention in time.mentions
    )
    governed = [(_governors(reading, span), span, name) for span, name in mentions]
    return tuple(
        replace(one, times=_times_of(one, one.cue, governed, reading))
        if one.cue is not None
        else one
        for one in statements
    )


def _times_of(
    statement: Statement,
    cue: Span,
    governed: Sequence[tuple[tuple[int, ...], Span, str]],
    reading: Reading,
) -> tuple[str, ...]:
    taken = [*statement.content, statement.source, statement.addressee]
    told = (
        name
        for governors, span, name in governed
        if any(cue.meets(reading.tokens[verb]) for verb in governors)
        and not any(other is not None and other.meets(span) for other in taken)
    )
    return tuple(dict.fromkeys(told))


def _governors(reading: Reading, span: Span) -> tuple[int, ...]:
    """Return the words above a time in the parse, up to its verb."""
    number = bisect_left(reading.tokens, span.start, key=lambda token: token.end - 1)
    above: list[int] = []
    for _ in range(_MAX_CLIMB):
        if not 0 <= number < len(reading.tokens):
            break
        if not span.meets(reading.tokens[number]):
            above.append(number)
            if reading.upos[number] in _OWN_CLAUSE:
                break
        number = reading.heads[number]
    return tuple(above)
