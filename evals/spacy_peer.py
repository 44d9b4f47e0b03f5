"""Times a spaCy pipeline of small size; runs in an environment of its own.

Run by `evals/speed.py` with the Python of that environment: reads a JSONL file, builds
a tok2vec (96 wide, 4 deep) with tagger, parser and ner shaped like spaCy's small
English pipeline, with random weights (speed does not depend on them), and prints words,
seconds of `pipe` and peak memory as JSON. It imports nothing of this repository.
"""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

TAGS, RELATIONS, LABELS = 50, 45, 18  # numbers of labels in spaCy's small pipeline
WIDTH, DEPTH, BATCH = 96, 4, 32


def main() -> None:
    """Print the timing of one run over the texts of a JSONL file."""
    rows = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    texts = [json.loads(row)["text"] for row in rows]
    nlp = build()
    list(nlp.pipe(texts[:1]))
    begin = time.perf_counter()
    for _ in nlp.pipe(texts, batch_size=BATCH):
        pass
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = sum(len(text.split()) for text in texts)
    print(json.dumps({"words": words, "seconds": seconds, "peak_mb": peak}))


def build() -> Any:
    """Return the pipeline, initialised with random weights."""
    import spacy  # type: ignore[import-not-found] # of the peer's environment

    nlp = spacy.blank("en")
    listener = {
        "@architectures": "spacy.Tok2VecListener.v1",
        "width": WIDTH,
        "upstream": "*",
    }
    nlp.add_pipe("tok2vec", config={"model": _tok2vec()})
    nlp.add_pipe("tagger", config={"model": _tagger(listener)})
    parser = {"model": _transitions("parser", listener), "min_action_freq": 1}
    nlp.add_pipe("parser", config=parser)
    nlp.add_pipe("ner", config={"model": _transitions("ner", _tok2vec())})
    nlp.initialize(lambda: [_example(nlp)])
    return nlp


def _tok2vec() -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
            "rows": [5000, 1000, 2500, 2500, 50, 50],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": DEPTH,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def _tagger(tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.Tagger.v2",
        "nO": None,
        "normalize": False,
        "tok2vec": tok2vec,
    }


def _transitions(state: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": tok2vec,
    }


def _example(nlp: Any) -> Any:
    """Return one made-up annotation that shows every label."""
    from spacy.tokens import Doc  # type: ignore[import-not-found] # as above
    from spacy.training import Example  # type: ignore[import-not-found] # as above

    words = [f"word{i}" for i in range(2 * max(TAGS, RELATIONS))]
    # Each even word hangs on the odd one behind it, those on the first of them: arcs of
    # both directions, no crossing ones.
    heads = [i + 1 if i % 2 == 0 else 1 for i in range(len(words))]
    reference = Doc(
        nlp.vocab,
        words=words,
        tags=[f"T{i % TAGS}" for i in range(len(words))],
        heads=heads,
        deps=["ROOT" if i == 1 else f"r{i % RELATIONS}" for i in range(len(words))],
        ents=[f"B-L{i % LABELS}" for i in range(len(words))],
    )
    return Example(Doc(nlp.vocab, words=words), reference)


if __name__ == "__main__":
    main()
