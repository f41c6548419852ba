"""Who works with whom: cooperatesWith, each pair once."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from kg.model import Claim, EntityType, Mention
from kg.nlp.relations import relation
from kg.nlp.relations.evidence import claim, cues, modality, series, speaking
from kg.nlp.view import Page, Sentence

ZONE, PARK, PLACE = EntityType.ZONE, EntityType.PARK, EntityType.PLACE
FIRM, INSTITUTION = EntityType.FIRM, EntityType.INSTITUTION
PARTIES = (FIRM, INSTITUTION, ZONE, PARK, PLACE)

_WITH = re.compile(r"(?:与|同|和|跟|携手|联合|联动|对接)(?:[^，,。；;、！：:与同和]{0,8}?的)?[“‘]?$")


@relation("cooperation")
def cooperation(page: Page) -> Iterator[Claim]:
    """Pairs that work together according to a sentence."""
    for sentence in speaking(page):
        for group in series(page, sentence, *PARTIES):
            yield from _with(page, sentence, group)


def _with(page: Page, sentence: Sentence, group: list[Mention]) -> Iterator[Claim]:
    """(A)与B、C…合作: the list after 与, or the list itself if A stands in it."""
    start, end = sentence.clause_at(group[0].start)
    lead = page.body[max(start, group[0].start - 12) : group[0].start]
    tail = page.body[group[-1].end : end]
    together = cues("together").search(tail)
    if not together:
        return
    held = modality(page, sentence, group[0].start)
    if _WITH.search(lead):
        before = [
            m
            for m in page.mentions(sentence, *PARTIES, outer=True)
            if start <= m.start and m.end < group[0].start
        ]
        one = before[-1].entity if before else page.home(sentence, group[0].start)
        for other in group:
            if one is not None and one != other.entity:
                yield claim(sentence, one, "cooperatesWith", other.entity, "cooperation/with", 0.8, held)
        return
    joined = [
        (a, b) for a, b in itertools.pairwise(group) if re.search(r"[与和同及]", page.body[a.end : b.start])
    ]
    if not joined:
        return
    cut = group.index(joined[0][1])
    for a, b in itertools.product(group[:cut], group[cut:]):
        if a.entity != b.entity:
            yield claim(sentence, a.entity, "cooperatesWith", b.entity, "cooperation/joined", 0.8, held)
