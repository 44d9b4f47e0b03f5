"""Passwords: rules for them, and their hashes by argon2id."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from typing import Any

from sayso.errors import UsageError

MIN_CHARS = 12
MAX_CHARS = 1_000
# The second choice of RFC 9106, for machines that do other work, too.
PASSES = 3
MEMORY_KIB = 65_536
LANES = 4
MOST_AT_ONCE = 2  # each takes MEMORY_KIB; further ones wait for their turn


class Passwords:
    """Hashes passwords and checks them; may be used from several threads.

    Args:
        passes: Over the memory.
        memory_kib: Of one hash. Tests take little of both.
    """

    def __init__(self, *, passes: int = PASSES, memory_kib: int = MEMORY_KIB) -> None:
        argon2 = _load()
        self._mismatch: type[Exception] = argon2.exceptions.VerifyMismatchError
        self._hasher = argon2.PasswordHasher(
            time_cost=passes, memory_cost=memory_kib, parallelism=LANES
        )
        self._turns = threading.BoundedSemaphore(MOST_AT_ONCE)
        self._nobody = self.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """Return the hash of a password, with a salt of its own."""
        with self._turns:
            told: str = self._hasher.hash(_plain(password))
        return told

    def fits(self, password: str, hashed: str | None) -> bool:
        """Tell whether a password is the one hashed.

        None, of a user that is not there, takes as long as a wrong password and
        never fits, so that the time does not tell who has an account.
        """
        with self._turns:
            try:
                self._hasher.verify(hashed or self._nobody, _plain(password))
            except self._mismatch:
                return False
        return hashed is not None


def check_password(password: str, name: str) -> None:
    """Refuse a password that is easy to guess.

    Args:
        password: As given.
        name: Whose it is to be.

    Raises:
        UsageError: It is too short, too long, or one letter or the name repeated.
    """
    if not MIN_CHARS <= len(password) <= MAX_CHARS:
        raise UsageError(
            f"the password has {len(password):,} characters",
            mend=f"take {MIN_CHARS} to {MAX_CHARS:,}; several words keep well",
        )
    folded = password.casefold()
    if not folded.replace(name, "") or len(set(folded)) < 4:
        raise UsageError(
            "the password would be guessed at once", mend="take several words"
        )


def make_password() -> str:
    """Return a password by chance, for somebody to sign in with once."""
    return secrets.token_urlsafe(12)


def _plain(password: str) -> str:
    """Return the password as all keyboards write it: é is one sign, not two."""
    return unicodedata.normalize("NFKC", password)


def _load() -> Any:
    try:
        import argon2
    except ImportError as error:
        raise UsageError(
            "passwords of a team need argon2-cffi, which is not installed",
            mend="pip install 'sayso[team]'",
        ) from error
    return argon2
