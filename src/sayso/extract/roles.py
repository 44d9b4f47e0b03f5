"""Who speaks, where the parse tells it better than the link head.

The head reads a passive's subject as its source ("he had been told by the governor"),
and finds none where two cues share a subject ("it said … and threatened").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from sayso.extract.edges import snap_content, snap_source
from sayso.extract.kinds import end_of_phrase
from sayso.extract.scene import Draft, Scene, subtract
from sayso.extract.syntax import children, head_of, is_passive, subtree
from sayso.record.span import Span
from sayso.vocab.lexicon import PhraseKind

MAX_CLIMB = 4  # from a verb to the one whose subject it shares
MAX_SOURCE_TOKENS = 30  # a longer subject is a clause, or a fault of the parse
_SHARING = frozenset({"conj", "advcl", "xcomp", "parataxis"})
_SUBJECT = frozenset({"nsubj", "nsubj:outer"})
_PATIENT = frozenset({"nsubj:pass", "expl", "expl:pass", "nsubj:outer"})
# Their subject is the one who is quoted, though they are passive.
_QUOTED = frozenset({"quote", "cite"})
# Their object is who is told; that of "asked", "urged" is part of what is said.
_TELLING = frozenset({"tell", "inform", "assure", "remind", "notify", "brief"})
_TOLD = frozenset({"obj", "iobj"})
_TAIL_TOKENS = 12  # "its chairman, Aurel Stam," between a quotation and its cue
_QUESTIONED = frozenset({"ask", "remind", "press", "question"})


def mend_sources(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with sources that fit the parse."""
    verbs = [head_of(scene, scene.tokens_of(draft.cue)) for draft in drafts]
    sourced = [_with_named(scene, _with_tail(scene, draft)) for draft in drafts]
    mended = [
        draft
        if verb is None
        else _without_patient(scene, _without_told(scene, draft, verb), verb)
        for draft, verb in zip(sourced, verbs, strict=True)
    ]
    mended = _without_joined(scene, mended, verbs)
    speakers = {
        verb: draft.source
        for draft, verb in zip(mended, verbs, strict=True)
        if verb is not None and draft.source is not None
    }
    return [
        draft
        if draft.source is not None or verb is None
        else replace(draft, source=find_subject(scene, verb, speakers))
        for draft, verb in zip(mended, verbs, strict=True)
    ]


def _without_patient(scene: Scene, draft: Draft, verb: int) -> Draft:
    """Give a passive the one who acts, if any, instead of the one who is acted upon."""
    if draft.source is None:
        return draft
    if _is_question_put(scene, draft, verb):
        return replace(draft, source=None)
    if not is_passive(scene, verb) or scene.lemmas[verb] in _QUOTED:
        return draft
    start, end = scene.tokens_of(draft.source)
    patients = children(scene, verb, _PATIENT)
    if not any(start <= patient < end for patient in patients):
        return draft
    agent = _agent(scene, verb)
    if agent is None:
        return replace(draft, source=None)
    content = [piece for span in draft.content for piece in subtract(span, [agent])]
    return replace(
        draft,
        source=snap_source(scene, agent),
        content=snap_content(scene, content),
    )


def _with_tail(scene: Scene, draft: Draft) -> Draft:
    """Make the words between a quotation and its cue the source, if they are content.

    “It was he,” its chairman said: the head may take all before "said" for content.
    """
    if draft.source is not None:
        return draft
    for span in draft.content:
        if scene.text[span.end : draft.cue.start].strip(" ,"):
            continue
        for top in scene.tops_at(span):
            outer = scene.tops[top].outer
            tail = Span(max(outer.end, span.start), span.end)
            if outer.end >= span.end or not _is_short_phrase(scene, tail):
                continue
            rest = [piece for s in draft.content for piece in subtract(s, [tail])]
            return replace(
                draft,
                source=snap_source(scene, tail),
                content=snap_content(scene, rest),
            )
    return draft


def _is_short_phrase(scene: Scene, span: Span) -> bool:
    start, end = scene.tokens_of(span)
    tags = set(scene.reading.upos[start:end])
    return (
        end - start <= _TAIL_TOKENS
        and bool(tags & {"NOUN", "PROPN", "PRON"})
        and "VERB" not in tags
    )


def _with_named(scene: Scene, draft: Draft) -> Draft:
    """Make the noun phrase after "according to" the source, if it is content."""
    if draft.source is not None or not draft.content:
        return draft
    start, end = scene.tokens_of(draft.cue)
    begins, stop = scene.tokens_of(draft.content[0])
    if scene.lemmas[start:end][-2:] != ("according", "to") or begins != end:
        return draft
    after = end_of_phrase(scene, end, stop, [])
    if after in (end, stop):
        return draft
    rest = Span(scene.reading.tokens[after].start, draft.content[0].end)
    return replace(
        draft,
        source=snap_source(scene, scene.span_of((end, after))),
        content=snap_content(scene, [rest, *draft.content[1:]]),
    )


def _without_told(scene: Scene, draft: Draft, verb: int) -> Draft:
    """Take who is told out of the beginning of a content: "told him it was over"."""
    if scene.lemmas[verb] not in _TELLING or not draft.content:
        return draft
    first = scene.tokens_of(draft.content[0])
    if first[0] != scene.tokens_of(draft.cue)[1]:
        return draft
    for told in children(scene, verb, _TOLD):
        start, end = subtree(scene, told)
        if start == first[0] and end < first[1]:
            rest = Span(scene.reading.tokens[end].start, draft.content[0].end)
            content = snap_content(scene, [rest, *draft.content[1:]])
            return replace(draft, content=content)
    return draft


def _without_joined(
    scene: Scene, drafts: Sequence[Draft], verbs: Sequence[int | None]
) -> list[Draft]:
    """Cut each content before a cue whose verb is joined to the draft's own.

    "They say thirteen died and warn of more": the second cue is theirs, not what they
    say.
    """
    reading = scene.reading
    joined: dict[int | None, list[Span]] = {}
    for draft, verb in zip(drafts, verbs, strict=True):
        if verb is not None and reading.deprels[verb] == "conj":
            start = scene.tokens_of(draft.cue)[0]
            while start and reading.upos[start - 1] in ("CCONJ", "PUNCT", "ADV"):
                start -= 1
            rest = scene.span_of((start, scene.sentence_of(verb)[1]))
            joined.setdefault(reading.heads[verb], []).append(rest)
    return [
        replace(draft, content=_cut(scene, draft, joined[verb]))
        if verb in joined
        else draft
        for draft, verb in zip(drafts, verbs, strict=True)
    ]


def _cut(scene: Scene, draft: Draft, rests: Sequence[Span]) -> tuple[Span, ...]:
    pieces = []
    for span in draft.content:
        starts = [
            rest.start
            for rest in rests
            if span.start < rest.start < span.end and draft.cue.end <= span.start
        ]
        pieces.append(Span(span.start, min(starts, default=span.end)))
    return snap_content(scene, pieces)


def _is_question_put(scene: Scene, draft: Draft, verb: int) -> bool:
    """Tell whether a sentence opens with "Asked whether …": who asks is not told."""
    start, _ = scene.sentence_of(verb)
    opening = scene.reading.words[start : verb + 1]
    return (
        len(opening) <= 2
        and scene.lemmas[verb] in _QUESTIONED
        and scene.reading.words[verb].lower().endswith("ed")
        and draft.source is not None
        and draft.source.start > draft.cue.end
    )


def _agent(scene: Scene, verb: int) -> Span | None:
    """Return the phrase with "by" that hangs on a passive verb, "by" included."""
    reading = scene.reading
    for n in children(scene, verb, frozenset({"obl:agent", "obl"})):
        phrase = subtree(scene, n)
        if n > verb and reading.words[phrase[0]].lower() == "by":
            return scene.span_of(phrase)
    return None


def find_subject(
    scene: Scene, verb: int, speakers: Mapping[int, Span | None]
) -> Span | None:
    """Return who does what an active verb says.

    Args:
        scene: The report.
        verb: Token of the verb.
        speakers: Source of each verb of a cue; it serves those that hang on it too
            ("said … and denied", "said …, adding").
    """
    reading = scene.reading
    at = verb
    for _ in range(MAX_CLIMB):
        if reading.upos[at] not in ("VERB", "AUX") or is_passive(scene, at):
            return None
        if scene.lexicon.is_a(reading.words[at], PhraseKind.RAISING):
            return None
        if speakers.get(at) is not None:
            return speakers[at]
        if children(scene, at, _SUBJECT):
            return find_phrase(scene, at, _SUBJECT)
        relation = reading.deprels[at].partition(":")[0]
        gerund = reading.words[at].lower().endswith("ing")
        if relation not in _SHARING or (relation != "conj" and not gerund):
            return None
        at = reading.heads[at]
        if at < 0:
            return None
    return None


def find_phrase(scene: Scene, head: int, relations: frozenset[str]) -> Span | None:
    """Return the first phrase that hangs on a word by one of the relations."""
    found = children(scene, head, relations)
    if not found:
        return None
    start, end = subtree(scene, found[0])
    if end - start > MAX_SOURCE_TOKENS:
        return None
    return snap_source(scene, scene.span_of((start, end)))
