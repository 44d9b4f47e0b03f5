"""Interviews printed as questions and answers: all answers are one statement.

A run of short prompts, at least two of them questions, each followed by an answer,
belongs to whoever "spoke to" the outlet in the lines before (docs/statements.md).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from sayso.extract.roles import find_subject
from sayso.extract.scene import Draft, Scene, join
from sayso.record.span import Span
from sayso.vocab.lexicon import PhraseKind

MIN_QUESTIONS = 2  # one question alone is mostly rhetorical
MAX_PROMPT_WORDS = 25


def join_answers(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with the answers of an interview as content of its opening."""
    first, answers = _find_run(scene)
    if not answers:
        return list(drafts)
    before = scene.paragraph(first - 1)
    hosts = [n for n, draft in enumerate(drafts) if _opens(scene, draft, before)]
    if hosts:
        host = drafts[hosts[-1]]
        joined = replace(host, content=join(answers))
        return [*drafts[: hosts[-1]], joined, *drafts[hosts[-1] + 1 :]]
    opening = _spot_opening(scene, before, answers)
    return [*drafts, *([opening] if opening else [])]


def _find_run(scene: Scene) -> tuple[int, list[Span]]:
    """Return the paragraph of the first question, and the answers of the whole run."""
    count = len(scene.reading.paragraphs)
    first = next((n for n in range(1, count) if _is_question(scene, n)), count)
    answers: list[Span] = []
    questions, n = 0, first
    while n + 1 < count and _is_prompt(scene, n):
        answer = _answer(
            scene, n + 1, quoted=bool(answers) and _quoted(scene, first + 1)
        )
        if answer is None:
            break
        questions += _is_question(scene, n)
        answers.append(answer)
        n += 2
    return first, answers if questions >= MIN_QUESTIONS else []


def _is_prompt(scene: Scene, number: int) -> bool:
    prompt = scene.paragraph(number)
    words = len(prompt.of(scene.text).split())
    return words <= MAX_PROMPT_WORDS and not any(scene.tops_at(prompt))


def _is_question(scene: Scene, number: int) -> bool:
    line = scene.paragraph(number)
    return scene.text[line.end - 1] == "?" and _is_prompt(scene, number)


def _quoted(scene: Scene, number: int) -> bool:
    line = scene.paragraph(number)
    return any(scene.tops[top].outer == line for top in scene.tops_at(line))


def _answer(scene: Scene, number: int, *, quoted: bool) -> Span | None:
    """Return the words of an answer; all are quoted if the first one is."""
    line = scene.paragraph(number)
    inner = [
        scene.tops[top].inner
        for top in scene.tops_at(line)
        if scene.tops[top].outer == line
    ]
    if quoted and not inner:
        return None
    return inner[0] if inner else line


def _opens(scene: Scene, draft: Draft, before: Span) -> bool:
    """Tell whether a draft introduces an interview: "spoke to us", without content."""
    if draft.source is None or not before.holds(draft.cue):
        return False
    start, end = scene.tokens_of(draft.cue)
    return any(
        scene.lexicon.is_a(word, PhraseKind.INTERVIEWED)
        for word in scene.reading.words[start:end]
    )


def _spot_opening(scene: Scene, before: Span, answers: list[Span]) -> Draft | None:
    """Return a draft for "spoke to us" where the head found no cue."""
    words = scene.reading.words
    for verb in range(*scene.tokens_of(before)):
        if not scene.lexicon.is_a(words[verb], PhraseKind.INTERVIEWED):
            continue
        source = find_subject(scene, verb, {})
        if source is not None and words[verb + 1 : verb + 2] in (("to",), ("with",)):
            return Draft(
                cue=scene.span_of((verb, verb + 2)),
                source=source,
                content=join(answers),
                stance=(),
                speech=1.0,
                made_by="rule:interview",
            )
    return None
