from __future__ import annotations

import subprocess
import sys

import pytest

from sayso.errors import IntakeError, UsageError
from sayso.intake import report_from_html, report_from_row, report_from_text
from sayso.record import report_id

SENTENCE = "The ministry denied on Monday that it had sent troops to the valley."


def test_text_in_memory_gives_a_report() -> None:
    report = report_from_text(
        SENTENCE, key="note-1", published="2024-03-04", outlet="Harbour Wire"
    )

    assert report.text == SENTENCE
    assert report.keys == (report.key,) == ("note-1",)
    assert report.id == report_id(
        text=SENTENCE,
        url=None,
        outlet="Harbour Wire",
        published="2024-03-04",
        title=None,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", None])
def test_page_in_memory_gives_a_report(encoding: str | None) -> None:
    page = f"<html><body><p>{SENTENCE}</p></body></html>"

    report = report_from_html(page.encode(encoding) if encoding else page)

    assert report.text == SENTENCE


def test_row_in_memory_gives_a_report() -> None:
    report = report_from_row({"id": 7, "text": SENTENCE, "comments": ["No."]})

    assert report.key == "7"
    assert report.comments[0].text == "No."


def test_two_outlets_with_one_text_make_two_reports() -> None:
    one, other = (report_from_text(SENTENCE, outlet=name) for name in ("HW", "DC"))

    assert one.id != other.id


@pytest.mark.parametrize("row", [{"id": 1}, {"text": object()}, {"text": "\ud800"}])
def test_row_that_does_not_fit_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(IntakeError):
        report_from_row(row)


@pytest.mark.parametrize(
    "make", [report_from_text, report_from_html], ids=["text", "page"]
)
def test_given_date_is_checked(make: object) -> None:
    assert callable(make)
    with pytest.raises(UsageError):
        make(SENTENCE, published="soon")


def test_import_loads_no_page_reader() -> None:
    code = (
        "import sys, sayso.intake;"
        "print([m for m in ('trafilatura', 'charset_normalizer') if m in sys.modules])"
    )

    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )

    assert out.stdout.strip() == "[]"
