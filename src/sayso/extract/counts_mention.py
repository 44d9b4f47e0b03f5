"""A number of people whom something befell, and what exactly the word says."""

from __future__ import annotations

import msgspec

from sayso.extract.counts_parse import oblique
from sayso.extract.counts_people import People
from sayso.extract.tree import Tree
from sayso.record.claims import Counted
from sayso.record.span import Span
from sayso.vocab.casualties import CasualtyWord

# How sure each way to a count is, by its share of right ones; see docs/counts.md.
DIRECT, NEAR, FIGURE, SINGLE = 0.86, 0.89, 0.77, 0.56
_FATAL = frozenset({"fatally", "mortally"})
# "Shot" kills unless the text goes on to say that it only wounded.
_SHOOT = ("shoot",)
_WOUNDED = frozenset({"wounded", "injured", "hurt", "wounding", "injuring"})
_LIMBS = frozenset(
    {"leg", "legs", "thigh", "arm", "hand", "foot", "knee", "hip", "shoulder"}
)
_JOINED = frozenset({"conj"})
_IN = frozenset({"in"})


class CountMention(msgspec.Struct, frozen=True, kw_only=True):
    """A number of people whom something befell, where the text tells it."""

    what: Counted
    low: int | None
    """None if only an upper bound is told."""
    high: int | None
    """None if only a lower bound is told."""
    approximate: bool
    span: Span
    """The number with its bounds and noun: "at least 25 soldiers"."""
    head: int
    """Token of the noun that is counted, or of the number that stands alone."""
    of: str | None
    """The noun that is counted, as it stands: "soldiers"."""
    anchor: int
    """Token of the word that tells what befell them."""
    confidence: float


def make_mention(
    tree: Tree, entry: CasualtyWord, at: int, people: People, confidence: float
) -> CountMention:
    """Return the count of people whom the word at a token befell."""
    assert entry.what is not None
    noun = None if people.noun in (None, at) else people.noun
    return CountMention(
        what=_befell(tree, entry, at),
        low=people.amount.low,
        high=people.amount.high,
        approximate=people.amount.approximate,
        span=tree.span_of(people.start, max(people.end, people.head + 1)),
        head=people.head,
        of=None if noun is None else tree.reading.words[noun],
        anchor=at,
        confidence=confidence,
    )


def _befell(tree: Tree, entry: CasualtyWord, at: int) -> Counted:
    """Return what befell them, where that takes more than the word itself."""
    assert entry.what is not None
    words = tree.words
    if at and words[at - 1] in _FATAL:
        return Counted.KILLED
    if entry.words != _SHOOT:
        return entry.what
    near = [*tree.children(at, _JOINED), tree.reading.heads[at]]
    wounded = any(words[n] in _WOUNDED for n in near if n >= 0)
    limb = any(words[n] in _LIMBS for n in oblique(tree, at, _IN))
    return Counted.INJURED if wounded or limb else Counted.KILLED
