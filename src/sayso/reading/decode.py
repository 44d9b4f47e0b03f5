"""From label scores to labels: best paths, trees and spans, in numpy alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
SOURCE_TAGS, CONTENT_TAGS = (1, 2), (3, 4)  # B and I among the link tags; 0 is outside


class Transitions(NamedTuple):
    """Scores of a linear chain: `moves` float32 (from, to), `begin` float32 (to,)."""

    moves: Floats
    begin: Floats


def best_path(emissions: Floats, chain: Transitions) -> list[int]:
    """Return the best tag of each word; `emissions` is float32 (words, tags)."""
    if not len(emissions):
        return []
    rows = emissions.tolist()
    moves = chain.moves.T.tolist()  # moves[to][from]
    scores = [e + b for e, b in zip(rows[0], chain.begin.tolist(), strict=True)]
    back = []
    for row in rows[1:]:
        pointers, fresh = [], []
        for arrives, emission in zip(moves, row, strict=True):
            sums = [s + m for s, m in zip(scores, arrives, strict=True)]
            best = max(sums)
            pointers.append(sums.index(best))
            fresh.append(best + emission)
        back.append(pointers)
        scores = fresh
    tag = scores.index(max(scores))
    path = [tag]
    for pointers in reversed(back):
        tag = pointers[tag]
        path.append(tag)
    return path[::-1]


def best_paths(emissions: Floats, chain: Transitions) -> Ints:
    """Return best tags int64 (rows, words) of rows of equal length at once.

    Args:
        emissions: float32 (rows, words, tags).
        chain: the scores that all rows share.
    """
    n, t, k = emissions.shape
    steps = np.ascontiguousarray(emissions.transpose(1, 0, 2))
    arrivals = np.ascontiguousarray(chain.moves.T)  # (to, from)
    scores = steps[0] + chain.begin
    back = np.empty((t, n * k), np.int64)
    base = np.arange(0, n * k * k, k)
    for place in range(1, t):
        sums = scores[:, None, :] + arrivals
        pointers = sums.argmax(2).ravel()
        back[place] = pointers
        scores = sums.ravel()[base + pointers].reshape(n, k) + steps[place]
    tags = np.empty((t, n), np.int64)
    tags[-1] = scores.argmax(1)
    rows = np.arange(0, n * k, k)
    for place in range(t - 1, 0, -1):
        tags[place - 1] = back[place][rows + tags[place]]
    return np.ascontiguousarray(tags.T)


def posteriors(scores: Floats) -> Floats:
    """Return softmax over the last axis."""
    exponents = np.exp(scores - scores.max(-1, keepdims=True))
    out: Floats = exponents / exponents.sum(-1, keepdims=True)
    return out


def runs(tags: list[int], begin: int, inside: int) -> list[tuple[int, int]]:
    """Return half-open ranges that start with `begin` and go on with `inside`.

    An `inside` without its `begin` starts a run as well.
    """
    found: list[tuple[int, int]] = []
    start = -1
    for place, tag in enumerate(tags):
        if tag == begin or (tag == inside and start < 0):
            if start >= 0:
                found.append((start, place))
            start = place
        elif tag != inside and start >= 0:
            found.append((start, place))
            start = -1
    if start >= 0:
        found.append((start, len(tags)))
    return found


def entity_runs(tags: list[int]) -> list[tuple[int, int, int]]:
    """Return (start, end, label number) of BIO tags.

    Tag 0 is outside, 2k+1 begins label k, 2k+2 goes on with it.

    A label that changes inside a run, or an inside without its begin, starts anew.
    """
    found: list[tuple[int, int, int]] = []
    start, label = -1, -1
    for place, tag in enumerate([*tags, 0]):
        here = (tag - 1) // 2 if tag else -1
        if start >= 0 and (here != label or tag % 2):
            found.append((start, place, label))
            start = -1
        if tag and start < 0:
            start, label = place, here
    return found


def tree_heads(scores: Floats) -> list[int]:
    """Return each word's head in one sentence, -1 for the one root.

    The best head of each word is taken; only where that gives no tree is the maximum
    spanning tree sought.

    Args:
        scores: float32 (words, words + 1); the last column is the root.
    """
    n = len(scores)
    if n == 1:
        return [-1]
    own = scores.astype(np.float64)
    own[np.arange(n), np.arange(n)] = -1e9
    heads = own.argmax(1).tolist()
    if heads.count(n) != 1:  # none or several want to be the root
        root = int((own[:, n] - own[:, :n].max(1)).argmax())
        own[:, n] = -1e9
        own[root] = -1e9
        own[root, n] = 0.0
        heads = own.argmax(1).tolist()
    if _reaches_root(heads, n):
        return [-1 if head == n else head for head in heads]
    return _spanning_tree(own[:, :n], heads.index(n))


def _reaches_root(heads: list[int], root: int) -> bool:
    """Return whether every word leads to `root`."""
    led = {root}
    for word in range(len(heads)):
        path: list[int] = []
        at = word
        while at not in led and len(path) < len(heads):
            path.append(at)
            at = heads[at]
        if at not in led:  # it goes round in a ring
            return False
        led.update(path)
    return True


def _spanning_tree(scores: npt.NDArray[np.float64], root: int) -> list[int]:
    """Return heads of the maximum spanning tree under `root` (Chu-Liu, Edmonds)."""
    n = len(scores)
    edges = {
        (head, word): score
        for word, row in enumerate(scores.tolist())
        if word != root
        for head, score in enumerate(row)
        if head != word
    }
    heads = _chu_liu(edges, set(range(n)), root, n)
    return [-1 if word == root else heads[word] for word in range(n)]


def _chu_liu(
    edges: dict[tuple[int, int], float], nodes: set[int], root: int, fresh: int
) -> dict[int, int]:
    """Return the best head of each node but the root; `fresh` numbers a merged one."""
    best: dict[int, int] = {}
    for (head, word), score in edges.items():
        if word != root and (word not in best or score > edges[best[word], word]):
            best[word] = head
    cycle = _find_cycle(best, root)
    if not cycle:
        return best
    outer: dict[tuple[int, int], float] = {}
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    for (head, word), score in edges.items():
        if head in cycle and word in cycle:
            continue
        key = (fresh if head in cycle else head, fresh if word in cycle else word)
        value = score - edges[best[word], word] if word in cycle else score
        if key not in outer or value > outer[key]:
            outer[key], origin[key] = value, (head, word)
    solved = _chu_liu(outer, (nodes - cycle) | {fresh}, root, fresh + 1)
    heads = {word: best[word] for word in cycle}
    for word, head in solved.items():
        true_head, true_word = origin[head, word]
        heads[true_word] = true_head
    return heads


def _find_cycle(best: dict[int, int], root: int) -> set[int]:
    """Return the words of one cycle, or an empty set."""
    done: set[int] = {root}
    for word in best:
        path: list[int] = []
        seen: set[int] = set()
        while word not in done and word not in seen:
            seen.add(word)
            path.append(word)
            word = best[word]
        if word in seen:
            return set(path[path.index(word) :])
        done |= seen
    return set()
