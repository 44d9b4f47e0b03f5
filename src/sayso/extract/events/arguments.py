"""What the parse makes of the words round an act: who did it, to whom, with what.

The labels are coarse and often wrong for odd sentences; the role head weighs them
against everything else.
"""

from __future__ import annotations

from sayso.extract.events.stage import Stage

ARGUMENTS = (
    "subject", "object", "agent", "indirect", "owner", "of", "against", "with", "place",
    "other", "part", "far subject", "far object",
)  # fmt: skip
_PLACES = frozenset({"in", "at", "near", "to", "from", "into", "outside", "inside"})
_AGAINST = frozenset({"on", "against", "upon", "over"})
_WITH = frozenset({"with", "using", "by"})
_SHARED = frozenset({"xcomp", "conj", "advcl", "parataxis"})
_BLAMES = {"blame": "on", "pin": "on", "attribute": "to", "claim": "by"}
"""What an act is ascribed by, to the one behind it: "raids blamed on the Front"."""
_NOBODY = frozenset({"nobody", "none", "anyone", "anybody"})
_STEPS = 6  # up the parse: "attacks in the hills of the east blamed on the Front"
_LIGHT = frozenset({"obj", "obl", "nsubj:pass", "nsubj", "xcomp"})
MAX_CLIMB = 3


def find_arguments(stage: Stage, act: int) -> dict[int, str]:
    """Return the label of each token that the parse ties to an act."""
    found = _own(stage, act)
    _add_antecedent(stage, act, found)
    token = act
    for _ in range(MAX_CLIMB):
        head = stage.reading.heads[token]
        relation = stage.reading.deprels[token]
        if head < 0 or "subject" in found.values():
            break
        if relation.partition(":")[0] in _SHARED or relation in _LIGHT:
            for child, label in _own(stage, head).items():
                if label in ("subject", "object") and child != token:
                    found.setdefault(child, f"far {label}")
        token = head
    found |= dict.fromkeys(find_ascribed(stage, act), "agent")
    for child, label in list(found.items()):
        for further in stage.children[child]:
            if stage.reading.deprels[further] == "conj":
                found.setdefault(further, label)
    return found


def _own(stage: Stage, act: int) -> dict[int, str]:
    """Return the labels of what hangs on a word itself."""
    reading = stage.reading
    children = stage.children[act]
    passive = any(reading.deprels[c].endswith(":pass") for c in children)
    found: dict[int, str] = {}
    for child in children:
        relation = reading.deprels[child]
        if relation in ("nsubj", "csubj"):
            found[child] = "subject"
        elif relation in ("nsubj:pass", "obj"):
            found[child] = "object"
        elif relation == "iobj":
            found[child] = "indirect"
        elif relation == "nmod:poss":
            found[child] = "owner"
        elif relation in ("compound", "amod", "nmod:desc"):
            found[child] = "part"
        elif relation.partition(":")[0] in ("obl", "nmod"):
            found[child] = _oblique(stage, child, passive or relation == "obl:agent")
    return found


def _oblique(stage: Stage, child: int, passive: bool) -> str:
    words = _cases(stage, child)
    if "by" in words and (passive or stage.reading.deprels[child] == "nmod"):
        return "agent"
    for label, known in (("against", _AGAINST), ("with", _WITH), ("place", _PLACES)):
        if words & known:
            return label
    return "of" if "of" in words else "other"


def find_ascribed(stage: Stage, act: int) -> list[int]:
    """Return whom an act is said to be of by another word's phrase.

    "Raids blamed on the Front", "the raid was attributed to it" and "they blamed the
    raid on it" tell who did it, not against whom.
    """
    return [
        child
        for verb in _ascribing(stage, act)
        for child in stage.children[verb]
        if stage.reading.deprels[child].startswith("obl")
        and stage.reading.words[child].lower() not in _NOBODY
        and _BLAMES.get(_stem(stage.reading.words[verb])) in _cases(stage, child)
    ]


def _ascribing(stage: Stage, act: int) -> list[int]:
    """Return the verbs that may ascribe an act: its passive, its clause, its object."""
    reading = stage.reading
    relation, head = reading.deprels[act], reading.heads[act]
    verbs = [c for c in stage.children[act] if reading.deprels[c].startswith("acl")]
    if relation == "nsubj:pass" or (
        relation == "obj" and _stem(reading.words[head]) != "claim"
    ):
        verbs.append(head)
    # Parses often hang "attacks blamed on the Front" on a word further off.
    after = act + 1
    while after < len(reading.words) and _hangs_on(stage, after, act):
        after += 1
    loose = after < len(reading.words) and reading.deprels[after] in ("acl", "advcl")
    if reading.upos[act] == "NOUN" and loose and after not in verbs:
        verbs.append(after)
    return verbs


def _hangs_on(stage: Stage, token: int, goal: int) -> bool:
    """Tell whether a few steps up the parse lead from a word to another."""
    for _ in range(_STEPS):
        token = stage.reading.heads[token]
        if token == goal or token < 0:
            return token == goal
    return False


def _stem(verb: str) -> str:
    """Return a verb of `_BLAMES` without the ending of its form."""
    lower = verb.lower()
    return next((stem for stem in _BLAMES if lower.startswith(stem[:-1])), lower)


def _cases(stage: Stage, token: int) -> set[str]:
    return {
        stage.reading.words[c].lower()
        for c in stage.children[token]
        if stage.reading.deprels[c] == "case"
    }


def _add_antecedent(stage: Stage, act: int, found: dict[int, str]) -> None:
    """Add the noun that a clause tells more of: "the men captured at the bridge"."""
    reading = stage.reading
    head, relation = reading.heads[act], reading.deprels[act]
    if head < 0 or not relation.startswith("acl"):
        return
    labels = set(found.values())
    passive = any(reading.deprels[c].endswith(":pass") for c in stage.children[act])
    if relation == "acl":
        doing = reading.words[act].lower().endswith("ing")
        found.setdefault(head, "subject" if doing else "object")
    elif passive or "subject" in labels:
        relative = {t: w for t, w in found.items() if _is_relative(stage, t)}
        label = next(iter(relative.values()), "object")
        found.setdefault(head, label)
    else:
        found.setdefault(head, "subject")


def _is_relative(stage: Stage, token: int) -> bool:
    return stage.reading.words[token].lower() in ("who", "which", "that", "whom")
