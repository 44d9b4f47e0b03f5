from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from sayso.store.base import Store


def test_places_of_events_are_on_the_map(client: TestClient, store: Store) -> None:
    names = [row.place.name for row in store.map()]

    told = client.get("/map/data.json").json()

    assert names
    assert [row["place"] for row in told] == names


def test_a_mark_leads_to_its_place(client: TestClient, store: Store) -> None:
    place = store.map()[0].place

    assert f'href="/places/{place.id}"' in client.get("/map").text


def test_the_address_says_which_part_is_shown(client: TestClient) -> None:
    page = client.get("/map?at=100,-40,20").text

    assert "-50.0 to -30.0 degrees of latitude" in page
    assert "outside this part of the map" in page


def test_a_filter_stays_when_the_map_moves(client: TestClient, store: Store) -> None:
    outlet = store.reports().rows[0].outlet or ""

    page = client.get("/map", params={"outlet": outlet}).text

    assert f"outlet={outlet.replace(' ', '+')}&amp;at=" in page


@pytest.mark.parametrize("at", ["x", "1,2", "1,2,nan", "1,2,inf", "1,2,3,4", ""])
def test_no_part_of_the_map_is_an_error(client: TestClient, at: str) -> None:
    answer = client.get("/map", params={"at": at})

    assert answer.status_code == 400
    assert "is no part of the map" in answer.text


def test_a_part_beyond_the_world_is_the_nearest_of_it(client: TestClient) -> None:
    assert client.get("/map?at=9999,9999,9999").status_code == 200
