"""Words for nations, faiths and peoples, for each of which the model reads a stand-in.

What a report says of "Danish" troops must be read as it would be of any others: so the
network never learns which nation, faith or people is meant. Spans, actors and places
keep the words of the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sayso.errors import VocabError
from sayso.vocab.lexicon import read_table

GROUPS = "groups.tsv"
STAND_INS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("nation", "one"): "German",
        ("nation", "many"): "Germans",
        ("faith", "one"): "Christian",
        ("faith", "many"): "Christians",
        ("people", "one"): "Kurdish",
        ("people", "many"): "Kurds",
    }
)
"""By kind and number: common words that the encoder's vocabulary holds whole."""


@cache
def load_groups(folder: Path | None = None) -> Mapping[str, str]:
    """Return the stand-in of each word of a folder of lexicons, or of the shipped one.

    Words are as they are written, with a capital: "turkey" and "polish" stay.

    Raises:
        VocabError: The file is missing, or a line has an unknown kind or number.
    """
    groups = {}
    for line, (word, kind, number) in read_table(folder, GROUPS, 3, 1):
        try:
            groups[word] = STAND_INS[kind, number]
        except KeyError as error:
            raise VocabError(
                f"{GROUPS}:{line}: no stand-in for {kind!r}, {number!r}",
                mend=f"write one of {', '.join(map(' '.join, STAND_INS))}",
            ) from error
    return MappingProxyType(groups)
