"""Finding a thing by its name, an alias, their pinyin or its initials: 左云经开区, zuoyunjingkaiqu, zyjkq.

The page searches in the same way (assets/search.js); the two agree on what fits and on the order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.query.facts import Thing

_EXACT, _BEGINS, _HOLDS, _SPELT, _SPELT_BEGINS, _SPELT_WITHIN, _INITIALS = 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0
_ALIAS = 0.25  # an alias counts so much less than the name
_SHORTEST = 3  # letters it takes before initials may leave syllables out


def pinyin(name: str) -> str:
    """The syllables of a name, without tones: `zuo yun jing kai qu`; what is no Chinese stays as it is."""
    from pypinyin import lazy_pinyin

    return " ".join(part.strip() for part in lazy_pinyin(folded(name)) if part.strip())


def folded(text: str) -> str:
    """A text as it is compared: narrow forms, small letters."""
    return unicodedata.normalize("NFKC", text).lower()


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found (by its number), the name that fits and how well."""

    number: int
    name: str
    score: float


class Names:
    """The names of things, ready to be searched."""

    def __init__(self, known: Iterable[Thing], weights: Sequence[int]) -> None:
        """`weights` say how well each thing is linked, which decides between equals."""
        self._weights = weights
        self._names = [
            [(name, folded(name), pinyin(name).split(" ")) for name in (t.label, *t.aliases)] for t in known
        ]

    def search(self, query: str, limit: int = 20) -> tuple[list[Hit], int]:
        """What fits a query, best first, and how many things do."""
        words = folded(query).split()
        letters = "".join(words).replace("'", "")
        if not words:
            return [], 0
        spelt = letters.isascii()
        found = []
        for number, names in enumerate(self._names):
            best = max(
                (
                    _score(plain, syllables, words, letters if spelt else "") - (_ALIAS if n else 0),
                    -n,
                    name,
                )
                for n, (name, plain, syllables) in enumerate(names)
            )
            if best[0] > 0:
                found.append(Hit(number, best[2], best[0]))
        found.sort(key=lambda hit: (-hit.score, -self._weights[hit.number], hit.number))
        return found[:limit], len(found)


def _score(plain: str, syllables: Sequence[str], words: Sequence[str], letters: str) -> float:
    if all(word in plain for word in words):
        if plain == words[0]:
            return _EXACT
        return _BEGINS if plain.startswith(words[0]) else _HOLDS
    if not letters:
        return 0.0
    for first in range(len(syllables)):
        if (left := _spell(letters, syllables, first)) is not None:
            if first == 0:
                return _SPELT if left == 0 else _SPELT_BEGINS
            return _SPELT_WITHIN
    return _INITIALS if _skips(letters, syllables) else 0.0


def _spell(letters: str, syllables: Sequence[str], first: int) -> int | None:
    """How many syllables are left when the letters spell some from `first` on, a beginning of each at least."""
    reached = {0}
    for k in range(first, len(syllables)):
        following = set()
        for at in reached:
            for length in range(1, len(syllables[k]) + 1):
                if not syllables[k].startswith(letters[at : at + length]) or at + length > len(letters):
                    break
                following.add(at + length)
        if len(letters) in following:
            return len(syllables) - k - 1
        if not following:
            return None
        reached = following
    return None


def _skips(letters: str, syllables: Sequence[str]) -> bool:
    """Whether the letters are initials of some syllables in their order, the first among them."""
    if len(letters) < _SHORTEST or not syllables or syllables[0][0] != letters[0]:
        return False
    rest = iter(syllable[0] for syllable in syllables)
    return all(letter in rest for letter in letters)
