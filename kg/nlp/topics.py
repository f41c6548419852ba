"""What 该项目, 该公司, 其 and a missing subject stand for: the feature spoken of last."""

from __future__ import annotations

import re
from functools import cache

from kg.model import BlockKind, EntityType
from kg.nlp.about import titles
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

PROJECT, FIRM, CHAIN, PRODUCT = EntityType.PROJECT, EntityType.FIRM, EntityType.CHAIN, EntityType.PRODUCT
TOPICS = (PROJECT, FIRM, CHAIN)
# What an anaphor may stand for, best first: 该项目 is also said of a firm's plant.
_MEANS = {"project": (PROJECT, FIRM), "firm": (FIRM, PROJECT), "chain": (CHAIN,)}


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"[“\"‘]*(?:{any_of(words('context', 'opening'))}[，,、]?)*")


@cache
def _head_words(kind: str) -> re.Pattern[str]:
    """该项目, and 项目 alone, but not 项目30个."""
    long, bare = any_of(words("context", kind)), any_of(words("context", f"{kind}_bare"))
    described = rf"(?:该|这个|这一|这家|这条)[^，,。；;、]{{0,14}}?的{bare}"
    return re.compile(rf"{long}|{described}|{bare}(?![一-龥]{{0,2}}\d)")


@cache
def _possessive() -> re.Pattern[str]:
    return re.compile(any_of(words("context", "possessive")) + "(?![中他它余实次间])")


def anaphor(page: Page, sentence: Sentence) -> tuple[EntityType, ...] | None:
    """The types that the first words of a sentence (该项目, 其) can stand for, None if for none."""
    opening = _opening().match(page.body, sentence.start, sentence.end)
    at = opening.end() if opening else sentence.start
    for kind, types in _MEANS.items():
        if _head_words(kind).match(page.body, at, sentence.end):
            return types
    return TOPICS if _possessive().match(page.body, at, sentence.end) else None


def subject(page: Page, sentence: Sentence) -> str | None:
    """The feature a sentence is about, if it names it: the first in its opening clauses."""
    found = page.mentions(sentence, *TOPICS, outer=True)
    for start, end in sentence.clauses():
        here = [m for m in found if start <= m.start and m.end <= end]
        if not here:
            continue
        if page.type(here[0].entity) is CHAIN and here[0].end == end:
            return here[0].entity  # 装备制造产业链，现有重点企业8家
        return min(here, key=lambda m: TOPICS.index(page.type(m.entity))).entity
    return found[0].entity if found else None


def set_topics(page: Page) -> None:
    """Set `topic` and `topics` of every sentence."""
    last: dict[EntityType, str] = {}
    topic: str | None = None
    for sentence in titles(page):
        for mention in page.mentions(sentence, *TOPICS, outer=True):
            last.setdefault(page.type(mention.entity), mention.entity)
            topic = topic or mention.entity
    head = dict(last), topic
    said_in: dict[EntityType, int] = {}
    block = -1
    for sentence in page.sentences:
        opens, block = sentence.block != block, sentence.block
        if opens and sentence.kind is BlockKind.HEADING:
            last, topic = dict(head[0]), head[1]
        if opens and sentence.kind in (BlockKind.CAPTION, BlockKind.FIGURE):
            named = subject(page, sentence)
            sentence.topic = named or topic
            sentence.topics = dict(last)
            continue  # a caption doesn't carry over to the text around it
        meant = anaphor(page, sentence)
        sentence.topics = dict(last)
        if meant is not None:
            known = [t for t in meant if t in last]
            # 该项目 is the last project, or the firm if one was spoken of in a later paragraph
            known.sort(key=lambda t: -said_in.get(t, -1))
            sentence.topic = last[known[0]] if known else None
        elif sentence.switches:
            sentence.topic = None  # the zone or place is what the sentence is about
        elif not opens or topic == head[1]:
            sentence.topic = topic
        carried = meant is not None and sentence.topic is not None
        if carried and sentence.topic is not None:
            said_in[page.type(sentence.topic)] = block
        for type_ in TOPICS:
            named_here = page.mentions(sentence, type_, outer=True)
            if not named_here and type_ is FIRM:
                named_here = page.mentions(sentence, FIRM)  # the firm in a project's name
            if named_here and not (
                carried and sentence.topic is not None and page.type(sentence.topic) is type_
            ):
                last[type_] = named_here[0].entity
                said_in[type_] = block
        named = None if carried else subject(page, sentence)
        topic = named or (sentence.topic if carried or opens else topic)
