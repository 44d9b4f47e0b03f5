from __future__ import annotations

import pytest

from sayso.intake.listed import split_comments

ARTICLE = """\
Governor says raiders hide across the border


The governor of the eastern province said on Tuesday that raiders hide across the river.
Karsenia has blamed its neighbour for a string of raids since the start of the year.
“We have found boats,” she told reporters when they asked where the raiders came from.
"""
COMMENTS = (
    "The boats are there for everybody to see. What is the army waiting for?",
    "We had the same in the delta.\n     Nobody came then.",
    "Joint patrols would end this in a week.",
)
NUMBERED = "\n\n".join(f"  {n}. {text}" for n, text in enumerate(COMMENTS, 1))


def split(text: str) -> tuple[str, list[str]]:
    article, drafts = split_comments(text.split("\n"))
    return "\n".join(article), [draft.text for draft in drafts]


def test_numbered_list_after_the_article_holds_comments() -> None:
    article, comments = split(f"{ARTICLE}\n\n{NUMBERED}\n")

    assert article.strip() == ARTICLE.strip()
    assert comments == [
        COMMENTS[0],
        "We had the same in the delta. Nobody came then.",
        COMMENTS[2],
    ]


@pytest.mark.parametrize("form", ["{}. ", "{}) ", "({}) ", "[{}] ", "#{}: "])
def test_numbers_are_written_in_many_ways(form: str) -> None:
    listed = "\n\n".join(
        f"  {form.format(n)}{text}" for n, text in enumerate(COMMENTS, 1)
    )

    _, comments = split(f"{ARTICLE}\n\n{listed}")

    assert len(comments) == 3
    assert comments[0] == COMMENTS[0]


@pytest.mark.parametrize("bullet", ["-", "*", "•"])
def test_bulleted_list_holds_comments_if_it_sounds_like_them(bullet: str) -> None:
    listed = "\n\n".join(f"  {bullet} {text}" for text in COMMENTS)

    assert len(split(f"{ARTICLE}\n\n{listed}")[1]) == 3


@pytest.mark.parametrize(
    "heading",
    [
        "Comments",
        "COMMENTS (3)",
        "3 comments",
        "Comments:",
        "Reader comments",
        "Readers' comments",
        "--- Comments ---",
        "What our readers say",
    ],
)
def test_heading_announces_comments_of_any_form(heading: str) -> None:
    plain = "\n\n".join(text.replace("\n     ", " ") for text in COMMENTS)

    for listed in (NUMBERED, plain):
        article, comments = split(f"{ARTICLE}\n{heading}\n\n{listed}\n")
        assert article.strip() == ARTICLE.strip()
        assert len(comments) == 3


def test_announced_comments_may_have_paragraphs() -> None:
    text = f"{ARTICLE}\nComments\n\n1. First part.\n\nSecond part.\n\n2. Other."

    assert split(text)[1] == ["First part.\n\nSecond part.", "Other."]


def test_signed_comments_give_their_authors() -> None:
    text = (
        f"{ARTICLE}\nComments\n\noldmiller says:\n\nNobody asked us.\n\n"
        "lena_k wrote on 2024-05-21: It is not public.\n\n"
        "Posted by oldmiller at 2024-05-22\n\nTold you."
    )

    drafts = split_comments(text.split("\n"))[1]

    assert [(one.author, one.time, one.text) for one in drafts] == [
        ("oldmiller", None, "Nobody asked us."),
        ("lena_k", "2024-05-21", "It is not public."),
        ("oldmiller", "2024-05-22", "Told you."),
    ]


BODY_LISTS = {
    "inside": f"{ARTICLE}\n\n{NUMBERED}\n\nThe governor left without another word.\n",
    "led in by a colon": f"{ARTICLE}\nShe had three things to say:\n\n{NUMBERED}",
    "led in by a word": f"{ARTICLE}\nThe council listed its demands.\n\n{NUMBERED}",
    "short items": (
        f"{ARTICLE}\nThe group spoke again on Friday.\n\n1. No camps\n2. No boats\n"
    ),
    "not from one": f"{ARTICLE}\n\n{NUMBERED.replace('1.', '4.')}",
    "with a gap": f"{ARTICLE}\n\n{NUMBERED.replace('3.', '5.')}",
    "no blank line before": f"{ARTICLE}{NUMBERED}",
    "nothing but a list": f"Situation note\n\n{NUMBERED}",
    "one item": f"{ARTICLE}\n\n  1. {COMMENTS[0]}",
    "a year": f"{ARTICLE}\n\n2019. It was a cold year for all of us, we said.",
    "heading without comments": f"{ARTICLE}\nComments\n",
    "opinion": f"Comment\n\n{ARTICLE}",
}


@pytest.mark.parametrize("text", BODY_LISTS.values(), ids=BODY_LISTS.keys())
def test_list_of_the_article_stays_in_it(text: str) -> None:
    article, comments = split(text)

    assert comments == []
    assert article == text


def test_list_inside_the_body_stays_when_comments_follow() -> None:
    body = (
        f"{ARTICLE}\nThe demands are:\n\n1. No camps\n2. No boats\n\nThey left then.\n"
    )

    article, comments = split(f"{body}\n\n{NUMBERED}")

    assert article.strip() == body.strip()
    assert len(comments) == 3
