"""From one report's text to its Reading, window by window."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sayso.reading import decode, segment
from sayso.reading.decode import Floats, Ints
from sayso.reading.entities import find_entities
from sayso.reading.features import Surface, link_buckets, surface
from sayso.reading.model import Model
from sayso.reading.stand_ins import load_stand_ins
from sayso.reading.types import Attribution, Reading, TokenRange
from sayso.reading.windows import Window, plan_windows
from sayso.reading.wordpiece import WordPiece
from sayso.record.span import Span


class Draft(NamedTuple):
    """A document with the surface that all windows share."""

    words: list[str]
    paragraphs: list[TokenRange]
    sentence_of: Ints
    paragraph_of: Ints
    surface: Surface
    pieces: list[tuple[int, ...]]


class _Scores(NamedTuple):
    """What one window says of its own tokens, and what the link head needs."""

    window: Window
    vectors: Floats
    middle: Floats
    lexical: Floats
    flat: Floats
    """Posteriors of cue, source and content tags, float32 (tokens, 9)."""
    cues: Floats
    heads: list[int]
    deprels: list[int]
    sentences: list[TokenRange]


def read_text(model: Model, text: str) -> Reading:
    """Return the Reading of `text`; equal texts give equal Readings.

    Each window goes through the network alone, so no batch can change a label.
    """
    tokens = segment.tokenise(text)
    words = [text[start:end] for start, end in tokens]
    paragraphs = segment.group_paragraphs(text, tokens)
    sentences = segment.rough_sentences(words, tokens, paragraphs)
    return read_tokens(model, tokens, words, paragraphs, sentences)


def read_tokens(
    model: Model,
    tokens: list[Span],
    words: list[str],
    paragraphs: list[TokenRange],
    sentences: list[TokenRange],
    *,
    fixed_sentences: bool = False,
) -> Reading:
    """Return the Reading of given tokens.

    Args:
        model: the shipped model.
        tokens: spans of `words` in their text.
        words: the tokens themselves.
        paragraphs: token ranges that cover all tokens.
        sentences: rough ones, to cut windows at.
        fixed_sentences: take `sentences` as they are; else the model decides.
    """
    if not tokens:
        return _empty_reading(model)
    draft = prepare(model.wordpiece, words, paragraphs, sentences)
    plan = plan_windows([len(p) for p in draft.pieces], sentences)
    upos: list[int] = []
    tags: list[Floats] = []
    parts: list[_Scores] = []
    for window in plan:
        scores, own_upos, own_tags = _read_window(
            model, draft, window, sentences if fixed_sentences else None
        )
        upos += own_upos
        tags.append(own_tags)
        parts.append(scores)
    return Reading(
        tokens=tuple(tokens),
        words=tuple(words),
        sentences=tuple(s for part in parts for s in part.sentences),
        paragraphs=tuple(paragraphs),
        upos=tuple(model.labels.upos[u] for u in upos),
        heads=tuple(h for part in parts for h in part.heads),
        deprels=tuple(
            model.labels.relations[r] for part in parts for r in part.deprels
        ),
        entities=find_entities(np.concatenate(tags), model.labels.entities, words),
        attributions=_find_attributions(model, draft, parts),
        vectors=np.concatenate([_own(p.vectors, p.window) for p in parts]),
        middle=np.concatenate([_own(p.middle, p.window) for p in parts]),
        lexical=np.concatenate([_own(p.lexical, p.window) for p in parts]),
    )


def prepare(
    wordpiece: WordPiece,
    words: list[str],
    paragraphs: list[TokenRange],
    sentences: list[TokenRange],
) -> Draft:
    """Return what all windows of a text share.

    Names are read as others of their kind; see `sayso.reading.stand_ins`.
    """
    return Draft(
        words,
        paragraphs,
        _number(sentences, len(words)),
        _number(paragraphs, len(words)),
        surface(words, paragraphs),
        [
            wordpiece.pieces(word)
            for word in load_stand_ins().put(words, wordpiece.holds)
        ],
    )


def _empty_reading(model: Model) -> Reading:
    none = np.zeros((0, model.places.shape[1]), np.float32)
    return Reading(
        tokens=(), words=(), sentences=(), paragraphs=(), upos=(), heads=(), deprels=(),
        entities=(), attributions=(), vectors=none, middle=none, lexical=none,
    )  # fmt: skip


def _number(ranges: list[TokenRange], size: int) -> Ints:
    out = np.zeros(size, np.int64)
    for number, (start, end) in enumerate(ranges):
        out[start:end] = number
    return out


def _own(array: Floats, window: Window) -> Floats:
    """Return the rows of the window's own tokens."""
    return array[window.own_start - window.start : window.own_end - window.start]


def _embed(
    model: Model, draft: Draft, start: int, end: int
) -> tuple[Floats, Ints, Floats]:
    """Return summed embeddings (1, P, H), first pieces (1, T), words alone (T, H)."""
    sizes = [len(p) for p in draft.pieces[start:end]]
    ids = [model.wordpiece.first]
    for pieces in draft.pieces[start:end]:
        ids.extend(pieces)
    ids.append(model.wordpiece.last)
    index = np.array(ids)
    first = np.cumsum([1, *sizes[:-1]])
    codes = np.full(len(ids), len(model.features) - 1)
    codes[1:-1] = np.repeat(draft.surface.codes[start:end], sizes)
    rows = model.words[index] * model.scale[index, None]
    lexical = np.add.reduceat(rows[:-1], first) / np.array(sizes, np.float32)[:, None]
    rows += model.places[: len(ids)]
    rows += model.features[codes]
    return rows[None], first[None], lexical.astype(np.float32)


def run_trunk(model: Model, draft: Draft, window: Window) -> list[Any]:
    """Return the trunk's outputs for one window.

    Vectors float32 (T, H), scores (T, upos + 2 + entity tags), arcs (T, T + 1), each
    word's part (T, 192) as dependent and (T + 1, 192) as head, the middle layer (T, H)
    and the words alone (T, H).
    """
    embedded, first, lexical = _embed(model, draft, window.start, window.end)
    out: list[Any] = model.trunk.run(None, {"embedded": embedded, "first": first})
    return [*out, lexical]


def _read_window(
    model: Model, draft: Draft, window: Window, fixed: list[TokenRange] | None
) -> tuple[_Scores, list[int], Floats]:
    """Return the scores of one window, and UPOS and entity scores of its own tokens."""
    vectors, scores, arcs, dependent, head, middle, lexical = run_trunk(
        model, draft, window
    )
    n_upos = len(model.labels.upos)
    upos, starts, tags = np.split(scores, [n_upos, n_upos + 2], axis=1)
    flat = model.heads.tag_words(vectors)
    if fixed is None:
        sentences = _find_sentences(draft, window, starts)
    else:
        sentences = [s for s in fixed if window.own_start <= s[0] < window.own_end]
    heads, labels = _parse(model, window, sentences, arcs, dependent, head)
    posteriors = np.concatenate(
        [decode.posteriors(flat[:, at : at + 3]) for at in (0, 3, 6)], axis=1
    )
    part = _Scores(
        window,
        vectors,
        middle,
        lexical,
        posteriors,
        flat[:, :3],
        heads,
        labels,
        sentences,
    )
    return part, _own(upos, window).argmax(1).tolist(), _own(tags, window)


def _find_sentences(draft: Draft, window: Window, starts: Floats) -> list[TokenRange]:
    """Return the sentences of the window's own tokens; paragraphs always begin one."""
    begins = _own(starts, window).argmax(1).astype(bool)
    own = draft.paragraph_of[window.own_start : window.own_end]
    begins[1:] |= own[1:] != own[:-1]
    begins[0] = True
    places = (np.flatnonzero(begins) + window.own_start).tolist()
    return list(zip(places, [*places[1:], window.own_end], strict=True))


def _parse(
    model: Model,
    window: Window,
    sentences: list[TokenRange],
    arcs: Floats,
    dependent: Floats,
    head: Floats,
) -> tuple[list[int], list[int]]:
    """Return head tokens (-1 root) and relation numbers of the own tokens."""
    heads: list[int] = []
    size = len(dependent)
    for start, end in sentences:
        s, e = start - window.start, end - window.start
        block = np.concatenate([arcs[s:e, s:e], arcs[s:e, size : size + 1]], axis=1)
        heads += [-1 if h < 0 else h + start for h in decode.tree_heads(block)]
    own = slice(window.own_start - window.start, window.own_end - window.start)
    rows = np.array([size if h < 0 else h - window.start for h in heads])
    (scores,) = model.relation.run(
        None, {"dependent": dependent[own], "head": head[rows]}
    )
    return heads, _legal_labels(model, scores, rows == size)


def _legal_labels(
    model: Model, scores: Floats, is_root: np.ndarray[Any, Any]
) -> list[int]:
    """Return the best relations, `root` where and only where the head is the root."""
    root = model.labels.relations.index("root")
    scores[:, root] = np.where(is_root, np.inf, -np.inf)
    best: list[int] = scores.argmax(1).tolist()
    return best


def _find_attributions(
    model: Model, draft: Draft, parts: list[_Scores]
) -> tuple[Attribution, ...]:
    """Return the cues of the text with what the window that owns each links to it."""
    chain = np.concatenate([_own(part.cues, part.window) for part in parts])
    cues = decode.runs(decode.best_path(chain, model.cue_chain), 1, 2)
    found: list[Attribution] = []
    for part in parts:
        window = part.window
        own = [c for c in cues if window.own_start <= c[0] < window.own_end]
        if own:
            found += _link(model, draft, part, own)
    return tuple(found)


def _link(
    model: Model, draft: Draft, part: _Scores, cues: list[TokenRange]
) -> list[Attribution]:
    """Return the attributions of one window's cues."""
    start, end = part.window.start, part.window.end
    size = end - start
    local = [(a - start, min(b, end) - start) for a, b in cues]
    sentence, paragraph = draft.sentence_of[start:end], draft.paragraph_of[start:end]
    distance, sentences, paragraphs = link_buckets(sentence, paragraph, local, size)
    (emissions,) = model.heads.link.run(
        None,
        {
            "vectors": part.vectors,
            "flat": part.flat,
            "quotes": draft.surface.quotes[start:end],
            "cue": np.array([(a, b - 1) for a, b in local]),
            "distance": distance,
            "sentence": sentences,
            "paragraph": paragraphs,
        },
    )
    for row, (a, b) in enumerate(local):
        emissions[row, a:b, 1:] -= 1e4  # a cue is no part of what it links
    tags = decode.best_paths(emissions, model.link_chain)
    return model.heads.judge(part.vectors, part.flat, emissions, tags, local, start)
