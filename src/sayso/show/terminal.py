"""A record on a terminal, or as plain lines of fixed width in a pipe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from rich import box
from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.padding import Padding
from rich.rule import Rule
from rich.style import Style
from rich.table import Table
from rich.text import Text

from sayso.record import Comment, Record, SectionKind, Thread
from sayso.show.clean import clean, shorten
from sayso.show.events import event_tables
from sayso.show.ledger import ARROW, Line, make_ledger
from sayso.show.pieces import Piece, PieceKind, cut_article, paragraphs
from sayso.show.scene import scene_tables
from sayso.show.threads import print_thread

PLAIN_WIDTH = 100
MAX_WIDTH = 110  # longer lines are hard to read
FACT_CHARS = 70

SOURCE = Style(bold=True, color="cyan")
CUE = Style(underline=True, color="magenta")
# One for each depth, from the outermost; deeper ones begin anew.
CONTENTS = tuple(Style(color=name) for name in ("green", "yellow", "bright_blue"))
STRONG = Style(bold=True)
QUIET = Style(dim=True)


def make_console(file: IO[str], *, width: int | None = None) -> Console:
    """Return a console for a terminal, or for plain text of fixed width elsewhere.

    `NO_COLOR`, `FORCE_COLOR` and `TERM=dumb` are heeded. Nothing in a report is taken
    for markup, and nothing is highlighted by guess.
    """
    console = Console(file=file, markup=False, highlight=False, emoji=False)
    if width is None:
        width = min(console.width, MAX_WIDTH) if console.is_terminal else PLAIN_WIDTH
    console.width = width
    return console


def print_record(record: Record, console: Console) -> None:
    """Print the article with its marks, the ledger, who, where, when, the comments."""
    is_plain = console.color_system is None and not console.is_terminal
    key = Text(shorten(clean(record.report.key), FACT_CHARS), STRONG)
    console.print(Rule(key, style=QUIET, align="left"))
    for line in _about(record):
        console.print(Text(line, style=QUIET))
    console.print()
    for paragraph in article(record, is_plain=is_plain):
        console.print(paragraph)
        console.print()
    if record.statements:
        console.print(legend(is_plain=is_plain))
        console.print(ledger_table(make_ledger(record)))
    for table in (*event_tables(record), *scene_tables(record)):
        console.print(table)
    for comment in record.report.comments:
        console.print(_comment(comment))
    if record.report.comments:
        console.print()
    if record.thread != Thread():
        print_thread(record.thread, record.report.comments, console, article=True)
        console.print()


def article(record: Record, *, is_plain: bool) -> list[Text]:
    """Return the paragraphs of the article with the marks of all statements.

    Args:
        record: What was found.
        is_plain: Sources and cues get signs of their own, as there is no style.
    """
    headlines = record.report.sections_of(SectionKind.HEADLINE)
    shown = []
    for pieces in paragraphs(cut_article(record)):
        text = Text()
        for piece in pieces:
            if is_plain or piece.kind not in (PieceKind.SIGN, PieceKind.END_SIGN):
                text.append(piece.text, _style(piece))
        if pieces and any(one.start <= pieces[0].start < one.end for one in headlines):
            text.stylize_before(STRONG)
        shown.append(text)
    return shown


def legend(*, is_plain: bool) -> Text:
    """Return one line that explains the marks by showing them."""
    if is_plain:
        return Text(
            "*source*  _cue_¹  ¹[content]  ¹: number below"
            "  no brackets: the outlet's own voice"
        )
    text = Text.assemble(("source", SOURCE), "  ", ("cue", CUE), "¹  ")
    text.append("¹[content]", CONTENTS[0])
    text.append(" ²[in a content]", CONTENTS[1])
    text.append("  no brackets: the outlet's own voice", QUIET)
    return text


def ledger_table(lines: tuple[Line, ...]) -> Table:
    """Return the ledger as a table that fits itself to the width of the console."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, padding=(0, 1))
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("who", ratio=9)
    table.add_column("stance", no_wrap=True)
    table.add_column("authority", ratio=5, overflow="fold")
    table.add_column("what", ratio=13)
    for line in lines:
        table.add_row(
            str(line.number or "–"),
            _Chain(line),
            Text(line.stance, STRONG),
            ", ".join(filter(None, (line.basis, *line.notes))),
            Text(line.content or "—"),
        )
    return table


def _about(record: Record) -> list[str]:
    """Return what is known of the report beside its text."""
    report = record.report
    title = None if report.sections_of(SectionKind.HEADLINE) else report.title
    known = (title, report.outlet, report.published, report.byline)
    facts = [shorten(clean(fact), FACT_CHARS) for fact in known if fact]
    lines = [" · ".join(facts)] if facts else []
    if report.flags:
        lines.append(f"flags: {', '.join(flag.value for flag in report.flags)}")
    if not record.statements:
        lines.append("no statements")
    return lines


def _style(piece: Piece) -> Style:
    style = CONTENTS[(piece.depth - 1) % len(CONTENTS)] if piece.depth else Style()
    if piece.is_source:
        style += SOURCE
    if piece.is_cue or piece.kind is PieceKind.CUE_NUMBER:
        style += CUE
    return style if piece.kind is PieceKind.WORDS else style + STRONG


class _Chain:
    """Who speaks and who passes it on, with line breaks before the arrows alone."""

    def __init__(self, line: Line) -> None:
        first, *others = line.chain
        head = Text.assemble((first, SOURCE if line.number else STRONG))
        if line.words:
            head.append(f" “{line.words}”", QUIET)
        self._links = [
            head,
            *(Text.assemble((f"{ARROW} ", QUIET), other) for other in others),
        ]

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[Text]:
        row, *links = self._links
        for link in links:
            *full, row = row.wrap(console, options.max_width)
            yield from full
            if row.cell_len + 1 + link.cell_len <= options.max_width:
                row = Text(" ").join([row, link])
            else:
                yield row
                row = link
        yield row

    def __rich_measure__(
        self, console: Console, options: ConsoleOptions
    ) -> Measurement:
        whole = Text(" ").join(self._links)
        return Measurement.get(console, options, whole)


def _comment(comment: Comment) -> Padding:
    head = f"comment {comment.n} by {comment.author}"
    if comment.reply_to is not None:
        head += f", to comment {comment.reply_to}"
    text = Text.assemble((f"{head}: ", QUIET), clean(comment.text))
    return Padding(text, (0, 0, 0, 2))
