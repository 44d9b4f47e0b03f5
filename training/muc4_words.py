"""In how many texts of MUC-4 each phrase occurs, fills a slot or ends a filler."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from sayso.kit import Kit
from sayso.reading.slot_scores import SLOTS, FillerWords
from training.muc4_texts import Lesson

MAX_PHRASE = 6  # words
PEOPLE = ("individual", "people")
PHRASED = ("organisation", "target", "instrument")  # whose whole phrases are kept
LEAST_TEXTS = (
    2  # with a phrase as a filler: once is chance, and may name a private person
)
USUAL = 12  # texts that have a word: then it is kept even if it fills nothing


def count_words(lessons: Iterable[Lesson], kit: Kit) -> FillerWords:
    """Return in how many texts each phrase occurs, fills a slot or ends a filler.

    No names of persons: of those who did or suffered it only nouns for people are kept,
    and nothing that is part of a victim's name.
    """
    lessons = list(lessons)
    persons = {
        w for le in lessons for name in le.phrases["victim"] for w in name.split()
    }
    filled: dict[str, Counter[str]] = {slot: Counter() for slot in SLOTS}
    ended: dict[str, Counter[str]] = {slot: Counter() for slot in SLOTS}
    seen: Counter[str] = Counter()
    for lesson in lessons:
        seen.update(phrases_in(lesson.words))
        for slot, names in lesson.phrases.items():
            if slot in PHRASED:
                filled[slot].update(n for n in names if not persons & set(n.split()))
            if slot != "victim":
                ended[slot].update(
                    {name.rsplit(" ", 1)[-1] for name in names} - persons
                )
    for slot in PEOPLE:
        common = [w for w in ended[slot] if is_people(w, seen, kit)]
        ended[slot] = Counter({word: ended[slot][word] for word in common})
    kept = [
        {
            slot: {k: n for k, n in own.items() if n >= LEAST_TEXTS}
            for slot, own in t.items()
        }
        for t in (filled, ended)
    ]
    known = set(chain.from_iterable(own for table in kept for own in table.values()))
    usual = {w for w, n in seen.items() if n >= USUAL and is_usual(w, kit)} - persons
    return FillerWords({w: seen[w] for w in sorted(known | usual)}, *kept)


def is_people(word: str, seen: Mapping[str, int], kit: Kit) -> bool:
    """Tell whether a word is a noun for people: a role, or a plural in the texts."""
    return kit.names.role_of(word)[0] is not None or (
        word.endswith("s") and word[:-1] in seen
    )


def is_usual(phrase: str, kit: Kit) -> bool:
    """Tell whether a phrase is one word that the encoder's vocabulary has whole."""
    return phrase.isalpha() and len(kit.model.wordpiece.pieces(phrase)) == 1


def phrases_in(words: list[str]) -> set[str]:
    """Return all phrases of up to `MAX_PHRASE` words."""
    return {
        " ".join(words[at : at + size])
        for size in range(1, MAX_PHRASE + 1)
        for at in range(len(words) - size + 1)
    }


def write_words(words: FillerWords, path: Path) -> None:
    """Write the table that `sayso.reading.slots.read_words` reads."""
    lines = ["# phrase\ttexts\tslot=texts as filler/texts as its last word"]
    for phrase, texts in words.seen.items():
        counts = {
            slot: (words.filled[slot].get(phrase, 0), words.ended[slot].get(phrase, 0))
            for slot in SLOTS
        }
        habits = [f"{slot}={a}/{b}" for slot, (a, b) in counts.items() if a or b]
        lines.append("\t".join([phrase, str(texts), *habits]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
