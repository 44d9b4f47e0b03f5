"""A record as a piece of HTML for notebooks: no script, nothing loaded, all escaped."""

from __future__ import annotations

from html import escape

from sayso.record import Record, SectionKind
from sayso.show.clean import clean
from sayso.show.ledger import ARROW, Line, make_ledger
from sayso.show.pieces import Piece, PieceKind, cut_article, paragraphs
from sayso.show.thread_html import thread_html

# Fixed colours on a white card: notebooks do not tell whether they are dark. Text has a
# contrast of at least 4.5 to 1; where styles are stripped, tags and brackets tell.
_STYLE = """
.sayso { background: #fff; color: #1b1b1b; border: 1px solid #c8c8c8; padding: 1em;
  border-radius: 6px; max-width: 60em; font: 15px/1.55 system-ui, sans-serif; }
.sayso h3 { margin: 0; font-size: 1.15em; color: inherit; }
.sayso .about { color: #5c5c5c; margin: 0 0 .8em; }
.sayso p { margin: 0 0 .7em; }
.sayso .headline { font-weight: 600; }
.sayso b { color: #00566b; }
.sayso u { color: #8a1578; text-decoration-thickness: 2px; }
.sayso u b { color: inherit; }
.sayso .d1 { background: #e6f4e4; } .sayso .d2 { background: #fdf0cc; }
.sayso .d3 { background: #e2e9fb; }
.sayso a { color: inherit; text-decoration: none; font-weight: 600; }
.sayso table { border-collapse: collapse; width: 100%; font-size: .92em;
  margin: 0 0 1em; }
.sayso th, .sayso td { border-bottom: 1px solid #ddd; padding: .3em .5em;
  text-align: left; vertical-align: top; background: #fff; color: #1b1b1b; }
.sayso tr:target td, .sayso a:target { background: #fff3a3; }
.sayso .quiet { color: #5c5c5c; }
"""
_HEADINGS = ("#", "who", "stance", "authority", "what")
_DEPTHS = 3


def record_html(record: Record) -> str:
    """Return the article with its marks, the ledger and the comments as one `div`.

    Numbers in the text lead to lines of the ledger and back. All of it is ASCII, so
    that it can be put into a page of any encoding.
    """
    lines = make_ledger(record)
    parts = [
        f"<style>{_STYLE}</style>",
        _head(record),
        *_article(record),
        _ledger(record, lines) if lines else "",
        thread_html(record),
    ]
    html = f'<div class="sayso">{"".join(parts)}</div>'
    return html.encode("ascii", "xmlcharrefreplace").decode()


def _head(record: Record) -> str:
    report = record.report
    headline = report.sections_of(SectionKind.HEADLINE)
    facts = [
        None if headline else report.title,
        report.outlet,
        report.published,
        report.byline,
    ]
    if report.flags:
        facts.append(f"flags: {', '.join(report.flags)}")
    if not record.statements:
        facts.append("no statements")
    about = " · ".join(_safe(fact) for fact in facts if fact)
    return f'<h3><bdi>{_safe(report.key)}</bdi></h3><p class="about">{about}</p>'


def _article(record: Record) -> list[str]:
    headlines = record.report.sections_of(SectionKind.HEADLINE)
    shown = []
    placed: set[int] = set()
    for pieces in paragraphs(cut_article(record)):
        start = pieces[0].start if pieces else -1
        is_headline = any(span.start <= start < span.end for span in headlines)
        words = "".join(
            _places(record, piece, placed) + _piece(record, piece) for piece in pieces
        )
        attributes = ' class="headline"' if is_headline else ""
        shown.append(f"<p{attributes}>{words}</p>")
    return shown


def _piece(record: Record, piece: Piece) -> str:
    shade = f' class="d{(piece.depth - 1) % _DEPTHS + 1}"' if piece.depth else ""
    match piece.kind:
        case PieceKind.SIGN | PieceKind.END_SIGN:
            return ""
        case PieceKind.CUE_NUMBER | PieceKind.OPEN:
            line = _anchor(record, piece.numbers[0], "line")
            text = f'<a href="#{line}">{escape(piece.text)}</a>'
            if piece.kind is PieceKind.OPEN:
                return f"<span{shade}>{text}</span>"
            return text
        case PieceKind.CLOSE:
            return f"<span{shade}>{escape(piece.text)}</span>"
    text = escape(piece.text)
    text = f"<b>{text}</b>" if piece.is_source else text
    text = f"<u>{text}</u>" if piece.is_cue else text
    return f"<span{shade}>{text}</span>" if shade else text


def _places(record: Record, piece: Piece, placed: set[int]) -> str:
    """Return what the ledger leads to: the first mark of each statement."""
    new = [number for number in piece.numbers if number not in placed]
    placed.update(new)
    return "".join(f'<a id="{_anchor(record, one, "text")}"></a>' for one in new)


def _ledger(record: Record, lines: tuple[Line, ...]) -> str:
    head = "".join(f'<th scope="col">{heading}</th>' for heading in _HEADINGS)
    rows = "".join(_row(record, line) for line in lines)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(record: Record, line: Line) -> str:
    words = f' <span class="quiet">“{_safe(line.words)}”</span>' if line.words else ""
    first, *others = (f"<bdi>{escape(name)}</bdi>" for name in line.chain)
    passed_on = "".join(f" {ARROW}&nbsp;{other}" for other in others)
    who = f"<b>{first}</b>{words}{passed_on}"
    authority = ", ".join(filter(None, (line.basis, *line.notes)))
    place = _anchor(record, line.number, "text")
    number = f'<a href="#{place}">{line.number}</a>' if line.number else "–"
    cells = (number, who, line.stance, authority, _safe(line.content) or "—")
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr id="{_anchor(record, line.number, "line")}">{row}</tr>'


def _anchor(record: Record, number: int, place: str) -> str:
    """Return an id that is free in a notebook with many records."""
    return f"sayso-{record.report.id[:12]}-{place}-{number}"


def _safe(text: str) -> str:
    return escape(clean(text))
