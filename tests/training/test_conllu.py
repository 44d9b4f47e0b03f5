from pathlib import Path

from training.conllu import read_conllu
from training.entity_treebanks import gum_docs

ROWS = """\
# newdoc id = invented
# newpar
# sent_id = invented-1
1\tMira\tMira\tPROPN\tNNP\t_\t2\tcompound\t_\tEntity=(1-person-new-x
2\tTolan\tTolan\tPROPN\tNNP\t_\t5\tnsubj\t_\tEntity=1)
3-4\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
3\tdid\tdo\tAUX\tVBD\t_\t5\taux\t_\t_
4\tn't\tnot\tPART\tRB\t_\t5\tadvmod\t_\t_
5\tleave\tleave\tVERB\tVB\t_\t0\troot\t_\t_
6\tDorran\tDorran\tPROPN\tNNP\t_\t7\tcompound\t_\tEntity=(2-organization-new-x(3-place-new-x)
7\tUniversity\tUniversity\tPROPN\tNNP\t_\t5\tobj\t_\tEntity=2)|SpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

# newpar
# sent_id = invented-2
1\tThe\tthe\tDET\tDT\t_\t3\tdet\t_\tEntity=(4-person-new-x
2\tSarnian\tSarnian\tADJ\tJJ\t_\t3\tamod\t_\t_
3\tfarmer\tfarmer\tNOUN\tNN\t_\t0\troot\t_\t_
4\tPell\tPell\tPROPN\tNNP\t_\t3\tappos\t_\t_
5\tAdran\tAdran\tPROPN\tNNP\t_\t4\tflat\t_\tEntity=4)

"""


def write(folder: Path) -> Path:
    path = folder / "gum.conllu"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_text_is_rebuilt_with_its_paragraphs(tmp_path: Path) -> None:
    [(name, text, sentences)] = read_conllu(write(tmp_path))

    assert name == "invented"
    assert text == (
        "Mira Tolan didn't leave Dorran University.\n\nThe Sarnian farmer Pell Adran\n"
    )
    for sentence in sentences:
        words = [text[start:end] for start, end in sentence.spans]
        assert words == sentence.forms


def test_nested_spans_are_read(tmp_path: Path) -> None:
    [(_, _, [first, _])] = read_conllu(write(tmp_path))

    assert sorted(first.entities) == [
        (0, 2, "person"),
        (5, 6, "place"),
        (5, 7, "organization"),
    ]


def test_gum_mentions_become_names(tmp_path: Path) -> None:
    [doc] = gum_docs(write(tmp_path), "gum")

    assert doc.tags == (
        *("B-PER", "I-PER", "O", "O", "O", "B-ORG", "I-ORG", "O"),
        *("O", "B-NORP", "O", "B-PER", "I-PER"),
    )
    assert doc.sentences == doc.paragraphs == ((0, 8), (8, 13))
