"""What the incident head says of a text: numbers, without the means to make them."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from sayso.reading.decode import Floats
from sayso.reading.types import TokenRange
from sayso.record.span import Span

SLOTS = ("individual", "organisation", "target", "victim", "people", "instrument")
"""What a word can fill: `victim` by name, `people` by description."""
KINDS = ("attack", "bombing", "kidnapping", "arson", "robbery", "forced_work_stoppage")
CLAIMS = (
    "reported_as_fact",
    "claimed_or_admitted",
    "suspected_or_accused",
    "suspected_or_accused_by_authorities",
    "possible",
    "acquitted",
)
STAGES = ("accomplished", "attempted", "threatened")
HARMS = ("death", "injury", "none", "freed", "unknown")
DAMAGES = ("destroyed", "some_damage", "none", "taken", "unknown")


class SlotScores(NamedTuple):
    """One text as the incident head sees it; T is the number of its tokens."""

    tokens: tuple[Span, ...]
    words: tuple[str, ...]
    """In lower case."""
    sentences: tuple[TokenRange, ...]
    tags: Floats
    """Log probabilities of O, B, I: float32 (slots, T, 3)."""
    kinds: Floats
    """Probabilities that a filler belongs to an incident of each kind: (T, kinds)."""
    claims: Floats
    """Scores of how the text ties an organisation to the act: (T, claims)."""
    harms: Floats
    """Scores of what befell a person: (T, harms)."""
    damages: Floats
    """Scores of what befell a thing: (T, damages)."""
    relevance: float
    """Probability that the key of MUC-4 would fill a template, 0 to 1."""
    present: Floats
    """Probability of each kind of incident in the text: (kinds,)."""
    stages: Floats
    """Probabilities of the stage of each kind's incident: (kinds, stages)."""
    vectors: Floats
    """What the words mean, in their context and without: float32 (T, 2 width)."""


class FillerWords(NamedTuple):
    """How often words filled the slots in the texts that the head was made from."""

    seen: dict[str, int]
    """Texts with the word or phrase, which is in lower case."""
    filled: dict[str, dict[str, int]]
    """By slot: texts in which the phrase is a filler."""
    ended: dict[str, dict[str, int]]
    """By slot: texts in which a filler ends with the word."""


class CueJudge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What turns the words near something, and the head, into one of some labels."""

    cues: dict[str, str]
    """Patterns over lower-case words, by name."""
    weights: tuple[tuple[float, ...], ...]
    """By label: weights of the signs of `extract.incidents_cues.judge`, the constant
    last."""
    levels: tuple[float, ...]
    """Of each label: the common one is said too readily without."""


class SlotSettings(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """What turns scores into incidents; chosen on reports that the head never saw."""

    relevance: float
    """From here on an incident is what MUC-4 asks for."""
    present: float
    """From here on an incident of a kind is told of."""
    belongs: float
    """From here on a filler belongs to an incident of a kind."""
    least: dict[str, float]
    """The least probability of a filler, by slot."""
    ranker: dict[str, tuple[float, ...]]
    """By slot: weights of the signs of a candidate, of its vector, and a constant."""
    claim: CueJudge
    stage: CueJudge
