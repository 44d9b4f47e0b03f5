from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import VocabError
from sayso.record import Stance
from sayso.vocab.lexicon import (
    CUES,
    IRREGULAR,
    PHRASES,
    Frame,
    Lexicon,
    PhraseKind,
    load_lexicon,
)

CUE_HEAD = "lemma\tframe\tstance\tspeech\tfactive\tnote\n"
GOOD = {
    CUES: CUE_HEAD + "deny\tany\tdenies\tyes\tno\t\n",
    PHRASES: "phrase\tkind\tnote\nnot\tnegative\t\n",
    IRREGULAR: "form\tlemma\nsaid\tsay\n",
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def write(folder: Path, **changed: str) -> Path:
    for name, text in GOOD.items():
        (folder / name).write_text(changed.get(name.split(".")[0], text), "utf-8")
    return folder


def test_shipped_lexicon_holds_the_promised_breadth(lexicon: Lexicon) -> None:
    lemmas = {entry.words for entry in lexicon.cues}

    assert len(lemmas) >= 350
    assert {entry.stance for entry in lexicon.cues} == set(Stance)


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("denied", "deny"),
        ("ADMITTED", "admit"),
        ("vowing", "vow"),
        ("told", "tell"),
        ("were", "be"),
        ("promises", "promise"),
        ("Quarrin", "quarrin"),
    ],
)
def test_inflected_forms_lead_to_the_lemma(
    lexicon: Lexicon, word: str, lemma: str
) -> None:
    assert lexicon.lemma(word) == lemma


def test_entries_are_found_over_short_gaps(lexicon: Lexicon) -> None:
    lemmas = lexicon.lemmas(["did", "not", "immediately", "respond", "to"])

    found = {(entry.words, entry.frame) for _, entry in lexicon.cue_entries(lemmas)}

    assert (("respond", "to"), Frame.NOT) in found


def test_phrases_must_stand_unbroken(lexicon: Lexicon) -> None:
    whole = lexicon.lemmas(["on", "condition", "of", "anonymity"])
    broken = lexicon.lemmas(["on", "condition", "of", "strict", "anonymity"])

    kinds = [kinds for _, _, kinds in lexicon.phrases_in(whole)]

    assert any(PhraseKind.ANONYMOUS in kind for kind in kinds)
    assert not any(
        PhraseKind.ANONYMOUS in kinds for _, _, kinds in lexicon.phrases_in(broken)
    )


def test_a_folder_of_ones_own_is_read(tmp_path: Path) -> None:
    own = load_lexicon(write(tmp_path))

    assert [entry.words for entry in own.cues] == [("deny",)]
    assert own.negatives == {"not"}


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("cues", CUE_HEAD + "deny\tany\tshouts\tyes\tno\t\n", "cues.tsv:2: 'shouts'"),
        ("cues", CUE_HEAD + "deny\tany\tdenies\tyes\t\n", "5 columns, not 6"),
        ("cues", CUE_HEAD + "deny\tany\tdenies\tyes\tno\t\n" * 2, "stands twice"),
        ("phrases", "phrase\tkind\tnote\nb\tpair\t\na\tpair\t\n", "out of order"),
        ("cues", CUE_HEAD + "said\tany\tasserts\tyes\tno\t\n", "never be found"),
    ],
    ids=["unknown code", "columns", "duplicate", "unsorted", "inflected"],
)
def test_faults_are_told_with_file_and_line(
    tmp_path: Path, name: str, text: str, fault: str
) -> None:
    folder = write(tmp_path, **{name: text})

    with pytest.raises(VocabError, match=fault):
        load_lexicon(folder)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(VocabError, match=r"no lexicon file cues\.tsv"):
        load_lexicon(tmp_path)
