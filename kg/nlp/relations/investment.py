"""Money put into a project: totalInvestment (总投资8.9亿元) and completedInvestment (累计完成投资67亿元)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.model import Claim, EntityType, Modality
from kg.nlp.dates import period_of
from kg.nlp.owners import ahead, behind, inside, owner
from kg.nlp.quantities import ABOUT, number
from kg.nlp.relations import relation
from kg.nlp.view import Measure, Page, Sentence

_ABOUT = r"(?:额度|总额|金额|规模|估算|概算)?" + ABOUT
_TOTAL = re.compile(
    r"(?<!完成)(?<!固定资产)(?<!设施)(?<!工业)(?<!民间)(?<!年度)(?<!技改)(?<!到位)(?<!实际)"
    r"(?:总投资|投资总额|投资额|投资|斥资|耗资|总投入|造价)" + _ABOUT
)
_DONE = re.compile(
    r"(?:累计(?:已)?(?:完成)?投资|已(?:累计)?完成(?:固定资产)?投资|累计投入|已投资|已投入)" + _ABOUT
)
# 投资5000万元以上项目 is a threshold, 300元/吨 a price
_THRESHOLD = re.compile(r"(?:（含）)?(?:以上|以下|级)|[/／]")
_LISTED = re.compile(r"(?:、|和|及|与|以及)(?:[一二三]期|总投资|投资)?[约近超逾]*$")
# A、B等6个投资超50亿元产业项目, A等一批百亿级大项目: each of them is of that size
_CLASS = re.compile(
    r"(?:等(?:一批)?|等?[\d一二三四五六七八九十百两]+[个项])(?:总?投资)?(?P<over>超过?|过|逾)?(?P<sum>[\d.]*[百千]?[万亿]+)元?(?P<up>以上|级)?"
    r"(?=[^，。；、]{0,10}(?:项目|工程)|，)"
)
_SIZE = 10**9  # 亿元以上 is a bar for the statistics, 百亿级 the size of a project
_SUM_OF = re.compile(r"[\d一二三四五六七八九十百两]+[余多]?[个项家](?:总投资|计划总?投资|投资)" + _ABOUT)
_SAID_OF = re.compile(r"[”」》]?(?:项目|工程)?(?:计划|预计|估算|概算)?总?投资" + _ABOUT)
_JOINT = re.compile(r"\s?(?:、|和|及|与|以及)\s?")
_OWNERS = (EntityType.PROJECT, EntityType.CHAIN, EntityType.FIRM)
_MONEY = frozenset(
    ("CNY", "USD", "HKD", "EUR", "JPY", "GBP", "KRW", "RUB", "AUD", "CAD", "SGD", "CHF", "TWD", "MOP")
)


def is_money(measure: Measure) -> bool:
    """Whether a figure is a sum of money; 总投资664亿 leaves the 元 out."""
    q = measure.quantity
    return q.unit in _MONEY or (q.unit == "" and q.printed[-1] == "亿")


def currency(measure: Measure) -> str:
    """Its currency, yuan if none is named."""
    return measure.quantity.unit or "CNY"


def _is_total(page: Page, sentence: Sentence, index: int) -> bool:
    """投资 stands before the sum, or before the one that this one is listed with (投资100亿元的A、80亿元的B)."""
    measure = sentence.measures[index]
    before = page.body[max(sentence.start, measure.start - 16) : measure.start]
    if _DONE.search(before):
        return False
    if _SUM_OF.search(before):
        return False
    if _TOTAL.search(before):
        return True
    listed = _LISTED.search(before) and re.match(r"的", page.body[measure.end : measure.end + 1])
    if not listed:
        return False
    sums = [i for i in range(index) if is_money(sentence.measures[i])]
    return (
        bool(sums)
        and page.body[sentence.measures[sums[-1]].end : measure.start].count("，") == 0
        and _is_total(page, sentence, sums[-1])
    )


def _claim(page: Page, sentence: Sentence, measure: Measure, subject: str, predicate: str) -> Claim:
    q = measure.quantity
    return Claim(
        subject=subject,
        predicate=predicate,
        object=Decimal(q.value),
        start=sentence.start,
        end=sentence.end,
        rule=f"investment-{predicate}",
        confidence=0.9
        if inside(page, sentence, measure, *_OWNERS) or page.type(subject) is EntityType.PROJECT
        else 0.75,
        modality=Modality.ASSERTED,
        unit=currency(measure),
        max_value=q.max_value,
        printed=q.printed,
        date=period_of(sentence, measure.start) if predicate == "completedInvestment" else None,
    )


def _is_shared(page: Page, sentence: Sentence, measure: Measure) -> bool:
    """总投资18亿元的A、B、C等项目, 总投资18亿元A等6个项目: the sum of a list, nobody's own."""
    clause_end = next(
        (end for start, end in sentence.clauses() if start <= measure.start < end), sentence.end
    )
    sums = [m for m in sentence.measures if is_money(m) and m.start > measure.start and m.start < clause_end]
    stop = sums[0].start if sums else clause_end
    after = [
        m for m in page.mentions(sentence, EntityType.PROJECT, outer=True) if measure.end <= m.start < stop
    ]
    if not after or sums or _LISTED.search(page.body[max(sentence.start, measure.start - 8) : measure.start]):
        return False
    tail = page.body[after[-1].end : clause_end]
    if re.match(r"(?:项目)?等(?:\d+|[一二三四五六七八九十两]+)[个项大]", tail):
        return True
    return len(after) > 1 and bool(re.match(r"(?:项目)?(?:等|\d+个|[两三四五六七八九十]个)", tail))


def _classes(page: Page, sentence: Sentence) -> Iterator[Claim]:
    """Each project of a list that is said to be of a size: A、B等6个投资超50亿元项目."""
    projects = page.mentions(sentence, EntityType.PROJECT, outer=True)
    for hit in _CLASS.finditer(page.body, sentence.start, sentence.end):
        if not (hit["over"] or hit["up"] or hit["sum"][0] in "百千"):
            continue
        value = number(hit["sum"])
        members: list[str] = []
        edge = hit.start()
        for m in reversed(projects):
            if m.end == edge or (m.end < edge and _JOINT.fullmatch(page.body[m.end : edge])):
                members.append(m.entity)
                edge = m.start
        if value is None or value < _SIZE:
            continue
        for entity in reversed(members):
            yield Claim(
                subject=entity,
                predicate="totalInvestment",
                object=value,
                start=sentence.start,
                end=sentence.end,
                rule="investment-class",
                confidence=0.6,
                unit="CNY",
                printed=hit[0].lstrip("等"),
            )


@relation("investment")
def investment(page: Page) -> Iterator[Claim]:
    """Sums invested in projects, firms and chains."""
    for sentence in page.sentences:
        if sentence.repeats:
            continue
        yield from _classes(page, sentence)
        for index, measure in enumerate(sentence.measures):
            if not is_money(measure) or _THRESHOLD.match(page.body, measure.end):
                continue
            before = page.body[max(sentence.start, measure.start - 18) : measure.start]
            if _DONE.search(before):
                subject = owner(page, sentence, measure, EntityType.PROJECT)
                if subject is not None:
                    yield _claim(page, sentence, measure, subject, "completedInvestment")
            elif _is_total(page, sentence, index):
                subject = _investor(page, sentence, measure)
                if subject is not None:
                    yield _claim(page, sentence, measure, subject, "totalInvestment")


def _investor(page: Page, sentence: Sentence, measure: Measure) -> str | None:
    """What the money goes into: a firm only where the sum qualifies it (投资8.9亿元的X)."""
    told = _subject(page, sentence, measure)
    if told is not None:
        return told
    mention = inside(page, sentence, measure, EntityType.PROJECT) or ahead(page, sentence, measure, *_OWNERS)
    if mention is not None:
        return None if _is_shared(page, sentence, measure) else mention.entity
    return behind(page, sentence, measure, EntityType.PROJECT, EntityType.CHAIN)


def _subject(page: Page, sentence: Sentence, measure: Measure) -> str | None:
    """The project that 投资 is said of: X基地投资10亿元，建设年产6万吨的生产线."""
    if page.body.startswith("的", measure.end):
        return None
    for project in page.mentions(sentence, EntityType.PROJECT, outer=True):
        if project.end < measure.start and _SAID_OF.fullmatch(page.body, project.end, measure.start):
            return project.entity
    return None
