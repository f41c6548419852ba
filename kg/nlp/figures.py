"""The figures of a sentence with the words around them: what is counted, what introduces it.

A figure is a `Measure` with the stretch of its clause before it (from the figure before, or the start of the
clause) and behind it (up to the next figure, or the end of the clause). From these two it tells whether
the number stands behind its noun (签约项目116个) or before it (24个重大转型项目), and whether it is no figure of
its own but the threshold of a counted kind (5000万元以上项目15个).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.nlp.view import Measure, Sentence

# What may stand between a noun and its number.
_APPROACH = re.compile(
    r"(?:总数|总量|总额|总面积|面积|数量|数目|个数|户数|人数|数)?(?:已经|已|现有|现|共计|共有|共|总计|合计|累计|累积|约为|约|大约|近|将近|接近|超过|超出|超|突破|逾|达到|达至|达|为|是|有|计|"
    r"不少于|不低于|不超过|不下|至少|最多|多达|高达|力争|确保|各|分别|平均|均|都|仅|只有|只|新增|净增|增至|增加到|增加至|"
    r"增长到|增长至|扩大到|上升到|提高到|提高至|提升到|提升至|发展到|降至|降到|下降到|下降至|从|由|至|到|在|保持在|稳定在|"
    r"维持在|左右|以上|[:：]|[“”\s]|要|则|也|还|再|全部|全都|了|过)*$"
)
_SEPARATORS = "、，, 和及与以并且"
_THRESHOLD = re.compile(
    r"^\s*(?:[（(][^（）()]{0,8}[）)])?(?:及|含)?\s*(?:以上|以下|级|以内|及以上)[）)]?(?:的)?(?P<noun>[\u4e00-\u9fff“])"
)
_NOT_NOUN = re.compile(r"^(?:左右|以上|以下|以内|不等|多|余|的|和|与|及|以及|并|同比|比|较|增|下|上|、|之|（|\()")
_OVER = re.compile(r"(?:超过|超|过|逾|达|高于|大于|不低于)\s*$")
_COUNTED = re.compile(
    r"^(?:的)?[^，。；、\d]{0,12}?(?:项目|企业|工程|公司|产品|园区|集群|产业|平台|县|乡镇|镇|村|龙头|大户|景区|店|商圈|楼宇|"
    r"基金|客户|合同|订单|强|品牌|车间|市场|联合体|主体)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure in its clause. Offsets are of the body; `before` and `after` are text."""

    measure: Measure
    index: int  # among the figures of the sentence
    start: int  # of the clause
    end: int
    lead: str  # the clause from its start to the figure
    before: str  # from the figure before, else the same as `lead`
    after: str  # up to the next figure in the clause, else to the end of the clause

    @property
    def unit(self) -> str:
        """The unit of the measure."""
        return self.measure.quantity.unit

    @property
    def printed(self) -> str:
        """The measure as printed."""
        return self.measure.quantity.printed

    @property
    def head(self) -> str:
        """What introduces the figure: `before` without 达到, 约 and the separators of a list."""
        return _APPROACH.sub("", self.before).strip(_SEPARATORS)

    @property
    def follows_noun(self) -> bool:
        """Whether the figure stands at the end of its phrase: 项目116个，…"""
        return not self.after.strip() or bool(re.match(r"\s*(?:[，,。；;、）)（(！？]|以上|左右|以内|和|及|与|之多)", self.after))

    @property
    def continues(self) -> bool:
        """Whether nothing but a separator or 增至 stands between this figure and the one before it."""
        return self.before != self.lead and not self.head


def figures(sentence: Sentence) -> list[Figure]:
    """The figures of a sentence, in order."""
    return list(_figures(sentence))


def _figures(sentence: Sentence) -> Iterator[Figure]:
    text, base = sentence.text, sentence.start
    clauses = list(sentence.clauses())
    for i, measure in enumerate(sentence.measures):
        clause = next(((a, b) for a, b in clauses if a <= measure.start and measure.end <= b), None)
        start, end = clause or (sentence.start, sentence.end)
        last = sentence.measures[i - 1].end if i and sentence.measures[i - 1].end > start else start
        following = sentence.measures[i + 1] if i + 1 < len(sentence.measures) else None
        stop = following.start if following and following.start < end else end
        yield Figure(
            measure,
            i,
            start,
            end,
            text[start - base : measure.start - base],
            text[last - base : measure.start - base],
            text[measure.end - base : stop - base],
        )


def is_threshold(figure: Figure, others: list[Figure]) -> bool:
    """Whether the figure only says which things are counted: 亿元以上项目26个, 20个投资超10亿元项目."""
    at_least = _THRESHOLD.match(figure.after)
    if at_least and not _NOT_NOUN.match(figure.after[at_least.start("noun") :]):
        return True
    if figure.unit in ("%", "count", "person", "rank") or not _COUNTED.match(figure.after):
        return False
    if re.match(r"\s*的", figure.after):
        # 20个投资超10亿元的项目, but 总投资1290亿元的417个项目
        return bool(_OVER.search(figure.before)) and _counts(figure, others)
    return True


def _counts(figure: Figure, others: list[Figure]) -> bool:
    """Whether a count stands in the same clause."""
    return any(o is not figure and o.start == figure.start and o.unit == "count" for o in others)
