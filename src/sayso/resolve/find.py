"""Finding of mentions: phrases and pronouns that stand for somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from sayso.reading.types import Reading, TokenRange
from sayso.record.claims import Statement
from sayso.record.entities import ActorKind
from sayso.record.span import Span
from sayso.resolve.chunks import CLITICS, DAYS, Chunk, chunk_at, find_chunks
from sayso.resolve.describe import describe
from sayso.resolve.mentions import (
    PRONOUNS,
    RELATIVES,
    SPEAKER_PRONOUNS,
    Form,
    Mention,
    modifiers_of,
)
from sayso.resolve.places_words import LANDS, WATERS
from sayso.resolve.scene import Scene
from sayso.vocab.names import Names

_NAMING = frozenset(
    [
        ",",
        "(",
        "-",
        "–",
        "—",
        "as",
        "itself",
        "themselves",
        "himself",
        "herself",
        "called",
        "named",
        "dubbed",
    ]
)
# "The country" or "the Indian side" is a place unless it speaks.
_INDEFINITE = frozenset(
    {"somebody", "someone", "anybody", "anyone", "nobody", "everyone", "everybody"}
)
_SPEAKING_ONLY = frozenset(
    {"side", "camp", "capital", "state", "country", "nation", "republic", "kingdom"}
)
_DASHES = frozenset({"-", "–", "—"})
_LONGEST_GAP = 5
_ACTIVE = ("nsubj", "obl:agent")
_LONGEST_LIST = 20
_NAMED_DAYS = frozenset({"Day", "Eve"})  # "Independence Day"
_BODIES = (ActorKind.ORGANISATION, ActorKind.GROUP, ActorKind.STATE)


def find_mentions(
    reading: Reading, statements: Sequence[Statement], names: Names
) -> tuple[Mention, ...]:
    """Return all mentions by start, longer ones first.

    Every source of a statement is among them, whatever its words.
    """
    scene = Scene(reading, statements, names)
    found: dict[Span, Mention] = {}
    for mention in (*_of_sources(scene), *_of_sentences(scene), *_pronouns(scene)):
        found.setdefault(mention.span, mention)
    ordered = sorted(found.values(), key=lambda m: (m.span.start, -m.span.end))
    return tuple(_outside_names(ordered))


def _outside_names(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield all but names inside a name: "Plain" in "Friends of the Plain"."""
    named = Span(0, 0)
    for mention in mentions:
        inside = named.holds(mention.span) and named != mention.span
        if not inside or mention.source or mention.form is not Form.NAME:
            yield mention
        if mention.called is not None and not named.holds(mention.called):
            named = mention.called


def _of_sources(scene: Scene) -> Iterator[Mention]:
    for source in scene.sources:
        if source[1] - source[0] == 1:
            pronoun = _pronoun(scene, source[0], source=True)
            if pronoun is not None:
                yield pronoun
                continue
        yield from _of_source(scene, source)


def _of_source(scene: Scene, source: TokenRange) -> Iterator[Mention]:
    """Yield the mention that a source is as a whole, and its two apposed halves."""
    start, end = source
    tops = source_chunks(scene, source)
    span = scene.span_of(start, end)
    whole = describe(scene, tops[0], source=True)
    second = _apposed(scene, tops, whole)
    after = modifiers_of(scene.reading, tops[0].tokens[1], end, -1)
    if second is not None:
        for half in (whole, second):
            if half.span != span:
                yield replace(half, source=False, twin=span)
        whole, after = blend(whole, second), frozenset()
    elif whole.document:
        yield from _issuers(scene, tops[0])
    relation, governor = scene.link_of(start, end)
    yield replace(
        whole,
        tokens=source,
        span=span,
        modifiers=whole.modifiers | after,
        relation=relation,
        governor=governor,
    )


def source_chunks(scene: Scene, source: TokenRange) -> list[Chunk]:
    """Return the outer noun phrases of a source; the first one is its core.

    A source is known to be a noun phrase, so a role noun with a wrong part of speech
    behind the first phrase is taken into it.
    """
    reading, (start, end) = scene.reading, source
    first = chunk_at(reading, start, end) or Chunk(tokens=(start, start + 1), own=start)
    own, stop = first.own, first.tokens[1]
    while stop < end and (
        reading.upos[stop] in ("NOUN", "PROPN", "ADJ", "NUM", "X")
        or (reading.words[stop] in CLITICS and stop + 1 < end)
        or (
            reading.upos[stop] in ("VERB", "ADV")
            and scene.names.role_of(reading.words[stop])[0] is not None
        )
    ):
        own = stop + 1 if reading.words[stop] in CLITICS else own
        stop += 1
    core = Chunk(tokens=(start, stop), own=own)
    others = list(find_chunks(reading, stop, end))
    return [core, *(c for c in others if not any(_inside(c, o) for o in others))]


def _issuers(scene: Scene, chunk: Chunk) -> Iterator[Mention]:
    """Yield the body in a document's name: "police" in "police records"."""
    for number in range(chunk.own, chunk.head):
        role, plural = scene.names.role_of(scene.reading.words[number])
        if role is not None and role.kind == "organisation" and not plural:
            word = Chunk(tokens=(number, number + 1), own=number)
            yield replace(describe(scene, word), definite=True)
            return


def _inside(chunk: Chunk, other: Chunk) -> bool:
    return (
        chunk is not other
        and other.tokens[0] <= chunk.tokens[0]
        and chunk.tokens[1] <= other.tokens[1]
    )


def _apposed(scene: Scene, tops: list[Chunk], first: Mention) -> Mention | None:
    """Return the second half of a source such as "the governor, Ahmad Wardan"."""
    words, letters = scene.reading.words, None
    for chunk in tops[1:]:
        mark = chunk.tokens[0] - 1
        before = words[mark].lower()
        tokens = scene.reading.tokens
        if tokens[mark].end == tokens[mark + 1].start and before in _DASHES:
            continue
        if before in ("and", "or"):
            break
        if before in _NAMING:
            second = describe(scene, chunk, source=True)
            if fits_apposition(first, second):
                return second
            if _abbreviates(scene, first, second):
                letters = second
    return letters


def fits_apposition(first: Mention, second: Mention) -> bool:
    """Tell whether two neighbouring phrases can be one actor: a name and a role."""
    if (first.form is Form.NAME) is (second.form is Form.NAME):
        return False
    name, role = (first, second) if first.form is Form.NAME else (second, first)
    if role.document or role.kind is None:
        return False
    if name.kind is None:
        return True
    return name.kind is role.kind or (name.kind in _BODIES and role.kind in _BODIES)


def _abbreviates(scene: Scene, first: Mention, second: Mention) -> bool:
    """Tell whether a bracket gives a body's letters, whatever tongue they are of."""
    words, (start, end) = scene.reading.words, second.tokens
    letters = second.name[0] if len(second.name) == 1 else ""
    return (
        first.form is Form.NAME
        and first.kind is ActorKind.ORGANISATION
        and (words[start - 1], *words[end : end + 1]) == ("(", ")")
        and letters.isupper()
        and len(letters) > 1
    )


def blend(first: Mention, second: Mention) -> Mention:
    """Return one mention that tells all that two of the same actor tell."""
    named = first if first.form is Form.NAME else second
    return replace(
        first,
        form=named.form,
        name=named.name,
        called=named.called,
        roles=first.roles + second.roles,
        modifiers=first.modifiers | second.modifiers,
        number=named.number,
        gender=first.gender or second.gender,
        kind=named.kind or first.kind or second.kind,
        sector=first.sector or second.sector,
        country=first.country or second.country,
        public=first.public or second.public,
        confidence=named.confidence,
    )


def _of_sentences(scene: Scene) -> Iterator[Mention]:
    taken = {source_chunks(scene, source)[0].head for source in scene.sources}
    for start, end in scene.reading.sentences:
        cuts = [start, *(edge for edge in scene.breaks if start < edge < end), end]
        chunks = [
            chunk
            for left, right in pairwise(cuts)
            for chunk in find_chunks(scene.reading, left, right)
            if chunk.head not in taken
            and scene.reading.words[chunk.head].lower() not in DAYS
        ]
        described = [(chunk, describe(scene, chunk)) for chunk in chunks]
        joined = list(_join_appositions(scene, described))
        tied = {mention.twin for mention in joined}
        for mention in joined:
            apposed = mention.twin is not None or mention.span in tied
            if apposed or _stands_for_somebody(scene, mention):
                yield mention


def _join_appositions(
    scene: Scene, found: list[tuple[Chunk, Mention]]
) -> Iterator[Mention]:
    """Yield the mentions of a sentence, apposed neighbours tied to each other."""
    words = scene.reading.words
    sources = scene.sources
    last: Mention | None = None
    for chunk, mention in found:
        if last is not None and chunk.head < last.tokens[1] and last.name:
            continue  # "the Dunes" in "the Front of the Dunes"
        twin = None
        gap = words[last.tokens[1] : chunk.tokens[0]] if last is not None else ()
        if (
            last is not None
            and _is_gap(gap)
            and not mention.fresh
            and (fits_apposition(last, mention) or _abbreviates(scene, last, mention))
        ):
            apart = any(
                (start <= mention.head < end) is not (start <= last.head < end)
                for start, end in sources
            )
            after = words[chunk.tokens[1] : chunk.tokens[1] + 1]
            twin = None if apart or after in (("and",), ("or",)) else last.span
        mention = replace(mention, twin=twin)
        yield mention
        last = mention


def _is_gap(gap: tuple[str, ...]) -> bool:
    """Tell whether words stand between apposed phrases: a comma, an age, a bracket."""
    marks = [word for word in gap if not word.isdigit()]
    if not gap or marks in ([","], [",", ","], ["("]):
        return bool(gap)
    words = len(gap) <= _LONGEST_GAP and gap[-1] in _NAMING
    return words and gap[-1].isalpha() and "and" not in gap


def _stands_for_somebody(scene: Scene, mention: Mention) -> bool:
    if mention.document:
        return False
    if mention.form is Form.ROLE:
        if scene.reading.upos[mention.head] == "ADJ":
            return False  # "in public"
        weak = _SPEAKING_ONLY | _INDEFINITE
        return mention.kind is not None and weak.isdisjoint(mention.roles)
    if mention.kind is ActorKind.STATE:
        return _acts(scene, mention)
    if _is_stretch(mention) or mention.name[-1] in _NAMED_DAYS:
        return False
    entity = scene.entities.get(mention.head)
    if entity is None and mention.kind is ActorKind.ORGANISATION:
        return len(mention.name) > 1
    if mention.kind is ActorKind.GROUP:
        return mention.name[-1].endswith("s")
    told = bool(mention.roles) or mention.kind is ActorKind.PERSON
    return entity is not None and (entity.label != "LOC" or told)


def _acts(scene: Scene, mention: Mention) -> bool:
    """Tell whether a phrase or the first that it is joined to by "and" is a subject."""
    relation, governor = mention.relation, mention.governor
    for _ in range(_LONGEST_LIST):
        if relation != "conj" or governor < 0:
            break
        relation = scene.reading.deprels[governor]
        governor = scene.reading.heads[governor]
    return relation.startswith(_ACTIVE)


def _is_stretch(mention: Mention) -> bool:
    """Tell whether a name is that of a water or land: "Strait of" somewhere."""
    name = mention.name
    return name[1:2] == ("of",) and name[0].lower() in WATERS | LANDS


def _pronouns(scene: Scene) -> Iterator[Mention]:
    for number, word in enumerate(scene.reading.words):
        if len(word) <= _LONGEST_PRONOUN and word.lower() in _ALL_PRONOUNS:
            pronoun = _pronoun(scene, number)
            if pronoun is not None:
                yield pronoun


def _pronoun(scene: Scene, token: int, *, source: bool = False) -> Mention | None:
    reading = scene.reading
    word = reading.words[token].lower()
    if word not in _ALL_PRONOUNS or not (source or _refers(scene, token, word)):
        return None
    number, gender = PRONOUNS.get(word, (None, None))
    return Mention(
        tokens=(token, token + 1),
        span=reading.tokens[token],
        head=token,
        form=Form.PRONOUN,
        sentence=scene.sentence_of(token),
        roles=(word,),
        number=number,
        gender=gender,
        source=source,
        relation=reading.deprels[token],
        governor=reading.heads[token],
    )


def _refers(scene: Scene, token: int, word: str) -> bool:
    """Tell whether a pronoun that is no source may stand for somebody."""
    reading = scene.reading
    if word == "it":
        return not _is_expletive(scene, token)
    if word in ("which", "that"):
        subject = reading.deprels[token].startswith("nsubj")
        return subject and reading.upos[token] == "PRON" and word == "which"
    return reading.upos[token] in ("PRON", "DET", "ADJ", "NOUN", "PROPN")


def _is_expletive(scene: Scene, token: int) -> bool:
    """Tell whether "it" only fills the subject, as in "it was clear that"."""
    reading = scene.reading
    if reading.deprels[token] == "expl":
        return True
    following = [word.lower() for word in reading.words[token + 1 : token + 3]]
    if following[:1] and following[0] in ("is", "was", "remains", "took", "seems"):
        return True
    return not reading.deprels[token].startswith("nsubj")


_ALL_PRONOUNS = frozenset(PRONOUNS) | SPEAKER_PRONOUNS | RELATIVES
_LONGEST_PRONOUN = max(map(len, _ALL_PRONOUNS))
