"""The kit: model and word lists, loaded once, with the fingerprint of all of them.

Equal report and equal kit give the same record, so every record names its kit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

import msgspec

from sayso import __version__
from sayso.extract.counts_people import CountWords
from sayso.reading.model import Model, load_model
from sayso.record import Fingerprint
from sayso.resolve.places_rank import Ranker, load_ranker
from sayso.vocab.amounts import load_amount_words
from sayso.vocab.background import background_digest
from sayso.vocab.calendar import Calendar, load_calendar
from sayso.vocab.casualties import load_casualty_words
from sayso.vocab.event_words import EventWords, load_event_words
from sayso.vocab.gazetteer import Gazetteer, load_gazetteer
from sayso.vocab.lexicon import Lexicon, load_lexicon
from sayso.vocab.names import Names, load_names
from sayso.vocab.ontology import Ontology, load_ontology
from sayso.vocab.ties import TieWords, load_tie_words

WORD_LISTS = ("actors", "lexicons", "time")
UNTOLD = frozenset({"meta.json", "CARD.md"})
"""Files of a model folder that tell of the others, and make nothing."""
DIGEST_CHARS = 12


class Kit(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """All that reading a report needs; made by `load_kit`, never changed."""

    model: Model
    lexicon: Lexicon
    names: Names
    calendar: Calendar
    gazetteer: Gazetteer
    ranker: Ranker
    """Of places."""
    event_words: EventWords
    count_words: CountWords
    tie_words: TieWords
    ontology: Ontology
    fingerprint: Fingerprint


def load_kit(model_folder: Path | None = None) -> Kit:
    """Return the kit with the shipped word lists and a model.

    Args:
        model_folder: The folder of the model; None is the one that comes with sayso.

    Raises:
        ModelError: A file of the model is missing, damaged or does not fit.
        VocabError: A word list has a fault.
    """
    gazetteer, ranker = load_gazetteer(), load_ranker()
    with _shipped() if model_folder is None else nullcontext(model_folder) as folder:
        model = load_model(folder)
        model_digest = digest_model(folder, model.digests)
    names, ontology = load_names(), load_ontology()
    return Kit(
        model=model,
        lexicon=load_lexicon(),
        names=names,
        calendar=load_calendar(),
        gazetteer=gazetteer,
        ranker=ranker,
        event_words=load_event_words(),
        count_words=CountWords(
            amounts=load_amount_words(),
            casualties=load_casualty_words(),
            names=names,
        ),
        tie_words=load_tie_words(),
        ontology=ontology,
        fingerprint=Fingerprint(
            sayso=__version__,
            model=f"{model.name} {model_digest}",
            ontology=f"{ontology.version} {ontology.digest}",
            lexicons=digest_lists(),
            gazetteer=f"{gazetteer.digest} {ranker.digest}",
            background=background_digest(),
        ),
    )


def digest_lists() -> str:
    """Return 12 hex digits that stand for names and bytes of all word lists."""
    whole = hashlib.sha256()
    for folder in WORD_LISTS:
        for path in sorted(_data(folder).iterdir(), key=lambda path: path.name):
            if path.name.endswith((".tsv", ".toml")):
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                whole.update(f"{folder}/{path.name} {digest}\n".encode())
    return whole.hexdigest()[:DIGEST_CHARS]


def digest_model(folder: Path, known: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return 12 hex digits that stand for names and bytes of all files of a model.

    The heads of exports, which reading a report does not load, are among them.

    Args:
        folder: Where the files are.
        known: sha256 of files that need not be read once more, by name.
    """
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_file() and path.name not in UNTOLD:
            digest = known.get(path.name) or _digest_file(path)
            whole.update(f"{path.name} {digest}\n".encode())
    return whole.hexdigest()[:DIGEST_CHARS]


def _digest_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _shipped() -> AbstractContextManager[Path]:
    return as_file(_data("model"))


def _data(folder: str) -> Traversable:
    return files("sayso") / "data" / folder
