"""What a zone, park or place lives on or bets on: leadingIndustry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Claim, EntityType, Mention, Modality
from kg.nlp.relations import relation
from kg.nlp.relations.evidence import claim, cues, series, speaking
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

ZONE, PARK, PLACE, INDUSTRY = EntityType.ZONE, EntityType.PARK, EntityType.PLACE, EntityType.INDUSTRY
HOMES = (ZONE, PARK, PLACE)

_BOUGHT = re.compile("(?:、[^，。；、]{2,8}){0,4}等?(?:大宗|重点|热点)?(?:商品|产品)?消费(?!品)")
_ELSEWHERE = re.compile("(?:协同|联合|携手|面向|围绕|[与同在从向])$")


@cache
def _builds_up() -> re.Pattern[str]:
    """东坡区打造X基地、彭山区打造Y基地; 南京、无锡等地相继出台X计划: between a home and its industry."""
    return re.compile(
        rf"(?:等\d*[地市县区]?)?[^，、]{{0,4}}?{any_of(words('relations', 'builds_up'))}[^，、]{{0,12}}"
    )


@relation("industries")
def industries(page: Page) -> Iterator[Claim]:
    """Each industry of a page, with the zone, park or place in force where it is named."""
    said = {m.entity for s in speaking(page) for m in page.mentions(s, INDUSTRY) if not _in_name(page, s, m)}
    for sentence in speaking(page):
        for industry in page.mentions(sentence, INDUSTRY):
            if _in_name(page, sentence, industry) and industry.entity in said:
                continue
            if _BOUGHT.match(page.body, industry.end, sentence.end):
                continue  # 扩大新能源汽车、电子产品等大宗消费
            start, _ = sentence.clause_at(industry.start)
            lead = page.body[start : industry.start]
            owners = _owners(page, sentence, industry.start, start)
            strong = cues("priority").search(page.body, start, sentence.end)
            held = Modality.NEGATED if cues("given_up").search(lead) else Modality.ASSERTED
            for owner in owners:
                yield claim(
                    sentence,
                    owner,
                    "leadingIndustry",
                    industry.entity,
                    "industries/priority" if strong else "industries/named",
                    0.85 if strong else 0.6,
                    held,
                )


def _in_name(page: Page, sentence: Sentence, industry: Mention) -> bool:
    """Whether an industry's name is but part of a park's or firm's: 现代煤化工产业园."""
    around = page.mentions(sentence, ZONE, PARK, EntityType.FIRM, EntityType.INSTITUTION)
    return any(m.start <= industry.start and industry.end <= m.end for m in around)


def _owners(page: Page, sentence: Sentence, offset: int, start: int) -> list[str]:
    """Whose industry it is: 临泉经开区电子信息产业, 支持A、B做大X, else that of the home in force."""
    for mention in page.mentions(sentence, *HOMES):
        if mention.end == offset or (mention.end == offset - 1 and page.body[mention.end] == "的"):
            return [mention.entity]
    for group in reversed(series(page, sentence, *HOMES)):
        if start <= group[0].start and group[-1].end <= offset:
            lead, gap = page.body[start : group[0].start], page.body[group[-1].end : offset]
            acting = not _ELSEWHERE.search(lead) and _builds_up().fullmatch(gap)
            if acting or (cues("furthers").fullmatch(lead) and len(gap) <= 16):
                return [m.entity for m in group]
    home = page.home(sentence, offset)
    return [home] if home is not None else []
