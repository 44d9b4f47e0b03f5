"""Entity training documents out of six corpora, in one label set.

PER, ORG and LOC are proper names without titles and determiners ("Bank of England",
not "the head of the Bank of England"); NORP is a nationality, faith or party word;
MISC any other proper name. A tag of None is unknown and must be masked in the loss.
"""

from __future__ import annotations

from pathlib import Path

from training.bio import macro_f1, measure_entities
from training.entity_docs import EntityDoc
from training.entity_texts import geovirus_docs, re3d_docs, un_docs
from training.entity_treebanks import gum_docs, uner_docs

__all__ = ["LABELS", "EntityDoc", "load_entities", "macro_f1", "measure_entities"]

LABELS = ("PER", "ORG", "LOC", "NORP", "MISC")
RE3D_TRAIN = (
    "re3d-australian-department-of-foreign-affairs",
    "re3d-delegation-of-the-european-union-to-syria",
    "re3d-uk-government",
    "re3d-us-state-department",
)
RE3D_MEASURE = "re3d-wikipedia"


def load_entities(data: Path, *, measure: bool = False) -> list[EntityDoc]:
    """Return the training documents, or with `measure` those for measuring alone.

    `data` is the folder that holds `ud/`, `entities/` and `geo/`. The two lists share
    no document: measured are GUM dev and test and the Wikipedia part of re3d.
    """
    entities = data / "entities"
    if measure:
        return [
            *gum_docs(data / "ud/gum-dev.conllu", "gum-dev"),
            *gum_docs(data / "ud/gum-test.conllu", "gum-test"),
            *re3d_docs(entities / f"{RE3D_MEASURE}.jsonl"),
        ]
    return [
        *gum_docs(data / "ud/gum-train.conllu", "gum"),
        *uner_docs(entities / "uner-ewt-dev.iob2", data / "ud/ewt-dev.conllu"),
        *un_docs(entities / "un-train.jsonl"),
        *(
            doc
            for part in RE3D_TRAIN
            for doc in re3d_docs(entities / f"{part}.jsonl", mask=True)
        ),
        *geovirus_docs(data / "geo/geovirus.jsonl"),
    ]
