from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import IntakeError
from sayso.intake.encoding import check_text, decode_page, decode_text

WORDS = "Le ministère a nié les faits, a déclaré le général « Nouvelle-Région »."


@pytest.mark.parametrize(
    "raw",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        WORDS.encode("utf-16"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.encode("utf-32"),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"],
)
def test_unicode_is_read(raw: bytes) -> None:
    assert decode_text(raw, name="a.txt") == WORDS


def test_other_encoding_is_refused_with_its_place_and_the_mend() -> None:
    with pytest.raises(IntakeError, match="byte 9 is not valid UTF-8") as caught:
        decode_text((WORDS * 5).encode("cp1252"), name="a.txt")

    assert "iconv" in caught.value.mend


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7 ...",
        b"PK\x03\x04...",
        b"\x89PNG\r\n",
        bytes(range(256)) * 20,
        "The ministry denied it.".encode("utf-16-le"),
    ],
    ids=["pdf", "office", "picture", "bytes", "utf-16 without mark"],
)
@pytest.mark.parametrize("is_page", [True, False])
def test_binary_is_refused(raw: bytes, *, is_page: bool) -> None:
    with pytest.raises(IntakeError) as caught:
        check_text(raw, name="a.txt", is_page=is_page)

    assert "save" in caught.value.mend


def test_stray_controls_are_let_pass() -> None:
    check_text(
        b"The ministry\x00 denied it. " * 5 + WORDS.encode() * 20,
        name="a",
        is_page=False,
    )


@pytest.mark.parametrize(
    "raw",
    [
        f"<p>{WORDS}</p>".encode(),
        f'<meta charset="windows-1252"><p>{WORDS}</p>'.encode("cp1252"),
        f'<meta charset="iso-8859-1"><p>{WORDS}</p>'.encode("cp1252"),
        f'<meta http-equiv=x content="text/html; charset=latin1">{WORDS}'.encode(
            "cp1252"
        ),
        f"<p>{WORDS}</p>".encode("utf-16"),
        f'<meta charset="iso-8859-1"><p>{WORDS}</p>'.encode(),
    ],
)
def test_page_is_decoded_by_mark_bytes_or_its_own_word(raw: bytes) -> None:
    page, is_whole = decode_page(raw, name="a.html")

    assert WORDS in page
    assert is_whole


def test_a_few_broken_bytes_of_a_page_are_told() -> None:
    page, is_whole = decode_page(
        b'<meta charset="utf-8">' + WORDS.encode() * 20 + b"\xff\xfe", name="a.html"
    )

    assert not is_whole
    assert WORDS in page


def test_page_that_cannot_be_decoded_is_refused() -> None:
    raw = b'<meta charset="utf-8">' + bytes(range(128, 256)) * 20

    with pytest.raises(IntakeError, match="cannot be read as utf-8"):
        decode_page(raw, name="a.html")


@pytest.mark.parametrize("label", ["hex", "zip", "no-such-code", "rot13"])
def test_charset_that_is_none_is_passed_over(label: str) -> None:
    raw = f'<meta charset="{label}"><p>{WORDS * 10}</p>'.encode("cp1252")

    page, _ = decode_page(raw, name="a.html")

    assert "Le minist" in page


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(raw: bytes) -> None:
    for decode in (decode_text, decode_page):
        try:
            decode(raw, name="a")
        except IntakeError as error:
            assert error.mend
