"""How a text is searched for the forms of `dates_forms`.

Words of the calendar come from the lists, so that a pattern stays short. To be fast,
patterns are tried only within runs of words that can be part of a time expression.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

import msgspec

from sayso.resolve.dates_forms import FORMS, PARTS
from sayso.vocab.calendar import Calendar

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_MAX_GAP = 4  # characters between two words of one expression: ". ", " ( "
_HARD_WRAP = re.compile(r"(?<=[^\n]{60})\n(?=[^\n])")
"""Where a date goes on in the next line; shorter lines are headings and lists."""
_HOLE = r"\{([a-z]\w*)\}"
_SPREAD = 12  # characters behind a run that may tell that it is no date
_LINKS = frozenset(
    """
    a about ad additional after afternoon again age ago am an and another any
    approximately around as at b back bc bce before beginning between bloody brutal
    business by c calendar ce clock close coming comparable consecutive corresponding
    couple current d dozen dozens during each earlier early end ended ending entire eve
    evening every extra few final first fiscal following for fourth from full further fy
    half hand hour hours hrs hundred hundreds in intraday just last late later latest
    latter least less little local long lunar m many mid middle moment more most much nd
    nearly next night now o of oh old on once only or other over overnight p part past
    per period pm preceding previous previously prior quarter rd recent remainder rest s
    same scores second several since single solid some st start straight subsequent
    successive t ten th than that the then these third this those thousand thousands
    through till time times to today tomorrow tonight trading twice until upcoming whole
    within working year years yesterday
    """.split()  # noqa: SIM905  a list of two hundred strings would fill pages
)
_TRIGGERS = [
    "q",
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "overnight",
    "clock",
    "nineteen",
]


class Found(msgspec.Struct, frozen=True):
    """Words that have the form of a time expression."""

    rule: str
    start: int
    end: int
    parts: dict[str, str]
    """The named parts that the form found."""


class _Grammar(msgspec.Struct, frozen=True):
    words: dict[str, bool]
    years: dict[str, str]
    """Digits of years told in words, "nineteen ninety-six"."""
    forms: tuple[tuple[str, re.Pattern[str]], ...]


def find_forms(text: str, calendar: Calendar) -> Iterator[Found]:
    """Yield what looks like a time expression, in text order, without overlap."""
    grammar, done = _grammar(calendar), 0
    text = _HARD_WRAP.sub(" ", text)
    for starts, end in _runs(text, grammar.words):
        for start in starts:
            if start >= done and (found := _longest(text, start, end, grammar)):
                done = found.end
                yield found


def _longest(text: str, start: int, end: int, grammar: _Grammar) -> Found | None:
    best: re.Match[str] | None = None
    name = ""
    for rule, form in grammar.forms:
        match = form.match(text, start, end)
        if match and match.end() > (best.end() if best else start):
            best, name = match, rule
    if best is None:
        return None
    parts = {key: value for key, value in best.groupdict().items() if value}
    for year in {"year", "year2"} & parts.keys():
        parts[year] = grammar.years.get(_squeeze(parts[year]), parts[year])
    return Found(name, start, best.end(), parts)


def _runs(text: str, words: dict[str, bool]) -> Iterator[tuple[list[int], int]]:
    """Yield the starts of words that may begin an expression, and where they end."""
    starts: list[int] = []
    end, telling = 0, False
    for match in _TOKEN.finditer(text):
        word = match.group()
        known = word.isdigit() or words.get(word.lower())
        start = match.start()
        if starts and (known is None or start - end > _MAX_GAP):
            if telling:
                yield starts, _edge(text, end)
            starts, telling = [], False
        if known is not None:
            quoted = start > 0 and text[start - 1] in "'’" and word.isdigit()
            starts.append(start - 1 if quoted else start)
            end, telling = match.end(), telling or known
    if telling:
        yield starts, _edge(text, end)


def _edge(text: str, end: int) -> int:
    """Return where patterns may look up to: the next word tells what is no date."""
    return min(len(text), end + _SPREAD)


@lru_cache(maxsize=4)
def _grammar(calendar: Calendar) -> _Grammar:
    """Return words and patterns for a calendar; the cache goes by its identity."""
    words = dict.fromkeys(_LINKS, False)
    for kind, listed in calendar.words.items():
        for phrase in listed:
            telling = kind not in ("number", "ordinal", "zone")
            for word in _TOKEN.findall(phrase):
                words[word] = words.get(word, False) or (telling and " " not in phrase)
            if kind in ("unit", "daypart", "season", "weekday") and " " not in phrase:
                words[_plural(phrase)] = True
            if " " in phrase:
                words[phrase.split(" ")[-1].split("-")[-1]] = True
    for name in calendar.holidays:
        for word in _TOKEN.findall(name):
            words.setdefault(word, False)
        words[_TOKEN.findall(name)[0]] = True
    words |= dict.fromkeys(_TRIGGERS, True)
    parts = _parts(calendar)
    forms = tuple(
        (name, re.compile(r"(?<![\w$€£])(?:" + _fill(form, parts) + r")(?![^\W\d_])"))
        for name, form in FORMS
    )
    return _Grammar(words, _spoken_years(calendar), forms)


def _spoken_years(calendar: Calendar) -> dict[str, str]:
    """Return the years of the last and this century by their words, squeezed."""
    numbers = calendar.words["number"]
    ones = {word: int(value) for word, value in numbers.items() if len(value) == 1}
    teens = {word: int(value) for word, value in numbers.items() if value[0] == "1"}
    tens = {word: int(value) for word, value in numbers.items() if value in _TENS}
    rest = {word: value for word, value in teens.items() if 10 <= value < 20} | tens
    rest |= {ten + one: tens[ten] + ones[one] for ten in tens for one in ones}
    rest |= {"oh" + one: value for one, value in ones.items()}
    years = {f"nineteen{words}": str(1900 + value) for words, value in rest.items()}
    years |= {f"twenty{word}": str(2000 + value) for word, value in teens.items()}
    for link in ("", "and"):
        small = ones | {word: value for word, value in teens.items() if value < 20}
        years |= {f"twothousand{link}{w}": str(2000 + n) for w, n in small.items()}
    return years | {"nineteenhundred": "1900", "twothousand": "2000"}


def _squeeze(words: str) -> str:
    return re.sub(r"[\s-]", "", words).lower()


def _parts(calendar: Calendar) -> dict[str, str]:
    told = calendar.words
    numbers = _any(told["number"])
    tens = _any([w for w, v in told["number"].items() if v in _TENS])
    ones = _any([w for w, v in told["number"].items() if len(v) == 1])
    teens = _any([w for w, v in told["number"].items() if 10 <= int(v) < 20])
    number = (
        r"\d+ ?[½¼¾]|\d+ [13]/[24]|\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|"
        rf"(?:{tens})[- ](?:{ones})|(?:{numbers})(?: hundred| thousand)?"
    )
    units = [*told["unit"], *map(_plural, told["unit"])]
    count = (
        rf"{number}|[Aa]nother|[Aa]n?(?: single)?|single|[Ss]everal|[Ss]ome|"
        rf"(?:[Aa] )?few|"
        rf"[Mm]any|(?:[Aa] )?couple(?: of)?|[Hh]alf an?|[Mm]any more|"
        rf"(?:[Hh]undreds|[Tt]housands|[Dd]ozens|[Ss]cores|[Tt]ens) of"
    )
    return PARTS | {
        "month": _any(told["month"], name=True),
        "weekday": _any(told["weekday"], name=True),
        "season": _any(told["season"]),
        "season_only": _any(["summer", "winter", "autumn"]),
        "ordinal": _any(told["ordinal"]),
        "spoken": rf"nineteen (?:hundred|(?:oh[- ])?(?:{ones})|(?:{teens})|(?:{tens})"
        rf"(?:[- ](?:{ones}))?)|twenty[- ](?:{teens})"
        rf"|two thousand(?:(?: and)? (?:{ones}|{teens}))(?! \w+s\b)"
        r"|(?<=year )two thousand",
        "tens": _any(told["decade"]),
        "weekdays": "|".join(
            word.title() for word in told["weekday"] if word.endswith("day")
        ),
        "daypart": _any(told["daypart"]),
        "moment": _any(told["moment"]),
        "told": _any([w for w, v in told["number"].items() if int(v) <= 12]),
        "unit": _any(units),
        "units": _any(
            [
                "minutes",
                "hours",
                "days",
                "weeks",
                "months",
                "years",
                "decades",
                "centuries",
            ]
        ),
        "period": "day|week|weekend|month|quarter|year|decade|century|fiscal year",
        "number": number,
        "count": count,
        "set": _any(told["set"]),
        "zones": "|".join(zone.upper() for zone in sorted(told["zone"], reverse=True)),
        "holiday": _any(calendar.holidays),
        "reference": _any(told["reference"]),
    }


_TENS = tuple(str(ten) for ten in range(20, 100, 10))


def _fill(form: str, parts: Mapping[str, str]) -> str:
    """Return a pattern with the parts named in braces put in, and theirs in turn."""
    while re.search(_HOLE, form):
        form = re.sub(_HOLE, lambda hole: parts[hole[1]], form)
    return form


def _any(words: Collection[str], *, name: bool = False) -> str:
    """Return a pattern for any of the words; names need their capital."""
    listed = [
        re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))
    ]
    if not name:
        return f"(?i:{'|'.join(listed)})"
    short = {w for w in words if any(o != w and o.startswith(w) for o in words)}
    # "Jan" before a capital is likelier a name than a month, "Jan." is not.
    end = r"\b(?:\.|(?! [A-Z]))"
    dot = [word.title() + (end if word in short else "") for word in listed]
    return "|".join([*dot, *(word.upper() for word in listed)])


def _plural(word: str) -> str:
    return word[:-1] + "ies" if word.endswith("ry") else word + "s"
