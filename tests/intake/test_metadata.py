from __future__ import annotations

import json

import pytest

from sayso.intake.dom import parse_page
from sayso.intake.metadata import PageFacts, find_facts, find_linked_data


def facts(head: str, body: str = "") -> PageFacts:
    tree = parse_page(f"<html><head>{head}</head><body>{body}</body></html>")
    return find_facts(tree, find_linked_data(tree))


def linked(*nodes: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(node)}</script>'
        for node in nodes
    )


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Troops in the valley",
    "datePublished": "2024-05-21T06:30:00Z",
    "author": [{"name": "Corin Hale"}, {"name": "Oda Lindqvar"}],
    "publisher": {"@type": "Organization", "name": "Meridian Post"},
    "url": "https://meridianpost.example/valley",
}
FACTS = PageFacts(
    title="Troops in the valley",
    byline="Corin Hale, Oda Lindqvar",
    published="2024-05-21T06:30:00Z",
    outlet="Meridian Post",
    url="https://meridianpost.example/valley",
)


@pytest.mark.parametrize(
    "nodes",
    [
        [ARTICLE],
        [{"@graph": [{"@type": "WebSite"}, ARTICLE]}],
        [[{"@type": "BreadcrumbList"}], [ARTICLE]],
        [{**ARTICLE, "@type": ["Report", "ReportageNewsArticle"]}],
        [
            {
                "@graph": [
                    {**ARTICLE, "publisher": {"@id": "#us"}},
                    {"@type": "Organization", "@id": "#us", "name": "Meridian Post"},
                ]
            }
        ],
    ],
    ids=["plain", "graph", "lists", "types", "reference"],
)
def test_linked_data_tells_all(nodes: list[object]) -> None:
    assert facts(linked(*nodes)) == FACTS


def test_meta_tags_tell_all() -> None:
    head = """
        <title>Troops in the valley | Meridian Post</title>
        <meta property="og:title" content="Troops in the valley">
        <meta property="og:site_name" content="Meridian Post">
        <meta property="article:published_time" content="2024-05-21T06:30:00Z">
        <meta name="author" content="By Corin Hale, Oda Lindqvar">
        <link rel="canonical" href="https://meridianpost.example/valley">
    """

    assert facts(head) == FACTS


def test_linked_data_may_hold_the_text() -> None:
    body = "Troops were seen.\r\n\r\nNobody  knew why."

    found = facts(linked({**ARTICLE, "articleBody": body}))

    assert found.body == "Troops were seen.\n\nNobody knew why."


def test_broken_linked_data_is_passed_over() -> None:
    head = '<script type="application/ld+json">{"@type": "News</script>'

    assert facts(head + linked(ARTICLE)) == FACTS


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Troops | Meridian Post</title>", "", "Troops"),
        (
            "<title>Troops - Meridian Post</title>",
            "<h1>Troops seen</h1>",
            "Troops seen",
        ),
        ("<title>Valley - a history</title>", "", "Valley - a history"),
        (
            '<meta property="og:title" content="Troops — Post">'
            '<meta property="og:site_name" content="Post">',
            "",
            "Troops",
        ),
        ('<meta property="og:title" content="TROOPS">', "<h1>Troops</h1>", "Troops"),
        ("", "", None),
    ],
)
def test_title_is_the_printed_headline(head: str, body: str, title: str | None) -> None:
    assert facts(head, body).title == title


def test_date_in_the_address_serves_if_no_other_is_given() -> None:
    head = '<link rel="canonical" href="https://x.example/2024/5/21/troops">'

    assert facts(head, "<p>Seen on 3 March 2019</p>").published == "2024-05-21"


def test_what_is_no_date_name_or_address_is_passed_over() -> None:
    head = """
        <meta name="date" content="Tuesday">
        <meta property="article:author" content="https://x.example/hale">
        <link rel="canonical" href="/valley">
    """

    assert facts(head) == PageFacts()


def test_author_of_a_comment_is_not_the_byline() -> None:
    body = """
        <div itemscope itemtype="https://schema.org/Comment">
        <span itemprop="author">lena_k</span></div>
    """

    assert facts("", body).byline is None


def test_visible_author_serves_if_no_other_is_given() -> None:
    assert (
        facts("", '<a rel="author" href="/hale">Corin Hale</a>').byline == "Corin Hale"
    )
