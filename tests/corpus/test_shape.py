from __future__ import annotations

import pytest

from sayso.corpus.shape import is_phrase
from tests.build import make_reading, spot

TEXT = "They end the use of harbour levies soon."
SYNTAX: dict[str, tuple[str, str, str | None]] = {
    "They": ("PRON", "nsubj", "end"),
    "end": ("VERB", "root", None),
    "the": ("DET", "det", "use"),
    "use": ("NOUN", "obj", "end"),
    "of": ("ADP", "case", "levies"),
    "harbour": ("NOUN", "compound", "levies"),
    "levies": ("NOUN", "nmod", "use"),
    "soon": ("ADV", "advmod", "end"),
}


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("harbour levies", True),
        ("use of harbour levies", True),
        ("end the use of harbour levies", True),
        ("use of harbour", False),
        ("levies soon", False),
        ("the use", False),
        ("of harbour levies", False),
    ],
)
def test_only_whole_phrases_have_the_shape(words: str, holds: bool) -> None:
    reading = make_reading(TEXT, syntax=SYNTAX)

    assert is_phrase(reading, spot(TEXT, words)) is holds
