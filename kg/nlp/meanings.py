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
_SQUEEZED = re.compile("压缩|缩短|压减|提速|提前|缩减")
_RESUMES = re.compile(r"[“\"]?(?:其中|项目|这些|上述|此次|本次)")
_PRICE = re.compile(r"(?:卖到?出?|售价|单价|电价|每吨|每个|每件|每台|每平方米|一个|一吨)\D{0,4}$")
# 同比增长, 比上年下降, 年均增速: what stands between the name of a figure and its change
_GROWING = re.compile(
    r"(?:同比|环比|比上年|较上年|比去年|较去年|较|年均|平均|累计|预计|实现|力争|确保|持续|继续|保持|均|都|分别|同期|净|高速|稳步|快速|以上|"
    r"增长率?|增加|增速|增幅|扩大|上升|上涨|提升|提高|涨幅|下降|减少|回落|下滑|降低|降幅|压减|缩减|下跌|跌幅|达到?|超过?|为|了|的|由|从|至|到|[\d年月季度—\-]+的?)+$"
)
_EACH = re.compile(r"分别[\u4e00-\u9fff]{0,5}$")
_HASTE = re.compile(r"加快|加速|抓紧|加紧")
_DISTANCE = re.compile(r"(?:距离?|离|相距|时速|速度为?|每小时|深约?|高约?|厚约?|宽约?|长约?|直径|跨度|最深|水深|海拔)\D{0,6}$")


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

    def _read(self, figure: Figure) -> list[Meaning]:
        """What a figure says: nothing, one thing, or the same of each item of a list (均增长8%)."""
        items, nth, many = self._list(figure)
        if nth is not None:
            item = items[nth] if nth < len(items) else ""
            meaning = self._one(replace(figure, before=item, lead=item, head=item), figure.lead) if many == len(items) else None
            if meaning is not None and meaning.indicator != OTHER or many == len(items) and figure.unit in COUNTS:
                return [replace(meaning, of=item)] if meaning else []
        meaning = self._one(figure, figure.lead)
        if meaning is None:
            return []
        if nth is not None and many == len(items):
            return [replace(meaning, of=items[nth])]
        if re.search("[均都]", figure.before[-8:]) and 1 < len(items) < 6 and figure.unit in ("%", "rank"):
            return [replace(meaning, of=item) for item in items]
        return [meaning]

    def _list(self, figure: Figure) -> tuple[list[str], int | None, int]:
        """The items that introduce the figures of a 分别, which of them this is, and how many figures there are."""
        first = figure
        while first.continues and first.index and self.figures[first.index - 1].unit == figure.unit:
            first = self.figures[first.index - 1]
        if not _EACH.search(first.before):
            return figure.items, None, 1
        last = first
        while last.index + 1 < len(self.figures):
            following = self.figures[last.index + 1]
            if following.start != first.start or not following.continues or following.unit != first.unit:
                break
            last = following
        head = first.before[: first.before.rindex("分别")]
        return replace(first, head=head.lstrip("、，, ")).items, figure.index - first.index, last.index - first.index + 1

    def _one(self, figure: Figure, lead: str) -> Meaning | None:
        unit = figure.unit
        if figure.continues and self.carry.last and unit == self.carry.unit and figure.follows_noun:
            return self.carry.last
        if "其中" in figure.before and self.carry.last and unit == self.carry.unit == "m2":
            return replace(self.carry.last, of=figure.head)
        if unit == "rank":
            return None if re.match(r"企业|县|区|城市|开发区|园区|产品|产业", figure.after) else Meaning("rank", figure.head, 0.7)
        if unit == "%":
            return self._share(figure, lead)
        if unit in MONEY or unit == "":
            return self._money(figure)
        if unit in COUNTS:
            return self._count(figure)
        if unit in _TIMES:
            return Meaning(OTHER, figure.head, 0.5) if _SQUEEZED.search(lead) else None
        if unit in ("km", "m") and (_DISTANCE.search(figure.before) or figure.printed[0] in "万千百"):
            return None
        if unit == "m2" and self.carry.last and self.carry.last.indicator == "landSupplied" and len(figure.head) < 5:
            return self.carry.last
        named = self.table.named(figure.lead, unit) or self.table.named(_up_to_mark(figure.after), unit)
        if named is None and unit == "m2":
            return Meaning("area", figure.head)
        return Meaning(named.name if named else OTHER, figure.head)

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
        named = _GROWING.sub("", figure.head if figure.head else lead)
        last = self.carry.last
        if len(named) > 1 or last is None:
            return named
        return last.of if last.indicator in (OTHER, GROWTH) else last.indicator

    def _money(self, figure: Figure) -> Meaning | None:
        named = self.table.named(figure.before, "CNY")
        among = "其中" in self.text[: figure.measure.start - self.start]
        if named is None and among and self.carry.last and self.carry.unit == figure.unit:
            return replace(self.carry.last, of=figure.head)
        if named is None:
            named = self.table.named(figure.lead, "CNY")
        if named is None:
            if not figure.unit or _PRICE.search(figure.before):
                return None
            return Meaning(OTHER, figure.head or _up_to_mark(figure.after), 0.5)
        if named.name != "investment":
            return Meaning(named.name, figure.head, 0.7)
        if re.match(r"\s*(?:左右|以上)?的", figure.after) and self._next_count(figure) is None:
            if self.table.project_noun.search(figure.after):
                return None  # 总投资17亿元的项目: an attribute of one project
        if "其中" in figure.before and self.carry.last and self.carry.last.indicator == "completedInvestment":
            return replace(self.carry.last, of=figure.head)
        if named.text in self.table.signed_money:
            return Meaning("signedInvestment", figure.head, 0.75)
        count = self._next_count(figure) or self.carry.count
        if count is not None:
            return Meaning(self.table.money_of[count.indicator], count.of, 0.75)
        phase = self.table.phase(figure.lead)
        return Meaning(self.table.money_of[phase.name] if phase else "projectInvestment", figure.head, 0.5)

    def _next_count(self, figure: Figure) -> Meaning | None:
        """The counted projects of 总投资65.9亿元的44个灾后恢复重建项目, 总投资18.6亿元的A等6个项目."""
        following = next((f for f in self.figures if f.index == figure.index + 1 and f.start == figure.start), None)
        if following is None or following.unit != "count" or not re.search(r"^\s*(?:左右|以上)?的|等$", figure.after):
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
        if not re.search(r"[家户个大]$", figure.printed):
            return Meaning(OTHER, noun, 0.65)
        if self.carry.firms and re.fullmatch(r"(?:净增|总数|新增|其中)?", figure.head):
            return self.carry.firms
        said = _own(figure) if len(_own(figure)) > 3 else figure.lead
        kind = self.table.firms(noun, said + figure.printed + ("" if figure.follows_noun else noun))
        if kind == "aboveScaleFirms" and not figure.follows_noun and re.search(r"企业(?!升规|入规|“)[\u4e00-\u9fff]", noun):
            kind = OTHER  # 3000家规上企业实施了数字化转型 counts those that did
        return Meaning(kind or OTHER, noun, 0.65)

    def _project(self, figure: Figure) -> Meaning | None:
        """The phase of counted projects, None if no projects are counted."""
        if not re.search(r"[个项批大]$", figure.printed):
            return None
        if figure.follows_noun or self._ends_on_noun(figure.head):
            return self._behind_noun(figure)
        after = figure.after
        if re.match(r"\s*(?:总投资|投资|计划投资|年度投资)", after):
            after = figure.rest  # 29个总投资80亿元的…项目
        noun = self.table.project_noun.search(after)
        if noun is None:
            following = next((f for f in self.figures if f.index == figure.index + 1 and f.start == figure.start), None)
            if following and re.search(r"[、和及]$", after) and following.unit == "count" and len(after) < 10:
                return self._project(following)  # 18个光伏、4个风电项目
            return None
        if self.table.firm_break.search(after[: noun.start()]):
            return None
        own, tail = after[: noun.end()], after[noun.end() :]
        phase = self.table.phase(own) or self.table.phase(_own(figure))
        opened = self.table.openers.last(_own(figure))
        if phase is None and re.match("建设|进度", tail) and _HASTE.search(_own(figure)[-60:]):
            return Meaning("constructionProjects", own, 0.65)
        if phase is None and self._tail_is_own(figure):
            phase = self.table.phase(_LAST.split(tail)[0])
        if phase is None and opened is None and figure.before != figure.lead:
            phase = self.table.phase(figure.lead)
        if phase is None and opened is None and self.carry.count and not figure.lead == figure.before:
            return replace(self.carry.count, of=own)
        return Meaning(phase.name if phase else "projects", own, 0.7)

    def _behind_noun(self, figure: Figure) -> Meaning | None:
        """Counts behind their noun: 签约项目116个, 其中亿元以上26个, 项目新签约502个、新开工416个."""
        head = figure.head
        nouns = list(self.table.project_noun.finditer(head))
        phase = self.table.phase(head)
        if not nouns or nouns[-1].end() != len(head):
            said = phase is not None and (phase.end == len(head) or bool(nouns) and len(head) - nouns[-1].end() < 9)
            if not said and not re.search(r"(?:以上|级|其中|以下)$|^$", head):
                return None
            if not (self.carry.count or (said and self._spoken_of(figure))):
                return None
            if said and phase is not None:
                return Meaning(phase.name, head, 0.65)
            return replace(self.carry.count, of=head) if self.carry.count else None
        if phase is None and self.carry.count and self.table.openers.last(head) is None:
            return replace(self.carry.count, of=_phrase(head))
        return Meaning(phase.name if phase else "projects", _phrase(head), 0.7)

    def _ends_on_noun(self, head: str) -> bool:
        return any(m.end() == len(head) for m in self.table.project_noun.finditer(head))

    def _spoken_of(self, figure: Figure) -> bool:
        """Whether the clause or the one before it speaks of projects."""
        return bool(self.table.project_noun.search(figure.lead))

    def _tail_is_own(self, figure: Figure) -> bool:
        """Whether what follows the noun is said of this count, not of the next one: 179个项目竣工投产40个."""
        following = next((f for f in self.figures if f.index == figure.index + 1 and f.start == figure.start), None)
        return following is None or not following.follows_noun


_LAST = re.compile(r"、(?!当年)")


def _own(figure: Figure) -> str:
    """What stands before a figure without the noun of the figure before: 500位创意人员、|20多家企业."""
    if figure.before == figure.lead:
        return figure.before
    return figure.before.split("、", 1)[1] if "、" in figure.before else figure.before


def _phrase(text: str) -> str:
    """The last phrase of a stretch: behind its last separator."""
    return re.split(r"[、，,；：]", text)[-1]


def _up_to_mark(text: str) -> str:
    """The phrase behind a number: up to the first mark."""
    return re.split(r"[、，,。；：！？（(]", re.sub(r"^(?:以上|左右|的)+", "", text))[0]
