"""Whether a stretch of words is a phrase: the parse decides, so that no debris is told.

"improvised explosive devices" hangs together; "use of improvised" does not.
"""

from __future__ import annotations

from sayso.reading.types import Reading
from sayso.record import Span

HEADS = {"NOUN", "PROPN", "VERB"}
NOUNS = {"NOUN", "PROPN"}
COMPOUND = {"NOUN", "PROPN", "ADJ", "VERB"}  # VERB: "unlicensed drone couriers"
EDGES = {"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"}
NO_LAST = {"ADV", "NUM"}  # "rates again", "tax 20"
# Relations that join clauses: a phrase does not reach over them.
CLAUSES = {"conj", "parataxis", "advcl", "acl:relcl", "ccomp", "nsubj", "list", "appos"}


def is_phrase(reading: Reading, span: Span) -> bool:
    """Tell whether the words in `span` make one noun or verb phrase.

    They do if all of them hang, within the span, on one noun or verb, no clause begins
    inside, and a content word stands at either end. A plain row of nouns and their
    adjectives that ends in a noun is one in any case: heads within compounds are what
    parsers get wrong most.
    """
    inside = [i for i, token in enumerate(reading.tokens) if token.meets(span)]
    if not inside:
        return False
    tags = [reading.upos[i] for i in inside]
    if tags[-1] in NOUNS and COMPOUND.issuperset(tags):
        return True
    within = range(inside[0], inside[-1] + 1)
    tops = [i for i in inside if reading.heads[i] not in within]
    return (
        len(tops) == 1
        and reading.upos[tops[0]] in HEADS
        and tags[0] in EDGES
        and tags[-1] in EDGES - NO_LAST
        and not any(reading.deprels[i] in CLAUSES for i in inside if i not in tops)
    )
