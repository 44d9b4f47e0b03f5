from pathlib import Path
from shutil import copytree

import pytest
from msgspec.structs import replace

from sayso.errors import VocabError
from sayso.record import Basis, QuoteKind, Span, Stance, Statement, Status
from sayso.vocab.lexicon import load_lexicon
from sayso.vocab.ontology import Ontology, load_ontology

SHIPPED = Path(__file__).parents[2] / "src" / "sayso" / "data" / "ontology"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(copytree(SHIPPED, tmp_path / "ontology"))


def saying(stance: Stance) -> Statement:
    return Statement(
        id="s1",
        source=Span(0, 3),
        cue=Span(4, 8),
        content=(),
        quote=QuoteKind.INDIRECT,
        stance=stance,
        basis=Basis.NAMED,
        confidence=0.9,
        made_by="test",
    )


def test_has_the_16_types_and_67_modes_of_plover(ontology: Ontology) -> None:
    modes = [m for name in ontology.types for m in ontology.modes_of(name)]

    assert (len(ontology.types), len(modes)) == (16, 67)


@pytest.mark.parametrize(
    ("event_type", "mode", "base"),
    [
        ("ASSAULT", "firearms", "193"),
        ("ASSAULT", None, "180"),
        ("SANCTION", "convict", "116"),
        ("COERCE", "arrest", "173"),
    ],
)
def test_gives_the_cameo_base_code(
    ontology: Ontology, event_type: str, mode: str | None, base: str
) -> None:
    assert ontology.cameo_base(event_type, mode) == base
    assert ontology.cameo_root(event_type, mode) == base[:2]


def test_unknown_mode_counts_as_none(ontology: Ontology) -> None:
    assert ontology.score("ASSAULT", "massacre") == ontology.score("ASSAULT")


def test_sanction_is_material_conflict(ontology: Ontology) -> None:
    assert ontology.quad_classes[ontology.quad_class("SANCTION")] == "material conflict"


def test_media_and_health_change_codes_between_schemes(ontology: Ontology) -> None:
    assert ontology.sectors["JRN"].cameo == "MED"
    assert ontology.sectors["MED"].cameo == "HLH"


def test_acled_tells_clashes_from_attacks_on_civilians(ontology: Ontology) -> None:
    clash = ontology.acled("ASSAULT", "firearms")
    attack = ontology.acled("ASSAULT", "firearms", civilians=True)

    assert clash == ("Political violence", "Battles", "Armed clash")
    assert attack == ("Political violence", "Violence against civilians", "Attack")


def test_acled_does_not_code_a_telephone_call(ontology: Ontology) -> None:
    assert ontology.acled("CONSULT", "phone") is None


@pytest.mark.parametrize(
    ("status", "auxiliary"),
    [
        (Status.PLANNED, "future"),
        (Status.DENIED, "negation"),
        (Status.POSSIBLE, "hypothetical"),
        (Status.HAPPENED, None),
    ],
)
def test_status_gives_the_auxiliary_mode(
    ontology: Ontology, status: Status, auxiliary: str | None
) -> None:
    assert ontology.auxiliary_of(status) == auxiliary


@pytest.mark.parametrize(
    ("stance", "cue", "event_type"),
    [
        (Stance.DEMANDS, ["demand"], "REQUEST"),
        (Stance.BLAMES, ["accuse"], "ACCUSE"),
        (Stance.DENIES, ["have", "turn", "it", "down"], "REJECT"),
        (Stance.DENIES, ["deny"], None),
        (Stance.ASSERTS, ["say"], None),
    ],
)
def test_statement_becomes_a_row_of_its_stance(
    ontology: Ontology, stance: Stance, cue: list[str], event_type: str | None
) -> None:
    spoken = ontology.spoken(saying(stance), cue)

    assert spoken is not None
    assert spoken.type == event_type


def test_cues_are_lemmas_of_the_lexicon(ontology: Ontology) -> None:
    lexicon = load_lexicon()
    entries = [*lexicon.phrases, *(entry.words for entry in lexicon.cues)]
    known = {word for entry in entries for word in entry}
    words = {w for sense in ontology.cues for cue in sense.words for w in cue.split()}

    assert words <= known


def test_negated_demand_is_no_act(ontology: Ontology) -> None:
    statement = replace(saying(Stance.DEMANDS), negated=True)

    assert ontology.spoken(statement, ["not", "demand"]) is None


def test_every_stance_has_a_code(ontology: Ontology) -> None:
    assert set(ontology.stances) == set(Stance)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("plover.toml", 'cameo = "030"', 'cameo = "99"'),
        ("plover.toml", "quad = 1", "quad = 7"),
        ("plover.toml", 'acled = "Agreement"', 'acled = "Agreements"'),
        ("spoken.toml", 'type = "REQUEST"', 'type = "DEMAND"'),
        ("spoken.toml", 'mode = "allege"', 'mode = "alleged"'),
        ("codes.toml", "[quad_classes]", "[quad_class]"),
        ("plover.toml", "quad = 1", "quad ="),
    ],
)
def test_faulty_file_is_named(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    path.write_text(path.read_text().replace(old, new, 1))

    with pytest.raises(VocabError, match=name):
        load_ontology(folder)


def test_missing_file_is_named(folder: Path) -> None:
    (folder / "codes.toml").unlink()

    with pytest.raises(VocabError, match=r"codes\.toml"):
        load_ontology(folder)


def test_digest_changes_with_the_files(folder: Path, ontology: Ontology) -> None:
    with (folder / "plover.toml").open("a") as file:
        file.write("# another line\n")

    assert load_ontology(folder).digest != ontology.digest
