"""Text out of element trees, in the blocks that a browser would show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml.etree import ParserError, _Element
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from sayso.intake.normalise import clean_characters, squeeze, word_set

BLOCKS = word_set(
    "address article aside blockquote body caption center dd details dialog div dl dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol"
    " option p pre section summary table tbody tfoot thead tr ul"
    # what trafilatura calls them
    " ab head item list quote row"
)
BREAKS = frozenset({"br", "lb"})
CELLS = frozenset({"td", "th", "cell"})
UNSEEN = word_set(
    "button canvas datalist iframe input noscript object script select style svg"
    " template textarea"
)
PARSER_DEPTH = 250  # libxml2 drops, without a word, what is nested deeper than 256

_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*\s*$")
_NAME_PARTS = re.compile(r"[a-z]+|\d+")


def parse_page(page: str) -> HtmlElement:
    """Return the element tree of a page; comments in the source are left out."""
    # As bytes: lxml refuses text that declares another encoding.
    raw = page.encode("utf-8", errors="replace")
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        return document_fromstring(raw, parser=parser, ensure_head_body=True)
    except ParserError:  # nothing but blanks and comments
        return document_fromstring(b"<html></html>", ensure_head_body=True)


def find_depth(tree: HtmlElement) -> int:
    """Return how deep the elements are nested; the root alone has 1."""
    depth, row = 0, [tree]
    while row:
        depth += 1
        row = [child for element in row for child in element]
    return depth


def read_blocks(
    element: _Element, *, skip: Callable[[_Element], bool] = lambda _: False
) -> list[str]:
    """Return the text of an element as paragraphs, without what is not shown.

    A single line break splits a paragraph only where a sentence ends; two always do.

    Args:
        element: Of HTML, or of the tree that trafilatura makes; its tail is not read.
        skip: Tells which elements below to leave out; their tails stay.
    """
    pieces: list[str] = []
    _collect(element, pieces, skip)
    blocks = "".join(pieces).split(_BLOCK_END)
    return [part for block in blocks for part in _split_breaks(block)]


# The separators of ASCII: `parse_page` gets its pages without control characters.
_BLOCK_END = "\x1e"
_LINE_END = "\x1f"


def _collect(
    element: _Element, pieces: list[str], skip: Callable[[_Element], bool]
) -> None:
    tag = element.tag
    if tag in BREAKS:
        pieces.append(_LINE_END)
    end = _BLOCK_END if tag in BLOCKS else " " if tag in CELLS else ""
    pieces += (end, element.text or "")
    for child in element:
        # Processing instructions and the like have a function for a tag.
        is_shown = isinstance(child.tag, str) and child.tag not in UNSEEN
        if is_shown and not skip(child):
            _collect(child, pieces, skip)
        pieces.append(child.tail or "")
    pieces.append(end)


def _split_breaks(block: str) -> Iterator[str]:
    lines = [squeeze(clean_characters(line)) for line in block.split(_LINE_END)]
    paragraph = ""
    for line in lines:
        if paragraph and (not line or _SENTENCE_END.search(paragraph)):
            yield paragraph
            paragraph = line
        else:
            paragraph = f"{paragraph} {line}".strip()
    if paragraph:
        yield paragraph


def words_of(element: _Element) -> str:
    """Return the text of an element on one line."""
    return squeeze(clean_characters("".join(map(str, element.itertext()))))


def name_parts(element: _Element) -> frozenset[str]:
    """Return the words in the class and id of an element: comment-list, commentList."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names)
    return frozenset(_NAME_PARTS.findall(spaced.lower()))


def last_parts(element: _Element) -> frozenset[str]:
    """Return the last word of each class name: comment__text and text, not text-sm."""
    names = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", element.get("class") or "").lower()
    parts = (_NAME_PARTS.findall(name) for name in names.split())
    return frozenset(found[-1] for found in parts if found)


def link_share(element: _Element) -> float:
    """Return which part of an element's letters stands in links, 0 to 1."""
    letters = len(words_of(element))
    linked = sum(len(words_of(link)) for link in element.iter("a"))
    return linked / letters if letters else 0.0
