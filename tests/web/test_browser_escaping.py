"""Text that would be script in every field of a dossier, in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.export.export import export
from sayso.export.formats import ExportFormat, Options, Persons, TextKept
from tests.web.browser import looking, needs_browser
from tests.web.test_escaping import PAYLOADS, poisoned

pytestmark = [pytest.mark.slow, needs_browser]


def test_no_payload_runs_in_a_dossier(tmp_path: Path) -> None:
    out = tmp_path / "dossier.html"
    options = Options(persons=Persons.ALL, text=TextKept.FULL)
    export(map(poisoned, PAYLOADS), out, ExportFormat.HTML, options)
    with looking(out.as_uri()) as page:
        page.goto(out.as_uri())
        assert page.url == out.as_uri()
        assert page.get_by_text(PAYLOADS[0]).count() > 0
        assert page.title() != "got"
