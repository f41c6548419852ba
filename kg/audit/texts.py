"""The articles of a graph as the checks read them: paragraphs of sentences with their figures.

Many of these sentences never became claims, so the texts are read again here, by the one grammar of figures
and sentences there is (`kg.nlp`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.audit.finding import Evidence
from kg.graph import Queryable
from kg.model import BlockKind
from kg.nlp.figures import Figure, figures
from kg.nlp.quantities import measures
from kg.nlp.sentences import split
from kg.nlp.view import Measure, Sentence
from kg.query.results import rows

_ARTICLES = """
SELECT ?article ?headline ?published ?body WHERE {
  ?article a lz:Article ; schema:headline ?headline ; schema:articleBody ?body .
  OPTIONAL { ?article schema:datePublished ?published }
} ORDER BY ?article"""


_NUMBERED = re.compile(r"\d{1,2}[.．]\d+(?:个|条|家|项|座|所|处|户|人|件|公里)")


@dataclass(frozen=True)
class Paragraph:
    """The sentences of one line of an article."""

    text: Text
    sentences: tuple[Sentence, ...]

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of the paragraph, in order, less the number of an item that runs into one: 6.10个中心."""
        found = tuple(f for sentence in self.sentences for f in figures(sentence))
        start = self.sentences[0].start if self.sentences else 0
        numbered = found[:1] and found[0].measure.start == start and _NUMBERED.match(self.sentences[0].text)
        return found[1:] if numbered else found

    def of(self, sentence: Sentence) -> tuple[Figure, ...]:
        """The figures of one of its sentences."""
        return tuple(f for f in self.figures if sentence.start <= f.measure.start < sentence.end)


@dataclass(frozen=True)
class Text:
    """One article: its IRI, headline, date (ISO, may be partial) and body."""

    article: str
    headline: str
    published: str | None
    body: str

    @cached_property
    def measures(self) -> list[Measure]:
        """The figures of the body, in order."""
        return measures(self.body)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The lines of the body that hold text."""
        return tuple(self._paragraphs())

    def _paragraphs(self) -> Iterator[Paragraph]:
        starts = [measure.start for measure in self.measures]
        at = index = 0
        for number, line in enumerate(self.body.split("\n")):
            sentences = []
            for start, end in split(line, at):
                inside = self.measures[bisect_left(starts, start) : bisect_left(starts, end)]
                sentences.append(
                    Sentence(
                        index, start, end, self.body[start:end], BlockKind.PARAGRAPH, number, measures=inside
                    )
                )
                index += 1
            if sentences:
                yield Paragraph(self, tuple(sentences))
            at += len(line) + 1

    @cached_property
    def _bounds(self) -> list[tuple[int, int]]:
        return [(s.start, s.end) for paragraph in self.paragraphs for s in paragraph.sentences]

    def sentence(self, at: int) -> tuple[int, int] | None:
        """Where the sentence that covers an offset starts and ends."""
        place = bisect_right(self._bounds, at, key=lambda bounds: bounds[0]) - 1
        return self._bounds[place] if place >= 0 and at < self._bounds[place][1] else None

    def evidence(self, start: int, end: int) -> Evidence:
        """A stretch of the body as evidence, without the blanks around it."""
        quote = self.body[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        return Evidence(self.article, self.headline, self.published, start, start + len(quote), quote)


def texts(graph: Queryable) -> Iterator[Text]:
    """The articles of a graph, in order of IRI."""
    for row in rows(graph, _ARTICLES):
        published = row["published"]
        yield Text(
            str(row["article"]),
            str(row["headline"]),
            None if published is None else str(published),
            str(row["body"]),
        )


def spread(text: Text, used: Sequence[Figure]) -> tuple[Evidence, ...]:
    """The sentences that figures stand in, in order, each once."""
    return places(text, [figure.measure.start for figure in used])


def places(text: Text, offsets: Iterable[int]) -> tuple[Evidence, ...]:
    """The sentences that cover offsets of the body, in order, each once."""
    covered = sorted({sentence for at in offsets if (sentence := text.sentence(at))})
    return tuple(text.evidence(start, end) for start, end in covered)
