"""Words that say how far an act came: "failed to kill", "nobody was hit".

Gold reports hold too few of these for the heads to learn them from; the words are a
closed class, so the parse and a short list settle these.
"""

from __future__ import annotations

from sayso.extract.events.stage import Stage
from sayso.record.claims import Status

_TRYING = frozenset({"attempt", "fail", "try", "seek"})
_STOPPING = frozenset({"thwart", "foil", "avert", "prevent", "repel", "abort"})
_MODIFIERS = frozenset(
    {"attempted", "failed", "foiled", "abortive", "thwarted", "averted", "botched"}
)
_NOUNS = frozenset({"attempt", "bid", "try"})
_NONE = frozenset({"nobody", "none", "nothing", "neither", "no-one", "noone"})
_SIDES = frozenset({"nsubj", "nsubj:pass", "obj"})
# Verbs that only lead to the act that follows them: "began to march".
_LEADING = _TRYING | frozenset(
    ["begin", "start", "stop", "continue", "plan", "vow", "refuse", "manage", "decide",
     "intend", "want", "prepare", "promise", "agree", "threaten", "go", "have", "use"]
)  # fmt: skip
_CLAUSES = frozenset({"xcomp"})


def is_leading(stage: Stage, token: int) -> bool:
    """Tell whether a verb only leads to an act of its own clause: "failed to kill"."""
    return stem(stage, token) in _LEADING and any(
        stage.reading.deprels[child] in _CLAUSES and stage.reading.upos[child] == "VERB"
        for child in stage.children[token]
    )


def settle_status(stage: Stage, token: int, status: Status) -> Status:
    """Return the status of a mention, settled where a closed class of words does it.

    "Failed to kill" denies the death and tells an attempt; "nobody was taken" and "no
    shot was fired" deny. What is planned, denied or doubted stays so.
    """
    if status is Status.HAPPENED and _is_void(stage, token):
        return Status.DENIED
    if status not in (Status.HAPPENED, Status.DENIED, Status.POSSIBLE):
        return status
    return Status.ATTEMPTED if _is_attempt(stage, token) else status


def _is_attempt(stage: Stage, token: int) -> bool:
    reading = stage.reading
    head, relation = reading.heads[token], reading.deprels[token]
    if head >= 0:
        word = stem(stage, head)
        if relation in ("xcomp", "ccomp", "advcl") and word in _TRYING:
            return not _is_negated(stage, head)
        if relation in ("acl", "nmod", "advcl") and word in _NOUNS:
            return True
        if relation in ("obj", "nsubj:pass") and word in _STOPPING:
            return True
    return any(
        reading.words[child].lower() in _MODIFIERS for child in stage.children[token]
    )


def _is_void(stage: Stage, token: int) -> bool:
    """Tell whether nobody does an act or it befalls nobody: "no shot was fired"."""
    reading = stage.reading
    if reading.upos[token] == "NOUN":
        return _is_none(stage, token)
    return any(
        reading.deprels[child] in _SIDES and _is_none(stage, child)
        for child in stage.children[token]
    )


def _is_none(stage: Stage, token: int) -> bool:
    reading = stage.reading
    if reading.words[token].lower() in _NONE:
        return True
    before = {reading.words[c].lower() for c in stage.children[token] if c < token}
    if "no" in before:
        return True
    first = min((c for c in stage.children[token] if c < token), default=token)
    return bool(before & {"a", "single"}) and "not" in (
        before | {reading.words[max(0, first - 1)].lower()}
    )


def _is_negated(stage: Stage, token: int) -> bool:
    """Tell whether a verb is denied: "did not try to" is no attempt."""
    words = {stage.reading.words[c].lower() for c in stage.children[token]}
    return bool(words & {"not", "n't", "never", "n’t"})


def stem(stage: Stage, token: int) -> str:
    """Return a word without its ending, as the short lists here have it."""
    word = stage.reading.words[token].lower()
    for ending, put in (("ied", "y"), ("ies", "y"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(ending):
            cut = word[: -len(ending)] + put
            known = _LEADING | _STOPPING | _NOUNS
            doubled = cut[:-1] if cut[-1:] == cut[-2:-1] else cut
            for one in (cut, f"{cut}e", doubled):
                if one in known:
                    return one
    return {"began": "begin", "went": "go", "had": "have", "has": "have"}.get(
        word, word
    )
