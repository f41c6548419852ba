"""Development zones and parks: names that end in a kind (经开区, 产业园), read leftwards to where they begin.

The kinds are in data/zone_kinds.csv. A zone is its place and its kind (左云 + 经开区); a park may have any
words before its kind (煤基新材料产业园) but needs one that says something: 特色产业园 names nothing.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import ahocorasick
from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.spotting import NAME_TAGS, WordIndex, propose
from kg.nlp.view import Word
from kg.nlp.wordlists import words

_FREE = frozenset({"n", "vn", "an", "a", "s", "f", "j", "b", "TIME"})  # parts of speech inside a park's name
_ACTIONS = frozenset("加工 循环 利用 制造 创新 创业 孵化 综合 示范 保税 服务 集聚 合作 储能 回收 再生 冷链 智造 创意 成长 研发".split())
_DASH = "—-－–·"
_QUOTED = re.compile(r"“[^”“]{1,10}”$")
_BRACKETED = re.compile(r"[（(][\u4e00-\u9fff]{1,8}[）)]$")
_BEFORE_BARE = re.compile(rf"(?:{'|'.join(words('zone_words', 'quantified'))}|[\d一二三四五六七八九十百多余]+)$")
_NEEDS_NAME = frozenset({"base", "cluster", "city", "function", "start", "valley", "town"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of zone_kinds.csv."""

    suffix: str
    type: str
    family: str
    alone: bool


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds of zones and parks."""
    text = (files("kg.nlp") / "data" / "zone_kinds.csv").read_text(encoding="utf8")
    rows = csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(Kind(r["suffix"], r["type"], r["family"], r["alone"] == "yes") for r in rows)


def kind_of(name: str) -> Kind | None:
    """The kind a name ends in, the longest that fits; None if it ends in none."""
    fitting = [kind for kind in kinds() if name.endswith(kind.suffix)]
    return max(fitting, key=lambda kind: len(kind.suffix), default=None)


class Zones:
    """Appends Zone and Park candidates; a bare kind (经开区) has the rule `zone-bare`."""

    def __init__(self) -> None:
        self._kinds = ahocorasick.Automaton()
        for kind in kinds():
            self._kinds.add_word(kind.suffix, kind)
        self._kinds.make_automaton()
        self._qualifiers = frozenset(words("zone_words", "zone"))
        self._generic = frozenset(words("zone_words", "generic"))
        self._leads = frozenset(words("leads"))

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        index = WordIndex(doc._.words)
        places = {s.end_char: s.start_char for s in doc.spans.get("candidates", ()) if s.label_ == "Place"}
        for start, end, kind in self._hits(text):
            left = self._left(text, index, places, start, kind)
            if left == start:
                self._bare(doc, start, end, kind)
            else:
                self._named(doc, index, places, left, start, end, kind)
        return doc

    def _hits(self, text: str) -> list[tuple[int, int, Kind]]:
        """Kinds in the text, the longest at each end, none that a longer one covers."""
        found = [(last + 1 - len(kind.suffix), last + 1, kind) for last, kind in self._kinds.iter(text)]
        found.sort(key=lambda hit: (hit[0], -hit[1]))
        kept: list[tuple[int, int, Kind]] = []
        for hit in found:
            if not kept or hit[1] > kept[-1][1]:
                if kept and hit[0] < kept[-1][1]:
                    kept.pop()  # 产业园|园区 overlap: the later end is the name's
                    hit = (min(hit[0], hit[0]), hit[1], hit[2])
                kept.append(hit)
        return kept

    def _left(self, text: str, index: WordIndex, places: dict[int, int], start: int, kind: Kind) -> int:
        """Where the name begins whose kind begins at `start`."""
        takes = self._takes_zone if kind.type == "Zone" else self._takes_park
        left, placed = start, False
        while start - left < 24:
            if left in places:
                left, placed = places[left], True
                continue
            before = text[max(0, left - 14) : left]
            framed = _QUOTED.search(before) or _BRACKETED.search(before)
            if framed and not (placed and framed[0][0] == "“"):
                left -= len(framed[0])
                continue
            if placed and before[-1:] and before[-1] in _DASH and left - 1 in places:
                left -= 1
                continue
            if placed:
                break
            word = index.covering(left - 1) if left else None
            if word is None or "\n" in text[word.start : left] or not takes(word, left):
                break
            left = word.start
        return left

    def _takes_zone(self, word: Word, left: int) -> bool:
        if word.tag in NAME_TAGS:
            return True
        return word.end == left and word.text in self._qualifiers

    def _takes_park(self, word: Word, left: int) -> bool:
        if word.tag in NAME_TAGS:
            return True
        if word.end != left or word.text in self._leads:
            return False
        return word.tag in _FREE or word.text in _ACTIONS or (word.tag == "v" and len(word.text) > 2)

    def _bare(self, doc: Doc, start: int, end: int, kind: Kind) -> None:
        before = doc.text[max(0, start - 4) : start]
        if kind.alone and not _BEFORE_BARE.search(before):
            own = before[-1:] in ("市", "县", "州") and doc.text[max(0, start - 2) : start - 1] not in tuple("各全")
            propose(doc, start - own, end, kind.type, 0.6, "zone-bare")

    def _named(
        self, doc: Doc, index: WordIndex, places: dict[int, int], left: int, start: int, end: int, kind: Kind
    ) -> None:
        inner = index.inside(left, start)
        placed = any(left <= places[e] and e <= start for e in places if left < e <= start)
        named = placed or any(word.tag in NAME_TAGS for word in inner)
        telling = [w for w in inner if w.text not in self._generic]
        if kind.type == "Zone":
            if not named and not telling:
                return
            propose(doc, left, end, "Zone", 0.9 if named else 0.55, "zone")
            return
        if not telling or (kind.family in _NEEDS_NAME and not named):
            return
        propose(doc, left, end, "Park", 0.75 if named else 0.6, "park")


@Language.factory("lz_zones")
def make_zones(nlp: Language, name: str) -> Zones:
    """No settings."""
    return Zones()


