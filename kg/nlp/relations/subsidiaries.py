"""Who belongs to whom: subsidiaryOf; a joint venture belongs to each named parent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Claim, EntityType, Mention, Modality
from kg.nlp.relations import relation
from kg.nlp.relations.evidence import claim, cues, series, speaking
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

FIRM = EntityType.FIRM

_BRANCH = re.compile(r"(?:分公司|分行|支行|分厂|分店|分部)$")


@cache
def _daughter() -> re.Pattern[str]:
    """A(的)全资子公司B, A旗下B, A下属企业包括B: what stands between parent and daughters."""
    return re.compile(
        rf"(?:[（(][^（()）]{{0,30}}[）)])?的?(?:[^，,。；;！]{{0,6}})?{any_of(words('relations', 'daughter'))}"
        r"(?:企业|公司|集团)?(?:包括|有|——|为)?[“‘]?"
    )


@cache
def _parent() -> re.Pattern[str]:
    """B隶属于A, B是A的控股子公司, B的母公司A: what stands between daughter and parent."""
    belongs = any_of(words("relations", "belongs"))
    return re.compile(rf"[（(，]?(?:[^，,。；;！]{{0,12}})?(?:{belongs}|(?:母公司|控股股东)(?:是|为)?)[“‘]?")


@relation("subsidiaries")
def subsidiaries(page: Page) -> Iterator[Claim]:
    """Daughters and parents that a sentence names."""
    yield from _branches(page)
    for sentence in speaking(page):
        groups = series(page, sentence, FIRM)
        for number, group in enumerate(groups):
            yield from _topic_daughters(page, sentence, group)
            for other in groups[number + 1 : number + 2]:
                gap = page.body[group[-1].end : other[0].start]
                if _daughter().fullmatch(gap):
                    yield from _pairs(page, sentence, other, group[-1:], "subsidiaries/of")
                elif _parent().fullmatch(gap) and _closes(page, sentence, other, gap):
                    yield from _pairs(page, sentence, group[-1:], other[:1], "subsidiaries/belongs")
                elif cues("venture").search(gap) and len(group) > 1:
                    yield from _pairs(page, sentence, other, group, "subsidiaries/venture")


def _branches(page: Page) -> Iterator[Claim]:
    """A firm whose name is another's with a branch behind it: 中国工商银行北京市分行."""
    firms = {e.id: (e.name, *e.aliases) for e in page.entities.values() if e.type is FIRM}
    for sentence in speaking(page):
        for mention in page.mentions(sentence, FIRM, outer=True):
            if not _BRANCH.search(mention.text):
                continue
            parents = [
                (len(name), entity)
                for entity, forms in firms.items()
                for name in forms
                if entity != mention.entity and mention.text.startswith(name) and not _BRANCH.search(name)
            ]
            for _, parent in sorted(parents, reverse=True)[:1]:
                yield claim(sentence, mention.entity, "subsidiaryOf", parent, "subsidiaries/branch", 0.9)


def _closes(page: Page, sentence: Sentence, parents: list[Mention], gap: str) -> bool:
    """隶属于A is enough; 是A needs 的子公司 behind it."""
    if not re.search(r"(?:是|为|作为|成为)[“‘]?$", gap) or "母公司" in gap or "股东" in gap:
        return True
    after = page.body[parents[0].end : parents[0].end + 14]
    return re.match(rf"的?[^，,。；;]{{0,8}}?{any_of(words('relations', 'daughter'))}", after) is not None


def _pairs(
    page: Page, sentence: Sentence, daughters: list[Mention], parents: list[Mention], rule: str
) -> Iterator[Claim]:
    between = page.body[min(daughters[0].start, parents[0].start) : max(daughters[-1].end, parents[-1].end)]
    held = Modality.ASSERTED
    if cues("negated").search(between):
        held = Modality.NEGATED
    elif cues("planned").search(between):
        held = Modality.EXPECTED
    for daughter in daughters:
        for parent in parents:
            if daughter.entity != parent.entity:
                yield claim(sentence, daughter.entity, "subsidiaryOf", parent.entity, rule, 0.85, held)


def _topic_daughters(page: Page, sentence: Sentence, group: list[Mention]) -> Iterator[Claim]:
    """公司全资子公司B…: the parent is the firm spoken of."""
    start, _ = sentence.clause_at(group[0].start)
    lead = page.body[max(start, group[0].start - 14) : group[0].start]
    kinds = any_of(words("relations", "daughter"))
    own = re.search(
        rf"(?:(?:公司|其|集团)的?[^，,。；;！]{{0,4}}|^[^，,。；;！]{{0,2}}){kinds}(?:企业|公司|集团)?"
        r"(?:包括|有|为)?[“‘]?$",
        lead,
    )
    parent = sentence.topics.get(FIRM)
    earlier = [m for m in page.mentions(sentence, FIRM, outer=True) if m.end <= start]
    if earlier:
        parent = earlier[-1].entity
    if own is None or parent is None:
        return
    for daughter in group:
        if daughter.entity != parent:
            yield claim(sentence, daughter.entity, "subsidiaryOf", parent, "subsidiaries/own", 0.75)
