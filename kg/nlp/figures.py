"""The figures of a sentence with the words around them: what is counted, what introduces it.

A figure is a `Measure` with the stretch of its clause before it (from the figure before, or the start of the
clause) and behind it (up to the next figure, or the end of the clause). From these two it tells whether
the number stands behind its noun (签约项目116个) or before it (24个重大转型项目). Numbers that only say which
things are counted (亿元以上项目26个) are no figures; 八大产业 is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.model import Quantity
from kg.nlp.quantities import number
from kg.nlp.view import Measure, Sentence
from kg.nlp.wordlists import any_of, words

_CONJUNCTIONS = frozenset({"和", "与", "及", "以及", "并", "并且"})
_LIST = re.compile(r"[、和及与]|以及")
_AT_LEAST = re.compile(
    r"^\s*(?:[（(][^（()）]{0,8}[）)])?(?:及|含)?\s*(?:以上|以下|级|以内|及以上)[）)]?(?:的)?"
)
_NOUN = re.compile(r"[\u4e00-\u9fff“]")
_PHRASE = re.compile(r"[\u4e00-\u9fff“\dA-Za-z]")
_NO_NOUN = r"[和与及并同比较增以左之、]"
_MARKS = "、，, "
_QUOTES = (("“", "”", 14), ("《", "》", 80))  # and how long what they hold may be to be a name


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns of `data/figures.txt`: an approach, what is kept of it, 八大, 超, 总投资."""
    approach, kept, great, over, total = (
        any_of(words("figures", section)) for section in ("approach", "kept", "great", "over", "total")
    )
    return (
        re.compile(rf"(?:{approach}|[:：“\s])$"),
        re.compile(rf"{kept}$"),
        re.compile(
            r"(?<![\d第一二三四五六七八九十])(?P<n>[二两三四五六七八九十]{1,2}|\d{1,3})大"
            rf"(?=[^，。；、“”！？\d大]{{0,14}}?{great})"
        ),
        re.compile(rf"{over}\s*$"),
        re.compile(rf"{total}[^，。；、]{{0,4}}$"),
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure in its clause. Offsets are of the body; `lead`, `before` and `after` are text."""

    measure: Measure
    index: int  # among the figures of the sentence
    start: int  # of the clause
    end: int
    lead: str  # the clause from its start to the figure
    before: str  # from the figure before, else the same as `lead`
    after: str  # up to the next figure in the clause, else to the end of the clause
    rest: str  # to the end of the clause
    head: str  # what introduces it: `before` without 达到, 约 and the separators of a list

    @property
    def unit(self) -> str:
        """The unit of the measure."""
        return self.measure.quantity.unit

    @property
    def printed(self) -> str:
        """The measure as printed."""
        return self.measure.quantity.printed

    @property
    def follows_noun(self) -> bool:
        """Whether the figure stands at the end of its phrase: 项目116个，…"""
        text = _AT_LEAST.sub("", self.after, count=1) if self.unit == "count" else self.after
        text = re.sub(r"^(?:左右|上下|不等)", "", text.strip())
        return not text or not _PHRASE.match(text) or bool(re.match("以上|和|及|与|之多|同比|增", text))

    @property
    def continues(self) -> bool:
        """Whether nothing but a separator or 增至 stands between this figure and the one before it."""
        return self.before != self.lead and not self.head

    @property
    def items(self) -> list[str]:
        """The items of the list that introduces the figure: 规上产值, 税收 of 规上产值、税收分别增长."""
        return [item for item in _LIST.split(self.head) if item]


def figures(sentence: Sentence) -> list[Figure]:
    """The figures of a sentence, in order."""
    measures = sorted([*sentence.measures, *_greats(sentence)], key=lambda m: m.start)
    found = _around(sentence, measures)
    kept = [f.measure for f in found if not _is_threshold(f, found) and not _is_name(sentence, f)]
    return found if len(kept) == len(found) else _around(sentence, kept)


def _greats(sentence: Sentence) -> list[Measure]:
    """八大 of 八大产业: a count whose class is 大."""
    _, _, great, _, _ = _patterns()
    found = []
    for match in great.finditer(sentence.text):
        value = number(match["n"])
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if value is not None and not any(m.start < end and start < m.end for m in sentence.measures):
            found.append(Measure(start, end, Quantity(value, "count", match[0])))
    return found


def _around(sentence: Sentence, measures: list[Measure]) -> list[Figure]:
    text, base = sentence.text, sentence.start
    clauses = list(sentence.clauses())
    found = []
    for i, measure in enumerate(measures):
        clause = next(((a, b) for a, b in clauses if a <= measure.start and measure.end <= b), None)
        start, end = clause or (sentence.start, sentence.end)
        last = measures[i - 1].end if i and measures[i - 1].end > start else start
        stop = measures[i + 1].start if i + 1 < len(measures) and measures[i + 1].start < end else end
        found.append(
            Figure(
                measure,
                i,
                start,
                end,
                text[start - base : measure.start - base],
                text[last - base : measure.start - base],
                text[measure.end - base : stop - base],
                text[measure.end - base : end - base],
                _head(sentence, last, measure.start),
            )
        )
    return found


def _head(sentence: Sentence, start: int, end: int) -> str:
    """A stretch of the sentence without 达到, 约 at its end and the separators of a list at its start."""
    approach, kept, _, _, _ = _patterns()
    text = sentence.text[start - sentence.start : end - sentence.start]
    while not kept.search(text) and (cut := approach.search(text)):
        text = text[: cut.start()]
    head = text.lstrip(_MARKS)
    start += len(text) - len(head)
    joint = next((w.text for w in sentence.words if w.start == start and w.text in _CONJUNCTIONS), "")
    head = head.removeprefix(joint).rstrip(_MARKS)
    return "" if head in _CONJUNCTIONS else head


def _is_threshold(figure: Figure, others: list[Figure]) -> bool:
    """Whether the figure only says which things are counted: 亿元以上项目26个, 20个投资超10亿元项目."""
    if figure.unit in ("%", "count", "rank", ""):
        return False
    _, _, _, over, total = _patterns()
    near = {o.index - figure.index: o for o in others if o.start == figure.start and o.unit == "count"}
    before, behind = near.get(-1), near.get(1)
    at_least = _AT_LEAST.match(figure.after)
    if at_least:
        rest = figure.after[at_least.end() :]
        if not rest:
            return figure.before == "" or behind is not None
        return bool(_NOUN.match(rest)) and not re.match(_NO_NOUN, rest)
    if figure.unit == "CNY" and not figure.before and before is not None:
        return True  # 2个50-100亿元、…
    if re.search("一批[^，]{0,12}$", figure.before) and re.match(r"\s*[的级]", figure.after):
        return True  # 一批产值超10亿元的企业
    if figure.unit == "person" or not (before or behind) or not _NOUN.match(figure.after):
        return False
    own = total.search(figure.before) is not None
    if re.match(r"\s*的", figure.after):
        return before is not None and over.search(figure.before) is not None and not own
    return not own and not re.match(f"{_NO_NOUN}|等", figure.after)


def _is_name(sentence: Sentence, figure: Figure) -> bool:
    """Whether the number is part of a quoted name: “惠企16条”, “三个清单”, “五个100”工程, a title in 《》."""
    at = figure.measure.start - sentence.start
    for left, right, longest in _QUOTES:
        opened = sentence.text.rfind(left, 0, at)
        closed = sentence.text.find(right, opened)
        if 0 <= opened < at < closed <= opened + longest and not figure.printed.endswith("大"):
            return True
    return False
