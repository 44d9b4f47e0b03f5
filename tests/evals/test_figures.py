from evals.figures import page


def test_scores_become_rows() -> None:
    scores = {
        "attribution": {"exact": {"p": 0.5, "r": 0.4, "f1": 0.4444}, "n": 1200},
        "conflict": {"chain": {"value": 0.9, "low": 0.8, "high": 1.0}},
    }

    text = page(scores)

    assert "| exact, F1 | 0.444 |" in text
    assert "| n | 1,200 |" in text
    assert "| chain | 0.900 (0.800 to 1.000) |" in text
    assert "## Syntax" not in text
