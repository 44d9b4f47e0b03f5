"""Who speaks: joint sources parted, and on whose authority the words stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from sayso.extract.scene import Scene
from sayso.extract.syntax import hangs_on, head_of
from sayso.reading.types import TokenRange
from sayso.record.claims import Basis
from sayso.record.span import Span
from sayso.vocab.lexicon import PhraseKind

_COORDINATORS = frozenset({"and", "or", "nor", "&", "/"})
_LEADS = frozenset({"both", "either", "neither", "and", "or", "nor", "&"})
_DETERMINERS = frozenset({"det", "nmod:poss", "det:predet", "nummod"})
_PLURALS = frozenset({"people", "men", "women", "children", "police", "media"})
_NAMES = frozenset({"PER", "ORG", "LOC", "NORP", "MISC"})
_NAME_RELATIONS = frozenset({"appos", "flat", "compound", "flat:name"})


def split_source(scene: Scene, source: Span) -> tuple[Span, ...]:
    """Return the noun phrase of each speaker of a joint source, in order.

    "Officials and villagers" gives two; where one noun phrase stands for two speakers
    ("both parties", "Chinese and Pakistani officials") it is given twice. "Johnson and
    Sons" and "chairman and founder" are one speaker.
    """
    tokens = scene.tokens_of(source)
    head = head_of(scene, tokens)
    if head is None:
        return (source,)
    heads = _conjuncts(scene, tokens, head)
    if len(heads) > 1:
        return tuple(_phrases(scene, source, tokens, heads))
    return (source, source) if _is_pair(scene, tokens, head) else (source,)


def find_basis(
    scene: Scene, source: Span | None, kinds: frozenset[PhraseKind]
) -> Basis:
    """Return on whose authority a statement stands, as far as its own words tell.

    Args:
        scene: The report.
        source: Words naming who speaks.
        kinds: Kinds of the phrases that stand round the cue.
    """
    if source is None:
        return Basis.NONE
    if PhraseKind.ANONYMOUS in kinds:
        return Basis.ANONYMOUS
    tokens = scene.tokens_of(source)
    head = head_of(scene, tokens)
    if head is None:
        return Basis.ROLE
    if scene.lexicon.is_a(scene.reading.words[head], PhraseKind.DOCUMENT_NOUN):
        return Basis.DOCUMENT
    return Basis.NAMED if _is_named(scene, tokens, head) else Basis.ROLE


def is_pronoun(scene: Scene, source: Span) -> bool:
    """Tell whether a source is a single pronoun: "he", "they", "who"."""
    start, end = scene.tokens_of(source)
    return end - start == 1 and scene.reading.upos[start] == "PRON"


def _is_named(scene: Scene, tokens: TokenRange, head: int) -> bool:
    """Tell whether a name is the head of the source or stands in apposition to it."""
    reading = scene.reading
    first = bisect_left(reading.entities, tokens[0], key=lambda e: e.tokens[1])
    for entity in islice(reading.entities, first, None):
        if entity.tokens[0] >= tokens[1]:
            break
        inside = range(
            max(tokens[0], entity.tokens[0]), min(tokens[1], entity.tokens[1])
        )
        if entity.label in _NAMES and any(
            n == head
            or (reading.heads[n] == head and reading.deprels[n] in _NAME_RELATIONS)
            for n in inside
        ):
            return True
    return reading.upos[head] == "PROPN"


def _conjuncts(scene: Scene, tokens: TokenRange, head: int) -> list[int]:
    """Return the heads of the speakers that a source joins; the head alone if one."""
    reading = scene.reading
    joined = [
        n
        for n in range(head + 1, tokens[1])
        if reading.heads[n] == head and reading.deprels[n] in ("conj", "list")
    ]
    if not joined or any(_one_name(scene, head, n) for n in joined):
        return [head]
    if not _is_coordinated(scene, tokens, [head, *joined]):
        return [head]
    heads = [head, *joined]
    return (
        heads if all(_stands_alone(scene, tokens, n, heads) for n in heads) else [head]
    )


def _is_coordinated(scene: Scene, tokens: TokenRange, heads: Sequence[int]) -> bool:
    """Tell whether a word joins the conjuncts; a comma alone is mostly an apposition.

    Headlines join two names by a comma: "Karsenia, Belmora trade blame".
    """
    between = scene.reading.words[heads[0] : heads[-1]]
    if any(word.lower() in _COORDINATORS for word in between):
        return True
    bare = tokens[1] - tokens[0] == 2 * len(heads) - 1
    return bare and all(_holds_name(scene, tokens, n, heads) for n in heads)


def _one_name(scene: Scene, first: int, second: int) -> bool:
    return any(
        entity.tokens[0] <= first and second < entity.tokens[1]
        for entity in scene.reading.entities
    )


def _stands_alone(
    scene: Scene, tokens: TokenRange, noun: int, heads: Sequence[int]
) -> bool:
    """Tell whether a conjunct names a speaker of its own and is no second title."""
    reading = scene.reading
    tag = reading.upos[noun]
    if tag == "PRON" or _is_plural(scene, noun):
        return True
    named = _holds_name(scene, tokens, noun, heads)
    if tag == "PROPN":
        return named
    if tag != "NOUN":
        return False
    group = scene.lexicon.is_a(reading.words[noun], PhraseKind.GROUP)
    own = any(
        reading.heads[n] == noun and reading.deprels[n] in _DETERMINERS
        for n in range(tokens[0], noun)
    )
    return own or group or (named and noun == heads[0] and len(heads) > 1)


def _holds_name(
    scene: Scene, tokens: TokenRange, noun: int, heads: Sequence[int]
) -> bool:
    after = min((n for n in heads if n > noun), default=tokens[1])
    start = _subtree_start(scene, tokens, noun)
    return any(
        start <= entity.tokens[0] < after
        for entity in scene.reading.entities
        if entity.label in _NAMES
    )


def _is_plural(scene: Scene, noun: int) -> bool:
    word = scene.reading.words[noun].lower()
    common = scene.reading.upos[noun] == "NOUN"
    return common and (word in _PLURALS or (word.endswith("s") and word[-2:] != "ss"))


def _subtree_start(scene: Scene, tokens: TokenRange, noun: int) -> int:
    """Return the first token of a conjunct: its dependants to the left, near ones."""
    reading = scene.reading
    start = noun
    while start > tokens[0] and hangs_on(reading.heads, start - 1, noun):
        start -= 1
    return start


def _phrases(
    scene: Scene, source: Span, tokens: TokenRange, heads: Sequence[int]
) -> list[Span]:
    """Return the words of each conjunct, without what joins them."""
    starts = [tokens[0], *(_subtree_start(scene, tokens, n) for n in heads[1:])]
    ends = [*starts[1:], tokens[1]]
    phrases = []
    for head, start, end in zip(heads, starts, ends, strict=True):
        while start < head and _is_lead(scene, start):
            start += 1
        while end - 1 > head and _is_lead(scene, end - 1):
            end -= 1
        span = scene.span_of((start, end))
        phrases.append(Span(max(span.start, source.start), min(span.end, source.end)))
    return phrases


def _is_lead(scene: Scene, token: int) -> bool:
    reading = scene.reading
    return reading.upos[token] == "PUNCT" or reading.words[token].lower() in _LEADS


def _is_pair(scene: Scene, tokens: TokenRange, head: int) -> bool:
    """Tell whether one noun phrase stands for two speakers."""
    reading = scene.reading
    if any(
        scene.lexicon.is_a(reading.words[n], PhraseKind.PAIR) for n in (tokens[0], head)
    ):
        counted = {"nummod"} & set(reading.deprels[tokens[0] : tokens[1]])
        return not counted or "two" in scene.lemmas[tokens[0] : tokens[1]]
    return _is_plural(scene, head) and any(
        reading.deprels[n] == "conj"
        and reading.heads[reading.heads[n]] == head
        and reading.deprels[reading.heads[n]] in ("amod", "compound")
        and all(reading.words[m][:1].isupper() for m in (n, reading.heads[n]))
        for n in range(tokens[0], head)
        if reading.heads[n] >= 0
    )
