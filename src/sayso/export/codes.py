"""The word lists and codes that exports look up, in one bundle."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from sayso.errors import VocabError
from sayso.vocab.lexicon import Lexicon, load_lexicon
from sayso.vocab.names import Names, load_names
from sayso.vocab.ontology import Ontology, load_ontology

_COLUMNS = ("alpha-3", "alpha-2", "numeric", "name")


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """What other projects call a country."""

    alpha2: str
    """Two letters of ISO 3166-1."""
    numeric: str
    """Three digits of ISO 3166-1."""
    name: str


class Codes(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that exports look up."""

    ontology: Ontology
    lexicon: Lexicon
    names: Names
    countries: dict[str, Country]
    """By ISO 3166-1 alpha-3."""


@cache
def load_codes() -> Codes:
    """Return the shipped lists, loaded once a process.

    Raises:
        VocabError: A list is missing or has a fault.
    """
    return Codes(
        ontology=load_ontology(),
        lexicon=load_lexicon(),
        names=load_names(),
        countries=_load_countries(),
    )


def _load_countries() -> dict[str, Country]:
    source = files("sayso") / "data" / "countries" / "countries.tsv"
    countries = {}
    for number, line in enumerate(source.read_text("utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(_COLUMNS):
            raise VocabError(
                f"countries.tsv:{number}: {len(cells)} of {len(_COLUMNS)} columns",
                mend=f"separate {', '.join(_COLUMNS)} by one tab each",
            )
        code, alpha2, numeric, name = cells
        countries[code] = Country(alpha2=alpha2, numeric=numeric, name=name)
    return countries
