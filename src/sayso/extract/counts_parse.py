"""Whom a word befell: questions to the parse for the counting of people."""

from __future__ import annotations

from sayso.extract.tree import NOMINAL, Tree
from sayso.vocab.casualties import CasualtyRole, CasualtyWord, CasualtyWords

SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
PASSIVE = frozenset({"nsubj:pass"})
OBJECTS = frozenset({"obj"})
_ACTIVE = frozenset({"nsubj"})
_OBLIQUE = frozenset({"obl", "obl:agent", "nmod"})
_CASE = frozenset({"case"})
_AUXILIARY = frozenset({"aux:pass"})
_CONJ = frozenset({"conj"})
_RELATIVE = frozenset({"who", "that", "which", "whom"})
_MOST = frozenset({"most", "some", "many", "all", "half", "several"})
_CLIMB = 3  # "were feared to have been killed"
_REACH = 6  # words between "shot" and "dead": "shot at least five porters dead"


def find_affected(tree: Tree, entry: CasualtyWord, at: int) -> list[int]:
    """Return the head words of those whom a word of the list befell.

    Args:
        tree: The parse of the report.
        entry: What the word means.
        at: Token of its first word.
    """
    if entry.role in (CasualtyRole.OBJECT, CasualtyRole.LOOSE):
        found = _objects(tree, entry, at)
    elif entry.role in (CasualtyRole.SUBJECT, CasualtyRole.MASS):
        found = _subjects(tree, at)
    elif entry.role is CasualtyRole.STATE:
        found = _states(tree, at)
    else:
        found = oblique(tree, at, frozenset({"of"}))
    return [_of_relative(tree, _of_whole(tree, head)) for head in found]


def stands_whole(
    tree: Tree, words: CasualtyWords, entry: CasualtyWord, at: int
) -> bool:
    """Tell whether the further words of an entry stand near its first."""
    if len(entry.words) == 1:
        return True
    end = min(tree.sentence_of(at)[1], at + 1 + _REACH + len(entry.words))
    place = at + 1
    for lemma in entry.words[1:]:
        while place < end and not (
            words.is_form_of(tree.words[place], lemma) and _is_near(tree, place, at)
        ):
            place += 1
        if place >= end:
            return False
        place += 1
    return True


def _is_near(tree: Tree, place: int, at: int) -> bool:
    """Tell whether a word stands right behind another or hangs on it in two steps."""
    head = tree.reading.heads[place]
    return place == at + 1 or head == at or tree.reading.heads[head] == at


def oblique(tree: Tree, head: int, prepositions: frozenset[str]) -> list[int]:
    """Return the words that hang on a head by one of the prepositions."""
    words = tree.words
    return [
        n
        for n in tree.children(head, _OBLIQUE)
        if any(words[c] in prepositions for c in tree.children(n, _CASE))
    ]


def conjuncts(tree: Tree, head: int) -> list[int]:
    """Return a nominal head and the nominals joined to it, in text order."""
    upos = tree.reading.upos
    joined = tree.children(head, _CONJ)
    return [head, *(n for n in joined if upos[n] in NOMINAL)]


def _objects(tree: Tree, entry: CasualtyWord, at: int) -> list[int]:
    reading = tree.reading
    if entry.words[-1] == "with":
        return oblique(tree, at, frozenset({"with"}))
    found = tree.children(at, OBJECTS)
    if found:
        return found
    found = _passives(tree, at)
    if found:
        return found
    head, relation = reading.heads[at], reading.deprels[at]
    if head < 0:
        return []
    is_participle = not tree.words[at].endswith("ing")
    if relation in ("amod", "acl") and is_participle and reading.upos[head] in NOMINAL:
        return [head]
    if relation == "acl:relcl" and _is_gapped(tree, at):
        return [head]
    if relation == "conj":
        return _shared_object(tree, at, head, is_participle=is_participle)
    # "shot and wounded two": the object hangs on the second verb alone
    for second in tree.children(at, _CONJ):
        if reading.upos[second] == "VERB" and not tree.children(second, SUBJECTS):
            return tree.children(second, OBJECTS)
    return []


def _shared_object(tree: Tree, at: int, head: int, *, is_participle: bool) -> list[int]:
    """Return what a joined verb shares with the verb before it."""
    upos = tree.reading.upos[head]
    if upos in NOMINAL or tree.children(at, SUBJECTS):
        return []
    shared = _passives(tree, head) if is_participle else []
    if shared:
        return shared
    relation = tree.reading.deprels[head]
    outer = tree.reading.heads[head]
    if relation in ("acl", "amod") and is_participle and outer >= 0:
        return [outer]
    return tree.children(head, OBJECTS)


def _passives(tree: Tree, at: int) -> list[int]:
    """Return the subject of a passive, of one in a raising chain too."""
    is_passive = bool(tree.children(at, _AUXILIARY))
    found = tree.children(at, SUBJECTS if is_passive else PASSIVE)
    if found:
        return found
    verb = at
    for _ in range(_CLIMB):
        if tree.reading.deprels[verb] != "xcomp" or tree.reading.heads[verb] < 0:
            return []
        verb = tree.reading.heads[verb]
        passive = tree.words[at][-2:] in ("ed", "en", "ot", "ld")
        raised = tree.children(verb, OBJECTS) or tree.children(verb, SUBJECTS)
        if raised and passive:
            return raised
    return []


def _subjects(tree: Tree, at: int) -> list[int]:
    reading = tree.reading
    verb = at
    for _ in range(_CLIMB):
        found = tree.children(verb, SUBJECTS)
        if found and verb == at:
            return found
        if verb != at:
            raised = tree.children(verb, OBJECTS)
            if raised or found:
                return raised or found
        head, relation = reading.heads[verb], reading.deprels[verb]
        if head < 0:
            return []
        if relation in ("acl", "acl:relcl", "amod") and reading.upos[head] in NOMINAL:
            return [head]
        if relation not in ("xcomp", "conj") or reading.upos[head] in NOMINAL:
            return []
        verb = head
    return []


def _states(tree: Tree, at: int) -> list[int]:
    reading = tree.reading
    found = tree.children(at, SUBJECTS)
    if found:
        return found
    head, relation = reading.heads[at], reading.deprels[at]
    if head < 0:
        return []
    if relation in ("amod", "acl", "compound") and reading.upos[head] in NOMINAL:
        return [head]
    if relation in ("xcomp", "advcl"):
        return tree.children(head, OBJECTS) or tree.children(head, SUBJECTS)
    if relation == "conj" and reading.upos[head] in ("ADJ", "VERB"):
        return tree.children(head, SUBJECTS)
    return []


def _is_gapped(tree: Tree, verb: int) -> bool:
    """Tell whether a relative clause is about its object: "the men it holds"."""
    if tree.children(verb, OBJECTS):
        return False
    subjects = tree.children(verb, _ACTIVE)
    return bool(subjects) and tree.words[subjects[0]] not in _RELATIVE


def _of_whole(tree: Tree, head: int) -> int:
    """Return the noun before "most of them", which the parse takes for the subject.

    "41 people, most of them minors, had been arrested."
    """
    words = tree.words
    if words[head] in _MOST and words[head + 1 : head + 3] == ["of", "them"]:
        before = head - 2
        is_noun = before >= 0 and tree.reading.upos[before] in NOMINAL
        return before if is_noun and words[head - 1] == "," else head
    return head


def _of_relative(tree: Tree, head: int) -> int:
    """Return what a relative pronoun stands for, or the word itself."""
    reading = tree.reading
    if tree.words[head] not in _RELATIVE:
        return head
    verb = reading.heads[head]
    for _ in range(_CLIMB):
        if verb < 0:
            return head
        if reading.deprels[verb] == "acl:relcl":
            return reading.heads[verb]
        verb = reading.heads[verb]
    return head
