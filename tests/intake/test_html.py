from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import IntakeError
from sayso.intake.html import read_page
from sayso.record import Flag, Report, SectionKind

PARAGRAPHS = (
    "QUARRIN, May 21 — The governor said on Monday that raiders were hiding in camps"
    " across the river, and that authorities there were trying to help.",
    "“We have found boats, and we have found letters,” Ilra Voss told reporters when"
    " she was asked whether the raiders came from abroad.",
    "Belmora’s interior minister denied that there were any camps on its bank of the"
    " river. “There are fishermen there, and their families,” he told state radio.",
    "A spokesman for the army declined to comment on the photographs, which villagers"
    " said they had seen hanging in the town hall of Tersa since February.",
)
HEADLINE = "Governor says raiders hide across the border"
CHROME_TOP = (
    "<header><a href=/>Harbour Wire</a><nav><a href=/n>News</a> <a href=/s>Sport</a>"
    "</nav></header>"
)
CHROME_END = (
    "<aside><h4>Most read</h4><ul><li><a href=/1>Ferry talks collapse as owners"
    " trade blame</a></li></ul></aside><footer><p>© Harbour Wire</p></footer>"
)


def page(body: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head>'
        f"<body>{CHROME_TOP}{body}{CHROME_END}</body></html>"
    )


def article(paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    told = "".join(f"<p>{one}</p>" for one in paragraphs)
    return f"<main><article><h1>{HEADLINE}</h1>{told}</article></main>"


def read(source: str) -> Report:
    return read_page(source, name="saved/page.html")


def test_article_comes_with_its_headline_and_without_the_frame() -> None:
    report = read(page(article()))

    assert report.text == "\n\n".join([HEADLINE, *PARAGRAPHS])
    assert report.title == HEADLINE
    assert report.key == "page.html"
    assert [section.kind for section in report.sections] == [
        SectionKind.HEADLINE,
        SectionKind.DATELINE,
        SectionKind.BODY,
    ]
    assert report.flags == ()


def test_comments_are_taken_out_of_the_article() -> None:
    thread = "".join(
        f'<div class="comment"><span class="author">{name}</span>'
        f'<div class="comment-text"><p>{text}</p></div></div>'
        for name, text in (
            (
                "oldmiller",
                "I have lived below that wall all my life, and nobody asked.",
            ),
            ("lena_k", "The ministry says that the survey is public. It is not."),
        )
    )
    body = article().replace("</article>", f"<div id=comments>{thread}</div></article>")

    report = read(page(body))

    assert report.text == "\n\n".join([HEADLINE, *PARAGRAPHS])
    assert [comment.author for comment in report.comments] == ["c1", "c2"]


def test_list_in_the_article_is_kept() -> None:
    items = "<ul><li>The camps are to be closed.</li><li>The boats stay.</li></ul>"

    report = read(page(article().replace("</article>", f"{items}</article>")))

    assert "The camps are to be closed." in report.text
    assert "The boats stay." in report.text


def test_page_nested_too_deep_for_the_parser_is_flattened_and_flagged() -> None:
    report = read(page("<div>" * 400 + article() + "</div>" * 400))

    assert all(one in report.text for one in PARAGRAPHS)
    assert Flag.DEGRADED_EXTRACTION in report.flags


def test_paragraphs_that_the_extractor_loses_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "sayso.intake.html._extract", lambda tree: ["We have found boats. " * 3]
    )

    report = read(page(article()))

    assert all(one in report.text for one in PARAGRAPHS)
    assert "Most read" not in report.text
    assert report.flags == (Flag.DEGRADED_EXTRACTION,)


def test_page_too_large_for_the_extractor_is_read_the_plainer_way() -> None:
    paragraphs = tuple(f"{number}. {PARAGRAPHS[1]}" for number in range(7_000))
    spread = "".join(f"<p><b>{one[:5]}</b><i>{one[5:]}</i></p>" for one in paragraphs)

    report = read(page(f"<article><h1>{HEADLINE}</h1>{spread}</article>"))

    assert report.text == "\n\n".join([HEADLINE, *paragraphs])
    assert report.flags == (Flag.DEGRADED_EXTRACTION,)


def test_extractor_that_fails_does_not_stop_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AttributeError("bug")

    monkeypatch.setattr("trafilatura.bare_extraction", fail)

    report = read(page(article()))

    assert all(one in report.text for one in PARAGRAPHS)
    assert report.flags == (Flag.DEGRADED_EXTRACTION,)


def test_page_without_paragraph_tags_is_read() -> None:
    body = "<br><br>".join(PARAGRAPHS)

    report = read(f"<html><body><div>{body}</div></body></html>")

    assert all(one in report.text for one in PARAGRAPHS)


def test_text_that_only_a_script_would_show_is_taken_from_the_metadata() -> None:
    body = "\\n\\n".join(PARAGRAPHS)
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline":'
        f' "{HEADLINE}", "articleBody": "{body}"}}</script>'
    )

    report = read(page('<div id="root"></div>', head))

    assert report.text == "\n\n".join([HEADLINE, *PARAGRAPHS])
    assert report.flags == (Flag.DEGRADED_EXTRACTION,)


@pytest.mark.parametrize("name", ["has-sidebar", "comments-open", "post comment"])
def test_wrapper_with_a_misleading_name_is_read(name: str) -> None:
    report = read(page(f'<div class="{name}">{article()}</div>'))

    assert report.text == "\n\n".join([HEADLINE, *PARAGRAPHS])
    assert report.comments == ()


def test_short_page_is_read() -> None:
    report = read("<html><body><p>The army denied on Monday that it was there.</p>")

    assert report.text == "The army denied on Monday that it was there."


@pytest.mark.parametrize(
    "source",
    [
        page(""),
        page("<ul>" + "<li><a href=/1>Ferry talks collapse again</a>" * 30 + "</ul>"),
        "<html></html>",
        "<html><body><form><input></form></body></html>",
        "<html><body><script>var a = 'The army denied that it was there';</script>",
        "<!-- nothing -->",
        "<p>",
    ],
    ids=["frame", "links", "no body", "form", "script", "comment", "tag"],
)
def test_page_without_article_is_refused(source: str) -> None:
    with pytest.raises(IntakeError, match="no article") as caught:
        read(source)

    assert caught.value.mend


def test_spoofing_characters_are_flagged_though_the_extractor_drops_them() -> None:
    body = article().replace("denied", "de\u200bn\u202eied\u202c")

    report = read(page(body))

    assert {Flag.BIDI, Flag.INVISIBLE} <= set(report.flags)


def test_null_characters_are_dropped() -> None:
    report = read(page(article().replace("raiders", "rai\0ders")))

    assert "\0" not in report.text
    assert "raiders were hiding" in report.text


def test_undecoded_parts_are_flagged() -> None:
    report = read_page(page(article()), name="a", is_whole=False)

    assert report.flags == (Flag.DEGRADED_EXTRACTION,)


def test_entities_of_the_doctype_are_not_expanded(tmp_path: object) -> None:
    doctype = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

    report = read(doctype + page(article()).replace("boats", "boats &x;"))

    assert "root:" not in report.text


def test_many_attributes_do_not_stall_the_parser() -> None:
    attributes = " ".join(f'a{n}="x"' for n in range(100_000))

    report = read(page(f"<div {attributes}>{article()}</div>"))

    assert all(one in report.text for one in PARAGRAPHS)


@settings(max_examples=60)
@given(st.text(alphabet=st.characters() | st.sampled_from("<>/ pabdiv&;#\"'!-=\ud800")))
def test_any_source_gives_a_report_or_an_error(source: str) -> None:
    try:
        report = read(page(f"<p>{source}</p>"))
    except IntakeError as error:
        assert error.mend
        return

    assert all(section.span.of(report.text).strip() for section in report.sections)
    report.text.encode("utf-8")
