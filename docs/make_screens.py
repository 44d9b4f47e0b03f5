"""Draw the pictures of the reader in docs/img: `python docs/make_screens.py`.

They show the invented reports of the tests; chromium must be there.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from sayso.store.projects import create_project  # noqa: E402
from tests.export.raid import raid_record  # noqa: E402
from tests.web.browser import browsing, serving  # noqa: E402
from tests.web.conftest import fill  # noqa: E402

SCREENS = {
    "home": "/",
    "reader": f"/reports/{raid_record().report.id}",
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
        store = create_project(Path(folder) / "delta.sayso")
        with store:
            fill(store)
            for scheme in ("light", "dark"):
                with serving(store) as base, browsing(base, scheme=scheme) as page:
                    for name, path in SCREENS.items():
                        page.goto(f"{base}{path}")
                        out = ROOT / "docs" / "img" / f"web-{name}-{scheme}.png"
                        page.screenshot(path=out)


if __name__ == "__main__":
    main()
