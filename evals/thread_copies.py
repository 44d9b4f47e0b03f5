"""Other measures of copies beside the shipped one: `python -m evals.thread_copies`.

Each measure takes the same pairs of comments, those that share a row of three words,
and is scored pairwise against the gold as it is and against the gold with the natural
copies of `thread_copies.tsv`. Natural copies that differ in marks alone are counted
too: no measure of words can leave them out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

from evals.sets import Row, parser_for, read_rows, table
from evals.threads import PLANTED, natural_copies, pairs_of
from sayso.corpus.copies import MIN_WORDS
from sayso.corpus.words import BREAK, Vocabulary, cut_words


class Two(NamedTuple):
    """The words of two comments as numbers, the shorter one first."""

    short: list[int]
    long: list[int]


def aligned(two: Two) -> float:
    """Return the share of words in common in order, as sayso ships it."""
    blocks = SequenceMatcher(None, *two, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in blocks) / (len(two.short) + len(two.long))


def jaccard(two: Two) -> float:
    """Return the share of different words in common."""
    left, right = set(two.short), set(two.long)
    return len(left & right) / len(left | right)


def contained(two: Two) -> float:
    """Return the share of the shorter one's rows of four words that the other has."""
    short, long = (shingles(words, 4) for words in two)
    return len(short & long) / max(len(short), 1)


def shingles(words: list[int], size: int) -> set[tuple[int, ...]]:
    """Return the rows of so many words."""
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}


MEASURES: tuple[tuple[str, Callable[[Two], float], tuple[float, ...]], ...] = (
    ("words in order (shipped: .85)", aligned, (0.75, 0.8, 0.85, 0.9, 0.95)),
    ("Jaccard of words", jaccard, (0.6, 0.7, 0.8, 0.9)),
    ("rows of four words, of the shorter", contained, (0.4, 0.5, 0.6, 0.7, 0.8)),
)


def main() -> None:
    """Print precision, recall and F1 of each measure at each threshold."""
    args = parser_for(__doc__ or "").parse_args()
    rows = read_rows(args.data / PLANTED)
    natural = natural_copies()
    gold = {pair for row in rows for pair in _named(row, row["gold"]["duplicates"])}
    whole = gold | {(name, *pair) for name, own in natural.items() for pair in own}
    known = list(_candidates(rows))
    told: list[tuple[object, ...]] = [
        ("measure", "least", "P", "R", "F1 as scored", "F1, gold completed")
    ]
    for name, measure, thresholds in MEASURES:
        values = [(pair, measure(two)) for pair, two in known]
        for least in thresholds:
            found = {pair for pair, value in values if value >= least}
            hits = len(found & gold)
            share = (100 * hits / max(len(found), 1), 100 * hits / len(gold))
            told.append((name, least, *share, _f1(found, gold), _f1(found, whole)))
    print(table(told))
    same = {pair for pair, two in known if two.short == two.long}
    print(f"natural copies whose words are the same: {len(same - gold)}")


def _candidates(rows: list[Row]) -> Iterator[tuple[tuple[str, str, str], Two]]:
    """Yield the pairs of comments that share a row of three words."""
    for row in rows:
        vocabulary = Vocabulary()
        words = {
            one["id"]: [
                word.number
                for word in cut_words(one["text"], vocabulary)
                if word.number != BREAK
            ]
            for one in row["comments"]
        }
        threes = {name: shingles(own, 3) for name, own in words.items()}
        for left, right in combinations(sorted(words), 2):
            short, long = sorted((words[left], words[right]), key=len)
            if len(short) >= MIN_WORDS and threes[left] & threes[right]:
                yield (row["thread_id"], left, right), Two(short, long)


def _named(row: Row, groups: list[list[str]]) -> set[tuple[str, str, str]]:
    return {(row["thread_id"], *pair) for pair in pairs_of(groups)}


def _f1(found: set[tuple[str, str, str]], gold: set[tuple[str, str, str]]) -> float:
    return 200 * len(found & gold) / (len(found) + len(gold))


if __name__ == "__main__":
    main()
