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
from collections.abc import Iterable
from functools import cache

from kg.divisions import divisions, short_name
from kg.model import BlockKind, Entity, EntityType, Mention
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

ZONE, PARK, PLACE = EntityType.ZONE, EntityType.PARK, EntityType.PLACE
HOMES = (ZONE, PARK, PLACE)
TITLES = (BlockKind.HEADLINE, BlockKind.KICKER, BlockKind.SUBTITLE)

_IS_REPORT = re.compile(r"政\s*府\s*工\s*作\s*报\s*告")
_REPORT = re.compile(
    r"^[\s“\"《]*(?:.*关于)?(?:[\d\s]+年)?(?P<place>[\u4e00-\u9fff]{2,24}?)《?(?:[\d\s]+年)?(?:人民)?政府(?:[\d\s]+年)?工作报告"
)
# ——2024年1月17日在X市第十七届人民代表大会第四次会议上; X市人民政府市长
_CONGRESS = re.compile(r"在(?P<place>[\u4e00-\u9fff]{2,16}?)\s*第[\u4e00-\u9fff\d]{1,4}届\s*人民代表大会")
_HEAD_OF = re.compile(
    r"(?:^|\s)(?P<place>[\u4e00-\u9fff]{2,14}?[省市县区州旗盟])(?:人民政府)?代?(?:省长|主席|市长|州长|县长|区长|盟长|旗长)"
)
_NO_PLACE = re.compile("政府|大会|会议|关于")
_NATION = re.compile(r"届全国人民代表大会|国务院总理")
_OFFICES = (
    ("province", r"省长|省人民政府|省政府"),
    ("prefecture", r"市长|州长|盟长|市政府"),
    ("county", r"县长|区长|旗长|县政府"),
)
_PREFACE = 300  # characters in which a report says where it was given
_GOVERNMENT = re.compile(r"^(?P<place>[\u4e00-\u9fff]{2,24}?)人民政府$")
_UPPER = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,6}?(?:省|自治区)(?=[\u4e00-\u9fff]{2}))?"
    r"(?:[\u4e00-\u9fff]{2,8}?(?:市|自治州|地区|盟)(?=[\u4e00-\u9fff]{1,12}(?:市|区|县|旗)$))?"
)
_LEVELS = (("province", "省|自治区"), ("prefecture", "市|州|盟|地区"), ("county", "县|区|旗"))
_LEVELLED = re.compile(r"[省市县区州旗盟]$")
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


@cache
def _levels() -> dict[str, str]:
    """Names of divisions without 市, 县 and so on (大同, 恩施) → level, the highest if several share one."""
    rank = {"province": 0, "prefecture": 1, "county": 2}
    found: dict[str, str] = {}
    for division in sorted(divisions(), key=lambda d: (rank[d.level], d.code)):
        found.setdefault(short_name(division.name), division.level)
    return found


@cache
def _chains() -> dict[str, frozenset[str]]:
    """Each name of a division, long and short → the names of the divisions above it."""
    by_code = {d.code: d for d in divisions()}
    above: dict[str, set[str]] = {}
    for division in divisions():
        upper: set[str] = set()
        parent = by_code.get(division.parent)
        while parent is not None:
            upper |= {parent.name, short_name(parent.name)}
            parent = by_code.get(parent.parent)
        for name in (division.name, short_name(division.name)):
            above.setdefault(name, set()).update(upper)
    return {name: frozenset(upper) for name, upper in above.items()}


def level(name: str) -> str | None:
    """Province, prefecture or county, by the name of a division; None for 京津冀 and other regions."""
    for found, endings in _LEVELS:
        if re.search(rf"(?:{endings})$", name):
            return found
    return _levels().get(name)


def lies_in(page: Page, lower: str, upper: str) -> bool:
    """Whether one place is a division under another, by their names."""
    above = _short(names(page, upper))
    return any(above & _chains().get(name, frozenset()) for name in _short(names(page, lower)))


def _short(forms: Iterable[str]) -> set[str]:
    """Forms of a place, also without the last character: 黔西南州 is not in the table, 黔西南 is."""
    return {*forms, *(re.sub(r"[省市县区州旗盟]$", "", form) for form in forms if len(form) > 2)}


def names(page: Page, entity: str) -> tuple[str, ...]:
    """All forms of an entity."""
    return page.entities[entity].name, *page.entities[entity].aliases


def is_division(page: Page, entity: str) -> bool:
    """Whether a place is an administrative division rather than a region like 京津冀."""
    return any(level(name) for name in names(page, entity))


def titles(page: Page) -> list[Sentence]:
    """The sentences of the title; of a plain text, its first line if it reads like one."""
    found = [s for s in page.sentences if s.kind in TITLES]
    if not found and len(page.blocks) > 1:
        found = [s for s in page.sentences if s.block == 0]
        if any(_FINAL.search(s.text) or len(s.text) > 60 for s in found):
            return []
    return sorted(found, key=lambda s: (s.kind is not BlockKind.HEADLINE, s.index))


def report_place(page: Page) -> str | None:
    """The place whose government reports, made if the text doesn't name it; None if it is no work report."""
    article = page.article
    title = "".join(s.text for s in titles(page)) or article.headline or article.source.title or ""
    if not _IS_REPORT.search(title):
        return None
    preface = title + "\n" + page.body[:_PREFACE]
    found = (
        _GOVERNMENT.search(article.source.publisher or ""),
        _CONGRESS.search(preface),
        _REPORT.search(title),
        _HEAD_OF.search(preface),
    )
    for named in filter(None, found):
        place = _UPPER.sub("", named["place"]) or named["place"]
        if level(place) is not None and not _NO_PLACE.search(place):
            return _place(page, place)
    return _place(page, "中国") if _NATION.search(preface) else _most_named(page, preface)


def _most_named(page: Page, preface: str) -> str | None:
    """For a report that says only 省长: the division of that level named most."""
    wanted = next((found for found, office in _OFFICES if re.search(office, preface)), None)
    counts = Counter(m.entity for s in page.sentences for m in page.mentions(s, PLACE, outer=True))
    for entity, times in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if times >= 3 and wanted is not None and wanted in map(level, names(page, entity)):
            return entity
    return None


def _place(page: Page, name: str) -> str:
    """The place of that name among the page's entities, added if it is not there."""
    for wanted in ({name}, _short((name, short_name(name)))):
        for entity in page.entities.values():
            forms = names(page, entity.id)
            stated = {level(form) for form in forms if _LEVELLED.search(form)}
            if entity.type is PLACE and wanted & _short(forms) and (not stated or level(name) in stated):
                return entity.id  # 伊犁州 for 伊犁哈萨克自治州, but never 吉林省 for 吉林市
    number = next(n for n in itertools.count(1 + len(page.entities)) if f"e{n}" not in page.entities)
    page.entities[f"e{number}"] = Entity(f"e{number}", PLACE, name)
    return f"e{number}"


def article_home(page: Page) -> str | None:
    """The zone, park or place the whole article is about, if one is."""
    head = titles(page)
    for kind in (ZONE, PARK):
        for sentence in head:
            for mention in page.mentions(sentence, kind, outer=True):
                return mention.entity
    for sentence in head:
        places = [m for m in page.mentions(sentence, PLACE) if is_division(page, m.entity)]
        if places:  # of 江苏无锡 the last; none if each of several places has its own part of the text
            chained = all(a.end == b.start for a, b in itertools.pairwise(places))
            return places[-1].entity if chained or len({m.entity for m in places}) == 1 else None
    body = [s for s in page.sentences if s not in head]
    for kind in (ZONE, PLACE):
        counts = Counter(m.entity for s in body for m in page.mentions(s, kind, outer=True))
        if kind is PLACE:
            counts = Counter({e: n for e, n in counts.items() if is_division(page, e)})
        for entity, times in counts.most_common(1):
            if times >= 3 and 2 * times > counts.total() and _spread(page, body, entity):
                return entity
    return None


def _spread(page: Page, body: list[Sentence], entity: str) -> bool:
    """Whether an entity is named in a third of the text's blocks: one item of a news digest isn't enough."""
    blocks = {s.block for s in body}
    named = {s.block for s in body for m in s.mentions if m.entity == entity}
    return 3 * len(named) >= len(blocks)


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
        block = -1
        for sentence in self.page.sentences:
            opens, block = sentence.block != block, sentence.block
            sentence.home = self.article
            if sentence.index in head:
                continue
            if opens:
                paragraph = section
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
                if self.report is None and not opens and self._stays(sentence):
                    paragraph = sentence.home

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
