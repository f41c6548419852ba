"""Leaders of chains (链主, 龙头) and where chains are: chainLeader, chainIn; a leader is also a member."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.model import Claim, EntityType, Mention, Modality, Ref
from kg.nlp.relations import relation
from kg.nlp.relations.evidence import claim, cues, series, speaking
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

FIRM, PROJECT, CHAIN = EntityType.FIRM, EntityType.PROJECT, EntityType.CHAIN
LEADERS = (PROJECT, FIRM)

_QUOTE = "[“”‘’「」\"']?"
_OF_OTHER = re.compile(r"[”’\"]?(?:企业|项目)?的(?!带动|引领|作用|示范)")


@cache
def _leading_after() -> re.Pattern[str]:
    """为“链主”, 等企业为龙头, 等链主企业, 龙头带动作用: what follows the names of leaders."""
    leader = any_of(words("relations", "leader"))
    return re.compile(
        rf"(?:{_QUOTE}等?[\d一二三四五六七八九十两]{{0,3}}[家个户]?(?:重点|骨干|头部|领军)?(?:企业|项目|公司)?)"
        rf"(?P<link>为|作为|的|是|被[^，,。；;]{{0,6}}?(?:为|成)|成为|成长为|培育成)?(?:[^，,。；;！：:]{{0,16}}?)?{_QUOTE}(?P<leader>{leader})"
    )


@cache
def _leading_before() -> re.Pattern[str]:
    """链主企业X, 以龙头企业X: what precedes the name of a leader."""
    leader = any_of(words("relations", "leader_title"))
    return re.compile(
        rf"{_QUOTE}{leader}{_QUOTE}(?:企业|项目|单位)?{_QUOTE}(?:——|是|为|有|包括|：|:)?{_QUOTE}$"
    )


@relation("chain-places")
def chain_places(page: Page) -> Iterator[Claim]:
    """Each chain is that of one zone, park or place: of the name before it, else of the one in force."""
    found: dict[str, list[Claim]] = {}
    for sentence in speaking(page):
        for mention in page.mentions(sentence, CHAIN):
            before = [
                m
                for m in page.mentions(sentence, EntityType.ZONE, EntityType.PARK, EntityType.PLACE)
                if (m.start <= mention.start and m.end in (mention.start, mention.start - 1))
                or _inside(mention, m)
            ]
            home = before[-1].entity if before else page.home(sentence, mention.start)
            if home is not None:
                rule, confidence = ("chain/named", 0.85) if before else ("chain/home", 0.75)
                found.setdefault(mention.entity, []).append(
                    claim(sentence, mention.entity, "chainIn", home, rule, confidence)
                )
    for claims in found.values():
        # what is said of a chain here and there is said of the article's own place, if that is among them
        main = [c for c in claims if c.object == Ref(page.main or "")]
        named = [c for c in claims if c.rule == "chain/named"]
        yield (named or main or claims)[0]


def _inside(outer: Mention, inner: Mention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer.entity != inner.entity


@relation("chain-leaders")
def chain_leaders(page: Page) -> Iterator[Claim]:
    """Leaders said of a named chain; 链主 of no chain gives none."""
    for sentence in speaking(page):
        for group in series(page, sentence, *LEADERS):
            cue = _cue(page, sentence, group)
            if cue is None:
                continue
            chain = _led_chain(page, sentence, group, cue)
            if chain is None:
                continue
            held = _held(page, sentence, group, cue)
            role = "chainCore" if "链核" in page.body[cue[0] : cue[1]] else "chainLeader"
            for leader in group:
                yield claim(sentence, chain, role, leader.entity, "chain-leaders/said", 0.9, held)
                yield claim(sentence, leader.entity, "inChain", chain, "chain-leaders/said", 0.9, held)


def _cue(page: Page, sentence: Sentence, group: list[Mention]) -> tuple[int, int] | None:
    """Where the words are that make the list of names leaders."""
    start, end = sentence.clause_at(group[0].start)
    after = _leading_after().match(page.body, group[-1].end, max(end, sentence.clause_at(group[-1].end)[1]))
    lead = page.body[max(start, group[0].start - 14) : group[0].start]
    if after is not None and not cues("others_leader").search(after.group()):
        needs = (
            after["link"] is None
            and re.search(r"(?:以|发挥|依托|引进|培育|壮大)[^，,。；;]{0,14}$", lead) is None
        )
        title = after["leader"] in words("relations", "leader_title")
        if not needs or title or "作用" in page.body[after.end() : after.end() + 6]:
            return after.start(), after.end()
    before = _leading_before().search(lead)
    if before is not None:
        at = max(start, group[0].start - 14)
        return at + before.start(), at + before.end()
    return None


def _led_chain(page: Page, sentence: Sentence, group: list[Mention], cue: tuple[int, int]) -> str | None:
    """The chain that is led: the one after 为龙头的, else that of the clause, else of the sentence, else the topic."""
    chains = page.mentions(sentence, CHAIN)
    start, end = sentence.clause_at(group[0].start)
    of = [
        m
        for m in chains
        if m.start >= cue[1]
        and re.fullmatch(r"[”’\"]?(?:企业|项目)?的?[^，,。；;]{0,6}", page.body[cue[1] : m.start])
    ]
    if of:
        return of[0].entity
    if _OF_OTHER.match(page.body, cue[1]):
        return None  # 以X为龙头的加工基地: what is led is no chain
    within = [m for m in chains if group[-1].end <= m.start and m.end <= cue[1]]
    within = within or [m for m in chains if start <= m.start and m.end <= group[0].start]
    if within:
        return within[-1].entity
    anaphor = re.search(any_of(words("context", "chain")), page.body[start : cue[1]])
    if anaphor is not None and CHAIN in sentence.topics:
        return sentence.topics[CHAIN]
    earlier = [m for m in chains if m.end <= start]
    later = [m for m in chains if m.start >= end]
    if earlier and not _parted(page, earlier[-1].end, start):
        return earlier[-1].entity
    if later:
        return later[0].entity
    if earlier:
        return earlier[-1].entity
    if sentence.topic is not None and page.type(sentence.topic) is CHAIN:
        return sentence.topic
    return None


def _parted(page: Page, start: int, end: int) -> bool:
    """Whether another matter begins between a chain and a clause."""
    return page.body[start:end].count("，") > 2


def _held(page: Page, sentence: Sentence, group: list[Mention], cue: tuple[int, int]) -> Modality:
    """Denied and planned leaders: 不是链主, 力争成为链主."""
    start, _ = sentence.clause_at(group[0].start)
    around = page.body[start : group[0].start] + page.body[group[-1].end : cue[1]]
    if cues("negated").search(around):
        return Modality.NEGATED
    return Modality.EXPECTED if cues("aimed").search(around) else Modality.ASSERTED
