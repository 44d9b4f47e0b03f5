"""Plain text to a Report: article, then perhaps a list of reader comments."""

from __future__ import annotations

from pathlib import Path

from sayso.errors import IntakeError
from sayso.intake.assemble import NOTHING_GIVEN, Draft, Given, assemble_report
from sayso.intake.listed import split_comments
from sayso.intake.normalise import (
    PARAGRAPH_BREAK,
    clean_characters,
    join_lines,
)
from sayso.record import Report


def read_text(text: str, *, name: str, given: Given = NOTHING_GIVEN) -> Report:
    """Return the report that a plain text holds, in canonical form.

    Raises:
        IntakeError: There is nothing to read in it.
    """
    lines = clean_characters(text).split("\n")
    if not any(map(str.strip, lines)):
        raise empty_input(name)
    article, comments = split_comments(lines)
    draft = Draft(
        key=Path(name).name,
        text=PARAGRAPH_BREAK.join(join_lines(article)),
        comments=comments,
    )
    return assemble_report(draft, given)


def empty_input(name: str) -> IntakeError:
    """Return the error for an input without any text."""
    return IntakeError(
        f"{name}: the input is empty",
        mend="give a file with the text of a report in it",
    )
