"""Who speaks: the actor of a source, or whoever issued the document that speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.reading.types import Reading
from sayso.record.claims import Statement
from sayso.record.span import Span
from sayso.resolve.coref import Joiner
from sayso.resolve.drafts import Draft
from sayso.resolve.mentions import RELATIVES, Mention
from sayso.resolve.relatives import antecedent
from sayso.vocab.names import singulars

_BY = frozenset({"in", "by", "through", "via"})
_REACH = 4  # tokens from "in" to the noun: "in a joint press statement"


def find_speakers(
    reading: Reading,
    statements: Sequence[Statement],
    mentions: Sequence[Mention],
    joiner: Joiner,
) -> dict[str, Draft]:
    """Return the draft that speaks in each statement, by its id, if there is one."""
    of_source = {mention.span: mention for mention in mentions if mention.source}
    speakers: dict[str, Draft] = {}
    for statement in statements:
        source = of_source.get(statement.source) if statement.source else None
        if source is None:
            continue
        draft = (
            _issuer(reading, source, statements, mentions, joiner)
            if source.document
            else joiner.draft_of(source.span)
            or _issuer_of_antecedent(reading, source, statements, joiner)
        )
        if draft is not None:
            speakers[statement.id] = draft
    return speakers


def _issuer(
    reading: Reading,
    source: Mention,
    statements: Sequence[Statement],
    mentions: Sequence[Mention],
    joiner: Joiner,
) -> Draft | None:
    """Return who issued a document, as the words of the source or earlier ones tell."""
    for mention in mentions:
        if source.span.holds(mention.span) and mention.span != source.span:
            draft = joiner.draft_of(mention.span)
            if draft is not None:
                return draft
    return _earlier_issuer(reading, source, statements, joiner)


def _earlier_issuer(
    reading: Reading,
    source: Mention,
    statements: Sequence[Statement],
    joiner: Joiner,
) -> Draft | None:
    """Return who spoke by the same document before: "in a letter …, he said"."""
    if not source.definite:
        return None
    for number in _namesakes(reading, source):
        draft = _told_through(reading, number, statements, joiner)
        if draft is not None:
            return draft
    return None


def _issuer_of_antecedent(
    reading: Reading,
    source: Mention,
    statements: Sequence[Statement],
    joiner: Joiner,
) -> Draft | None:
    """Return who spoke by what "which" stands for: "said in a message, which …"."""
    if source.roles[:1] == () or source.roles[0] not in RELATIVES:
        return None
    noun = antecedent(reading, source.head)
    before = () if noun is None else reading.words[max(0, noun - _REACH) : noun]
    if noun is None or _BY.isdisjoint(word.lower() for word in before):
        return None
    return _told_through(reading, noun, statements, joiner)


def _told_through(
    reading: Reading, number: int, statements: Sequence[Statement], joiner: Joiner
) -> Draft | None:
    """Return who speaks in the sentence of a token that is not in what they say."""
    token = reading.tokens[number]
    for statement in statements:
        if statement.source is None or not _told_by(reading, number, statement):
            continue
        inside = (statement.source, *statement.content)
        draft = joiner.draft_of(statement.source)
        if draft is not None and not any(span.holds(token) for span in inside):
            return draft
    return None


def _namesakes(reading: Reading, source: Mention) -> Iterator[int]:
    """Yield the tokens before a source that tell by which such document one spoke."""
    for number in range(source.tokens[0] - 1, -1, -1):
        word = reading.words[number].lower()
        if source.roles[0] in (word, *singulars(word)):
            before = reading.words[max(0, number - _REACH) : number]
            if _BY.intersection(other.lower() for other in before):
                yield number


def _told_by(reading: Reading, token: int, statement: Statement) -> bool:
    """Tell whether the cue of a statement stands in the sentence of a token."""
    if statement.cue is None:
        return False
    start, end = next(s for s in reading.sentences if s[0] <= token < s[1])
    sentence = Span(reading.tokens[start].start, reading.tokens[end - 1].end)
    return sentence.holds(statement.cue)
