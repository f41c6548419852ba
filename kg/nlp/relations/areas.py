"""Land and floor area: 占地120亩, 规划面积600平方公里, 总建筑面积16.35万平方米."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Claim, EntityType, Mention
from kg.nlp.owners import ahead, behind, inside
from kg.nlp.quantities import ABOUT
from kg.nlp.relations import relation
from kg.nlp.view import Measure, Page, Sentence

_FLOOR = re.compile(r"(?:建筑(?:总)?面积|总?建面|厂房面积|建筑体量)" + ABOUT)
_LAND = re.compile(
    r"(?:占地(?:总)?面积|总占地(?:面积)?|占地|规划(?:控制|用地|总)?面积|规划总?用地|总面积|用地面积|总?用地|核准面积|批复面积|管辖面积|区域面积|面积|规模)"
    + ABOUT
)
_PLAIN_LAND = re.compile(r"(?:规划|占地|总占地|近期规划|总规划|开发)" + ABOUT)
# 建成区面积, 种植面积, 出让面积 are figures about something else
_OTHER = re.compile(
    r"(?:建成区|种植|播种|出让|供应|治理|绿化|租赁|厂房|仓储|库房|开发|覆盖|作业|门店|投放|已开发|新增|销售|完成|流转|盘活|清理|施工"
    r"|车间|生产|经营|总建筑|建筑)$"
)
_LAND_WORD = re.compile(r"(?:的)?(?:土地|用地|建设用地|工业用地)")
_FLOOR_WORD = re.compile(r"(?:的)?(?:标准厂房|标准化厂房|厂房|办公|车间|楼宇)")
_OWNERS = (EntityType.PROJECT, EntityType.PARK, EntityType.ZONE)


def _predicate(page: Page, sentence: Sentence, measure: Measure) -> str | None:
    """landArea, floorArea or None, by the words around the figure."""
    body = page.body
    before = body[max(sentence.start, measure.start - 16) : measure.start]
    if _FLOOR.search(before):
        return "floorArea"
    land = _LAND.search(before)
    if land and not _OTHER.search(before[: land.start()]):
        return "landArea"
    if _PLAIN_LAND.search(before):
        return "landArea"
    if _LAND_WORD.match(body, measure.end) and measure.quantity.printed.endswith("亩"):
        return "landArea"
    return None


def _is_stretch(page: Page, measure: Measure, subject: str) -> bool:
    """2300亩土地上的征拆 in a zone: some land of it, not the zone's own."""
    stated = _LAND.search(page.body[max(0, measure.start - 16) : measure.start])
    land = _LAND_WORD.match(page.body, measure.end)
    touched = any(m.end == measure.start for m in page.within(measure.start - 24, measure.start))
    return page.type(subject) is not EntityType.PROJECT and bool(land) and not stated and not touched


def _is_land(measure: Measure) -> bool:
    """亩, 公顷 and 平方公里 measure land; in 平方米 both land and floors are given."""
    return measure.quantity.printed.endswith(("亩", "公顷", "公里", "千米", "km²", "㎢"))


def _adjacent(page: Page, sentence: Sentence, measure: Measure) -> str | None:
    """The name that a figure touches: 不到4平方公里的保税区, 孵化产业园40万平."""
    for m in page.mentions(sentence, *_OWNERS, outer=True):
        if page.body[measure.end : m.start] in ("", "的") and m.start >= measure.end and _is_land(measure):
            return m.entity
        if m.end == measure.start:
            return m.entity
    return None


def _owner(page: Page, sentence: Sentence, measure: Measure) -> str | None:
    mention = ahead(page, sentence, measure, *_OWNERS)
    if mention is not None:
        return mention.entity
    # the name of that kind that comes last before the figure, a park being nearer to it than its zone
    start, _ = sentence.clause_at(measure.start)
    named = [m for m in page.mentions(sentence, *_OWNERS, outer=True) if m.end <= measure.start]
    if named and named[-1].start >= start:
        return named[-1].entity
    own = re.search("占地|建筑面积", page.body[max(sentence.start, measure.start - 16) : measure.start])
    project = behind(page, sentence, measure, EntityType.PROJECT, loose=bool(own))
    if project is not None:
        return project
    return named[0].entity if named and page.type(named[0].entity) is not EntityType.PROJECT else None


@relation("areas")
def areas(page: Page) -> Iterator[Claim]:
    """Areas of projects, parks and zones."""
    for sentence in page.sentences:
        if sentence.repeats:
            continue
        for measure in sentence.measures:
            if measure.quantity.unit != "m2":
                continue
            name = inside(page, sentence, measure, EntityType.PROJECT)
            if name is not None:
                yield from _named(page, sentence, measure, name)
                continue
            predicate = _predicate(page, sentence, measure)
            if predicate is not None:
                subject = _owner(page, sentence, measure)
                if subject is not None and _is_stretch(page, measure, subject):
                    continue
            else:
                subject = _adjacent(page, sentence, measure)
                predicate = "landArea" if _is_land(measure) else "floorArea"
            if subject is not None:
                yield _claim(sentence, measure, subject, predicate, 0.85)


def _named(page: Page, sentence: Sentence, measure: Measure, name: Mention) -> Iterator[Claim]:
    """An area in a project's name: 10万亩中药材种植产业园, 14万平方米标准厂房项目, but not 年产12亿平方米隔膜."""
    if re.search("[年日]", page.body[name.start : measure.start]) or "灌区" in name.text:
        return
    if _FLOOR_WORD.match(page.body, measure.end):
        yield _claim(sentence, measure, name.entity, "floorArea", 0.6)
    elif _is_land(measure):
        yield _claim(sentence, measure, name.entity, "landArea", 0.6)


def _claim(sentence: Sentence, measure: Measure, subject: str, predicate: str, confidence: float) -> Claim:
    q = measure.quantity
    return Claim(
        subject=subject,
        predicate=predicate,
        object=q.value,
        start=sentence.start,
        end=sentence.end,
        rule=f"areas-{predicate}",
        confidence=confidence,
        unit="m2",
        max_value=q.max_value,
        printed=q.printed,
    )
