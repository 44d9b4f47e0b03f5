"""Speed of the co-posting join beside a peer: `python -m evals.coposting --posts N`.

Posts of one day with words drawn by Zipf's law, 2 % of them in bursts of 20 near-equal
ones; Jaccard of at least .8 within 60 seconds, one process each, in one run. The peer
is coordination-network-toolkit of PyPI in an environment of its own: `--peer PYTHON`.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import sqlite3
import subprocess
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from evals.sets import table
from sayso.corpus.coposting import MIN_JACCARD, WINDOW_S, Post, find_matches

VOCABULARY = 20_000
WORDS = 20
BURST = 20
IN_BURSTS = 0.02
DAY_S = 86_400
SEED = 4
HEAD = (
    "message_id",
    "user_id",
    "username",
    "repost_id",
    "reply_id",
    "message",
    "timestamp",
    "urls",
)
PEER = """
import sys
from coordination_network_toolkit import compute_networks, preprocess
if __name__ == "__main__":
    database, posts, least, window = sys.argv[1:]
    preprocess.preprocess_csv_files(database, [posts])
    compute_networks.compute_co_similar_tweet(
        database, int(window), n_threads=1, similarity_threshold=float(least)
    )
"""
Edges = dict[tuple[str, str], int]
"""Posts of the first author that a post of the second matches, by both."""


def main() -> None:
    """Print the times, and whether the pairs are the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--peer", type=Path, help="python that has the toolkit")
    parser.add_argument("--timeout", type=float, help="seconds that the peer may take")
    args = parser.parse_args()
    posts = make_posts(args.posts)
    began, worked = time.perf_counter(), time.process_time()
    edges = own_edges(posts)
    own, worked = time.perf_counter() - began, time.process_time() - worked
    head = ("", "seconds", "of one core", "pairs of authors")
    rows: list[tuple[object, ...]] = [head, ("sayso", own, worked, len(edges))]
    if args.peer:
        took, theirs = peer_edges(posts, args.peer, args.timeout)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        core = used.ru_utime + used.ru_stime
        found = "stopped" if theirs is None else len(theirs)
        same = "same" if theirs == edges else "not the same"
        rows.append(("coordination-network-toolkit", took, core, found))
        rows.append(("ratio", took / own, core / worked, same))
    print(table(rows))


def make_posts(count: int) -> list[Post]:
    """Return posts by time, no two authors alike within a burst."""
    chance = random.Random(SEED)
    words = [f"w{number}" for number in range(VOCABULARY)]
    weights = [1 / (rank + 10) for rank in range(VOCABULARY)]
    authors = [f"u{number}" for number in range(max(count // 4, 2 * BURST))]
    posts: list[tuple[float, str, str]] = []
    while len(posts) < count:
        text = chance.choices(words, weights, k=WORDS)
        second = chance.randrange(DAY_S)
        if chance.random() >= IN_BURSTS / BURST:
            posts.append((second, chance.choice(authors), " ".join(text)))
            continue
        for author in chance.sample(authors, BURST):
            text[chance.randrange(WORDS)] = chance.choice(words)
            posts.append((second + chance.randrange(60), author, " ".join(text)))
    posts.sort()
    return [
        Post(id=number, author=author, second=second, text=text)
        for number, (second, author, text) in enumerate(posts)
    ]


def own_edges(posts: list[Post]) -> Edges:
    """Return the edges as the peer counts them, without those to oneself."""
    author = {post.id: post.author for post in posts}
    matched: dict[tuple[str, str], set[int]] = defaultdict(set)
    for match in find_matches(posts, min_jaccard=MIN_JACCARD, window_s=WINDOW_S):
        left, right = author[match.first], author[match.second]
        matched[left, right].add(match.first)
        matched[right, left].add(match.second)
    return {names: len(ids) for names, ids in matched.items()}


def peer_edges(
    posts: list[Post], python: Path, timeout: float | None
) -> tuple[float, Edges | None]:
    """Return the seconds of the peer, and its edges unless it ran out of time."""
    with tempfile.TemporaryDirectory() as folder:
        database, rows = Path(folder) / "posts.db", Path(folder) / "posts.csv"
        script = Path(folder) / "peer.py"
        script.write_text(PEER)
        with rows.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(HEAD)
            for post in posts:
                names = (post.author, post.author)
                about = ("", "", post.text, int(post.second), "")
                writer.writerow((post.id, *names, *about))
        command = [python, script, database, rows, str(MIN_JACCARD), str(int(WINDOW_S))]
        began = time.perf_counter()
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=timeout)
        except subprocess.TimeoutExpired:
            return time.perf_counter() - began, None
        took = time.perf_counter() - began
        query = "select user_1, user_2, weight from co_similar_tweet_network"
        found = sqlite3.connect(database).execute(query).fetchall()
    return took, {(a, b): weight for a, b, weight in found if a != b}


if __name__ == "__main__":
    main()
