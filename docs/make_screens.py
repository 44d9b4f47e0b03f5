"""Draw the pictures of the reader in docs/img: `python docs/make_screens.py`.

They show the invented reports of the tests; chromium must be there, and for the pages
of a team a database of PostgreSQL that SAYSO_TEST_POSTGRES names.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from sayso.store.base import Store  # noqa: E402
from sayso.store.projects import create_project  # noqa: E402
from tests.export.raid import raid_record  # noqa: E402
from tests.store.places import SERVER  # noqa: E402
from tests.web.browser import browsing, looking, serving  # noqa: E402
from tests.web.conftest import fill  # noqa: E402
from tests.web.team import PASSWORD, open_team, serving_team  # noqa: E402

SCHEMES = ("light", "dark")
RECORD = raid_record()
READER = f"/reports/{RECORD.report.id}"
SAID = next(one.id for one in RECORD.statements if one.cue)
SCREENS = {
    "home": "/",
    "reader": READER,
    "words": f"{READER}/rows/{SAID}",
    "missed": f"{READER}/add/statement?quote=saw",
    "ledger": "/ledger",
    "events": "/events",
    "timeline": "/timeline",
    "map": "/map",
    "network": "/network",
    "threads": "/threads",
    "review": "/review?of=events",
    "runs": "/runs",
}


def main() -> None:
    """Draw each screen, light and dark."""
    with TemporaryDirectory() as folder:
        with create_project(Path(folder) / "delta.sayso") as store:
            fill(store)
            draw_screens(store)
        if SERVER:
            draw_team(Path(folder))
        else:
            sys.exit("Pages of a team are left out: SAYSO_TEST_POSTGRES is not set.")


def draw_screens(store: Store) -> None:
    """Draw what one person sees."""
    place = max(store.places().rows, key=lambda row: row.events).place
    for scheme in SCHEMES:
        with serving(store) as base, browsing(base, scheme=scheme) as page:
            for name, path in (SCREENS | {"place": f"/places/{place.id}"}).items():
                page.goto(f"{base}{path}")
                draw(page, name, scheme)


def draw_team(folder: Path) -> None:
    """Draw what a team sees besides."""
    for scheme in SCHEMES:
        with (
            open_team(folder) as team,
            serving_team(team) as base,
            looking(base, scheme=scheme) as page,
        ):
            page.goto(f"{base}/login?back=/users")
            draw(page, "sign-in", scheme)
            page.get_by_label("Name").fill("ada")
            page.get_by_label("Password").fill(PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(f"{base}/users")
            draw(page, "users", scheme)


def draw(page: Any, name: str, scheme: str) -> None:
    """Draw the page as it stands."""
    page.screenshot(path=ROOT / "docs" / "img" / f"web-{name}-{scheme}.png")


if __name__ == "__main__":
    main()
