"""What the event heads look at, as rows of numbers.

The same functions make the rows in training and at run time; changing one means that
the heads must be trained again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.extract.events.arguments import ARGUMENTS, find_arguments
from sayso.extract.events.mentions import Mention
from sayso.extract.events.phrases import Phrase
from sayso.extract.events.stage import OUTLET, Stage
from sayso.record.claims import QuoteKind, Stance

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
HELPERS = (
    "not", "n't", "never", "no", "will", "would", "could", "may", "might", "can",
    "should", "must", "if", "unless", "to", "have", "had", "has", "be", "been",
    "being", "is", "are", "was", "were", "until", "before", "while", "without",
)  # fmt: skip
UPPER_WORDS = (
    "plan", "try", "attempt", "fail", "threaten", "refuse", "vow", "intend", "want",
    "order", "begin", "start", "continue", "stop", "prevent", "avoid", "expect",
    "suspect", "accuse", "alleged", "call", "agree", "promise", "deny", "claim", "call",
    "allow", "ask", "urge", "hope", "fear", "say", "tell", "prepare", "due", "ready",
)  # fmt: skip
LOSSES = frozenset(
    ["kill", "die", "dead", "death", "body", "toll", "casualty", "wound", "injure",
     "injured", "wounded", "fatality", "lose", "slay", "missing", "corpse", "victim"]
)  # fmt: skip
POINTERS = frozenset(
    ["it", "that", "this", "so", "charge", "claim", "allegation", "report", "account",
     "accusation", "responsibility", "role", "involvement", "part", "story", "incident",
     "version", "figure", "any", "those", "such", "link"]
)  # fmt: skip
_TRIGGER_SIZE = len(UPOS) + len(RELATIONS) + len(TYPES) + 6
_PAIR_SIZE = 22
ENTITIES = ("PER", "ORG", "LOC", "NORP", "MISC")
STANCES = tuple(Stance)
QUOTES = tuple(QuoteKind)


def one_hot(value: object, values: Sequence[object]) -> list[float]:
    """Return 1 at the place of `value` in `values`, else 0; last: in none of them."""
    known = value in values
    return [*(float(known and value == v) for v in values), float(not known)]


def candidates(stage: Stage) -> list[int]:
    """Return the tokens that may name an act: content words."""
    open_class = {"VERB", "NOUN", "ADJ", "PROPN"}
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
    means = {
        number: stage.mean([reading.sentences[number]])
        for number in {stage.sentence_numbers[token] for token in tokens}
    }
    return stack(
        (
            np.concatenate(
                [
                    reading.vectors[token],
                    reading.middle[token],
                    reading.lexical[token],
                    reading.vectors[_above(stage, token)],
                    _below(stage, token),
                    means[stage.sentence_numbers[token]],
                    _grammar(stage, token),
                ]
            )
            for token in tokens
        ),
        6 * _width(stage) + _TRIGGER_SIZE,
    )


def _above(stage: Stage, token: int) -> int:
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
    return stack(
        (
            np.concatenate(
                [
                    middle[first.token],
                    middle[second.token],
                    last[first.token],
                    last[second.token],
                    _pair(stage, first, second),
                ]
            )
            for first, second in pairs
        ),
        4 * _width(stage) + _PAIR_SIZE,
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
    labels = {
        token: find_arguments(stage, token) for token in {m.token for m, _ in pairs}
    }
    return stack(
        (
            np.concatenate(
                [
                    middle[mention.token],
                    last[mention.token],
                    middle[phrase.head],
                    last[phrase.head],
                    _role(stage, mention, phrase),
                    one_hot(labels[mention.token].get(phrase.head), ARGUMENTS),
                ]
            )
            for mention, phrase in pairs
        ),
        4 * _width(stage) + _ROLE_SIZE,
    )


_ROLE_SIZE = 16 + 18 + 18 + 31 + 31 + 21 + 6 + 14 + len(ARGUMENTS) + 1


def _role(stage: Stage, mention: Mention, phrase: Phrase) -> Floats:
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
    ups = _ancestors(heads, start, limit)
    downs = _ancestors(heads, end, limit)
    for up, token in enumerate(ups):
        if token in downs:
            return up, downs.index(token)
    return None


def _ancestors(heads: Sequence[int], token: int, limit: int) -> list[int]:
    out = [token]
    while heads[token] >= 0 and len(out) <= limit:
        token = heads[token]
        out.append(token)
    return out


def told_rows(stage: Stage, pairs: Sequence[tuple[Mention, int]]) -> Floats:
    """Return float32 (pairs, 4 width + F) of a mention and the voice that says it."""
    reading = stage.reading
    return stack(
        (
            np.concatenate(
                [
                    reading.vectors[mention.token],
                    reading.middle[mention.token],
                    reading.vectors[_above(stage, mention.token)],
                    _cue(stage, number),
                    _told(stage, mention, number),
                ]
            )
            for mention, number in pairs
        ),
        4 * _width(stage) + _TOLD_SIZE,
    )


_TOLD_SIZE = 16 + 18 + 31 + len(HELPERS) + len(UPPER_WORDS) + 5 + 25


def _cue(stage: Stage, number: int) -> Floats:
    cue = stage.voices[number].cue
    mean: Floats = stage.mean([cue] if cue else [])
    return mean


def _told(stage: Stage, mention: Mention, number: int) -> Floats:
    reading, token = stage.reading, mention.token
    near = {reading.words[c].lower() for c in stage.children[token]}
    above = {stage.lemmas[t] for t in _ancestors(reading.heads, token, 4)[1:]}
    above_near = {
        reading.words[c].lower()
        for t in _ancestors(reading.heads, token, 2)[1:]
        for c in stage.children[t]
    }
    return np.array(
        [
            *mention.types[1:],
            *one_hot(reading.upos[token], UPOS),
            *one_hot(reading.deprels[token].partition(":")[0], RELATIONS),
            *(float(word in near) for word in HELPERS),
            *(float(word in above) for word in UPPER_WORDS),
            float(bool(above_near & {"not", "n't", "never", "no"})),
            float(bool(above_near & {"will", "would", "to"})),
            float(bool(above_near & {"if", "unless", "whether"})),
            float(stage.headline[token]),
            mention.factual / 3,
            *voice_features(stage, number),
        ],
        np.float32,
    )


def voice_features(stage: Stage, number: int) -> list[float]:
    """Return 25 numbers on a voice: stance, negation, kind, depth."""
    statement = stage.voices[number].statement
    own = number == OUTLET
    return [
        *(float(not own and statement.stance is stance) for stance in STANCES),
        float(own),
        float(statement.negated),
        float(statement.speech),
        float(statement.hearsay),
        *(float(not own and statement.quote is kind) for kind in QUOTES),
        float(statement.source is None),
        min(stage.voices[number].depth, 3) / 3,
    ]


class Allusion(NamedTuple):
    """An act and a voice that does not name it but may mean it."""

    mentions: Sequence[Mention]
    """Of the act, the main one first."""
    rank: int
    """Of the act among all acts of the report."""
    voice: int
    doers: frozenset[str]
    """Ids of those who do the act."""
    others: frozenset[str]
    """Ids of its targets and victims."""
    counted: bool
    """The voice gives a number of people of the act."""


def implied_rows(stage: Stage, pairs: Sequence[Allusion]) -> Floats:
    """Return float32 (pairs, 3 width + F) of acts and voices that may mean them."""
    return stack(
        (
            np.concatenate(
                [
                    stage.reading.middle[hint.mentions[0].token],
                    _cue(stage, hint.voice),
                    stage.mean(stage.voices[hint.voice].content),
                    _implied(stage, hint.mentions, hint.rank, hint.voice),
                    _ties(stage, hint),
                ]
            )
            for hint in pairs
        ),
        3 * _width(stage) + _IMPLIED_SIZE,
    )


_IMPLIED_SIZE = 16 + 25 + 24 + 7


def _ties(stage: Stage, hint: Allusion) -> Floats:
    statement = stage.voices[hint.voice].statement
    naming = [
        stage.voices[stage.voice_numbers[m.token]].statement for m in hint.mentions
    ]
    speaker = statement.speaker
    about = frozenset(statement.about)
    return np.array(
        [
            float(speaker in hint.doers),
            float(speaker in hint.others),
            float(bool(about & hint.doers)),
            float(bool(about & hint.others)),
            float(speaker is not None and any(s.speaker == speaker for s in naming)),
            float(speaker is None),
            float(hint.counted),
        ],
        np.float32,
    )


def _implied(
    stage: Stage, mentions: Sequence[Mention], rank: int, number: int
) -> Floats:
    voice = stage.voices[number]
    inside = [t for a, b in voice.content for t in range(a, b)]
    at = voice.cue[0] if voice.cue else (inside[0] if inside else 0)
    sentences = [stage.sentence_numbers[m.token] for m in mentions]
    here = stage.sentence_numbers[at]
    before = [m for m in mentions if m.token < at]
    gap = min(abs(here - s) for s in sentences)
    lemmas = {stage.lemmas[t] for t in inside}
    hinted = {kind for t in inside for kind, _ in stage.hints[t]}
    main = mentions[0]
    last = max((stage.sentence_numbers[m.token] for m in before), default=here)
    speakers = {stage.voice_numbers[m.token] for m in mentions}
    likeness = _cosine(stage.reading.vectors[main.token], stage.mean(voice.content))
    return np.array(
        [
            *main.types[1:],
            *voice_features(stage, number),
            *(float(gap <= limit) for limit in (0, 1, 2, 3, 5, 8)),
            float(bool(before)),
            float(rank == 0),
            float(rank == 1),
            min(rank, 10) / 10,
            min(len(mentions), 6) / 6,
            float(any(stage.headline[m.token] for m in mentions)),
            float(bool(lemmas & LOSSES)),
            float(bool(lemmas & POINTERS)),
            float(main.kind in hinted),
            float(bool(hinted)),
            float(any(stage.reading.upos[t] == "NUM" for t in inside)),
            min(len(inside), 40) / 40,
            float(voice.outer in speakers),
            float(len(speakers - {OUTLET}) > 0),
            float(OUTLET in speakers),
            min(here - last, 10) / 10,
            likeness,
            float(_shares_actor(stage, mentions, number)),
        ],
        np.float32,
    )  # fmt: skip


def _shares_actor(stage: Stage, mentions: Sequence[Mention], number: int) -> bool:
    """Tell whether the voice's own words lie in a sentence that names the act."""
    source = stage.voices[number].source
    if source is None:
        return False
    words = {w.lower() for w in stage.reading.words[slice(*source)] if w[0].isupper()}
    return any(
        words
        & {
            w.lower()
            for w in stage.reading.words[
                slice(*stage.reading.sentences[stage.sentence_numbers[m.token]])
            ]
            if w[0].isupper()
        }
        for m in mentions
    )


def _cosine(a: Floats, b: Floats) -> float:
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float((a * b).sum()) / size if size else 0.0


def _width(stage: Stage) -> int:
    return int(stage.reading.vectors.shape[1])


def stack(rows: object, width: int) -> Floats:
    """Return rows as one array float32 (rows, width); of none, an empty one."""
    made = list(rows)  # type: ignore[call-overload]
    if not made:
        return np.zeros((0, width), np.float32)
    out: Floats = np.stack(made).astype(np.float32)
    if out.shape[1] != width:
        raise ValueError(f"rows of {out.shape[1]} numbers, not {width}")
    return out


SIZES = {
    "trigger": (6, _TRIGGER_SIZE),
    "factual": (6, _TRIGGER_SIZE),
    "same": (4, _PAIR_SIZE),
    "roles": (4, _ROLE_SIZE),
    "told": (4, _TOLD_SIZE),
    "implied": (3, _IMPLIED_SIZE),
}
"""Vectors and plain numbers in a row of each head."""
