"""Entity documents out of running text: UN speeches, re3d and GeoVirus."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sayso.reading.segment import tokenise
from training.bio import Mention
from training.documents import read_jsonl
from training.entity_docs import (
    EntityDoc,
    Range,
    add_demonyms,
    drop_coordinations,
    text_doc,
)
from training.names import (
    CALENDAR,
    FUNCTION_WORDS,
    GENERIC_NAMES,
    STATES,
    TITLES,
    Words,
    is_capital,
    is_demonym,
    name_core,
)

Row = dict[str, Any]
CharSpan = tuple[int, int, str | None]
"""Code points and label; None where the label is unknown."""
_RE3D_LABELS = {
    "Location": "LOC",
    "Organisation": "ORG",
    "Person": "PER",
    "Nationality": "NORP",
}
_UN_LABELS = {"PRG": "PER", "VMISC": "MISC", "0": "O"}
_PLACE_NOUNS = frozenset(
    [
        "city",
        "cities",
        "town",
        "towns",
        "village",
        "villages",
        "province",
        "district",
        "island",
        "site",
        "area",
        "camp",
        "region",
        "governorate",
        "state",
        "port",
    ]
)


def un_docs(path: Path) -> list[EntityDoc]:
    """Return the UN speeches; their tags are silver, so doubtful ones are masked."""
    speeches = list(read_jsonl(path))
    tagged = [pair for speech in speeches for s in speech["sentences"] for pair in s]
    names = {form for form, tag in tagged if tag != "O" and is_capital(form)}
    plain = {form for form, _ in tagged}
    names = {name for name in names if name.lower() not in plain | FUNCTION_WORDS}
    return [_un_doc(speech, names) for speech in speeches]


def _un_doc(speech: Row, names: set[str]) -> EntityDoc:
    text, spans = "", []
    for sentence in speech["sentences"]:
        offsets: list[Range] = []
        for form, _ in sentence:
            glue = form in {",", ".", ";", "?", "!", ":", ")", "'s", "'"}
            if text and offsets and not glue and not text.endswith("("):
                text += " "
            offsets.append((len(text), len(text) + len(form)))
            text += form
        spans.extend(_un_spans(sentence, offsets, names))
        text += "\n"
    return text_doc(speech["doc_id"], "un", text, spans)


def _un_spans(
    sentence: list[list[str]], offsets: list[Range], names: set[str]
) -> list[CharSpan]:
    kinds = [_UN_LABELS.get(tag[2:] or tag, tag[2:] or tag) for _, tag in sentence]
    forms = [form for form, _ in sentence]
    spans: list[CharSpan] = []
    i = 0
    while i < len(forms):
        end = i + 1
        while end < len(forms) and kinds[end] == kinds[i] != "O":
            end += 1
        label = _un_label(forms[i:end], kinds[i], names, first=i == 0)
        if label != "O":
            spans.append((offsets[i][0], offsets[end - 1][1], label))
        i = end
    return spans


def _un_label(
    forms: list[str], kind: str, names: set[str], *, first: bool
) -> str | None:
    """Return the label of one stretch, None where the silver tag is doubtful."""
    name = " ".join(forms)
    if kind == "O":
        unclear = is_capital(name) and name not in CALENDAR | TITLES and not first
        return None if unclear or (first and name in names) else "O"
    if all(is_demonym(form) for form in forms):
        return "NORP"
    if name in STATES:
        return "LOC"
    is_doubtful = (
        kind not in {"PER", "ORG", "LOC"}
        or name in GENERIC_NAMES
        or not is_capital(forms[0])
        or not is_capital(forms[-1])
        or any(sign in name for sign in '()"')
    )
    return None if is_doubtful else kind


def re3d_docs(path: Path, *, mask: bool = False) -> list[EntityDoc]:
    """Return re3d documents, each span cut down to the name at its head.

    Spans without a name ("the camp", "they") are dropped. With `mask`, capitalised
    words that no span explains are unknown, as the corpus leaves out many names.
    """
    rows = list(read_jsonl(path))
    plain = _plain_words(rows)
    return [_re3d_doc(row, path.stem, plain if mask else None) for row in rows]


def _plain_words(rows: Iterable[Row]) -> set[str]:
    """Return the words that some text writes in lower case."""
    texts = (row["text"] for row in rows)
    forms = (text[s:e] for text in texts for s, e in tokenise(text))
    return {form for form in forms if form.islower()} | FUNCTION_WORDS


def _re3d_doc(row: Row, source: str, plain: set[str] | None) -> EntityDoc:
    text, tokens = row["text"], tokenise(row["text"])
    words = Words.of_text(text, tokens)
    found: list[Mention] = []
    for entity in row["entities"]:
        label = _RE3D_LABELS.get(entity["type"])
        inside = [
            i
            for i, (start, end) in enumerate(tokens)
            if start < entity["end"] and end > entity["start"]
        ]
        if label and inside:
            found.extend(_re3d_mention(words, (inside[0], inside[-1] + 1), label))
    kept = add_demonyms(words, drop_coordinations(found))
    unknown = _unexplained(words, kept, plain) if plain is not None else ()
    spans = [(tokens[s][0], tokens[e - 1][1], label) for s, e, label in kept]
    return text_doc(row["doc_id"], source, text, spans, unknown=unknown)


def _re3d_mention(words: Words, span: Range, label: str) -> list[Mention]:
    if label == "NORP":
        span = (span[0], min(span[1], span[0] + 3))
        forms = words.forms[span[0] : span[1]]
        return [(*span, label)] if all(is_demonym(f) for f in forms) else []
    core = name_core(words, span, None, label)
    if core is None:
        return _name_in_description(words, span, label)
    name = " ".join(words.forms[core[0] : core[1]])
    forms = words.forms[core[0] : core[1]]
    if all(is_demonym(form) for form in forms):
        return [(*core, "NORP")]
    if is_demonym(forms[-1]) or all(
        is_demonym(f) or f in STATES | {"and"} for f in forms
    ):
        return [(*core, "LOC")] if name in STATES else []
    if label == "ORG" and forms[0] in {"President", "Advisor", "Minister", "Mr"}:
        return _re3d_mention(words, span, "PER")
    return [(*core, "LOC" if name in STATES else label)]


def _name_in_description(words: Words, span: Range, label: str) -> list[Mention]:
    """Return the place in "the city of Ubaydi", "Zagros mountains" or "U.S. forces"."""
    forms = words.forms
    for i in range(span[0] + 1, span[1]):
        if forms[i] == "of" and forms[i - 1] in _PLACE_NOUNS and label == "LOC":
            core = name_core(words, (i + 1, span[1]), None, "LOC")
            return [(*core, "LOC")] if core else []
        is_last_name = words.proper[i - 1] and not words.proper[i]
        if is_last_name and (label == "LOC" or forms[i - 1] in STATES):
            core = name_core(words, (span[0], i), i - 1, "LOC")
            if core and not is_demonym(forms[i - 1]):
                return [(*core, "LOC")]
    return []


def geovirus_docs(path: Path) -> list[EntityDoc]:
    """Return Wikinews reports with their places; other capitals are unknown."""
    rows = list(read_jsonl(path))
    plain, docs = _plain_words(rows), []
    for row in rows:
        text, tokens = row["text"], tokenise(row["text"])
        words = Words.of_text(text, tokens)
        found = []
        for place in row["places"]:
            inside = [
                i
                for i, (start, end) in enumerate(tokens)
                if start < place["end"] and end > place["start"]
            ]
            if inside and not _runs_on(words, inside[-1] + 1):
                found.append((inside[0], inside[-1] + 1, "LOC"))
        kept = add_demonyms(words, found)
        docs.append(
            text_doc(
                row["doc_id"],
                "geovirus",
                text,
                [(tokens[s][0], tokens[e - 1][1], label) for s, e, label in kept],
                unknown=_unexplained(words, kept, plain),
            )
        )
    return docs


def _runs_on(words: Words, i: int) -> bool:
    """Tell whether the name goes on, so that a place may be part of another name."""
    return i < len(words.forms) and words.proper[i]


def _unexplained(words: Words, kept: list[Mention], plain: set[str]) -> list[int]:
    """Return capitalised tokens outside `kept` that may be names of any kind.

    A word that opens a sentence and is in `plain` is no name.
    """
    covered = {i for start, end, _ in kept for i in range(start, end)}
    known = CALENDAR | TITLES
    opens = {".", "!", "?", '"', "“", ":", "]"}
    return [
        i
        for i, form in enumerate(words.forms)
        if i not in covered
        and is_capital(form)
        and form not in known
        and form.lower() not in FUNCTION_WORDS
        and not (form.lower() in plain and (not i or words.forms[i - 1] in opens))
    ]
