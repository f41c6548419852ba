"""What a project or firm can make in a year or a day: 年产10万吨活性炭, 2×100万千瓦, 日供水1500立方米.

Most capacities stand in the project's own name; a bare 10万吨磷酸铁项目 counts as yearly too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Claim, EntityType, Mention, Modality
from kg.nlp.owners import ahead, behind
from kg.nlp.quantities import ABOUT, per, rate
from kg.nlp.relations import relation
from kg.nlp.view import Measure, Page, Sentence

# What is made or handled in a year unless the text says otherwise.
_YEARLY = frozenset(
    (
        "t",
        "set",
        "vehicle",
        "piece",
        "dose",
        "box",
        "bottle",
        "bag",
        "aircraft",
        "ship",
        "GWh",
        "m3",
        "L",
        "kWh",
        "m2",
        "m",
        "mm",
        "km",
        "head",
        "core",
        "TEU",
        "bed",
        "kg",
        "person",
    )
)
_POWER = frozenset(("GW", "MW", "MWh", "kVA", "MVA"))
# Of these a bare number in a name is no capacity: 10万亩, 300公里, 28米级.
_NEEDS_RATE = frozenset(
    ("m2", "m", "mm", "km", "m3", "L", "kg", "kWh", "bed", "core", "bottle", "bag", "ship", "person")
)
_STOCK = frozenset(("head",))  # kept, not made: 5万头奶牛养殖
_STORE = re.compile(r"储备|储煤|库容|仓储|码头|罐")
_CLASS = re.compile(r"级")
_SAYS = re.compile(
    r"(?:年|日|天)(?:均|可|新增|综合)?(?:生产|产|加工|处理|供水|供气|供热|供|发电量|发电|利用|消化|回收|屠宰|出栏|存栏|输送|输气|组装|制造)"
    r"|产能|生产能力|设计能力|处理能力|供水能力|装机(?:容量|规模)?|处理规模|回用规模|生产规模|建设规模|供水规模|规模为|年产量|高峰产量|吞吐能力|吞吐量|喷漆能力|总容量"
)
_ABLE = re.compile(r"[\u4e00-\u9fff]{0,8}(?:产能|能力)")
_NOT = re.compile(
    r"增长|同比|累计(?:生产|发电|处理|供|完成)|去年|减少|节约|减排|完成|实现(?:产量|产值)|均价|元$"
)
_PRODUCT_BEFORE = re.compile(
    r"[年日天]?(?:均|可|新增|综合)?(?P<product>[\u4e00-\u9fff]{2,10}?)"
    r"(?:处理能力|生产能力|能力|规模|产能|产量|总?装机(?:容量|规模)?|吞吐量)(?:增至|提升至|总)?" + ABOUT
)
_SUPPLY_BEFORE = re.compile(
    r"[年日天](?:均|可|新增)?(?P<product>供水|供气|供热|发电|供电|处理[\u4e00-\u9fff]{2,8}|产[\u4e00-\u9fff]{2,6}?)(?:量|能力)?"
    + ABOUT
)
_HEAD = re.compile(r"[\s的“\"（(]*(?:以上|级|余)?[的“\"]*(?P<text>[^，。；、（(”\"》]+)")
_AND = re.compile("以及|及|和|与|等")
# What follows the product in a project's name.
_REST = re.compile(
    r"(?:项目|工程|生产线|产线|生产|加工|基地|制造|智能制造|智能|绿色|产业园|园区|建设|改造|扩能|扩建|扩产|搬迁|技改|装置|车间|工厂|一体化|智能化|"
    r"升级|循环|综合利用|产业链|全产业链|全产业|产业|产能|能力|研发|[一二三四]期|机组|电站|电厂|示范|应用|开发|配套|设备|前端|深加工|总装|矿山|转型|延伸|新建|联合|国产|选厂|铸造|垂直|的|大)+$"
)
_LONGEST = 20
_NO_PRODUCT = frozenset(("规模", "左右", "以上"))


def _product(page: Page, measure: Measure, limit: int, named: bool) -> str | None:
    """What the figure is of, as printed: behind it (年产10万吨活性炭), or before it (污水处理规模为1万立方米)."""
    before = page.body[max(0, measure.start - 24) : measure.start]
    for pattern in () if named else (_SUPPLY_BEFORE, _PRODUCT_BEFORE):
        hit = pattern.search(before)
        if hit:
            return hit["product"]
    after = re.sub(r"^[/／每]\s?[年日天]", "", page.body[measure.end : limit])
    head = _HEAD.match(after)
    if head is None:
        return None
    name = _AND.split(head["text"])[0].strip()
    name = _REST.sub("", name)
    return name if 0 < len(name) <= _LONGEST and name not in _NO_PRODUCT else None


def _unit(page: Page, measure: Measure, limit: int, named: bool) -> str | None:
    """The unit with its period; None if the figure is no capacity. `limit` is the end of the name."""
    body, unit = page.body, measure.quantity.unit
    period = rate(body, measure.start, measure.end)
    if unit in _POWER:
        return per(unit, period) if period == "a" and unit in ("GW", "MW") else unit
    if unit not in _YEARLY:
        return None
    if named:
        if period is None and unit in _NEEDS_RATE:
            return None
        if period is None and unit == "t" and _CLASS.match(body, measure.end):
            return None
        if period is None and unit in _STOCK:
            return unit
        if period is None and unit == "t" and _STORE.search(body[measure.end : limit]):
            return unit
    return per(unit, period or "a")


def _claim(
    page: Page, sentence: Sentence, measure: Measure, subject: str, unit: str, limit: int, rule: str
) -> Claim:
    q = measure.quantity
    return Claim(
        subject=subject,
        predicate="capacity",
        object=q.value,
        start=sentence.start,
        end=sentence.end,
        rule=rule,
        confidence=0.9 if rule == "capacity-name" else 0.7,
        modality=Modality.ASSERTED,
        unit=unit,
        max_value=q.max_value,
        printed=q.printed,
        product=_product(page, measure, limit, rule == "capacity-name"),
    )


def _named(page: Page, sentence: Sentence, measure: Measure) -> Mention | None:
    """The project whose name holds the figure or follows it at once (500台风机项目)."""
    projects = page.mentions(sentence, EntityType.PROJECT)
    holding = [m for m in projects if m.start <= measure.start and measure.end <= m.end]
    if holding:
        return min(holding, key=lambda m: m.end - m.start)
    next_to = [m for m in projects if m.start == measure.end]
    return next_to[0] if next_to else None


@relation("capacity")
def capacity(page: Page) -> Iterator[Claim]:
    """Capacities of projects, and of firms that state theirs."""
    for sentence in page.sentences:
        if sentence.repeats:
            continue
        for measure in sentence.measures:
            if measure.quantity.unit not in _YEARLY and measure.quantity.unit not in _POWER:
                continue
            mention = _named(page, sentence, measure)
            if mention is not None:
                limit = max(mention.end, measure.end)
                unit = _unit(page, measure, limit, named=True)
                if unit is not None:
                    yield _claim(page, sentence, measure, mention.entity, unit, limit, "capacity-name")
                continue
            subject = _stated(page, sentence, measure)
            unit = _unit(page, measure, sentence.end, named=False) if subject else None
            if subject is not None and unit is not None:
                yield _claim(page, sentence, measure, subject, unit, sentence.end, "capacity")


def _stated(page: Page, sentence: Sentence, measure: Measure) -> str | None:
    """Whose capacity a clause states: 水厂日供水1500立方米, 年产60万吨玻璃纤维生产线."""
    body = page.body
    start, end = sentence.clause_at(measure.start)
    before = body[max(start, measure.start - 14) : measure.start]
    said = _SAYS.search(before) or rate(body, measure.start, measure.end)
    if not (said or _ABLE.match(body, measure.end, end)) or _NOT.search(before):
        return None
    if measure.quantity.unit == "person" and "吞吐" not in before:
        return None
    types = (EntityType.PROJECT, EntityType.FIRM)
    mention = ahead(page, sentence, measure, *types)
    if mention is not None:
        return mention.entity
    found = behind(page, sentence, measure, *types, loose=True)
    if found is None or "新增" in before or "总装机" in before:
        return None
    seen = [m for m in page.mentions(sentence) if m.entity == found and m.end <= measure.start]
    if seen and seen[-1].end < start:
        # 推进A、B等项目建设，电力装机达…: a figure in another clause than a list is about the whole
        last = seen[-1]
        if re.match(r"(?:项目)?(?:等|、)", body[last.end : last.end + 3]) or body[last.start - 1] == "、":
            return None
    return found
