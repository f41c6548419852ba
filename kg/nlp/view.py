"""The page as relation rules see it: sentences with their mentions, figures, dates and subject.

Offsets are of `Article.body`. A rule takes a `Page` and yields `Claim`s; it never sees spaCy.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.model import Article, Block, BlockKind, Entity, EntityType, Mention, Quantity
from kg.nlp.wordlists import any_of, words

_FEATURES = (EntityType.PROJECT, EntityType.FIRM, EntityType.CHAIN)
# Words that stand for what was named before, by type.
_ANAPHORS = {
    EntityType.PROJECT: re.compile(any_of(words("context", "project"))),
    EntityType.FIRM: re.compile(any_of(words("context", "firm"))),
    EntityType.CHAIN: re.compile(any_of(words("context", "chain"))),
}
_NOTHING = re.compile(r"(?!)")
_PREMODIFIER = re.compile(r"[^，,。；;、！：:的]{0,16}的[“《「]?")
_BOUNDARY = re.compile(r"[，,。；;！：:]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the tagger: `tag` is a part of speech or PER, LOC, ORG, TIME."""

    start: int
    end: int
    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with a unit at a place in the body, `8.9亿元`, `年产10万吨`, `85个`.

    `start`, `end` enclose the number and its unit only (`10万吨` of 年产10万吨).
    """

    start: int
    end: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or period in the body; `iso` may be partial or an interval, None if it can't be fixed."""

    start: int
    end: int
    text: str
    iso: str | None


@dataclass(slots=True)
class Sentence:
    """A sentence, or a part of one that ；ends, with all that was found in it.

    `mentions` are in order of start, longer first, nested ones included. `home` is the entity
    (zone, park or place) the sentence speaks of unless it names another; `topic` is the feature
    (project, firm, chain) that an unnamed subject (该项目, 其, 一期) stands for, if any.
    `period` is the date in force for its figures. `switches` are the clauses that open on a zone, park or
    place or a word for it (云冈经开区…, 全市…), each with what it means;
    `topics` the feature of each type last spoken of.
    """

    index: int
    start: int
    end: int
    text: str
    kind: BlockKind
    block: int
    mentions: list[Mention] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    home: str | None = None
    topic: str | None = None
    period: str | None = None
    repeats: bool = False
    switches: list[tuple[int, str]] = field(default_factory=list)
    topics: dict[EntityType, str] = field(default_factory=dict)

    def clause_at(self, offset: int) -> tuple[int, int]:
        """The clause (see `clauses`) that covers an offset of the body; the whole sentence if none does."""
        for start, end in self.clauses():
            if start <= offset <= end:
                return start, end
        return self.start, self.end

    def clauses(self, marks: str = "，,。；;！？!?：:") -> Iterator[tuple[int, int]]:
        """Offsets of the stretches between `marks` (in body offsets), empty ones left out.

        Marks inside brackets, and commas between digits (3,332), do not cut.
        """
        depth, begin = 0, self.start
        for i, char in enumerate(self.text):
            if char in "（(《【[「":
                depth += 1
            elif char in "）)》】]」":
                depth = max(0, depth - 1)
            elif char in marks and not depth:
                number = (
                    char in ",，:" and self.text[i - 1 : i].isdigit() and self.text[i + 1 : i + 2].isdigit()
                )
                if not number:
                    at = self.start + i
                    if at > begin:
                        yield begin, at
                    begin = at + 1
        if begin < self.end:
            yield begin, self.end


@dataclass(slots=True)
class Page:
    """One article with everything found in it before relations are read.

    `main` is the zone, park or place the whole article is about, if one is; `report` says that it is a
    government's report on the place `main`; `divisions` are the county, prefecture and province that 全县,
    全市, 全省 stand for, by level.
    """

    article: Article
    entities: dict[str, Entity]
    sentences: list[Sentence]
    main: str | None = None
    report: bool = False
    divisions: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> str:
        """The article's text."""
        return self.article.body

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The article's blocks."""
        return self.article.blocks

    def type(self, entity: str) -> EntityType:
        """The type of an entity by id."""
        return self.entities[entity].type

    def mentions(self, sentence: Sentence, *types: EntityType, outer: bool = False) -> list[Mention]:
        """Mentions of a sentence of the given types (all if none given), in order.

        With `outer`, those inside a longer mention of the sentence are left out.
        """
        found = [m for m in sentence.mentions if not types or self.type(m.entity) in types]
        return outermost(found, sentence.mentions) if outer else found

    def within(self, start: int, end: int, *types: EntityType) -> list[Mention]:
        """Mentions wholly inside `start`..`end` of the body, of the given types."""
        sentence_ends = [s.end for s in self.sentences]
        found: list[Mention] = []
        for s in self.sentences[bisect_left(sentence_ends, start + 1) :]:
            if s.start >= end:
                break
            found += [
                m
                for m in s.mentions
                if start <= m.start and m.end <= end and (not types or self.type(m.entity) in types)
            ]
        return found

    def home(self, sentence: Sentence, offset: int) -> str | None:
        """The zone, park or place in force at an offset of the sentence."""
        homes = [entity for start, entity in sentence.switches if start <= offset]
        return homes[-1] if homes else sentence.home

    def subject(self, sentence: Sentence, offset: int, *types: EntityType) -> str | None:
        """Whose figure or verb stands at `offset`: an entity of `types` (the first preferred), or None.

        Looked for, in this order: the head a premodifier belongs to (投资8.9亿元的X), the nearest mention or
        该项目-like word before it in its clause, then in the clauses before, then what is being spoken of.
        """
        wanted = types or _FEATURES
        head = self._premodified(sentence, offset, wanted)
        if head is not None:
            return head
        clauses = [(a, b) for a, b in sentence.clauses() if a <= offset]
        for start, end in reversed(clauses):
            for type_ in wanted:
                named = [
                    (m.start, m.entity)
                    for m in self.mentions(sentence, type_, outer=True)
                    if start <= m.start and m.end <= min(end, offset)
                ]
                for anaphor in _ANAPHORS.get(type_, _NOTHING).finditer(self.body, start, min(end, offset)):
                    if any(a <= anaphor.start() for a, _ in named):
                        continue
                    if anaphor.start() - sentence.start <= 8 and sentence.topic is not None:
                        named.append((anaphor.start(), sentence.topic))
                    elif type_ in sentence.topics:
                        named.append((anaphor.start(), sentence.topics[type_]))
                if named:
                    return max(named)[1]
        if sentence.topic is not None and self.type(sentence.topic) in wanted:
            return sentence.topic
        return next((sentence.topics[t] for t in wanted if t in sentence.topics), None)

    def _premodified(self, sentence: Sentence, offset: int, types: tuple[EntityType, ...]) -> str | None:
        """The entity that `…<offset>…的X` belongs to, if X comes right after the 的."""
        hit = _PREMODIFIER.match(self.body, offset, sentence.end)
        if hit is None:
            return None
        heads = [
            m
            for m in self.mentions(sentence, *types, outer=True)
            if hit.end() <= m.start and not _BOUNDARY.search(self.body[hit.end() : m.start])
        ]
        return heads[0].entity if heads and heads[0].start - hit.end() <= 6 else None

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers an offset of the body."""
        ends = [s.end for s in self.sentences]
        i = bisect_left(ends, offset + 1)
        if i < len(self.sentences) and self.sentences[i].start <= offset:
            return self.sentences[i]
        return None


def outermost(mentions: Iterable[Mention], among: Iterable[Mention]) -> list[Mention]:
    """Those of `mentions` that are not inside a longer one of `among`."""
    pool = list(among)
    return [
        m
        for m in mentions
        if not any(
            o.start <= m.start and m.end <= o.end and (o.end - o.start) > (m.end - m.start) for o in pool
        )
    ]
