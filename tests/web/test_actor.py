from __future__ import annotations

import re

from fastapi.testclient import TestClient

from sayso.store.base import Store
from sayso.store.query import Query
from sayso.web.people import Role
from tests.store.build import make_record
from tests.web.conftest import NewClient


def two_actors(store: Store) -> tuple[str, str]:
    """Return two actors who come up in several reports each."""
    store.add_records(make_record(n) for n in range(1, 5))
    by_name = {row.actor.name: row.actor.id for row in store.actors(Query()).rows}
    return by_name["Mara Venn"], by_name["River Front"]


def post(client: TestClient, path: str, **fields: str) -> int:
    return client.post(path, data=fields, follow_redirects=False).status_code


def test_actors_are_listed_with_the_most_named_first(
    client: TestClient, store: Store
) -> None:
    venn, _ = two_actors(store)

    page = client.get("/actors").text

    first = re.search(r'href="/actors/(A\w+)"', page)
    assert first is not None
    assert first[1] == store.actors(Query(limit=1)).rows[0].actor.id
    assert f'href="/actors/{venn}"' in page


def test_the_list_can_be_cut_to_a_name(client: TestClient, store: Store) -> None:
    venn, front = two_actors(store)

    page = client.get("/actors?name=Mara").text

    assert venn in page
    assert front not in page


def test_a_page_has_mentions_by_report(client: TestClient, store: Store) -> None:
    venn, _ = two_actors(store)

    page = client.get(f"/actors/{venn}").text

    assert page.count("<mark>Mara Venn</mark>") >= 4


def test_merged_actors_are_one_until_that_is_undone(
    client: TestClient, store: Store
) -> None:
    venn, front = two_actors(store)

    assert post(client, f"/actors/{venn}/merge", into=front) == 303
    assert store.actor(venn).actor.id == front

    (judgement,) = store.actor(front).judgements
    assert judgement.coder == "ada"
    assert "merge by" in client.get(f"/actors/{front}").text
    assert post(client, f"/actors/{front}/undo", judgement=judgement.id) == 303
    assert store.actor(venn).actor.id == venn


def test_somebody_else_in_a_report_is_split_off(
    client: TestClient, store: Store
) -> None:
    venn, _ = two_actors(store)
    before = store.actor(venn).reports
    page = client.get(f"/actors/{venn}").text
    box = re.search(r'name="(part:[0-9a-f]+ a[0-9a-f]+)"', page)
    assert box is not None

    assert post(client, f"/actors/{venn}/split", **{box[1]: "on"}) == 303

    assert store.actor(venn).reports == before - 1
    (judgement,) = store.actor(venn).judgements
    assert post(client, f"/actors/{venn}/undo", judgement=judgement.id) == 303
    assert store.actor(venn).reports == before


def test_candidates_begin_with_the_name_asked_for(
    client: TestClient, store: Store
) -> None:
    venn, front = two_actors(store)

    page = client.get(f"/actors/{venn}?same=River").text

    assert f'<input type="hidden" name="into" value="{front}">' in page


def test_nothing_ticked_is_an_error(client: TestClient, store: Store) -> None:
    venn, _ = two_actors(store)

    assert post(client, f"/actors/{venn}/split") == 400


def test_nobody_is_merged_with_themselves(client: TestClient, store: Store) -> None:
    venn, _ = two_actors(store)

    assert post(client, f"/actors/{venn}/merge", into=venn) == 400


def test_what_is_not_in_force_is_not_undone(client: TestClient, store: Store) -> None:
    venn, _ = two_actors(store)

    assert post(client, f"/actors/{venn}/undo", judgement="jnone") == 400


def test_a_coder_may_look_but_not_merge(new_client: NewClient, store: Store) -> None:
    venn, front = two_actors(store)
    coder = new_client("cy", Role.CODER)

    assert coder.get(f"/actors/{venn}").status_code == 200
    assert post(coder, f"/actors/{venn}/merge", into=front) == 403


def test_no_actor_is_not_found(client: TestClient) -> None:
    assert client.get("/actors/Anobody").status_code == 404
