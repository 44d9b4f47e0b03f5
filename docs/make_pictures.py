"""Make the pictures of the documentation from real output, with the shipped model."""

from __future__ import annotations

import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.terminal_theme import TerminalTheme

import sayso
from sayso.show.terminal import print_record

DOCS = Path(__file__).parent
SAMPLE = DOCS.parent / "src" / "sayso" / "data" / "samples" / "river-militants.txt"
PARAGRAPHS = 7  # as many as somebody on the front page will look at
WIDTH = 104

# Colours on near-black with a contrast of at least 7 to 1.
THEME = TerminalTheme(
    background=(16, 20, 26),
    foreground=(222, 226, 230),
    normal=[
        (16, 20, 26),
        (255, 123, 114),
        (126, 211, 133),
        (240, 200, 100),
        (121, 170, 255),
        (255, 138, 216),
        (92, 214, 230),
        (222, 226, 230),
    ],
    bright=[
        (139, 148, 158),
        (255, 161, 152),
        (146, 231, 153),
        (255, 220, 130),
        (150, 190, 255),
        (255, 170, 230),
        (130, 230, 240),
        (255, 255, 255),
    ],
)
# The pictures load nothing from other hosts, fonts neither.
WEB_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace"


def main() -> None:
    """Write the picture of a report with its ledger."""
    paragraphs = SAMPLE.read_text(encoding="utf-8").split("\n\n")
    with TemporaryDirectory() as folder:
        excerpt = Path(folder, SAMPLE.name)
        excerpt.write_text("\n\n".join(paragraphs[:PARAGRAPHS]), encoding="utf-8")
        record = sayso.read(excerpt)
    console = Console(
        record=True, file=io.StringIO(), width=WIDTH, force_terminal=True, markup=False
    )
    print_record(record, console)
    svg = console.export_svg(title=f"sayso read {SAMPLE.name}", theme=THEME)
    svg = WEB_FONT.sub("", svg).replace("Fira Code, monospace", FONTS)
    (DOCS / "img" / "read.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
