"""Projects to test on: the same tests run on a file and on a server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from sayso.store.base import Store
from sayso.store.projects import create_project

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


@pytest.fixture(params=["sqlite", on_postgres])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give where a project can be made."""
    if request.param == "sqlite":
        yield str(tmp_path / "project.sayso")
        return
    with new_schema() as url:
        yield url


@pytest.fixture
def new_place(place: str, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Give a function that names one more place of the same kind."""
    with ExitStack() as schemas:

        def make() -> str:
            if place.startswith("postgresql"):
                return schemas.enter_context(new_schema())
            return str(tmp_path / f"{uuid4().hex}.sayso")

        yield make


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """Give an empty project."""
    with create_project(place) as store:
        yield store


@contextmanager
def new_schema() -> Iterator[str]:
    """Give a schema of its own in the database of the tests; drop it with backups."""
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
