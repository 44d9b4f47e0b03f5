"""Similar points: `python -m evals.similar [--data ../shared]`.

How many invented groups of four paraphrases are found at least with three of them, and
in how many threads of unrelated comments anything is told.
"""

from __future__ import annotations

from evals.kits import kit_for
from evals.sets import parser_for, table
from evals.thread_sets import load_unrelated, unrelated_threads
from sayso.corpus.similar import find_similar
from sayso.record import Comment
from sayso.thread_command import embed

THREADS = 12  # of each size
# The least cosine was chosen with the first five in view, and with these threads.
SEEN = 5
GROUPS = (
    (
        "The council should repair the old bridge before the winter comes.",
        "They must mend our bridge before it gets cold this year.",
        "Fix that bridge while it is still warm, dear councillors!",
        "Why is the old bridge not being repaired ahead of winter?",
    ),
    (
        "Bus fares have gone up far too much for ordinary families.",
        "Normal people cannot afford the bus any more, it costs too much.",
        "Taking the bus has become too expensive for most of us.",
        "The price of a bus ticket is a burden for every household.",
    ),
    (
        "The mayor only listens to rich companies and never to us.",
        "Our mayor hears big business but ignores the citizens.",
        "Wealthy firms have the ear of the mayor and residents do not.",
        "It is always the corporations that the mayor cares about, not the people.",
    ),
    (
        "The hospital has too few nurses to care for patients.",
        "There are not enough nurses in that hospital.",
        "Patients suffer as the hospital lacks nursing staff.",
        "We need more nurses in our clinic or people will suffer.",
    ),
    (
        "Children are not safe on that road because cars drive too fast.",
        "Speeding cars make this street dangerous for kids.",
        "Drivers go much too fast there and our children are in danger.",
        "Somebody must slow down the traffic before a child is hit.",
    ),
    (
        "The new dam will drown the fields of three villages.",
        "Three villages will lose their farmland to that dam.",
        "Once the dam is built, the villagers' fields are under water.",
        "What about the farmers whose land the reservoir will flood?",
    ),
    (
        "Nobody asked the teachers before the school was closed.",
        "The school was shut without a word to its teachers.",
        "They closed our school and never consulted the staff.",
        "Teachers were not heard when it was decided to close the school.",
    ),
    (
        "The harbour smells terrible since the fish factory opened.",
        "Since that fish plant started, the port stinks.",
        "There is an awful smell at the docks from the new fish works.",
        "The fish factory makes the whole harbour stink.",
    ),
    (
        "Taxes rise every year and the roads are still full of holes.",
        "We pay more tax each year but nobody mends the roads.",
        "Where do our higher taxes go when the streets are full of potholes?",
        "Every year a higher tax bill, and the roads get worse.",
    ),
    (
        "The police came an hour after the shop was robbed.",
        "It took the police a whole hour to reach the robbed shop.",
        "After the robbery the shopkeeper waited an hour for the police.",
        "Officers only turned up one hour after the store was held up.",
    ),
)


def main() -> None:
    """Print what is found."""
    args = parser_for(__doc__ or "").parse_args()
    kit = kit_for(args)

    def told(texts: tuple[str, ...]) -> int:
        comments = [
            Comment(n=n, author=f"c{n}", text=text) for n, text in enumerate(texts, 1)
        ]
        found = find_similar(comments, lambda one: embed(one, kit))
        return max((len(point.sentences) for point in found), default=0)

    hits = [told(group) >= 3 for group in GROUPS]
    rows: list[tuple[object, ...]] = [
        ("figure", "value", "of"),
        ("groups found, seen before", sum(hits[:SEEN]), SEEN),
        ("groups found, not seen before", sum(hits[SEEN:]), len(hits) - SEEN),
    ]
    sizes: dict[int, list[bool]] = {}
    for row in unrelated_threads(load_unrelated(args.data), THREADS):
        texts = tuple(one["text"] for one in row["comments"])
        sizes.setdefault(len(texts), []).append(told(texts) > 0)
    for size, alarms in sizes.items():
        name = f"unrelated threads of {size} with anything told"
        rows.append((name, sum(alarms), len(alarms)))
    print(table(rows))


if __name__ == "__main__":
    main()
