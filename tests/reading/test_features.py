import random

import numpy as np

from sayso.reading import features, segment


def test_codes_tell_shape_quotation_and_paragraph_start() -> None:
    words = ["He", '"', "ran", '"']

    found = features.surface(words, [(0, 4)])

    shapes, rest = np.divmod(found.codes, features.STATES * 2)
    assert [segment.SHAPES[s] for s in shapes] == ["title", "mark", "lower", "mark"]
    assert (rest % 2).tolist() == [1, 0, 0, 0]
    assert found.quotes.tolist() == [
        segment.OUTSIDE,
        segment.OPENING,
        segment.INSIDE,
        segment.CLOSING,
    ]


def test_buckets_grow_with_the_distance_to_the_cue() -> None:
    n = 400
    sentence_of = np.arange(n) // 20
    paragraph_of = np.arange(n) // 60

    (distance,), (sentence,), (paragraph,) = features.link_buckets(
        sentence_of, paragraph_of, [(200, 202)], n + 3
    )

    assert distance[200] == distance[201] == 28
    assert (np.diff(distance[:n]) >= 0).all()
    assert (distance.min(), distance.max()) == (0, 56)
    assert (sentence[199], sentence[200], sentence[220]) == (3, 4, 5)
    assert (paragraph[0], paragraph[399]) == (0, 6)
    assert distance[n:].tolist() == [0, 0, 0]


def test_buckets_of_a_cue_are_the_same_beside_other_cues() -> None:
    places = np.arange(90)
    cues = [(3, 4), (40, 42), (88, 90)]

    together = features.link_buckets(places // 9, places // 30, cues, 90)

    alone = [features.link_buckets(places // 9, places // 30, [c], 90) for c in cues]
    for found, parts in zip(together, zip(*alone, strict=True), strict=True):
        assert (found == np.concatenate(parts)).all()


def test_disturbed_codes_keep_quotation_and_paragraphs() -> None:
    codes = features.surface(["He", '"', "ran"], [(0, 3)]).codes
    rng = random.Random(1)

    for _ in range(200):
        changed = features.disturb(codes, rng)
        assert (changed % 8 == codes % 8).all()
