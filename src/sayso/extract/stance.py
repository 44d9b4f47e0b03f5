"""The force of an utterance: what the stance head says, where the cue knows better."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.extract.scene import Draft, Scene
from sayso.record.claims import Stance
from sayso.vocab.lexicon import CueEntry, Frame

# Sureness of the head from which on it is believed against a telling cue: such cues are
# right in .96 of the conflict set, "relays" in .6 (docs/statements.md).
SURE = 0.9
SURE_OF_RELAYS = 0.6
SURE_OF_SPEECH = 0.45  # nearer than this to one half, the cue decides

_STANCES = tuple(Stance)
_FRAMES = tuple(Frame)
_BE = frozenset({"be", "get"})
_QUESTION = frozenset(
    {"whether", "if", "who", "what", "when", "where", "why", "how", "which", "whose"}
)


def match_cue(scene: Scene, draft: Draft, *, negated: bool) -> CueEntry | None:
    """Return the lexicon entry that fits a cue best.

    The entry of the most telling frame wins, then the longest, then the first in the
    cue. Entries may reach two words past the cue: "claimed" + "responsibility for".
    """
    start, end = scene.tokens_of(draft.cue)
    lemmas = scene.lemmas[start : end + 2]
    held = _frames_held(scene, draft, negated=negated)
    fitting = [
        (len(entry.words), _FRAMES.index(entry.frame), -at, entry)
        for at, entry in scene.lexicon.cue_entries(lemmas)
        if at < end - start
        and (entry.frame in held or _passive(scene, entry, draft, start + at))
    ]
    return max(fitting, key=lambda row: row[:3], default=(None,))[-1]


def choose_stance(draft: Draft, entry: CueEntry | None) -> Stance:
    """Return the stance of the head, or of the cue where the head is unsure."""
    if not draft.stance:
        return Stance.ASSERTS if entry is None else entry.stance
    sureness, number = max(zip(draft.stance, range(len(_STANCES)), strict=True))
    best = _STANCES[number]
    if entry is None or not entry.is_telling:
        return best
    needed = SURE_OF_RELAYS if entry.stance is Stance.RELAYS else SURE
    return best if sureness >= needed else entry.stance


def is_speech(draft: Draft, entry: CueEntry | None) -> bool:
    """Tell whether something was uttered; the cue decides where the head wavers."""
    if entry is not None and abs(draft.speech - 0.5) < SURE_OF_SPEECH:
        return entry.speech
    return draft.speech >= 0.5


def _frames_held(scene: Scene, draft: Draft, *, negated: bool) -> set[Frame]:
    held = {Frame.ANY}
    if negated:
        held.add(Frame.NOT)
    first = _first_words(scene, draft)
    if first[:1] == ["to"] or scene.lemmas[scene.tokens_of(draft.cue)[1] - 1] == "to":
        held.add(Frame.TO)
    if _QUESTION.intersection(first[:1]):
        held.add(Frame.WHETHER)
    return held


def _first_words(scene: Scene, draft: Draft) -> list[str]:
    after: Iterable[int] = (
        scene.tokens_of(span)[0]
        for span in draft.content
        if span.start >= draft.cue.end
    )
    at = min(after, default=None)
    return [] if at is None else list(scene.lemmas[at : at + 1])


def _passive(scene: Scene, entry: CueEntry, draft: Draft, verb: int) -> bool:
    """Tell whether a verb of the cue is passive: "was told", or bare with no source."""
    if entry.frame is not Frame.PASSIVE:
        return False
    start, _ = scene.tokens_of(draft.cue)
    if scene.reading.words[verb].lower().endswith("ing"):
        return False
    helped = any(lemma in _BE for lemma in scene.lemmas[start:verb])
    return helped or (draft.source is None and verb == start)
