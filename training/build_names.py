"""Compile the lists of personal names: `python -m training.build_names`.

Needs the package Faker (MIT), whose tables of names by language are joined: what
stays is which words serve as given and which as family names, without any language,
country or gender. Equal sources give equal bytes.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from faker.config import AVAILABLE_LOCALES

LEXICONS = Path(__file__).parent.parent / "src" / "sayso" / "data" / "lexicons"
HEAD = "# Words that serve as {} names, of all languages together; see CARD.md.\nname\n"
LATIN = "\u0250"
"""First code point behind the letters of European alphabets."""


def main() -> None:
    """Write both lists."""
    for kind, prefix in (("given", "first_name"), ("family", "last_name")):
        words = sorted(set(_words(prefix)))
        text = HEAD.format(kind) + "".join(f"{word}\n" for word in words)
        (LEXICONS / f"{kind}_names.tsv").write_text(text, encoding="utf-8")
        print(f"{kind}_names.tsv: {len(words)} names")


def _words(prefix: str) -> Iterator[str]:
    for locale in AVAILABLE_LOCALES:
        try:
            module = importlib.import_module(f"faker.providers.person.{locale}")
        except ImportError:
            continue  # a locale without names of its own
        for field in dir(module.Provider):
            names = getattr(module.Provider, field)
            if field.startswith(prefix) and isinstance(names, Iterable):
                for name in names:
                    # Some tables give names with how often they are borne.
                    plain = name if isinstance(name, str) else name[0]
                    yield from filter(_is_word, plain.split())


def _is_word(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word.isalpha() and max(word) < LATIN


if __name__ == "__main__":
    main()
