"""Dates of reports and comments, checked and in one form: EDTF (ISO 8601-2)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime

from sayso.errors import IntakeError

MEND = (
    "write it as ISO 8601 or EDTF, such as 2019-08-14, 2019-08, 2019-08-14T10:20:00Z "
    "or 2019-08-12/2019-08-14, or leave it out"
)

_MARK = "[?~%]?"  # EDTF: uncertain, approximate, both
_DAY = re.compile(
    rf"{_MARK}(?:Y-?\d{{5,}}|(?P<year>-?[\dX]{{4}})){_MARK}"
    rf"(?:-{_MARK}(?P<month>[\dX]{{2}}){_MARK}"
    rf"(?:-{_MARK}(?P<day>[\dX]{{2}}){_MARK})?)?"
)
_CLOCK = re.compile(
    r"T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::\d{2})?)?"
)
_SEASONS = range(21, 42)  # 21 spring … 24 winter, further divisions up to 41
_EPOCH_MILLISECONDS = 10**11  # as seconds this is the year 5138


def parse_published(value: str | int | float | None, *, where: str) -> str | None:
    """Return the date of publication as EDTF, or None if none is given.

    Args:
        value: As the caller gave it; a blank string counts as not given.
        where: File, line or option, for the message.

    Raises:
        IntakeError: This is no date.
    """
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    if (found := find_date(text)) is None:
        raise IntakeError(f"{where}: published {value!r} is not a date", mend=MEND)
    return found


def parse_time(value: str | int | float | None, *, where: str) -> str | None:
    """Return the time of a comment as ISO 8601; numbers are seconds since 1970.

    Raises:
        IntakeError: This is no time.
    """
    if isinstance(value, int | float):
        found = _from_epoch(value)
    else:
        text = (value or "").strip()
        if not text:
            return None
        found = find_date(text)
    if found is None:
        raise IntakeError(f"{where}: time {value!r} is not a date", mend=MEND)
    return found


def find_date(text: str) -> str | None:
    """Return the EDTF form of an EDTF or ISO 8601 string, None if it is neither."""
    if is_edtf(text):
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    has_clock = re.search(r"[T ]\d", text) is not None
    return moment.isoformat() if has_clock else moment.date().isoformat()


def find_page_date(text: str) -> str | None:
    """Return the EDTF form of a date as web pages write it in their metadata."""
    text = text.strip()
    # A year of its own, or a bare number, is mostly something else on a page.
    if len(text) < len("2019-08"):
        return None
    return find_date(text) or find_date(text.replace("/", "-")) or _from_mail(text)


def is_edtf(text: str) -> bool:
    """Tell whether `text` is a date, time, interval or set of EDTF."""
    if text[:1] + text[-1:] in ("[]", "{}"):
        parts = re.split(r"\.\.|,", text[1:-1])
        return any(parts) and all(not part or _is_moment(part) for part in parts)
    start, slash, end = text.partition("/")
    if not slash:
        return _is_moment(start)
    open_ends = ("", "..")
    return (start not in open_ends or end not in open_ends) and all(
        part in open_ends or _is_moment(part) for part in (start, end)
    )


def _is_moment(text: str) -> bool:
    match = _DAY.match(text)
    if match is None:
        return False
    rest = text[match.end() :]
    if rest and not (match["day"] and _CLOCK.fullmatch(rest)):
        return False
    return _is_in_calendar(match["year"], match["month"], match["day"])


def _is_in_calendar(year: str | None, month: str | None, day: str | None) -> bool:
    if month is None or "X" in month:
        return True
    number = int(month)
    if number in _SEASONS:
        return day is None
    if not 1 <= number <= 12:
        return False
    if day is None or "X" in day:
        return True
    # 2000 stands in for years that are unknown: it has a 29 February.
    known = int(year) if year and year.isdigit() and int(year) else 2000
    return 1 <= int(day) <= monthrange(known, number)[1]


def _from_epoch(value: float) -> str | None:
    seconds = value / 1000 if abs(value) >= _EPOCH_MILLISECONDS else value
    try:
        moment = datetime.fromtimestamp(seconds, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.isoformat().replace("+00:00", "Z")


def _from_mail(text: str) -> str | None:
    from email.utils import parsedate_to_datetime  # late: rare, and slow to import

    try:
        return parsedate_to_datetime(text).isoformat()
    except ValueError:
        return None
