"""Bytes to text, or a plain word on why not."""

from __future__ import annotations

import codecs
import re

from sayso.errors import IntakeError

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a sound, film or picture"),
    (b"\x7fELF", "a program"),
    (b"\x28\xb5\x2f\xfd", "a file packed with zstd"),
    (b"BZh", "a file packed with bzip2"),
    (b"\xfd7zXZ", "a file packed with xz"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3", "a database"),
)
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
TEXT_CONTROLS = 0.01  # of all bytes; plain text has none but for stray ones
PAGE_NULLS = 0.45  # pages with runs of NUL in them exist, and can be read without
PAGE_BROKEN = 0.05  # of all characters of a page that may be undecodable
GUESS_BYTES = 64_000

_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})"
    rb"|<\?xml[^>]{0,80}?encoding\s*=\s*[\"']([a-zA-Z0-9_.-]{2,40})",
    re.IGNORECASE,
)


def check_text(raw: bytes, *, name: str, is_page: bool) -> None:
    """Let text pass.

    Raises:
        IntakeError: The bytes are those of a program, picture, archive or document.
    """
    for magic, what in MAGIC:
        if raw.startswith(magic):
            raise IntakeError(
                f"{name}: this is {what}, not text or HTML",
                mend="save or export the report as text or HTML and read that",
            )
    if find_mark(raw):
        return
    controls = len(raw) - len(raw.translate(None, CONTROLS))
    nulls = raw.count(0)
    spared = nulls if is_page and nulls <= PAGE_NULLS * len(raw) else 0
    if controls - spared > TEXT_CONTROLS * len(raw):
        half = nulls > 0.3 * len(raw)
        raise IntakeError(
            f"{name}: the input is binary, {controls:,} of its {len(raw):,} bytes are "
            "control codes",
            mend="it may be UTF-16 without its mark: save it as UTF-8"
            if half
            else "save or export the report as text or HTML and read that",
        )


def find_mark(raw: bytes) -> str | None:
    """Return the encoding that the byte order mark names, None if there is no mark."""
    found = (name for mark, name in BYTE_ORDER_MARKS if raw.startswith(mark))
    return next(found, None)


def decode_text(raw: bytes, *, name: str) -> str:
    """Return the text of UTF-8, or of UTF-16 or 32 that opens with its mark.

    Other encodings are refused, not guessed: a wrong guess would alter quotations
    without anybody noticing.

    Raises:
        IntakeError: The bytes are in another encoding; its likely name is given.
    """
    encoding = find_mark(raw) or "utf-8"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise _wrong_encoding(raw, name, error) from error


def decode_page(raw: bytes, *, name: str) -> tuple[str, bool]:
    """Return the text of a page and whether all of it could be decoded.

    Tried in order: byte order mark, UTF-8, the page's own charset, a guess from the
    bytes. A few broken bytes become U+FFFD.

    Raises:
        IntakeError: Too much of the page cannot be decoded in any of these.
    """
    if (marked := find_mark(raw)) is None:
        try:
            return raw.decode("utf-8"), True
        except UnicodeDecodeError:
            pass  # most pages are UTF-8 whatever they declare; this one is not
    encoding = marked or _declared(raw) or _guess(raw) or "utf-8"
    text = raw.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    if broken > PAGE_BROKEN * len(text):
        raise IntakeError(
            f"{name}: {broken:,} of {len(text):,} characters cannot be read as "
            f"{encoding}",
            mend="save the page again in a browser, as UTF-8",
        )
    return text, not broken


def _declared(raw: bytes) -> str | None:
    match = _META_CHARSET.search(raw, 0, 4096)
    if match is None:
        return None
    label = (match[1] or match[2]).decode("ascii").lower()
    # As browsers do: what calls itself Latin-1 or ASCII is Windows-1252.
    if label in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        return "cp1252"
    try:
        codec = codecs.lookup(label)
    except LookupError:
        return None
    # "hex", "zip" and the like are codecs of Python, not encodings of text.
    return codec.name if codec._is_text_encoding else None


def _guess(raw: bytes) -> str | None:
    from charset_normalizer import from_bytes  # late: seldom needed

    best = from_bytes(raw[:GUESS_BYTES]).best()
    return best.encoding if best else None


def _wrong_encoding(raw: bytes, name: str, error: UnicodeDecodeError) -> IntakeError:
    guess = None if error.encoding != "utf-8" else _guess(raw)
    hint = f", it looks like {guess}" if guess and guess != "utf_8" else ""
    source = (guess or "ENCODING").replace("_", "-").upper()
    return IntakeError(
        f"{name}: byte {error.start:,} is not valid {error.encoding.upper()}{hint}",
        mend=f"save it as UTF-8, for instance: iconv -f {source} -t UTF-8 FILE",
    )
