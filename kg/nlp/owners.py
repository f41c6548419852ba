"""Whose figure it is: the project, firm, chain, park or zone that a sum, an area or a capacity belongs to.

Three ways, tried in this order: the figure stands inside the name (年产10万吨活性炭项目), before it
(投资8.9亿元的X, 投资50亿元建设X), or behind it (X总投资…; X，占地…; 该项目总投资…). A figure behind a count
(X等9个项目，总投资…) is one about the whole and belongs to nobody but a chain.
"""

from __future__ import annotations

import re

from kg.model import EntityType, Mention
from kg.nlp.quantities import ABOUT
from kg.nlp.view import Measure, Page, Sentence

# From the figure to the name behind it: 的X, 建设X, 、占地300亩的X, “X”, or nothing at all.
_AHEAD = re.compile(
    r"(?:人民币|左右|以上|余元)?(?:、[^，。；、的]{2,16}){0,2}的?(?:（[^（）]{1,12}）)?"
    r"(?:[，,]?(?:用于|以|来|在[^，。；、]{1,12}?)?(?:投资|投入)?(?:建设|新建|兴建|打造|投建|扩建|建成|实施|改造|启动|开工建设))?的?"
    r"(?:[^，。；、\d]{0,6}的)?[“\"《「]?"
)
_COUNTED = re.compile(r"[\d一二三四五六七八九十百千两]+\s?[余多]?\s?[个家条项大]")
_LIST = re.compile(r"等[^，。；、]{0,14}项目[，,]")  # A、B等项目，总投资: the sum of the list
_KIND = r"(?:项目|企业|工程|公司|意向|产业园)"
# Behind a figure: 投资超10亿元项目, 总投资80亿元的31个…项目: a class or a sum of unnamed ones.
_GENERIC = re.compile(rf"(?:（含）)?(?:以上|以下|级|左右)?的?(?:\d+[个家项条])?[^，。；、的]{{0,12}}?{_KIND}")
_MANY = re.compile(r"\d\s?[余多]?\s?[个家座处项条户口]")
# 水厂, 电站 at the head of a sentence stand for what was spoken of; further in they are something else.
_BARE = re.compile(r"^[“\s]*(?:电站|水厂|工厂|基地|厂区|生产线|电厂)")
# 投资96亿元的顺源纺织产业链延伸项目: behind a firm the name of a project goes on
_GOES_ON = re.compile(r"(?!公司|集团)[^，。；、的]{1,18}?(?:项目|工程|基地|产业园|生产线)")
# 投资86亿元的X, ，投资12亿元关山Ⅱ库开工: the sum qualifies a name, known or not
_INVESTED = re.compile(rf"投资(?:总?额)?{ABOUT}")
_OPENS = re.compile(rf"[“\s]*(?:计划|预计|概算|估算)?总?投资(?:总?额)?{ABOUT}")
_QUALIFIES = re.compile(r"(?:人民币|左右|以上|余元)?的(?!资金|投资|规模)")
_VERB = re.compile(
    r"(?:人民币|左右|以上|余元)?(?:$|[，,。；;、！（(])|用于|以|来|在|建设|新建|兴建|打造|投建|扩建|改造|实施|启动|引进|购置"
)
_FOREIGN = re.compile("[厂站园区县市港矿库]")
_WHOLE = re.compile(r"全[国省市区县州旗域球]|我[国省市区县州]")  # whose figures are no project's
_ANAPHOR = re.compile(
    r"(?:该|此|本|这个|这一|这条|整个|这座|这家)[^，。；、]{0,6}?(?:项目|工程|基地|产业园|园区|生产线|产线|工厂|企业|公司|产业链)"
    r"|(?:^|[，。；：:\s])(?:项目|工程|公司|企业|产业链|全部建成|建成|投产|达产|(?:其中)?[一二三]期)"
)


def inside(page: Page, sentence: Sentence, measure: Measure, *types: EntityType) -> Mention | None:
    """The longest name that a figure is part of."""
    found = [m for m in page.mentions(sentence, *types) if m.start <= measure.start and measure.end <= m.end]
    return max(found, key=lambda m: m.end - m.start) if found else None


def ahead(page: Page, sentence: Sentence, measure: Measure, *types: EntityType) -> Mention | None:
    """The name right behind a figure that qualifies it: 投资8.9亿元的X; the first of `types` where two are one."""
    after = [m for m in page.mentions(sentence, *types, outer=True) if m.start >= measure.end]
    if not after or after[0].start - measure.end > 40:
        return None
    if not _AHEAD.fullmatch(page.body[measure.end : after[0].start]):
        return None
    head = min(
        (m for m in after if m.start == after[0].start), key=lambda m: types.index(page.type(m.entity))
    )
    if page.type(head.entity) is EntityType.FIRM and _GOES_ON.match(page.body, head.end, sentence.end):
        return None
    return head


def counted(page: Page, sentence: Sentence, start: int, end: int) -> bool:
    """Whether a number of projects or firms stands between: X等9个项目，总投资."""
    text = page.body[start:end]
    if _LIST.search(text):
        return True
    names = [(m.start - start, m.end - start) for m in page.mentions(sentence) if start <= m.start < end]
    for hit in _COUNTED.finditer(text):
        if any(a <= hit.start() < b for a, b in names):
            continue
        rest = text[hit.end() : hit.end() + 14]
        before = text[: hit.start()]
        if not rest or re.match(rf"[^，。；、]{{0,12}}?{_KIND}|[，、]", rest):
            return True
        if re.search(rf"{_KIND}[^，。；、]{{0,6}}$", before):
            return True
    return False


def behind(
    page: Page, sentence: Sentence, measure: Measure, *types: EntityType, loose: bool = False
) -> str | None:
    """The entity spoken of when a figure comes behind its name or a word for it (该项目).

    With `loose` the topic of the text will do where the sentence names nothing else.
    """
    body = page.body
    opening = body[sentence.start : measure.start]
    clause, _ = sentence.clause_at(measure.start)
    if _WHOLE.search(body, clause, measure.start):
        return None
    pointed = re.search(r"(?:该|这个|这一|此)[^，。；、]{0,8}$", opening)  # 这个总投资17亿元的项目
    if not pointed and _of_unknown(page, sentence, measure, clause):
        return None
    generic = _GENERIC.match(body, measure.end, sentence.end)
    if generic and not pointed and not page.within(measure.end, generic.end() + 20, *types):
        return None
    found = page.subject(sentence, measure.start, *types)
    if found is None:
        return None
    before = [m for m in page.mentions(sentence) if m.entity == found and m.end <= measure.start]
    start = before[-1].end if before else sentence.start
    if page.type(found) is EntityType.CHAIN:
        return found if before and before[0].start - sentence.start <= 1 else None
    if counted(page, sentence, start, measure.start):
        return None
    if start < clause and _MANY.search(body, clause, measure.start):
        return None  # A开工，106座煤矿产能达…
    if not before and not pointed and not _ANAPHOR.search(opening):
        # 总投资15亿元,… goes on about the topic
        alone = found == sentence.topic and not page.within(sentence.start, measure.start)
        many = _MANY.search(opening) or _FOREIGN.search(_BARE.sub("", opening))
        return found if alone and ((loose and not many) or len(opening) <= 6) else None
    return found


def _of_unknown(page: Page, sentence: Sentence, measure: Measure, clause: int) -> bool:
    """Whether a sum is that of something no name is known for: 总投资5亿元的某基地; 投资12亿元关山Ⅱ库开工."""
    if not _INVESTED.search(page.body, clause, measure.start):
        return False
    if _QUALIFIES.match(page.body, measure.end, sentence.end):
        return True
    opens = _OPENS.fullmatch(page.body, clause, measure.start)
    return opens is not None and not _VERB.match(page.body, measure.end, sentence.end)


def owner(page: Page, sentence: Sentence, measure: Measure, *types: EntityType) -> str | None:
    """Whose figure it is, of `types` (the first preferred), or None."""
    for find in (inside, ahead):
        mention = find(page, sentence, measure, *types)
        if mention is not None:
            return mention.entity
    return behind(page, sentence, measure, *types)
