"""Made comment threads: unrelated comments, and phrases planted among them.

The comments are cut from the development and test parts of EWT and GUM, each thread
from as many documents as it has comments, so that nothing ties them together. The
background table counts the training parts alone. All planted phrases and carriers are
invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from evals.sets import Row, need
from training.conllu import read_conllu

PARTS = ("ewt-dev", "ewt-test", "gum-dev", "gum-test")
SIZES = (5, 20, 80)
HARD_SIZES = (5, 8, 12, 20, 40, 80)
MIN_WORDS, MAX_WORDS = 8, 40
SEED = 20

# By kind; the first form is the phrase as gold tells it.
PHRASES: dict[str, tuple[tuple[str, ...], ...]] = {
    "two words": (
        ("ferry rota",),
        ("lantern tax",),
        ("moss quota",),
        ("harbour bells",),
        ("kite permits",),
        ("orchard patrols",),
        ("tram curfew",),
        ("salt levy",),
    ),
    "common words": (
        ("second front door",),
        ("free morning bus",),
        ("empty school kitchens",),
        ("long water line",),
        ("new bridge office",),
        ("public night market",),
        ("old city money",),
        ("small white houses",),
    ),
    "inflected": (
        ("paint the mill wall", "painting the mill walls", "painted the mill wall"),
        ("orchard patrol", "orchard patrols"),
        ("sink river barges", "sinking river barges", "sink river barge"),
        ("fence the common", "fencing the common", "fenced the commons"),
        ("rent mountain huts", "renting mountain huts", "rented mountain hut"),
        ("drained canal lock", "drained canal locks"),
        ("buried fuel tank", "buried fuel tanks"),
        ("tax empty boats", "taxing empty boats", "taxed empty boats"),
    ),
}
CARRIERS = (
    "And what about {}?",
    "Everybody here talks about {} now.",
    "I still say it comes down to {}.",
    "My neighbour blames {} for all of it.",
    "Nobody has explained {} to us yet.",
    "Ask them about {} before they vote!",
    "You cannot leave out {}, can you?",
    "We had {} when I was young, too.",
    "So in the end we pay for {}.",
    "They keep quiet about {}, of course.",
    "This week it is {}, next week something else.",
    "Please look up {} before you answer.",
)


def load_unrelated(data: Path) -> list[list[str]]:
    """Return for each document its pieces of one comment's length."""
    documents = []
    for name in PARTS:
        path = need(data / "data" / "ud" / f"{name}.conllu")
        for _, text, sentences in read_conllu(path):
            spans = [(s.spans[0][0], s.spans[-1][1]) for s in sentences]
            pieces = list(_pieces(text, spans))
            if pieces:
                documents.append(pieces)
    return documents


def _pieces(text: str, sentences: list[tuple[int, int]]) -> Iterator[str]:
    start = None
    for low, high in sentences:
        start = low if start is None else start
        piece = " ".join(text[start:high].split())
        words = len(piece.split())
        if words >= MIN_WORDS:
            if words <= MAX_WORDS:
                yield piece
            start = None


def unrelated_threads(documents: list[list[str]], each: int) -> list[Row]:
    """Return `each` threads of every size, nothing planted."""
    chance = random.Random(SEED)
    return [
        _row(f"null.{size}.{number}", "null", _draw(documents, size, chance))
        for size in SIZES
        for number in range(each)
    ]


def planted_threads(documents: list[list[str]], each: int) -> list[Row]:
    """Return `each` threads of every size and kind of phrase, one phrase in each."""
    chance = random.Random(SEED + 1)
    rows = []
    for kind, phrases in PHRASES.items():
        for size in HARD_SIZES:
            for number in range(each):
                forms = phrases[(number + size) % len(phrases)]
                name = f"{kind}.{size}.{number}"
                rows.append(_plant(name, forms, _draw(documents, size, chance), chance))
    return rows


def _draw(documents: list[list[str]], size: int, chance: random.Random) -> list[str]:
    return [chance.choice(pieces) for pieces in chance.sample(documents, size)]


def _plant(
    name: str, forms: tuple[str, ...], texts: list[str], chance: random.Random
) -> Row:
    users = max(3, round(len(texts) * chance.uniform(0.1, 0.3)))
    carriers = chance.sample(CARRIERS, min(users, len(CARRIERS)))
    places = []
    for at, place in enumerate(sorted(chance.sample(range(len(texts)), users))):
        form = forms[at % len(forms)]
        carrier = carriers[at % len(carriers)]
        start = carrier.index("{}")
        sentence = carrier.format(form)
        if chance.random() < 0.5:
            start += len(texts[place]) + 1
            texts[place] = f"{texts[place]} {sentence}"
        else:
            texts[place] = f"{sentence} {texts[place]}"
        places.append(
            {"comment": f"c{place + 1}", "start": start, "end": start + len(form)}
        )
    row = _row(name, "planted", texts)
    row["gold"]["talking_points"] = [{"phrase": forms[0], "comments": places}]
    return row


def _row(name: str, kind: str, texts: list[str]) -> Row:
    comments = [
        {"id": f"c{number}", "author": f"u{number}", "text": text}
        for number, text in enumerate(texts, 1)
    ]
    return {
        "thread_id": name,
        "kind": kind,
        "article": "",
        "comments": comments,
        "gold": {"talking_points": [], "duplicates": []},
    }
