from __future__ import annotations

from pathlib import Path

import pytest

from sayso.intake import Failure, read_paths
from sayso.record import Report

TEXT = "The ministry denied on Monday that it had sent troops to the valley."
RSS = f"""<?xml version="1.0"?>
<rss version="2.0"><channel><title>Harbour &amp; Wire</title>
<item><title>Troops &lt;b&gt;denied&lt;/b&gt;</title><link>https://wire.example/1</link>
<guid>g-1</guid><pubDate>Mon, 11 Mar 2024 09:00:00 +0100</pubDate>
<description>&lt;p&gt;{TEXT}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>
<item><title>Only a title</title><link>https://wire.example/2</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Delta Post</title>
<entry><title>Troops</title><id>urn:1</id><updated>2024-03-11T08:00:00Z</updated>
<link href="https://post.example/1"/><summary>Short.</summary>
<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;&lt;p&gt;More of it.&lt;/p&gt;</content>
</entry></feed>"""


def read(path: Path, content: str) -> list[Report | Failure]:
    path.write_text(content, encoding="utf-8")
    return list(read_paths([path]))


def test_rss_entry_becomes_a_report(tmp_path: Path) -> None:
    report, bare = read(tmp_path / "a.rss", RSS)

    assert isinstance(report, Report)
    assert report.text == f"Troops denied\n\n{TEXT}"
    assert (report.key, report.url) == ("g-1", "https://wire.example/1")
    assert (report.outlet, report.title) == ("Harbour & Wire", "Troops denied")
    assert report.published == "2024-03-11T08:00:00Z"
    assert isinstance(bare, Failure)
    assert bare.line == 2


@pytest.mark.parametrize("name", ["a.atom", "a.xml", "a"])
def test_atom_gives_the_fullest_text_whatever_its_name(
    tmp_path: Path, name: str
) -> None:
    (report,) = read(tmp_path / name, ATOM)

    assert isinstance(report, Report)
    assert report.text == f"Troops\n\n{TEXT}\n\nMore of it."


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><sitemap></sitemap>',
        '<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>',
        "no XML at all",
    ],
)
def test_what_is_no_feed_is_a_failure(tmp_path: Path, content: str) -> None:
    (found,) = read(tmp_path / "a.rss", content)

    assert isinstance(found, Failure)
    assert found.error.mend


def test_feed_opens_no_file_and_no_address(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the planted words", encoding="utf-8")
    entity = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
    feed = RSS.replace("<rss", f"{entity}<rss", 1).replace(TEXT, "&x;")

    told = " ".join(
        one.text for one in read(tmp_path / "a.rss", feed) if isinstance(one, Report)
    )

    assert "planted" not in told
