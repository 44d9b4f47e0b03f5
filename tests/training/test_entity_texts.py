import json
from pathlib import Path

from training.entity_docs import EntityDoc
from training.entity_texts import geovirus_docs, re3d_docs, un_docs


def tagged(doc: EntityDoc) -> list[tuple[str, str | None]]:
    words = [doc.text[start:end] for start, end in doc.tokens]
    return [(w, t) for w, t in zip(words, doc.tags, strict=True) if t != "O"]


def write(path: Path, row: dict[str, object]) -> Path:
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def spans(text: str, *named: tuple[str, str]) -> list[dict[str, object]]:
    return [
        {"start": text.index(q), "end": text.index(q) + len(q), "type": kind}
        for q, kind in named
    ]


def test_descriptions_are_cut_to_names(tmp_path: Path) -> None:
    text = "The Minister Ines Okarra left the city of Kessen with the rebels."
    entities = spans(
        text,
        ("The Minister Ines Okarra", "Person"),
        ("the city of Kessen", "Location"),
        ("the rebels", "Organisation"),
    )
    path = write(
        tmp_path / "re3d-x.jsonl", {"doc_id": "a", "text": text, "entities": entities}
    )

    [doc] = re3d_docs(path)

    assert tagged(doc) == [
        ("Ines", "B-PER"),
        ("Okarra", "I-PER"),
        ("Kessen", "B-LOC"),
    ]


def test_unannotated_names_are_masked_in_training_alone(tmp_path: Path) -> None:
    row = {"doc_id": "a", "text": "They met Mira in spring.", "entities": []}
    path = write(tmp_path / "re3d-x.jsonl", row)

    [training], [measuring] = re3d_docs(path, mask=True), re3d_docs(path)

    assert tagged(training) == [("Mira", None)]
    assert tagged(measuring) == []


def test_geovirus_gives_places_and_masks_other_capitals(tmp_path: Path) -> None:
    text = "Officials in Dorran told Mira Tolan to stay at Kessen Hospital."
    places = spans(text, ("Dorran", "place"), ("Kessen", "place"))
    path = write(
        tmp_path / "geovirus.jsonl", {"doc_id": "a", "text": text, "places": places}
    )

    [doc] = geovirus_docs(path)

    assert tagged(doc) == [
        ("Officials", None),
        ("Dorran", "B-LOC"),
        ("Mira", None),
        ("Tolan", None),
        ("Kessen", None),
        ("Hospital", None),
    ]


def test_doubtful_silver_tags_are_masked(tmp_path: Path) -> None:
    sentence = [
        ["Dorran", "I-LOC"],
        ["thanked", "O"],
        ["Mr.", "O"],
        ["Okarra", "I-PER"],
        ["and", "O"],
        ["the", "O"],
        ["Council", "I-ORG"],
        ["of", "O"],
        ["Egyptian", "I-MISC"],
        ["envoys", "O"],
        ["(SDGs)", "I-PER"],
    ]
    path = write(tmp_path / "un.jsonl", {"doc_id": "a", "sentences": [sentence]})

    [doc] = un_docs(path)

    assert tagged(doc) == [
        ("Dorran", "B-LOC"),
        ("Okarra", "B-PER"),
        ("Council", None),
        ("Egyptian", "B-NORP"),
        ("(", None),
        ("SDGs", None),
        (")", None),
    ]
