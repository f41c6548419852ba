"""Members of chains: inChain, for projects and firms that a text puts into a chain.

A list under 该产业链 is taken whole. Where a sentence on a chain goes on with projects, or the paragraph does,
distance and the name decide: 3万吨聚乳酸纤维 belongs under 聚乳酸产业链, 一座电厂 does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_ELEMENTS = frozenset("氢锂硅铝铜钛磷氟钒镍锰钼镁锌")


@cache
def _general() -> re.Pattern[str]:
    return re.compile(any_of(words("relations", "general_trade")))


def akin(chain: str, name: str) -> bool:
    """Whether a name speaks of a chain's matter: they share a word that isn't said of any trade."""
    core = _general().sub(" ", _CHAIN_ENDING.sub("", chain))
    for part in re.findall(r"[\u4e00-\u9fffA-Za-z]+", core):
        if any(part[i : i + 2] in name for i in range(len(part) - 1)):
            return True
        if any(char in name for char in part if char in _ELEMENTS):
            return True
    return False


@relation("membership")
def membership(page: Page) -> Iterator[Claim]:
    """Projects and firms of the chains of a page."""
    standing: str | None = None  # the chain a paragraph goes on about
    block = -1
    for sentence in speaking(page):
        if sentence.block != block:
            standing, block = None, sentence.block
        yield from _in_name(page, sentence)
        chains = page.mentions(sentence, CHAIN, outer=True)
        named = {m.entity for m in chains}
        topic = sentence.topic
        if (
            topic is not None
            and page.type(topic) is CHAIN
            and named <= {topic}
            and _says_chain(page, sentence)
        ):
            standing = topic
            yield from _members(page, sentence, topic, sentence.start, 0.9, "membership/anaphor")
        elif len(named) == 1:
            first = chains[0]
            standing = first.entity
            yield from _joins(page, sentence, first)
            yield from _listed(page, sentence, first)
        elif named:
            standing = None
            yield from _built_on(page, sentence)
        elif standing is not None and sentence.kind is BlockKind.PARAGRAPH:
            for found in _members(page, sentence, standing, sentence.start, 0.6, "membership/following"):
                if akin(page.entities[standing].name, page.entities[found.subject].name):
                    yield found


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
    page: Page, sentence: Sentence, chain: str, start: int, confidence: float, rule: str
) -> Iterator[Claim]:
    """The projects and firms named after an offset of the sentence, partners left out."""
    for mention in _people_of(page, sentence):
        lead = page.body[max(sentence.start, mention.start - 10) : mention.start]
        if mention.start >= start and not _WITH.search(lead):
            yield claim(sentence, mention.entity, "inChain", chain, rule, confidence)


def _listed(page: Page, sentence: Sentence, chain: Mention) -> Iterator[Claim]:
    """X产业链，现有A、B; 做强X产业链，推动A、B项目建设: what follows a chain that opens the sentence."""
    clauses = list(sentence.clauses())
    at = next((i for i, (start, end) in enumerate(clauses) if start <= chain.start < end), 0)
    start, end = clauses[at]
    lead = page.body[start : chain.start]
    alone = chain.start == start and chain.end == end
    opens = at <= 1 and (alone or (chain.start == start or cues("chain_verb").search(lead) is not None))
    if _SEVERAL.match(page.body, chain.end) or not (opens or at == 0):
        opens = False
    for found in _members(page, sentence, chain.entity, chain.end, 0.75, "membership/list"):
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
    for mention in _people_of(page, sentence):
        if mention.end > chain.start or mention.start < clauses[max(0, at - 1)][0]:
            continue
        between = page.body[mention.end : chain.start]
        same = mention.start >= start
        if same and cues("joins").search(between):
            yield claim(sentence, mention.entity, "inChain", chain.entity, "membership/joins", 0.8, held)
        elif not same and (cues("leans_on").search(_lead_of_list(page, sentence, mention)) or fills):
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
