"""What the figures of a sentence say: the indicator each one is of.

The word nearest before a figure names it (`kg.nlp.indicators`); what was counted carries on: 总投资 after
签约项目116个 is the signed investment, 其中亿元以上项目26个 are of the projects counted before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.nlp.figures import Figure, figures
from kg.nlp.indicators import GROWTH, MONEY, OTHER, Indicators
from kg.nlp.view import Sentence

COUNTS = frozenset(
    {"count", "set", "piece", "head", "dose", "box", "bottle", "bag", "aircraft", "ship", "bed", "core"}
)
_TIMES = frozenset({"h", "min", "s", "day", "month", "year"})
_LENGTHS = frozenset({"km", "m", "mm", "nmi"})
# a sentence that begins so goes on with what the sentence before counted
_RESUMES = re.compile(r"[“\"]?(?:其中|项目|这些|上述|此次|本次)")
_EACH = re.compile(r"分别[\u4e00-\u9fff]{0,5}$")
_HASTE = re.compile("加快|加速|抓紧|加紧")
_BREAK = re.compile("、(?!当年)")
_ATTRIBUTIVE = re.compile(r"\s*(?:左右|以上)?的")
_OWN_SUM = re.compile(r"\s*(?:总投资|投资|计划投资|年度投资)")
_NO_RANK = re.compile("企业|县|区|城市|开发区|园区|产品|产业")
_DONE = re.compile(r"企业(?!升规|入规|“)[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure says: its indicator, of what, and how sure that is; `sign` is -1 for a fall."""

    indicator: str
    of: str = ""
    confidence: float = 0.6
    sign: int = 1


@dataclass(slots=True)
class Carry:
    """What figures leave for the next ones: the projects and firms counted last, the figure read last."""

    count: Meaning | None = None
    firms: Meaning | None = None
    last: Meaning | None = None
    unit: str = ""
    amount: Meaning | None = None  # the last that is no share or rate


class Meanings:
    """Reads the figures of the sentences of one page, one sentence after the other."""

    def __init__(self, table: Indicators) -> None:
        self.table = table
        self.carry = Carry()
        self.block = -1
        self.listed = False
        self.figures: list[Figure] = []
        self.text, self.start = "", 0

    def of(self, sentence: Sentence) -> Iterator[tuple[Figure, Meaning]]:
        """The figures of a sentence that say something about a whole, with what they say."""
        resumes = sentence.block == self.block and (self.listed or _RESUMES.match(sentence.text))
        self.carry = self.carry if resumes else Carry()
        self.block, self.listed = sentence.block, sentence.text.endswith(("；", ";"))
        self.figures = figures(sentence)
        self.text, self.start = sentence.text, sentence.start
        for figure in self.figures:
            meanings = self._read(figure)
            for meaning in meanings:
                yield figure, meaning
            if meanings:
                if figure.unit == "count" and meanings[0].indicator in self.table.money_of:
                    self.carry.count = meanings[0]
                elif figure.unit == "count":
                    self.carry.firms = meanings[0] if meanings[0].indicator.endswith("Firms") else None
                self.carry.last, self.carry.unit = meanings[0], figure.unit
                if figure.unit not in ("%", "rank"):
                    self.carry.amount = meanings[0]

    def _read(self, figure: Figure) -> list[Meaning]:
        """What a figure says: nothing, one thing, or the same of each item of a list (均增长8%)."""
        items, nth, many = self._list(figure)
        each = nth is not None and many == len(items)
        if each and nth is not None:
            item = items[nth]
            meaning = self._one(replace(figure, before=item, lead=item, head=item), figure.lead)
            if meaning is None or meaning.indicator != OTHER or figure.unit in COUNTS:
                return [replace(meaning, of=item)] if meaning else []
        meaning = self._one(figure, figure.lead)
        if meaning is None:
            return []
        if each and nth is not None:
            return [replace(meaning, of=items[nth])]
        if re.search("[均都]", figure.before[-8:]) and 1 < len(items) < 6 and figure.unit in ("%", "rank"):
            return [replace(meaning, of=self.table.changing(item) or item) for item in items]
        return [meaning]

    def _list(self, figure: Figure) -> tuple[list[str], int | None, int]:
        """The items that introduce the figures of a 分别, which of them this is, and how many figures there are."""
        first = figure
        while first.continues and first.index and self.figures[first.index - 1].unit == figure.unit:
            first = self.figures[first.index - 1]
        if not _EACH.search(first.before):
            return figure.items, None, 1
        last = first
        while (following := self._next(last)) and following.continues and following.unit == first.unit:
            last = following
        head = first.before[: first.before.rindex("分别")].lstrip("、，, ")
        return replace(first, head=head).items, figure.index - first.index, last.index - first.index + 1

    def _next(self, figure: Figure) -> Figure | None:
        """The next figure of the same clause."""
        found = self.figures[figure.index + 1 : figure.index + 2]
        return found[0] if found and found[0].start == figure.start else None

    def _one(self, figure: Figure, lead: str) -> Meaning | None:
        """What one figure says; `lead` is the clause before it."""
        unit, last = figure.unit, self.carry.last
        if last is not None and unit == self.carry.unit:
            among = "其中" in figure.before and unit == "m2"
            if (figure.continues and figure.follows_noun) or among:
                return last
        if unit == "rank":
            return None if _NO_RANK.match(figure.after) else Meaning("rank", figure.head, 0.7)
        if unit == "%":
            return self._share(figure, lead)
        if unit in MONEY or unit == "":
            return self._money(figure)
        if unit in COUNTS:
            return self._count(figure)
        if unit in _TIMES:
            return Meaning(OTHER, figure.head, 0.5) if self.table.shortened.search(lead) else None
        if unit in _LENGTHS and (self.table.distance.search(figure.before) or figure.printed[0] in "万千百"):
            return None
        if unit == "m2" and last and last.indicator == "landSupplied" and len(figure.head) < 5:
            return last  # 出让8宗，合计1198.06亩
        named = self.table.named(figure.lead, unit) or self.table.named(_up_to_mark(figure.after), unit)
        return Meaning(named.name if named else "area" if unit == "m2" else OTHER, figure.head)

    def _share(self, figure: Figure, lead: str) -> Meaning | None:
        if re.search(r"[-,]\s*$", figure.before):
            return None  # a rate in a stock ticker
        if figure.printed.endswith("百分点"):
            return Meaning(OTHER, figure.head)
        named = self.table.named(figure.before, "%")
        change, at = self.table.change(figure.before)
        if not change and figure.before == figure.lead and figure.lead != lead:
            change, at = self.table.change(lead)
        if not change:
            change, at = self.table.change_behind(figure.after), len(figure.before)
        if change and (named is None or named.name != OTHER or named.end <= at):
            return Meaning(GROWTH, self._changed(figure, lead), 0.75, change)
        if named:
            return Meaning(named.name, figure.head, 0.7 if named.name != OTHER else 0.6)
        return Meaning(OTHER, figure.head)

    def _changed(self, figure: Figure, lead: str) -> str:
        """What grew: what the clause names, else the figure before."""
        named, last = self.table.changing(figure.head or lead), self.carry.amount or self.carry.last
        if len(named) > 1 or last is None:
            return named
        return last.of if last.indicator in (OTHER, GROWTH) else last.indicator

    def _money(self, figure: Figure) -> Meaning | None:
        last = self.carry.last if self.carry.unit == figure.unit else None
        among = "其中" in self.text[: figure.measure.start - self.start]
        named = self.table.named(figure.before, "CNY")
        if named is None and among and last:
            return replace(last, of=figure.head)
        named = named or self.table.named(figure.lead, "CNY")
        if named is None:
            if not figure.unit or self.table.price.search(figure.before):
                return None
            return Meaning(OTHER, figure.head or _up_to_mark(figure.after), 0.5)
        if named.name != "investment":
            return Meaning(named.name, figure.head, 0.7)
        ahead = self._next_count(figure)
        if (
            ahead is None
            and _ATTRIBUTIVE.match(figure.after)
            and self.table.project_noun.search(figure.after)
        ):
            return None  # 总投资17亿元的项目: an attribute of one project
        if "其中" in figure.before and last and last.indicator == "completedInvestment":
            return replace(last, of=figure.head)
        if named.text in self.table.signed_money:
            return Meaning("signedInvestment", figure.head, 0.75)
        count = ahead or self.carry.count
        if count is not None:
            return Meaning(self.table.money_of[count.indicator], count.of, 0.75)
        phase = self.table.phase(figure.lead)
        return Meaning(self.table.money_of[phase.name] if phase else "projectInvestment", figure.head, 0.5)

    def _next_count(self, figure: Figure) -> Meaning | None:
        """The counted projects of 总投资65.9亿元的44个灾后恢复重建项目, 总投资18.6亿元的A等6个项目."""
        following = self._next(figure)
        if following is None or following.unit != "count":
            return None
        if not _ATTRIBUTIVE.match(figure.after) and not figure.after.endswith("等"):
            return None
        meaning = self._count(following)
        return meaning if meaning and meaning.indicator in self.table.money_of else None

    def _count(self, figure: Figure) -> Meaning | None:
        if figure.before.endswith("每"):
            return None
        named = self.table.named(figure.before, "count")
        if named and named.name != OTHER:
            return Meaning(named.name, figure.head, 0.65)
        project = self._project(figure)
        if project is not None:
            return project
        noun = _phrase(figure.head) if figure.follows_noun else _up_to_mark(figure.after)
        if self.table.uncounted.match(noun) and not figure.follows_noun:
            return None
        if not re.search("[家户个大]$", figure.printed):
            return Meaning(OTHER, noun, 0.65)
        if self.carry.firms and re.fullmatch("(?:净增|总数|新增|其中)?", figure.head):
            return self.carry.firms
        said = _own(figure) if len(_own(figure)) > 3 else figure.lead
        kind = self.table.firms(noun, said + figure.printed + ("" if figure.follows_noun else noun))
        if kind == "aboveScaleFirms" and not figure.follows_noun and _DONE.search(noun):
            kind = OTHER  # 3000家规上企业实施了数字化转型 counts those that did
        return Meaning(kind or OTHER, noun, 0.65)

    def _project(self, figure: Figure) -> Meaning | None:
        """The phase of counted projects, None if no projects are counted."""
        if not re.search("[个项批大]$", figure.printed):
            return None
        if figure.follows_noun or self._ends_on_noun(figure.head):
            return self._behind_noun(figure)
        after = figure.rest if _OWN_SUM.match(figure.after) else figure.after  # 29个总投资80亿元的…项目
        noun = self.table.project_noun.search(after)
        if noun is None:
            following = self._next(figure)
            if following and re.search("[、和及]$", after) and following.unit == "count" and len(after) < 10:
                return self._project(following)  # 18个光伏、4个风电项目
            return None
        if re.search("企业|公司", after[: noun.start()]):
            return None
        return self._before_noun(figure, after[: noun.end()], after[noun.end() :])

    def _before_noun(self, figure: Figure, own: str, tail: str) -> Meaning:
        """The phase of 24个重大转型项目: in their own name, in the words before, in those behind."""
        before = _own(figure)
        phase = self.table.phase(own) or self.table.phase(before)
        opened = self.table.opens(before)
        if phase is None and re.match("建设|进度", tail) and _HASTE.search(before[-60:]):
            return Meaning("constructionProjects", own, 0.65)
        following = self._next(figure)
        if phase is None and (following is None or not following.follows_noun):
            phase = self.table.phase(
                _BREAK.split(tail)[0]
            )  # of 179个项目竣工投产40个 the tail is the next one's
        if phase is None and not opened and figure.before != figure.lead:
            phase = self.table.phase(figure.lead)
            if phase is None and self.carry.count:
                return replace(self.carry.count, of=own)
        return Meaning(phase.name if phase else "projects", own, 0.7)

    def _behind_noun(self, figure: Figure) -> Meaning | None:
        """Counts behind their noun: 签约项目116个, 其中亿元以上26个, 项目新签约502个、新开工416个."""
        head, count = figure.head, self.carry.count
        nouns = list(self.table.project_noun.finditer(head))
        phase = self.table.phase(head)
        if phase is None and not figure.follows_noun:
            phase = self.table.phase(_BREAK.split(figure.after)[0])  # 项目65个加快建设
        if nouns and nouns[-1].end() == len(head):
            if phase is None and count and not self.table.opens(head):
                return replace(count, of=_phrase(head))
            return Meaning(phase.name if phase else "projects", _phrase(head), 0.7)
        if phase and (phase.end == len(head) or (nouns and len(head) - nouns[-1].end() < 9)):
            spoken = count or self.table.project_noun.search(figure.lead)
            return Meaning(phase.name, head, 0.65) if spoken else None
        if count and re.search("(?:以上|级|其中|以下)$|^$", head):
            return replace(count, of=head)
        return None

    def _ends_on_noun(self, head: str) -> bool:
        return any(m.end() == len(head) for m in self.table.project_noun.finditer(head))


def _own(figure: Figure) -> str:
    """What stands before a figure without the noun of the figure before: 500位创意人员、|20多家企业."""
    if figure.before == figure.lead or "、" not in figure.before:
        return figure.before
    return figure.before.split("、", 1)[1]


def _phrase(text: str) -> str:
    """The last phrase of a stretch: behind its last separator outside of brackets and quotes."""
    phrase = re.split("[、，,；：]", text)[-1]
    opened = all(phrase.count(left) >= phrase.count(right) for left, right in ("（）", "“”", "《》"))
    return phrase if opened else text


def _up_to_mark(text: str) -> str:
    """The phrase behind a number: up to the first mark."""
    return re.split("[、，,。；：！？（(]", re.sub("^(?:以上|左右|的)+", "", text))[0]
