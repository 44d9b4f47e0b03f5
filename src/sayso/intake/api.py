"""Reports from what a program already holds in memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from sayso.errors import IntakeError
from sayso.intake.assemble import check_given
from sayso.intake.encoding import decode_page
from sayso.intake.html import read_page
from sayso.intake.jsonl import read_row
from sayso.intake.text import read_text
from sayso.record import Report


def report_from_text(
    text: str,
    *,
    key: str = "text",
    published: str | None = None,
    outlet: str | None = None,
) -> Report:
    """Return the report that a plain text holds, in canonical form.

    Args:
        text: The article, perhaps with a list of reader comments under it.
        key: The caller's name for it.
        published: Date of publication, as EDTF or ISO 8601.
        outlet: Who published it.

    Raises:
        IntakeError: The text is empty.
        UsageError: `published` is no date.
    """
    given = check_given(published=published, outlet=outlet)
    return read_text(text, name=key, given=given)


def report_from_html(
    page: str | bytes,
    *,
    key: str = "page",
    published: str | None = None,
    outlet: str | None = None,
) -> Report:
    """Return the report that a web page holds; bytes are decoded as a browser does.

    Raises:
        IntakeError: The page holds no article, or cannot be decoded.
        UsageError: `published` is no date.
    """
    given = check_given(published=published, outlet=outlet)
    text, is_whole = (
        decode_page(page, name=key) if isinstance(page, bytes) else (page, True)
    )
    return read_page(text, name=key, is_whole=is_whole, given=given)


def report_from_row(
    row: Mapping[str, Any],
    *,
    published: str | None = None,
    outlet: str | None = None,
) -> Report:
    """Return the report of one row, as a line of JSONL would hold it.

    Raises:
        IntakeError: A field does not fit, or the text is empty.
        UsageError: `published` is no date.
    """
    given = check_given(published=published, outlet=outlet)
    try:
        line = msgspec.json.encode(row)
    except (TypeError, UnicodeEncodeError) as error:
        raise IntakeError(
            f"the row cannot be written as JSON: {error}",
            mend="give text, numbers and lists only",
        ) from error
    return read_row(line, name="row", number=1, given=given)
