from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from sayso.store.base import Store


def test_every_tie_is_in_the_table(client: TestClient, store: Store) -> None:
    told = client.get("/network/data.json").json()

    edges = store.network()
    assert edges
    assert [(row["from"], row["to"], row["links"]) for row in told] == [
        (one.from_.name, one.to.name, one.links) for one in edges
    ]


def test_an_arrow_leads_to_the_voices_behind_it(
    client: TestClient, store: Store
) -> None:
    for edge in store.network():
        page = client.get("/network").text
        address = next(
            html.unescape(found)
            for found in re.findall(r'href="(/network/tie\?[^"]+)"', page)
            if edge.from_.id in found and edge.to.id in found and edge.kind in found
        )

        tie = client.get(address)

        assert tie.status_code == 200
        assert tie.text.count('<p class="quoted">') == edge.links
        assert edge.from_.name in html.unescape(tie.text)


def test_weak_ties_can_be_left_out(client: TestClient) -> None:
    assert client.get("/network/data.json?least=1000").json() == []
    assert "No tie is told" in client.get("/network?least=1000").text


@pytest.mark.parametrize("least", ["-1", "x", "1e9", "²", "9" * 40])
def test_no_number_of_links_is_an_error(client: TestClient, least: str) -> None:
    assert client.get("/network", params={"least": least}).status_code == 400


def test_a_tie_that_nobody_tells_is_empty(client: TestClient) -> None:
    page = client.get("/network/tie?from=A1&kind=leads&to=A2")

    assert page.status_code == 200
    assert "No link on this page is this tie" in page.text


def test_a_tie_without_ends_is_an_error(client: TestClient) -> None:
    assert client.get("/network/tie?kind=leads").status_code == 400
