"""False events on text that reports no news: papers, textbooks, travel guides.

    python -m evals.false_events --data ../shared
    python -m evals.false_events --data ../shared --list

Every sentence of the genres academic, textbook and voyage of GUM is read, document by
document as a user would give it. An event is true if its trigger meets a word of
`evals/false_events.toml`, which was written by hand before any event was found; every
other event is false, generic ones too.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from evals.kits import kit_for, report_of
from evals.sets import need, parser_for, table
from sayso.kit import Kit
from sayso.pipeline import read_report
from sayso.record import Event, Span

GENRES = ("academic", "textbook", "voyage")
PARTS = ("train", "dev", "test")
TRUE_EVENTS = Path(__file__).with_name("false_events.toml")

TrueWords = dict[str, dict[str, list[str]]]
"""Words that name an act, by document and sentence number."""


class Page(msgspec.Struct, kw_only=True):
    """One document of the treebank as running text."""

    name: str
    text: str = ""
    sentences: list[Span] = []

    @property
    def genre(self) -> str:
        """The second part of the document's name."""
        return self.name.split("_")[1]

    def add(self, words: str, *, new_paragraph: bool) -> None:
        """Put a sentence at the end."""
        if self.text:
            self.text += "\n\n" if new_paragraph else " "
        self.sentences.append(Span(len(self.text), len(self.text) + len(words)))
        self.text += words


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One event and where it stands."""

    document: str
    genre: str
    sentence: int
    trigger: str
    type: str
    status: str
    generic: bool
    confidence: float
    true: bool


def main() -> None:
    """Print sentences, events and false ones by genre."""
    args = _options()
    pages = list(load_pages(args.data))[: args.limit]
    kit, words = kit_for(args), load_true_words()
    found = [one for page in pages for one in find(page, kit, words)]
    if not found:
        sys.exit("the pipeline gives no event at all: false events were NOT measured")
    kept = [one for one in found if one.confidence >= args.min_confidence]
    if args.list:
        for one in kept:
            if not one.true:
                print(_line(one))
    figures = measure(pages, kept)
    print(json.dumps(figures, indent=1) if args.json else report(figures))


def load_pages(data: Path) -> Iterator[Page]:
    """Give the documents of the three genres.

    Raises:
        SystemExit: A file of the treebank is not there.
    """
    for part in PARTS:
        path = need(data / "data" / "ud" / f"gum-{part}.conllu")
        for page in read_pages(path.read_text(encoding="utf-8").splitlines()):
            if page.genre in GENRES:
                yield page


def read_pages(lines: list[str]) -> Iterator[Page]:
    """Give the documents of a CoNLL-U file with GUM's comments."""
    page, new_paragraph = None, False
    for line in lines:
        if line.startswith("# newdoc id = "):
            if page is not None:
                yield page
            page = Page(name=line.partition(" = ")[2].strip())
        elif line.startswith("# newpar"):
            new_paragraph = True
        elif line.startswith("# text = ") and page is not None:
            page.add(line.partition(" = ")[2].strip(), new_paragraph=new_paragraph)
            new_paragraph = False
    if page is not None:
        yield page


def load_true_words(path: Path = TRUE_EVENTS) -> TrueWords:
    """Return the hand-made list."""
    words: TrueWords = tomllib.loads(path.read_text(encoding="utf-8"))
    return words


def find(page: Page, kit: Kit, words: TrueWords) -> Iterator[Found]:
    """Give the events that the pipeline finds in a document."""
    record = read_report(report_of({"doc_id": page.name, "text": page.text}), kit)
    listed = words.get(page.name, {})
    for event in record.events:
        number = sentence_number(page, event.trigger)
        yield Found(
            document=page.name,
            genre=page.genre,
            sentence=number,
            trigger=event.trigger.of(page.text),
            type=event.type,
            status=event.status,
            generic=event.generic,
            confidence=event.confidence,
            true=is_true(page, event, listed.get(str(number), [])),
        )


def sentence_number(page: Page, span: Span) -> int:
    """Return the number, from 1, of the sentence in which a span begins."""
    starts = [sentence.start for sentence in page.sentences]
    return bisect_right(starts, span.start)


def is_true(page: Page, event: Event, listed: list[str]) -> bool:
    """Tell whether one of the listed words stands in the trigger."""
    return not set(event.trigger.of(page.text).split()).isdisjoint(listed)


def measure(pages: list[Page], found: list[Found]) -> dict[str, dict[str, float]]:
    """Return sentences, events, false events and their rate, by genre and in all."""
    tally: Counter[tuple[str, str]] = Counter()
    for page in pages:
        for genre in (page.genre, "all"):
            tally[genre, "sentences"] += len(page.sentences)
    for one in found:
        for genre in (one.genre, "all"):
            tally[genre, "events"] += 1
            tally[genre, "false"] += not one.true
            tally[genre, "generic"] += one.generic and not one.true
    return {genre: _row(tally, genre) for genre in (*GENRES, "all")}


def _row(tally: Counter[tuple[str, str]], genre: str) -> dict[str, float]:
    names = ("sentences", "events", "false", "generic")
    row: dict[str, float] = {name: tally[genre, name] for name in names}
    return row | {"per 1,000": 1000 * row["false"] / max(1, row["sentences"])}


def report(figures: dict[str, dict[str, float]]) -> str:
    """Return the figures as a table."""
    names = ("sentences", "events", "false", "generic", "per 1,000")
    rows = [
        (genre, *(row[name] for name in names[:-1]), f"{row['per 1,000']:.1f}")
        for genre, row in figures.items()
    ]
    return table([("false events", *names[:-1], "false per 1,000 sentences"), *rows])


def _line(one: Found) -> str:
    mark = " generic" if one.generic else ""
    where = f"{one.document}-{one.sentence}"
    return f"{where}  {one.trigger}  {one.type} {one.status}{mark} {one.confidence:.2f}"


def _options() -> argparse.Namespace:
    parser = parser_for(__doc__ or "")
    parser.add_argument("--list", action="store_true", help="print each false event")
    parser.add_argument(
        "--min-confidence",
        type=float,
        default=0.0,
        help="leave out events less sure than this (default: none)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
