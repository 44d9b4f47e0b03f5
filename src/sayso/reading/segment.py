"""Words, paragraphs, rough sentences and the surface features that the encoder reads.

Tokens follow the habits of the Universal Dependencies treebanks: clitics stand apart
("do" + "n't", "Traoré" + "'s"), hyphens split, every other mark is a token of its own.
Rough sentences only serve to cut windows; the encoder decides the real boundaries.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from sayso.record.span import Span

_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Cmdr|Sgt|Brig|Adm|Gov|Sen|Rep|Rev|Hon|Pres"
    "|St|Jr|Sr|Co|Corp|Inc|Ltd|vs|etc|No|Nos|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct"
    "|Nov|Dec|Mt|Ft|approx|dept|est|cf|al|Supt|Insp|Cpl|Pvt|Msgr|Amb|Atty|Ave|Blvd"
    "|Del|Reps|Sens|Gens|Cols|Sec|Spc|Pfc|Cllr|Messrs|Mme|Mlle"
)
_TOKEN = re.compile(
    r"""
      (?:https?://|www\.)[^\s<>"“”«»]*[^\s<>"“”«».,;:!?)\]'’]   # web address
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                               # mail address
    | [@\#]\w+                                                   # handle, hash tag
    | (?:[^\W\d_]\.){2,}                                         # U.S., e.g.
    | (?:"""
    + _ABBREVIATIONS
    + r""")\.(?=\s|,)
    | [^\W\d_]\.(?=\s[A-Z])                                      # initial: J. Doe
    | \d+(?:[.,:]\d+)*                                           # 1,250  3.5  14:30
    | [^\W\d_][^\W_]*?(?=n['’]t\b) | n['’]t\b                    # do + n't
    | ['’](?:s|d|ll|ve|re|m|S|D|LL|VE|RE|M)\b                    # clitics
    | [^\W_]+                                                    # word
    | \.{2,} | -{2,} | [^\w\s] | _                               # marks
    """,
    re.VERBOSE,
)
_PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)

OPENING_MARKS = "“„«‟"
CLOSING_MARKS = "”»"
STRAIGHT_MARK = '"'
QUOTE_MARKS = OPENING_MARKS + CLOSING_MARKS + STRAIGHT_MARK

OUTSIDE, INSIDE, OPENING, CLOSING = range(4)
SHAPES = ("lower", "title", "upper", "mixed", "digit", "mark", "initial", "other")


def tokenise(text: str) -> list[Span]:
    """Return the tokens of `text` in order, none holding white space."""
    return [Span(*match.span()) for match in _TOKEN.finditer(text)]


def find_paragraphs(text: str) -> list[Span]:
    """Return stretches between blank lines, without the white space round them."""
    return [Span(*match.span()) for match in _PARAGRAPH.finditer(text)]


def group_paragraphs(text: str, tokens: list[Span]) -> list[tuple[int, int]]:
    """Return token ranges of the paragraphs, covering all tokens."""
    starts = [0]
    for number, (left, right) in enumerate(pairwise(tokens), 1):
        gap = text[left.end : right.start]
        if "\n" in gap and gap.count("\n") > 1:
            starts.append(number)
    ends = [*starts[1:], len(tokens)]
    return list(zip(starts, ends, strict=True)) if tokens else []


@lru_cache(maxsize=16_384)
def shape_of(word: str) -> int:
    """Return the number of the shape of `word` in `SHAPES`."""
    first = word[0]
    if not first.isalnum() and first not in "'’":
        return 5
    if any(c.isdigit() for c in word):
        return 4
    if word.islower():
        return 0
    if word.isupper():
        return 6 if len(word) == 1 else 2
    if first.isupper() and word[1:].islower():
        return 1
    return 3 if any(c.isupper() for c in word) else 7


def quote_states(words: list[str], paragraphs: list[tuple[int, int]]) -> list[int]:
    """Return for each token whether it is outside, inside, opening or closing a quote.

    The state starts anew at each paragraph, as newspapers repeat the opening mark in
    every paragraph of a long quotation and print the closing one once. Two single
    marks in a row ('') count as a double one.
    """
    states = [OUTSIDE] * len(words)
    for start, end in paragraphs:
        inside = False
        for number in range(start, end):
            word = words[number]
            if word[0] not in QUOTE_MARKS or len(word) > 1:
                states[number] = INSIDE if inside else OUTSIDE
                continue
            opens = word in OPENING_MARKS or (word == STRAIGHT_MARK and not inside)
            states[number] = OPENING if opens else CLOSING
            inside = opens
    return states


def rough_sentences(
    words: list[str], tokens: list[Span], paragraphs: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return token ranges that likely are sentences, to cut windows at.

    A sentence ends after a full stop, question or exclamation mark, closing marks
    included, when white space and no lower-case letter follows.
    """
    sentences = []
    for start, end in paragraphs:
        begin = start
        for number in range(start, end - 1):
            follows = number + 1
            if words[number] not in _ENDS and not (
                words[number] in _CLOSERS and number and words[number - 1] in _ENDS
            ):
                continue
            gap = tokens[follows].start > tokens[number].end
            if (
                gap
                and not words[follows][0].islower()
                and words[follows] not in _CLOSERS
            ):
                sentences.append((begin, follows))
                begin = follows
        sentences.append((begin, end))
    return sentences


_ENDS = frozenset({".", "!", "?", "...", "…", "。"})
_CLOSERS = frozenset({"”", "»", "'", "’", ")", "]"})
