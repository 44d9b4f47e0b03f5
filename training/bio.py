"""Entity tags as mentions and back, and the score of one against another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

Mention = tuple[int, int, str]
"""Start, end, label; tokens or code points, as the place of use says."""
MEASURED = ("PER", "ORG", "LOC")


class TaggedDoc(Protocol):
    """What a score needs of a document."""

    @property
    def tokens(self) -> Sequence[tuple[int, int]]:
        """Code points of each token."""

    @property
    def tags(self) -> Sequence[str | None]:
        """BIO tags; None where the label is unknown."""


@dataclass(frozen=True, kw_only=True)
class ClassScore:
    """Exact-span counts of one label."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of the predicted mentions that are right; 0 without any."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold mentions that are found; 0 without any."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.predicted + self.gold
        return 2 * self.right / total if total else 0.0


def measure_entities(
    docs: Sequence[TaggedDoc], predicted: Sequence[Iterable[Mention]]
) -> dict[str, ClassScore]:
    """Return the exact-span score of PER, ORG and LOC; `macro_f1` sums it up.

    `predicted` holds mentions in code points, one collection for each document. NORP
    and MISC are left out on both sides: no corpus but GUM tells them apart from words
    without a tag. A prediction that touches a token of unknown label is not counted.
    """
    right, guessed, wanted = (dict.fromkeys(MEASURED, 0) for _ in range(3))
    for doc, found in zip(docs, predicted, strict=True):
        gold = {
            (doc.tokens[start][0], doc.tokens[end - 1][1], label)
            for start, end, label in mentions_of(doc.tags)
            if label in MEASURED
        }
        unknown = [
            s for s, tag in zip(doc.tokens, doc.tags, strict=True) if tag is None
        ]
        for mention in set(found):
            start, end, label = mention
            is_unknown = any(s < end and e > start for s, e in unknown)
            if label in MEASURED and not is_unknown:
                guessed[label] += 1
                right[label] += mention in gold
        for _, _, label in gold:
            wanted[label] += 1
    return {
        label: ClassScore(
            right=right[label], predicted=guessed[label], gold=wanted[label]
        )
        for label in MEASURED
    }


def macro_f1(scores: dict[str, ClassScore]) -> float:
    """Return the mean F1 over the labels that the gold holds."""
    held = [score.f1 for score in scores.values() if score.gold]
    return sum(held) / len(held) if held else 0.0


def without_overlap(found: Iterable[Mention]) -> list[Mention]:
    """Return mentions in text order; of two that overlap the longer one stays."""
    taken: set[int] = set()
    kept = []
    for mention in sorted(set(found), key=lambda m: (m[0] - m[1], m[0], m[2])):
        inside = range(mention[0], mention[1])
        if inside and taken.isdisjoint(inside):
            taken.update(inside)
            kept.append(mention)
    return sorted(kept)


def tags_of(mentions: Iterable[Mention], length: int) -> list[str | None]:
    """Return BIO tags of a row of `length` tokens; mentions must not overlap."""
    tags: list[str | None] = ["O"] * length
    for start, end, label in mentions:
        tags[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    return tags


def mentions_of(tags: Iterable[str | None]) -> list[Mention]:
    """Return the mentions of a tag row; a stray I- opens a mention of its own."""
    found: list[Mention] = []
    open_label, start = "", 0
    for i, tag in enumerate([*tags, "O"]):
        label = tag[2:] if tag and tag != "O" else ""
        goes_on = bool(tag and tag.startswith("I-") and label == open_label)
        if open_label and not goes_on:
            found.append((start, i, open_label))
            open_label = ""
        if label and not goes_on:
            open_label, start = label, i
    return found
