"""Projects to test on: the same tests run on a file and on a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from sayso.store.base import Store
from sayso.store.projects import create_project
from tests.store.places import make_place, on_postgres


@pytest.fixture(params=["sqlite", on_postgres])
def new_place(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[], str]]:
    """Give a function that names places for projects, all of one kind."""
    with ExitStack() as places:
        yield lambda: places.enter_context(make_place(request.param, tmp_path))


@pytest.fixture
def place(new_place: Callable[[], str]) -> str:
    """Give where a project can be made."""
    return new_place()


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """Give an empty project."""
    with create_project(place) as store:
        yield store
