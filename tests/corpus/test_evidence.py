from __future__ import annotations

from sayso.corpus.evidence import EvidenceKind, find_evidence
from sayso.record import Burst, CommentSpans, Copies, Span, TalkingPoint, Thread
from tests.corpus.build import make_comments


def point(phrase: str, *numbers: int) -> TalkingPoint:
    where = tuple(CommentSpans(n=n, spans=(Span(0, 4),)) for n in numbers)
    return TalkingPoint(
        phrase=phrase,
        comments=where,
        authors=len(numbers),
        in_article=False,
        expected=0.0,
        p=0.0,
        q=0.0,
    )


COMMENTS = make_comments(*["Moss quota."] * 40)


def test_phrase_that_comes_in_a_burst_has_that_for_evidence() -> None:
    burst = Burst(comments=(1, 2, 3, 4), start="", end="", expected=0, p=0, q=0)
    thread = Thread(talking_points=(point("moss", 1, 2, 3, 9),), bursts=(burst,))

    ((one,),) = find_evidence(thread, COMMENTS)

    assert (one.kind, one.count, one.expected) == (EvidenceKind.BURST, 3, 0.4)


def test_what_goes_together_as_often_as_by_chance_is_no_evidence() -> None:
    copies = Copies(
        comments=tuple(range(1, 31)), similarity=1.0, spans=(Span(0, 4),) * 30
    )
    thread = Thread(talking_points=(point("moss", 1, 2, 3, 35),), copies=(copies,))

    assert find_evidence(thread, COMMENTS) == ((),)


def test_authors_who_use_another_finding_elsewhere_are_evidence() -> None:
    comments = make_comments(
        *["Moss quota."] * 40, authors=[f"c{n % 20 + 1}" for n in range(40)]
    )
    points = (point("moss", 1, 2, 3, 4), point("tram", 21, 22, 23), point("kite", 1, 2))
    found = find_evidence(Thread(talking_points=points), comments)

    assert [(one.kind, one.count, one.phrase) for one in found[0]] == [
        (EvidenceKind.AUTHORS, 3, "tram")
    ]
    assert found[2] == ()
