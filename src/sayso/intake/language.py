"""The language of a text: by its script, then by the function words it holds.

No model and no corpus: news text of any length is full of articles, prepositions and
auxiliaries, and a table of them tells languages apart well enough to know whether a
kit can read the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from importlib import resources

UNKNOWN = "und"
KIT_LANGUAGES = frozenset({"en"})
"""Languages that a kit reads; texts in others are flagged."""

_SCRIPTS = {
    "latin": re.compile("[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]"),
    "cyrillic": re.compile("[\u0400-\u052f]"),
    "arabic": re.compile("[\u0600-\u06ff\u0750-\u077f]"),
    "devanagari": re.compile("[\u0900-\u097f]"),
    "kana": re.compile("[\u3040-\u30ff]"),
    "han": re.compile("[\u4e00-\u9fff]"),
    "el": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "hy": re.compile("[\u0530-\u058f]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "bn": re.compile("[\u0980-\u09ff]"),
    "pa": re.compile("[\u0a00-\u0a7f]"),
    "gu": re.compile("[\u0a80-\u0aff]"),
    "or": re.compile("[\u0b00-\u0b7f]"),
    "ta": re.compile("[\u0b80-\u0bff]"),
    "te": re.compile("[\u0c00-\u0c7f]"),
    "kn": re.compile("[\u0c80-\u0cff]"),
    "ml": re.compile("[\u0d00-\u0d7f]"),
    "si": re.compile("[\u0d80-\u0dff]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "lo": re.compile("[\u0e80-\u0eff]"),
    "bo": re.compile("[\u0f00-\u0fff]"),
    "my": re.compile("[\u1000-\u109f]"),
    "ka": re.compile("[\u10a0-\u10ff\u1c90-\u1cbf]"),
    "am": re.compile("[\u1200-\u137f]"),
    "km": re.compile("[\u1780-\u17ff]"),
    "ko": re.compile("[\uac00-\ud7a3\u1100-\u11ff]"),
}
"""By language where a script has one main language, else by the script's name."""
_SHARED_SCRIPTS = {"latin", "cyrillic", "arabic", "devanagari"}
# Vowel signs of Indic scripts are no letters to `\w`, so words run up to a mark.
_WORD = re.compile(r"[^\W\d_][^\s\d_.,:;!?…()\[\]\"“”„«»‘।۔،؛؟、。/–—]*")

SAMPLE_LETTERS = 6_000  # about 1,000 words; more does not change a verdict
FEW_WORDS = 25  # below this, a text without any function word is no evidence
MIN_SCORE = 1.5  # one word of a language may be a name in another
SURE_SHARE = 0.12  # English news has .35 to .45, headlines .10 to .25


def find_language(text: str) -> str:
    """Return the ISO 639-1 code of the main language, "und" if it cannot be told.

    A short text in plain Latin letters without evidence for any language counts as
    English: a headline or a one-line statement must not lose its claims for brevity.
    """
    sample = _sample(text)
    script = _main_script(sample)
    if script not in _SHARED_SCRIPTS:
        return script
    words = _WORD.findall(sample.lower())
    scores = _score(words)
    best = max(scores, key=lambda code: (scores[code], code == "en"), default=UNKNOWN)
    is_short = len(words) < FEW_WORDS
    enough = max(SURE_SHARE * len(words), MIN_SCORE)
    if scores and scores[best] >= enough:
        return best
    return "en" if is_short and script == "latin" else UNKNOWN


def _sample(text: str) -> str:
    if len(text) <= SAMPLE_LETTERS:
        return text
    # Head and middle, so that an English abstract does not speak for the whole.
    middle = len(text) // 2
    half = SAMPLE_LETTERS // 2
    return f"{text[:half]} {text[middle : middle + half]}"


def _main_script(sample: str) -> str:
    if sample.isascii():
        return "latin" if any(map(str.isalpha, sample)) else UNKNOWN
    counts = {name: len(find.findall(sample)) for name, find in _SCRIPTS.items()}
    if counts["kana"] * 10 > counts["han"] + counts["kana"] > 0:
        counts["ja"] = counts["kana"] + counts["han"]
    counts["zh"] = counts.pop("han")
    del counts["kana"]
    # One Han character carries about as much as three letters of an alphabet.
    weight = {"zh": 3, "ja": 2, "ko": 2}
    best = max(counts, key=lambda name: counts[name] * weight.get(name, 1))
    return best if counts[best] else UNKNOWN


def _score(words: list[str]) -> dict[str, float]:
    """Return for each language how many of the words are its function words.

    A word that several languages share is split among them, so that "de" alone does
    not decide between French, Spanish and Portuguese.
    """
    profiles = _load_profiles()
    scores: dict[str, float] = defaultdict(float)
    for word, count in Counter(words).items():
        languages = profiles.get(word, ())
        for language in languages:
            scores[language] += count / (1 + 0.25 * (len(languages) - 1))
    return dict(scores)


@cache
def _load_profiles() -> Mapping[str, tuple[str, ...]]:
    """Return the languages of each function word."""
    table = resources.files("sayso") / "data" / "languages" / "function_words.tsv"
    profiles: dict[str, tuple[str, ...]] = {}
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, words = line.split("\t")
            for word in words.split():
                profiles[word] = (*profiles.get(word, ()), language)
    return profiles
