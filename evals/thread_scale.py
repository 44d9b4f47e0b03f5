"""Time and memory of one huge thread: `python -m evals.thread_scale --comments N`.

Made comments of 30 words drawn by Zipf's law; 10 % use one of ten planted phrases, 1 %
are near-copies of the comment before. Talking points and copies, without the parse: it
is asked for a few comments a finding, whatever the size of the thread.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator

import numpy as np

from evals.sets import table
from sayso.corpus.threads import find_thread
from sayso.reading.types import Reading
from sayso.record import Comment, Span
from sayso.vocab.background import load_background

VOCABULARY = 50_000
WORDS = 30
PLANTED = 10
SEED = 6


def main() -> None:
    """Print seconds, memory and what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, default=1_000_000)
    args = parser.parse_args()
    comments = tuple(make_comments(args.comments))
    background = load_background()
    made = peak_mib()
    began, worked = time.perf_counter(), time.process_time()
    thread = find_thread(comments, article="", background=background, read=compound)
    took, worked = time.perf_counter() - began, time.process_time() - worked
    planted = {" ".join(phrase(number)) for number in range(PLANTED)}
    found = {point.phrase for point in thread.talking_points}
    rows = (
        ("figure", "value"),
        ("comments", len(comments)),
        ("seconds", took),
        ("seconds of one core", worked),
        ("peak MiB, comments alone", made),
        ("peak MiB", peak_mib()),
        ("talking points", len(found)),
        ("planted found", len(planted & found)),
        ("groups of copies", len(thread.copies)),
    )
    print(table(rows))


def make_comments(count: int) -> Iterator[Comment]:
    """Yield comments, each by an author of its own."""
    numbers = np.random.default_rng(SEED)
    chance = random.Random(SEED)
    weights = 1 / (np.arange(VOCABULARY) + 5)
    names = np.array([f"w{number}" for number in range(VOCABULARY)], object)
    last: list[str] = []
    for start in range(0, count, 10_000):
        size = min(10_000, count - start)
        drawn = numbers.choice(VOCABULARY, (size, WORDS), p=weights / weights.sum())
        for place, row in enumerate(names[drawn].tolist(), start + 1):
            kind = chance.random()
            if kind < 0.1:
                row[5:8] = phrase(chance.randrange(PLANTED))
            elif kind < 0.11 and last:
                row = [*last[:10], *row[10:11], *last[11:]]
            last = row
            yield Comment(n=place, author=f"c{place}", text=" ".join(row))


def phrase(number: int) -> list[str]:
    """Return the words of a planted phrase."""
    return [f"p{number}{letter}" for letter in "abc"]


def compound(comment: Comment) -> Reading:
    """Read a comment as one long compound, so that every row of words is a phrase."""
    words = tuple(comment.text.split())
    ends = np.cumsum([len(word) + 1 for word in words]).tolist()
    size = len(words)
    return Reading(
        tokens=tuple(
            Span(end - 1 - len(word), end - 1)
            for word, end in zip(words, ends, strict=True)
        ),
        words=words,
        sentences=((0, size),),
        paragraphs=((0, size),),
        upos=("NOUN",) * size,
        heads=(*range(1, size), -1),
        deprels=("compound",) * size,
        entities=(),
        attributions=(),
        vectors=np.zeros((size, 1), np.float32),
    )


def peak_mib() -> int:
    """Return the most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
