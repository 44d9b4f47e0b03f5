from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake.dom import (
    find_depth,
    link_share,
    name_parts,
    parse_page,
    read_blocks,
)


def blocks(body: str) -> list[str]:
    return read_blocks(parse_page(f"<html><body>{body}</body></html>").body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One\n  two</p><p>Three</p>", ["One two", "Three"]),
        ("One<div>Two</div>three", ["One", "Two", "three"]),
        ("<p>One <b>two</b>, <i>three</i>.</p>", ["One two, three."]),
        ("<p>One.<br>Two</p>", ["One.", "Two"]),
        ("<p>One<br>two</p>", ["One two"]),
        ("<p>One<br><br>Two</p>", ["One", "Two"]),
        ("<ul><li>One<li>Two</ul>", ["One", "Two"]),
        ("<table><tr><td>One</td><td>Two</td></tr></table>", ["One Two"]),
        ("<p>One</p><script>x</script><style>y</style>", ["One"]),
        ("<p>A&nbsp;&mdash; &ldquo;B&rdquo;</p>", ["A — “B”"]),
        ("", []),
    ],
)
def test_blocks_are_those_of_a_browser(body: str, expected: list[str]) -> None:
    assert blocks(body) == expected


def test_skipped_elements_leave_what_follows_them() -> None:
    tree = parse_page("<body><p>One <b>two</b> three</p></body>")

    assert read_blocks(tree.body, skip=lambda one: one.tag == "b") == ["One three"]


def test_page_that_declares_an_encoding_is_parsed() -> None:
    page = '<?xml version="1.0" encoding="latin-1"?><html><body>Zoë</body></html>'

    assert read_blocks(parse_page(page).body) == ["Zoë"]


def test_depth_counts_nested_elements() -> None:
    assert find_depth(parse_page("<body><div><div><p>x</p></div></div></body>")) == 5


def test_name_parts_split_class_and_id() -> None:
    (element,) = parse_page("<div class='comment-list c2' id='theComments'></div>").body

    assert name_parts(element) == {"comment", "list", "c", "2", "the", "comments"}


def test_link_share_counts_letters() -> None:
    (element,) = parse_page("<p>four <a href=x>more</a></p>").body

    assert link_share(element) == pytest.approx(4 / 9)


@given(st.text(alphabet=st.characters() | st.sampled_from("<>/ abp&;#\"'!-=")))
def test_any_source_is_parsed(page: str) -> None:
    for block in read_blocks(parse_page(page)):
        assert block == " ".join(block.split())
