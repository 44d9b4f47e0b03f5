from __future__ import annotations

import io

import pytest

from sayso.corpus.coposting import Match, Together
from sayso.corpus.evidence import Evidence, EvidenceKind
from sayso.corpus.similar import SimilarPoint, SimilarSentence
from sayso.record import (
    Burst,
    Comment,
    CommentSpans,
    Copies,
    Span,
    TalkingPoint,
    Thread,
)
from sayso.show.terminal import make_console
from sayso.show.threads import print_thread

TEXTS = ("No more kite permits!", "Kite permits \x1b[31mcost us.", "Rain.")
COMMENTS = tuple(
    Comment(n=n, author=f"c{n}", text=text) for n, text in enumerate(TEXTS, 1)
)
POINT = TalkingPoint(
    phrase="kite permits",
    comments=(
        CommentSpans(n=1, spans=(Span(8, 20),)),
        CommentSpans(n=2, spans=(Span(0, 12),)),
    ),
    authors=2,
    in_article=False,
    expected=0.00002,
    p=1e-7,
    q=2e-5,
)
COPIES = Copies(comments=(1, 2), similarity=0.9, spans=(Span(8, 20), Span(0, 12)))
BURST = Burst(
    comments=(1, 2, 3), start="10:00", end="10:01", expected=0.5, p=0.1, q=0.1
)
FORBIDDEN = ("troll", "bot ", "bots", "fake", "suspicious", "score")


def shown(thread: Thread, *, article: bool = True) -> str:
    out = io.StringIO()
    print_thread(thread, COMMENTS, make_console(out), article=article)
    return " ".join(out.getvalue().split())


def test_finding_tells_how_many_and_how_likely_with_its_words() -> None:
    page = shown(Thread(talking_points=(POINT,)))

    assert "2 of 3 comments, by 2 signed or unsigned authors" in page
    assert "“kite permits”. The article does not." in page
    assert "Expected by chance in this thread: under 0.001" in page
    assert "No more [kite permits]!" in page


def test_without_an_article_nothing_is_said_of_it() -> None:
    assert "article" not in shown(Thread(talking_points=(POINT,)), article=False)


def test_reasons_are_always_told_and_nobody_is_judged() -> None:
    page = shown(Thread(talking_points=(POINT,), copies=(COPIES,), bursts=(BURST,)))

    assert "a shared outside source" in page
    assert "The text alone cannot tell these apart." in page
    assert "2 comments by 2 authors share their words (90% alike): 1, 2" in page
    assert "3 comments came between 10:00 and 10:01" in page
    assert not [word for word in FORBIDDEN if word in page.lower()]


def test_words_that_differ_from_the_first_copy_are_marked() -> None:
    texts = ("The old ferry sails on Monday.", "The old ferry sails on Tuesday!")
    comments = tuple(
        Comment(n=n, author="c1", text=text) for n, text in enumerate(texts, 1)
    )
    copies = Copies(comments=(1, 2), similarity=0.9, spans=(Span(0, 29), Span(0, 22)))
    out = io.StringIO()
    print_thread(Thread(copies=(copies,)), comments, make_console(out), article=False)
    page = " ".join(out.getvalue().split())

    assert "2 comments by the same author share their words" in page
    assert "[The old ferry sails on Monday]" in page
    assert "The old ferry sails on [Tuesday]!" in page


def test_further_evidence_and_posting_together_are_told() -> None:
    evidence = ((Evidence(kind=EvidenceKind.BURST, count=8, expected=1.25),),)
    pair = Together(
        authors=("c1", "c2"), texts=2, matches=(Match(1, 2, 1.0), Match(5, 6, 0.9))
    )
    out = io.StringIO()
    thread = Thread(talking_points=(POINT,))
    print_thread(
        thread,
        COMMENTS,
        make_console(out),
        article=False,
        evidence=evidence,
        together=(pair,),
    )
    page = " ".join(out.getvalue().split())

    assert "8 of these comments came in bursts; 1.2 if the two had nothing" in page
    assert "c1 and c2 posted 2 near-equal texts within a minute" in page
    assert "1 and 2, 5 and 6" in page
    assert not [word for word in FORBIDDEN if word in page.lower()]


def test_similar_points_stand_apart_as_untested() -> None:
    point = SimilarPoint(
        sentences=(
            SimilarSentence(n=1, span=Span(0, 21)),
            SimilarSentence(n=3, span=Span(0, 5)),
        ),
        authors=3,
        cosine=0.71,
    )
    out = io.StringIO()
    console = make_console(out)
    print_thread(Thread(), COMMENTS, console, article=False, similar=(point,))
    page = " ".join(out.getvalue().split())

    assert "not tested against chance: 3 authors say much the same" in page
    assert "[No more kite permits!]" in page


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert "\x1b" not in shown(Thread(talking_points=(POINT,)))


@pytest.mark.parametrize("article", [True, False])
def test_thread_without_findings_says_so(article: bool) -> None:
    assert "No phrase is shared beyond chance" in shown(Thread(), article=article)
