"""Whom a relative pronoun stands for, as the parse tells."""

from __future__ import annotations

from sayso.reading.types import Reading

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_UPWARDS = ("acl", "conj", "xcomp", "ccomp", "advcl", "parataxis")
_STEPS = 4
"""From the verb of a relative clause up to the noun: "who said that they knew"."""


def antecedent(reading: Reading, token: int) -> int | None:
    """Return the noun that the parse ties a relative pronoun to, None if to none.

    The way goes up from the verb of the clause. In "workers who survived, and who
    asked" the second verb hangs on the first one, or on the workers themselves.
    """
    at = reading.heads[token]
    for _ in range(_STEPS):
        if at < 0:
            return None
        if reading.upos[at] in _NOMINAL and at < token:
            return at
        if not reading.deprels[at].startswith(_UPWARDS):
            return None
        at = reading.heads[at]
    return None
