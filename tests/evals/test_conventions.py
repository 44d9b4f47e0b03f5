import pytest

from evals.conventions import widen_content, widen_source


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("He said that rain fell.", ["rain fell"], ["that rain fell"]),
        ("He said rain fell.", ["rain fell"], ["rain fell"]),
        ("“Rain fell,” he said.", ["Rain fell"], ["“Rain fell,”"]),
        ('"Rain fell," he said.', ["Rain fell"], ['"Rain fell,"']),
        ("“Rain,” he said. “Hail.”", ["Rain", "Hail."], ["“Rain,”", "“Hail.”"]),
        ("He felt it was “bad.” Then", ["it was “bad"], ["it was “bad.”"]),
        ("“Rain.\n\n“Hail.” he said", ["Rain.", "Hail."], ["“Rain.\n\n“Hail.”"]),
        ("He said he ‘had’ it” once", ["he ‘had’ it"], ["he ‘had’ it"]),
    ],
    ids=[
        "takes that",
        "leaves the full stop",
        "takes curly marks",
        "takes straight marks",
        "keeps pieces apart",
        "closes an inner mark",
        "joins paragraphs",
        "leaves a mark that it did not open",
    ],
)
def test_content_is_widened(text: str, content: list[str], expected: list[str]) -> None:
    spans = [(text.index(part), text.index(part) + len(part)) for part in content]

    widened = widen_content(text, spans)

    assert [text[start:end] for start, end in widened] == expected


def test_source_takes_the_comma_behind_its_apposition() -> None:
    text = "Mira Tolan, a farmer, said so; Pell Adran, said so."

    widened = widen_source(text, (0, text.index(", said")))

    assert text[slice(*widened)] == "Mira Tolan, a farmer,"


def test_plain_source_leaves_the_comma() -> None:
    assert widen_source("Mira Tolan, said", (0, 10)) == (0, 10)
