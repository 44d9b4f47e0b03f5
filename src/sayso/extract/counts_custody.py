"""Who is held by an armed group and who by a state, where the word leaves it open."""

from __future__ import annotations

from msgspec.structs import replace

from sayso.extract.counts_mention import CountMention
from sayso.extract.counts_people import CountWords
from sayso.extract.tree import Tree
from sayso.record.claims import Counted

_STATE = frozenset({"GOV", "COP", "MIL", "JUD", "SPY"})
_OPEN = ("hold", "seize", "take", "lead", "march", "capture", "drag")
_CAPTORS = frozenset({"ransom", "captor", "captors", "kidnapper", "kidnappers"})
_AGENTS = frozenset({"nsubj", "obl", "obl:agent"})


def settle_custody(
    tree: Tree, words: CountWords, told: list[CountMention]
) -> list[CountMention]:
    """Return the counts with those whom an armed group holds as abducted.

    "Held" and "taken" tell nothing of that. Whoever does it decides; if the text names
    nobody there, other words of the report do ("ransom", "kidnapped").
    """
    taken = any(one.what is Counted.ABDUCTED for one in told)
    taken = taken or not _CAPTORS.isdisjoint(tree.words)
    settled = []
    for one in told:
        is_open = one.what is Counted.DETAINED and any(
            words.casualties.is_form_of(tree.words[one.anchor], lemma)
            for lemma in _OPEN
        )
        detains = words.casualties.is_form_of(tree.words[one.anchor], "detain")
        by_group = (
            _is_by_group(tree, words, one.anchor) if is_open or detains else False
        )
        if by_group or (by_group is None and taken and is_open):
            one = replace(one, what=Counted.ABDUCTED)
        settled.append(one)
    return settled


def _is_by_group(tree: Tree, words: CountWords, at: int) -> bool | None:
    """Tell whether an armed group does what a verb says; None: the text leaves it."""
    for agent in tree.children(at, _AGENTS):
        role, _ = words.names.role_of(tree.words[agent])
        if role is not None and role.sector is not None:
            return role.sector not in _STATE
    return None
