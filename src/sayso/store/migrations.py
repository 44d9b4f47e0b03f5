"""Versions of the tables: plain SQL, forward only, each after a backup.

A version that changes nothing in one of the databases is not worth a backup there.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from sayso.errors import StoreError
from sayso.store.database import Database
from sayso.store.sqlite import split_script


def load_migrations() -> tuple[str, ...]:
    """Return the shared SQL of all versions in order; the first makes version 1."""
    home = files("sayso") / "data" / "sql"
    scripts = sorted(
        (path for path in home.iterdir() if path.name.endswith(".sql")),
        key=lambda path: path.name,
    )
    return tuple(path.read_text(encoding="utf-8") for path in scripts)


def migrate(database: Database, scripts: Sequence[str]) -> None:
    """Bring a project to the newest version of the tables.

    Args:
        database: With or without tables.
        scripts: See `load_migrations`.

    Raises:
        StoreError: The project is of a version that this sayso does not know.
    """
    version = database.version()
    if version > len(scripts):
        raise StoreError(
            f"{database.location} has tables of version {version}, "
            f"this sayso knows 1 to {len(scripts)}",
            mend="install a newer sayso",
        )
    for number, script in enumerate(scripts[version:], version + 1):
        orders = database.script(script, number)
        if version and split_script(orders):
            database.back_up(number)
        database.migrate(orders, version=number)
