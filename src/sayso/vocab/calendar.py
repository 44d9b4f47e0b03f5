"""Words of the calendar: months, days, units, numbers, zones and named days.

The lists say what a word stands for; `sayso.resolve.dates_forms` how words combine.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from sayso.errors import VocabError

_VALUES = {
    "month": r"[1-9]|1[0-2]",
    "weekday": "[1-7]",
    "decade": "[2-9]0",
    "season": "SP|SU|FA|WI",
    "daypart": "MO|AF|EV|NI|DT",
    "moment": r"\d\d:\d\d",
    "unit": "TS|TM|TH|D|W|2W|WE|M|Q|Y|DE|CE",
    "number": r"\d+",
    "ordinal": r"\d+",
    "set": r"PT?\d+[HDWMQY]|XXXX-WXX-WE",
    "reference": "PRESENT_REF|PAST_REF|FUTURE_REF",
    "zone": r"Z|[+-]\d\d(:\d\d)?",
}
"""What a value of each kind looks like."""
_DAY_RULE = re.compile(
    r"\d\d-\d\d"  # the same day every year
    r"|\d\d -?[1-5] [1-7]( \+\d)?"  # month, n-th (-1: last), weekday, days after it
    r"|(easter|orthodox|passover) -?\d+"  # days from a feast that moves
    r"|diwali -?\d+"  # days from Diwali
    r"|hijri \d\d-\d\d( \d\d)?"  # month and day of the Islamic year, length in days
)


class Calendar(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """What the words of the calendar stand for, by lower-case word."""

    words: dict[str, dict[str, str]]
    """Value by word, by kind; the kinds are told in `data/time/CARD.md`."""
    holidays: dict[str, str]
    """Rule of each named day."""

    def value(self, kind: str, word: str) -> str | None:
        """Return what a word stands for as one of a kind, singular or plural."""
        lower, known = word.lower().rstrip("."), self.words[kind]
        if lower in known or not lower.endswith("s"):
            return known.get(lower)
        return known.get(lower[:-3] + "y" if lower.endswith("ies") else lower[:-1])


@cache
def load_calendar(source: Path | None = None) -> Calendar:
    """Return the lists of a folder, checked in full; without one, the shipped ones.

    Raises:
        VocabError: A file is missing, or a line has the wrong shape, an unknown value
            or the wrong place.
    """
    folder = source or files("sayso") / "data" / "time"
    words: dict[str, dict[str, str]] = {kind: {} for kind in _VALUES}
    for where, (kind, word, value) in _rows(folder / "words.tsv", 3):
        if kind not in words:
            raise VocabError(
                f"{where}: kind {kind!r} is unknown (has: {', '.join(words)})",
                mend="use one of the known kinds",
            )
        _check(where, value, re.compile(_VALUES[kind]))
        words[kind][word] = value
    holidays: dict[str, str] = {}
    for where, (name, rule) in _rows(folder / "holidays.tsv", 2):
        _check(where, rule, _DAY_RULE)
        holidays[name] = rule
    return Calendar(words=words, holidays=holidays)


def _check(where: str, value: str, form: re.Pattern[str]) -> None:
    if not form.fullmatch(value):
        raise VocabError(
            f"{where}: {value!r} is no value for this line",
            mend="write it in one of the forms that data/time/CARD.md tells",
        )


def _rows(path: Traversable, width: int) -> list[tuple[str, list[str]]]:
    """Return place and cells of each line; keys are all cells but the last."""
    rows: list[tuple[str, list[str]]] = []
    last: list[str] = []
    for number, line in enumerate(_text_of(path).splitlines(), 1):
        if line.startswith("#") or not line:
            continue
        cells, where = line.split("\t"), f"{path.name}:{number}"
        if len(cells) != width:
            raise VocabError(
                f"{where}: {len(cells)} columns, {width} expected",
                mend="separate the columns by one tab each",
            )
        if cells[:-1] <= last:
            raise VocabError(
                f"{where}: {cells[:-1]} after {last}",
                mend="sort the lines and drop doubles",
            )
        last = cells[:-1]
        rows.append((where, cells))
    return rows


def _text_of(path: Traversable) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise VocabError(
            f"no list {path.name}",
            mend="install the package again, or name a folder that holds all lists",
        ) from error
