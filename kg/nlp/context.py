"""Whose figures these are: the zone or place each sentence speaks of, and what 该项目 stands for."""

from __future__ import annotations

from collections import Counter

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Article, BlockKind, Entity, EntityType, Mention
from kg.nlp.view import Page, Sentence

_HOMES = (EntityType.ZONE, EntityType.PLACE, EntityType.PARK)
_TOPICS = (EntityType.PROJECT, EntityType.FIRM, EntityType.CHAIN)


def make_page(doc: Doc) -> Page:
    """The page of a `Doc`: sentences with their mentions, measures, moments and words."""
    article: Article = doc._.article
    entities: dict[str, Entity] = doc._.entities
    sentences = []
    block = 0
    for index, span in enumerate(doc.spans["sentences"]):
        while block + 1 < len(article.blocks) and article.blocks[block].end <= span.start_char:
            block += 1
        sentences.append(
            Sentence(
                index,
                span.start_char,
                span.end_char,
                doc.text[span.start_char : span.end_char],
                BlockKind(span.label_),
                block,
                repeats=block in article.repeats,
            )
        )
    mentions = [
        Mention(s.start_char, s.end_char, doc.text[s.start_char : s.end_char], s.id_) for s in doc.spans["entities"]
    ]
    mentions.sort(key=lambda m: (m.start, -m.end, m.entity))
    for sentence in sentences:
        covers = lambda x: sentence.start <= x.start and x.end <= sentence.end  # noqa: B023, E731
        sentence.mentions = [m for m in mentions if covers(m)]
        sentence.measures = [m for m in doc._.measures if covers(m)]
        sentence.moments = [m for m in doc._.moments if covers(m)]
        sentence.words = [w for w in doc._.words if covers(w)]
    return Page(article, entities, sentences)


def set_homes(page: Page) -> None:
    """The home of each sentence: a heading's zone or place holds until the next heading."""
    counts = Counter(m.entity for s in page.sentences for m in s.mentions if page.type(m.entity) in _HOMES)
    titles = [s for s in page.sentences if s.kind in (BlockKind.HEADLINE, BlockKind.KICKER, BlockKind.SUBTITLE)]
    named = [m.entity for s in titles for m in page.mentions(s, EntityType.ZONE)]
    named += [m.entity for s in titles for m in page.mentions(s, *_HOMES)]
    article_home = named[0] if named else None
    if article_home is None:
        zones = [e for e, _ in counts.most_common() if page.type(e) is EntityType.ZONE]
        article_home = zones[0] if zones else (counts.most_common(1)[0][0] if counts else None)
    home = article_home
    for sentence in page.sentences:
        if sentence.kind is BlockKind.HEADING:
            found = page.mentions(sentence, EntityType.ZONE, EntityType.PARK)
            home = found[0].entity if found else article_home
        sentence.home = home


def set_topics(page: Page) -> None:
    """The topic of each sentence: the last project, firm or chain that opened a sentence of its block."""
    topic, block = None, -1
    for sentence in page.sentences:
        if sentence.block != block and sentence.kind is BlockKind.HEADING:
            topic = None
        block = sentence.block
        sentence.topic = topic
        found = page.mentions(sentence, *_TOPICS, outer=True)
        if found:
            topic = found[0].entity


class Context:
    """Writes `doc._.page`."""

    def __call__(self, doc: Doc) -> Doc:
        page = make_page(doc)
        set_homes(page)
        set_topics(page)
        doc._.page = page
        return doc


@Language.factory("lz_context")
def make_context(nlp: Language, name: str) -> Context:
    """No settings."""
    return Context()
