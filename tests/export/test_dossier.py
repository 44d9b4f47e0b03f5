from __future__ import annotations

import re
from pathlib import Path

from lxml import html
from msgspec.structs import replace

from sayso.export.export import export
from sayso.export.formats import ExportFormat, Options, Persons, TextKept
from sayso.record import Record
from tests.export.raid import raid_record
from tests.export.samples import RECORDS

DEFAULT = Options()


def page(
    tmp_path: Path, records: tuple[Record, ...], options: Options = DEFAULT
) -> tuple[str, html.HtmlElement]:
    export(records, tmp_path / "out.html", ExportFormat.HTML, options)
    text = (tmp_path / "out.html").read_text("utf-8")
    return text, html.document_fromstring(text)


def test_page_loads_nothing_and_runs_nothing(tmp_path: Path) -> None:
    text, tree = page(tmp_path, RECORDS)

    assert "default-src 'none'" in text
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "img", "link", "iframe", "object", "base", "form"}
    assert not tree.xpath("//@src | //@onclick | //@style")
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    assert "@import" not in text
    assert "url(" not in text


def test_links_inside_the_page_lead_somewhere(tmp_path: Path) -> None:
    _, tree = page(tmp_path, RECORDS, Options(text=TextKept.FULL))
    ids = tree.xpath("//@id")

    assert len(ids) == len({*ids})
    assert {link[1:] for link in tree.xpath("//@href")} <= {*ids}


def test_each_event_stands_with_its_voices(tmp_path: Path) -> None:
    _, tree = page(tmp_path, RECORDS)
    rows = [row.text_content() for row in tree.xpath("//table[@class='findings']//tr")]

    (raid,) = [row for row in rows if "firearms" in row]

    assert "disputed" in raid
    assert "outlet: happened" in raid
    assert "The defence ministry: denied “the raid”" in raid
    assert "killed 7 soldiers" in raid
    assert "at TERSA" in raid


def test_withheld_words_are_drawn_together(tmp_path: Path) -> None:
    text, tree = page(tmp_path, RECORDS)

    assert "␣" not in tree.text_content()
    assert "[…]" in tree.text_content()
    assert not re.search(r"<p>\s*\[&#8230;\]\s*</p>", text)


def test_markup_in_a_report_stays_text(tmp_path: Path) -> None:
    record = raid_record(title="<script>alert(1)</script>", outlet="<b>&amp;")
    place = replace(record.places[0], name="<img src=x onerror=alert(1)>")
    record = replace(record, places=(place,))
    options = Options(persons=Persons.ALL, text=TextKept.FULL)

    _, tree = page(tmp_path, (record,), options)

    assert not tree.xpath("//script | //img")
    assert "<img src=x onerror=alert(1)>" in tree.text_content()


def test_page_says_that_it_is_a_draft_and_prints_by_report(tmp_path: Path) -> None:
    text, tree = page(tmp_path, RECORDS)

    assert "draft for human coding; per report, not merged" in tree.text_content()
    assert len(tree.xpath("//section")) == len(RECORDS)
    assert "break-before: page" in text
