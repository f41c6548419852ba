"""Members of chains: inChain, for projects and firms that a text puts into a chain.

A list under 该产业链 is taken whole. Where a sentence on a chain goes on with projects, or the paragraph does,
distance and the name decide: 3万吨聚乳酸纤维 belongs under 聚乳酸产业链, 一座电厂 does not.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.model import BlockKind, Claim, EntityType, Mention, Modality
from kg.nlp.relations import relation
from kg.nlp.relations.evidence import claim, cues, doubled, series, speaking
from kg.nlp.topics import anaphor
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

FIRM, PROJECT, CHAIN, INDUSTRY = EntityType.FIRM, EntityType.PROJECT, EntityType.CHAIN, EntityType.INDUSTRY
MEMBERS = (PROJECT, FIRM)

_WITH = re.compile(r"(?:与|同|对接|赴)[^，,。；;、]{0,8}$")
_SEVERAL = re.compile(r"等?[\d一二三四五六七八九十两多]*条")
_CHAIN_ENDING = re.compile(r"(?:特色|优势|重点|全|上下游)*(?:产业)?(?:链条|链|产业|集群)+$")
_TURN = 12  # characters before the chain in 加快打造X产业链
_ENDING = 8  # characters behind the chain in 打造X产业链发展格局
_BESIDE = 3  # characters between two chains of one breath: “芳烃—聚酯”“烯烃—塑料”
_COUNTED = re.compile("产值|规模|企业|招商|项目")
_ELEMENTS = frozenset("氢锂硅铝铜钛磷氟钒镍锰钼镁锌")


@cache
def _general() -> re.Pattern[str]:
    return re.compile(any_of(words("relations", "general_trade")))


@cache
def _made() -> re.Pattern[str]:
    return re.compile(any_of(words("relations", "chain_made")))


def akin(chain: str, name: str) -> bool:
    """Whether a name speaks of a chain's matter: they share a word that isn't said of any trade."""
    core = _general().sub(" ", _CHAIN_ENDING.sub("", chain))
    for part in re.findall(r"[\u4e00-\u9fffA-Za-z]+", core):
        if any(part[i : i + 2] in name for i in range(len(part) - 1)):
            return True
        if any(char in name for char in part if char in _ELEMENTS):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Standing:
    """The chains a paragraph goes on about; `alone`: it turned to them and to nothing else so far."""

    chains: tuple[str, ...] = ()
    alone: bool = False


@relation("membership")
def membership(page: Page) -> Iterator[Claim]:
    """Projects and firms of the chains of a page."""
    standing, block = _Standing(), -1
    for sentence in speaking(page):
        if sentence.block != block:
            standing, block = _Standing(), sentence.block
        yield from _in_name(page, sentence)
        chains = page.mentions(sentence, CHAIN, outer=True)
        named = tuple(dict.fromkeys(m.entity for m in chains))
        topic = sentence.topic
        if (
            topic is not None
            and page.type(topic) is CHAIN
            and set(named) <= {topic}
            and _says_chain(page, sentence)
        ):
            standing = _Standing((topic,))
            yield from _members(page, sentence, topic, sentence.start, 0.9, "membership/anaphor")
        elif named:
            standing = _Standing(named, _turns_to(page, sentence, chains))
            yield from _built_on(page, sentence)
            edge = -_BESIDE
            for group, following in itertools.pairwise([*series(page, sentence, CHAIN), []]):
                until = following[0].start if following else sentence.end + _BESIDE
                beside = until - group[-1].end < _BESIDE or group[0].start - edge < _BESIDE
                edge = group[-1].end
                if len(group) == 1 and not beside:
                    yield from _joins(page, sentence, group[0])
                    yield from _listed(page, sentence, group[0], until)
        elif standing.chains and sentence.kind is BlockKind.PARAGRAPH:
            standing = _kept(page, sentence, standing)
            yield from _following(page, sentence, standing)


def _turns_to(page: Page, sentence: Sentence, chains: list[Mention]) -> bool:
    """围绕X产业链，…; 深耕X、Y等产业链: whether a sentence says that what follows is about its chains."""
    chain = chains[0]
    clauses = [start for start, _ in sentence.clauses() if start <= chain.start]
    lead, tail = page.body[clauses[-1] : chain.start], page.body[chain.end : chain.end + 2]
    return (
        len(series(page, sentence, CHAIN)) == 1
        and not page.mentions(sentence, *MEMBERS)
        and len(clauses) <= 2
        and len(lead) <= _TURN
        and cues("chain_verb").search(lead) is not None
        and not _COUNTED.match(tail)
    )


def _kept(page: Page, sentence: Sentence, standing: _Standing) -> _Standing:
    """What a paragraph goes on about after one more sentence: on its chains until another matter comes up."""
    names = [page.entities[chain].name for chain in standing.chains]
    trades = [page.entities[m.entity].name for m in page.mentions(sentence, INDUSTRY)]
    other = any(not akin(name, trade) and not akin(trade, name) for trade in trades for name in names)
    told = page.mentions(sentence, PROJECT)
    return replace(standing, alone=standing.alone and bool(told) and not other and not sentence.switches)


def _following(page: Page, sentence: Sentence, standing: _Standing) -> Iterator[Claim]:
    """The projects of a sentence that goes on about chains: those of their matter, or all if it is on one alone."""
    names = {chain: page.entities[chain].name for chain in standing.chains}
    spoken = [c for c, name in names.items() if len(names) == 1 or akin(name, sentence.text)]
    for chain in names:
        for found in _members(page, sentence, chain, sentence.start, 0.6, "membership/following"):
            kin = [c for c, name in names.items() if akin(name, page.entities[found.subject].name)]
            if kin[:1] == [chain]:
                yield found
            elif not kin and standing.alone and spoken == [chain] and page.type(found.subject) is PROJECT:
                yield replace(found, rule="membership/paragraph", confidence=0.55)


def _says_chain(page: Page, sentence: Sentence) -> bool:
    """Whether the sentence begins with 该产业链 or the like."""
    return (
        cues("chain_anaphor").search(page.body, sentence.start, min(sentence.end, sentence.start + 12))
        is not None
    )


def _in_name(page: Page, sentence: Sentence) -> Iterator[Claim]:
    """己内酰胺产业链搬迁项目: the chain stands in the project's name."""
    for project in page.mentions(sentence, PROJECT):
        for chain in page.mentions(sentence, CHAIN):
            if project.start <= chain.start and chain.end <= project.end:
                yield claim(sentence, project.entity, "inChain", chain.entity, "membership/name", 0.85)


def _people_of(page: Page, sentence: Sentence) -> list[Mention]:
    """Mentions that may be members: outer ones, a project not the firm whose name stands in its own."""
    mentions = page.mentions(sentence, *MEMBERS, outer=True)
    projects = [m for m in mentions if page.type(m.entity) is PROJECT]
    naming = {m.entity for p in projects for m in page.within(p.start, p.end, FIRM)}
    return [
        m
        for m in mentions
        if m.entity not in naming and not any(doubled(page, m, other) for other in mentions)
    ]


def _members(
    page: Page,
    sentence: Sentence,
    chain: str,
    start: int,
    confidence: float,
    rule: str,
    until: int | None = None,
) -> Iterator[Claim]:
    """The projects and firms named after an offset of the sentence (`until` another), partners left out."""
    for mention in _people_of(page, sentence):
        lead = page.body[max(sentence.start, mention.start - 10) : mention.start]
        if start <= mention.start < (until or sentence.end) and not _WITH.search(lead):
            yield claim(sentence, mention.entity, "inChain", chain, rule, confidence)


def _listed(page: Page, sentence: Sentence, chain: Mention, until: int) -> Iterator[Claim]:
    """X产业链，现有A、B; 做强X产业链，推动A、B项目建设: what follows a chain that opens the sentence, to the next."""
    clauses = list(sentence.clauses())
    at = next((i for i, (start, end) in enumerate(clauses) if start <= chain.start < end), 0)
    start, end = clauses[at]
    lead = page.body[start : chain.start]
    alone = chain.start == start and chain.end == end
    opens = at <= 1 and (alone or (chain.start == start or cues("chain_verb").search(lead) is not None))
    if _SEVERAL.match(page.body, chain.end) or not (opens or at == 0):
        opens = False
    for found in _members(page, sentence, chain.entity, chain.end, 0.75, "membership/list", until):
        name = page.entities[found.subject].name
        if (
            akin(page.entities[chain.entity].name, name)
            or (opens and page.type(found.subject) is PROJECT)
            or alone
        ):
            yield found


def _joins(page: Page, sentence: Sentence, chain: Mention) -> Iterator[Claim]:
    """A入选X产业链; 加快A、B项目建设，夯实X产业链; 该项目…补全了X产业链."""
    clauses = list(sentence.clauses())
    at = next((i for i, (start, end) in enumerate(clauses) if start <= chain.start < end), 0)
    start, end = clauses[at]
    lead, tail = page.body[start : chain.start], page.body[chain.end : end]
    fills = cues("fills").search(lead + tail)
    if fills and anaphor(page, sentence) and sentence.topic and page.type(sentence.topic) in MEMBERS:
        yield claim(sentence, sentence.topic, "inChain", chain.entity, "membership/fills", 0.75)
        return
    held = Modality.NEGATED if cues("negated").search(lead) else Modality.ASSERTED
    furthest = clauses[max(0, at - 1)][0]
    if at > 1 and all(page.within(*clauses[i], *MEMBERS) for i in (at - 1, at - 2)):
        furthest = clauses[at - 2][0]  # 依托A等企业，引导B等企业参与生产，形成X产业链
    built = _made().match(tail) or (
        len(tail) <= _ENDING and re.search(_made().pattern + "[^、]{0,14}$", lead)
    )
    for mention in _people_of(page, sentence):
        if mention.end > chain.start or mention.start < furthest:
            continue
        between = page.body[mention.end : chain.start]
        same = mention.start >= start
        if same and cues("joins").search(between):
            yield claim(sentence, mention.entity, "inChain", chain.entity, "membership/joins", 0.8, held)
        elif not same and (
            fills
            or cues("leans_on").search(_lead_of_list(page, sentence, mention))
            or (built and cues("gathers").search(_lead_of_list(page, sentence, mention)))
        ):
            yield claim(sentence, mention.entity, "inChain", chain.entity, "membership/built-on", 0.7, held)


def _lead_of_list(page: Page, sentence: Sentence, mention: Mention) -> str:
    """What stands in the clause before the list that a mention is in."""
    group = next((g for g in series(page, sentence, *MEMBERS) if mention in g), [mention])
    return page.body[sentence.clause_at(group[0].start)[0] : group[0].start]


def _built_on(page: Page, sentence: Sentence) -> Iterator[Claim]:
    """依托A、B等企业，打造X、Y等产业链: each firm is in each of the chains of one list."""
    lists = series(page, sentence, CHAIN)
    if len(lists) != 1:
        return
    chains = lists[0]
    start, _ = sentence.clause_at(chains[0].start)
    for group in series(page, sentence, *MEMBERS):
        first, last = sentence.clause_at(group[0].start)
        if last + 1 == start and cues("leans_on").match(page.body, first):
            for member in group:
                for chain in chains:
                    yield claim(sentence, member.entity, "inChain", chain.entity, "membership/built-on", 0.65)
