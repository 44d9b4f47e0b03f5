from __future__ import annotations

from fastapi.testclient import TestClient

from sayso.store.base import Store


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
