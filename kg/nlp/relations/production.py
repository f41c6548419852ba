"""What firms and projects make: produces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Claim, EntityType, Mention
from kg.nlp.relations import relation
from kg.nlp.relations.evidence import claim, cues, modality, series, speaking
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

FIRM, PROJECT, PRODUCT = EntityType.FIRM, EntityType.PROJECT, EntityType.PRODUCT
MAKERS = (PROJECT, FIRM)

_ADJACENT = re.compile(
    r"(?:[（(][^（()）]{0,30}[）)])?(?:的|自主研发的|生产的|研发的|研制的|自产的)?[“‘「\"]?"
)
# 民用无人机研发和生产企业 before or after its name
_MAKER = re.compile(
    r"(?:研发|生产|制造|和|及|与|供应|龙头|领军|头部|骨干|重点){1,5}(?:企业|厂商|公司|商)[“‘]?"
)


@cache
def _makes() -> re.Pattern[str]:
    """生产, 年产5万吨 right before a product (its adjectives in between)."""
    return re.compile(rf"{any_of(words('relations', 'makes'))}[^，,。；;！：:、]{{0,14}}?$")


@relation("production")
def production(page: Page) -> Iterator[Claim]:
    """Products of the firms and projects of a page."""
    for sentence in speaking(page):
        for project in page.mentions(sentence, PROJECT):
            for product in page.mentions(sentence, PRODUCT):
                if project.start <= product.start and product.end <= project.end and _sold(project, product):
                    yield claim(sentence, project.entity, "produces", product.entity, "production/name", 0.9)
        projects = page.mentions(sentence, PROJECT)
        for group in series(page, sentence, PRODUCT):
            free = [m for m in group if not any(p.start <= m.start and m.end <= p.end for p in projects)]
            if free:
                yield from _of_group(page, sentence, free)


def _sold(project: Mention, product: Mention) -> bool:
    """Whether what a project is named by can be its product: not 沈白高铁 of the project 沈白高铁."""
    whole = (project.start, project.end) == (product.start, product.end)
    return not (whole and re.search(any_of(words("relations", "works")) + "$", product.text))


def _of_group(page: Page, sentence: Sentence, group: list[Mention]) -> Iterator[Claim]:
    """The maker of the products of one list."""
    first, last = group[0], group[-1]
    start, end = sentence.clause_at(first.start)
    for maker in page.mentions(sentence, *MAKERS, outer=True):
        if _ADJACENT.fullmatch(page.body, maker.end, first.start):
            for product in group:
                yield claim(sentence, maker.entity, "produces", product.entity, "production/of", 0.8)
            return
        apposed = _MAKER.match(page.body, last.end)
        if apposed is not None and (maker.start == apposed.end() or maker.end <= first.start):
            yield claim(sentence, maker.entity, "produces", last.entity, "production/maker", 0.85)
            return
    lead = page.body[start : first.start]
    tail = page.body[last.end : min(end, last.end + 12)]
    if not (_makes().search(lead) or cues("made").match(tail)):
        return
    maker_id = page.subject(sentence, first.start, *MAKERS)
    if maker_id is None:
        return
    for product in group:
        yield claim(
            sentence,
            maker_id,
            "produces",
            product.entity,
            "production/verb",
            0.8,
            modality(page, sentence, first.start),
        )
