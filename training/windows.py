"""Windows of documents as padded tensors, with the labels of every task."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from sayso.reading import features
from sayso.reading.wordpiece import WordPiece
from training.documents import Document
from training.model import ENTITY_TAGS, FEATURES, LINK_TAGS

OPEN = -100  # label of a word that its corpus leaves open
# Of an open word behind a gold cue: may begin a cue, cannot go on with it. Else
# cues grow into contents ("said that"), as any path through open words is right.
ENDED = -101
TAG_IDS = {tag: number for number, tag in enumerate(ENTITY_TAGS)}


def allowed_cue_tags(gold: Tensor) -> Tensor:
    """Return bool (B, T, 3): the tags that each word may have in the loss."""
    allowed = torch.nn.functional.one_hot(gold.clamp(min=0), 3).bool()
    allowed = allowed | (gold == OPEN).unsqueeze(-1)
    allowed[..., 1] |= gold == ENDED  # and O, as one-hot of the clamped label
    return allowed


@dataclass
class Encoded:
    """A document as arrays over its words; `pieces` is ragged."""

    document: Document
    pieces: list[tuple[int, ...]]
    features: np.ndarray
    quotes: np.ndarray
    sentence_of: np.ndarray
    paragraph_of: np.ndarray
    upos: np.ndarray
    heads: np.ndarray
    deprels: np.ndarray
    starts: np.ndarray
    tags: np.ndarray
    cues: np.ndarray
    """0, 1, 2 for O, B, I; `OPEN` where nesting is not annotated or nothing is."""
    sources: np.ndarray
    contents: np.ndarray
    usable: np.ndarray
    """False in stretches that are no article text."""


def encode_document(
    document: Document,
    wordpiece: WordPiece,
    upos: dict[str, int],
    relations: dict[str, int],
) -> Encoded:
    """Return the arrays of `document`; labels that its corpus lacks are `OPEN`."""
    n = len(document.words)
    open_ = np.full(n, OPEN)
    surface = features.surface(document.words, document.paragraphs)
    sentence_of, starts = np.zeros(n, int), np.zeros(n, int)
    for number, (s, e) in enumerate(document.sentences):
        sentence_of[s:e] = number
        starts[s] = 1
    paragraph_of = np.zeros(n, int)
    for number, (s, e) in enumerate(document.paragraphs):
        paragraph_of[s:e] = number
    cues, sources, contents = _attribution_labels(document)
    usable = np.ones(n, bool)
    for s, e in document.skip:
        usable[s:e] = False
    return Encoded(
        document,
        [wordpiece.pieces(w) for w in document.words],
        surface.codes,
        surface.quotes,
        sentence_of,
        paragraph_of,
        np.array([upos[u] for u in document.upos]) if document.upos else open_,
        np.array(document.heads) if document.heads else open_,
        np.array([relations[r] for r in document.deprels])
        if document.deprels
        else open_,
        starts if document.gold_sentences else open_,
        np.array([OPEN if t is None else TAG_IDS[t] for t in document.tags])
        if document.tags
        else open_,
        cues,
        sources,
        contents,
        usable,
    )


def _attribution_labels(
    document: Document,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    n = len(document.words)
    if document.relations is None:
        return np.full(n, OPEN), np.full(n, OPEN), np.full(n, OPEN)
    cues, sources, contents = np.zeros(n, int), np.zeros(n, int), np.zeros(n, int)
    for relation in document.relations:
        for s, e in relation.source:
            sources[s], sources[s + 1 : e] = 1, 2
        for s, e in relation.content:
            contents[s], contents[s + 1 : e] = 1, 2
    if not document.nested:
        cues[contents > 0] = (
            OPEN  # gold has the outermost only: an inner cue is no fault
        )
    for relation in document.relations:
        s, e = relation.cue
        cues[s], cues[s + 1 : e] = 1, 2
    for relation in document.relations:
        end = relation.cue[1]
        if end < n and cues[end] == OPEN:
            cues[end] = ENDED
    return cues, sources, contents


def cut(encoded: Encoded, size: int, rng: random.Random) -> list[tuple[int, int]]:
    """Return word ranges of whole sentences with at most `size` pieces each.

    Half of the documents start with a shorter window, so that cuts move between passes.
    """
    room = rng.randint(size // 3, size) if rng.random() < 0.5 else size
    windows, begin, used = [], 0, 2
    for start, end in encoded.document.sentences:
        if not encoded.usable[start]:
            if begin < start:
                windows.append((begin, start))
            begin, used = end, 2
            continue
        need = sum(map(len, encoded.pieces[start:end]))
        if used + need > room and begin < start:
            windows.append((begin, start))
            begin, used, room = start, 2, size
        used += need
        while used > size:  # one sentence above the size is cut hard
            stop, taken = begin, 2
            while taken + len(encoded.pieces[stop]) <= size:
                taken += len(encoded.pieces[stop])
                stop += 1
            windows.append((begin, stop))
            begin, used = stop, used - taken + 2
    if begin < len(encoded.pieces) and encoded.usable[begin]:
        windows.append((begin, len(encoded.pieces)))
    return [w for w in windows if w[0] < w[1]]


@dataclass
class Batch:
    """Padded tensors of B windows; `OPEN` marks words without a label."""

    pieces: Tensor
    features: Tensor
    mask: Tensor
    first: Tensor
    lengths: Tensor
    quotes: Tensor
    upos: Tensor
    heads: Tensor
    """Word number in the window, T (the padded length) for a root."""
    same_sentence: Tensor
    deprels: Tensor
    starts: Tensor
    tags: Tensor
    cues: Tensor
    sources: Tensor
    contents: Tensor
    has_cues: Tensor
    links: Links | None
    size: int


@dataclass
class Links:
    """The cues of a batch and what is to be tagged for each."""

    window: Tensor
    cue: Tensor
    distance: Tensor
    sentence: Tensor
    paragraph: Tensor
    mask: Tensor
    lengths: Tensor
    tags: Tensor
    """int (N, T), one of LINK_TAGS."""
    stance: list[str | None]
    speech: list[bool | None]


def collate(
    windows: list[tuple[Encoded, int, int]],
    wordpiece: WordPiece,
    rng: random.Random | None,
    *,
    with_links: bool = True,
) -> Batch:
    """Return the padded batch; with `rng` some inputs are disturbed, as in the wild."""
    b = len(windows)
    t = max(e - s for _, s, e in windows)
    piece_rows = []
    for enc, s, e in windows:
        row = [wordpiece.first]
        firsts = []
        for pieces in enc.pieces[s:e]:
            firsts.append(len(row))
            row.extend(pieces)
        row.append(wordpiece.last)
        piece_rows.append((row, firsts))
    p = max(len(row) for row, _ in piece_rows)
    pieces, feats = np.zeros((b, p), int), np.full((b, p), FEATURES - 1)
    mask, first = np.zeros((b, p), bool), np.zeros((b, t), int)
    table = {
        name: np.full((b, t), OPEN)
        for name in (
            "upos",
            "heads",
            "deprels",
            "starts",
            "tags",
            "cues",
            "sources",
            "contents",
        )
    }
    quotes, sentence = np.zeros((b, t), int), np.full((b, t), -1)
    for i, (enc, s, e) in enumerate(windows):
        row, firsts = piece_rows[i]
        pieces[i, : len(row)], mask[i, : len(row)] = row, True
        first[i, : e - s] = firsts
        codes = features.disturb(enc.features[s:e], rng)
        counts = np.diff([*firsts, len(row) - 1])
        feats[i, 1 : len(row) - 1] = np.repeat(codes, counts)
        for name, array in table.items():
            array[i, : e - s] = getattr(enc, name)[s:e]
        heads = table["heads"][i, : e - s]
        known = heads != OPEN
        inside = (heads >= s) & (heads < e)
        heads[:] = np.where(
            known, np.where(heads == -1, t, np.where(inside, heads - s, OPEN)), OPEN
        )
        table["starts"][i, 0] = OPEN  # where a window begins is given, not found
        quotes[i, : e - s] = enc.quotes[s:e]
        sentence[i, : e - s] = enc.sentence_of[s:e]
    same = (sentence[:, :, None] == sentence[:, None, :]) & (sentence[:, :, None] >= 0)
    as_tensor = torch.from_numpy
    return Batch(
        as_tensor(pieces),
        as_tensor(feats),
        as_tensor(mask)[:, None, None, :],
        as_tensor(first),
        torch.tensor([e - s for _, s, e in windows]),
        as_tensor(quotes),
        **{name: as_tensor(array) for name, array in table.items()},
        same_sentence=as_tensor(same),
        has_cues=torch.tensor(
            [enc.document.relations is not None for enc, _, _ in windows]
        ),
        links=link_targets(windows, t, rng) if with_links else None,
        size=int(mask.sum()),
    )


def link_targets(
    windows: list[tuple[Encoded, int, int]], t: int, rng: random.Random | None
) -> Links | None:
    """Return what the link head learns: the gold cues that lie in a window whole."""
    rows = []
    for i, (enc, s, e) in enumerate(windows):
        for relation in enc.document.relations or ():
            if not s <= relation.cue[0] < relation.cue[1] <= e:
                continue
            parts = (*relation.source, *relation.content)
            if any(a < s or b > e for a, b in parts):
                continue
            tags = np.zeros(t, int)
            for name, ranges in (
                ("SOURCE", relation.source),
                ("CONTENT", relation.content),
            ):
                for a, b in ranges:
                    tags[a - s] = LINK_TAGS.index("B-" + name)
                    tags[a - s + 1 : b - s] = LINK_TAGS.index("I-" + name)
            a, b = relation.cue[0] - s, relation.cue[1] - s
            tags[a:b] = 0
            _mend_after(tags, b)
            if rng is not None and rng.random() < 0.12:
                a, b = _jitter(a, b, e - s, rng)
            rows.append((i, a, b, tags, relation))
    if not rows:
        return None
    buckets = [
        features.link_buckets(enc.sentence_of[s:e], enc.paragraph_of[s:e], [(a, b)], t)
        for i, a, b, _, _ in rows
        for enc, s, e in (windows[i],)
    ]
    lengths = torch.tensor([windows[i][2] - windows[i][1] for i, *_ in rows])
    mask = (torch.arange(t)[None, :] < lengths[:, None]).float().unsqueeze(-1)
    return Links(
        torch.tensor([r[0] for r in rows]),
        torch.tensor([(r[1], r[2] - 1) for r in rows]),
        *(torch.from_numpy(np.concatenate(c)) for c in zip(*buckets, strict=True)),
        mask=mask,
        lengths=lengths,
        tags=torch.from_numpy(np.stack([r[3] for r in rows])),
        stance=[r[4].stance for r in rows],
        speech=[r[4].speech for r in rows],
    )


def _mend_after(tags: np.ndarray, end: int) -> None:
    """Let a run that the cue has cut begin anew behind it."""
    if end < len(tags) and tags[end] in (2, 4):
        tags[end] -= 1


def _jitter(start: int, end: int, size: int, rng: random.Random) -> tuple[int, int]:
    """Return the cue shortened or lengthened by a word, as found cues sometimes are."""
    choices = [(start - 1, end), (start, end + 1), (start + 1, end), (start, end - 1)]
    fits = [(s, e) for s, e in choices if 0 <= s < e <= size]
    return rng.choice(fits)


def batches(
    pools: list[tuple[list[Encoded], float]],
    wordpiece: WordPiece,
    seed: int,
    pieces: int,
) -> Iterator[Batch]:
    """Yield batches for ever; each mixes the pools in the shares given beside them.

    A batch has about `pieces` pieces; its windows have one size, drawn from 112 to 216.
    """
    rng = random.Random(seed)
    streams = [
        _stream(documents, random.Random(rng.random())) for documents, _ in pools
    ]
    shares = [share for _, share in pools]
    owed = [0.0] * len(pools)
    for stream in streams:
        next(stream)
    while True:
        size = rng.choice((112, 136, 160, 184, 208, 216))
        chosen: list[tuple[Encoded, int, int]] = []
        for number, share in enumerate(shares):
            owed[number] += share * pieces
            while owed[number] > 0:
                enc, s, e = streams[number].send(size)
                owed[number] -= sum(map(len, enc.pieces[s:e])) + 2
                chosen.append((enc, s, e))
        yield collate(chosen, wordpiece, rng)


def _stream(
    documents: list[Encoded], rng: random.Random
) -> Iterator[tuple[Encoded, int, int]]:
    """Yield windows of at most the size sent in; passes reshuffle the documents."""
    size = yield  # type: ignore[misc]
    waiting: list[tuple[Encoded, int, int]] = []
    while True:
        order = documents[:]
        rng.shuffle(order)
        for group in range(0, len(order), 24):
            waiting = [
                (enc, s, e)
                for enc in order[group : group + 24]
                for s, e in cut(enc, size, rng)
            ]
            rng.shuffle(waiting)
            while waiting:
                enc, s, e = waiting.pop()
                if sum(map(len, enc.pieces[s:e])) + 2 > size:  # cut for a larger size
                    shorter = _shorten(enc, s, e, size)
                    if shorter < e:
                        waiting.append((enc, shorter, e))
                    e = shorter
                size = yield enc, s, e


def _shorten(enc: Encoded, start: int, end: int, size: int) -> int:
    """Return where to end to keep to `size`, at a sentence if one fits."""
    used, last = 2, start
    for number in range(start, end):
        used += len(enc.pieces[number])
        if used > size:
            return last if last > start else max(number, start + 1)
        if number + 1 == end or enc.sentence_of[number + 1] != enc.sentence_of[number]:
            last = number + 1
    return end
