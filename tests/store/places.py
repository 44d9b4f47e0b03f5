"""Where tests make projects: in a folder, or on the server of SAYSO_TEST_POSTGRES."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

SERVER = os.environ.get("SAYSO_TEST_POSTGRES")
"""A database in which the tests may make and drop schemas."""

on_postgres = pytest.param(
    "postgres",
    marks=[
        pytest.mark.postgres,
        pytest.mark.skipif(
            SERVER is None,
            reason="SAYSO_TEST_POSTGRES names no server (postgresql://…)",
        ),
    ],
)


@contextmanager
def make_place(kind: str, folder: Path) -> Iterator[str]:
    """Give where a project can be made: a new name in the folder, or a new schema."""
    if kind == "sqlite":
        yield str(folder / f"{uuid4().hex}.sayso")
    else:
        with _new_schema() as url:
            yield url


@contextmanager
def _new_schema() -> Iterator[str]:
    import psycopg

    assert SERVER is not None
    name = f"test_{uuid4().hex}"
    joint = "&" if "?" in SERVER else "?"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f'create schema "{name}"')
        try:
            yield f"{SERVER}{joint}options=-csearch_path%3D{name}"
        finally:
            found = connection.execute(
                "select nspname from pg_namespace where starts_with(nspname, %s)",
                (name,),
            ).fetchall()
            for (schema,) in found:
                connection.execute(f'drop schema "{schema}" cascade')
