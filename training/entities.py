"""Entity training documents out of six corpora, in one label set.

PER, ORG and LOC are proper names without titles and determiners ("Bank of England",
not "the head of the Bank of England"); NORP is a nationality, faith or party word;
MISC any other proper name. A tag of None is unknown and must be masked in the loss.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sayso.reading.segment import group_paragraphs, rough_sentences, tokenise
from training.bio import (
    Mention,
    macro_f1,
    measure_entities,
    mentions_of,
    tags_of,
    without_overlap,
)
from training.conllu import Sentence, read_conllu
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

__all__ = ["LABELS", "EntityDoc", "load_entities", "macro_f1", "measure_entities"]

LABELS = ("PER", "ORG", "LOC", "NORP", "MISC")
RE3D_TRAIN = (
    "re3d-australian-department-of-foreign-affairs",
    "re3d-delegation-of-the-european-union-to-syria",
    "re3d-uk-government",
    "re3d-us-state-department",
)
RE3D_MEASURE = "re3d-wikipedia"
_RE3D_LABELS = {
    "Location": "LOC",
    "Organisation": "ORG",
    "Person": "PER",
    "Nationality": "NORP",
}
_GUM_LABELS = {
    "person": "PER",
    "organization": "ORG",
    "place": "LOC",
    "event": "MISC",
    "object": "MISC",
    "abstract": "MISC",
}
_UN_LABELS = {"PRG": "PER", "VMISC": "MISC", "0": "O"}
_PLACE_NOUNS = frozenset(
    "city cities town towns village villages province district island site area camp"
    " region governorate state port".split()
)

Range = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class EntityDoc:
    """One document with a tag for each token."""

    name: str
    source: str
    """Corpus: gum, uner-ewt, un, geovirus, re3d-…"""
    text: str
    tokens: tuple[Range, ...]
    """Code points of `text`."""
    tags: tuple[str | None, ...]
    """BIO over LABELS; None: unknown, to be masked."""
    sentences: tuple[Range, ...]
    """Token ranges without gap; a simple rule where the corpus gives none."""
    paragraphs: tuple[Range, ...]
    """Token ranges without gap."""


def load_entities(data: Path, *, measure: bool = False) -> list[EntityDoc]:
    """Return the training documents, or with `measure` those for measuring alone.

    `data` is the folder that holds `ud/`, `entities/` and `geo/`. The two lists share
    no document: measured are GUM dev and test and the Wikipedia part of re3d.
    """
    entities = data / "entities"
    if measure:
        return [
            *gum_docs(data / "ud/gum-dev.conllu", "gum-dev"),
            *gum_docs(data / "ud/gum-test.conllu", "gum-test"),
            *re3d_docs(entities / f"{RE3D_MEASURE}.jsonl"),
        ]
    return [
        *gum_docs(data / "ud/gum-train.conllu", "gum"),
        *uner_docs(entities / "uner-ewt-dev.iob2", data / "ud/ewt-dev.conllu"),
        *un_docs(entities / "un-train.jsonl"),
        *(
            doc
            for part in RE3D_TRAIN
            for doc in re3d_docs(entities / f"{part}.jsonl", mask=True)
        ),
        *geovirus_docs(data / "geo/geovirus.jsonl"),
    ]


# --- treebanks -------------------------------------------------------------------


def gum_docs(path: Path, source: str) -> list[EntityDoc]:
    """Return the documents of a GUM file with the names among its mentions."""
    return [
        _treebank_doc(name, source, text, sentences, _gum_mentions)
        for name, text, sentences in read_conllu(path)
    ]


def uner_docs(tags: Path, treebank: Path) -> list[EntityDoc]:
    """Return EWT documents with the PER, ORG and LOC that UNER gives them."""
    by_sentence = dict(_read_iob2(tags))

    def mentions(sentence: Sentence) -> list[Mention]:
        named = mentions_of(by_sentence.get(sentence.name, []))
        words = Words.of_treebank(sentence)
        cores = (name_core(words, (s, e), None, kind) for s, e, kind in named)
        kept = [
            (*core, kind)
            for core, (_, _, kind) in zip(cores, named, strict=True)
            if core
        ]
        return without_overlap([*kept, *_demonyms(words, kept)])

    return [
        _treebank_doc(name, "uner-ewt", text, sentences, mentions)
        for name, text, sentences in read_conllu(treebank)
    ]


def _treebank_doc(name, source, text, sentences, find) -> EntityDoc:
    tags: list[str | None] = []
    for sentence in sentences:
        tags.extend(tags_of(find(sentence), len(sentence.spans)))
    starts = [0]
    for sentence in sentences:
        starts.append(starts[-1] + len(sentence.spans))
    ranges = tuple(zip(starts, starts[1:], strict=False))
    opens = [0, *(i for i, s in enumerate(sentences) if i and s.opens_paragraph)]
    return EntityDoc(
        name=name,
        source=source,
        text=text,
        tokens=tuple(span for sentence in sentences for span in sentence.spans),
        tags=tuple(tags),
        sentences=ranges,
        paragraphs=tuple(
            (starts[a], starts[b])
            for a, b in zip(opens, [*opens[1:], len(sentences)], strict=True)
        ),
    )


def _gum_mentions(sentence: Sentence) -> list[Mention]:
    words = Words.of_treebank(sentence)
    found: list[Mention] = []
    for start, end, etype in sentence.entities:
        label = _GUM_LABELS.get(etype)
        head = sentence.head_of(start, end)
        if etype == "person" and not words.proper[head]:
            head = _name_beside(sentence, words, head, end)
        if label is None or not words.proper[head]:
            continue
        if etype == "person" and sentence.xpos[head] == "NNPS":
            found.append((head, head + 1, "NORP"))
            continue
        if is_demonym(words.forms[head]) and sentence.xpos[head] == "NNP":
            label = "NORP" if label == "PER" else "MISC"
        core = name_core(words, (start, end), head, label)
        if core:
            found.append((*core, label))
    kept = without_overlap(_drop_coordinations(found))
    return without_overlap([*kept, *_demonyms(words, kept)])


def _name_beside(sentence: Sentence, words: Words, head: int, end: int) -> int:
    """Return the name in "founder Hugh McGuire", whose head is the common noun."""
    for i in range(head + 1, end):
        relation = sentence.deprels[i].partition(":")[0]
        is_beside = sentence.heads[i] == head and relation in {"flat", "appos"}
        if is_beside and words.proper[i]:
            return i
    return head


def _drop_coordinations(found: list[Mention]) -> list[Mention]:
    """Leave out "FBI and CIA" where both its ends are names of their own."""

    def is_pair(outer: Mention) -> bool:
        inner = [m for m in found if m != outer and m[2] == outer[2]]
        inner = [m for m in inner if outer[0] <= m[0] and m[1] <= outer[1]]
        return any(m[0] == outer[0] and m[1] < outer[1] for m in inner) and any(
            m[1] == outer[1] and m[0] > outer[0] for m in inner
        )

    return [m for m in found if not is_pair(m)]


def _demonyms(words: Words, taken: Iterable[Mention]) -> list[Mention]:
    """Return capitalised nationality, faith and party words outside `taken`."""
    covered = {i for start, end, _ in taken for i in range(start, end)}
    return [
        (i, i + 1, "NORP")
        for i, form in enumerate(words.forms)
        if i not in covered and is_capital(form) and is_demonym(form)
    ]


def _read_iob2(path: Path) -> Iterable[tuple[str, list[str]]]:
    name, tags = "", []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# sent_id = "):
            name = line.removeprefix("# sent_id = ")
        elif line and not line.startswith("#"):
            tags.append(line.split("\t")[2])
        elif not line and tags:
            yield name, tags
            tags = []


# --- running text with spans -----------------------------------------------------


def un_docs(path: Path) -> list[EntityDoc]:
    """Return the UN speeches; their tags are silver, so doubtful ones are masked."""
    speeches = [json.loads(line) for line in path.open(encoding="utf-8")]
    tagged = [pair for speech in speeches for s in speech["sentences"] for pair in s]
    names = {form for form, tag in tagged if tag != "O" and is_capital(form)}
    plain = {form for form, _ in tagged}
    names = {name for name in names if name.lower() not in plain | FUNCTION_WORDS}
    return [_un_doc(speech, names) for speech in speeches]


def _un_doc(speech: dict, names: set[str]) -> EntityDoc:
    text, spans = "", []
    for sentence in speech["sentences"]:
        offsets = []
        for form, _ in sentence:
            glue = form in {",", ".", ";", "?", "!", ":", ")", "'s", "'"}
            if text and offsets and not glue and not text.endswith("("):
                text += " "
            offsets.append((len(text), len(text) + len(form)))
            text += form
        spans.extend(_un_spans(sentence, offsets, names))
        text += "\n"
    return _text_doc(speech["doc_id"], "un", text, spans)


def _un_spans(
    sentence: list[list[str]], offsets: list[Range], names: set[str]
) -> list[tuple[int, int, str | None]]:
    kinds = [_UN_LABELS.get(tag[2:] or tag, tag[2:] or tag) for _, tag in sentence]
    forms = [form for form, _ in sentence]
    spans: list[tuple[int, int, str | None]] = []
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


def _un_label(forms: list[str], kind: str, names: set[str], *, first: bool):
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
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    plain = _plain_words(rows)
    return [_re3d_doc(row, path.stem, plain if mask else None) for row in rows]


def _plain_words(rows: Iterable[dict]) -> set[str]:
    """Return the words that some text writes in lower case."""
    texts = (row["text"] for row in rows)
    forms = (text[s:e] for text in texts for s, e in tokenise(text))
    return {form for form in forms if form.islower()} | FUNCTION_WORDS


def _re3d_doc(row: dict, source: str, plain: set[str] | None) -> EntityDoc:
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
    kept = without_overlap(_drop_coordinations(sorted(set(found))))
    kept = without_overlap([*kept, *_demonyms(words, kept)])
    unknown = _unexplained(words, kept, plain) if plain is not None else ()
    spans = [(tokens[s][0], tokens[e - 1][1], label) for s, e, label in kept]
    return _text_doc(row["doc_id"], source, text, spans, unknown=unknown)


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
    """Return Wikinews reports with their places; other capitalised words are unknown."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
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
        kept = without_overlap(found)
        kept = without_overlap([*kept, *_demonyms(words, kept)])
        docs.append(
            _text_doc(
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


def _text_doc(name, source, text, spans, *, unknown=()) -> EntityDoc:
    """Return a document of running text; `spans` are code points with their label."""
    tokens = tokenise(text)
    words = [text[start:end] for start, end in tokens]
    tags: list[str | None] = ["O"] * len(tokens)
    for start, end, label in spans:
        inside = [i for i, (a, b) in enumerate(tokens) if a < end and b > start]
        for i in inside:
            prefix = "B" if i == inside[0] else "I"
            tags[i] = f"{prefix}-{label}" if label else None
    for i in unknown:
        tags[i] = None
    paragraphs = group_paragraphs(text, tokens)
    return EntityDoc(
        name=name,
        source=source,
        text=text,
        tokens=tuple(tokens),
        tags=tuple(tags),
        sentences=tuple(rough_sentences(words, tokens, paragraphs)),
        paragraphs=tuple(paragraphs),
    )
