"""Figures of one thing that differ, in one article or between several.

Claims that agree in everything but the figure are compared. Most that differ do so because something was
misread, and the sentences tell which: one gives a goal, one an average of several years, one does not name
the thing at all. What is left is the sources' own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from kg.audit.claims import Claims, Detail, Statement
from kg.audit.cues import group
from kg.audit.finding import Cause, Evidence, Finding, Kind, Said, Severity
from kg.audit.numbers import Range, range_of
from kg.graph.phases import days
from kg.nlp.quantities import measures
from kg.ontology import labels

_ATTRIBUTES = (
    "totalInvestment", "expectedOutputValue", "expectedTax", "landArea", "floorArea", "jobs", "capacity",
)  # fmt: skip
_LEAST_NAMED = 4  # characters that say what an observation is of
_VAGUE = re.compile(group("vague"))
_ANY = re.compile(group("generic"))
_GOAL = re.compile(group("goals"))
_MEAN = re.compile(group("means"))
_FROM = re.compile(r"(?:从|由)[^，。；、]{0,16}$")
_STAGE = re.compile(r"[一二三四五六]期|首期|扩建|新增|追加|其中|前期|后期|分期")
_UNSAID = re.compile(rf"^{group('predicates')}|的$")  # no noun: 达到年度计划的, 恢复到上年的
_WHOLE = re.compile(group("wholly"))
_PART = re.compile(group("partly"))
_EARLY = 9  # months of a year in which what is said of all of it is said before it is known
_ENDS = re.compile(r"[，。；、：]")
_SINCE = re.compile(r"(?:比|较|是|为)(?:19|20)\d\d年|翻.番|翻番")
_NEAR = 40
_BIG = Decimal("0.05")
_SCOPE = 2  # figures of one scope hardly differ by more than this factor


def conflicts(claims: Claims) -> Iterator[Finding]:
    """Figures of one thing that cannot all be right."""
    candidates = [same for same in _comparable(claims).values() if len({s.object for s in same}) > 1]
    details = claims.details(s for same in candidates for s in same)
    names = claims.names({same[0].subject for same in candidates})
    for same in candidates:
        found = [
            (one, other)
            for one, other in combinations([s for s in same if s.iri in details], 2)
            if _differ(one, other, details)
        ]
        if found:
            one, other = found[0]
            yield _finding(one, other, details, names.get(one.subject, (one.subject,)))


def _comparable(claims: Claims) -> dict[tuple[object, ...], list[Statement]]:
    """Claims by what must agree for two figures to be of one thing."""
    groups: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for s in claims.of(*_ATTRIBUTES, "observation"):
        if s.modality == "negated" or s.max is not None or not isinstance(s.object, int | Decimal):
            continue
        if s.predicate != "observation":
            groups[s.subject, s.predicate, s.unit, s.product, s.modality].append(s)
        elif s.modality == "asserted" and s.date and s.indicator != "rank" and _tells(s.of):
            groups[s.subject, s.indicator, s.of, s.date, s.unit].append(s)
    return groups


def _tells(of: str | None) -> bool:
    if of is None or len(of) < _LEAST_NAMED or _ANY.fullmatch(of):
        return False
    return not _VAGUE.search(of) and not _UNSAID.search(of)


def _differ(one: Statement, other: Statement, details: dict[str, Detail]) -> bool:
    first, second = _range(one, details[one.iri]), _range(other, details[other.iri])
    if first is None or second is None or first.rough or second.rough or first.meets(second):
        return False
    if one.indicator == "growthRate" and _wholes_differ(details[one.iri], details[other.iri]):
        return False
    here, there = details[one.iri].evidence, details[other.iri].evidence
    apart = here.article != there.article or here.end <= there.start or there.end <= here.start
    return apart and not any(_FROM.search(_lead(d)) for d in (details[one.iri], details[other.iri]))


def _wholes_differ(one: Detail, other: Detail) -> bool:
    """Whether two rates stand behind the figures of two wholes: 税收90亿元、增长4.2%, 税收2亿元、增长47.1%."""
    a, b = (_whole(detail) for detail in (one, other))
    return a is not None and b is not None and a[1] == b[1] and not a[0].meets(b[0])


def _whole(detail: Detail) -> tuple[Range, str] | None:
    """The last figure before a rate that is none itself, with its unit."""
    quote, (lead, _) = detail.evidence.quote, _around(detail)
    before = [m for m in measures(lead) if m.quantity.unit != "%"]
    if not before:
        return None
    found = range_of(quote, before[-1])
    return None if found is None else (found, before[-1].quantity.unit)


def _range(statement: Statement, detail: Detail) -> Range | None:
    """What the printed figure can stand for, with the words around it."""
    if not detail.printed:
        return None
    at = detail.evidence.quote.find(detail.printed)
    text = detail.evidence.quote if at >= 0 else detail.printed
    hits = [m for m in measures(text) if m.quantity.value == Decimal(str(statement.object))]
    return range_of(text, hits[0]) if hits else None


def _lead(detail: Detail) -> str:
    """The words right before the figure."""
    return _around(detail)[0][-_NEAR:]


def _clause(detail: Detail) -> str:
    return re.split(r"[，。；;：:！？]", _lead(detail))[-1]


def _finding(one: Statement, other: Statement, details: dict[str, Detail], names: tuple[str, ...]) -> Finding:
    first, second = details[one.iri], details[other.iri]
    zh, en = _what(one, "zh"), _what(one, "en")
    within = first.evidence.article == second.evidence.article
    what = Said(
        f"{names[0]}的{zh}{'在同一篇里' if within else '在两篇里'}不一：{first.printed}，{second.printed}",
        f"{en} of {names[0]} differs {'within one article' if within else 'between two articles'}: "
        f"{first.printed}, {second.printed}",
    )
    big, small = sorted((Decimal(str(one.object)), Decimal(str(other.object))), key=abs, reverse=True)
    slip = _power(big, small) and one.unit not in ("%", "count", "person")
    cause, why = (Cause.SOURCE, _SLIPPED) if slip else _cause(one, other, first, second, names)
    severity = Severity.LOW
    if cause is not Cause.READING:
        far = bool(big) and abs(big - small) / abs(big) >= _BIG
        severity = Severity.HIGH if far and cause is Cause.SOURCE else Severity.MEDIUM
    evidence = tuple(sorted((first.evidence, second.evidence), key=_place))
    kind = Kind.UNIT if slip else Kind.FIGURE
    return Finding(kind, severity, cause, what, why, evidence, (one.subject, names[0]))


_SCOPES = Said(
    "两数相差悬殊，多半是范围或时段不同",
    "the figures are far apart; they are likelier of other scopes or periods",
)
_SLIPPED = Said("两数数字相同，只差位数", "both have the same digits, a power of ten apart")


def _cause(
    one: Statement, other: Statement, first: Detail, second: Detail, names: tuple[str, ...]
) -> tuple[Cause, Said]:
    """Whose mistake it is likelier to be, and why."""
    means = [bool(_MEAN.search(_clause(d))) for d in (first, second)]
    if means[0] != means[1]:
        return Cause.READING, Said(
            "一处是年均或累计，时间被读作同一时段",
            "one is an average or a total of years; the period was misread",
        )
    goals = [bool(_GOAL.search(_near(d))) or _early(one, d) for d in (first, second)]
    if goals[0] != goals[1]:
        return Cause.READING, Said(
            "一处像是目标或预期，被当作已成的事实", "one looks like a goal that was read as done"
        )
    if one.indicator == "growthRate" and not means[0] and _years(one.date) > 1:
        return Cause.READING, Said(
            "按年的增速，时间被读作几年", "growth of a year; the period was misread as several"
        )
    since = [bool(_SINCE.search(_near(d))) for d in (first, second)]
    if since[0] != since[1]:
        return Cause.READING, Said(
            "一处与几年前相比，时间被读作同一时段", "one compares with years ago; the period was misread"
        )
    if first.evidence.article != second.evidence.article:
        for detail in (first, second):
            said = detail.evidence.quote + detail.evidence.headline
            if not any(name in said for name in names):
                return Cause.READING, Said(
                    "一处的原句和标题都没有点名，可能说的是别的",
                    "neither sentence nor headline of one names it; it may be of something else",
                )
    if one.predicate != "observation":
        if not all(any(name in d.evidence.quote for name in names) for d in (first, second)):
            return Cause.READING, Said(
                "一处的原句没有点名，可能说的是别的",
                "one sentence does not name it; it may be of something else",
            )
        if _far(one, other):
            return Cause.READING, _SCOPES
        if _stages(first) != _stages(second):
            return Cause.READING, Said("可能是分期或其中一部分的数字", "one may be of a stage or a part")
        return Cause.OPEN, Said("也可能先后有过调整", "it may also have been changed in between")
    if _far(one, other):
        return Cause.READING, _SCOPES
    if not all(_of_all(detail, names) for detail in (first, second)):
        return Cause.READING, Said(
            "一处可能只是其中一部分或另一范围的数字", "one may be of a part, or of another scope"
        )
    if _clause(first)[-3:] == _clause(second)[-3:]:
        return Cause.SOURCE, Said(
            "说法和时段相同，数字不同", "the words and the period are the same, the figures are not"
        )
    return Cause.OPEN, Said(
        "时段相同，说法不尽相同，口径可能不同",
        "the period is the same, the words are not quite; they may count differently",
    )


def _early(statement: Statement, detail: Detail) -> bool:
    """Whether what is said of a year is said well before its end."""
    period, published = days(statement.date), days(detail.evidence.published)
    if statement.predicate != "observation" or period is None or published is None:
        return False
    return published[1] < f"{period[1][:4]}-{_EARLY:02}" and period[1].endswith("12-31")


def _years(date: str | None) -> int:
    period = days(date)
    return int(period[1][:4]) - int(period[0][:4]) + 1 if period else 0


def _of_all(detail: Detail, names: tuple[str, ...]) -> bool:
    """Whether the sentence says that its figure is of the whole place, and of no part of it."""
    lead, rest = _around(detail)
    named = bool(_WHOLE.search(lead)) or any(name in lead for name in names)
    above = re.match(
        rf"[^。；]{{0,8}}[高低快慢]于全{re.escape(names[0][-1:])}", rest
    )  # than the place itself
    return named and above is None and not _PART.search(lead)


def _around(detail: Detail) -> tuple[str, str]:
    """The words of the sentence before the figure, and those from it on."""
    quote = detail.evidence.quote
    at = max(quote.find(detail.printed or ""), 0)
    return quote[:at], quote[at + len(detail.printed or "") :]


def _stages(detail: Detail) -> set[str]:
    """The words for a stage or a part in the phrase of the figure."""
    lead, rest = _around(detail)
    return set(_STAGE.findall(_ENDS.split(lead)[-1] + _ENDS.split(rest)[0]))


def _far(one: Statement, other: Statement) -> bool:
    small, big = sorted(abs(Decimal(str(s.object))) for s in (one, other))
    return big > _SCOPE * small


def _near(detail: Detail) -> str:
    """The words before the figure, and a few from it on."""
    quote, (lead, _) = detail.evidence.quote, _around(detail)
    rest = quote[len(lead) : len(lead) + 24]
    return (lead if len(quote) < 120 else lead[-_NEAR:]) + rest


def _what(statement: Statement, lang: str) -> str:
    known = labels("zh" if lang == "zh" else "en")
    if statement.predicate == "observation":
        when = f"（{statement.date}）" if lang == "zh" else f" ({statement.date})"
        rate = known.get("growthRate", "") if statement.indicator == "growthRate" else ""
        return f"{known.get(statement.of or '', statement.of)}{rate}{when}"
    product = f"（{statement.product}）" if statement.product else ""
    return known.get(statement.predicate, statement.predicate) + product


def _power(big: Decimal, small: Decimal) -> bool:
    return bool(small) and big.normalize().as_tuple().digits == small.normalize().as_tuple().digits


def _place(evidence: Evidence) -> tuple[str, int]:
    return evidence.article, evidence.start
