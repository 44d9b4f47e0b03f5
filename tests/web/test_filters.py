from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from starlette.datastructures import QueryParams

from sayso.errors import UsageError
from sayso.store.query import Condition, Order, View
from sayso.web.filters import MAX_VALUES, Shown, read_filter


def read(asked: str, keep: tuple[str, ...] = ()) -> Shown:
    return read_filter(QueryParams(asked), View.STATEMENTS, "/ledger", keep=keep)


def test_an_address_is_read_and_written_alike() -> None:
    asked = "stance=denies&stance=doubts&outlet=&q=raid+%26+run&since=2019-08-14"
    shown = read(asked)
    assert shown.query.where == (
        Condition(field="stance", values=("denies", "doubts")),
        Condition(field="outlet", values=("",)),
    )
    assert read(urlsplit(shown.link()).query) == shown


def test_a_value_is_put_in_and_taken_out() -> None:
    shown = read("stance=denies")
    assert shown.toggled("stance", "doubts") == "/ledger?stance=denies&stance=doubts"
    assert shown.toggled("stance", "denies") == "/ledger"
    assert shown.only("stance", "doubts") == "/ledger?stance=doubts"


def test_a_new_filter_begins_at_the_first_page() -> None:
    assert "after" not in read("after=abc&stance=denies").toggled("basis", "named")


def test_unknown_names_are_left_out_of_account() -> None:
    assert read("colour=red&type=ASSAULT").query.where == ()


def test_names_that_a_page_keeps_stay_in_its_links() -> None:
    shown = read("of=events&stance=denies", keep=("of",))
    assert shown.link() == "/ledger?stance=denies&of=events"
    assert not read("of=events", keep=("of",)).is_filtered
    assert shown.is_filtered


@pytest.mark.parametrize(
    "asked",
    [
        "q=" + "x" * 501,
        "outlet=a%00b",
        "&".join(f"outlet={number}" for number in range(MAX_VALUES + 1)),
    ],
)
def test_what_nobody_can_mean_is_refused(asked: str) -> None:
    with pytest.raises(UsageError):
        read(asked)


def test_the_order_is_part_of_the_address() -> None:
    shown = read("stance=denies&order=said")
    assert shown.query.order is Order.SAID
    assert shown.toggled("stance", "doubts").endswith("&order=said&stance=doubts")
    assert shown.ordered("report") == "/ledger?stance=denies"
    assert not read("order=said").is_filtered
    assert read("order=size").query.order is Order.REPORT
