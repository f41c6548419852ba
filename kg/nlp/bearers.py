"""Whose figure it is: the zone, park, place, chain or firm that a figure of a sentence is about.

A clause that opens on a name (目前，我国…; 石化公司产值…; 平凉红牛产业链，…) makes it the bearer of the figures
behind it, until another clause opens on another one. In a news text it stays so until the next opening; where
the title says which zone or place the text is about, each sentence starts at its home again. What is said
of a named project, and what is an attribute of a firm or a park (its area, its investment), is nobody's observation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.model import BlockKind, EntityType, Mention
from kg.nlp.about import report_place, titles
from kg.nlp.figures import Figure
from kg.nlp.homes import SEVERAL
from kg.nlp.view import Page, Sentence
from kg.nlp.wordlists import any_of, words

ZONE, PARK, PLACE = EntityType.ZONE, EntityType.PARK, EntityType.PLACE
FIRM, PROJECT, CHAIN = EntityType.FIRM, EntityType.PROJECT, EntityType.CHAIN
WHOLES = (ZONE, PARK, PLACE)
FEATURES = (PROJECT, FIRM, CHAIN)

_LISTED = re.compile(r"[^，。；]{0,24}?等(?![级离])|^(?:、|和|与|及)")
_EACH = re.compile("[均都各]|分别")
_JOIN = re.compile("(?:、|和|与|及|以及)[“‘]?")
_WITHIN = re.compile("的?(?:这个|这座|这片|一个|一座)?[“‘]?|内的|里的|境内的")
_RANKED = re.compile("第|首|前|最|排名|位居|居|位列")
_NATION = re.compile("(?:我国|全国)(?!首|第|最|唯一|率先|各地|人大|政协|排名|前列)")
_CHINA = frozenset({"中国", "我国", "全国", "中华人民共和国"})


def _any(section: str) -> str:
    return any_of(words("bearers", section))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The patterns made from `data/bearers.txt` and the openings of `data/context.txt`, by name."""
    if (
        name == "opening"
    ):  # what may stand between the start of a clause and the name it opens on, dates taken out
        adverbs, entering = any_of(words("context", "opening")), any_of(words("context", "entering"))
        rest = "从|而|但|作为|随着|这是|今天|其中|截至|截止|以来|期间|前|底|末|间|来|内|的"
        return re.compile(rf"(?:{adverbs}|{entering}|{rest}|[“\"‘（(●·•#*，,、:：\s])*")
    if name == "goes-on":
        return re.compile(rf"\s*{_any('carrying')}*{_any('attribute')}")
    if name == "unnamed":
        return re.compile(f"(?:而|但|如今|目前|现在|据了解|据介绍)?，?{_any('unnamed')}")
    if name == "forward":
        return re.compile(f"{_any('forward-adverb')}*{_any('forward')}")
    if name == "own-area":
        return re.compile(f"{_any('own-area')}(?:面积)?$|^面积$")
    if name == "behind":
        return re.compile(
            rf"(?:人民币)?(?:以上|左右)?(?:的[^，。；、]{{0,4}}|{_any('for')}[^，。；、]{{0,6}})?"
        )
    return re.compile(_any(name))


@dataclass(frozen=True, slots=True)
class Opening:
    """From `start` on a sentence is about `entities` (more than one when they are listed); `alone`: X，…"""

    start: int
    end: int  # of the clause
    entities: tuple[str, ...]
    alone: bool = False


class Bearers:
    """Walks the sentences of a page in order and tells whose each figure is."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.report = report_place(page) is not None
        self.focused = self.report or self._is_focused()
        found = (e.id for e in page.entities.values() if e.type is PLACE and _CHINA & {e.name, *e.aliases})
        self.nation = next(found, None)
        self.carried: str | None = None
        self.listed: str | None = None  # what the ；-part before opened on
        self.block = -1

    def _is_focused(self) -> bool:
        """Whether the title names the zone or place that the article is about."""
        heads = titles(self.page)
        named = {m.entity for s in heads for m in self.page.mentions(s, *WHOLES)}
        home = next((s.home for s in heads), None)
        return home is not None and (home in named or self.page.type(home) is ZONE)

    def enter(self, sentence: Sentence) -> None:
        """Take in the next sentence."""
        self.sentence = sentence
        if sentence.block != self.block and (self.focused or sentence.kind is BlockKind.HEADING):
            self.carried = None
        if sentence.block != self.block:
            self.listed = None
        self.block = sentence.block
        self.openings = self._openings()

    def leave(self) -> None:
        """Done with the sentence: what it opened on last is carried to the next."""
        if self.sentence.text.rstrip().endswith(("；", ";")):
            wholes = [o for o in self.openings if self.page.type(o.entities[-1]) in WHOLES]
            if wholes:
                self.listed = wholes[-1].entities[-1] if len(wholes[-1].entities) == 1 else None
        else:
            self.listed = None
        for opening in self.openings:
            kind = self.page.type(opening.entities[-1])
            if len(opening.entities) > 1:
                continue
            if kind is CHAIN:
                if opening.alone and opening.start == self.sentence.start:
                    self.carried = opening.entities[-1]
            elif not self.focused and kind is not PROJECT:
                self.carried = opening.entities[-1]
            elif self.focused and kind is not PROJECT and opening.start == self.sentence.start:
                self.carried = None

    def of(self, figure: Figure, indicator: str, nth: int = 0, many: int = 1) -> list[str]:
        """The bearers of a figure, `nth` of `many` of one unit in its clause."""
        at = figure.measure.start
        if any(m.start <= at and figure.measure.end <= m.end for m in self.sentence.mentions):
            return []
        behind = self._behind(figure)
        found = [behind] if behind is not None else self._before(figure, nth, many)
        return [e for e in found if not self._is_attribute(e, figure, indicator)]

    def _is_attribute(self, entity: str, figure: Figure, indicator: str) -> bool:
        """Whether the figure is an attribute of the entity rather than an observation."""
        kind = self.page.type(entity)
        if kind is PROJECT:
            return True
        if kind is FIRM:
            invested = indicator.endswith("Investment") and indicator != "completedInvestment"
            made = figure.unit not in ("CNY", "%", "count", "person") and _pattern("capacity").search(
                figure.lead
            )
            return bool(invested or made)
        if kind is CHAIN:
            # its total investment and expected output are attributes; 延伸了A、B等8个项目 lists its members
            planned = re.search("达产|预计", figure.lead) if indicator == "outputValue" else None
            listed = (
                figure.unit == "count" and figure.before.endswith("等") and indicator in ("projects", "other")
            )
            return bool(indicator == "projectInvestment" or planned or listed)
        if kind in (ZONE, PARK) and indicator == "area":
            name = next(
                (m for m in self.sentence.mentions if m.entity == entity and m.end <= figure.measure.start),
                None,
            )
            own = name is not None and self.page.body[name.end :].startswith(
                ("面积", "总面积", "规划面积", "占地")
            )
            return own or bool(_pattern("own-area").search(figure.head)) or figure.after.startswith("的")
        return False

    def _before(self, figure: Figure, nth: int, many: int) -> list[str]:
        """The bearers by what stands before the figure."""
        page, at = self.page, figure.measure.start
        inside = self._inside(figure)
        if inside is not None and not any(
            o.start == figure.start and inside in o.entities for o in self.openings
        ):
            return [inside]
        opening = self._in_force(figure)
        if opening is None and self._is_elliptic():
            return []
        unnamed = [
            a
            for a, _ in self.sentence.clauses()
            if a <= figure.start and _pattern("unnamed").match(page.body, a)
        ]
        if unnamed and (opening is None or opening.start < unnamed[-1]) and not self._resumes(unnamed[-1]):
            return []
        home = page.home(self.sentence, figure.start - 1 if figure.unit == "rank" else at)
        if opening is not None:
            shared = self._shared(opening, figure, nth, many)
            if shared is not None:
                return shared
        if self.listed is not None and not any(start <= at for start, _ in self.sentence.switches):
            return [self.listed]
        if self.carried is not None and not any(start <= at for start, _ in self.sentence.switches):
            return [self.carried]
        return [home] if home is not None else []

    def _is_elliptic(self) -> bool:
        """总投资15亿元，总建筑面积16万平方米…: a sentence about the project of the sentence before."""
        return bool(_pattern("elliptic").match(self.page.body, self.sentence.start)) and not self._resumes(
            self.sentence.start
        )

    def _resumes(self, start: int) -> bool:
        """项目聚焦三个领域，总投资486亿元: the projects counted in the sentence before."""
        return self.sentence.index > 0 and bool(
            re.search(r"\d+[个项]", self.page.sentences[self.sentence.index - 1].text)
        )

    def _in_force(self, figure: Figure) -> Opening | None:
        """The opening that governs a figure."""
        for opening in reversed([o for o in self.openings if o.start <= figure.start]):
            kind = self.page.type(opening.entities[-1])
            if opening.start == figure.start or opening.alone or (kind in WHOLES and not self.report):
                return opening
            goes_on = _pattern("goes-on").match(self.page.body, figure.start, figure.measure.start)
            figured = any(opening.start <= m.start < opening.end for m in self.sentence.measures)
            if goes_on or figured or (kind is FIRM and not self.focused):
                return opening
        return None

    def _shared(self, opening: Opening, figure: Figure, nth: int, many: int) -> list[str] | None:
        """Of listed bearers the one whose turn it is (分别), all (均), or None for a joint figure."""
        entities = opening.entities
        if len(entities) == 1:
            return [entities[0]]
        if many == len(entities):
            return [entities[nth]]
        if _EACH.search(figure.lead) or (self.page.type(entities[-1]) is CHAIN and figure.unit != "count"):
            return list(entities)
        return None

    def _openings(self) -> list[Opening]:
        """The names that clauses of the sentence open on."""
        page, found = self.page, []
        mentions = page.mentions(self.sentence, *WHOLES, *FEATURES, outer=True)
        if self.report:  # a government reports on its own place
            mentions = [m for m in mentions if m.entity != self.nation]
        for start, end in self.sentence.clauses():
            inside = [m for m in mentions if start <= m.start and m.end <= end]
            first = next((m for m in inside if self._opens(start, m)), None)
            if first is None:
                if self.nation is not None and not self.report and self._opens_on_nation(start, end):
                    found.append(Opening(start, end, (self.nation,)))
                continue
            names = [first]
            for m in (m for m in inside if m.start >= first.end):
                gap = page.body[names[-1].end : m.start]
                kind, last = page.type(m.entity), page.type(names[-1].entity)
                if last in WHOLES and kind in WHOLES and _WITHIN.fullmatch(gap):
                    names[-1] = m  # 新抚区欧洲商品城, 位于黄冈的这个临港产业园: the last
                elif _JOIN.fullmatch(gap) and kind is last and (kind not in WHOLES or gap[0] in "、和"):
                    names.append(m)
                else:
                    break
            kind = page.type(names[-1].entity)
            rest = page.body[names[-1].end : end]
            if kind in (FIRM, PROJECT) and _LISTED.match(rest):
                continue
            if kind in WHOLES and SEVERAL.match(rest):
                continue  # 当阳、宜城等7个县市获评示范区: a count of the whole above them
            if kind is PLACE and _RANKED.match(rest):
                continue
            alone = not rest.strip() or bool(re.match(r"(?:方面|上|中|内|里)$", rest))
            found.append(Opening(start, end, tuple(m.entity for m in names), alone))
        return found

    def _opens(self, start: int, mention: Mention) -> bool:
        """Whether nothing but dates and 目前, 在 stands before the mention in its clause."""
        if self._clear(start, mention.start):
            return True
        if start != self.sentence.start or self.page.type(mention.entity) not in (ZONE, PARK):
            return False
        return _pattern("forward").fullmatch(self.page.body, start, mention.start) is not None

    def _clear(self, start: int, end: int) -> bool:
        """Whether nothing but dates and 目前, 在 stands in a stretch."""
        text = self.page.body[start:end]
        for moment in sorted(self.sentence.moments, key=lambda m: -m.start):
            if start <= moment.start and moment.end <= end:
                text = text[: moment.start - start] + text[moment.end - start :]
        return _pattern("opening").fullmatch(text) is not None

    def _opens_on_nation(self, start: int, end: int) -> bool:
        """Whether a clause opens on 我国 or 全国."""
        nation = _NATION.search(self.page.body, start, end)
        return nation is not None and self._clear(start, nation.start())

    def _inside(self, figure: Figure) -> str | None:
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
        return found[-1].entity

    def _behind(self, figure: Figure) -> str | None:
        """The project or firm of 总投资50亿元的X项目, 投资5亿元建设X项目."""
        begin = figure.measure.end
        hit = _pattern("behind").match(self.page.body, begin, self.sentence.end)
        if hit is None or figure.unit == "count":
            return None
        for mention in self.page.mentions(self.sentence, *FEATURES, outer=True):
            if begin <= mention.start <= hit.end():
                rest = self.page.body[mention.end : mention.end + 40]
                return None if re.match(r"[^，。；]{0,30}?等\d+[个家项]", rest) else mention.entity
        return None
