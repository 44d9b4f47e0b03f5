"""Who speaks, where the parse tells it better than the link head.

The head reads a passive's subject as its source ("he had been told by the governor"),
and finds none where two cues share a subject ("it said … and threatened").
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from sayso.extract.edges import snap_content, snap_source
from sayso.extract.scene import Draft, Scene, subtract
from sayso.extract.sources import head_of
from sayso.reading.types import TokenRange
from sayso.record.span import Span

MAX_CLIMB = 4  # from a verb to the one whose subject it shares
MAX_SOURCE_TOKENS = 30  # a longer subject is a clause, or a fault of the parse
_SHARING = frozenset({"conj", "advcl", "xcomp", "parataxis"})
_SUBJECT = frozenset({"nsubj", "nsubj:outer"})
_PATIENT = frozenset({"nsubj:pass", "expl", "expl:pass", "nsubj:outer"})
# Their subject is the one who is quoted, though they are passive.
_QUOTED = frozenset({"quote", "cite"})
# Their subject is what is talked about: "it seems", "she appears to have left".
_RAISING = frozenset({"seem", "appear", "look", "sound", "happen", "turn"})
_QUESTIONED = frozenset({"ask", "remind", "press", "question"})


def mend_sources(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with sources that fit the parse."""
    verbs = [head_of(scene, scene.tokens_of(draft.cue)) for draft in drafts]
    mended = [
        draft if verb is None else _without_patient(scene, draft, verb)
        for draft, verb in zip(drafts, verbs, strict=True)
    ]
    speakers = {
        verb: draft.source
        for draft, verb in zip(mended, verbs, strict=True)
        if verb is not None and draft.source is not None
    }
    return [
        draft
        if draft.source is not None or verb is None
        else replace(draft, source=_find_subject(scene, verb, speakers))
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
    patients = _children(scene, verb, _PATIENT)
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


def is_passive(scene: Scene, verb: int) -> bool:
    """Tell whether the parse takes a verb for a passive."""
    reading = scene.reading
    start, end = scene.sentence_of(verb)
    return any(
        reading.heads[n] == verb and reading.deprels[n].endswith(":pass")
        for n in range(start, end)
    )


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
    for n in _children(scene, verb, frozenset({"obl:agent", "obl"})):
        phrase = _subtree(scene, n)
        if n > verb and reading.words[phrase[0]].lower() == "by":
            return scene.span_of(phrase)
    return None


def _find_subject(
    scene: Scene, verb: int, speakers: dict[int, Span | None]
) -> Span | None:
    """Return the source of the verb, or of the verb that it shares its subject with."""
    reading = scene.reading
    at = verb
    for _ in range(MAX_CLIMB):
        if reading.upos[at] not in ("VERB", "AUX") or is_passive(scene, at):
            return None
        if scene.lemmas[at] in _RAISING:
            return None
        if speakers.get(at) is not None:
            return speakers[at]
        subjects = _children(scene, at, _SUBJECT)
        if subjects:
            start, end = _subtree(scene, subjects[0])
            if end - start > MAX_SOURCE_TOKENS:
                return None
            return snap_source(scene, scene.span_of((start, end)))
        relation = reading.deprels[at].partition(":")[0]
        gerund = reading.words[at].lower().endswith("ing")
        if relation not in _SHARING or (relation != "conj" and not gerund):
            return None
        at = reading.heads[at]
        if at < 0:
            return None
    return None


def _children(scene: Scene, head: int, relations: frozenset[str]) -> list[int]:
    reading = scene.reading
    start, end = scene.sentence_of(head)
    return [
        n
        for n in range(start, end)
        if reading.heads[n] == head and reading.deprels[n] in relations
    ]


def _subtree(scene: Scene, head: int) -> TokenRange:
    """Return the unbroken stretch of words round a word that hang on it."""
    heads = scene.reading.heads
    first, last = scene.sentence_of(head)
    start = end = head
    while start > first and _hangs_on(heads, start - 1, head):
        start -= 1
    while end + 1 < last and _hangs_on(heads, end + 1, head):
        end += 1
    return start, end + 1


def _hangs_on(heads: Sequence[int], token: int, goal: int) -> bool:
    for _ in range(len(heads)):
        if token == goal or token < 0:
            return token == goal
        token = heads[token]
    return False
