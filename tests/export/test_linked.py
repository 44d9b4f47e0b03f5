"""Web Annotations and Claims, read by a JSON-LD processor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from sayso.export.export import export
from sayso.export.formats import ExportFormat, Options, Persons, TextKept
from sayso.record import Span
from tests.export.raid import planted_record
from tests.export.samples import RECORDS

ALL = Options(persons=Persons.ALL, text=TextKept.FULL)
OA = "http://www.w3.org/ns/oa#"
SCHEMA = "https://schema.org/"
TERMS = (
    "Claim NewsArticle Organization Person Thing appearance author datePublished"
    " headline inLanguage keywords name publisher text url"
)
# What the two published contexts say of the terms that may be used; nothing is fetched.
CONTEXTS = {
    "http://www.w3.org/ns/anno.jsonld": {
        "oa": OA,
        "as": "http://www.w3.org/ns/activitystreams#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "dctypes": "http://purl.org/dc/dcmitype/",
        "id": {"@id": "@id", "@type": "@id"},
        "type": {"@id": "@type", "@type": "@id"},
        "AnnotationPage": "as:OrderedCollectionPage",
        "Annotation": "oa:Annotation",
        "Text": "dctypes:Text",
        "TextualBody": "oa:TextualBody",
        "SpecificResource": "oa:SpecificResource",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "TextPositionSelector": "oa:TextPositionSelector",
        "classifying": "oa:classifying",
        "tagging": "oa:tagging",
        "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
        "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
        "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
        "body": {"@id": "oa:hasBody", "@type": "@id"},
        "target": {"@id": "oa:hasTarget", "@type": "@id"},
        "source": {"@id": "oa:hasSource", "@type": "@id"},
        "selector": {"@id": "oa:hasSelector", "@type": "@id"},
        "via": {"@id": "oa:via", "@type": "@id"},
        "value": {"@id": "rdf:value"},
        "exact": {"@id": "oa:exact"},
        "prefix": {"@id": "oa:prefix"},
        "suffix": {"@id": "oa:suffix"},
        "start": {"@id": "oa:start"},
        "end": {"@id": "oa:end"},
    },
    "https://schema.org": {name: f"{SCHEMA}{name}" for name in TERMS.split()},
}


def load(address: str, _: object) -> dict[str, Any]:
    document = {"@context": CONTEXTS[address]}
    return {"contextUrl": None, "documentUrl": address, "document": document}


def written(
    form: ExportFormat, tmp_path: Path, options: Options = ALL
) -> dict[str, Any]:
    export(RECORDS, tmp_path / "out", form, options)
    found: dict[str, Any] = json.loads((tmp_path / "out").read_bytes())
    return found


def keys_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from keys_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from keys_in(part)


@pytest.mark.parametrize("form", [ExportFormat.WEBANNOTATION, ExportFormat.CLAIM])
def test_every_term_is_one_of_the_published_context(
    form: ExportFormat, tmp_path: Path
) -> None:
    found = written(form, tmp_path)
    terms = CONTEXTS[found["@context"]]

    expanded = jsonld.expand(found, {"documentLoader": load})

    used = {key for key in keys_in(found) if not key.startswith("@")}
    assert used <= {*terms}
    assert expanded
    assert all(":" in key or key.startswith("@") for key in keys_in(expanded))


def test_annotation_quotes_what_its_position_says(tmp_path: Path) -> None:
    texts = {f"urn:sayso:report:{one.report.id}": one.report.text for one in RECORDS}
    items = written(ExportFormat.WEBANNOTATION, tmp_path)["items"]

    for item in items:
        quoted, position = item["target"]["selector"]
        text = texts[item["target"]["source"]["id"]]
        span = Span(position["start"], position["end"])
        assert span.of(text) == quoted["exact"]
        before = text[: span.start]
        assert before.endswith(quoted.get("prefix", ""))
        assert text[span.end :].startswith(quoted.get("suffix", ""))

    assert len({item["id"] for item in items}) == len(items) > 40


def test_annotations_of_quotes_tell_nothing_around_them(tmp_path: Path) -> None:
    items = written(ExportFormat.WEBANNOTATION, tmp_path, Options())["items"]

    selectors = [item["target"]["selector"][0] for item in items]

    assert "␣" not in json.dumps(selectors, ensure_ascii=False)


def test_annotations_without_words_keep_their_positions(tmp_path: Path) -> None:
    options = Options(text=TextKept.NONE)
    items = written(ExportFormat.WEBANNOTATION, tmp_path, options)["items"]

    kinds = {one["type"] for item in items for one in item["target"]["selector"]}

    assert kinds == {"TextPositionSelector"}


def test_claims_have_authors_and_articles_but_no_rating(tmp_path: Path) -> None:
    found = written(ExportFormat.CLAIM, tmp_path)
    (expanded,) = [
        one
        for one in jsonld.expand(found, {"documentLoader": load})
        if one[f"{SCHEMA}text"][0]["@value"].startswith("the Reed Front release")
    ]

    author = expanded[f"{SCHEMA}author"][0]
    article = expanded[f"{SCHEMA}appearance"][0]

    assert author["@type"] == [f"{SCHEMA}Person"]
    assert author[f"{SCHEMA}name"] == [{"@value": "Ilra Voss"}]
    assert article[f"{SCHEMA}datePublished"] == [{"@value": "2019-08-14"}]
    assert "rating" not in json.dumps(found).lower()
    assert "review" not in json.dumps(found).lower()


def test_address_with_a_hidden_name_is_left_out(tmp_path: Path) -> None:
    for form in (ExportFormat.CLAIM, ExportFormat.WEBANNOTATION, ExportFormat.FTM):
        export((planted_record(),), tmp_path / form.value, form)
        assert b"harbour.example" not in (tmp_path / form.value).read_bytes()
