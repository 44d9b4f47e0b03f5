"""One report as the rules on events see it: words, voices, phrases."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import msgspec
import numpy as np

from sayso.extract.events.mentions import Floats
from sayso.extract.events.phrases import Phrase, find_phrases
from sayso.reading.types import Reading, TokenRange
from sayso.record.claims import Statement
from sayso.record.report import Report, SectionKind
from sayso.record.span import Span
from sayso.vocab.event_words import EventWords, Hint

OUTLET = 0
"""Number of the outlet's own voice among the voices."""


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """One statement in token numbers."""

    statement: Statement
    cue: TokenRange | None
    source: TokenRange | None
    content: tuple[TokenRange, ...]
    outer: int
    """Number of the voice that holds this one; the outlet's own is its own."""
    depth: int
    """How many voices it stands in; 0 for the outlet."""


class Said(NamedTuple):
    """The words of a voice's content."""

    tokens: tuple[int, ...]
    lemmas: frozenset[str]
    kinds: frozenset[str]
    """Types that its words hint at."""
    counts: bool
    """A number stands in it."""


class Stage(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What every rule on events may look at; made once a report."""

    report: Report
    reading: Reading
    words: EventWords
    voices: tuple[Voice, ...]
    """The outlet's first."""

    @cached_property
    def starts(self) -> list[int]:
        """First code point of each token."""
        return [span.start for span in self.reading.tokens]

    @cached_property
    def hints(self) -> tuple[tuple[Hint, ...], ...]:
        """What each token hints at."""
        return tuple(self.words.hints(word) for word in self.reading.words)

    @cached_property
    def lemmas(self) -> tuple[str, ...]:
        """Of each token, by the list of event words."""
        return tuple(self.words.lemma(word) for word in self.reading.words)

    @cached_property
    def sentence_numbers(self) -> list[int]:
        """Of each token."""
        out = [0] * len(self.reading.tokens)
        for number, (start, end) in enumerate(self.reading.sentences):
            out[start:end] = [number] * (end - start)
        return out

    @cached_property
    def paragraph_numbers(self) -> list[int]:
        """Of each token."""
        out = [0] * len(self.reading.tokens)
        for number, (start, end) in enumerate(self.reading.paragraphs):
            out[start:end] = [number] * (end - start)
        return out

    @cached_property
    def voice_numbers(self) -> list[int]:
        """Number of the innermost voice that says each token."""
        out = [OUTLET] * len(self.reading.tokens)
        order = sorted(range(len(self.voices)), key=lambda n: self.voices[n].depth)
        for number in order:
            for start, end in self.voices[number].content if number else ():
                out[start:end] = [number] * (end - start)
        return out

    @cached_property
    def headline(self) -> list[bool]:
        """Whether each token stands in a headline."""
        spans = [s.span for s in self.report.sections if s.kind is SectionKind.HEADLINE]
        return [any(s.holds(token) for s in spans) for token in self.reading.tokens]

    @cached_property
    def children(self) -> list[list[int]]:
        """Tokens that hang on each token, in text order."""
        out: list[list[int]] = [[] for _ in self.reading.tokens]
        for token, head in enumerate(self.reading.heads):
            if head >= 0:
                out[head].append(token)
        return out

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """Noun phrases, by their heads."""
        return find_phrases(self.reading, self.children)

    @cached_property
    def phrases_by_sentence(self) -> dict[int, list[Phrase]]:
        """The phrases under the number of their sentence."""
        found: dict[int, list[Phrase]] = {}
        for phrase in self.phrases:
            found.setdefault(self.sentence_numbers[phrase.head], []).append(phrase)
        return found

    @cached_property
    def names(self) -> tuple[frozenset[str], ...]:
        """Words with a capital in each sentence, folded."""
        return tuple(
            frozenset(w.lower() for w in self.reading.words[a:b] if w[0].isupper())
            for a, b in self.reading.sentences
        )

    @cached_property
    def cue_means(self) -> tuple[Floats, ...]:
        """Mean vector of each voice's cue; zeros of the outlet's own voice."""
        return tuple(self.mean([v.cue] if v.cue else []) for v in self.voices)

    @cached_property
    def content_means(self) -> tuple[Floats, ...]:
        """Mean vector of what each voice says."""
        return tuple(self.mean(voice.content) for voice in self.voices)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """What each voice's content holds."""
        return tuple(self._said(voice) for voice in self.voices)

    def _said(self, voice: Voice) -> Said:
        tokens = tuple(t for a, b in voice.content for t in range(a, b))
        return Said(
            tokens=tokens,
            lemmas=frozenset(self.lemmas[t] for t in tokens),
            kinds=frozenset(kind for t in tokens for kind, _ in self.hints[t]),
            counts=any(self.reading.upos[t] == "NUM" for t in tokens),
        )

    def tokens_of(self, span: Span) -> TokenRange:
        """Return the tokens that share a code point with a span."""
        first = max(0, bisect_right(self.starts, span.start) - 1)
        if self.reading.tokens and self.reading.tokens[first].end <= span.start:
            first += 1
        last = first
        while last < len(self.starts) and self.starts[last] < span.end:
            last += 1
        return first, last

    def span_of(self, tokens: TokenRange) -> Span:
        """Return the stretch from the first token of a range to its last."""
        spans = self.reading.tokens
        return Span(spans[tokens[0]].start, spans[tokens[1] - 1].end)

    def mean(
        self, ranges: Sequence[TokenRange], vectors: Floats | None = None
    ) -> Floats:
        """Return the mean vector of the tokens of some ranges; zeros of none."""
        of = self.reading.vectors if vectors is None else vectors
        rows = [of[a:b] for a, b in ranges if a < b]
        if not rows:
            return np.zeros(of.shape[1], np.float32)
        mean: Floats = np.concatenate(rows).mean(0)
        return mean


def set_stage(
    report: Report,
    reading: Reading,
    statements: Sequence[Statement],
    words: EventWords,
) -> Stage:
    """Return the stage of one report; the outlet's own statement must be among them."""
    bare = Stage(report=report, reading=reading, words=words, voices=())
    ordered = sorted(statements, key=lambda s: not s.is_outlet)
    numbers = {statement.id: number for number, statement in enumerate(ordered)}
    by_id = {statement.id: statement for statement in statements}
    voices = tuple(
        Voice(
            statement=statement,
            cue=bare.tokens_of(statement.cue) if statement.cue else None,
            source=bare.tokens_of(statement.source) if statement.source else None,
            content=tuple(bare.tokens_of(span) for span in statement.content),
            outer=numbers.get(statement.within or "", OUTLET),
            depth=_depth(statement, by_id),
        )
        for statement in ordered
    )
    return msgspec.structs.replace(bare, voices=voices)


def _depth(statement: Statement, by_id: dict[str, Statement]) -> int:
    if statement.is_outlet:
        return 0
    depth = 1
    while statement.within and depth <= len(by_id):
        statement = by_id[statement.within]
        depth += 1
    return depth
