"""Who supplies whom, when the text says so: suppliesTo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Claim, EntityType, Mention
from kg.nlp.relations import relation
from kg.nlp.relations.evidence import claim, cues, modality, series, speaking
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

FIRM, PROJECT = EntityType.FIRM, EntityType.PROJECT
SIDES = (PROJECT, FIRM)
_IN_CLAUSE = r"[^，,。；;！：:]"


@cache
def _to_customer() -> re.Pattern[str]:
    """为(苹果)…配套: what follows the customers."""
    return re.compile(
        rf"(?:等{_IN_CLAUSE}{{0,10}})?{_IN_CLAUSE}{{0,12}}?{any_of(words('relations', 'supplies'))}(?![商链])"
    )


@cache
def _direct() -> re.Pattern[str]:
    """A供货B, A的产品直供B: what stands between supplier and customer."""
    verbs = any_of(words("relations", "supplies_directly"))
    return re.compile(rf"[^，,。；;、！：:]{{0,12}}?{verbs}(?:给|至|到)?[“‘]?$")


@cache
def _buys() -> re.Pattern[str]:
    """B向A采购: what follows the supplier."""
    return re.compile(rf"{_IN_CLAUSE}{{0,10}}?{any_of(words('relations', 'buys'))}")


@cache
def _between() -> tuple[tuple[re.Pattern[str], re.Pattern[str], bool, str], ...]:
    """What stands between two names and what follows the second; whether the first supplies; the rule."""
    supplier = any_of(words("relations", "supplier"))
    chain = any_of(words("relations", "supply_chain"))
    enters = any_of(words("relations", "enters"))
    customers = any_of(words("relations", "customers"))
    whole = r"(?:等[^，,。；;、！：:]{0,10})?"
    anything = re.compile("")
    return (
        (
            re.compile(rf"{whole}(?:已|已经|现已)?(?:成为|作为|是|系)了?[“‘]?"),
            re.compile(rf"{whole}{_IN_CLAUSE}{{0,16}}?{supplier}"),
            True,
            "supply/supplier",
        ),
        (
            re.compile(rf"{whole}[^，,。；;、！：:]{{0,8}}?{enters}了?[“‘]?"),
            re.compile(rf"{whole}(?:公司|集团)?的?[^，,。；;、！：:]{{0,6}}?{chain}"),
            True,
            "supply/chain",
        ),
        (
            re.compile(
                rf"的?[^，,。；;、！：:的]{{0,6}}{customers}(?:主要)?(?:包括|涵盖|覆盖|有|为|是)了?[“‘]?"
            ),
            anything,
            True,
            "supply/customers",
        ),
        (
            re.compile(rf"的?[^，,。；;、！：:的]{{0,8}}{supplier}[“‘]?"),
            anything,
            False,
            "supply/supplier-of",
        ),
    )


@relation("supply")
def supply(page: Page) -> Iterator[Claim]:
    """Suppliers and customers that a sentence names as such."""
    for sentence in speaking(page):
        groups = series(page, sentence, *SIDES)
        for number, group in enumerate(groups):
            yield from _for_customer(page, sentence, groups, number)
            yield from _provided_by(page, sentence, group)
            for other in groups[number + 1 :]:
                if _direct().fullmatch(page.body, group[-1].end, other[0].start):
                    yield from _pairs(page, sentence, group, other, "supply/direct", 0.85)
            yield from _named_so(page, sentence, groups[number : number + 2])


def _named_so(page: Page, sentence: Sentence, groups: list[list[Mention]]) -> Iterator[Claim]:
    """A是B的供应商; B的供应商A; A进入B供应链; A客户包括B."""
    if len(groups) < 2:
        return
    first, second = groups
    _, end = sentence.clause_at(second[-1].end)
    for between, after, supplies, rule in _between():
        if between.fullmatch(page.body, first[-1].end, second[0].start) and after.match(
            page.body, second[-1].end, end
        ):
            pair = (first, second) if supplies else (second, first)
            yield from _pairs(page, sentence, *pair, rule, 0.85)
            return


def _pairs(
    page: Page,
    sentence: Sentence,
    suppliers: list[Mention],
    customers: list[Mention],
    rule: str,
    confidence: float,
) -> Iterator[Claim]:
    both = (*suppliers, *customers)
    held = modality(page, sentence, min(m.start for m in both), max(m.end for m in both))
    for supplier in suppliers:
        for customer in customers:
            if supplier.entity != customer.entity:
                yield claim(sentence, supplier.entity, "suppliesTo", customer.entity, rule, confidence, held)


def _for_customer(
    page: Page, sentence: Sentence, groups: list[list[Mention]], number: int
) -> Iterator[Claim]:
    """A为B、C供应…; B向A采购; 引进A，为B做好配套; 该公司为B供货."""
    group = groups[number]
    start, _ = sentence.clause_at(group[0].start)
    lead = page.body[max(start, group[0].start - 6) : group[0].start]
    after = page.body[group[-1].end : sentence.clause_at(group[-1].end)[1]]
    earlier = groups[number - 1] if number else None
    if re.search(r"[为给向][“‘]?$", lead) and cues("services").search(after):
        return
    if re.search(r"向(?:其)?[“‘]?$", lead) and _buys().match(after):
        if earlier is not None:
            yield from _pairs(page, sentence, group, earlier, "supply/buys", 0.85)
        return
    if not re.search(r"(?:为|给|向)[“‘]?$", lead) or not _to_customer().match(after):
        return
    if earlier is not None:
        yield from _pairs(page, sentence, earlier, group, "supply/for", 0.85)
        return
    supplier = page.subject(sentence, group[0].start - len(lead), *SIDES[::-1])
    if supplier is None:
        return
    held = modality(page, sentence, group[0].start)
    for customer in group:
        if customer.entity != supplier:
            yield claim(sentence, supplier, "suppliesTo", customer.entity, "supply/topic", 0.7, held)


def _provided_by(page: Page, sentence: Sentence, group: list[Mention]) -> Iterator[Claim]:
    """X的热源由A提供, X的内存依赖A、B供应: the customer is the subject; right before 由 stands what is supplied."""
    start, end = sentence.clause_at(group[0].start)
    lead = page.body[max(start, group[0].start - 16) : group[0].start]
    after = page.body[group[-1].end : end]
    by = re.search(rf"由{_IN_CLAUSE}{{0,8}}$", lead) or re.search(
        rf"(?:依赖|依靠){_IN_CLAUSE}{{0,10}}$", lead
    )
    if by is None or not cues("provided").match(after.lstrip("等")) or cues("services").search(after):
        return
    cue = max(start, group[0].start - 16) + by.start()
    before = [m for m in page.mentions(sentence, *SIDES, outer=True) if m.end < cue]
    if not before:
        return
    own_clause = [m for m in before if m.start >= start]
    customer = (own_clause or before)[-1].entity
    held = modality(page, sentence, group[0].start)
    for supplier in group:
        if supplier.entity != customer:
            yield claim(sentence, supplier.entity, "suppliesTo", customer, "supply/by", 0.8, held)
