"""Whether the clause round a time expression speaks of the past or of the future."""

from __future__ import annotations

import re
from bisect import bisect_left

from sayso.reading.types import Reading
from sayso.record import Span

_AHEAD_WORDS = re.compile(
    r"\b(?:will|shall|would|won['’]t|to|due|scheduled|expected?s?|plan(?:s|ned|ning)?|"
    r"going to|upcoming|slated|set|intends?|promised|vow(?:s|ed)|hopes?|deadline|"
    r"can|could|may|might|should|must|until|called? for|calls)\b|['’]ll\b"
)
_PAST_WORDS = re.compile(
    r"\b(?:was|were|had|did|has|have|been|said|told|took|came|went|made|left|fell|rose|"
    r"began|broke|gave|got|held|hit|killed|led|lost|met|put|saw|sent|shot|struck|won|"
    r"wrote|ran|found|brought|fought|felt|kept|paid|set off|spoke|stood|since|ago|"
    r"\w{2,}ed)\b"
)
_FOR_NEXT = re.compile(
    r"\b(?:scheduled|planned|called|set|due|expected|slated|appeal|call|march|talks|"
    r"meeting|strike|protest|session|vote|hearing|rally|election|polls?)\b[^.;]{0,40}"
    r"\bfor (?:the )?$"
)
_BY_NEXT = re.compile(r"\b(?:by|until|till) (?:the )?(?:end of )?$", re.IGNORECASE)
_SINCE = re.compile(r"\bsince (?:the )?(?:late |early |mid-?)?$", re.IGNORECASE)
_FUTURE_AUX = {
    "will",
    "shall",
    "'ll",
    "’ll",
    "wo",
    "would",
    "to",
    "can",
    "could",
    "may",
    "might",
    "should",
    "must",
}
_PAST_AUX = {"was", "were", "had", "did", "has", "have", "been", "'ve", "’ve"}
_MAX_CLIMB = 12
_VERBS = {"VERB", "AUX"}


def direction_of(before: str, reading: Reading | None, span: Span) -> int:
    """Return -1 for the past, 1 for the future, 0 if the clause does not tell.

    Args:
        before: The words of the sentence before the expression.
        reading: Tells the verb that the expression hangs on; without it, or if the
            verb does not tell, the nearest telling word before it decides.
        span: The expression.
    """
    if _SINCE.search(before):
        return -1
    if _FOR_NEXT.search(before) or _BY_NEXT.search(before):
        return 1
    if reading is not None and (told := _by_parse(reading, span)):
        return told
    return _by_words(before)


def _by_words(before: str) -> int:
    ahead = _last(_AHEAD_WORDS, before)
    past = _last(_PAST_WORDS, before)
    if ahead == past:
        return 0
    if past > ahead:
        # "to be held on Monday" and "will be released" speak of the future.
        return (
            1
            if re.search(r"\b(?:to|will|would) be \w+(?: \w+)*$", before[ahead:])
            else -1
        )
    # Verbs in the infinitive mostly follow "to"; "to Cairo on Monday" has none.
    word = before[ahead:].split(" ")
    if word[0] == "to" and (len(word) < 2 or not word[1].islower()):
        return -1 if past >= 0 else 0
    return 1


def _last(words: re.Pattern[str], before: str) -> int:
    place = -1
    for match in words.finditer(before):
        place = match.start()
    return place


def _by_parse(reading: Reading, span: Span) -> int:
    number = bisect_left(reading.tokens, span.start, key=lambda token: token.end - 1)
    if number == len(reading.tokens):
        return 0
    for _ in range(_MAX_CLIMB):
        if reading.upos[number] in _VERBS:
            return _tense(reading, number)
        number = reading.heads[number]
        if number < 0:
            return 0
    return 0


def _tense(reading: Reading, verb: int) -> int:
    near = range(max(0, verb - 6), verb)
    helpers = {reading.words[n].lower() for n in near if reading.heads[n] == verb} | {
        reading.words[verb].lower()
    }
    if helpers & _FUTURE_AUX:
        return 1
    if helpers & _PAST_AUX or _PAST_WORDS.fullmatch(reading.words[verb].lower()):
        return -1
    return 0
