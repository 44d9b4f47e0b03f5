"""Gold reports as rows and labels for the event heads."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np

from sayso.extract.events.features import (
    LOSSES,
    TYPES,
    candidates,
    pair_rows,
    role_rows,
    trigger_rows,
)
from sayso.extract.events.features_allusions import Allusion, implied_rows
from sayso.extract.events.features_voices import told_rows
from sayso.extract.events.mentions import Mention
from sayso.extract.events.parts import ROLES
from sayso.extract.events.stage import OUTLET, Stage
from sayso.extract.events.telling import STATUSES
from training.event_data import GoldEvent, GoldReport

UNKNOWN = -1
"""Label of a word that the gold leaves open; it costs nothing."""
MIN_OVERLAP = 0.5
"""Of characters, for a phrase to be the gold's participant."""

WRONG_TYPES = 0.15
"""Share of mentions that the trigger head types wrongly."""
COMMON = ("ASSAULT", "COERCE", "RETREAT", "PROTEST", "MOBILIZE", "AID", "CONSULT")

Rows = tuple[np.ndarray, np.ndarray]


class Triggers(NamedTuple):
    """Rows of words with three labels each."""

    rows: np.ndarray
    types: np.ndarray
    modes: np.ndarray
    generic: np.ndarray


class Report(NamedTuple):
    """All rows of one report."""

    triggers: Triggers
    same: Rows
    roles: Rows
    told: Rows
    implied: Rows


def build(
    gold: GoldReport,
    modes: list[tuple[str, str]],
    rng: np.random.Generator,
    factual: dict[int, float],
) -> Report:
    """Return the rows of a report.

    Args:
        gold: The report with its events.
        modes: All (type, mode) pairs, in the order of the scores.
        rng: For the noise on types: the heads must not trust them blindly.
        factual: What the factuality head says of each candidate token.
    """
    unsaid = unannotated(gold)
    maker = _Maker(gold, rng, factual)
    words = [*maker.named(), *((t, e) for t, e in unsaid.items() if e is not None)]
    return Report(
        _triggers(gold, modes, unsaid),
        maker.same(words),
        maker.roles(),
        maker.told(words),
        maker.implied(unsaid),
    )


def unannotated(gold: GoldReport) -> dict[int, GoldEvent | None]:
    """Return words that name an act which the gold has, but are not among its mentions.

    The codebook lists clear mentions alone: "it had killed 25" may speak of the ambush
    without being one. The event is None where several would fit.
    """
    stage = gold.stage
    covered = {t for event in gold.events for t in event.covered}
    found: dict[int, GoldEvent | None] = {}
    for token, hints in enumerate(stage.hints):
        if token in covered or not hints:
            continue
        voice = stage.voices[stage.voice_numbers[token]].statement.id
        kinds = {kind for kind, _ in hints}
        loss = stage.lemmas[token] in LOSSES
        fitting = [
            event
            for event in gold.events
            if voice in event.assertions
            and (event.kind in kinds or (loss and event.kind == "ASSAULT"))
        ]
        if fitting:
            near = min(fitting, key=lambda e: min(abs(token - m) for m in e.mentions))
            found[token] = near if len(fitting) == 1 or loss else None
    return found


def _triggers(
    gold: GoldReport,
    modes: list[tuple[str, str]],
    unsaid: dict[int, GoldEvent | None],
) -> Triggers:
    tokens = candidates(gold.stage)
    heads = {t: event for event in gold.events for t in event.mentions}
    covered = {t for event in gold.events for t in event.covered}
    types, mode_labels, generic = [], [], []
    for token in tokens:
        event = heads.get(token)
        if event is None:
            open_word = token in covered or token in unsaid
            types.append(UNKNOWN if open_word else 0)
            mode_labels.append(UNKNOWN)
            generic.append(UNKNOWN)
        else:
            types.append(1 + TYPES.index(event.kind))
            mode_labels.append(modes.index((event.kind, event.mode or "")))
            generic.append(int(event.generic))
    return Triggers(
        trigger_rows(gold.stage, tokens),
        np.array(types, int),
        np.array(mode_labels, int),
        np.array(generic, int),
    )


class _Maker:
    """Makes pairs with labels out of one report."""

    def __init__(
        self, gold: GoldReport, rng: np.random.Generator, factual: dict[int, float]
    ) -> None:
        self._gold, self._stage, self._rng = gold, gold.stage, rng
        self._factual = factual

    def named(self) -> list[tuple[int, GoldEvent]]:
        """Return all words of all mentions."""
        words = {t: e for e in self._gold.events for t in e.covered if self._content(t)}
        words.update({t: e for e in self._gold.events for t in e.mentions})
        return sorted(words.items(), key=lambda pair: pair[0])

    def same(self, words: list[tuple[int, GoldEvent]]) -> Rows:
        """Return pairs of mentions; hinting words without an event stand alone."""
        known = {token for token, _ in words}
        alone = [
            (token, None)
            for token in candidates(self._stage)
            if self._stage.hints[token] and token not in known
        ]
        ordered = sorted([*words, *alone], key=lambda pair: pair[0])
        made = [(self._mention(t, e), e) for t, e in ordered]
        pairs = [
            (a, b)
            for a, b in combinations(made, 2)
            if a[1] is not None or b[1] is not None
        ]
        pairs = [p for p in pairs if p[0][1] is p[1][1] or self._rng.random() < 0.35]
        rows = pair_rows(self._stage, [(a[0], b[0]) for a, b in pairs])
        return rows, np.array([int(a[1] is b[1]) for a, b in pairs], int)

    def roles(self) -> Rows:
        """Return mentions with the phrases of their sentence."""
        pairs, labels = [], []
        stage = self._stage
        for event in self._gold.events:
            for token in event.mentions:
                mention = self._mention(token, event)
                sentence = stage.sentence_numbers[token]
                for phrase in stage.phrases_by_sentence.get(sentence, ()):
                    if phrase.head == token:
                        continue
                    pairs.append((mention, phrase))
                    labels.append(_role_of(stage, event, phrase.tokens, phrase.head))
        return role_rows(stage, pairs), np.array(labels, int)

    def told(self, words: list[tuple[int, GoldEvent]]) -> Rows:
        """Return mentions with the innermost voice that says them."""
        pairs, labels = [], []
        for token, event in words:
            voice = self._stage.voice_numbers[token]
            pairs.append((self._mention(token, event), voice))
            labels.append(self._status(event, voice))
        return told_rows(self._stage, pairs), np.array(labels, int)

    def implied(self, unsaid: dict[int, GoldEvent | None]) -> Rows:
        """Return events with the voices that do not name them."""
        stage, pairs, labels = self._stage, [], []
        ordered = sorted(self._gold.events, key=lambda event: min(event.mentions))
        acts = [sorted(event.mentions) for event in ordered]
        for rank, event in enumerate(ordered):
            naming = {stage.voice_numbers[t] for t in event.mentions}
            naming |= {stage.voice_numbers[t] for t, e in unsaid.items() if e is event}
            mentions = [self._mention(t, event) for t in event.mentions]
            for number, voice in enumerate(stage.voices):
                if number in naming or number == OUTLET or not voice.content:
                    continue
                label = self._status(event, number)
                if label or self._rng.random() < 0.5:
                    pairs.append(
                        Allusion(
                            mentions=mentions,
                            acts=acts,
                            rank=rank,
                            voice=number,
                            doers=_ids(event, doing=True),
                            others=_ids(event, doing=False),
                            counted=voice.statement.id in event.counting,
                        )
                    )
                    labels.append(label)
        return implied_rows(stage, pairs), np.array(labels, int)

    def _status(self, event: GoldEvent, voice: int) -> int:
        status = event.assertions.get(self._stage.voices[voice].statement.id)
        return 0 if status is None else 1 + [str(s) for s in STATUSES].index(status)

    def _content(self, token: int) -> bool:
        return self._stage.reading.upos[token] in ("VERB", "NOUN", "ADJ", "PROPN")

    def _mention(self, token: int, event: GoldEvent | None) -> Mention:
        hints = self._stage.hints[token]
        kind = event.kind if event else hints[0][0] if hints else "ASSAULT"
        types = self._types(kind)
        return Mention(
            token=token,
            kind=TYPES[int(types[1:].argmax())],
            mode=event.mode if event else None,
            types=types,
            generic=0.0,
            factual=self._factual.get(token, 0.0),
        )

    def _types(self, kind: str) -> np.ndarray:
        """Return probabilities as the trigger head gives them, wrong at times."""
        rng = self._rng
        if rng.random() < WRONG_TYPES:
            kind = str(rng.choice(COMMON))
        sure = rng.beta(4, 1)
        types = rng.dirichlet(np.full(1 + len(TYPES), 0.15))
        types = types * (1 - sure)
        types[1 + TYPES.index(kind)] += sure
        return types.astype(np.float32)


def _ids(event: GoldEvent, *, doing: bool) -> frozenset[str]:
    return frozenset(
        actor
        for (role, _), actor in zip(event.participants, event.actors, strict=True)
        if actor and role != "instrument" and (role == "actor") == doing
    )


def _role_of(stage: Stage, event: GoldEvent, tokens: tuple[int, int], head: int) -> int:
    """Return 0, or one more than the number of the gold's role for a phrase."""
    mine = stage.span_of(tokens)
    label = 0
    for role, given in event.participants:
        theirs = stage.span_of(given)
        shared = min(mine.end, theirs.end) - max(mine.start, theirs.start)
        union = mine.end - mine.start + theirs.end - theirs.start - shared
        overlap = max(0, shared) / union
        if overlap >= MIN_OVERLAP or (given[0] <= head < given[1] and overlap > 0.25):
            label = 1 + [str(r) for r in ROLES].index(role)
    return label
