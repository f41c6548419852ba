"""What rules share: claims with their sentence, coordinated mentions, and whether a verb is denied or planned."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.model import BlockKind, Claim, EntityType, Mention, Modality, Ref
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

# Stretches that carry no facts of their own.
SILENT = (BlockKind.FURNITURE,)
# What may stand between two members of a list: 、和, brackets and quotes, 投资100亿元的, 总投资5亿元的.
_JOIN = re.compile(
    r"[”’」』》）)]*(?:[（(][^（()）]{0,30}[）)])?(?:一期|二期|三期|四期|等)?[”’」』》]*"
    r"(?:[、/]|以及|和|与|及|跟|同)"
    r"(?:[^，,。；;、！：:]{0,24}?的|[\d.]+[亿万]元|其中|[“‘「『《])*"
)


def speaking(page: Page) -> Iterable[Sentence]:
    """The sentences that may carry facts."""
    return (s for s in page.sentences if s.kind not in SILENT)


@cache
def cues(section: str) -> re.Pattern[str]:
    """The trigger words of a section of `data/relations.txt`."""
    return re.compile(any_of(words("relations", section)))


def series(page: Page, sentence: Sentence, *types: EntityType) -> list[list[Mention]]:
    """Mentions of the given types, those of one list (A、B和C) together, in order."""
    found: list[list[Mention]] = []
    mentions = page.mentions(sentence, *types, outer=True)
    for mention in mentions:
        if any(doubled(page, mention, other) for other in mentions):
            continue
        if found and _joined(page, sentence, found[-1][-1], mention):
            found[-1].append(mention)
        else:
            found.append([mention])
    return found


def _joined(page: Page, sentence: Sentence, one: Mention, other: Mention) -> bool:
    """Whether two mentions stand in one list; 美国美光、韩国三星: a place may stand before a name."""
    end = other.start
    for place in page.mentions(sentence, EntityType.PLACE):
        if place.end == other.start and place.start > one.end:
            end = place.start
    return _JOIN.fullmatch(page.body, one.end, end) is not None


def doubled(page: Page, mention: Mention, other: Mention) -> bool:
    """Whether a mention stands at the very place of a project's: in 友联科技等项目 the firm names the project."""
    same = (mention.start, mention.end) == (other.start, other.end)
    return same and mention.entity != other.entity and page.type(other.entity) is EntityType.PROJECT


def modality(page: Page, sentence: Sentence, start: int, end: int | None = None) -> Modality:
    """How the clause (or the clauses) of `start`..`end` holds what it says: 未 negates, 拟 and 将 plan."""
    first, last = sentence.clause_at(start)
    if end is not None:
        last = max(last, sentence.clause_at(end)[1])
    stretch = page.body[first:last]
    if cues("negated").search(stretch):
        return Modality.NEGATED
    return Modality.EXPECTED if cues("planned").search(stretch) else Modality.ASSERTED


def claim(
    sentence: Sentence,
    subject: str,
    predicate: str,
    object_: str,
    rule: str,
    confidence: float,
    modality: Modality = Modality.ASSERTED,
    title: str | None = None,
) -> Claim:
    """A claim between two entities, carried by a sentence."""
    return Claim(
        subject,
        predicate,
        Ref(object_),
        sentence.start,
        sentence.end,
        rule,
        confidence,
        modality,
        title=title,
    )
