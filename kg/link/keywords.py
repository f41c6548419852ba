"""Keywords of segments found in names and sentences: the longest wins, and what is only an input is left out."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ahocorasick
import yaml

from kg.ontology import Template

_PART_MARKS = frozenset("、,;/及和与()·")
_DATA = Path(__file__).parent / "data" / "segments.yaml"


@dataclass(frozen=True, slots=True)
class Match:
    """A keyword found in a text, with the segments it may mean."""

    keyword: str
    segments: tuple[str, ...]
    start: int
    end: int


class Keywords:
    """The keywords of all segments, ready to be found in texts.

    `template` is the template of a segment, `same` the segments of other templates that are the same thing.
    """

    def __init__(self, templates: Iterable[Template]) -> None:
        self.template: dict[str, str] = {}
        self.same: dict[str, tuple[str, ...]] = {}
        owners: dict[str, set[str]] = defaultdict(set)
        within: dict[str, set[str]] = defaultdict(set)  # of keywords that count in their chain alone
        printed: dict[str, str] = {}
        for template in templates:
            for segment in template.segments:
                self.template[segment.id] = template.id
                self.same[segment.id] = segment.same
                for held, keywords in ((owners, segment.keywords), (within, segment.context)):
                    for keyword in keywords:
                        held[folded(keyword)].add(segment.id)
                        printed.setdefault(folded(keyword), keyword)
        self._automaton = ahocorasick.Automaton()
        for text in sorted(owners.keys() | within.keys()):
            always, sometimes = tuple(sorted(owners[text])), tuple(sorted(within[text]))
            self._automaton.add_word(text, (len(text), printed[text], always, sometimes))
        self._automaton.make_automaton()

    def find(self, text: str, chains: Collection[str] = ()) -> list[Match]:
        """The keywords in a text that do not overlap, the longest taken first, in order of the text.

        `chains` are the templates of the chains that the text's bearer is a member of.
        """
        text = folded(text)
        if not len(self._automaton):
            return []
        found = []
        for end, (length, keyword, always, sometimes) in self._automaton.iter(text):
            inside = (s for s in sometimes if self.template[s] in chains and s not in always)
            if segments := (*always, *inside):
                found.append(Match(keyword, segments, end + 1 - length, end + 1))
        taken: list[Match] = []
        for match in sorted(found, key=lambda match: (match.start - match.end, match.start)):
            free = all(match.end <= other.start or match.start >= other.end for other in taken)
            if free and not _inside_word(text, match):
                taken.append(match)
        return sorted((m for m in taken if not _only_input(text, m)), key=lambda match: match.start)

    def heads(self, text: str, chains: Collection[str] = ()) -> list[Match]:
        """The keywords that say what a name means: the last of each part between 、, 及, 和 and brackets.

        Chinese names end in their head: 储能电池电极用碳毡 is felt, no battery.
        """
        parts = [i for i, char in enumerate(folded(text)) if char in _PART_MARKS]
        last = {bisect_left(parts, match.end): match for match in self.find(text, chains)}
        return [last[part] for part in sorted(last)]


def folded(text: str) -> str:
    """A text as it is compared: full-width forms, case and spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@cache
def words(name: str) -> tuple[str, ...]:
    """A word list of `data/segments.yaml`, longest first."""
    data = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return tuple(sorted({folded(word) for word in data[name]} - {""}, key=lambda word: (-len(word), word)))


def _inside_word(text: str, match: Match) -> bool:
    """Whether a keyword in Latin letters or digits is cut out of a longer word: T300 in T3000."""
    before, after = text[: match.start][-1:], text[match.end :][:1]
    return _joined(before, text[match.start]) or _joined(text[match.end - 1], after)


def _joined(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _only_input(text: str, match: Match) -> bool:
    """Whether the words around say that the thing is used or traded, not made: 煤矸石综合利用."""
    return text[match.end :].startswith(words("about_after")) or text[: match.start].endswith(
        words("about_before")
    )
