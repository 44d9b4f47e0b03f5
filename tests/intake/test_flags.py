from __future__ import annotations

import pytest

from sayso.intake.flags import find_flags
from sayso.record import Flag


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("The ministry denied it.", ()),
        ("“Naïve,” said Zoë — in Córdoba…", ()),
        ("He \u202edeined\u202c it.", (Flag.BIDI,)),
        ("The min\u200bister", (Flag.INVISIBLE,)),
        ("The min\u200dister", (Flag.INVISIBLE,)),
        ("said \u200eBerel", (Flag.INVISIBLE,)),
        ("The minister s\u0430id so", (Flag.MIXED_SCRIPT,)),
        ("\u0391rmy", (Flag.MIXED_SCRIPT,)),
        ("5 μg of it, 3 kΩ, α-particles", ()),
        ("The paper Правда said so", ()),
        ("صحيفة \u200fNew York\u200f اليوم", ()),
        ("می‌گوید که نه", ()),
        ("Family: 👩\u200d👩\u200d👧", ()),
    ],
)
def test_only_what_deceives_is_flagged(text: str, flags: tuple[Flag, ...]) -> None:
    assert find_flags(text) == flags
