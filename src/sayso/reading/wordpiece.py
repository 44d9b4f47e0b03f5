"""Our own WordPiece: the pieces of the encoder's vocabulary that make up a word."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from sayso.errors import ModelError

MAX_PIECES_PER_WORD = 6  # only the first piece's vector is read; long URLs cost time
# One sign for all kinds of quotation marks: the direction is told by a feature, and
# straight, curly and guillemet copies of one story then read the same.
_SAME_SIGN = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛", "'"))


class WordPiece:
    """Uncased greedy longest-match splitter over a fixed vocabulary."""

    def __init__(self, vocabulary: list[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        for special in ("[UNK]", "[CLS]", "[SEP]"):
            if special not in self._ids:
                raise ModelError(
                    f"vocab.txt: {special} is missing",
                    mend="install sayso again; the model folder is damaged",
                )
        self.unknown = self._ids["[UNK]"]
        self.first = self._ids["[CLS]"]
        self.last = self._ids["[SEP]"]
        self.pieces = lru_cache(maxsize=65_536)(self._split)

    def holds(self, word: str) -> bool:
        """Tell whether the vocabulary has a word undivided, in lower case."""
        return word.lower() in self._ids

    def _split(self, word: str) -> tuple[int, ...]:
        """Return the piece ids of one word, at most `MAX_PIECES_PER_WORD`."""
        word = word.translate(_SAME_SIGN).lower()
        if not word.isascii():
            word = _strip_accents(word)
        ids: list[int] = []
        start = 0
        while start < len(word) and len(ids) < MAX_PIECES_PER_WORD:
            prefix = "##" if start else ""
            for end in range(min(len(word), start + 24), start, -1):
                number = self._ids.get(prefix + word[start:end])
                if number is not None:
                    ids.append(number)
                    start = end
                    break
            else:
                return (self.unknown,)
        return tuple(ids) or (self.unknown,)


def _strip_accents(word: str) -> str:
    """Return `word` without combining marks, as the vocabulary was built."""
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


def load_wordpiece(path: Path) -> WordPiece:
    """Read a vocabulary, one piece a line, line number = id.

    Raises:
        ModelError: a special piece is missing.
    """
    return WordPiece(path.read_text(encoding="utf-8").split("\n"))
