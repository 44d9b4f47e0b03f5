"""Cues that the lexicon knows as a whole: completed, or found where the head saw none.

"Claimed" + "responsibility for the raid" becomes "claimed responsibility for" + "the
raid"; "did not respond" + "to requests for comment" has no content at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from sayso.extract.edges import snap_content
from sayso.extract.roles import find_phrase, find_subject
from sayso.extract.scene import Draft, Scene, by_paragraph, cover, size, subtract
from sayso.extract.syntax import children, head_of, is_passive, subtree
from sayso.reading.types import TokenRange
from sayso.record.claims import Stance
from sayso.record.span import Span
from sayso.vocab.lexicon import CueEntry, Frame, PhraseKind

REACH = 4  # tokens behind a cue in which its entry may end
_WHAT = frozenset({"obj", "nsubj:pass"})
_AGENT = frozenset({"obl:agent"})
MAX_LEAD = 4  # auxiliaries, particles and adverbs before a verb: "has so far not yet"
_WHOLE = frozenset({Stance.CONFIRMS, Stance.DECLINES, Stance.DENIES})
_LEAD = frozenset({"AUX", "PART", "ADV"})
_FIGURE = ("put", "at")


def complete_cue(scene: Scene, draft: Draft) -> Draft:
    """Return the draft with its cue up to the end of its lexicon entry.

    What the cue takes is no content any more, nor is what a declined comment was asked
    for: requests, questions, calls.
    """
    start, end = scene.tokens_of(draft.cue)
    stop = min(end + REACH, scene.sentence_of(start)[1])
    ends = [
        last + 1
        for first, last, entry in _matches(scene, (start, stop))
        if entry.stance in _WHOLE
        # "Claimed the blast" tells the stance, but the blast is what is said.
        and "the" not in entry.words
        and first < end <= last
        # All that stands between belongs to the entry: no gap behind the cue.
        and last + 1 - end < len(entry.words)
    ]
    declined = any(
        entry.stance is Stance.DECLINES for *_, entry in _matches(scene, (start, stop))
    )
    new_end = _past_requests(scene, max(ends, default=end)) if declined else 0
    new_end = max([new_end, end, *ends])
    if new_end == end or not _is_free(scene, draft, (end, new_end)):
        return draft
    cue = Span(draft.cue.start, scene.reading.tokens[new_end - 1].end)
    rest = [piece for span in draft.content for piece in subtract(span, [cue])]
    return replace(draft, cue=cue, content=snap_content(scene, rest))


def spot_cues(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts for cues that the head passed over and words alone give away.

    Those are declined comments, hearsay adverbs and figures that somebody "puts" at a
    number.
    """
    taken = by_paragraph(scene, (draft.cue for draft in drafts))
    found: list[Draft] = []
    for sentence in scene.reading.sentences:
        cues = taken.get(scene.paragraph_of(scene.span_of(sentence).start), [])
        # Of entries that overlap the longest one is kept.
        spotted = sorted(_spot_in(scene, sentence), key=lambda d: -size([d.cue]))
        for draft in spotted:
            if not cover(cues, draft.cue):
                cues = [*cues, draft.cue]
                found.append(draft)
    return found


def _matches(scene: Scene, tokens: TokenRange) -> Iterator[tuple[int, int, CueEntry]]:
    """Give first and last token of each entry in a range whose frame can hold."""
    start, end = tokens
    lemmas = scene.lemmas[start:end]
    negated = bool(scene.lexicon.negatives.intersection(lemmas))
    for at, entry in scene.lexicon.cue_entries(lemmas):
        if entry.frame is Frame.ANY or (entry.frame is Frame.NOT and negated):
            last = at
            for word in entry.words[1:]:
                last = lemmas.index(word, last + 1)
            yield start + at, start + last, entry


def _past_requests(scene: Scene, end: int) -> int:
    """Return the token after "requests for comment" if that is what comes."""
    stop, noun = end, False
    while stop < len(scene.lemmas):
        word = scene.reading.words[stop]
        if scene.lexicon.is_a(word, PhraseKind.REQUEST):
            noun = True
        elif not scene.lexicon.is_a(word, PhraseKind.REQUEST_JOINT):
            break
        stop += 1
    while stop > end and not scene.lexicon.is_a(
        scene.reading.words[stop - 1], PhraseKind.REQUEST
    ):
        stop -= 1
    return stop if noun else end


def _is_free(scene: Scene, draft: Draft, tokens: TokenRange) -> bool:
    """Tell whether a range behind a cue holds neither its source nor a quotation."""
    span = scene.span_of(tokens)
    if draft.source is not None and draft.source.meets(span):
        return False
    return scene.is_quoted(span) == scene.is_quoted(draft.cue)


def _spot_in(scene: Scene, sentence: TokenRange) -> Iterator[Draft]:
    for first, last, entry in _matches(scene, sentence):
        declined = entry.stance is Stance.DECLINES and len(entry.words) > 1
        draft = None
        if scene.lexicon.is_a(scene.reading.words[first], PhraseKind.HEARSAY):
            draft = _hearsay(scene, first, entry)
        elif declined and _is_bare(scene, last + 1):
            draft = _declined(scene, first, last, entry)
        elif entry.words == _FIGURE:
            draft = _figure(scene, first, last, entry)
        if draft is not None:
            yield draft


def _is_bare(scene: Scene, end: int) -> bool:
    """Tell whether nothing follows that could be what was declined."""
    end = _past_requests(scene, end)
    words = scene.reading.words
    return end >= len(words) or words[end] in ".,;!" or words[end] in ("on", "when")


def _declined(scene: Scene, first: int, last: int, entry: CueEntry) -> Draft | None:
    """Return a draft for a declined comment, if the parse tells who declined."""
    reading = scene.reading
    verb = head_of(scene, (first, last + 1))
    if verb is None or reading.upos[verb] not in ("VERB", "ADJ"):
        return None
    source = (
        find_phrase(scene, verb, frozenset({"nsubj:pass"}))
        if is_passive(scene, verb)
        else find_subject(scene, verb, {})
    )
    start = first
    while start > max(0, first - MAX_LEAD) and reading.upos[start - 1] in _LEAD:
        start -= 1
    cue = scene.span_of((start, _past_requests(scene, last + 1)))
    if source is None or source.meets(cue):
        return None
    return _draft(cue, source, (), entry)


def _figure(scene: Scene, verb: int, at: int, entry: CueEntry) -> Draft | None:
    """Return a draft for "put the toll at 31", with the figure as its content."""
    reading = scene.reading
    number = reading.heads[at]
    if reading.upos[verb] != "VERB" or reading.heads[number] != verb:
        return None
    amount = subtree(scene, number)
    if "NUM" not in reading.upos[slice(*amount)]:
        return None  # "put them at risk"
    what = children(scene, verb, _WHAT)
    source = find_subject(scene, verb, {})
    if is_passive(scene, verb):
        source = find_phrase(scene, verb, _AGENT)
    if not what or source is None:
        return None
    told = subtree(scene, what[0])
    pieces = (told, amount) if told[1] < verb else ((told[0], amount[1]),)
    content = snap_content(scene, map(scene.span_of, pieces))
    return _draft(scene.span_of((verb, verb + 1)), source, content, entry)


def _hearsay(scene: Scene, adverb: int, entry: CueEntry) -> Draft | None:
    """Return a draft for "reportedly" or "alleged" with the clause or noun it marks."""
    reading = scene.reading
    head = reading.heads[adverb]
    if head < 0 or reading.upos[adverb] not in ("ADV", "ADJ"):
        return None
    cue = reading.tokens[adverb]
    around = scene.span_of(subtree(scene, head))
    if reading.upos[adverb] == "ADJ":
        around = Span(min(cue.end, around.end), around.end)
    content = snap_content(scene, subtract(around, [cue]))
    return _draft(cue, None, content, entry) if content else None


def _draft(
    cue: Span, source: Span | None, content: tuple[Span, ...], entry: CueEntry
) -> Draft:
    return Draft(
        cue=cue,
        source=source,
        content=content,
        stance=(),
        speech=1.0 if entry.speech else 0.0,
        made_by=f"cues.tsv:{entry.line}",
    )
