"""Keywords of segments found in names and sentences: the head wins, and what is only an input is left out."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

import ahocorasick

from kg.ontology import Template
from kg.tables import table

_PART_MARKS = frozenset("、,;/及和与()·")


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
        vague = words("vague") if owners or within else ()
        for text in sorted({*owners, *within, *vague}):
            always, sometimes = tuple(sorted(owners[text])), tuple(sorted(within[text]))
            self._automaton.add_word(text, (len(text), printed.get(text, text), always, sometimes))
        self._automaton.make_automaton()

    def find(self, text: str, chains: Collection[str] = ()) -> list[Match]:
        """The keywords in a text that do not overlap, in order of the text.

        Of two of which one is a part of the other the longer counts (磷酸铁锂前驱体 is no 磷酸铁锂), of two that share
        characters the later, since Chinese names end in their head: 动力电池铝箔 is 电池铝箔, no 动力电池.
        `chains` are the templates of the chains that the text's bearer is a member of.
        """
        text = folded(text)
        return [match for match in self._found(text, chains) if _tells(text, match)]

    def _found(self, text: str, chains: Collection[str]) -> list[Match]:
        """The keywords in a folded text, also those that mean no segment."""
        if not len(self._automaton):
            return []
        found = []
        for end, (length, keyword, always, sometimes) in self._automaton.iter(text):
            inside = (s for s in sometimes if self.template[s] in chains and s not in always)
            segments = (*always, *inside)
            if segments or not sometimes:
                found.append(Match(keyword, segments, end + 1 - length, end + 1))
        taken: list[Match] = []
        for match in sorted(found, key=lambda match: (-match.end, match.start)):
            if not _inside_word(text, match) and not (taken and taken[-1].start < match.end):
                taken.append(match)
        return taken[::-1]

    def heads(self, text: str, chains: Collection[str] = ()) -> list[Match]:
        """The keywords that say what a name means: the last of each part between 、, 及, 和 and brackets.

        Chinese names end in their head: 储能电池电极用碳毡 is felt, no battery; 锂电池负极材料检测 is neither.
        """
        text = folded(text)
        parts = [i for i, char in enumerate(text) if char in _PART_MARKS]
        last = {bisect_left(parts, match.end): match for match in self._found(text, chains)}
        return [last[part] for part in sorted(last) if _tells(text, last[part])]


def folded(text: str) -> str:
    """A text as it is compared: full-width forms, case and spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@cache
def words(name: str) -> tuple[str, ...]:
    """A word list of `data/segments.yaml`, longest first."""
    found = table("kg.link", "segments")[name]
    return tuple(sorted({folded(word) for word in found} - {""}, key=lambda word: (-len(word), word)))


def _inside_word(text: str, match: Match) -> bool:
    """Whether a keyword in Latin letters or digits is cut out of a longer word: T300 in T3000."""
    before, after = text[: match.start][-1:], text[match.end :][:1]
    return _joined(before, text[match.start]) or _joined(text[match.end - 1], after)


def _joined(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _tells(text: str, match: Match) -> bool:
    """Whether a match means a segment; the words around may say that the thing is used or traded: 煤矸石综合利用.

    A keyword that is about use itself (电池回收) may well be followed by more of it (电池回收利用).
    """
    itself = folded(match.keyword).endswith(words("about_itself"))
    used = text[match.end :].startswith(words("about_after")) and not itself
    return bool(match.segments) and not used and not text[: match.start].endswith(words("about_before"))
