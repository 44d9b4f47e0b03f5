from itertools import product

import pytest

from sayso.record import ActorKind, Span
from sayso.resolve.drafts import Draft, name_keys, takes_name
from sayso.resolve.mentions import Form, Mention

NAMES = (
    "Red Lantern Army", "Red Lantern", "RLA", "Army", "Ann Roe", "Roe", "A. Roe",
    "La", "House of La", "The", "U.N.", "United Nations", "Valley States", "of",
)  # fmt: skip
KINDS = (None, ActorKind.PERSON, ActorKind.ORGANISATION, ActorKind.STATE)


def mention_of(name: str, kind: ActorKind | None) -> Mention:
    return Mention(
        tokens=(0, 1),
        span=Span(0, len(name)),
        head=0,
        form=Form.NAME,
        sentence=0,
        name=tuple(name.split()),
        kind=kind,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_shares_a_key_with_every_draft_that_takes_it(
    kind: ActorKind | None,
) -> None:
    for known, name, other in product(NAMES, NAMES, KINDS):
        first, second = mention_of(known, kind), mention_of(name, other)
        draft = Draft(0)
        draft.add(first, 1.0)

        if takes_name(draft, second):
            assert name_keys(first) & name_keys(second), (known, name)
