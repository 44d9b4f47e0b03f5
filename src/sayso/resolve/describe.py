"""What the words of one noun phrase tell about whom it stands for."""

from __future__ import annotations

from msgspec.structs import replace

from sayso.record.entities import ActorKind
from sayso.resolve.chunks import DAYS, Chunk, chunk_at
from sayso.resolve.mentions import (
    FRESH,
    Form,
    Head,
    Mention,
    harms_persons,
    is_definite,
    kind_of,
    modifiers_of,
    read_head,
    tells_age,
)
from sayso.resolve.scene import Scene
from sayso.vocab.names import Role

_ACRONYM_LENGTH = range(2, 8)
_PARTICLES = frozenset(
    {"al", "el", "bin", "ben", "ibn", "abu", "de", "la", "du", "von", "van", "ag"}
    | {"ould"}
)
_CAPITALISED = frozenset({"ADJ", "NOUN", "VERB", "ADV"})
# Offices that stand behind other words of a title: "Deputy Labour Minister".
_OFFICES = frozenset(
    {"minister", "governor", "secretary", "president", "ambassador", "commander"}
    | {"chief", "commissioner", "spokesman", "spokeswoman", "judge", "prosecutor"}
    | {"director", "premier", "mayor", "general", "inspector", "superintendent"}
)
_ARTICLES = frozenset({"the", "a", "an"})
_PREPOSITIONS = frozenset({"of", "for", "in", "at", "from", "on", "with", "to"})
_SHARES = frozenset(
    {"dozen", "score", "hundred", "thousand", "majority", "number", "half", "pair"}
)
_LONE = frozenset({"one", "another", "each", "none", "neither"})
# Sectors whose bearers act for a state, so that a demonym beside them is its name:
# "Iranian border guards", but not "an Iranian baker".
_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})


def describe(scene: Scene, chunk: Chunk, *, source: bool = False) -> Mention:
    """Return the mention that a noun phrase is, with all that its words tell."""
    start, end = chunk.tokens
    relation, governor = scene.link_of(start, end)
    base = Mention(
        tokens=chunk.tokens,
        span=scene.span_of(start, end),
        head=chunk.head,
        form=Form.ROLE,
        sentence=scene.sentence_of(chunk.head),
        modifiers=modifiers_of(scene.reading, start, end, chunk.head),
        definite=is_definite(scene.reading, start, chunk.own),
        source=source,
        relation=relation,
        governor=governor,
    )
    first = name_start(scene, chunk)
    if first is None:
        return _as_role(scene, chunk, base)
    return _as_name(scene, chunk, base, first)


def name_start(scene: Scene, chunk: Chunk) -> int | None:
    """Return the first token of the name that a phrase ends with, None if it has none.

    Titles and role nouns before a name are left out of it; capitalised offices ("the
    Chief of Staff") are role nouns themselves.
    """
    reading, head = scene.reading, chunk.head
    entity = scene.entities.get(head)
    known = _known_body(scene, chunk)
    if known is not None:
        return known
    if entity is not None and entity.tokens[0] >= chunk.tokens[0]:
        first = max(entity.tokens[0], chunk.own)
    elif _is_capitalised(scene, chunk):
        first = head
    else:
        return None
    while first > chunk.own and _continues_name(scene, first - 1):
        first -= 1
    role, _ = scene.names.role_of(reading.words[head])
    if role is None or role.kind == "person":
        first = _after_titles(scene, first, head)
    while first < head and reading.words[first].lower() in _ARTICLES:
        first += 1
    lone = first == head and role is not None
    return None if lone and _extension(scene, chunk) == head + 1 else first


def _known_body(scene: Scene, chunk: Chunk) -> int | None:
    """Return where a name of the authority file begins that ends the phrase, if any."""
    words, stop = scene.reading.words, chunk.head + 1
    runs = (range(first, stop) for first in range(chunk.own, stop))
    bodies = scene.names.bodies
    return next(
        (run.start for run in runs if " ".join(words[i] for i in run) in bodies), None
    )


def _is_capitalised(scene: Scene, chunk: Chunk) -> bool:
    """Tell whether the last word of a phrase looks like part of a name."""
    reading, head = scene.reading, chunk.head
    word = reading.words[head]
    if reading.upos[head] in ("PROPN", "X"):
        return word[0].isalnum()
    if reading.upos[head] != "NOUN" or not word[0].isupper() or word.isupper():
        return False
    opens = head == reading.sentences[scene.sentence_of(head)][0]
    if scene.names.role_of(word)[0] is not None:
        return not opens and _extension(scene, chunk) > head + 1
    return not (opens and word.endswith("s"))


def _after_titles(scene: Scene, first: int, head: int) -> int:
    """Return where a name begins whose words take in titles or its bearer's role."""
    names, words = scene.names, scene.reading.words
    for number in range(head - 1, first - 1, -1):
        role, _ = names.role_of(words[number])
        if words[number].islower() and role is not None and role.kind == "person":
            first = number + 1
            break
    for number in range(head - 1, first - 1, -1):
        if words[number].lower() in _OFFICES:
            first = number + 1
            break
    while first < head:
        role, _ = names.role_of(words[first])
        body = role is not None and role.kind != "person"
        titled = names.title_of(words[first + 1]) is not None
        if names.title_of(words[first]) is None and not (body and titled):
            break
        first += 2 if words[first + 1] == "." and first + 1 < head else 1
    return first


def _extension(scene: Scene, chunk: Chunk) -> int:
    """Return where a name ends that goes on after "of": "Front of the Dunes"."""
    reading, end = scene.reading, chunk.tokens[1]
    limit = reading.sentences[scene.sentence_of(chunk.head)][1]
    role, plural = scene.names.role_of(reading.words[chunk.head])
    person = role is not None and role.kind == "person" and not plural
    if person or end + 1 >= limit or reading.words[end] not in ("of", "for"):
        return end
    if not reading.words[chunk.head][0].isupper():
        return end
    inner = chunk_at(reading, end + 1, limit)
    if inner is None or not reading.words[inner.head][0].isupper():
        return end
    return inner.tokens[1]


def _continues_name(scene: Scene, token: int) -> bool:
    """Tell whether a token belongs to the name whose next token is in it already."""
    reading = scene.reading
    word = reading.words[token]
    if reading.upos[token] == "PROPN" or word in ("-", "–", "'", "’"):
        return True
    glued = reading.words[token + 1] in ("-", "–", "'", "’") or word.isdigit()
    tied = reading.tokens[token].end == reading.tokens[token + 1].start
    if (glued and tied) or word in _PARTICLES:
        return True
    opens = token == reading.sentences[scene.sentence_of(token)][0]
    capital = word[0].isupper() and not opens and reading.upos[token] in _CAPITALISED
    return capital and scene.names.country_of(word) is None


def _as_name(scene: Scene, chunk: Chunk, base: Mention, first: int) -> Mention:
    reading, names = scene.reading, scene.names
    roles, bearer = _bearer_of(scene, chunk.own, first)
    end = _name_end(scene, chunk)
    words = tuple(reading.words[first:end])
    kind = _kind_of_name(scene, chunk, words, bearer)
    own = read_head(reading, chunk.head, names)
    if kind is ActorKind.ORGANISATION and own.role is not None:
        roles = (*roles, own.word)
        bearer = _merge_roles(own.role, bearer)
    person = kind is ActorKind.PERSON
    return replace(
        base,
        tokens=(chunk.tokens[0], end),
        span=scene.span_of(chunk.tokens[0], end),
        form=Form.NAME,
        name=words,
        called=scene.span_of(first, end),
        roles=roles,
        modifiers=_without_titles(scene, base, words),
        number=None if own.plural else "p" if kind is ActorKind.GROUP else "s",
        gender=bearer.gender if bearer and person else None,
        kind=kind,
        sector=bearer.sector if bearer else None,
        country=_country(scene, chunk, bearer, words),
        public=kind in (ActorKind.ORGANISATION, ActorKind.STATE)
        or bool(bearer and bearer.public),
        confidence=_name_confidence(scene, chunk),
    )


def _name_end(scene: Scene, chunk: Chunk) -> int:
    """Return where a name ends, what follows "of" included unless it is a person's."""
    entity = scene.entities.get(chunk.head)
    role, _ = scene.names.role_of(scene.reading.words[chunk.head])
    person = entity is not None and entity.label == "PER" and role is None
    return chunk.tokens[1] if person else _extension(scene, chunk)


def _without_titles(
    scene: Scene, base: Mention, words: tuple[str, ...]
) -> frozenset[str]:
    own = {word.lower() for word in words}
    return frozenset(
        word for word in base.modifiers - own if scene.names.title_of(word) is None
    )


def _bearer_of(
    scene: Scene, own: int, first: int
) -> tuple[tuple[str, ...], Role | None]:
    """Return the role nouns and what all titles right before a name tell."""
    names = scene.names
    roles: tuple[str, ...] = ()
    bearer: Role | None = None
    for number in range(first - 1, own - 1, -1):
        word = scene.reading.words[number]
        if word == ".":
            continue
        role, plural = names.role_of(word)
        title = names.title_of(word) or role
        if title is None or title.kind != "person" or plural:
            break
        bearer = _merge_roles(title, bearer)
        if role is not None:
            roles = (*roles, word.lower())
    return roles, bearer


def _name_confidence(scene: Scene, chunk: Chunk) -> float:
    entity = scene.entities.get(chunk.head)
    return 0.6 if entity is None else entity.confidence


def _merge_roles(title: Role, bearer: Role | None) -> Role:
    if bearer is None:
        return title
    return replace(
        title,
        sector=title.sector or bearer.sector,
        public=title.public or bearer.public,
        gender=title.gender or bearer.gender,
    )


def _kind_of_name(
    scene: Scene, chunk: Chunk, words: tuple[str, ...], bearer: Role | None
) -> ActorKind | None:
    """Return the kind of actor that a name is, by its words before its label."""
    names, reading = scene.names, scene.reading
    if bearer is not None and bearer.kind == "person":
        return ActorKind.PERSON
    joined = " ".join(words)
    if joined in names.states or joined in names.capitals:
        return ActorKind.STATE
    if joined in names.demonyms:
        return ActorKind.GROUP
    if joined in names.bodies:
        return ActorKind.ORGANISATION
    if bearer is not None:
        return kind_of(bearer, plural=False)
    role, plural = names.role_of(reading.words[chunk.head])
    if role is not None and (role.kind != "person" or plural):
        state = role.kind == "state" and words[-1] in names.states
        return ActorKind.STATE if state else ActorKind.ORGANISATION
    entity = scene.entities.get(chunk.head)
    acronym = len(words) == 1 and len(joined) in _ACRONYM_LENGTH and joined.isupper()
    after_the = reading.words[chunk.tokens[0]].lower() == "the" and not base_roles(
        scene, chunk
    )
    if acronym or (after_the and (entity is None or entity.label == "PER")):
        return ActorKind.ORGANISATION
    if entity is None:
        return None
    relation, governor = scene.link_of(*chunk.tokens)
    alive = harms_persons(reading, governor, relation)
    if entity.label == "LOC" and (alive or tells_age(reading, chunk.tokens[1])):
        return ActorKind.PERSON
    return {"PER": ActorKind.PERSON, "ORG": ActorKind.ORGANISATION}.get(entity.label)


def base_roles(scene: Scene, chunk: Chunk) -> bool:
    """Tell whether a phrase holds a role noun before its name."""
    return any(
        scene.names.role_of(scene.reading.words[number])[0] is not None
        for number in range(chunk.own, chunk.head)
        if scene.reading.upos[number] == "NOUN"
    )


def _as_role(scene: Scene, chunk: Chunk, base: Mention) -> Mention:
    head = read_head(scene.reading, chunk.head, scene.names)
    word = scene.reading.words[chunk.head].lower()
    plural = head.plural or (head.role is not None and head.role.kind == "group")
    roles: tuple[str, ...] = (head.word,)
    part = _whole_of(scene, chunk) if _is_share(scene, chunk, head) else None
    if part is not None:
        # "one of the two officials" is an official
        roles, head = (part.word, head.word), part
        plural = word not in _LONE
    role = head.role
    document = role is not None and role.kind == "document"
    end = phrase_end(scene, chunk)
    start = chunk.tokens[0]
    after = modifiers_of(scene.reading, chunk.tokens[1], end, -1)
    return replace(
        base,
        tokens=(start, end),
        span=scene.span_of(start, end),
        roles=roles,
        modifiers=base.modifiers | after | frozenset(roles[1:]),
        number="p" if plural else "s",
        gender=role.gender if role and not plural else None,
        kind=kind_of(role, plural=plural),
        sector=role.sector if role else None,
        country=_country(scene, chunk, role, ()),
        public=bool(role and role.public),
        document=document,
        confidence=0.9 if role else 0.7,
    )


def _is_share(scene: Scene, chunk: Chunk, head: Head) -> bool:
    """Tell whether a head only counts what follows: "one", "dozens", "most" of them."""
    number = scene.reading.upos[chunk.head] in ("NUM", "DET", "ADJ")
    return number or head.word in FRESH or head.word in _SHARES


def _whole_of(scene: Scene, chunk: Chunk) -> Head | None:
    """Return the head of the phrase behind "of", if there is one."""
    reading, after = scene.reading, chunk.head + 1
    if after + 1 >= len(reading.words) or reading.words[after] != "of":
        return None
    inner = chunk_at(reading, after + 1, min(after + 8, len(reading.words)))
    return None if inner is None else read_head(reading, inner.head, scene.names)


def phrase_end(scene: Scene, chunk: Chunk) -> int:
    """Return where a role phrase ends, the prepositional phrase behind it included."""
    reading, end = scene.reading, chunk.tokens[1]
    limit = reading.sentences[scene.sentence_of(chunk.head)][1]
    if end + 1 >= limit or reading.words[end].lower() not in _PREPOSITIONS:
        return end
    inner = chunk_at(reading, end + 1, limit)
    if inner is None or reading.words[inner.head].lower() in DAYS:
        return end
    relation, governor = scene.link_of(*inner.tokens)
    attached = chunk.tokens[0] <= governor < end and relation.startswith("nmod")
    return inner.tokens[1] if attached or reading.words[end] == "of" else end


def _country(
    scene: Scene, chunk: Chunk, role: Role | None, name: tuple[str, ...]
) -> str | None:
    """Return the state that the words themselves tie an actor to.

    Only bodies and people who act for a state take it from a demonym or possessor; a
    person's name, faith or language never tells.
    """
    names, words = scene.names, scene.reading.words
    joined = " ".join(name)
    own = names.states.get(joined) or names.capitals.get(joined)
    if role is not None and role.kind == "state" and name:
        own = own or names.states.get(name[-1])
    if own is not None:
        return own
    official = role is not None and (
        role.sector in _STATE_SECTORS or role.kind == "organisation"
    )
    if not official:
        return None
    start, head = chunk.tokens[0], chunk.head
    for number in range(start, head):
        for width in (2, 1):  # "Turkish Cypriot" is not Turkish
            found = names.country_of(" ".join(words[number : number + width]))
            if found is not None and number + width <= head:
                return found
    return None
