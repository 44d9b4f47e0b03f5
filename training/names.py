"""What counts as a name: words that belong to it, and the cut down to its core."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from training.conllu import Sentence

CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March"
    " April May June July August September October November December Mon Tue Wed Thu"
    " Fri Sat Sun Jan. Feb. Aug. Sept. Oct. Nov. Dec. I I'm AM PM GMT".split()
)
TITLES = frozenset(
    "Mr Mrs Ms Miss Dr Prof Mr. Mrs. Ms. Dr. Prof. Sir Madam Lord Lady Dame President"
    " Vice-President Vice Prime Minister Ministers Deputy Foreign Defence Defense"
    " Interior Finance Secretary Secretary-General Secretary-General's Under General"
    " Gen. Gen Colonel Col. Col Lieutenant Lt. Lt Major Maj. Captain Capt. Capt Sergeant"
    " Sgt. Admiral Adm. Commander Brigadier Brig. Marshal Staff Ambassador Envoy Special"
    " Representative Rep. Rep Senator Sen. Sen Governor Gov. Gov Mayor Chancellor King"
    " Queen Prince Princess Sheikh Sheikha Shaikh Emperor Emir Sultan Pope Cardinal"
    " Bishop Archbishop Reverend Rev. Father Imam Ayatollah Mullah Judge Justice Attorney"
    " Chief Chairman Chairwoman Chairperson Chair Director Director-General Professor"
    " Doctor Coach High Commissioner Spokesman Spokeswoman Spokesperson Presidential"
    " Assistant Acting Former Excellency Majesty Highness His Her Head Officer Leader"
    " SECRETARY MR MR. MS MS. MRS MRS. DR PRESIDENT AMBASSADOR QUESTION Inspector"
    " Congressman Congresswoman Detective Coordinator Speaker Premier Crown"
    " Designate designate Advisor Adviser State Honourable Honorable Hon. Ex".split()
)
_STRONG_TITLES = frozenset(
    "Minister President Secretary Ambassador Spokesperson Spokesman Spokeswoman Envoy"
    " Representative Advisor Adviser Senator Governor Mayor Secretary-General Director"
    " State SECRETARY PRESIDENT AMBASSADOR".split()
)
"""Words that no personal name holds, so that a name begins behind the last of them."""
NO_NAME_ENDS = frozenset({"Government", "Summit", "Resolution", "Coordinates"})
_ARTICLES = frozenset(
    {"al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ul", "Al"}
)
PARTICLES = frozenset(
    "al el bin ibn bint abu ad ul ur de del della der den di da do dos du la las le los"
    " van von und y e of-the af ter ten".split()
)
"""Lower-case parts of personal names."""
_JOINS = frozenset({"-", "–", "'", "’", "."})
CONNECTORS = {
    "PER": PARTICLES | _JOINS,
    "LOC": PARTICLES | _JOINS | {"of", "the"},
    "ORG": PARTICLES | _JOINS | frozenset("of the for and & in on to / 's ’s".split()),
    "MISC": PARTICLES | _JOINS | frozenset("of the for and & in on 's ’s".split()),
    "NORP": _JOINS,
}
FUNCTION_WORDS = frozenset(
    "the a an this that these those it its he she they we you i his her their our my"
    " in on at of for from to by with as and or but if when while after before since"
    " until because although though there here what who which how why where not no yes"
    " all some many most more other another each both such one two three four five six"
    " seven eight nine ten is are was were be has have had do does did will would can"
    " could may might must should so then also however according about over under"
    " between during through now today yesterday tomorrow meanwhile despite following"
    " earlier later last next once only even just new please let upon any every our"
    " into against among out up down if an us them him".split()
)
GENERIC_NAMES = frozenset(
    "States State Union Organization Assembly Council General United European Kingdom"
    " Secretariat Panel Agency Commission Republic Government Security Association"
    " Committee Group Powers Conference Charter Group Court Fund Congress Parliament"
    " International Conference|Contact Group".split()
)
STATES = frozenset(
    name.strip()
    for name in (
        "Iraq, Syria, Iran, Turkey, UK, U.K., US, U.S., USA, U.S.A., United Kingdom,"
        " United States, United States of America, Russia, China, France, Germany, Italy,"
        " Spain, Jordan, Lebanon, Israel, Egypt, Kuwait, Qatar, Yemen, Saudi Arabia, Libya,"
        " United Arab Emirates, UAE, Pakistan, Afghanistan, India, Australia, Canada, Japan,"
        " Ukraine, Britain, Great Britain, Sweden, Norway, Denmark, Netherlands, Belgium,"
        " Austria, Hungary, Poland, Uzbekistan, Bahrain, Oman, Tunisia, Morocco, Algeria,"
        " Sudan, Somalia, Nigeria, America, Palestine, Europe, Africa, Asia"
    ).split(",")
)
_DEMONYMS = frozenset(
    "american british french german dutch greek turkish arab arabic iraqi israeli kuwaiti"
    " pakistani saudi yemeni omani qatari bahraini emirati somali bengali punjabi afghan"
    " kashmiri kazakh uzbek tajik kyrgyz turkmen thai czech slovak serb serbian croat"
    " kurdish kurd turk pole dane swede finn scot scottish irish welsh english spanish"
    " swedish danish finnish polish swiss jewish jew sunni shia shiite shi'ite shi'a"
    " alawite druze yazidi yezidi christian muslim moslem catholic protestant orthodox"
    " hindu sikh buddhist mormon lutheran anglican calvinist jesuit islamic islamist"
    " republican democrat communist hellenic icelandic nordic slavic balkan baltic"
    " african asian european cuban mexican roman soviet latino hispanic malay lao"
    " burmese filipino philippine argentine greenlandic cypriot maltese moroccan uyghur"
    " uighur tibetan hausa igbo yoruba hutu tutsi pashtun hazara tuareg fulani zulu inuit"
    " roma persian gabonese timorese icelander new-zealander briton spaniard frenchman"
    " englishman irishman dutchman kosovar azeri chechen basque catalan breton parsi"
    " jain hellenic panamanian ukrainian arabian".split()
)
_DEMONYM_ENDINGS = re.compile(
    r"(?:[a-z]{1,}(?:nian|rian|lian|sian|tian|dian|bian|gian|hian|vian|ssian|mian)"
    r"|(?:chin|japan|leban|sudan|portugu|vietnam|taiwan|senegal|congol|nepal|malt|sinhal"
    r"|sri-lank|beng|singalor|gabon|togol|rwand|burund)ese"
    r"|(?:mexic|americ|afric|kore|morocc|chile|cub|dominic|republic|rom|germ|tibet|angol"
    r"|ugand|rwand|keny|zambi|zimbabwe|venezuel|europe|toleran|eritre|guine|jamaic|hait"
    r"|samo|fiji|libert|puerto-ric|sri-lank|mongol)an)$"
)
_NOT_DEMONYMS = frozenset(
    "ian brian adrian julian christian-name guardian median civilian librarian historian"
    " lillian vivian victorian gillian marian bastian sebastian damian fabian dorian"
    " politician musician pedestrian comedian custodian brazilian-nut killian obsidian"
    " georgian-house lucian cassian lesbian academician vegetarian humanitarian veterinarian"
    " authoritarian guardian parliamentarian egalitarian utilitarian meridian presbyterian"
    " barbarian physician technician clinician magician electrician mathematician"
    " statistician dietician olympian kardashian"
    " tertian hessian".split()
)


@dataclass(frozen=True)
class Words:
    """Forms of a text, and which of them may stand in a name's core."""

    forms: tuple[str, ...]
    proper: tuple[bool, ...]

    @classmethod
    def of_treebank(cls, sentence: Sentence) -> Words:
        """Return the words of `sentence`; proper is what its tags call a proper noun."""
        proper = tuple(
            xpos in {"NNP", "NNPS"} or upos == "PROPN"
            for xpos, upos in zip(sentence.xpos, sentence.upos, strict=True)
        )
        return cls(tuple(sentence.forms), proper)

    @classmethod
    def of_text(cls, text: str, tokens: list[tuple[int, int]]) -> Words:
        """Return the words of `text`; proper are capitalised ones and their numbers."""
        forms = tuple(text[start:end] for start, end in tokens)
        proper = tuple(
            is_capital(form) and form.lower() not in FUNCTION_WORDS for form in forms
        )
        return cls(forms, proper)


def is_capital(form: str) -> bool:
    """Tell whether `form` begins with a capital letter."""
    return form[:1].isupper()


def is_demonym(form: str) -> bool:
    """Tell whether `form` names a nation, people, faith or party ("Chinese", "Kurds")."""
    if not is_capital(form):
        return False
    low = form.lower()
    stems = {low, low.removesuffix("s")} - _NOT_DEMONYMS
    if low in _NOT_DEMONYMS or low.removesuffix("s") in _NOT_DEMONYMS:
        return False
    return any(s in _DEMONYMS or _DEMONYM_ENDINGS.search(s) for s in stems)


def name_core(
    words: Words, span: tuple[int, int], head: int | None, label: str
) -> tuple[int, int] | None:
    """Return the name in `span` round `head`, or None where the head is no name.

    Without `head` the last word before a postmodifier ("of", "for", a comma) is taken.
    Titles and determiners are cut off; a personal name loses nationality words too.
    """
    start, end = span
    if head is None:
        head = _surface_head(words, start, end)
    if head is None or not words.proper[head]:
        return None
    left = head
    while left > start and _reaches(words, left - 1, label, start, -1):
        left -= 1
    right = head + 1
    while right < end and _reaches(words, right, label, end, 1):
        right += 1
    left, right = _trim(words, left, right)
    if label == "PER":
        left = _skip_titles(words, left, right)
        left, right = _trim(words, left, right)
    left = _take_article(words, left, start)
    return (left, right) if left < right and _is_name(words, left, right) else None


def _skip_titles(words: Words, left: int, right: int) -> int:
    strong = (i for i in range(left, right - 1) if words.forms[i] in _STRONG_TITLES)
    left = max(strong, default=left - 1) + 1
    titles = takewhile(lambda i: _is_title(words.forms[i]), range(left, right))
    return left + len(list(titles))


def _take_article(words: Words, left: int, start: int) -> int:
    """Return the start with the "al-" or "von" that a name opens with."""
    if left - 2 >= start and words.forms[left - 1] == "-":
        return left - 2 if words.forms[left - 2] in _ARTICLES else left
    if left - 1 >= start and words.forms[left - 1] in PARTICLES - {
        "y",
        "e",
        "do",
        "as",
    }:
        return left - 1
    return left


def _is_name(words: Words, left: int, right: int) -> bool:
    forms = words.forms[left:right]
    is_date = all(form in CALENDAR or form.isdigit() for form in forms)
    return not is_date and len("".join(forms)) > 1 and forms[-1] not in NO_NAME_ENDS


def _is_title(form: str) -> bool:
    return form in TITLES or is_demonym(form)


def _surface_head(words: Words, start: int, end: int) -> int | None:
    """Return the last word before the first postmodifier."""
    stops = {
        "of",
        "for",
        "in",
        "at",
        "to",
        "who",
        "which",
        "that",
        "from",
        "on",
        "with",
    }
    stops |= {",", "(", ":", ";", "and", "&", "/", "[", "–", "—"}
    last = None
    for i in range(start, end):
        if last is not None and words.forms[i].lower() in stops:
            break
        if words.forms[i] not in {"'s", "’s", '"', "“", "”", "'", "’", "."}:
            last = i
    return last


def _reaches(words: Words, i: int, label: str, limit: int, step: int) -> bool:
    """Tell whether word `i`, next to the core, belongs to it."""
    if words.proper[i] or words.forms[i].isdigit() and label != "PER":
        return True
    allowed = CONNECTORS[label]
    while i != limit and 0 <= i < len(words.forms) and words.forms[i] in allowed:
        i += step
        if step < 0 and i < limit or step > 0 and i >= limit:
            return False
        if words.proper[i]:
            return True
    return False


def _trim(words: Words, left: int, right: int) -> tuple[int, int]:
    while (
        left < right and not words.proper[left] and words.forms[left] not in PARTICLES
    ):
        left += 1
    while left < right and not (
        words.proper[right - 1] or words.forms[right - 1].isdigit()
    ):
        right -= 1
    return left, right
