"""Reader comments that a saved page holds.

Looked for in four ways, from the surest to the weakest: JSON-LD, microdata, the class
names that comment systems use, siblings that repeat under a "comments" container. The
way that finds most comments wins. Threads that a script loads are not in the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from lxml.etree import _Element
from lxml.html import HtmlElement, fragment_fromstring

from sayso.intake.comments import CommentDraft
from sayso.intake.dates import find_page_date
from sayso.intake.dom import last_parts, link_share, name_parts, read_blocks, words_of
from sayso.intake.metadata import has_type, name_of
from sayso.intake.normalise import PARAGRAPH_BREAK, canonical_text, word_set

MAX_AUTHOR_LETTERS = 60
MIN_SIBLING_LETTERS = 15

# WordPress marks whole articles with "category-comment" and the like.
_ITEM_CLASS = re.compile(
    r"(?!(?:category|tag|no|has|open|latest|recent|add|leave|new|write|post)[-_])"
    r"(?:[a-z]+[-_]{1,2}){0,3}(?:user|reader|single)?comment"
    r"(?:[-_]{1,2}(?:item|entry|wrap|wrapper|container|node|block|row|single|root|card"
    r"|box|unit|post|view|reply|\d+))?"
)
_ITEM_ID = re.compile(r"(?:li|article|dsq)?[-_]?comment[-_]?[a-f\d-]+")
_ITEM_MARKS = ("data-comment-id", "data-commentid", "data-comment")
_WORDS = frozenset({"text", "message"})
_BODY = frozenset({"content", "markdown", "description", "copy"})
_AUTHOR = word_set(
    "author username user commenter nickname nick fn poster displayname name"
)
_FURNITURE = word_set(
    "author byline user username avatar meta metadata date time timestamp reply actions"
    " action controls vote votes voting like likes dislike share report flag permalink"
    " badge says header footer toolbar menu rating score rank edit respond form"
)
_FURNITURE_TAGS = frozenset({"time", "footer", "header", "nav", "form", "cite", "menu"})
_TIME = frozenset({"date", "time", "timestamp", "ago", "published", "posted"})
_CONTAINER = re.compile(
    r"(?:[a-z]+[-_]+){0,2}(?:comments|comment[-_]?list|discussion|responses)"
    r"(?:[-_]+(?:list|area|section|container|wrapper|wrap|thread|body|block|box))?"
)
_ITEM_TYPE = re.compile(r"(?:User)?Comments?/?$")
_SAYS = re.compile(r"\s*(?:says|said|wrote|writes)?\s*:?\s*$", re.IGNORECASE)


def find_page_comments(
    tree: HtmlElement, linked: Sequence[Mapping[str, Any]]
) -> tuple[tuple[CommentDraft, ...], tuple[HtmlElement, ...]]:
    """Return the comments in page order, and the elements that hold comments."""
    microdata = _find_microdata(tree)
    marked = _find_marked(tree)
    repeated = () if microdata or marked else _find_repeated(tree)
    ways = (
        tuple(_read_linked(linked)),
        tuple(_read_elements(microdata)),
        tuple(_read_elements(marked)),
        tuple(_read_elements(repeated)),
    )
    return max(ways, key=len), (*microdata, *marked, *repeated)


def _read_linked(linked: Sequence[Mapping[str, Any]]) -> Iterator[CommentDraft]:
    """Yield the comments of JSON-LD, replies behind what they answer."""
    seen: set[int] = set()
    for node in linked:
        if has_type(node, "comment"):
            yield from _read_linked_comment(node, None, seen)
        else:
            for comment in _listed(node.get("comment")):
                yield from _read_linked_comment(comment, None, seen)


def _read_linked_comment(
    node: Any, parent: str | None, seen: set[int]
) -> Iterator[CommentDraft]:
    if not isinstance(node, Mapping) or id(node) in seen:
        return
    seen.add(id(node))
    key = next(
        (str(node[name]) for name in ("@id", "identifier", "url") if node.get(name)),
        f"node {len(seen)}",
    )
    text = node.get("text") or node.get("description") or node.get("commentText")
    if isinstance(text, str) and text.strip():
        answered = node.get("parentItem")
        target = answered.get("@id") if isinstance(answered, Mapping) else None
        yield CommentDraft(
            text=_plain(text),
            author=name_of(node.get("author") or node.get("creator")),
            time=_first_date(
                node.get(name) for name in ("dateCreated", "datePublished")
            ),
            key=key,
            reply_to=parent or (str(target) if target else None),
        )
    for reply in _listed(node.get("comment")):
        yield from _read_linked_comment(reply, key, seen)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plain(text: str) -> str:
    """Return the text of a comment that may hold markup."""
    if "<" not in text and "&" not in text:
        return canonical_text(text)
    blocks = read_blocks(fragment_fromstring(text, create_parent="div"))
    return PARAGRAPH_BREAK.join(blocks)


def _find_microdata(tree: HtmlElement) -> tuple[HtmlElement, ...]:
    return tuple(
        element
        for element in tree.iter()
        if _ITEM_TYPE.search(element.get("itemtype") or "")
        or element.get("itemprop") == "comment"
    )


def _find_marked(tree: HtmlElement) -> tuple[HtmlElement, ...]:
    """Return the elements that their class or id calls a comment."""
    return tuple(
        element
        for element in tree.iter()
        if isinstance(element.tag, str)
        and element.tag not in ("a", "form", "span", "button", "body", "html", "p")
        and _is_marked(element)
        and not _holds_headline(element)
    )


def _is_marked(element: HtmlElement) -> bool:
    classes = (element.get("class") or "").lower().split()
    if "post" in classes and element.tag == "li":  # Disqus
        return any("post-message" in (one.get("class") or "") for one in element.iter())
    return (
        any(map(_ITEM_CLASS.fullmatch, classes))
        or _ITEM_ID.fullmatch((element.get("id") or "").lower()) is not None
        or any(element.get(mark) for mark in _ITEM_MARKS)
    )


def _find_repeated(tree: HtmlElement) -> tuple[HtmlElement, ...]:
    """Return the largest set of like siblings in a container of comments."""
    groups: dict[tuple[object, ...], list[HtmlElement]] = {}
    for container in tree.iter():
        if not _is_container(container) or _holds_headline(container):
            continue
        for element in container.iter("li", "div", "article", "section", "tr", "p"):
            if len(words_of(element)) >= MIN_SIBLING_LETTERS:
                shape = (element.getparent(), element.tag, element.get("class"))
                groups.setdefault(shape, []).append(element)
    largest = max(groups.values(), key=len, default=[])
    if len(largest) < 2 or any(link_share(element) > 0.5 for element in largest):
        return ()
    return tuple(largest)


def _is_container(element: HtmlElement) -> bool:
    if element.tag not in ("div", "section", "ol", "ul", "aside", "article", "table"):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    return any(map(_CONTAINER.fullmatch, names))


def _holds_headline(element: HtmlElement) -> bool:
    """Tell whether this is a wrapper round the article, whatever its name says."""
    return next(element.iter("h1"), None) is not None


def _read_elements(items: Sequence[HtmlElement]) -> Iterator[CommentDraft]:
    """Yield the comments of nested elements; what holds only other comments is none."""
    keys = {item: _key_of(item, number) for number, item in enumerate(items)}
    told: dict[_Element, str] = {}
    is_sure = _is_repeated(items)
    for item in items:
        own = _Own(item, keys)
        body = _find_body(own)
        author, time = _find_author(own), _find_time(own)
        if body is None and author is None and time is None and not is_sure:
            continue
        text = _read_body(item if body is None else body, keys)
        if not text:
            continue
        parent = next((one for one in item.iterancestors() if one in told), None)
        if parent is not None and text == _read_body(parent, keys):
            continue
        told[item] = keys[item]
        named = item.get("data-parent-id") or item.get("data-parent")
        yield CommentDraft(
            text=text,
            author=author,
            time=time,
            key=keys[item],
            reply_to=named if parent is None else told[parent],
        )


def _is_repeated(items: Sequence[HtmlElement]) -> bool:
    """Tell whether the elements are siblings of one shape."""
    shapes = {(item.getparent(), item.tag, item.get("class")) for item in items}
    return len(items) > 1 and len(shapes) == 1


class _Own:
    """The elements in a comment that are not in a comment within it."""

    def __init__(self, item: HtmlElement, items: Mapping[_Element, str]) -> None:
        self.elements = list(self._walk(item, items))

    def _walk(
        self, element: _Element, items: Mapping[_Element, str]
    ) -> Iterator[_Element]:
        for child in element:
            if isinstance(child.tag, str) and child not in items:
                yield child
                yield from self._walk(child, items)

    def find(self, fits: Callable[[_Element], bool]) -> _Element | None:
        """Return the first element that fits."""
        return next(filter(fits, self.elements), None)


def _find_body(own: _Own) -> _Element | None:
    """Return the element of the words alone; a "message" lies within a "content"."""
    ways: tuple[Callable[[_Element], bool], ...] = (
        lambda one: one.get("itemprop") in ("text", "commentText", "articleBody"),
        lambda one: bool(_WORDS & last_parts(one)),
        lambda one: bool(_BODY & last_parts(one)),
    )
    found = (own.find(way) for way in ways)
    return next((element for element in found if element is not None), None)


def _read_body(element: _Element, items: Mapping[_Element, str]) -> str:
    blocks = read_blocks(element, skip=lambda one: one in items or _is_furniture(one))
    return PARAGRAPH_BREAK.join(blocks)


def _is_furniture(element: _Element) -> bool:
    parts = name_parts(element)
    if (_WORDS | _BODY | {"body"}) & last_parts(element):
        return False
    return element.tag in _FURNITURE_TAGS or bool(_FURNITURE & parts)


def _find_author(own: _Own) -> str | None:
    ways: tuple[Callable[[_Element], bool], ...] = (
        lambda one: one.get("itemprop") in ("author", "creator"),
        lambda one: "fn" in name_parts(one),
        lambda one: one.get("rel") == "author",
        lambda one: bool(_AUTHOR & last_parts(one)),
    )
    for way in ways:
        for element in filter(way, own.elements):
            name = _SAYS.sub("", element.get("content") or words_of(element))
            if 0 < len(name) <= MAX_AUTHOR_LETTERS:
                return name
    return None


def _find_time(own: _Own) -> str | None:
    return _first_date(
        value
        for element in own.elements
        if element.tag == "time"
        or element.get("itemprop") in ("dateCreated", "datePublished", "commentTime")
        or _TIME & name_parts(element)
        for value in (
            element.get("datetime"),
            element.get("content"),
            element.get("title"),
            words_of(element),
        )
    )


def _first_date(values: Iterable[Any]) -> str | None:
    given = (find_page_date(value) for value in values if isinstance(value, str))
    return next(filter(None, given), None)


def _key_of(item: HtmlElement, number: int) -> str:
    given = (item.get(name) for name in (*_ITEM_MARKS, "data-id", "id"))
    return next(filter(None, given), f"element {number}")
