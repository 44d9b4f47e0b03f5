from __future__ import annotations

import pytest

from sayso.errors import UsageError
from sayso.web.team.limits import MOST_KEYS, Limit, origin_of
from sayso.web.team.site import find_site


@pytest.mark.parametrize(
    ("names", "bind", "port", "https", "hosts"),
    [
        (["Reader.Example.org"], "127.0.0.1", 8321, True, ["reader.example.org"]),
        (["a.example:8443"], "0.0.0.0", 8321, True, ["a.example:8443"]),
        (["a.example:443"], "::", 8321, True, ["a.example"]),
        (["a.example"], "0.0.0.0", 8321, False, ["a.example:8321"]),
        (["a.example"], "0.0.0.0", 80, False, ["a.example"]),
        ([], "192.0.2.7", 8321, False, ["192.0.2.7:8321"]),
        ([], "2001:db8::1", 8321, False, ["[2001:db8::1]:8321"]),
        (
            [],
            "localhost",
            8321,
            False,
            ["127.0.0.1:8321", "localhost:8321", "[::1]:8321"],
        ),
        (["[2001:db8::1]"], "::", 9, False, ["[2001:db8::1]:9"]),
    ],
)
def test_names_are_those_that_browsers_tell(
    names: list[str], bind: str, port: int, https: bool, hosts: list[str]
) -> None:
    site = find_site(names, bind=bind, port=port, https=https)

    assert list(site.hosts) == hosts
    assert site.address == f"http{'s' * https}://{hosts[0]}/"


@pytest.mark.parametrize("bind", ["0.0.0.0", "::"])
def test_an_open_address_needs_a_name(bind: str) -> None:
    with pytest.raises(UsageError, match="nothing tells the name"):
        find_site([], bind=bind, port=8321, https=False)


@pytest.mark.parametrize("bind", ["127.0.0.1", "192.0.2.7"])
def test_behind_https_the_address_is_no_name(bind: str) -> None:
    with pytest.raises(UsageError, match="nothing tells the name"):
        find_site([], bind=bind, port=8321, https=True)


@pytest.mark.parametrize("name", ["", "*", "https://a.example", "a b", "a/b", "a:x"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="is no name of a host"):
        find_site([name], bind="0.0.0.0", port=8321, https=True)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::1", "::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_addresses_of_one_house_count_as_one(address: str, origin: str) -> None:
    assert origin_of(address) == origin


def test_a_limit_remembers_so_many_and_no_more() -> None:
    limit = Limit(1, 60, lambda: 0)
    limit.wait_s("first")

    for count in range(MOST_KEYS):
        limit.wait_s(str(count))

    assert limit.wait_s("first") == 0  # forgotten
    assert limit.wait_s(str(MOST_KEYS - 1)) == 60
