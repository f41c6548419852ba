"""Parts against their wholes: 进出口100亿元，其中出口60亿元、进口45亿元.

Which parts make up a whole is known in three ways: by their names (`partitions` of the cues: exports and
imports), by a sum that follows its items (…合计65个), and by a twin: where the counts of several items sum
exactly to the stated count, the amounts said beside them must sum to the stated amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.audit.cues import alternatives, cues, group
from kg.audit.finding import Cause, Finding, Kind, Said, Severity
from kg.audit.numbers import plain, range_of
from kg.audit.texts import Paragraph, Text, spread
from kg.nlp.figures import Figure

_TOTAL = re.compile(
    rf"^[，、,）)\s]*(?:以上|各项)?(?:{group('total')})(?:达到|达|为|约|近|超|超过|投资|实施|项目|[:：])*$"
)
_THREE = re.compile(
    r"(?:三次产业|三产|一二三产业?|产业)[^，。；\d]{0,12}?(?P<a>\d{1,2}(?:\.\d{1,2})?)\s?[:：∶]\s?(?P<b>\d{1,2}(?:\.\d{1,2})?)"
    r"\s?[:：∶]\s?(?P<c>\d{1,2}(?:\.\d{1,2})?)(?![:：∶\d])"
)
_SLACK = Decimal("0.25")  # of three shares, each rounded to a tenth
_EACH = re.compile(r"各|每")  # 5个片区各设2个，共计10个
_AVERAGE = re.compile(r"人均|平均|增长|增速|均")
_PARTITIONS = [[re.compile(rf"{alternatives(names)}") for names in parts] for parts in cues("partitions")]


def sums(text: Text) -> Iterator[Finding]:
    """Parts of an article that do not sum to their wholes."""
    yield from _shares_of_three(text)
    for paragraph in text.paragraphs:
        if sum(len(s.measures) for s in paragraph.sentences) < 3:
            continue
        yield from _listed(paragraph)
        yield from _named(paragraph)
        yield from _twins(paragraph)


def _shares_of_three(text: Text) -> Iterator[Finding]:
    """三次产业结构为10.2:45.1:46.7: shares of one whole make 100."""
    for match in _THREE.finditer(text.body):
        parts = [Decimal(match[name]) for name in "abc"]
        total = sum(parts, Decimal(0))
        slack = _SLACK if any("." in match[name] for name in "abc") else Decimal("1.5")
        if abs(total - 100) > slack and total > 50:
            printed = ":".join(match[name] for name in "abc")
            what = Said(
                f"三次产业之比{printed}合计{plain(total)}，不是100",
                f"the shares {printed} sum to {plain(total)}, not 100",
            )
            why = Said("三个数是一个整体的百分比", "the three are percentages of one whole")
            severity = Severity.HIGH if abs(total - 100) >= 1 else Severity.MEDIUM
            bounds = text.sentence(match.start()) or match.span()
            yield Finding(Kind.SUM, severity, Cause.SOURCE, what, why, (text.evidence(*bounds),))


def _listed(paragraph: Paragraph) -> Iterator[Finding]:
    """A 10个、B 20个，合计35个."""
    text = paragraph.text
    for sentence in paragraph.sentences:
        here = paragraph.of(sentence)
        for i, whole in enumerate(here):
            if i < 2 or not _TOTAL.match(_between(text, here[i - 1], whole)):
                continue
            parts: list[Figure] = []
            for figure in reversed(here[:i]):
                if figure.unit != whole.unit or "%" in figure.unit:
                    break
                parts.insert(0, figure)
            if len(parts) >= 2 and len(parts) == i and not _EACH.search(_between(text, parts[0], whole)):
                yield from _unless_sum(text, whole, parts, Cause.SOURCE)


def _named(paragraph: Paragraph) -> Iterator[Finding]:
    """进出口总额100亿元，其中出口60亿元、进口45亿元."""
    text = paragraph.text
    for sentence in paragraph.sentences:
        here = [f for f in paragraph.of(sentence) if f.unit not in ("%", "rank")]
        for names in _PARTITIONS:
            parts = _run(here, names)
            if not parts:
                continue
            first = here.index(parts[0])
            whole = here[first - 1] if first else None
            if whole is None or whole.unit != parts[0].unit or _AVERAGE.search(whole.head + parts[0].head):
                continue
            if whole.measure.quantity.value < max(p.measure.quantity.value for p in parts):
                continue
            if not re.search("其中|包括|分别|，|、", _between(text, whole, parts[0])):
                continue
            yield from _unless_sum(text, whole, parts, Cause.SOURCE)


def _run(here: Sequence[Figure], names: Sequence[re.Pattern[str]]) -> list[Figure]:
    """Figures side by side, of one unit, each said of one of the names, in any order."""
    size = len(names)
    for i in range(1, len(here) - size + 1):
        run = list(here[i : i + size])
        if len({f.unit for f in run}) > 1:
            continue
        left = list(names)
        for figure in run:
            hit = next(
                (
                    n
                    for n in left
                    if n.match(figure.head.lstrip("其中，、“")) or n.match(figure.after.strip())
                ),
                None,
            )
            if hit is None:
                break
            left.remove(hit)
        if not left:
            return run
    return []


def _twins(paragraph: Paragraph) -> Iterator[Finding]:
    """47个，44.8亿元，其中…17个，14.38亿元…16个，14.96亿元…14个，15.95亿元: the counts sum, the amounts must."""
    text = paragraph.text
    groups = _groups(paragraph)
    for i, whole in enumerate(groups[:-2]):
        for size in range(2, min(7, len(groups) - i)):
            parts = groups[i + 1 : i + 1 + size]
            if len({_key(p[0]) for p in parts}) > 1 or _value(whole[0]) != sum(_value(p[0]) for p in parts):
                continue
            for figure in whole[1:]:
                found = [next((f for f in p[1:] if _same_said(f, figure)), None) for p in parts]
                same = [f for f in found if f is not None]
                if len(same) == size:
                    yield from _unless_sum(
                        text, figure, same, Cause.SOURCE, counted=(whole[0], [p[0] for p in parts])
                    )
            break


def _groups(paragraph: Paragraph) -> list[list[Figure]]:
    """Figures by the count they are said with; a count that only details the one before it (其中…) is left out."""
    found: list[list[Figure]] = []
    inner = False
    for sentence in paragraph.sentences:
        among = [m.start() + sentence.start for m in re.finditer("其中", sentence.text)]
        opened = False
        for figure in paragraph.of(sentence):
            if figure.unit == "count":
                inner = opened and any(
                    found and found[-1][0].measure.end <= a <= figure.measure.start for a in among
                )
                inner = inner or (opened and _value(figure) < _value(found[-1][0]) and not _marked(figure))
                if not inner:
                    found.append([figure])
                    opened = True
            elif found and not inner and figure.unit not in ("%", "rank"):
                found[-1].append(figure)
    return found


def _marked(figure: Figure) -> bool:
    """Whether the name of what is counted stands in quotes, as the batches of a list do."""
    return figure.head.startswith(("“", "‘", "其中"))


def _key(figure: Figure) -> str:
    return figure.unit


def _same_said(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit and len(one.head) > 1 and one.head[-2:] == other.head[-2:]


def _value(figure: Figure) -> Decimal:
    return figure.measure.quantity.value


def _between(text: Text, one: Figure, other: Figure) -> str:
    return text.body[one.measure.end : other.measure.start]


def _unless_sum(
    text: Text,
    whole: Figure,
    parts: Sequence[Figure],
    cause: Cause,
    counted: tuple[Figure, Sequence[Figure]] | None = None,
) -> Iterator[Finding]:
    """A finding, unless the parts can sum to the whole."""
    ranges = [range_of(text.body, p.measure) for p in parts]
    total = ranges[0]
    for part in ranges[1:]:
        total = total + part
    stated = range_of(text.body, whole.measure)
    if total.rough or stated.rough or stated.meets(total):
        return
    off = abs(total.value - stated.value) / stated.value if stated.value else Decimal(1)
    severity = (
        Severity.HIGH
        if off >= Decimal("0.01")
        else Severity.MEDIUM
        if off >= Decimal("0.002")
        else Severity.LOW
    )
    items = "+".join(p.printed for p in parts).replace(" ", "")
    shown = _as_printed(total.value, whole)
    what = Said(
        f"{items}={shown}，而合计写作{whole.printed}",
        f"{items} = {shown}, but the whole is given as {whole.printed}",
    )
    if counted:
        numbers = "+".join(p.printed for p in counted[1])
        why = Said(
            f"个数{numbers}恰为{counted[0].printed}，可见各部分齐全",
            f"the counts {numbers} make just {counted[0].printed}, so no part is missing",
        )
    else:
        why = Said("各部分按名称已是全部", "by their names the parts are all there are")
    yield Finding(Kind.SUM, severity, cause, what, why, spread(text, [whole, *parts]))


def _as_printed(value: Decimal, like: Figure) -> str:
    """A value in the printed unit of a figure: 4529000000 like 44.8亿元 is 45.29亿元."""
    match = re.search(r"[^\d.,，\s].*$", like.printed)
    shown = Decimal(re.sub(r"[^\d.]", "", like.printed) or "1")
    factor = _value(like) / shown if shown else Decimal(1)
    return f"{plain(value / factor, 4)}{match[0] if match else ''}"
