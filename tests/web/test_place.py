from __future__ import annotations

import re

from fastapi.testclient import TestClient

from sayso.store.base import Store
from sayso.web.people import Role
from tests.store.build import make_record
from tests.web.conftest import NewClient


def test_places_are_listed(client: TestClient, store: Store) -> None:
    page = client.get("/places").text

    rows = store.places().rows
    assert rows
    assert all(f'href="/places/{row.place.id}"' in page for row in rows)


def test_a_place_has_its_map_and_its_events(client: TestClient, store: Store) -> None:
    place = store.map()[0].place

    page = client.get(f"/places/{place.id}").text

    assert 'class="figure-map"' in page
    assert f'href="/events?place={place.id}"' in page
    assert "Events said to be here" in page
    assert "<mark>" in page


def test_a_place_without_a_point_says_so(client: TestClient, store: Store) -> None:
    pointless = [row.place for row in store.places().rows if row.place.lat is None]

    for place in pointless:
        assert "No register has a point" in client.get(f"/places/{place.id}").text


def test_no_place_is_not_found(client: TestClient) -> None:
    assert client.get("/places/Pnowhere").status_code == 404


def ilmen(store: Store) -> str:
    """Return a place that comes up in several reports."""
    store.add_records(make_record(n) for n in range(1, 5))
    by_name = {row.place.name: row.place.id for row in store.places().rows}
    return by_name["Port Ilmen"]


def post(client: TestClient, path: str, **fields: str) -> int:
    return client.post(path, data=fields, follow_redirects=False).status_code


def test_places_are_split_and_merged_until_that_is_undone(
    client: TestClient, store: Store
) -> None:
    place = ilmen(store)
    before = store.place(place).reports
    known = {row.place.id for row in store.places().rows}
    page = client.get(f"/places/{place}").text
    box = re.search(r'name="(part:[0-9a-f]+ p[0-9a-f]+)"', page)
    assert box is not None

    assert post(client, f"/places/{place}/split", **{box[1]: "on"}) == 303
    assert store.place(place).reports == before - 1
    fresh = [row.place for row in store.places().rows if row.place.id not in known]
    (other,) = fresh
    page = client.get(f"/places/{place}?same={other.name}").text
    assert f'name="into" value="{other.id}"' in page
    assert post(client, f"/places/{other.id}/merge", into=place) == 303
    assert store.place(other.id).place.id == place
    assert store.place(place).reports == before

    for judgement in reversed(store.place(place).judgements):
        assert post(client, f"/places/{place}/undo", judgement=judgement.id) == 303
    assert store.place(place).judgements == ()
    assert store.place(place).reports == before


def test_a_merge_of_places_that_says_nothing_is_refused(
    client: TestClient, store: Store
) -> None:
    place = ilmen(store)

    assert post(client, f"/places/{place}/merge", into=place) == 400
    assert post(client, f"/places/{place}/split") == 400
    assert post(client, f"/places/{place}/undo", judgement="jnone") == 400
    assert post(client, f"/places/{place}/merge", into="Pnowhere") == 404


def test_a_coder_may_not_merge_places(new_client: NewClient, store: Store) -> None:
    place = ilmen(store)
    coder = new_client("cy", Role.CODER)

    assert "The same as another" not in coder.get(f"/places/{place}").text
    assert post(coder, f"/places/{place}/merge", into=place) == 403
