from __future__ import annotations

from msgspec.structs import replace

from sayso.record import CommentSpans, Copies, Span, TalkingPoint, Thread
from sayso.show.thread_html import thread_html
from tests.records import make_record

POINT = TalkingPoint(
    phrase="kite permits",
    comments=(CommentSpans(n=1, spans=(Span(8, 20),)),),
    authors=3,
    in_article=False,
    expected=0.00002,
    p=1e-7,
    q=2e-5,
)


def test_findings_are_told_and_marked_in_the_comments() -> None:
    copies = Copies(comments=(1, 2), similarity=1.0, spans=(Span(0, 20),) * 2)
    record = replace(
        make_record("Boats.", comments=["No more kite permits <b>!", "No."]),
        thread=Thread(talking_points=(POINT,), copies=(copies,)),
    )

    page = thread_html(record)

    assert "use “kite permits”. The article does not." in page
    assert "2 comments by 2 authors share their words (100% alike)" in page
    assert "No more <b>kite permits</b> &lt;b&gt;!" in page
    assert "The text alone cannot tell these apart." in page


def test_comments_without_findings_stand_alone() -> None:
    page = thread_html(make_record("Boats.", comments=["No."]))

    assert "<li>" not in page
    assert "Possible reasons" not in page
    assert "<bdi>No.</bdi>" in page
