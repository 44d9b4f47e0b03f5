"""Reports out of what the readers of text, pages and rows have found."""

from __future__ import annotations

import msgspec

from sayso.errors import UsageError
from sayso.intake.comments import CommentDraft, number_comments
from sayso.intake.dates import MEND, find_date
from sayso.intake.flags import find_flags
from sayso.intake.language import KIT_LANGUAGES, find_language
from sayso.intake.sections import find_byline, find_sections, find_title
from sayso.record import Flag, Report, report_id


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller knows better than the input."""

    published: str | None = None
    """EDTF."""
    outlet: str | None = None
    url: str | None = None
    """Where it was fetched; the address that a page gives itself comes first."""
    key: str | None = None
    """What to call it in place of the file name."""


NOTHING_GIVEN = Given()


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A report before its parts, language and id are found."""

    key: str
    text: str
    """Canonical, or verbatim from a row."""
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    """EDTF."""
    comments: tuple[CommentDraft, ...] = ()
    flags: tuple[Flag, ...] = ()


def check_given(*, published: str | None, outlet: str | None) -> Given:
    """Return the caller's values, checked.

    Raises:
        UsageError: `published` is no date.
    """
    date = find_date(published.strip()) if published else None
    if published and date is None:
        raise UsageError(f"published {published!r} is not a date", mend=MEND)
    return Given(published=date, outlet=outlet or None)


def assemble_report(draft: Draft, given: Given = NOTHING_GIVEN) -> Report:
    """Return the report with its sections, comments, language, flags and id.

    A title that the input does not give is the headline found in the text.
    """
    sections = find_sections(draft.text, title=draft.title)
    title = draft.title or find_title(draft.text, sections)
    outlet = given.outlet or draft.outlet
    published = given.published or draft.published
    url = draft.url or given.url
    key = given.key or draft.key
    language = find_language(draft.text)
    flags = {*draft.flags, *find_flags(draft.text)}
    if language not in KIT_LANGUAGES:
        flags.add(Flag.UNSUPPORTED_LANGUAGE)
    return Report(
        id=report_id(
            text=draft.text,
            url=url,
            outlet=outlet,
            published=published,
            title=title,
        ),
        key=key,
        keys=(key,),
        url=url,
        outlet=outlet,
        title=title,
        byline=draft.byline or find_byline(draft.text, sections),
        published=published,
        language=language,
        text=draft.text,
        sections=sections,
        comments=number_comments(draft.comments),
        flags=tuple(sorted(flags)),
    )
