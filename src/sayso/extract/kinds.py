"""How a thing is said: quoted or not, negated or not, by which channel, to whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from sayso.extract.quotes import Quotation
from sayso.extract.scene import Draft, Scene, cover, subtract
from sayso.record.claims import Channel, QuoteKind, Stance
from sayso.record.report import Report
from sayso.record.span import Span
from sayso.vocab.lexicon import PhraseKind

DIRECT_SHARE = (
    0.9  # of the letters of a content: the rest is "and", "that" between marks
)
REACH_TOKENS = 18  # from the cue to a phrase that tells its channel
_CHANNELS = {
    PhraseKind.POST: Channel.POST,
    PhraseKind.BROADCAST: Channel.BROADCAST,
    PhraseKind.INTERVIEW: Channel.INTERVIEW,
    PhraseKind.DOCUMENT: Channel.DOCUMENT,
    PhraseKind.SPEECH: Channel.SPEECH,
}
_NOMINAL = frozenset({"DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON"})
_NOT_TOLD = frozenset({"obl:tmod", "obl:unmarked", "nmod:unmarked", "mark", "obl"})
_OPENS_CLAUSE = frozenset({"that", "who", "which", "what", "whom", "there"})
_SUBJECTS = frozenset({"he", "she", "it", "they", "we", "i"})
_ASKED = frozenset({Stance.ASKS, Stance.DEMANDS, Stance.DENIES})


def find_quote_kind(scene: Scene, draft: Draft) -> QuoteKind:
    """Return whether a content is quoted, retold, or a mix of both.

    Marks round the cue itself belong to the outer statement and do not count.
    """
    letters = quoted = 0
    for span in draft.content:
        marks = [
            q.inner for q in _quotations_at(scene, span) if not q.outer.holds(draft.cue)
        ]
        in_span = _letters(scene.text, span)
        letters += in_span
        if marks:
            rest = subtract(span, marks)
            quoted += in_span - sum(_letters(scene.text, r) for r in rest)
    if not quoted:
        return QuoteKind.INDIRECT
    return QuoteKind.DIRECT if quoted >= DIRECT_SHARE * letters else QuoteKind.MIXED


def is_negated(scene: Scene, draft: Draft) -> bool:
    """Tell whether a negative particle stands in the cue or opens the source."""
    start, end = scene.tokens_of(draft.cue)
    if scene.lexicon.negatives.intersection(scene.lemmas[start:end]):
        return True
    if draft.source is None:
        return False
    first = scene.tokens_of(draft.source)[0]
    lead = scene.reading.words[first]
    before = scene.reading.words[first - 1] if first else ""
    return scene.lexicon.is_a(lead, PhraseKind.NEGATIVE_SOURCE) or (
        before.lower() == "neither"
    )


def is_hearsay(draft: Draft, stance: Stance) -> bool:
    """Tell whether a cue names nobody; a question or an order is no hearsay."""
    return draft.source is None and stance not in _ASKED


def find_phrases(
    scene: Scene, draft: Draft, contents: Sequence[Span]
) -> frozenset[PhraseKind]:
    """Return the kinds of the phrases near the cue that lie in nobody's content.

    Args:
        scene: The report.
        draft: The statement.
        contents: Those of all statements that do not hold this one's cue.
    """
    cue_start, cue_end = scene.tokens_of(draft.cue)
    start, end = scene.sentence_of(cue_start)
    start = max(start, cue_start - REACH_TOKENS)
    end = min(end, cue_end + REACH_TOKENS)
    tokens = scene.reading.tokens
    found: set[PhraseKind] = set()
    for at, length, kinds in scene.lexicon.phrases_in(scene.lemmas[start:end]):
        span = Span(tokens[start + at].start, tokens[start + at + length - 1].end)
        if cover(contents, span):
            continue
        # "A source" is anonymous; "Voss, citing a source" is not.
        loose = length == 1 and not (draft.source and draft.source.holds(span))
        found |= kinds - {PhraseKind.ANONYMOUS} if loose else kinds
    return frozenset(found)


def find_channel(
    report: Report,
    scene: Scene,
    addressee: Span | None,
    kinds: frozenset[PhraseKind],
) -> Channel:
    """Return by which way the words reached the outlet.

    Words said to the outlet itself, or to another one, are an interview.
    """
    told = addressee.of(scene.text).lower() if addressee else ""
    if report.outlet and told and report.outlet.lower() in told:
        return Channel.INTERVIEW
    by_phrase = (channel for kind, channel in _CHANNELS.items() if kind in kinds)
    to_outlet = any(
        scene.lexicon.is_a(word, PhraseKind.OUTLET_NOUN) for word in told.split()
    )
    return next(by_phrase, Channel.INTERVIEW if to_outlet else Channel.UNKNOWN)


def find_addressee(scene: Scene, draft: Draft) -> Span | None:
    """Return the noun phrase after the cue that names who is told."""
    start, end = scene.tokens_of(draft.cue)
    words = scene.reading.words
    verb = next(
        (
            n
            for n in range(end - 1, start - 1, -1)
            if scene.lexicon.is_a(words[n], PhraseKind.ADDRESSING)
            or scene.lexicon.is_a(words[n], PhraseKind.ADDRESSING_TO)
        ),
        None,
    )
    if verb is None:
        return None
    at = verb + 1
    if not scene.lexicon.is_a(words[verb], PhraseKind.ADDRESSING):
        if at >= len(words) or words[at].lower() not in ("to", "with"):
            return None
        at += 1
    if at < end:
        return None
    taken = [*draft.content, *([draft.source] if draft.source else [])]
    stop = end_of_phrase(scene, at, scene.sentence_of(verb)[1], taken)
    return scene.span_of((at, stop)) if stop > at else None


def end_of_phrase(scene: Scene, at: int, end: int, taken: Sequence[Span]) -> int:
    """Return the token after the noun phrase that starts at a token."""
    reading = scene.reading
    stop = at
    for n in range(at, end):
        word = reading.words[n].lower()
        joins = n > at and (
            word in ("of", "'s", "’s")
            or (word == "and" and reading.upos[n - 1] != "VERB")
        )
        nominal = reading.upos[n] in _NOMINAL and word not in _OPENS_CLAUSE
        if word in _SUBJECTS or (n > at and reading.deprels[n] in _NOT_TOLD):
            break
        if not (joins or nominal) or cover(taken, reading.tokens[n]):
            break
        if not joins:
            stop = n + 1
    noun = any(reading.upos[n] in ("NOUN", "PROPN", "PRON") for n in range(at, stop))
    return stop if noun else at


def _quotations_at(scene: Scene, span: Span) -> Iterator[Quotation]:
    """Give the quotations of any depth that meet a span."""
    for top in scene.tops_at(span):
        outer = scene.tops[top].outer
        start = bisect_left(scene.quotations, outer, key=lambda q: q.outer)
        for quotation in scene.quotations[start:]:
            if quotation.outer.start >= outer.end:
                break
            if quotation.inner.meets(span):
                yield quotation


def _letters(text: str, span: Span) -> int:
    return sum(map(str.isalnum, span.of(text)))
