"""The forms that time expressions take: patterns, and how a text is searched for them.

A pattern finds words and names their parts; what they mean is for `dates_rules`. Words
of the calendar come from the lists, so that a pattern stays short. To be fast, patterns
are tried only within runs of words that can be part of a time expression.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

import msgspec

from sayso.vocab.calendar import Calendar

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_MAX_GAP = 4  # characters between two words of one expression: ". ", " ( "
_HOLE = r"\{([a-z]\w*)\}"
_SPREAD = 12  # characters behind a run that may tell that it is no date
_LINKS = frozenset(
    """
    a about ad additional after afternoon again age ago am an and another any
    approximately around as at b back bc bce before beginning between business by c
    calendar ce clock close coming consecutive couple d dozen during each earlier
    early end entire every extra few final first fiscal following for fourth from
    full further fy half hand hour hours hrs in intraday just last late later latter
    least less little long lunar m many mid middle moment more most much nd nearly
    next night now o of old on once only or other over overnight p part past per
    period pm preceding previous previously prior quarter rd recent remainder rest s
    same second several since single solid some st start straight subsequent
    successive t ten th that the then these third this those through till time times
    to today tomorrow tonight trading twice until upcoming whole within working year
    years yesterday
    """.split()  # noqa: SIM905  a list of two hundred strings would fill pages
)
_TRIGGERS = ["today", "yesterday", "tomorrow", "tonight", "overnight", "clock"]

_FORMS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<iso>\d{4}-\d\d-\d\d)(?:[T ]{clock24})?(?![-\d])"),
    (
        "numeric",
        r"(?P<n1>\d\d?)(?P<sep>[/.-])(?P<n2>\d\d?)(?P=sep)(?P<n3>\d{4}|\d\d)(?![-/\d])",
    ),
    (
        "day_range",
        r"(?:(?P<between>[Bb]etween) )?(?:the )?(?P<day>{dd}){th}"
        r"(?: and | to |–| – |-)(?:the )?(?P<day2>{dd}){th} (?:of )?(?P<month>{month})"
        r"(?:(?: of)? ?,? ?(?P<year>{yyyy}))?",
    ),
    (
        "day_range",
        r"(?:(?P<between>[Bb]etween) )?(?P<month>{month}) (?P<day>{dd}){th}"
        r"(?: and | to |–| – |-)(?P<day2>{dd}){th}\b(?: ?, ?(?P<year>{yyyy}))?",
    ),
    (
        "date",
        r"(?:(?P<weekday>{weekday}),? )?(?P<month>{month}) (?:the )?(?P<day>{dd})"
        r"{th}(?![\d:]|[.,]\d|-year| (?:percent|p\.?m|a\.?m)\b)"
        r"(?:(?: of| in)? ?,? ?(?P<year>{yyyy})| of (?P<relyear>(?:the )?{rel}) year)?",
    ),
    (
        "date",
        r"(?:(?P<weekday>{weekday}),? )?(?:the )?(?P<day>{dd}){th} (?:of )?"
        r"(?P<month>{month})(?:(?: of| in)? ?,? ?(?P<year>{yyyy})"
        r"| of (?P<relyear>(?:the )?{rel}) year)?",
    ),
    ("month", r"{mod}(?P<month>{month}),? (?:of |in )?(?P<year>{yyyy})"),
    ("month", r"{mod}(?P<month>{month}) of (?P<relyear>(?:the )?{rel}) year"),
    ("month", r"{mod}(?:the month of )?(?P<month>{month})"),
    ("month", r"(?P<rel>(?:the )?{rel}) (?P<month>{month})"),
    (
        "day_of_month",
        r"(?:the )(?P<day>{dd})(?:st|nd|rd|th)\b"
        r"(?! (?!(?:and|was|were|had|has|the|at|in|to|by|but|when|he|she|they)\b)"
        r"\w)",
    ),
    (
        "weekday",
        r"(?<!Black )(?<!Bloody )(?<!Easter )(?:(?P<rel>{rel}) )?"
        r"(?P<weekday>{weekday})",
    ),
    (
        "weekday_range",
        r"(?:(?:[Ff]rom|[Bb]etween) )(?P<weekday>{weekday})"
        r" (?:to|until|till|through|and) (?P<weekday2>{weekday})",
    ),
    (
        "season",
        r"{mod}(?:the )?(?P<season>{season}),? (?:of )?"
        r"(?:(?P<year>{yyyy})|(?P<rel>{rel}) year)",
    ),
    ("season", r"{mod}(?:(?P<rel>{rel}) |the )(?P<season>{season})(?! of\b)"),
    ("season", r"(?<=[Ii]n ){mod}(?P<season>{season})|(?P<season2>{season_only})"),
    (
        "quarter",
        r"{mod}(?:the |its |their |our )?(?:(?P<rel>{rel})[ -]year's )?"
        r"(?:fiscal |calendar )?(?P<nth>{ordinal}|1st|2nd|3rd|4th)[- ]"
        r"(?P<unit>quarter|half)(?: of)?(?: fiscal)?"
        r"(?: (?:(?P<year>{yyyy})|(?P<rel2>{rel}) (?:fiscal )?year))?(?!-)",
    ),
    (
        "year_range",
        r"(?:(?:(?P<between>[Bb]etween)|[Ff]rom|the years) )?(?P<year>{yyyy})"
        r"(?:(?<=[a-z] \d{4}) (?:and|to|until|till|through) | ?[–-] ?|/)"
        r"(?P<year2>{yyyy}|\d\d)(?![-/\d:])",
    ),
    (
        "decade",
        r"{mod}(?:the )?(?:(?P<modx>early|mid|late)[ -])?"
        r"(?:(?P<century>1[5-9]|20)|['’])?(?P<tens>\d0)['’]?s\b",
    ),
    (
        "century",
        r"{mod}(?:the )?(?:(?P<nth>\d\d?)(?:st|nd|rd|th)|(?P<word>{ordinal}))"
        r"[- ]century(?P<bc> B\.?C\.?E?\b)?",
    ),
    ("bc", r"(?:ca?\. |{mod})?(?P<bc>\d{1,4}) ?B\.?C\.?(?:E\b)?"),
    (
        "year",
        r"{mod}(?:[Ff]iscal(?: year)? |FY ?|the year |the years )?(?P<year>{yyyy})"
        r"(?!-year|[:%]|[.,]\d|-?\w)",
    ),
    ("short_year", r"['’](?P<short>\d\d)(?![\d'’]|s\b)"),
    (
        "relative_day",
        r"(?:[Ee]arlier |[Ll]ater )?(?P<word>[Tt]oday|[Yy]esterday|[Tt]omorrow|"
        r"TODAY|[Tt]onight|[Oo]vernight)(?:['’]s\b)?",
    ),
    (
        "relative_day",
        r"the day (?P<word>before yesterday|after tomorrow)",
    ),
    ("night_before", r"(?P<rel>[Ll]ast|[Tt]his|[Tt]hat) (?P<part>{daypart})"),
    (
        "period",
        r"(?:{mod}|(?:[Ll]ater|[Ee]arlier|[Ll]ate|[Ee]arly) (?:in )?)"
        r"(?P<rel>(?:[Tt]he )?{rel}) (?P<unit>{period})(?:['’]s\b)?(?![- ]old|-)",
    ),
    (
        "period",
        r"(?P<the>{mod}(?:(?:later|earlier|late|early|remainder|rest) (?:in |of )|)"
        r"the (?:entire |whole )?)(?P<unit>day|week|month|year|quarter|weekend)"
        r"(?: (?P<after>previous|before|earlier|following|after)"
        r"(?= ?(?:[.,;:)\n”\"]|$)))?(?![- ]old|-|['’])",
    ),
    (
        "same_period",
        r"the (?P<rel>same) (?:period|time)(?: of| in)? (?P<last>last year)",
    ),
    ("same_period", r"the (?P<rel>same) (?:period|month|quarter) {ayear}"),
    ("period", r"(?P<the>(?:the )?)(?P<unit>month|year)(?:['’]s |-)(?P<ends>end)"),
    ("year_earlier", r"(?:the |a )?year[- ](?:earlier|ago)(?: (?:period|quarter))?"),
    (
        "ago",
        r"(?:(?:about|almost|nearly|over|some|just|only|more than|less than) )?"
        r"(?P<count>{count}) (?:{extra} )?(?P<unit>{unit})"
        r"(?: (?P<ago>ago|earlier|later|before|afterwards?|previously|hence|from now|"
        r"after|back|prior))(?<!before)(?<!after)(?! that\b)|"
        r"(?P<count2>{count}) (?P<unit2>{unit}) (?P<ago2>before|after)"
        r"(?= ?(?:[.,;:)\n”\"]|$| that\b))",
    ),
    ("in_units", r"(?<=[Ii]n )(?P<count>{count}) (?P<unit>{unit})['’] time"),
    (
        "past_span",
        r"(?:[Tt]he )?(?P<rel>past|last|next|previous|coming|following|first|"
        r"preceding|another|final) "
        r"(?P<count>{count}|few|couple of) (?:{extra} |and a half )?(?P<unit>{unit})"
        r"(?: of (?P<year>{yyyy}))?",
    ),
    (
        "week_of",
        r"the (?P<nth>{ordinal}|last) (?P<unit>week|weekend|day) of "
        r"(?P<month>{month})(?:,? (?P<year>{yyyy}))?",
    ),
    ("set", r"(?P<set>{set})"),
    (
        "every",
        r"(?P<every>[Ee]very|[Ee]ach|[Pp]er) (?:(?P<count>{count}|other|few) )?"
        r"(?:(?P<weekday>{weekday})|(?P<part>{daypart})|(?P<unit>{unit}))",
    ),
    (
        "duration",
        r"(?:[Mm]ore than |[Ll]ess than |[Aa]t least |[Oo]ver |[Aa]lmost |[Nn]early |"
        r"[Aa]bout |[Ss]ome |[Uu]p to )?"
        r"(?P<count>{count})(?P<half> and a half)?[- ](?:(?P<extra>{extra})[ -])?"
        r"(?P<unit>{unit})(?:[- ]long)?(?![- ]olds?\b| of age\b)",
    ),
    ("vague", r"(?P<vague>{units})(?:-long)?"),
    ("clock", r"{clock12}(?: ?\(? ?{zone} ?\)?)?"),
    ("clock", r"{clock24}(?: ?(?:hours|hrs|h))?(?: ?\(? ?{zone})?"),
    ("clock", r"(?P<mil>[01]\d[0-5]\d|2[0-3][0-5]\d) (?:hours|hrs|{zone})"),
    ("clock", r"(?P<moment>{moment})"),
    (
        "clock",
        r"(?P<told>{told}) o['’]clock|(?P<fraction>half|quarter|ten|twenty|five)"
        r" (?P<side>past|to) (?P<told2>{told})\b(?! \w+s\b)",
    ),
    (
        "daypart",
        r"(?:(?:early|late)(?: in| on)? )?the (?:following |next |same )?"
        r"(?P<part>{daypart})(?: of)?",
    ),
    ("daypart", r"(?:early |late |mid-?)?(?P<part>{daypart})(?: hours)?"),
    ("holiday", r"(?:(?P<rel>{rel}) )?(?P<holiday>{holiday})(?:,? (?P<year>{yyyy}))?"),
    ("reference", r"(?P<reference>{reference})"),
)
"""Rule name and pattern, the more telling ones first; the longest match wins."""

_PARTS = {
    "dd": r"0?[1-9](?!\d)|[12]\d|3[01]",
    "th": r"(?: ?(?:st|nd|rd|th)\b)?",
    "yyyy": r"1\d{3}|20\d\d|21\d\d",
    "rel": r"(?:[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast|[Pp]revious|[Pp]rior|[Ff]ollowing|"
    r"[Cc]oming|[Tt]hat(?: same)?|[Ss]ame|[Pp]receding|[Uu]pcoming|[Cc]urrent|"
    r"[Ss]ubsequent)",
    "mod": r"(?:(?:the )?(?P<mod>[Ee]arly|[Ll]ate|[Ll]ater|[Mm]id|[Mm]iddle|"
    r"[Ee]arlier)[ -](?:in )?(?:the )?"
    r"|[Tt]he (?:very )?(?P<edge>beginning|start|middle|end|close|latter (?:part|half)|"
    r"remainder|rest) of )?",
    "extra": "(?:straight|consecutive|full|more|whole|long|trading|working|business|"
    "calendar|further|additional|extra|successive|solid|other|brutal|bloody)",
    "ayear": r"(?:a year|one year) (?:ago|earlier|before)",
    "clock12": r"(?P<hour>0?[1-9]|1[0-2])(?:[:.](?P<minute>[0-5]\d))? ?"
    r"(?P<half>[AaPp])\.? ?[Mm]\b\.?",
    "clock24": r"(?P<hour24>[01]?\d|2[0-4])[:h](?P<minute24>[0-5]\d)(?::[0-5]\d)?"
    r"(?![\d:]|\.\d)",
    "zone": r"(?P<zone>{zones})(?: ?(?P<offset>[+-]\d\d?)(?::00)?)?\b",
}


class Found(msgspec.Struct, frozen=True):
    """Words that have the form of a time expression."""

    rule: str
    start: int
    end: int
    parts: dict[str, str]
    """The named parts that the form found."""


class _Grammar(msgspec.Struct, frozen=True):
    words: dict[str, bool]
    forms: tuple[tuple[str, re.Pattern[str]], ...]


def find_forms(text: str, calendar: Calendar) -> Iterator[Found]:
    """Yield what looks like a time expression, in text order, without overlap."""
    grammar, done = _grammar(calendar), 0
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
        for name, form in _FORMS
    )
    return _Grammar(words, forms)


def _parts(calendar: Calendar) -> dict[str, str]:
    told = calendar.words
    numbers = _any(told["number"])
    tens = _any([w for w, v in told["number"].items() if v in _TENS])
    ones = _any([w for w, v in told["number"].items() if len(v) == 1])
    number = (
        r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|"
        rf"(?:{tens})[- ](?:{ones})|(?:{numbers})(?: hundred)?"
    )
    units = [*told["unit"], *map(_plural, told["unit"])]
    count = (
        rf"{number}|[Aa]nother|[Aa]n?(?: single)?|single|[Ss]everal|[Ss]ome|"
        rf"(?:[Aa] )?few|"
        rf"[Mm]any|(?:[Aa] )?couple(?: of)?|[Hh]alf an?|[Mm]any more"
    )
    return _PARTS | {
        "month": _any(told["month"], name=True),
        "weekday": _any(told["weekday"], name=True),
        "season": _any(told["season"]),
        "season_only": _any(["summer", "winter", "autumn"]),
        "ordinal": _any(told["ordinal"]),
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
    dot = [word.title() + (r"\b\.?" if word in short else "") for word in listed]
    return "|".join([*dot, *(word.upper() for word in listed)])


def _plural(word: str) -> str:
    return word[:-1] + "ies" if word.endswith("ry") else word + "s"
