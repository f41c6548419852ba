"""Whose figure it is: the zone, park, place, chain or firm that a figure of a sentence is about.

A clause that opens on a name (目前，我国…; 石化公司产值…; 平凉红牛产业链，…) makes it the bearer of the figures
behind it, until another clause opens on another one. In a news text it stays so until the next opening; a
government's report falls back to the home of each sentence. What is said of a named project is its attribute
and nobody's observation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.model import BlockKind, EntityType, Mention
from kg.nlp.figures import Figure
from kg.nlp.homes import report_place, titles
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

ZONE, PARK, PLACE = EntityType.ZONE, EntityType.PARK, EntityType.PLACE
FIRM, PROJECT, CHAIN = EntityType.FIRM, EntityType.PROJECT, EntityType.CHAIN
WHOLES = (ZONE, PARK, PLACE)
FEATURES = (PROJECT, FIRM, CHAIN)

_JOIN = re.compile(r"(?:、|和|与|及|以及)[“‘]?")
# the rest of a clause that goes on about the project or firm of the clause before
_ATTRIBUTE = re.compile(
    r"\s*(?:该项目|项目|其|公司|一期|二期|三期|全部|全面|预计|计划|可|将|建成|达产|投产|年|实现|完成|力争|总|全产业链|产业链|集群)*"
    r"(?:总投资|计划投资|投资|占地|用地|建筑面积|产能|处理|加工|装机|设计|带动就业|提供就业|解决就业|新增就业|新增产值|均|"
    r"实现|营业收入|营收|产值|税收|利润|销售|净利润|增长|同比|占|持股|出资|注册资本|员工|可|后)"
)
_LISTED = re.compile(r"[^，。；]{0,24}?等|^(?:、|和|与|及)")
_DISTRIBUTED = re.compile("分别|各")


@cache
def _opening() -> re.Pattern[str]:
    """What may stand between the start of a clause and the name it opens on, dates taken out."""
    adverbs = any_of(re.escape(w) if False else w for w in words("context", "opening"))
    return re.compile(rf"(?:{adverbs}|在|从|而|作为|位于|其中|随着|当前|[“\"‘（(●·•#*，,、\s]|截至|截止|以来|期间|前|底|末|间|来|内|的)*")


@dataclass(frozen=True, slots=True)
class Opening:
    """A clause from `start` on is about `entities` (more than one when they are listed)."""

    start: int
    end: int  # of the last name
    entities: tuple[str, ...]


class Bearers:
    """Walks the sentences of a page in order and tells whose each figure is."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.report = report_place(page) is not None
        self.focused = self.report or self._is_focused()
        self.carried: str | None = None
        self.block = -1

    def enter(self, sentence: Sentence) -> None:
        """Take in the next sentence."""
        self.sentence = sentence
        if sentence.block != self.block and (self.focused or sentence.kind is BlockKind.HEADING):
            self.carried = None
        self.block = sentence.block
        self.openings = self._openings()

    def leave(self) -> None:
        """Done with the sentence: what it opened on last is carried to the next."""
        kept = [o for o in self.openings if self._carries(o)]
        if kept:
            self.carried = kept[-1].entities[-1]

    def _carries(self, opening: Opening) -> bool:
        kind = self.page.type(opening.entities[-1])
        return kind is CHAIN if self.focused else kind is not PROJECT

    def _is_focused(self) -> bool:
        """Whether the title names the zone or place that the article is about."""
        heads = titles(self.page)
        homes = {s.home for s in heads}
        named = {m.entity for s in heads for m in self.page.mentions(s, *WHOLES)}
        home = next(iter(homes), None)
        return home is not None and (home in named or self.page.type(home) is ZONE)

    def of(self, figure: Figure, indicator: str, nth: int = 0, many: int = 1) -> list[str]:
        """The bearers of a figure, `nth` of `many` that share one introduction."""
        page, at = self.page, figure.measure.start
        if any(m.start <= at and figure.measure.end <= m.end for m in self.sentence.mentions):
            return []
        behind = self._behind(figure)
        if behind is not None:
            return [] if page.type(behind) is PROJECT else [behind]
        inside = self._inside(figure)
        if inside is not None:
            return [] if page.type(inside.entity) is PROJECT else self._share(inside.entity, figure, nth, many)
        before = [o for o in self.openings if o.start <= figure.start]
        if before:
            last = before[-1]
            kind = page.type(last.entities[-1])
            if kind in WHOLES:
                return self._share(last.entities[-1], figure, nth, many)
            same = last.start == figure.start
            if kind is PROJECT:
                if same or _ATTRIBUTE.match(page.body, figure.start, at):
                    return []
            elif same or not self.report or _ATTRIBUTE.match(page.body, figure.start, at):
                return self._share(last.entities[-1], figure, nth, many)
        home = page.home(self.sentence, figure.start - 1 if figure.unit == "rank" else at)
        if self.carried is not None and not any(start <= at for start, _ in self.sentence.switches):
            return [self.carried]
        return [home] if home is not None else []

    def _share(self, entity: str, figure: Figure, nth: int, many: int) -> list[str]:
        """Of listed bearers the one whose turn it is (分别), or all of them."""
        listed = next((o.entities for o in self.openings if entity in o.entities and len(o.entities) > 1), None)
        if listed is None or figure.start != next(o.start for o in self.openings if o.entities == listed):
            return [entity]
        if many == len(listed):
            return [listed[nth]]
        return list(listed)

    def _openings(self) -> list[Opening]:
        """The names that clauses of the sentence open on."""
        page, found = self.page, []
        mentions = page.mentions(self.sentence, *WHOLES, *FEATURES, outer=True)
        for start, end in self.sentence.clauses():
            inside = [m for m in mentions if start <= m.start and m.end <= end]
            first = next((m for m in inside if self._opens(start, m)), None)
            if first is None:
                continue
            names = [first]
            for m in inside:
                if m.start < names[-1].end or m is first:
                    continue
                if m.start == names[-1].end and page.type(names[-1].entity) in WHOLES:
                    names = [*names[:-1], m]  # 新抚区欧洲商品城: the last
                elif (
                    (page.type(m.entity) not in WHOLES or page.body[m.start - 1] in "、和")
                    and _JOIN.fullmatch(page.body, names[-1].end, m.start)
                    and page.type(m.entity) is page.type(names[-1].entity)
                ):
                    names.append(m)
                else:
                    break
            kind = page.type(names[-1].entity)
            rest = page.body[names[-1].end : end]
            if kind in (FIRM, PROJECT) and _LISTED.match(rest):
                continue
            if kind is PLACE and re.match(r"(?:第|首|前|最|排名|位居|居|位列)", rest):
                continue
            found.append(Opening(start, names[-1].end, tuple(m.entity for m in names)))
        return found

    def _opens(self, start: int, mention: Mention) -> bool:
        """Whether nothing but dates and 目前, 在 stands before the mention in its clause."""
        text = self.page.body[start : mention.start]
        for moment in sorted(self.sentence.moments, key=lambda m: -m.start):
            if start <= moment.start and moment.end <= mention.start:
                text = text[: moment.start - start] + text[moment.end - start :]
        return _opening().fullmatch(text) is not None

    def _inside(self, figure: Figure) -> Mention | None:
        """The feature named last before the figure in its clause, if the figure is said of it."""
        page, at = self.page, figure.measure.start
        found = [
            m
            for m in page.mentions(self.sentence, *FEATURES, outer=True)
            if figure.start <= m.start and m.end <= at
        ]
        if not found:
            return None
        between = page.body[found[-1].end : at]
        if _LISTED.match(between) or (not between.strip() and figure.unit == "count"):
            return None
        return found[-1]

    def _behind(self, figure: Figure) -> str | None:
        """The project or firm of 总投资50亿元的X项目."""
        begin = figure.measure.end
        hit = re.match(r"(?:人民币)?(?:以上|左右)?的[^，。；、]{0,4}", self.page.body[begin : self.sentence.end])
        if hit is None:
            return None
        for mention in self.page.mentions(self.sentence, *FEATURES, outer=True):
            if begin < mention.start <= begin + hit.end():
                rest = self.page.body[mention.end : mention.end + 40]
                return None if re.match(r"[^，。；]{0,30}?等\d+[个家项]", rest) else mention.entity
        return None


def is_title(sentence: Sentence) -> bool:
    """Whether a sentence is of the title."""
    return sentence.kind in (BlockKind.HEADLINE, BlockKind.KICKER, BlockKind.SUBTITLE)
