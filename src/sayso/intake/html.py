"""Web pages to Reports: the article by trafilatura, with a guard before and behind.

Before: size, depth and attributes are capped, as the parser loses or never ends on
hostile pages. Behind: what came out is compared with the paragraphs of the page; if
too many are missing, a plainer way takes over and the report is flagged.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from lxml.etree import _Element
from lxml.html import HtmlElement

from sayso.errors import IntakeError
from sayso.intake.assemble import NOTHING_GIVEN, Draft, Given, assemble_report
from sayso.intake.dom import (
    PARSER_DEPTH,
    find_depth,
    link_share,
    name_parts,
    parse_page,
    read_blocks,
    words_of,
)
from sayso.intake.flags import find_flags
from sayso.intake.metadata import find_facts, find_linked_data
from sayso.intake.normalise import PARAGRAPH_BREAK, clean_characters, word_set
from sayso.intake.page_comments import find_page_comments
from sayso.record import Flag, Report

logger = logging.getLogger(__name__)

MAX_DEPTH = 5_000
"""Of nested tags; pages that people read have less than a hundred."""
MAX_TAG_LETTERS = 20_000  # the parser needs time by the square of the attributes
MAX_LOST = 0.4
"""Of the letters in the page's own paragraphs; above, the extraction is degraded."""
MAX_ELEMENTS = 20_000
"""Of a page for trafilatura, whose time grows by the square; most have a thousand."""
MAX_SEARCHED = 500
MIN_JUDGED_LETTERS = 400  # shorter pages hold too little to judge the extraction by
MAX_LINKED = 0.6
"""Of the letters of a page without paragraph tags; above, it is a list of links."""
MIN_PARAGRAPH_LETTERS = 40
MIN_ARTICLE_WORDS = 8

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_LONG_TAG = re.compile(rf"<([a-zA-Z][a-zA-Z0-9]*)\s[^<>]{{{MAX_TAG_LETTERS},}}>")
_FREE_TAGS = word_set(
    "area base br col dd dt embed hr img input li link meta option p param source tbody"
    " td tfoot th thead tr track wbr"
)
"""They have no end tag, or may do without one: many in a row are no depth."""
_WRAPPER_TAG = re.compile(
    r"</?(?:div|span|section|article|main|b|i|u|em|strong|font|center|small|big|a"
    r"|table|tbody|tr|td|ul|ol|dl|blockquote|form|fieldset)\b[^<>]*>",
    re.IGNORECASE,
)
_ASIDE_TAGS = frozenset({"nav", "footer", "aside", "form", "figure", "header"})
_ASIDE_NAMES = word_set(
    "nav menu sidebar footer related recommended promo newsletter subscribe cookie"
    " banner advert ad ads share social breadcrumb comments commentlist"
)


def read_page(
    page: str, *, name: str, is_whole: bool = True, given: Given = NOTHING_GIVEN
) -> Report:
    """Return the report that a web page holds.

    Args:
        page: The source of the page.
        name: Path of the file; its last part is the key of the report.
        is_whole: False if some of the page could not be decoded.
        given: Overrides what the page says.

    Raises:
        IntakeError: The page holds no article, or is nested beyond reason.
    """
    tree, is_flattened = _parse(page, name)
    linked = find_linked_data(tree)
    facts = find_facts(tree, linked)
    comments, elements = find_page_comments(tree, linked)
    _drop(elements)
    spoofed = find_flags(PARAGRAPH_BREAK.join(read_blocks(tree)))
    paragraphs, is_degraded = _find_article(tree)
    # trafilatura too falls back on this text, but runs its paragraphs together.
    if facts.body and (not paragraphs or _bare(paragraphs[0]) == _bare(facts.body)):
        paragraphs, is_degraded = facts.body.split(PARAGRAPH_BREAK), True
    if not paragraphs:
        raise _no_article(name)
    flags = set(spoofed) - {Flag.MIXED_SCRIPT}
    if is_degraded or is_flattened or not is_whole:
        flags.add(Flag.DEGRADED_EXTRACTION)
    draft = Draft(
        key=Path(name).name,
        text=PARAGRAPH_BREAK.join(_with_headline(paragraphs, facts.title)),
        url=facts.url,
        outlet=facts.outlet,
        title=facts.title,
        byline=facts.byline,
        published=facts.published,
        comments=comments,
        flags=tuple(flags),
    )
    return assemble_report(draft, given)


def _no_article(name: str) -> IntakeError:
    return IntakeError(
        f"{name}: the page holds no article",
        mend="save the page of one report, with its text loaded; or copy the text "
        "into a .txt file",
    )


def _parse(page: str, name: str) -> tuple[HtmlElement, bool]:
    """Return the tree, and whether wrappers had to go for the parser to see it all."""
    depth = _count_depth(page)
    if depth > MAX_DEPTH:
        raise IntakeError(
            f"{name}: {depth:,} tags are nested in each other, more than {MAX_DEPTH:,}",
            mend="save the page again in a browser, or copy the text into a .txt file",
        )
    page = _LONG_TAG.sub(r"<\1>", clean_characters(page))
    tree = parse_page(page)
    if find_depth(tree) < PARSER_DEPTH:
        return tree, False
    return parse_page(_WRAPPER_TAG.sub(" ", page)), True


def _count_depth(page: str) -> int:
    depth = deepest = 0
    for match in _TAG.finditer(page):
        if match[2].lower() in _FREE_TAGS:
            continue
        depth += -1 if match[1] and depth else not match[1]
        deepest = max(deepest, depth)
    return deepest


def _drop(elements: Sequence[HtmlElement]) -> None:
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()


def _find_article(tree: HtmlElement) -> tuple[list[str], bool]:
    """Return the paragraphs of the article, and whether the plainer way found them."""
    extracted = _extract(tree)
    expected = _find_paragraphs(tree)
    if not expected and _is_link_list(tree, extracted):
        return [], False
    total = sum(map(len, expected))
    is_enough = len(" ".join(extracted).split()) >= MIN_ARTICLE_WORDS
    is_judged = total >= MIN_JUDGED_LETTERS
    if is_enough and not (is_judged and _lost(expected, extracted) > MAX_LOST * total):
        return extracted, False
    plain = expected or _find_blocks(tree)
    if len(_bare(" ".join(plain))) > len(_bare(" ".join(extracted))):
        return plain, is_enough or is_judged
    return (extracted, False) if is_enough else ([], False)


def _lost(expected: Sequence[str], extracted: Sequence[str]) -> int:
    """Return how many letters of the expected paragraphs were not extracted."""
    bare = [_bare(words) for words in extracted]
    whole = set(bare)
    absent = [words for words in expected if _bare(words) not in whole]
    # Paragraphs may have been joined; but each such search goes through the text.
    joined = "".join(bare) if len(absent) <= MAX_SEARCHED else ""
    return sum(len(words) for words in absent if _bare(words) not in joined)


def _is_link_list(tree: HtmlElement, extracted: Sequence[str]) -> bool:
    """Tell whether this is a front page or a list of results, not an article."""
    kept = _bare(" ".join(extracted))
    links = {_bare(words_of(link)) for link in islice(tree.iter("a"), MAX_SEARCHED)}
    linked = sum(len(words) * kept.count(words) for words in links if len(words) > 9)
    return linked > MAX_LINKED * len(kept)


def _extract(tree: HtmlElement) -> list[str]:
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        return []
    from trafilatura import bare_extraction  # late: a third of a second

    # Without a handler of its own, Python would print its warnings.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    try:
        document = bare_extraction(tree, include_comments=False, with_metadata=False)
    except Exception:  # others' code on hostile pages: there is another way
        logger.info("trafilatura failed on a page", exc_info=True)
        return []
    body = getattr(document, "body", None)
    return [] if body is None else read_blocks(body)


def _find_paragraphs(tree: HtmlElement) -> list[str]:
    """Return the paragraphs of the element that holds most of their letters."""
    weights: dict[_Element, float] = {}
    for paragraph in tree.iter("p"):
        letters = len(words_of(paragraph))
        if letters < MIN_PARAGRAPH_LETTERS or _is_aside(paragraph):
            continue
        if link_share(paragraph) > 0.5:
            continue
        # The parent counts in full and its parent by half: paragraphs in two columns
        # or behind a "read more" wrapper still have one home.
        for ancestor, weight in zip(
            paragraph.iterancestors(), (1.0, 0.5), strict=False
        ):
            weights[ancestor] = weights.get(ancestor, 0.0) + weight * letters
    if not weights:
        return []
    home = max(weights, key=lambda element: weights[element])
    return [
        words
        for paragraph in home.iter("p")
        if not _is_aside(paragraph)
        for words in read_blocks(paragraph)
    ]


def _find_blocks(tree: HtmlElement) -> list[str]:
    """Return blocks of running text from a page that has no paragraphs."""
    blocks = read_blocks(tree.body, skip=_is_aside_itself)
    return [block for block in blocks if len(block.split()) >= MIN_ARTICLE_WORDS]


def _is_aside(element: _Element) -> bool:
    return any(map(_is_aside_itself, element.iterancestors()))


def _is_aside_itself(element: _Element) -> bool:
    if element.tag in ("body", "html"):  # class names of the page, not of a part
        return False
    if element.tag in _ASIDE_TAGS:
        return True
    # "with-sidebar" also marks wrappers; one round the headline is no aside.
    return bool(_ASIDE_NAMES & name_parts(element)) and (
        next(element.iter("h1"), None) is None
    )


def _with_headline(paragraphs: list[str], title: str | None) -> list[str]:
    """Return the paragraphs with the headline once, in front."""
    if title is None:
        return paragraphs
    bare = _bare(title)
    front = [words for words in paragraphs[:3] if _bare(words) != bare]
    return [title, *front, *paragraphs[3:]]


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))
