from __future__ import annotations

from hypothesis import given, settings

from sayso.record import Record
from sayso.show.clean import clean
from sayso.show.pieces import PieceKind, cut_article, paragraphs
from tests.records import make_record, say
from tests.strategies import records

NESTED = "“Officials have assured me that it stops,” she said. “It must.”"


def flat(record: Record) -> str:
    return "".join(
        piece.text
        for piece in cut_article(record)
        if piece.kind not in (PieceKind.SIGN, PieceKind.END_SIGN)
    )


def test_nested_contents_stand_in_numbered_brackets() -> None:
    record = make_record(
        NESTED,
        say("outer", "she", "said", "“Officials have assured me that it stops,”"),
        say("inner", "Officials", "have assured", "that it stops", within="outer"),
    )

    assert flat(record) == (
        "¹[“Officials have assured² me ²[that it stops],”]¹ she said¹. “It must.”"
    )


def test_both_parts_of_a_split_content_bear_one_number() -> None:
    record = make_record(
        NESTED,
        say("s", "she", "said", "“Officials have assured me that it stops,”", "“It"),
    )

    assert flat(record) == (
        "¹[“Officials have assured me that it stops,”] she said¹. ¹[“It] must.”"
    )


def test_joint_sources_share_one_bracket() -> None:
    record = make_record(
        "Army and police said it was over.",
        say("a", "Army", "said", "it was over"),
        say("b", "police", "said", "it was over"),
    )

    assert flat(record) == "Army and police said¹⁺² ¹⁺²[it was over]."


def test_crossing_contents_both_bear_numbers_at_the_end() -> None:
    record = make_record(
        "one two three",
        say("a", None, None, "one two"),
        say("b", None, None, "two three"),
    )

    assert flat(record) == "¹[one ²[two]¹ three]²"


def test_outlet_voice_gets_no_marks() -> None:
    record = make_record("It rained.", say("s0", None, None, "It rained.", outlet=True))

    assert flat(record) == "It rained."


def test_depth_counts_the_contents_round_a_piece() -> None:
    record = make_record(
        NESTED,
        say("outer", "she", "said", "“Officials have assured me that it stops,”"),
        say("inner", "Officials", "have assured", "that it stops", within="outer"),
    )

    depths = {
        piece.text: piece.depth
        for piece in cut_article(record)
        if piece.kind is PieceKind.WORDS
    }

    assert (depths["that it stops"], depths["Officials"], depths["she"]) == (2, 1, 0)


def test_paragraphs_leave_out_blank_lines() -> None:
    record = make_record("Head\n\nFirst line\nsecond\n \n\nLast")

    shown = ["".join(p.text for p in part) for part in paragraphs(cut_article(record))]

    assert shown == ["Head", "First line\nsecond", "Last"]


@settings(max_examples=30)  # each is drawn, shown and looked through
@given(record=records())
def test_words_of_all_pieces_are_the_text(record: Record) -> None:
    pieces = cut_article(record)

    words = "".join(piece.text for piece in pieces if piece.kind is PieceKind.WORDS)
    opened = sum(piece.kind is PieceKind.OPEN for piece in pieces)

    assert words == clean(record.report.text)
    assert opened == sum(piece.kind is PieceKind.CLOSE for piece in pieces)
