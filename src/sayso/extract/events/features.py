"""What the event heads look at, as rows of numbers.

The same functions make the rows in training and at run time; changing one means that
the heads must be trained again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from sayso.extract.events.arguments import ARGUMENTS, find_arguments
from sayso.extract.events.mentions import Mention
from sayso.extract.events.phrases import Phrase
from sayso.extract.events.stage import OUTLET, Stage

Floats = npt.NDArray[np.float32]

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE",
    "ASSAULT",
)  # fmt: skip
UPOS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON",
    "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
)  # fmt: skip
RELATIONS = (
    "acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "compound",
    "conj", "cop", "csubj", "dep", "det", "expl", "fixed", "flat", "iobj", "list",
    "mark", "nmod", "nsubj", "nummod", "obj", "obl", "parataxis", "punct", "root",
    "xcomp",
)  # fmt: skip
PREPOSITIONS = (
    "by", "of", "against", "on", "in", "at", "with", "from", "to", "for", "between",
    "near", "into", "over", "under", "after", "during", "as", "among", "using",
)  # fmt: skip
LOSSES = frozenset(
    ["kill", "die", "dead", "death", "body", "toll", "casualty", "wound", "injure",
     "injured", "wounded", "fatality", "lose", "slay", "missing", "corpse", "victim"]
)  # fmt: skip
_TRIGGER_SIZE = len(UPOS) + len(RELATIONS) + len(TYPES) + 6
_PAIR_SIZE = 22
ENTITIES = ("PER", "ORG", "LOC", "NORP", "MISC")


@cache
def one_hot(value: object, values: tuple[object, ...]) -> tuple[float, ...]:
    """Return 1 at the place of `value` in `values`, else 0; last: in none of them."""
    return (*(float(value == v) for v in values), float(value not in values))


def candidates(stage: Stage) -> list[int]:
    """Return the tokens that may name an act; names and adjectives hardly ever do."""
    open_class = {"VERB", "NOUN"}
    return [
        token
        for token, upos in enumerate(stage.reading.upos)
        if (upos in open_class or stage.hints[token])
        and stage.reading.words[token][0].isalpha()
    ]


def trigger_rows(stage: Stage, tokens: Sequence[int]) -> Floats:
    """Return float32 (tokens, 6 width + F) of words that may name an act.

    The vectors are the word's three, what is above it, what is below it and the mean of
    its sentence.
    """
    reading = stage.reading
    at = np.array(tokens, int)
    upper = np.array([above(stage, token) for token in tokens], int)
    sentences = [stage.sentence_numbers[token] for token in tokens]
    means = {n: stage.mean([reading.sentences[n]]) for n in set(sentences)}
    return side_by_side(
        len(tokens),
        [
            reading.vectors[at],
            reading.middle[at],
            reading.lexical[at],
            reading.vectors[upper],
            rows([_below(stage, token) for token in tokens], width(stage)),
            rows([means[number] for number in sentences], width(stage)),
            rows([_grammar(stage, token) for token in tokens], _TRIGGER_SIZE),
        ],
    )


def above(stage: Stage, token: int) -> int:
    """Return the word that a word hangs on; of a root the word itself."""
    head = stage.reading.heads[token]
    return head if head >= 0 else token


def _below(stage: Stage, token: int) -> Floats:
    """Return the mean vector of what the word acts on or is narrowed down by."""
    relations = stage.reading.deprels
    objects = [(c, c + 1) for c in stage.children[token] if relations[c] in _OBJECTS]
    mean: Floats = stage.mean(objects, stage.reading.middle)
    return mean


_OBJECTS = frozenset(
    {"obj", "nsubj:pass", "compound", "compound:prt", "amod", "nmod", "xcomp", "ccomp"}
)


def _grammar(stage: Stage, token: int) -> Floats:
    hinted = {kind for kind, _ in stage.hints[token]}
    reading = stage.reading
    return np.array(
        [
            *one_hot(reading.upos[token], UPOS),
            *one_hot(reading.deprels[token].partition(":")[0], RELATIONS),
            *(float(kind in hinted) for kind in TYPES),
            float(bool(hinted)),
            float(stage.headline[token]),
            float(stage.voice_numbers[token] != OUTLET),
            float(_is_passive(stage, token)),
        ],
        np.float32,
    )


def _is_passive(stage: Stage, token: int) -> bool:
    return any(
        stage.reading.deprels[c].endswith(":pass") for c in stage.children[token]
    )


def pair_rows(stage: Stage, pairs: Sequence[tuple[Mention, Mention]]) -> Floats:
    """Return float32 (pairs, 4 width + F) of two mentions, the earlier one first."""
    last, middle = stage.reading.vectors, stage.reading.middle
    first = np.array([mention.token for mention, _ in pairs], int)
    second = np.array([mention.token for _, mention in pairs], int)
    numbers = [_pair(stage, one, other) for one, other in pairs]
    return side_by_side(
        len(pairs),
        [
            middle[first],
            middle[second],
            last[first],
            last[second],
            rows(numbers, _PAIR_SIZE),
        ],
    )


def _pair(stage: Stage, first: Mention, second: Mention) -> Floats:
    a, b = first.token, second.token
    same_hint = {k for k, _ in stage.hints[a]} & {k for k, _ in stage.hints[b]}
    gap = abs(stage.sentence_numbers[b] - stage.sentence_numbers[a])
    words = stage.reading.words
    before = {words[c].lower() for c in stage.children[b] if c < b}
    alike = float(np.dot(first.types[1:], second.types[1:]))
    return np.array(
        [
            alike,
            float(first.kind == second.kind),
            float(stage.lemmas[a] == stage.lemmas[b]),
            float(bool(same_hint)),
            *(float(gap <= limit) for limit in (0, 1, 2, 4, 8)),
            float(stage.paragraph_numbers[a] == stage.paragraph_numbers[b]),
            float(stage.headline[a]),
            float(stage.headline[b]),
            float(stage.reading.upos[a] == "VERB"),
            float(stage.reading.upos[b] == "VERB"),
            float(bool(before & {"the", "this", "that", "these"})),
            float(bool(before & {"a", "an", "another", "second", "similar", "new"})),
            float(stage.voice_numbers[a] == stage.voice_numbers[b]),
            float(stage.reading.heads[b] == a or stage.reading.heads[a] == b),
            float(_coordinated(stage, a, b)),
            float(stage.lemmas[a] in LOSSES),
            float(stage.lemmas[b] in LOSSES),
            min(abs(b - a), 200) / 200,
        ],
        np.float32,
    )


def _coordinated(stage: Stage, a: int, b: int) -> bool:
    heads, relations = stage.reading.heads, stage.reading.deprels
    return (relations[b] == "conj" and heads[b] == a) or (
        relations[a] == "conj" and heads[a] == b
    )


def role_rows(stage: Stage, pairs: Sequence[tuple[Mention, Phrase]]) -> Floats:
    """Return float32 (pairs, 4 width + F) of a mention and a noun phrase."""
    last, middle = stage.reading.vectors, stage.reading.middle
    act = np.array([mention.token for mention, _ in pairs], int)
    head = np.array([phrase.head for _, phrase in pairs], int)
    labels = {
        token: find_arguments(stage, token) for token in {m.token for m, _ in pairs}
    }
    numbers = [
        _role(stage, mention, phrase, labels[mention.token].get(phrase.head))
        for mention, phrase in pairs
    ]
    return side_by_side(
        len(pairs),
        [middle[act], last[act], middle[head], last[head], rows(numbers, _ROLE_SIZE)],
    )


_ROLE_SIZE = 16 + 18 + 18 + 31 + 31 + 21 + 6 + 14 + len(ARGUMENTS) + 1


def _role(stage: Stage, mention: Mention, phrase: Phrase, label: str | None) -> Floats:
    reading, trigger, head = stage.reading, mention.token, phrase.head
    prep = phrase.preposition
    steps = path(reading.heads, trigger, head)
    word = reading.words[head].lower()
    return np.array(
        [
            *mention.types[1:],
            *one_hot(reading.upos[trigger], UPOS),
            *one_hot(reading.upos[head], UPOS),
            *one_hot(reading.deprels[trigger].partition(":")[0], RELATIONS),
            *one_hot(reading.deprels[head].partition(":")[0], RELATIONS),
            *one_hot(prep is not None and reading.words[prep].lower(), PREPOSITIONS),
            *one_hot(_entity_at(stage, head), ENTITIES),
            float(head < trigger),
            float(reading.heads[head] == trigger),
            float(reading.heads[trigger] == head),
            float(steps is not None and steps[0] == 0),
            min(steps[0] + steps[1] if steps else 9, 9) / 9,
            min(abs(head - trigger), 40) / 40,
            float(_is_passive(stage, trigger)),
            float(reading.deprels[head].endswith(":pass")),
            float(reading.deprels[head].endswith(":agent")),
            float(reading.deprels[head].endswith(":poss")),
            float(stage.voice_numbers[head] == stage.voice_numbers[trigger]),
            float(_is_source(stage, head)),
            float(word in ("who", "which", "that", "he", "she", "it", "they", "we")),
            float(phrase.tokens[0] <= trigger < phrase.tokens[1]),
            *one_hot(label, ARGUMENTS),
        ],
        np.float32,
    )


def _entity_at(stage: Stage, token: int) -> str | None:
    for entity in stage.reading.entities:
        if entity.tokens[0] <= token < entity.tokens[1]:
            return entity.label
    return None


def _is_source(stage: Stage, token: int) -> bool:
    return any(v.source and v.source[0] <= token < v.source[1] for v in stage.voices)


def path(
    heads: Sequence[int], start: int, end: int, limit: int = 6
) -> tuple[int, int] | None:
    """Return steps up from `start` and down to `end` in the tree; None if too long."""
    ups = ancestors(heads, start, limit)
    downs = ancestors(heads, end, limit)
    for up, token in enumerate(ups):
        if token in downs:
            return up, downs.index(token)
    return None


def ancestors(heads: Sequence[int], token: int, limit: int) -> list[int]:
    """Return a word and what it hangs on, step by step, at most `limit` steps."""
    out = [token]
    while heads[token] >= 0 and len(out) <= limit:
        token = heads[token]
        out.append(token)
    return out


def width(stage: Stage) -> int:
    """Return the length of a word vector."""
    return int(stage.reading.vectors.shape[1])


def side_by_side(count: int, parts: Sequence[Floats]) -> Floats:
    """Return parts of `count` rows each as one array float32."""
    if any(len(part) != count for part in parts):
        raise ValueError(f"parts of other lengths than {count}")
    whole: Floats = np.concatenate(parts, axis=1, dtype=np.float32)
    return whole


def rows(made: Sequence[Floats], size: int) -> Floats:
    """Return vectors as rows float32 (rows, size); of none, an empty array."""
    if not made:
        return np.zeros((0, size), np.float32)
    out: Floats = np.stack(made)
    if out.shape[1] != size:
        raise ValueError(f"rows of {out.shape[1]} numbers, not {size}")
    return out


SIZES = {
    "trigger": (6, _TRIGGER_SIZE),
    "factual": (6, _TRIGGER_SIZE),
    "same": (4, _PAIR_SIZE),
    "roles": (4, _ROLE_SIZE),
}
"""Vectors and plain numbers in a row of each head on words."""
