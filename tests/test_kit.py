from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import ModelError
from sayso.kit import WORD_LISTS, digest_lists, digest_model, load_kit


def test_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"meta\.json: no such file"):
        load_kit(tmp_path)


def test_digest_of_word_lists_stays_the_same() -> None:
    assert digest_lists() == digest_lists()
    assert len(digest_lists()) == 12


def test_digest_of_word_lists_sees_every_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in WORD_LISTS:
        (tmp_path / folder).mkdir()
    (tmp_path / "actors" / "roles.tsv").write_text("mayor\n")
    monkeypatch.setattr("sayso.kit._data", lambda folder: tmp_path / folder)
    before = digest_lists()

    (tmp_path / "actors" / "CARD.md").write_text("A card is no data.")
    same = digest_lists()
    (tmp_path / "actors" / "roles.tsv").write_text("mayors\n")

    assert same == before
    assert digest_lists() != before


def test_digest_of_a_model_sees_every_head_and_no_card(tmp_path: Path) -> None:
    for name in ("trunk.onnx", "muc4.onnx", "plover.onnx", "muc4_words.tsv"):
        (tmp_path / name).write_bytes(name.encode())
    before = digest_model(tmp_path)

    (tmp_path / "CARD.md").write_text("A card makes nothing.")
    (tmp_path / "meta.json").write_text("{}")
    told = digest_model(tmp_path)
    (tmp_path / "plover.onnx").write_bytes(b"trained anew")
    trained = digest_model(tmp_path)
    (tmp_path / "muc4.onnx").unlink()

    assert told == before
    assert len({before, trained, digest_model(tmp_path)}) == 3
