"""Searches threads of comments on a Ray cluster, with the findings of one machine.

Of many threads each is searched whole on one of the machines. Of one that is too big
for that the words lie on the cluster, in chunks; its comments stay in a file of this
machine, with some hundred bytes for each in memory.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any, NamedTuple, TypeVar

import numpy as np

from sayso.corpus.keys import PART_ROWS, find_shared_keys
from sayso.corpus.pages import Ints
from sayso.corpus.spread import Column, Two
from sayso.corpus.words import Vocabulary, Words, number_words
from sayso.engine import read_thread
from sayso.engine_ray import join_cluster
from sayso.kit import Kit, load_kit
from sayso.record import Comment, Thread
from sayso.vocab.background import Background

BLOCK_CHARS = 4_000_000
"""Of the texts that a worker gets at once; their words are a chunk."""
BLOCK_TEXTS = 50_000
AHEAD = 2
"""Tasks for each processor that may wait for their turn, or for their result's."""

T = TypeVar("T")
Row = Iterable[Any]
"""The arguments of a task; references of Ray stand for what they refer to."""


class ThreadJob(NamedTuple):
    """A thread that is to be searched."""

    comments: Sequence[Comment]
    article: str


def map_threads(jobs: Iterable[ThreadJob], background: Background) -> Iterator[Thread]:
    """Give what the comments of each thread do, in the order of input.

    Raises:
        UsageError: Ray is not installed.
    """
    return RaySpread().map(partial(_read_job, background), jobs)


class RaySpread:
    """Hands chunks to the machines of a cluster: a `Spread`.

    Raises:
        UsageError: Ray is not installed.
    """

    def __init__(self) -> None:
        join_cluster()
        import ray

        resources: Any = ray.cluster_resources  # untyped, as `remote` is
        self._processors = int(resources().get("CPU", 1))
        self._call: Any = ray.remote(_call)
        self._add: Any = ray.remote(_add)

    def number(self, texts: Iterable[str], vocabulary: Vocabulary) -> Words:
        """Return the words of all texts as numbers, in chunks that lie on the cluster.

        Words get the numbers that `number_words` would give them.
        """
        pages, sizes, lengths = [], [np.zeros(0, np.int32)], [np.zeros(0, np.int64)]
        firsts = [0]
        for page, told in self._waiting(self._blocks(texts)):
            own_sizes, own_lengths, stems = told
            numbers = vocabulary.take(stems)
            pages.append(self._call.remote(_renumber, numbers, page))
            sizes.append(own_sizes)
            lengths.append(own_lengths)
            firsts.append(firsts[-1] + len(own_sizes))
        begins = np.concatenate([[0], np.cumsum(np.concatenate(lengths))])
        chunks = RayChunks(self, pages)
        return Words(chunks, np.array(firsts), begins, np.concatenate(sizes), self)

    def map(self, task: Callable[..., T], *columns: Column) -> Iterator[T]:
        """Give what a task makes of each chunk, in their order."""
        return self.map_rows(task, _rows(columns))

    def map_rows(self, task: Callable[..., T], rows: Iterable[Row]) -> Iterator[T]:
        """Give what a task makes of each row, in their order."""
        import ray

        sent = ray.put(task)
        calls = ((None, self._call.remote(sent, *row)) for row in rows)
        for _, result in self._waiting(calls):
            yield result

    def sum(self, task: Callable[..., Ints], *columns: Column) -> Ints:
        """Return the sum of what a task makes of one chunk or more."""
        import ray

        sent, totals = ray.put(task), []
        for number, row in enumerate(_rows(columns)):
            if number < self._processors:
                totals.append(self._call.remote(sent, *row))
            else:
                at = number % self._processors
                totals[at] = self._add.remote(totals[at], sent, *row)
        total: Ints = ray.get(totals[0]).copy()
        for one in totals[1:]:
            total += ray.get(one)
        return total

    def keep(self, task: Two, *columns: Column) -> tuple[RayChunks, RayChunks]:
        """Return the two arrays that a task makes of each chunk; they stay there."""
        import ray

        sent, call = ray.put(task), self._call.options(num_returns=2)
        pairs = [call.remote(sent, *row) for row in _rows(columns)]
        return (
            RayChunks(self, [left for left, _ in pairs]),
            RayChunks(self, [right for _, right in pairs]),
        )

    def table(self, rows: int) -> RayTable:
        """Return an empty table for about so many rows."""
        return RayTable(self, rows // PART_ROWS + 1)

    def split(
        self, task: Callable[..., tuple[Ints, Ints, T]], rows: Iterable[Row], parts: int
    ) -> Iterator[tuple[Sequence[Any], T]]:
        """Give for each row references to keys and owners by part, and what else."""
        import ray

        sent, call = ray.put(task), self._call.options(num_returns=parts + 1)
        calls = (call.remote(_split, parts, sent, *row) for row in rows)
        yield from self._waiting((pieces, other) for *pieces, other in calls)

    def _blocks(self, texts: Iterable[str]) -> Iterator[tuple[Any, Any]]:
        call = self._call.options(num_returns=2)
        for block in _blocks(texts):
            yield tuple(call.remote(_number_block, block))

    def _waiting(self, calls: Iterable[tuple[T, Any]]) -> Iterator[tuple[T, Any]]:
        """Give the results of calls in order, and start no more than are needed."""
        import ray

        waiting: deque[tuple[T, Any]] = deque()
        for call in calls:
            waiting.append(call)
            if len(waiting) > AHEAD * self._processors:
                first, result = waiting.popleft()
                yield first, ray.get(result)
        for first, result in waiting:
            yield first, ray.get(result)


class RayChunks:
    """A row of int32 arrays that lie on the cluster: `Chunks`."""

    def __init__(self, spread: RaySpread, references: Sequence[Any]) -> None:
        self.references = references
        self._spread = spread

    def __len__(self) -> int:
        """Tell how many arrays there are."""
        return len(self.references)

    def __iter__(self) -> Iterator[Ints]:
        """Give the arrays one after the other."""
        return self._spread.map(_same, self)

    def parts(self, wanted: Iterable[tuple[int, int, int]]) -> list[Ints]:
        """Return slices, each given by number of the array, start and end."""
        asked = list(wanted)
        places: dict[int, list[int]] = defaultdict(list)
        for place, (number, _, _) in enumerate(asked):
            places[number].append(place)
        rows = (
            ([asked[place][1:] for place in own], self.references[number])
            for number, own in places.items()
        )
        found: list[Ints] = [np.zeros(0, np.int32)] * len(asked)
        cut = self._spread.map_rows(_cut, rows)
        for own, slices in zip(places.values(), cut, strict=True):
            for place, one in zip(own, slices, strict=True):
                found[place] = one
        return found


class RayTable:
    """Rows of key and owner, split by key over the cluster: a `Table`."""

    def __init__(self, spread: RaySpread, parts: int) -> None:
        self._spread = spread
        self._pieces: list[list[Any]] = [[] for _ in range(parts)]

    def fill(
        self, task: Callable[..., tuple[Ints, Ints, T]], *columns: Column
    ) -> list[T]:
        """Add the keys and owners of each chunk, and return what else a task gives."""
        return self._add(task, _rows(columns))

    def shared(self, at_least: int, then: Callable[[Ints, Ints], T]) -> Iterator[T]:
        """Give what `then` makes of the keys with so many owners, batch by batch."""
        return self._spread.map_rows(partial(_shared, at_least, then), self._pieces)

    def regroup(
        self, at_least: int, then: Callable[[Ints, Ints], tuple[Ints, Ints]]
    ) -> RayTable:
        """Return a table of the rows that `then` makes of such batches."""
        table = RayTable(self._spread, len(self._pieces))
        table._add(partial(_regrouped, at_least, then), self._pieces)
        return table

    def tally(self, then: Callable[[Ints, Ints], T]) -> Iterator[T]:
        """Give what `then` makes of all keys and the number of their rows."""
        return self._spread.map_rows(partial(_tallied, then), self._pieces)

    def _add(
        self, task: Callable[..., tuple[Ints, Ints, T]], rows: Iterable[Row]
    ) -> list[T]:
        others = []
        for pieces, other in self._spread.split(task, rows, len(self._pieces)):
            for own, piece in zip(self._pieces, pieces, strict=True):
                own.append(piece)
            others.append(other)
        return others


def _rows(columns: Sequence[Column]) -> Iterator[Row]:
    there = [one.references if isinstance(one, RayChunks) else one for one in columns]
    return zip(*there, strict=True)


def _blocks(texts: Iterable[str]) -> Iterator[list[str]]:
    block: list[str] = []
    size = 0
    for text in texts:
        block.append(text)
        size += len(text)
        if size >= BLOCK_CHARS or len(block) >= BLOCK_TEXTS:
            yield block
            block, size = [], 0
    if block:
        yield block


# What the machines of the cluster do.


def _call(task: Callable[..., Any], *row: Any) -> Any:
    return task(*row)


def _add(total: Ints, task: Callable[..., Ints], *row: Any) -> Ints:
    return total + task(*row)


def _same(page: Ints) -> Ints:
    return page


def _cut(spans: Sequence[tuple[int, int]], page: Ints) -> list[Ints]:
    return [page[start:end] for start, end in spans]


def _number_block(texts: list[str]) -> tuple[Ints, tuple[Ints, Ints, list[str]]]:
    """Return the words in numbers of their own, and what these stand for."""
    vocabulary = Vocabulary()
    words = number_words(texts, vocabulary)
    lengths = np.concatenate([part.lengths for part in words.parts()])
    told = words.sizes, lengths, vocabulary.stems
    return np.concatenate(list(words.chunks)), told


def _renumber(numbers: Ints, page: Ints) -> Ints:
    with_break: Ints = np.append(numbers, [-1]).astype(np.int32)  # BREAK is the last
    renumbered: Ints = with_break[page]
    return renumbered


def _split(
    parts: int, task: Callable[..., tuple[Ints, Ints, Any]], *row: Any
) -> list[Any]:
    keys, owners, other = task(*row)
    part = (keys % parts).astype(np.int32)
    order = np.argsort(part, kind="stable")
    cuts = np.searchsorted(part[order], np.arange(1, parts))
    split = zip(np.split(keys[order], cuts), np.split(owners[order], cuts), strict=True)
    return [*split, other]


def _joined(pieces: Sequence[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    keys = np.concatenate([np.zeros(0, np.int64), *(one for one, _ in pieces)])
    owners = np.concatenate([np.zeros(0, np.int32), *(one for _, one in pieces)])
    return keys, owners.astype(np.int32)


def _shared(
    at_least: int, then: Callable[[Ints, Ints], T], *pieces: tuple[Ints, Ints]
) -> T:
    return then(*find_shared_keys(*_joined(pieces), at_least))


def _regrouped(
    at_least: int,
    then: Callable[[Ints, Ints], tuple[Ints, Ints]],
    *pieces: tuple[Ints, Ints],
) -> tuple[Ints, Ints, None]:
    return (*_shared(at_least, then, *pieces), None)


def _tallied(then: Callable[[Ints, Ints], T], *pieces: tuple[Ints, Ints]) -> T:
    return then(*np.unique(_joined(pieces)[0], return_counts=True))


def _read_job(background: Background, job: ThreadJob) -> Thread:
    return read_thread(
        job.comments, article=job.article, kit=_kit(), background=background
    )


@cache
def _kit() -> Kit:
    return load_kit()
