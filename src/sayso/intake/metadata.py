"""What a page says about its article: title, author, date, outlet, address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from lxml.html import HtmlElement

from sayso.intake.dates import find_page_date
from sayso.intake.normalise import canonical_text, clean_characters, squeeze

ARTICLE_TYPES = ("article", "newsarticle", "report", "posting", "webpage")
MAX_NODES = 20_000  # of JSON-LD; pages have some hundred

_URL_DATE = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")
_URL = re.compile(r"https?://\S+")
_BY = re.compile(r"^\s*by[:\s]+", re.IGNORECASE)
_TITLE_TAIL = re.compile(r"\s+(?P<mark>[|–—•·»-])\s+(?P<tail>[^|–—•·»]{1,60})$")


class PageFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Facts about the article, each None if the page does not give it."""

    title: str | None = None
    byline: str | None = None
    published: str | None = None
    """EDTF."""
    outlet: str | None = None
    url: str | None = None
    body: str | None = None
    """The text of the article itself, where JSON-LD holds it; canonical."""


def find_facts(tree: HtmlElement, linked: tuple[Mapping[str, Any], ...]) -> PageFacts:
    """Return what the page's JSON-LD and meta tags tell; visible words come last.

    A date that is only a guess from the text is not taken: it would anchor every
    "on Tuesday" of the article.
    """
    article = next(filter(_is_article, linked), {})
    meta = _read_meta(tree)
    url = _first_url(
        meta.get("canonical"), meta.get("og:url"), _text(article.get("url"))
    )
    outlet = _find_outlet(meta, linked, article)
    return PageFacts(
        title=_find_title(tree, meta, article, outlet),
        byline=_find_byline(tree, meta, article),
        published=_find_published(tree, meta, article, url),
        outlet=outlet,
        url=url,
        body=_find_body(article),
    )


def find_linked_data(tree: HtmlElement) -> tuple[Mapping[str, Any], ...]:
    """Return all objects of the page's JSON-LD, outer ones before those in them."""
    nodes: list[Mapping[str, Any]] = []
    for script in tree.iterfind(".//script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            content = msgspec.json.decode(script.text or "null", strict=False)
        except (msgspec.DecodeError, RecursionError):
            continue  # broken JSON-LD is common; the page itself can still be read
        nodes.extend(_walk_nodes(content, MAX_NODES - len(nodes)))
    return tuple(nodes)


def has_type(node: Mapping[str, Any], *names: str) -> bool:
    """Tell whether the `@type` of a JSON-LD object ends in one of the names."""
    types = node.get("@type")
    words = types if isinstance(types, list) else [types]
    return any(isinstance(word, str) and word.lower().endswith(names) for word in words)


def name_of(node: Any) -> str | None:
    """Return the name of a JSON-LD person or organisation, or of the first of many."""
    if isinstance(node, list):
        return next(filter(None, map(name_of, node)), None)
    if isinstance(node, Mapping):
        node = node.get("name")
    return _text(node)


def _walk_nodes(content: Any, left: int) -> Iterator[Mapping[str, Any]]:
    stack = [content]
    while stack and left > 0:
        node = stack.pop(0)
        if isinstance(node, Mapping):
            left -= 1
            yield node
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)


def _is_article(node: Mapping[str, Any]) -> bool:
    return has_type(node, *ARTICLE_TYPES) and bool(
        node.get("headline") or node.get("datePublished")
    )


def _read_meta(tree: HtmlElement) -> dict[str, str]:
    """Return meta tags and links by name; of several of a name the first counts."""
    meta: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        if content := squeeze(tag.get("content") or ""):
            meta.setdefault(name.lower(), content)
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            meta.setdefault("canonical", link.get("href", "").strip())
    return meta


def _find_title(
    tree: HtmlElement,
    meta: Mapping[str, str],
    article: Mapping[str, Any],
    outlet: str | None,
) -> str | None:
    heads = [words for words in map(_words, tree.iter("h1")) if words]
    named = _text(article.get("headline")) or meta.get("og:title")
    if named:
        named = _without_outlet(named, outlet)
        # The printed form wins where it is the same headline in other clothes.
        same = (head for head in heads if _bare(head) == _bare(named))
        return next(same, named)
    if len(heads) == 1:
        return heads[0]
    title = tree.find(".//title")
    return None if title is None else _without_outlet(_words(title), outlet) or None


def _without_outlet(title: str, outlet: str | None) -> str:
    """Return the title without " | Outlet" at its end."""
    match = _TITLE_TAIL.search(title)
    if match is None or not match.start():
        return title
    is_outlet = outlet is not None and _bare(match["tail"]) == _bare(outlet)
    return title[: match.start()] if is_outlet or match["mark"] == "|" else title


def _find_byline(
    tree: HtmlElement, meta: Mapping[str, str], article: Mapping[str, Any]
) -> str | None:
    authors = article.get("author")
    many = authors if isinstance(authors, list) else [authors]
    names = [name for name in map(name_of, many) if name]
    marked = tree.xpath(
        "//*[@rel='author' or @itemprop='author']"
        "[not(ancestor::*[contains(@itemtype, 'Comment')])]"
    )
    found = (
        ", ".join(names),
        meta.get("author", ""),
        meta.get("article:author", ""),
        meta.get("byl", ""),
        *(_words(element) for element in marked if isinstance(element, HtmlElement)),
    )
    # Some sites give the address of the author's page instead of the name.
    named = (_BY.sub("", name) for name in found if name and not _URL.match(name))
    return next((name for name in named if len(name.split()) <= 20), None)


def _find_published(
    tree: HtmlElement,
    meta: Mapping[str, str],
    article: Mapping[str, Any],
    url: str | None,
) -> str | None:
    names = (
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "dc.date.issued",
        "dc.date",
        "dcterms.created",
        "pubdate",
        "publishdate",
        "parsely-pub-date",
        "sailthru.date",
        "date",
    )
    given = [_text(article.get("datePublished")) or ""]
    given += [meta.get(name, "") for name in names]
    marked = tree.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime")
    given += [str(value) for value in marked] if isinstance(marked, list) else []
    found = next(filter(None, map(find_page_date, given)), None)
    if found is None and url and (match := _URL_DATE.search(url)):
        year, month, day = match.groups()
        return find_page_date(f"{year}-{month:0>2}-{day:0>2}")
    return found


def _find_outlet(
    meta: Mapping[str, str],
    linked: tuple[Mapping[str, Any], ...],
    article: Mapping[str, Any],
) -> str | None:
    publisher = article.get("publisher")
    if isinstance(publisher, Mapping) and "name" not in publisher:
        # A reference: {"@id": "#org"} with the organisation elsewhere in the graph.
        same = (node for node in linked if node.get("@id") == publisher.get("@id"))
        publisher = next((node for node in same if "name" in node), None)
    return (
        name_of(publisher) or meta.get("og:site_name") or meta.get("application-name")
    )


def _find_body(article: Mapping[str, Any]) -> str | None:
    body = article.get("articleBody")
    return canonical_text(body) or None if isinstance(body, str) else None


def _first_url(*candidates: str | None) -> str | None:
    return next((url for url in candidates if url and _URL.fullmatch(url)), None)


def _text(value: Any) -> str | None:
    return squeeze(clean_characters(value)) or None if isinstance(value, str) else None


def _words(element: HtmlElement) -> str:
    return squeeze(clean_characters(element.text_content()))


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))
