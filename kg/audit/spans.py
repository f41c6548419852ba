"""Years and days that contradict one another in one breath: 2020年至2022年，四年时间里; 2月30日; 从2024年到2021年."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from kg.audit.finding import Cause, Finding, Kind, Said, Severity
from kg.audit.texts import Text
from kg.nlp.quantities import number

_YEAR = r"(?:19|20)\d\d"
_SPAN = re.compile(
    rf"(?<!\d)(?P<from>{_YEAR})\s?年?\s?(?:[-—–~～至到]|——)\s?(?P<to>{_YEAR})\s?年?"
    r"(?:[）)》”]|(?:底|末|期间|间))?[，,（(\s]{0,2}(?:这|的|共|历时|连续|前后|短短)?"
    r"(?:(?P<n>[一二两三四五六七八九十]{1,3}|(?<!\d)\d{1,2})(?:个?年|载)(?!前|第|级|期|规划|计划|行动|制|内|以上))?"
)
_DAY = re.compile(r"(?<![\d.])(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号](?!线)")
_PLAN = re.compile(
    r"[“\"]?(?P<p>十[一二三四五])五[”\"]?(?:时期|规划|期间)?[（(](?P<from>(?:19|20)\d\d)\s?年?\s?[-—–~～至到]+\s?(?P<to>(?:19|20)\d\d)"
)


def spans(text: Text) -> Iterator[Finding]:
    """Spans of years that are not as long as they are said to be, and days that do not exist."""
    for match in _SPAN.finditer(text.body):
        first, last = int(match["from"]), int(match["to"])
        if last < first:
            yield _found(
                text, match, Severity.HIGH,
                Said(f"{first}年至{last}年，止早于起", f"from {first} to {last}: the end comes before the beginning"),
                Said("起止写在一处", "both years stand side by side"),
            )  # fmt: skip
            continue
        said = number(match["n"]) if match["n"] else None
        if said is None:
            continue
        years = {last - first, last - first + 1}
        if int(said) not in years:
            yield _found(
                text, match, Severity.HIGH,
                Said(
                    f"{first}年至{last}年是{last - first + 1}个年头（相差{last - first}年），写作{match['n']}年",
                    f"{first} to {last} is {last - first + 1} years ({last - first} apart), not {int(said)}",
                ),
                Said("年份和年数写在一处", "the years and their number stand side by side"),
            )  # fmt: skip
    for match in _PLAN.finditer(text.body):
        number_ = 10 + "一二三四五".index(match["p"][1]) + 1
        first = 1951 + 5 * number_
        if (int(match["from"]), int(match["to"])) != (first - 0, first + 4):
            yield _found(
                text, match, Severity.MEDIUM,
                Said(
                    f"“{match['p']}五”是{first}—{first + 4}年，写作{match['from']}—{match['to']}年",
                    f"the plan {match['p']}五 runs {first}–{first + 4}, not {match['from']}–{match['to']}",
                ),
                Said("五年规划的起止年份是定数", "the years of a five-year plan are fixed"),
            )  # fmt: skip
    for match in _DAY.finditer(text.body):
        month, day = int(match["month"]), int(match["day"])
        year = int(match["year"]) if match["year"] else 2024  # a leap year gives the benefit of the doubt
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            yield _found(
                text, match, Severity.MEDIUM,
                Said(f"没有{match[0]}这一天", f"there is no day {match[0]}"),
                Said("照原文写法读出", "as it is printed"),
            )  # fmt: skip


def _found(text: Text, match: re.Match[str], severity: Severity, what: Said, why: Said) -> Finding:
    bounds = text.sentence(match.start()) or match.span()
    return Finding(Kind.SPAN, severity, Cause.SOURCE, what, why, (text.evidence(*bounds),))
