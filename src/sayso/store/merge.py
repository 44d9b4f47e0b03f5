"""READINGS -> RECORD: one record of all that was read of a report; pure."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from sayso.record import Comment, Record, Thread, to_json

_NUMBER = re.compile(r"\d+")
_Same = tuple[str, str | None, str, int]
"""Author, time, text, and the how manieth of them in its thread."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one kit once made of a report."""

    digest: str
    """Of the record as JSON."""
    added: int
    """Counts up in the order of adding."""
    record: Record


def digest_record(record: Record) -> str:
    """Return 32 hex digits that stand for a record."""
    return hashlib.sha256(to_json(record)).hexdigest()[:32]


def merge_readings(readings: Sequence[Reading]) -> Record:
    """Return the record of all readings of one report; their order does not matter.

    The rows are those of the newest kit: of the greatest version of sayso, at a draw
    the one added last. Where readings with that kit differ, the least digest decides.
    Keys are joined. Comments are joined by author, time and text: those of the longest
    thread come first, with their numbers.
    """
    if len(readings) == 1:
        return readings[0].record
    newest = max(readings, key=_newness).record.kit
    ours = [one for one in readings if one.record.kit == newest]
    body = min(ours, key=_body_digest).record
    ranked = [
        *sorted(ours, key=_by_thread),
        *sorted((one for one in readings if one not in ours), key=_by_thread),
    ]
    keys = tuple(sorted({key for one in readings for key in one.record.report.keys}))
    comments = merge_comments([one.record.report.comments for one in ranked])
    report = replace(body.report, key=keys[0], keys=keys, comments=comments)
    return replace(body, report=report, thread=ranked[0].record.thread)


def drop_needless(readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings without those that add nothing to the merged record."""
    whole = merge_readings(readings)
    kept = sorted(readings, key=_newness)
    for reading in tuple(kept):
        rest = [one for one in kept if one is not reading]
        if rest and merge_readings(rest) == whole:
            kept = rest
    return kept


def merge_comments(threads: Sequence[tuple[Comment, ...]]) -> tuple[Comment, ...]:
    """Return one thread of several: the first, then what only the others have.

    Authors are known by codes that each reading gives anew. Two codes are taken for
    one author where each alone has a comment of the same time and text in its thread;
    without such a comment an author of a later thread gets a new code.
    """
    merged = list(threads[0])
    for thread in threads[1:]:
        if thread != threads[0]:
            _append(merged, _recode(thread, merged))
    return tuple(merged)


def _append(merged: list[Comment], thread: Sequence[Comment]) -> None:
    known = {same: comment.n for comment, same in _same(merged)}
    top = max((comment.n for comment in merged), default=0)
    numbers: dict[int, int] = {}
    for comment, same in _same(thread):
        if same in known:
            numbers[comment.n] = known[same]
            continue
        top += 1
        numbers[comment.n] = top
        answered = None if comment.reply_to is None else numbers.get(comment.reply_to)
        merged.append(replace(comment, n=top, reply_to=answered))


def _same(thread: Sequence[Comment]) -> Iterator[tuple[Comment, _Same]]:
    seen: Counter[tuple[str, str | None, str]] = Counter()
    for comment in thread:
        key = comment.author, comment.time, comment.text
        seen[key] += 1
        yield comment, (*key, seen[key])


def _recode(thread: Sequence[Comment], merged: Sequence[Comment]) -> list[Comment]:
    here, there = _by_one(thread), _by_one(merged)
    codes = {here[mark]: there[mark] for mark in here if mark in there}
    used = {comment.author for comment in merged}
    top = max((int(n) for code in used for n in _NUMBER.findall(code)), default=0)
    recoded = []
    for comment in thread:
        if comment.author not in codes:
            top += 1
            codes[comment.author] = f"c{top}"
        recoded.append(replace(comment, author=codes[comment.author]))
    return recoded


def _by_one(thread: Sequence[Comment]) -> dict[tuple[str | None, str], str]:
    """Return the author of each time and text that one author alone has."""
    authors: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for comment in thread:
        authors[comment.time, comment.text].add(comment.author)
    return {mark: min(codes) for mark, codes in authors.items() if len(codes) == 1}


def _newness(reading: Reading) -> tuple[tuple[int, ...], int]:
    version = _NUMBER.findall(reading.record.kit.sayso)
    return tuple(int(number) for number in version), reading.added


def _body_digest(reading: Reading) -> str:
    bare = replace(reading.record.report, key="", keys=(), comments=())
    return digest_record(replace(reading.record, report=bare, thread=Thread()))


def _by_thread(reading: Reading) -> tuple[int, str]:
    return -len(reading.record.report.comments), reading.digest
