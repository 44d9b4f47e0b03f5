"""What the neural net makes of one report: tokens, syntax, entities, attributions.

A Reading holds nothing that the words alone cannot tell. Ids, actors and stances of
record come later, in `extract` and `resolve`.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from sayso.record.span import Span

TokenRange = tuple[int, int]
"""Half-open range of token numbers of one Reading."""


class EntityMention(msgspec.Struct, frozen=True, kw_only=True):
    """A proper name, or a demonym or group name, as the entity head tags it."""

    tokens: TokenRange
    label: str
    """PER, ORG, LOC, NORP (nationality, religious or political group) or MISC."""
    confidence: float
    """Mean token posterior, 0 to 1."""


class Signs(NamedTuple):
    """How sure cue, source and content of an attribution are, in log odds.

    All are zero where a rule found the cue. A missing source or content takes the mean
    posterior of "outside" over the window.
    """

    cue: float = 0.0
    """Mean posterior of its words."""
    cue_opens: float = 0.0
    """That its first word begins a cue."""
    cue_goes_on: float = 0.0
    """That the word after it belongs to a cue."""
    source: float = 0.0
    """Mean posterior of its words."""
    source_least: float = 0.0
    """The least of them."""
    source_left: float = 0.0
    """Of the likeliest word that was left out."""
    content: float = 0.0
    content_least: float = 0.0
    content_left: float = 0.0


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """One cue with the source and content that the link head picked for it."""

    cue: TokenRange
    source: tuple[TokenRange, ...]
    """Empty when the text names nobody ("reportedly")."""
    content: tuple[TokenRange, ...]
    """In text order; empty for a bare declined comment."""
    stance: tuple[float, ...]
    """Probabilities in the order of `sayso.record.claims.Stance`; sums to 1."""
    speech: float
    """Probability that this is an utterance, not an attitude or act, 0 to 1."""
    signs: Signs = Signs()
    """From these and more, `sayso.extract.sureness` tells how sure a statement is."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens of `report.text` with all labels; every sequence runs in text order."""

    tokens: tuple[Span, ...]
    """Words and marks, in code points of the text; white space is in none."""
    words: tuple[str, ...]
    """The text of each token."""
    sentences: tuple[TokenRange, ...]
    """Cover all tokens without gap or overlap."""
    paragraphs: tuple[TokenRange, ...]
    """Cover all tokens; a sentence never crosses a paragraph."""
    upos: tuple[str, ...]
    """Universal part of speech of each token."""
    heads: tuple[int, ...]
    """Token number of the syntactic head, -1 for the root of a sentence."""
    deprels: tuple[str, ...]
    """Universal Dependencies relation of each token to its head."""
    entities: tuple[EntityMention, ...]
    """Without overlap."""
    attributions: tuple[Attribution, ...]
    """By cue; cues do not overlap. Nested ones stand beside their outer one."""
    vectors: npt.NDArray[np.float32]
    """float32 (tokens, width): the trunk's last layer at each token."""
    middle: npt.NDArray[np.float32]
    """float32 (tokens, width): the third layer, nearer to the sense of words."""
    lexical: npt.NDArray[np.float32]
    """float32 (tokens, width): each word by itself, the mean of its pieces."""
