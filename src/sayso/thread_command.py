"""`sayso thread`: what several comments push, and how likely it is by chance."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import msgspec
from msgspec.structs import replace

from sayso.corpus.coposting import Together
from sayso.corpus.evidence import Evidence
from sayso.corpus.similar import SimilarPoint
from sayso.errors import UsageError
from sayso.record import Comment, Report, Span, Thread

if TYPE_CHECKING:
    from sayso.corpus.similar import Sentences
    from sayso.corpus.threads import Number
    from sayso.kit import Kit
    from sayso.vocab.background import Background


MOST_SAME = 100
"""A text that more comments have, or nearly have, makes no pairs of authors: everybody
would pair up with everybody."""

_POSTGRES = ("postgresql://", "postgres://")
_SQLITE = b"SQLite format 3\0"  # every project in a file begins so


class ThreadFindings(msgspec.Struct, frozen=True, kw_only=True):
    """The findings of one thread, as `--format json` and `jsonl` write them."""

    key: str
    """Of the report, or the name of the file of comments."""
    comments: int
    faults: Mapping[str, int]
    """How many comments had which fault."""
    thread: Thread
    evidence: tuple[tuple[Evidence, ...], ...] = ()
    """For each talking point of a huge thread what else speaks for it."""
    together: tuple[Together, ...] = ()
    """Authors who posted the same texts in time with each other."""
    similar: tuple[SimilarPoint, ...] = ()
    """Sentences that mean much the same, if asked for; not tested against chance."""


class Engine(StrEnum):
    """Where threads are searched."""

    LOCAL = "local"
    RAY = "ray"


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    findings: ThreadFindings
    comments: Sequence[Comment]
    has_article: bool


def run(
    source: str,
    *,
    form: str,
    article: str | None,
    background: str | None,
    similar: bool = False,
    engine: Engine = Engine.LOCAL,
) -> None:
    """Find and print what the comments of a report or file do.

    Args:
        source: A report with comments, JSONL or CSV of comments, or a project.
        form: table, json or jsonl.
        article: Name of the file that the comments stand under; None if there is none.
        background: Name of a file of other comments, for what is usual; None: no more
            than the shipped table.
        similar: Look for sentences that mean much the same, too.
        engine: Search on this machine, or on a Ray cluster; the findings are the same.
    """
    table = _background(background)
    for found in _threads(source, article, table, engine):
        if similar:
            found = _with_similar(found)
        if form == "table":
            _print(found)
        else:
            encoded = msgspec.json.encode(found.findings)
            if form == "json":
                encoded = msgspec.json.format(encoded, indent=2)
            sys.stdout.write(encoded.decode() + "\n")


class _Asked(NamedTuple):
    """A thread that is to be searched."""

    key: str
    comments: Sequence[Comment]
    article: str


def _threads(
    source: str, article: str | None, background: Background, engine: Engine
) -> Iterator[_Found]:
    from sayso.intake.comment_rows import holds_comments

    text = _article_text(article)
    if not _is_project(source) and holds_comments(Path(source)):
        yield _find_in_rows(Path(source), text, background, engine)
        return
    reports = _stored(source) if _is_project(source) else _reports(source)
    asked, again = tee(
        _Asked(one.key, one.comments, text or one.text) for one in reports
    )
    for one, thread in zip(again, _search(asked, background, engine), strict=True):
        yield _found(one, thread)


def _search(
    asked: Iterable[_Asked], background: Background, engine: Engine
) -> Iterator[Thread]:
    """Give the findings in each of many threads, in their order."""
    if engine is Engine.RAY:
        from sayso.engine_ray_threads import ThreadJob, map_threads

        jobs = (ThreadJob(one.comments, one.article) for one in asked)
        yield from map_threads(jobs, background)
        return
    from sayso.engine import read_thread
    from sayso.kit import load_kit

    kit = load_kit()
    for one in asked:
        yield read_thread(
            one.comments, article=one.article, kit=kit, background=background
        )


def _find_in_rows(
    path: Path, article: str, background: Background, engine: Engine
) -> _Found:
    """Return the findings in a file of comments, which may be huge."""
    from sayso.engine import read_thread
    from sayso.intake.comment_rows import read_comment_rows
    from sayso.kit import load_kit

    rows = read_comment_rows(path)
    thread = read_thread(
        rows.comments,
        article=article,
        kit=load_kit(),
        background=background,
        number=_numberer(engine),
    )
    found = _found(_Asked(path.name, rows.comments, article), thread)
    together = _together(rows.comments, thread)
    findings = replace(found.findings, faults=rows.faults, together=together)
    return replace(found, findings=findings)


def _numberer(engine: Engine) -> Number:
    if engine is Engine.RAY:
        from sayso.engine_ray_threads import RaySpread

        return RaySpread().number
    from sayso.corpus.words import number_words

    return number_words


def _found(asked: _Asked, thread: Thread) -> _Found:
    from sayso.corpus.evidence import find_evidence
    from sayso.corpus.talking import LARGE

    is_large = len(asked.comments) >= LARGE
    findings = ThreadFindings(
        key=asked.key,
        comments=len(asked.comments),
        faults={},
        thread=thread,
        evidence=find_evidence(thread, asked.comments) if is_large else (),
    )
    return _Found(
        findings=findings, comments=asked.comments, has_article=bool(asked.article)
    )


def _stored(project: str) -> Iterator[Report]:
    """Give the reports of a project that have comments."""
    from sayso.store.projects import open_project

    with open_project(project) as store:
        for record in store.records():
            if record.report.comments:
                yield record.report


def _is_project(source: str) -> bool:
    if source.startswith(_POSTGRES):
        return True
    path = Path(source)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _reports(source: str) -> Iterator[Report]:
    from sayso.intake import Failure, read_paths

    for report in read_paths([source]):
        if isinstance(report, Failure):
            raise report.error
        yield report


def _together(comments: Sequence[Comment], thread: Thread) -> tuple[Together, ...]:
    from sayso.corpus.bursts import seconds_of
    from sayso.corpus.copies import NEAR
    from sayso.corpus.coposting import Post, find_together

    uses = Counter(hash(one.text) for one in comments)
    common = {
        n
        for group in thread.copies
        if group.similarity >= NEAR and len(group.comments) > MOST_SAME
        for n in group.comments
    }
    timed = ((one, seconds_of(one)) for one in comments if one.n not in common)
    return find_together(
        Post(one.n, one.author, second, one.text)
        for one, second in timed
        if second is not None and uses[hash(one.text)] <= MOST_SAME
    )


def _with_similar(found: _Found) -> _Found:
    from sayso.corpus.similar import MAX_COMMENTS, find_similar
    from sayso.kit import load_kit

    if len(found.comments) > MAX_COMMENTS:
        raise UsageError(
            f"{found.findings.key} has {len(found.comments):,} comments; similar ones"
            f" are looked for among {MAX_COMMENTS:,} at most",
            mend="give fewer comments, or leave out --similar",
        )
    kit = load_kit()
    points = find_similar(found.comments, lambda one: embed(one, kit))
    return replace(found, findings=replace(found.findings, similar=points))


def embed(comment: Comment, kit: Kit) -> Sentences:
    """Return the sentences of a comment with their vectors."""
    from sayso.corpus.similar import Sentences
    from sayso.reading.encoder import read_text
    from sayso.reading.sentences import sentence_vectors

    reading = read_text(kit.model, comment.text)
    spans = [
        Span(reading.tokens[first].start, reading.tokens[end - 1].end)
        for first, end in reading.sentences
    ]
    return Sentences(spans, sentence_vectors(kit.model, reading))


def _article_text(name: str | None) -> str:
    if name is None:
        return ""
    reports = list(_reports(name))
    if len(reports) != 1:
        raise UsageError(
            f"{name} holds {len(reports)} reports", mend="give a file with one article"
        )
    return reports[0].text


def _background(name: str | None) -> Background:
    from sayso.corpus.counts import count_phrases
    from sayso.intake.comment_rows import read_comment_rows
    from sayso.vocab.background import ALL_WORDS, load_background

    shipped = load_background()
    if name is None:
        return shipped
    rows = read_comment_rows(Path(name))
    counts = count_phrases(comment.text for comment in rows.comments)
    return shipped.with_counts(counts.pop(ALL_WORDS), counts)


def _print(found: _Found) -> None:
    from sayso.show.clean import clean
    from sayso.show.terminal import make_console
    from sayso.show.thread_lines import count_comments
    from sayso.show.threads import print_thread

    findings = found.findings
    for fault, count in findings.faults.items():
        click.echo(f"sayso: {count_comments(count)} {fault}", err=True)
    console = make_console(sys.stdout)
    told = count_comments(findings.comments)
    console.print(f"{clean(findings.key)}: {told}", style="bold")
    print_thread(
        findings.thread,
        found.comments,
        console,
        article=found.has_article,
        evidence=findings.evidence,
        together=findings.together,
        similar=findings.similar,
    )
