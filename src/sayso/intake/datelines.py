"""The dateline of a report: where, when and by which agency it was filed."""

from __future__ import annotations

import re

from sayso.intake.normalise import word_set

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)"
)
_YEAR = r"(?:\d{4}|['’]?\d{2})"
_DATE = (
    rf"{_WEEKDAY}?(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+{_YEAR})?"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
)
_ENDS_IN_DATE = re.compile(
    rf"(?:^|[\s,|(])(?:{_DATE}|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\.?$",
    re.IGNORECASE,
)
_CLOCK = r"\d{1,2}[:.h]\d{2}\s*(?:[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,5}\)?)?"
_DATE_ALONE = re.compile(
    r"(?:(?:first\s+)?(?:published|posted|updated|last\s+updated|filed|date)\b[\s:]*"
    rf"(?:on\s+)?)?(?P<place>[^\d|]{{2,60}}[|,]\s*)?(?:{_CLOCK}[\s,|–-]*)?{_DATE}"
    rf"(?:[\s,|–-]*(?:at\s+)?{_CLOCK})?\.?",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"\s*\(([^()]{2,60})\)\s*$")
_SEPARATOR = re.compile(
    r"\s*(?P<dash>[-–—]{1,3}|[|_])\s+|(?P<close>(?<=\)))\s*(?=[A-Z“\"])"
    r"|\s?(?P<long>[–—])\s?|(?P<colon>:)\s+|(?P<stop>\.)\s+"
)
_EDITOR_NOTE = re.compile(r"(?:\[[A-Z][A-Z ,.;'’-]*\]\s*)+")
_PLACE_PART = re.compile(r"\s*(?:,|/|\||\band\b|\()\s*|\)\s*")
_PARTICLES = {"de", "del", "di", "du", "el", "al", "la", "las", "le", "los", "do", "da"}
_PARTICLES |= {"of", "on", "the", "and", "near", "in", "der", "den", "es", "ez", "upon"}
_LABELS = word_set(
    "ALERT ANALYSIS BREAKING CORRECTION CORRECTED EDITORIAL EXCLUSIVE EXPLAINER FACTBOX"
    " FEATURE INSIGHT INTERVIEW LATEST LIVE NEWS NOTE OPINION REPORT REVIEW SPECIAL"
    " STATEMENT TIMELINE UPDATE URGENT VIDEO WATCH"
)
"""What stands in capitals before a dash or colon without being a place."""

_OPENERS = word_set(
    "a after an and as at before but by for from he if in it on she since"
)
"""Words that open a sentence: "On March 4 - a Monday - " is no dateline."""

HEAD_LETTERS = 140  # the longest datelines name two cities, a date and an agency
MAX_PLACE_WORDS = 9
MAX_PLACE_PARTS = 4


def find_dateline(paragraph: str, *, is_transcript: bool = False) -> int | None:
    """Return where the dateline that opens `paragraph` ends, its dash included.

    Known forms: "CITY, Region, March 14 (Agency) - ", "CITY (Agency) — ", "CITY: ",
    "City, 5 August. ", "(Agency) – ", and all of them in UPPER CASE copy. None if the
    paragraph opens otherwise.

    Args:
        paragraph: One paragraph, without white space in front.
        is_transcript: Paragraphs of this text open with the names of speakers, so that
            a name and a colon are no dateline.
    """
    is_upper = paragraph.isupper()
    for match in _SEPARATOR.finditer(paragraph, 0, HEAD_LETTERS):
        head, rest = paragraph[: match.start()].rstrip(), paragraph[match.end() :]
        kind = match.lastgroup or ""
        if rest and _opens_report(head, kind, rest, is_upper, is_transcript):
            note = _EDITOR_NOTE.match(rest) if is_upper else None
            end = match.end() + (note.end() if note else 0)
            return len(paragraph[:end].rstrip())
    return None


def is_date_alone(paragraph: str) -> bool:
    """Tell whether the paragraph is nothing but a date, with or without a place."""
    if len(paragraph) > HEAD_LETTERS:
        return False
    match = _DATE_ALONE.fullmatch(paragraph)
    return match is not None and (not match["place"] or _is_name(match["place"]))


def _opens_report(
    head: str, kind: str, rest: str, is_upper: bool, is_transcript: bool
) -> bool:
    agency = _AGENCY.search(head)
    place = head[: agency.start()] if agency else head
    date = _ENDS_IN_DATE.search(place)
    place = place[: date.start()] if date else place
    place = place.strip(" ,|")
    if agency and not _is_agency(agency[1]):
        return False
    if kind == "stop":
        # "KINSHASA, 22 Oct. (Agency) - " goes on behind the stop.
        return bool(date and place) and rest[0] not in "(-–—" and _is_name(place)
    if kind == "close":
        return bool(agency and agency[1].isupper() and place) and _is_name(place)
    if not place:
        return bool(agency) and kind in ("dash", "long")
    if agency or date:
        return not rest[0].islower() and _is_name(place)
    if is_upper or not _is_in_capitals(place) or rest[0].islower():
        return False
    if _LABELS.intersection(place.split()):
        return False
    return kind in ("dash", "long") or (kind == "colon" and not is_transcript)


def _is_agency(words: str) -> bool:
    return words[0].isupper() and not words.endswith((".", "!", "?"))


def _is_name(place: str) -> bool:
    """Tell whether each word could belong to the names of one to three places."""
    parts = [part for part in _PLACE_PART.split(place) if part]
    words = [word for part in parts for word in part.split()]
    return (
        0 < len(words) <= MAX_PLACE_WORDS
        and len(parts) <= MAX_PLACE_PARTS
        and all(word in _PARTICLES or _is_capitalised(word) for word in words)
        and any(map(_is_capitalised, words))
        and words[0].lower() not in _OPENERS
    )


def _is_capitalised(word: str) -> bool:
    letters = word.lstrip("'’‘\"“(")
    # al-Hasakah, d'Ivoire
    inner = re.split(r"[-'’]", letters, maxsplit=1)[-1]
    return letters[:1].isupper() or (len(inner) > 2 and inner[0].isupper())


def _is_in_capitals(place: str) -> bool:
    """Tell whether the first name, the city, is in capitals: KABUL, Afghanistan."""
    city = _PLACE_PART.split(place)[0]
    letters = [letter for letter in city if letter.isalpha()]
    small = sum(map(str.islower, letters))
    # McALLEN, Sana'a in capitals, LOS ANGELES
    return len(letters) >= 3 and small <= 1 + len(letters) // 8 and _is_name(place)
