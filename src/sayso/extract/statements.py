"""Statements: who says what, out of the attributions that the link head found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from sayso.extract.chains import find_outer
from sayso.extract.cues import complete_cue, spot_cues
from sayso.extract.edges import (
    keep_in_section,
    snap_content,
    snap_cue,
    snap_source,
)
from sayso.extract.interviews import join_answers
from sayso.extract.kinds import (
    find_addressee,
    find_channel,
    find_phrases,
    find_quote_kind,
    is_hearsay,
    is_negated,
)
from sayso.extract.layout import find_by_layout
from sayso.extract.mend import mend_contents
from sayso.extract.outlet import find_own_voice, find_unattributed
from sayso.extract.roles import mend_sources
from sayso.extract.scene import Draft, Scene, by_paragraph, set_scene
from sayso.extract.sources import find_basis, is_pronoun, split_source
from sayso.extract.stance import choose_stance, is_speech, match_cue
from sayso.extract.sureness import sureness
from sayso.reading.types import Attribution, Reading, TokenRange
from sayso.record.claims import Basis, Stance, Statement
from sayso.record.ids import statement_id
from sayso.record.report import Report
from sayso.record.span import Span
from sayso.vocab.lexicon import Lexicon

# Stances that a cue can hold without saying on what: "did not comment", "denied it".
_BARE = frozenset({Stance.DECLINES, Stance.CONFIRMS, Stance.DENIES, Stance.BLAMES})


def find_statements(
    report: Report,
    reading: Reading,
    lexicon: Lexicon,
) -> tuple[Statement, ...]:
    """Return all statements of a report, by place; the outlet's own voice comes first.

    `speaker`, `times` and `about` are left empty, for later stages.

    Args:
        report: The report.
        reading: Its Reading.
        lexicon: Cues and phrases.
    """
    scene = set_scene(report.text, reading, lexicon)
    drafts = find_drafts(report, scene)
    told = _tell(report, scene, drafts)
    loose = find_unattributed(report, scene, drafts)
    voiced = sorted([*told, *loose], key=_place)
    return (find_own_voice(report, scene, voiced), *voiced)


def find_drafts(report: Report, scene: Scene) -> list[Draft]:
    """Return the statements of a report in the making, by cue."""
    drafts = [
        keep_in_section(report, scene, _draft(scene, attribution))
        for attribution in scene.reading.attributions
        if _names_cue(scene.reading, attribution)
    ]
    drafts = [complete_cue(scene, draft) for draft in mend_sources(scene, drafts)]
    drafts = join_answers(scene, [*drafts, *spot_cues(scene, drafts)])
    drafts = mend_contents(scene, [*drafts, *find_by_layout(report, scene, drafts)])
    drafts = [replace(d, content=snap_content(scene, d.content)) for d in drafts]
    return sorted((d for d in drafts if _stands(scene, d)), key=lambda d: d.cue)


def _names_cue(reading: Reading, attribution: Attribution) -> bool:
    """Tell whether a cue is more than a stray quotation mark or comma."""
    words = reading.words[slice(*attribution.cue)]
    return any(word[0].isalnum() or word in "-–—―:" for word in words)


def _draft(scene: Scene, attribution: Attribution) -> Draft:
    source = _one_source(attribution)
    return Draft(
        cue=snap_cue(scene, scene.span_of(attribution.cue)),
        source=source and _snap_in_paragraph(scene, source, attribution.cue),
        content=snap_content(scene, map(scene.span_of, attribution.content)),
        stance=attribution.stance,
        speech=attribution.speech,
        signs=attribution.signs,
        made_by="model:link",
    )


def _snap_in_paragraph(
    scene: Scene, source: TokenRange, cue: TokenRange
) -> Span | None:
    """Return the part of a source in the paragraph of its cue, if it has one there."""
    span = scene.span_of(source)
    home = scene.paragraph(scene.paragraph_of(scene.span_of(cue).start))
    inside = Span(max(span.start, home.start), min(span.end, home.end))
    return snap_source(scene, inside if inside.start < inside.end else span)


def _one_source(attribution: Attribution) -> TokenRange | None:
    """Return the stretch nearest to the cue, the others being strays."""
    start, end = attribution.cue
    return min(
        attribution.source,
        key=lambda source: max(start - source[1], source[0] - end),
        default=None,
    )


def _stands(scene: Scene, draft: Draft) -> bool:
    """Tell whether a draft says something, or is one of those that need not."""
    if draft.content:
        return True
    negated = is_negated(scene, draft)
    entry = match_cue(scene, draft, negated=negated)
    return negated or (entry is not None and entry.stance in _BARE)


def _tell(report: Report, scene: Scene, drafts: Sequence[Draft]) -> list[Statement]:
    """Return the statements of all drafts, joint sources parted, chains tied."""
    outer = find_outer(scene, drafts)
    rows: list[list[Statement]] = []
    basis = Basis.ROLE
    said = by_paragraph(scene, (span for draft in drafts for span in draft.content))
    for draft, around in zip(drafts, outer, strict=True):
        here = said.get(scene.paragraph_of(draft.cue.start), [])
        contents = [span for span in here if not span.holds(draft.cue)]
        sure = sureness(scene, draft, nested=around is not None)
        statement = _statement(report, scene, draft, contents, sure)
        if draft.source and is_pronoun(scene, draft.source):
            # Until coreference knows better, "he" is the last one who spoke.
            statement = replace(statement, basis=basis)
        elif draft.source:
            basis = statement.basis
        rows.append(_part(scene, statement))
    rows = _name(report, rows)
    return [
        replace(twin, within=within.id if within else None)
        for number, twins in enumerate(rows)
        for within in [_first(rows, outer[number])]
        for twin in twins
    ]


def _first(rows: Sequence[Sequence[Statement]], number: int | None) -> Statement | None:
    return None if number is None else rows[number][0]


def _statement(
    report: Report,
    scene: Scene,
    draft: Draft,
    contents: Sequence[Span],
    sure: float,
) -> Statement:
    negated = is_negated(scene, draft)
    entry = match_cue(scene, draft, negated=negated)
    stance = choose_stance(draft, entry)
    kinds = find_phrases(scene, draft, contents)
    addressee = find_addressee(scene, draft)
    return Statement(
        id="",
        source=draft.source,
        cue=draft.cue,
        content=draft.content,
        quote=find_quote_kind(scene, draft),
        stance=stance,
        negated=negated,
        speech=is_speech(draft, entry),
        hearsay=is_hearsay(draft, stance),
        basis=find_basis(scene, draft.source, kinds),
        channel=find_channel(report, scene, addressee, kinds),
        addressee=addressee,
        confidence=sure,
        made_by=draft.made_by,
    )


def _part(scene: Scene, statement: Statement) -> list[Statement]:
    """Return one statement for each speaker of a joint source, still without ids."""
    if statement.source is None:
        return [statement]
    sources = split_source(scene, statement.source)
    return [replace(statement, source=source) for source in sources]


def _name(report: Report, rows: Sequence[Sequence[Statement]]) -> list[list[Statement]]:
    """Return the rows with ids; twins of one source are told apart by number."""
    seen: Counter[tuple[Span | None, int | None]] = Counter()
    named: list[list[Statement]] = []
    for twins in rows:
        named.append([])
        for twin in twins:
            anchor = (twin.cue, twin.source.start if twin.source else None)
            new_id = statement_id(
                report.id, cue=twin.cue, source=twin.source, conjunct=seen[anchor]
            )
            seen[anchor] += 1
            named[-1].append(replace(twin, id=new_id))
    return named


def _place(statement: Statement) -> tuple[Span, Span, str]:
    first = statement.cue or statement.content[0]
    return first, statement.source or first, statement.id
