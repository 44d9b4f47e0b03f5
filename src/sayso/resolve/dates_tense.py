"""Whether the clause round a time expression speaks of the past or of the future."""

from __future__ import annotations

import re
from bisect import bisect_left

from sayso.reading.types import Reading
from sayso.record import Span

_AHEAD_WORDS = re.compile(
    r"\b(?:will|shall|would|won['’]t|due|scheduled|expected?s?|plan(?:s|ned|ning)?|"
    # "To leave", but neither "to the hills" nor "to Cairo".
    r"to(?! (?:the|an?|us|me|him|her|them|you|it|his|its|their|our|my|this|that|these|"
    r"those|all|some|each|one|two|[A-Z\d]\w*)\b)|going to|upcoming|slated|set|intends?|"
    r"promised|vow(?:s|ed)|hopes?|deadline|"
    r"can|could|may|might|should|must|called? for|calls)\b|['’]ll\b"
)
_PAST_WORDS = re.compile(
    r"\b(?:was|were|had|did|has|have|been|since|ago|became|began|bought|broke|brought|"
    r"built|burnt|came|caught|chose|cut|dealt|drew|drove|fed|fell|felt|fled|flew|"
    r"fought|found|gave|got|grew|heard|held|hid|hit|kept|killed|knew|laid|lay|led|left|"
    r"lost|made|meant|met|paid|put|quit|ran|rang|rode|rose|said|sank|saw|sent|set off|"
    r"shook|shot|shut|sold|sought|spent|spoke|spread|stole|stood|struck|swept|swore|"
    r"thought|threw|told|took|tore|went|withdrew|woke|won|wore|wrote|"
    r"(?<!\bis )(?<!\bare )(?<!\bam )\w{2,}ed)\b"
)
_TO_BE_DONE = re.compile(
    r"\b(?:to|will|would|shall|should|can|could|may|might|must)"
    r" (?:be|remain|stay|keep) \w+(?: \w+)*$"
)
_FOR_NEXT = re.compile(
    r"\b(?:scheduled|planned|called|set|due|expected|slated|appeal|call|march|talks|"
    r"meeting|strike|protest|session|vote|hearing|rally|election|polls?)\b[^.;]{0,40}"
    r"\bfor (?:the )?$"
)
_BY_NEXT = re.compile(
    r"\b(?:by|until|till) (?:at least |early |late )?(?:the )?(?:end of )?$",
    re.IGNORECASE,
)
_SETS_END = re.compile(
    r"\b(?:extend|prolong|postpone|delay|defer|adjourn|suspend|put off|pushed back|"
    r"gives?|gave|grant|remand|bann?|barr?|schedule|"
    r"(?<!stayed )(?<!remained )(?<!kept )clos)(?:e?[ds]|ing|n)?\b"
    r"[^.;]{0,60}\b(?:by|until|till) (?:the )?$"
)
"""Acts of the past whose end lies ahead: "extended the curfew until Friday"."""
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
_PRESENT_AUX = {"is", "are", "am", "being", "'re", "’re"}
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
    if _FOR_NEXT.search(before) or _SETS_END.search(before):
        return 1
    told = _by_parse(reading, span) if reading is not None else None
    if told is None:
        told = _by_words(before)
    # "Stay until Friday" looks ahead, "stayed until Friday" back.
    return 1 if told == 0 and _BY_NEXT.search(before) else told


def _by_words(before: str) -> int:
    ahead = _last(_AHEAD_WORDS, before)
    past = _last(_PAST_WORDS, before)
    if ahead == past:
        return 0
    if past > ahead:
        # "to be held on Monday" and "will be released" speak of the future.
        return 1 if ahead >= 0 and _TO_BE_DONE.search(before, ahead) else -1
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


def _by_parse(reading: Reading, span: Span) -> int | None:
    """Return the direction of the verb above the expression, None if it has none."""
    number = bisect_left(reading.tokens, span.start, key=lambda token: token.end - 1)
    if number == len(reading.tokens):
        return None
    for _ in range(_MAX_CLIMB):
        if reading.upos[number] in _VERBS:
            return _tense(reading, number)
        number = reading.heads[number]
        if number < 0:
            return None
    return None


def _tense(reading: Reading, verb: int) -> int | None:
    near = range(max(0, verb - 6), verb)
    helpers = {reading.words[n].lower() for n in near if reading.heads[n] == verb}
    own = reading.words[verb].lower()
    if (helpers | {own}) & _FUTURE_AUX:
        return 1
    if (helpers | {own}) & _PAST_AUX:
        return -1
    if helpers & _PRESENT_AUX:  # "the road is closed until Friday"
        return 0
    return -1 if _PAST_WORDS.fullmatch(own) else None
