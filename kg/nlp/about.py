"""What a whole article is about: the zone, park or place of its title, or whose government reports in it."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from kg.divisions import short_name
from kg.model import BlockKind, Entity, EntityType
from kg.nlp.levels import is_division, level, names, short_forms
from kg.nlp.view import Page, Sentence

ZONE, PARK, PLACE = EntityType.ZONE, EntityType.PARK, EntityType.PLACE
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
_LEVELLED = re.compile(r"[省市县区州旗盟]$")
_FINAL = re.compile(r"[。！？!?…；;]$")


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
    for wanted in ({name}, short_forms((name, short_name(name)))):
        for entity in page.entities.values():
            forms = names(page, entity.id)
            stated = {level(form) for form in forms if _LEVELLED.search(form)}
            if entity.type is PLACE and wanted & short_forms(forms) and (not stated or level(name) in stated):
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
