"""`sayso thread`: what several comments push, and how likely it is by chance."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from sayso.errors import UsageError
from sayso.record import Comment, Thread

if TYPE_CHECKING:
    from sayso.kit import Kit
    from sayso.vocab.background import Background


class ThreadFindings(msgspec.Struct, frozen=True, kw_only=True):
    """The findings of one thread, as `--format json` and `jsonl` write them."""

    key: str
    """Of the report, or the name of the file of comments."""
    comments: int
    faults: Mapping[str, int]
    """How many comments had which fault."""
    thread: Thread


class _Found(msgspec.Struct, frozen=True, kw_only=True):
    findings: ThreadFindings
    comments: Sequence[Comment]
    has_article: bool


def run(source: str, *, form: str, article: str | None, background: str | None) -> None:
    """Find and print what the comments of a report or file do.

    Args:
        source: A report with comments, or JSONL or CSV of comments.
        form: table, json or jsonl.
        article: Name of the file that the comments stand under; None if there is none.
        background: Name of a file of other comments, for what is usual; None: no more
            than the shipped table.
    """
    table = _background(background)
    for found in _threads(source, article, table):
        if form == "table":
            _print(found)
        else:
            encoded = msgspec.json.encode(found.findings)
            if form == "json":
                encoded = msgspec.json.format(encoded, indent=2)
            sys.stdout.write(encoded.decode() + "\n")


def _threads(
    source: str, article: str | None, background: Background
) -> Iterator[_Found]:
    from sayso.intake import Failure, read_paths
    from sayso.intake.comment_rows import holds_comments, read_comment_rows
    from sayso.kit import load_kit

    kit = load_kit()
    if holds_comments(Path(source)):
        rows = read_comment_rows(Path(source))
        text = _article_text(article)
        yield _find(
            Path(source).name, rows.comments, rows.faults, text, kit, background
        )
        return
    for report in read_paths([source]):
        if isinstance(report, Failure):
            raise report.error
        text = _article_text(article) or report.text
        yield _find(report.key, report.comments, {}, text, kit, background)


def _find(
    key: str,
    comments: Sequence[Comment],
    faults: Mapping[str, int],
    article: str,
    kit: Kit,
    background: Background,
) -> _Found:
    from sayso.engine import read_thread

    thread = read_thread(comments, article=article, kit=kit, background=background)
    findings = ThreadFindings(
        key=key, comments=len(comments), faults=faults, thread=thread
    )
    return _Found(findings=findings, comments=comments, has_article=bool(article))


def _article_text(name: str | None) -> str:
    from sayso.intake import Failure, read_paths

    if name is None:
        return ""
    reports = list(read_paths([name]))
    if len(reports) != 1:
        raise UsageError(
            f"{name} holds {len(reports)} reports", mend="give a file with one article"
        )
    report = reports[0]
    if isinstance(report, Failure):
        raise report.error
    return report.text


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
    from sayso.show.threads import print_thread

    findings = found.findings
    for fault, count in findings.faults.items():
        click.echo(f"sayso: {count} comments {fault}", err=True)
    console = make_console(sys.stdout)
    console.print(f"{clean(findings.key)}: {findings.comments} comments", style="bold")
    print_thread(findings.thread, found.comments, console, article=found.has_article)
