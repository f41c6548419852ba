"""Finding a thing by its name, an alias, their pinyin or its initials: 左云经开区, zuoyunjingkaiqu, zyjkq.

The page searches in the same way (assets/search.js); the two agree on what fits and on the order.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

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

    def __init__(
        self, known: Iterable[Thing], weights: Sequence[int], spelt: Callable[[str], str] = pinyin
    ) -> None:
        """`weights` say how well each thing is linked, which decides between equals; `spelt` gives the pinyin."""
        self._weights = weights
        self._names = [
            _Name(number, n, name, folded(name), spelt(name).split(" "))
            for number, thing in enumerate(known)
            for n, name in enumerate((thing.label, *thing.aliases))
        ]
        self._plain = _Lines(name.plain for name in self._names)
        self._syllables = _Lines(" " + " ".join(name.syllables) for name in self._names)
        self._initials = _Lines("".join(s[0] for s in name.syllables if s) for name in self._names)

    def search(self, query: str, limit: int = 20) -> tuple[list[Hit], int]:
        """What fits a query, best first, and how many things do."""
        words = folded(query).split()
        letters = "".join(words).replace("'", "")
        if not words:
            return [], 0
        letters = letters if letters.isascii() else ""
        best: dict[int, tuple[float, int, str]] = {}
        for k in self._candidates(words, letters):
            name = self._names[k]
            score = _score(name.plain, name.syllables, words, letters) - (_ALIAS if name.nth else 0)
            if score > 0:
                told = (score, -name.nth, name.text)
                best[name.number] = max(best.get(name.number, told), told)
        found = [Hit(number, text, score) for number, (score, _, text) in best.items()]
        found.sort(key=lambda hit: (-hit.score, -self._weights[hit.number], hit.number))
        return found[:limit], len(found)

    def _candidates(self, words: Sequence[str], letters: str) -> set[int]:
        """The names that may fit, found in one go over all, as scoring each would take too long."""
        found = set(self._plain.matching(re.escape(max(words, key=len))))
        if letters:
            rest = "".join(f"(?:[^ \n]* )?{re.escape(letter)}" for letter in letters[1:])
            found.update(self._syllables.matching(" " + re.escape(letters[0]) + rest))
        if len(letters) >= _SHORTEST:
            found.update(self._initials.matching("(?<=\n)" + "[^\n]*?".join(map(re.escape, letters))))
        return found


@dataclass(frozen=True, slots=True)
class _Name:
    """The name of a thing, its `nth`: its label is the first."""

    number: int
    nth: int
    text: str
    plain: str
    syllables: list[str]


class _Lines:
    """Many short texts as one, for regular expressions."""

    def __init__(self, lines: Iterable[str]) -> None:
        told = [line.replace("\n", " ") for line in lines]
        self._text = "\n" + "\n".join(told) + "\n"
        self._starts = list(accumulate((len(line) + 1 for line in told), initial=1))

    def matching(self, pattern: str) -> Iterator[int]:
        """The numbers of the texts in which a pattern is found."""
        expression, at = re.compile(pattern), 0
        while (match := expression.search(self._text, at)) is not None:
            line = bisect_right(self._starts, match.start()) - 1
            yield line
            at = self._starts[line + 1] - 1


def _score(plain: str, syllables: Sequence[str], words: Sequence[str], letters: str) -> float:
    if all(word in plain for word in words):
        if plain == words[0]:
            return _EXACT
        return _BEGINS if plain.startswith(words[0]) else _HOLDS
    if not letters:
        return 0.0
    for first in range(len(syllables) if len(letters) > 1 else 1):
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
