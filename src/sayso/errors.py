"""Errors that sayso raises, each with the way to mend it.

SaysoError
├── IntakeError     a file, page, line or stream that gives no report
├── VocabError      a lexicon, ontology or gazetteer file with a fault
├── ReadingError    a text or Reading that a stage cannot work on
├── ModelError      model files that are missing, damaged or do not fit
├── StoreError      a record or project that cannot be written or read back
└── UsageError      a call or command line that asks for the impossible
"""

from __future__ import annotations


class SaysoError(Exception):
    """What went wrong with which input, and how to mend it.

    Args:
        message: Names the input (file, line, value as given) and what was expected.
        mend: What the reader can do about it, as an order: "install …", "save as …".
    """

    def __init__(self, message: str, *, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.message} ({self.mend})"

    def __reduce__(self) -> tuple[object, ...]:
        # Worker processes hand errors back by pickle, which cannot pass keywords.
        return _rebuild, (type(self), self.message, self.mend)


def _rebuild(kind: type[SaysoError], message: str, mend: str) -> SaysoError:
    return kind(message, mend=mend)


class IntakeError(SaysoError):
    """A file, page, line or stream gives no report."""


class VocabError(SaysoError):
    """A lexicon, ontology or gazetteer file has a fault."""


class ReadingError(SaysoError):
    """A text or Reading is not what a stage can work on."""


class ModelError(SaysoError):
    """Model files are missing, damaged or do not fit this version."""


class StoreError(SaysoError):
    """A record or project cannot be written or read back."""


class UsageError(SaysoError):
    """A call or command line asks for something that cannot be done."""
