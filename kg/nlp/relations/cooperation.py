"""Who works with whom: cooperatesWith, each pair once."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache

from kg.model import Claim, EntityType, Mention, Modality
from kg.nlp.relations import relation
from kg.nlp.relations.evidence import claim, cues, series, speaking
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

ZONE, PARK, PLACE = EntityType.ZONE, EntityType.PARK, EntityType.PLACE
FIRM, INSTITUTION = EntityType.FIRM, EntityType.INSTITUTION
PARTIES = (FIRM, INSTITUTION, ZONE, PARK, PLACE)

_WITH = re.compile(r"(?:与|同(?!志)|和|跟)(?:[^，,。；;、！：:与同和]{0,8}?的)?[“‘]?$")
_AND = re.compile(r"[与同跟]")
_ALSO = re.compile(r"[和及]")
_AT = re.compile(r"(?:在|从|来自|赴|于)$")
_CROWD = re.compile(r"\d+[余多]?[个家户名]")
_PARTNER_OF = re.compile(r"的?[^，,。；;、！：:]{0,6}(?:合作伙伴|合作方|合作单位|战略伙伴)[“‘（(]?")
_SIGNS = re.compile(r"(?:近日|日前|正式|共同|已)*(?:签署|签订|签约)")
_APPROACHES = re.compile(
    "等?[^，,。；;、]{0,12}对接"
)  # 积极与A、B等企业对接: they may not even have answered
_OPENS = 2  # characters before the name that a sentence opens on
_NEAR = 30


@cache
def _teams_up() -> re.Pattern[str]:
    return re.compile(rf"{any_of(words('relations', 'teams_up'))}[“‘]?$")


@cache
def _jointly() -> re.Pattern[str]:
    """A、B(日前)联合…: what follows the last party."""
    jointly = any_of(words("relations", "jointly"))
    return re.compile(rf"等?[\d两三四五]?[个部]?(?:部门|单位|地|方|市|省)?(?:日前|近日|今天|昨天)?{jointly}")


@relation("cooperation")
def cooperation(page: Page) -> Iterator[Claim]:
    """Pairs that work together according to a sentence; a pair is given once, the first time."""
    seen: set[frozenset[str]] = set()
    for sentence in speaking(page):
        for one, other, rule, confidence, held in _pairs(page, sentence):
            pair = frozenset((one, other))
            if len(pair) == 2 and pair not in seen:
                seen.add(pair)
                yield claim(sentence, one, "cooperatesWith", other, f"cooperation/{rule}", confidence, held)


_Pair = tuple[str, str, str, float, Modality]


def _pairs(page: Page, sentence: Sentence) -> Iterator[_Pair]:
    """All pairs a sentence joins, with rule, confidence and modality."""
    groups = [_without_venue(page, group) for group in series(page, sentence, *PARTIES)]
    for number, group in enumerate(groups):
        start, end = sentence.clause_at(group[0].start)
        _, end = sentence.clause_at(group[-1].end)
        lead = page.body[max(start, group[0].start - 12) : group[0].start]
        tail = page.body[group[-1].end : min(end, group[-1].end + _NEAR)]
        held = _held(page, sentence, group, start, tail)
        together = cues("together").search(tail) is not None and not (
            page.type(group[-1].entity) is FIRM and _APPROACHES.fullmatch(tail)
        )
        if _teams_up().search(lead) or (together and _WITH.search(lead)):
            one = _first_party(page, sentence, group, start)
            if one is not None:
                for other in group:
                    yield one, other.entity, "with", 0.8, held
            continue
        sided = any(_AND.search(page.body[a.end : b.start]) for a, b in itertools.pairwise(group))
        if len(group) > 1 and not sided and _jointly().match(tail):
            for a, b in itertools.combinations(group, 2):
                yield a.entity, b.entity, "jointly", 0.75, held
            continue
        if together:
            yield from _joined(page, group, held, tail)
        if number + 1 < len(groups):
            after = groups[number + 1]
            if _PARTNER_OF.fullmatch(page.body, group[-1].end, after[0].start):
                for other in after:
                    yield group[-1].entity, other.entity, "partner", 0.85, Modality.ASSERTED


def _without_venue(page: Page, group: list[Mention]) -> list[Mention]:
    """A list without the place of the meeting at its head: 在北京与A签约."""
    venue = page.type(group[0].entity) is PLACE and _AT.search(page.body[: group[0].start][-2:])
    return group[1:] if venue and len(group) > 1 else group


def _joined(page: Page, group: list[Mention], held: Modality, tail: str) -> Iterator[_Pair]:
    """A与B、C…合作, where 与 stands inside the list; A与B、C与D合作 is two pairs; A、B和C签署 joins A and B to C."""
    if len(group) < 2:
        return
    gaps = [page.body[a.end : b.start] for a, b in itertools.pairwise(group)]
    cuts = [at for at, gap in enumerate(gaps, 1) if _AND.search(gap)]
    if not cuts and _ALSO.search(gaps[-1]) and (len(group) == 2 or _SIGNS.match(tail)):
        cuts = [len(gaps)]
    if len(cuts) > 1:
        for cut in cuts:
            yield group[cut - 1].entity, group[cut].entity, "joined", 0.8, held
    for cut in cuts[:1] if len(cuts) == 1 else ():
        for one, other in itertools.product(group[:cut], group[cut:]):
            yield one.entity, other.entity, "joined", 0.8, held


def _first_party(page: Page, sentence: Sentence, group: list[Mention], start: int) -> str | None:
    """Who works with the list after 与: the party named before it in the clause, else the home or topic."""
    lead = page.body[start : group[0].start]
    before = [
        m
        for m in page.mentions(sentence, *PARTIES, outer=True)
        if start <= m.start and m.end < group[0].start and not _AT.search(page.body[start : m.start])
    ]
    # the place of a meeting (在北京通过视频与…) is no party; the first of several names is the subject
    acting = [m for m in before if page.type(m.entity) is not PLACE] or before
    if acting:
        return acting[0].entity if page.type(acting[0].entity) is not PLACE else acting[-1].entity
    if page.main is None:  # OpenAI宣布了…，与A合作建设: who the sentence opens on
        for first in page.mentions(sentence, FIRM, INSTITUTION, outer=True)[:1]:
            if first.start - sentence.start <= _OPENS and first.end <= start:
                return first.entity
    if _CROWD.search(lead):
        return None  # 促进4户企业与一汽集团合作: the four are not named
    if re.search(r"(?:公司|企业|集团)[^，,。；;]{0,6}$", lead) and FIRM in sentence.topics:
        return sentence.topics[FIRM]
    topic = sentence.topic
    if not page.report and topic is not None and page.type(topic) is FIRM and page.main is None:
        return topic
    return page.home(sentence, group[0].start)


def _held(page: Page, sentence: Sentence, group: list[Mention], start: int, tail: str) -> Modality:
    """未与A签约 denies, 拟与A签约 plans; what comes after the list does neither."""
    lead = page.body[start : group[-1].end]
    if cues("negated").search(lead) or re.match(r"(?:的合作)?(?:终止|破裂|未能)", tail):
        return Modality.NEGATED
    return Modality.EXPECTED if cues("planned").search(lead) else Modality.ASSERTED
