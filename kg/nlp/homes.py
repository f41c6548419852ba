"""Where a sentence is at home: the zone, park or place it speaks of unless it names another.

The article has a home: its title's zone or place; a government's report is at home where the government is.
A heading moves it until the next heading; a paragraph that opens on another zone or park (走进X, X，…) moves
it for the paragraph; a clause that opens on one, or on 全市, 该区 and the like, moves it from there on to the
end of the sentence.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from functools import cache

from kg.model import BlockKind, EntityType, Mention
from kg.nlp.about import article_home, report_place, titles
from kg.nlp.levels import is_division, level, lies_in, names
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

ZONE, PARK, PLACE = EntityType.ZONE, EntityType.PARK, EntityType.PLACE
HOMES = (ZONE, PARK, PLACE)

_MUNICIPALITY = re.compile(r"^(?:北京|天津|上海|重庆)市?$")
# 截至6月底, 2021年7月, 近三年来, 2020年至2022年
_TIME = (
    r"(?:截[至止]到?)?(?:近[一二三四五六七八九十两\d]+年多?(?:以来|来)?"
    r"|[\d一二三四五六七八九十][\d一二三四五六七八九十年月日号季度至—~～-]*[年月日季度]"
    r"(?:以来|时间里|期间|末|底|初|来|上旬|中旬|下旬)?)"
)
# 供水方面，…: the paragraph turns to another matter
_ASPECT = re.compile(r"[^，,。]{2,8}(?:方面|上)[，,]|一是|二是|三是|四是|五是")
_THRIVE = re.compile(r"发展|建设|提升|打造|做强|做大|壮大")
# 当阳、宜城等7个县市获评示范区: several places, told of by the one above them
SEVERAL = re.compile(r"(?:、[^，。；、]{2,10}){0,6}等\s?[\d一二三四五六七八九十两]+[余多]?个")
_FINAL = re.compile(r"[。！？!?…；;]$")
_HEADING_LENGTH = 40


@cache
def _opening() -> re.Pattern[str]:
    """What may stand at the head of a clause before the name that it is about."""
    opening, entering = any_of(words("context", "opening")), any_of(words("context", "entering"))
    return re.compile(rf"[“\"‘（(●·•#* ]*(?:(?:{opening}|{_TIME})[，,、 ]?)*(?P<entering>{entering})?")


@cache
def _event() -> re.Pattern[str]:
    return re.compile(f"市?(?:成功|隆重|顺利)?{any_of(words('context', 'event'))}")


@cache
def _stands_for(section: str) -> re.Pattern[str]:
    """全市 and the like, but not 全市首家, which ranks."""
    return re.compile(f"{any_of(words('context', section))}(?!{any_of(words('context', 'ranked'))})")


class Homes:
    """Walks a page once and sets `home` and `switches` of its sentences."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.report = report_place(page)
        self.article = self.report or article_home(page)
        self.zone: str | None = None
        self.divisions: dict[str, str] = {}  # level → the place that 全市, 全县, 全省 mean
        counts = Counter(m.entity for s in page.sentences for m in page.mentions(s, PLACE))
        for entity, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            if self.report is not None and not lies_in(page, self.report, entity):
                continue
            for found in filter(None, map(level, names(page, entity))):
                self.divisions.setdefault(found, entity)
        self._enter(self.article)

    def _enter(self, entity: str | None) -> None:
        """From here on `entity` is what 该区 or 全市 stands for."""
        if entity is None:
            return
        if self.page.type(entity) is ZONE:
            self.zone = entity
        elif self.page.type(entity) is PLACE:
            for name in names(self.page, entity):
                found = "prefecture" if name.endswith("市") else level(name)
                if found is not None:
                    self.divisions[found] = entity
                if _MUNICIPALITY.match(name):
                    self.divisions["prefecture"] = self.divisions["province"] = entity

    def walk(self) -> None:
        """Set the homes."""
        section = paragraph = self.article
        head = {s.index for s in titles(self.page)}
        block, stations = -1, False
        for sentence in self.page.sentences:
            opens, block = sentence.block != block, sentence.block
            sentence.home = self.article
            if sentence.index in head:
                continue
            if opens:
                paragraph = section
                stations = self._is_tour(sentence)
            if opens and self._is_heading(sentence):
                back = sentence.kind is BlockKind.HEADING or self.report is not None
                back = back or self.article is None
                section = paragraph = self._named(sentence) or (self.article if back else section)
                sentence.home = section
                self._enter(section)
                continue
            scene = self._scene(sentence) if opens else None
            if scene is not None:
                paragraph = scene
                if self.article is None:
                    section = scene
                self._enter(scene)
            if scene is None and _ASPECT.match(sentence.text):
                paragraph = section
            sentence.home = paragraph
            sentence.switches = self._switches(sentence)
            if sentence.switches and sentence.switches[0][0] == sentence.start:
                sentence.home = sentence.switches[0][1]
                stays = stations if self.report is not None else not opens
                if stays and self._stays(sentence):
                    paragraph = sentence.home

    def _is_tour(self, first: Sentence) -> bool:
        """Whether the sentences of a paragraph take up zones and parks one after the other: 高新区…。…。经开区…。"""
        onwards = itertools.islice(self.page.sentences, first.index, None)
        here = itertools.takewhile(lambda s: s.block == first.block, onwards)
        begun = {
            m.entity
            for s in here
            for m in self.page.mentions(s, ZONE, PARK, outer=True)
            if m.start == s.start
        }
        return len(begun) > 2

    def _is_heading(self, sentence: Sentence) -> bool:
        if sentence.kind is BlockKind.HEADING:
            return True
        block = self.page.blocks[sentence.block]
        text = self.page.body[block.start : block.end]
        if sentence.kind is not BlockKind.PARAGRAPH or len(text) > _HEADING_LENGTH:
            return False
        return text.startswith("【") or not _FINAL.search(text)

    def _named(self, sentence: Sentence) -> str | None:
        """What a heading is about: its zone, else park, else place."""
        found = self._usable(sentence)
        found.sort(key=lambda m: (HOMES.index(self.page.type(m.entity)) if m else 0, m.start))
        return found[0].entity if found else None

    def _usable(self, sentence: Sentence) -> list[Mention]:
        """Zones, parks and divisions that are no part of another name (大同 of 大同吉邦公司)."""
        page = self.page
        return [
            m
            for m in page.mentions(sentence, *HOMES, outer=True)
            if page.type(m.entity) is not PLACE or is_division(page, m.entity)
        ]

    def _opener(self, start: int, end: int, sentence: Sentence) -> Mention | None:
        """The zone, park or place a clause opens on, after 目前, 在; of 四川绵阳科技城 the last."""
        opening = _opening().match(self.page.body, start, end)
        at = opening.end() if opening else start
        last: Mention | None = None
        for mention in self._usable(sentence):
            if mention.end <= end and mention.start in ((start, at) if last is None else (last.end,)):
                last = mention
        if last is not None and SEVERAL.match(self.page.body, last.end, end):
            return None
        met_there = last is not None and opening is not None and opening["entering"] == "在"
        if met_there and last is not None and _event().match(self.page.body, last.end, end):
            return None  # 在北京召开了…: where they met, not what is spoken of
        return last

    def _scene(self, sentence: Sentence) -> str | None:
        """The zone, park or place a paragraph opens on and then stays with."""
        if sentence.kind is BlockKind.CAPTION:
            return None
        _, first = next(sentence.clauses(), (sentence.start, sentence.end))
        opener = self._opener(sentence.start, first, sentence)
        if opener is None:
            return None
        if self._moored(sentence.start, opener):
            return None
        kind = self.page.type(opener.entity)
        if self.report is not None:  # stays at home, but 晋中新兴产业园区，… sets a scene
            return opener.entity if opener.end == first and kind is not PLACE else None
        if self.article is not None and kind is PLACE and self.page.type(self.article) is not PLACE:
            return None
        return opener.entity

    def _moored(self, start: int, opener: Mention) -> bool:
        """Whether the name only says where one thing is: 位于高新区的X."""
        opening = _opening().match(self.page.body, start)
        moored = opening is not None and opening["entering"] in words("context", "mooring")
        return moored and self.page.body[opener.end : opener.end + 1] == "的"

    def _stays(self, sentence: Sentence) -> bool:
        """Whether a sentence in the midst of a paragraph moves it on: it begins with a zone, park or 在X."""
        start, end = next(sentence.clauses(), (sentence.start, sentence.end))
        opener = self._opener(start, end, sentence)
        if opener is None or self._moored(start, opener):
            return False
        kind = self.page.type(opener.entity)
        if kind is PLACE:
            return self.article is None or self.page.type(self.article) is PLACE
        opening = _opening().match(self.page.body, start)
        return opener.start == start or (opening is not None and opening["entering"] is not None)

    def _switches(self, sentence: Sentence) -> list[tuple[int, str]]:
        """Where a clause of the sentence opens on a zone, park or place, or on 全市 and the like."""
        found: list[tuple[int, str]] = []
        for start, end in sentence.clauses():
            opener = self._opener(start, end, sentence) or self._furthered(start, end, sentence)
            meant = opener.entity if opener else self._meant(start, end)
            if opener is not None and self.report is None:
                self._enter(meant)
            if meant is not None and (not found or found[-1][1] != meant):
                found.append((start, meant))
        return found

    def _furthered(self, start: int, end: int, sentence: Sentence) -> Mention | None:
        """提速发展漳州高新区，…: a first clause that says no more than that a zone is to thrive."""
        if start != sentence.start or self.report is None:
            return None
        for mention in self._usable(sentence):
            if start <= mention.start and mention.end <= end and self.page.type(mention.entity) is ZONE:
                rest = self.page.body[start : mention.start] + self.page.body[mention.end : end]
                if len(rest) <= 8 and _THRIVE.search(rest):
                    return mention
        return None

    def _meant(self, start: int, end: int) -> str | None:
        """What 该区, 全市, 我县 at the head of a clause means here."""
        body = self.page.body
        opening = _opening().match(body, start, end)
        if opening is not None and opening["entering"]:
            return None
        at = opening.end() if opening else start
        at_zone = self.report is None or self.page.type(self.report) is ZONE
        if self.zone is not None and at_zone and _stands_for("zone").match(body, at, end):
            return self.zone
        for found in ("county", "prefecture", "province"):
            if found in self.divisions and _stands_for(found).match(body, at, end):
                return self.divisions[found]
        return None


def set_homes(page: Page) -> None:
    """Set the home of every sentence of a page, where a clause names one, and what the page is about."""
    homes = Homes(page)
    page.main, page.report, page.divisions = homes.article, homes.report is not None, homes.divisions
    homes.walk()
