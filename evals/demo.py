"""How long `script/demo --serve` takes to a page on the screen: `python -m evals.demo`.

    python -m evals.demo [--rounds 3]

Clones this repository, installs it (which is not measured), and begins the script in
the clone once with nothing read yet, as somebody who tries sayso does, and then again.
Told are the seconds until the page Home has come: drawn by Chromium where there is one
(`script/setup browser`), else until its last byte.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin
from urllib.request import HTTPCookieProcessor, build_opener

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium")


def main() -> None:
    """Print the seconds of each beginning."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with TemporaryDirectory() as folder, opener() as (how, show):
        clone = Path(folder) / "sayso"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        subprocess.run([clone / "script" / "setup"], check=True)
        for number in range(rounds):
            kind = "again" if number else "first"
            print(f"{kind}: {measure(clone, show):.1f} s to Home ({how})", flush=True)


def measure(clone: Path, show: Callable[[str], None]) -> float:
    """Return the seconds from the call of the script until Home is shown."""
    command = [clone / "script" / "demo", "--serve", "--no-browser"]
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=clone, stdout=subprocess.PIPE, text=True
    ) as served:
        try:
            show(_link(served))
            return time.perf_counter() - began
        finally:
            served.terminate()


def _link(served: subprocess.Popen[str]) -> str:
    """Return the way in that the script prints."""
    assert served.stdout is not None
    for line in served.stdout:
        if "/enter?token=" in line:
            return line.strip()
    raise SystemExit("script/demo --serve has printed no address")


@contextmanager
def opener() -> Iterator[tuple[str, Callable[[str], None]]]:
    """Give what opens the link, and its name."""
    if CHROMIUM is None or importlib.util.find_spec("playwright") is None:
        yield "last byte; no browser here", fetch
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context().new_page()

        def draw(link: str) -> None:
            page.goto(link)
            page.wait_for_url(urljoin(link, "/"))
            page.locator("h1").wait_for()

        yield "drawn by Chromium", draw
        browser.close()


def fetch(link: str) -> None:
    """Come in and read the page Home."""
    visitor = build_opener(HTTPCookieProcessor(CookieJar()))
    for address in (link, urljoin(link, "/")):
        with visitor.open(address) as reply:
            reply.read()


if __name__ == "__main__":
    main()
