from pathlib import Path

import pytest

from sayso.errors import VocabError
from sayso.record import LinkKind
from sayso.vocab.lexicon import IRREGULAR
from sayso.vocab.ties import TIES, TieShape, load_tie_words


def test_every_kind_of_link_has_words() -> None:
    kinds = {entry.kind for entry in load_tie_words().entries}

    assert kinds - {None} == set(LinkKind)


@pytest.mark.parametrize(
    ("form", "words", "shape"),
    [
        ("spokesmen", ("spokesman",), TieShape.HOLDER),
        ("brothers", ("brother",), TieShape.HOLDER),
        ("led", ("lead",), TieShape.VERB),
        ("belongs", ("belong", "to"), TieShape.VERB),
        ("secretary", ("press", "secretary"), TieShape.HOLDER),
    ],
)
def test_inflected_head_words_lead_to_the_entry(
    form: str, words: tuple[str, ...], shape: TieShape
) -> None:
    entries = load_tie_words().entries_of(form)

    assert (words, shape) in [(entry.words, entry.shape) for entry in entries]


@pytest.mark.parametrize(
    "line",
    [
        "aide\thelper\temployed_by\t",
        "aide\tholder\tworks_for\t",
        "aide\tholder\tpossible\t",
        "aide\tholder\temployed_by",
    ],
)
def test_faulty_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / TIES).write_text(f"words\tshape\tkind\tnote\n{line}\n", "utf-8")
    (tmp_path / IRREGULAR).write_text("form\tlemma\n", "utf-8")

    with pytest.raises(VocabError, match=rf"{TIES}:2"):
        load_tie_words(tmp_path)
