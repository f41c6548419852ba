"""Whose figures these are: the zone or place each sentence speaks of, and what 该项目 stands for."""

from __future__ import annotations

from bisect import bisect_right

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Article, BlockKind, Entity, Mention
from kg.nlp.homes import set_homes
from kg.nlp.periods import set_periods
from kg.nlp.topics import set_topics
from kg.nlp.view import Measure, Moment, Page, Sentence, Word


def _covering(
    sentences: list[Sentence], starts: list[int], stretch: Mention | Measure | Moment | Word
) -> Sentence | None:
    """The sentence that holds the whole stretch."""
    i = bisect_right(starts, stretch.start) - 1
    return sentences[i] if i >= 0 and stretch.end <= sentences[i].end else None


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
                doc._.article.body[span.start_char : span.end_char],
                BlockKind(span.label_),
                block,
                repeats=block in article.repeats,
            )
        )
    mentions = [
        Mention(s.start_char, s.end_char, doc._.article.body[s.start_char : s.end_char], s.id_)
        for s in doc.spans["entities"]
    ]
    mentions.sort(key=lambda m: (m.start, -m.end, m.entity))
    starts = [s.start for s in sentences]
    for mention in mentions:
        if home := _covering(sentences, starts, mention):
            home.mentions.append(mention)
    for measure in doc._.measures:
        if home := _covering(sentences, starts, measure):
            home.measures.append(measure)
    for moment in doc._.moments:
        if home := _covering(sentences, starts, moment):
            home.moments.append(moment)
    for word in doc._.words:
        if home := _covering(sentences, starts, word):
            home.words.append(word)
    return Page(article, entities, sentences)


class Context:
    """Writes `doc._.page`."""

    def __call__(self, doc: Doc) -> Doc:
        """Fold what was found into a `Page`."""
        page = make_page(doc)
        set_homes(page)
        set_topics(page)
        set_periods(page)
        doc._.page = page
        return doc


@Language.factory("lz_context")
def make_context(nlp: Language, name: str) -> Context:
    """No settings."""
    return Context()
