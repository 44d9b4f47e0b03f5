from sayso.extract.links_ends import End
from sayso.extract.links_sureness import signs, sureness
from sayso.extract.links_tie import Tie
from sayso.record import ActorKind, LinkKind

CLUB = End(id="club", kind=ActorKind.ORGANISATION, name="the club", mentions=2)
ADA = End(id="ada", kind=ActorKind.PERSON, name="Ada Korr", mentions=3)
SECRETARY = End(id="s", kind=ActorKind.PERSON, name="the club secretary", mentions=1)
GUARD = End(id="g", kind=ActorKind.PERSON, name="the guard", mentions=1)


def tie(from_: End, to: End = CLUB, *, way: float = 0.47) -> Tie:
    return Tie(
        kind=LinkKind.LEADS,
        from_=from_,
        to=to,
        tokens=(0, 1),
        is_claim=False,
        confidence=way,
    )


def test_ends_that_share_a_word_are_less_sure_to_be_two() -> None:
    assert signs([tie(SECRETARY)])["names_share_word"] == 1
    assert signs([tie(ADA)])["names_share_word"] == 0
    assert sureness([tie(SECRETARY)]) < sureness([tie(ADA)])


def test_articles_are_no_shared_words() -> None:
    assert signs([tie(GUARD)])["names_share_word"] == 0


def test_the_firmest_telling_of_a_link_counts() -> None:
    told_twice = [tie(ADA, way=0.33), tie(ADA, way=0.49)]

    assert signs(told_twice) == signs([tie(ADA, way=0.49)])
