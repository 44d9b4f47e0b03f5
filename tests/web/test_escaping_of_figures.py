from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from sayso.store.base import Store
from sayso.store.projects import create_project
from sayso.store.query import Query
from sayso.web.app import create_app
from tests.web.conftest import BASE, OWN
from tests.web.test_escaping import BATCH, PAYLOADS, hot_spots, poison

EVERY = Query(limit=1000)


def addresses(store: Store, payload: str) -> Iterator[str]:
    """Give the pages of figures, threads, actors, places and runs."""
    for page in ("timeline", "map", "network", "threads", "actors", "places"):
        yield f"/{page}"
        yield f"/{page}?{urlencode({'q': payload, 'outlet': payload, 'name': payload})}"
    yield from (f"/threads/{one.id}" for one in store.reports(EVERY).rows)
    for row in store.actors(EVERY).rows:
        yield f"/actors/{row.actor.id}?{urlencode({'same': payload})}"
    yield from (f"/places/{row.place.id}" for row in store.places(EVERY).rows)
    yield from ("/runs", "/runs/r")
    for edge in store.network(EVERY):
        ends = {"from": edge.from_.id, "kind": edge.kind, "to": edge.to.id}
        yield f"/network/tie?{urlencode(ends)}"


@pytest.mark.parametrize("first", range(0, 500, BATCH))
def test_no_field_can_put_anything_hot_on_a_page(tmp_path: Path, first: int) -> None:
    payloads = PAYLOADS[first : first + BATCH]
    with create_project(tmp_path / "hot.sayso") as store:
        poison(store, payloads)
        app = create_app(store, token="t", coder=payloads[0])
        with TestClient(app, base_url=BASE, headers=OWN) as client:
            client.get("/enter?token=t")
            for address in addresses(store, payloads[0]):
                reply = client.get(address)
                # Words without letters cannot be looked for, which is told.
                assert reply.status_code in (200, 400), address
                assert list(hot_spots(reply.text)) == [], address
