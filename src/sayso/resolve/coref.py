"""Which mentions of one report stand for one actor.

Names are joined over the whole text first. Then all mentions are gone through in
text order: role nouns take up the last actor that their words fit, pronouns the one
that a small ranker finds likeliest. The first person waits until sources are known.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import islice

from sayso.reading.types import Reading
from sayso.record.claims import Statement
from sayso.record.entities import ActorKind
from sayso.record.report import Report, SectionKind
from sayso.record.span import Span
from sayso.resolve.drafts import Draft, name_keys, takes_name, takes_role
from sayso.resolve.mentions import (
    RELATIVES,
    SPEAKER_PRONOUNS,
    Form,
    Mention,
)
from sayso.resolve.pronouns import rank_drafts
from sayso.resolve.relatives import antecedent
from sayso.resolve.voices import Voices
from sayso.vocab.names import Names

# A pronoun that is nobody's source is left out rather than guessed below this share.
MIN_SHARE = 0.4
MAX_DRAFTS = 200  # keeps long texts linear; a news report has 20 to 40 actors
_MIN_ROLE = 0.5
_JOINING = frozenset({"and", "or", "but"})
_PEOPLE = (ActorKind.PERSON, ActorKind.GROUP)


class Joiner:
    """Joins mentions of one report to drafts, in text order."""

    def __init__(
        self,
        report: Report,
        reading: Reading,
        mentions: Sequence[Mention],
        statements: Sequence[Statement],
        names: Names,
    ) -> None:
        self.drafts: list[Draft] = []
        self._by_age: dict[int, Draft] = {}
        """The drafts with a mention, the one spoken of last at the end."""
        self._of_span: dict[Span, Draft] = {}
        self._reading = reading
        self._mentions = mentions
        self._groups = _name_groups(mentions)
        numbers = {span: number for span, (number, _) in self._groups.items()}
        self._voices = Voices(reading, statements, numbers)
        self._names = names
        self._outlet = tuple((report.outlet or "").split())
        headlines = report.sections_of(SectionKind.HEADLINE)
        self._headline_end = max((span.end for span in headlines), default=0)

    def join(self) -> list[Draft]:
        """Return the drafts, by first mention."""
        of_group: dict[int, Draft] = {}
        for mention in self._mentions:
            group = self._groups.get(mention.span)
            if mention.document:
                continue
            if group is not None:
                number, sure = group
                if number not in of_group:
                    of_group[number] = self._by_role(mention) or self._new()
                    of_group[number].group = number
                self._put(of_group[number], mention, sure)
            elif mention.form is Form.ROLE:
                self._join_role(mention)
            elif mention.roles[0] in RELATIVES:
                self._join_relative(mention)
            elif mention.roles[0] not in SPEAKER_PRONOUNS:
                self._join_pronoun(mention)
        for mention in self._mentions:
            if mention.form is Form.PRONOUN and mention.roles[0] in SPEAKER_PRONOUNS:
                self._join_first_person(mention, set())
        return self.drafts

    def draft_of(self, span: Span) -> Draft | None:
        """Return the draft that a mention was joined to, if it was."""
        return self._of_span.get(span)

    def rank(self, pronoun: Mention) -> list[tuple[Draft, float]]:
        """Return the drafts that a pronoun may stand for, likeliest first."""
        return rank_drafts(pronoun, self._recent(), self._voices, self._names.pronouns)

    def _new(self) -> Draft:
        self.drafts.append(Draft(len(self.drafts)))
        return self.drafts[-1]

    def _put(self, draft: Draft, mention: Mention, sure: float) -> None:
        draft.add(mention, sure)
        self._by_age.pop(draft.number, None)
        self._by_age[draft.number] = draft
        self._of_span[mention.span] = draft

    def _recent(self) -> list[Draft]:
        """Return the drafts that were spoken of last, the latest first."""
        latest = islice(reversed(self._by_age.values()), MAX_DRAFTS)
        return sorted(latest, key=lambda draft: (-draft.last.span.start, draft.number))

    def _by_role(self, mention: Mention) -> Draft | None:
        """Return the nameless draft that a newly named actor was told by before."""
        if not mention.roles:
            return None
        for draft in self._recent():
            body = draft.kind is ActorKind.ORGANISATION and self._in_headline(draft)
            if draft.names or draft.kind is not mention.kind:
                continue
            if draft.kind is not ActorKind.PERSON and not body:
                continue
            shared = [role for role in mention.roles if role in draft.roles]
            if shared and self._same_office(draft, mention):
                return draft
        return None

    def _same_office(self, draft: Draft, mention: Mention) -> bool:
        if draft.last.fresh or mention.fresh or draft.plural:
            return False
        own = mention.modifiers - set(mention.roles) - {w.lower() for w in mention.name}
        return own <= draft.words or (self._in_headline(draft))

    def _in_headline(self, draft: Draft) -> bool:
        return draft.last.span.end <= self._headline_end

    def _join_role(self, mention: Mention) -> None:
        if mention.twin is not None and mention.twin in self._of_span:
            self._put(self._of_span[mention.twin], mention, 0.95)
            return
        found = self._role_draft(mention)
        if found is None:
            self._put(self._new(), mention, mention.confidence)
        else:
            self._put(found[0], mention, found[1])

    def _role_draft(self, mention: Mention) -> tuple[Draft, float] | None:
        best: tuple[Draft, float] | None = None
        for draft in self._recent():
            if draft.last.span.holds(mention.span) or not draft.roles:
                continue
            sure = self._takes(draft, mention)
            if sure > _MIN_ROLE and (best is None or sure > best[1]):
                best = draft, sure
        return best

    def _takes(self, draft: Draft, mention: Mention) -> float:
        same_head = mention.roles[0] in draft.roles
        if same_head and self._in_headline(draft) and not mention.fresh:
            return 0.8 if (mention.number == "p") == draft.plural else 0.0
        if mention.definite:
            return takes_role(draft, mention)
        generic = mention.number == "p" or mention.kind is ActorKind.ORGANISATION
        alike = not draft.names and mention.modifiers == draft.modifiers
        return 0.7 if generic and same_head and alike and not mention.fresh else 0.0

    def _join_relative(self, mention: Mention) -> None:
        """Join "who" or "which" to its antecedent."""
        near = self._beside(mention)
        if near:
            people = [m for m in near if m.kind in _PEOPLE]
            fit = people if people and mention.roles[0].startswith("who") else near
            outer = max(fit, key=lambda other: other.span.end - other.span.start)
            self._put(self._of_span[outer.span], mention, 0.9)
        elif mention.source and not self._is_of_document(mention):
            self._put(self._new(), mention, 0.5)

    def _is_of_document(self, relative: Mention) -> bool:
        """Tell whether "which" stands for a document: its issuer then speaks."""
        noun = antecedent(self._reading, relative.head)
        role = None if noun is None else self._names.role_of(self._reading.words[noun])
        return bool(role and role[0] and role[0].kind == "document")

    def _beside(self, relative: Mention) -> list[Mention]:
        """Return the mentions that end with the antecedent of a relative pronoun.

        The parse tells it, but right behind a name or noun "who" takes up that one:
        "said Ann Roe, who" hangs on something before "said" often enough.
        """
        start = relative.tokens[0]
        known = [
            other
            for other in self._mentions
            if other.span in self._of_span and other.span.end <= relative.span.start
        ]
        near = [other for other in known if 0 <= start - other.tokens[1] <= 1]
        is_joined = self._reading.words[start - 1].lower() in _JOINING
        is_plain = relative.roles[0].startswith("who") or any(m.name for m in near)
        if near and is_plain and not is_joined:
            return near
        noun = antecedent(self._reading, relative.head)
        if noun is None:
            return near
        return [other for other in known if other.head == noun]

    def _join_pronoun(self, mention: Mention) -> None:
        ranked = self.rank(mention)
        if ranked and (mention.source or ranked[0][1] >= MIN_SHARE):
            self._put(ranked[0][0], mention, ranked[0][1])
        elif mention.source:
            self._put(self._new(), mention, 0.5)

    def _join_first_person(self, mention: Mention, seen: set[str]) -> Draft | None:
        """Join "I" or "we" to whoever is quoted; in the outlet's voice to nobody."""
        known = self._of_span.get(mention.span)
        if known is not None:
            return known
        quoting = self._voices.quoting(mention.span)
        if quoting is None:
            return self._join_outlet(mention)
        if quoting.source is None or quoting.id in seen:
            return None
        draft = self._of_span.get(quoting.source)
        if draft is None:
            inner = next((m for m in self._mentions if m.span == quoting.source), None)
            if inner is None:
                return None
            draft = self._join_first_person(inner, seen | {quoting.id})
        if draft is not None:
            self._put(draft, mention, 0.9)
        return draft

    def _join_outlet(self, mention: Mention) -> Draft | None:
        """Join a "we" that nobody is quoted with to the outlet, if that is named."""
        if not self._outlet:
            return None
        for draft in self.drafts:
            if draft.outlet or draft.is_named(self._outlet):
                draft.outlet = True
                self._put(draft, mention, 0.8)
                return draft
        if not mention.source:
            return None
        draft = self._new()
        draft.outlet = True
        self._put(draft, mention, 0.8)
        return draft


def _name_groups(mentions: Sequence[Mention]) -> dict[Span, tuple[int, float]]:
    """Return the number of the actor, and how sure it is, for each named mention.

    Longer names come first, so that "Wardan" finds "Mohammad Esa Wardan" wherever in
    the text it stands. Apposed role nouns go with their name.
    """
    drafts: list[Draft] = []
    keyed: dict[Hashable, set[int]] = {}
    groups: dict[Span, tuple[int, float]] = {}
    named = [mention for mention in mentions if mention.form is Form.NAME]
    for mention in sorted(named, key=lambda m: (-len(m.name), m.span)):
        best, sure = None, 0.0
        keys = name_keys(mention)
        for number in sorted(set().union(*(keyed.get(key, ()) for key in keys))):
            draft = drafts[number]
            found = takes_name(draft, mention)
            if found > sure or (found == sure > 0 and _is_nearer(draft, best, mention)):
                best, sure = draft, found
        if mention.twin in groups:
            best, sure = drafts[groups[mention.twin][0]], 0.97
        if best is None:
            best, sure = Draft(len(drafts)), mention.confidence
            drafts.append(best)
        best.add(mention, sure)
        for key in keys:
            keyed.setdefault(key, set()).add(best.number)
        groups[mention.span] = best.number, sure
    for mention in mentions:
        if mention.form is Form.ROLE and mention.twin in groups:
            groups[mention.span] = groups[mention.twin][0], 0.95
        for other in (mention.twin,) if mention.form is Form.NAME else ():
            if other is not None and other not in groups:
                groups[other] = groups[mention.span][0], 0.95
    return groups


def _is_nearer(draft: Draft, other: Draft | None, mention: Mention) -> bool:
    return other is None or _gap(draft, mention) < _gap(other, mention)


def _gap(draft: Draft, mention: Mention) -> tuple[bool, int]:
    """Return how far the nearest mention is; those before count as nearer."""
    gaps = [mention.span.start - other.span.start for other in draft.mentions]
    before = [gap for gap in gaps if gap >= 0]
    return (False, min(before)) if before else (True, min(-gap for gap in gaps))
