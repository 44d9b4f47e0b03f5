"""What the parse makes of the words round an act."""

from __future__ import annotations

import pytest

from sayso.extract.events.arguments import find_arguments
from sayso.extract.events.stage import set_stage
from sayso.vocab.event_words import load_event_words
from tests.build import make_report
from tests.parses import parse
from tests.records import make_record, say


@pytest.mark.parametrize(
    ("text", "written", "act", "expected"),
    [
        (
            "Rebels shelled towns",
            "Rebels|NOUN|nsubj|2 shelled|VERB|root|0 towns|NOUN|obj|2",
            "shelled",
            {"Rebels": "subject", "towns": "object"},
        ),
        (
            "Towns were shelled by rebels",
            "Towns|NOUN|nsubj:pass|3 were|AUX|aux:pass|3 shelled|VERB|root|0 "
            "by|ADP|case|5 rebels|NOUN|obl:agent|3",
            "shelled",
            {"Towns": "object", "rebels": "agent"},
        ),
        (
            "Rebels vowed to shell towns",
            "Rebels|NOUN|nsubj|2 vowed|VERB|root|0 to|PART|mark|4 shell|VERB|xcomp|2 "
            "towns|NOUN|obj|4",
            "shell",
            {"Rebels": "far subject", "towns": "object"},
        ),
        (
            "Men captured in Gao fled",
            "Men|NOUN|nsubj|5 captured|VERB|acl|1 in|ADP|case|4 Gao|PROPN|obl|2 "
            "fled|VERB|root|0",
            "captured",
            {"Men": "object", "Gao": "place"},
        ),
        (
            "Raids blamed on rebels spread",
            "Raids|NOUN|nsubj|5 blamed|VERB|acl|1 on|ADP|case|4 rebels|NOUN|obl|2 "
            "spread|VERB|root|0",
            "Raids",
            {"rebels": "agent"},
        ),
        (
            "They fled raids blamed on rebels",
            "They|PRON|nsubj|2 fled|VERB|root|0 raids|NOUN|obj|2 "
            "blamed|VERB|advcl|2 on|ADP|case|6 rebels|NOUN|obl|4",
            "raids",
            {"They": "far subject", "rebels": "agent"},
        ),
        (
            "The raid was attributed to rebels",
            "The|DET|det|2 raid|NOUN|nsubj:pass|4 was|AUX|aux:pass|4 "
            "attributed|VERB|root|0 to|ADP|case|6 rebels|NOUN|obl|4",
            "raid",
            {"rebels": "agent"},
        ),
        (
            "The raid was claimed by nobody",
            "The|DET|det|2 raid|NOUN|nsubj:pass|4 was|AUX|aux:pass|4 "
            "claimed|VERB|root|0 by|ADP|case|6 nobody|PRON|obl:agent|4",
            "raid",
            {},
        ),
    ],
)
def test_arguments_follow_the_parse(
    text: str, written: str, act: str, expected: dict[str, str]
) -> None:
    reading = parse(text, written)
    record = make_record(text, say("s0", None, None, text, outlet=True))
    stage = set_stage(make_report(text), reading, record.statements, load_event_words())

    found = find_arguments(stage, reading.words.index(act))

    assert {reading.words[t]: label for t, label in found.items()} == expected
