"""Rates and shares against the numbers they are said of: 签约25个，已开工15个，开工率62.5%.

A rate is looked for by count and by amount; every other figure of the paragraph that could be the whole
speaks for it. Only where none gives it is there a finding. A rate that no whole number of things can give
is one, too (the GRIM test of Brown and Heathers, 2017).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.audit.cues import cues, group
from kg.audit.finding import Cause, Finding, Kind, Said, Severity
from kg.audit.numbers import Range, last_digit, plain, range_of
from kg.audit.texts import Paragraph, Text, spread
from kg.nlp.figures import Figure

_REACH = (
    r"(?:的?比[例重]|的?份额)?(?:均|都|已|分别|也)?"
    r"(?:约为|约占|约|达到了?|达成|达|为|是|仅为|仅|高达|超过|超|近)?\s*$"
)
_OPEN = r"^[、，,\s]*(?:其中|综合|总体|整体|平均)?"
_RATE = re.compile(rf"{_OPEN}(?P<name>[\u4e00-\u9fff]{{0,14}}?(?P<done>{group('rates')}))率{_REACH}")
_SHARE = re.compile(rf"{_OPEN}(?P<of>{group('shares')})?占比{_REACH}")
_PART_OF = re.compile(
    r"占(?:到|了)?(?P<whole>[\u4e00-\u9fff“”]{2,16}?)(?:的比[例重])?的?(?:约|近|超过|超|达|为)?\s*$"
)
_BARE = re.compile(r"(?:签约|项目|开工|总体){0,2}")
_COUNTS = frozenset({"count", "piece", "set", "person"})
_LONG = 7  # characters of a rate's name; a longer one has a subject of its own
_NOUN = re.compile(r"项目|工程|企业|事项|手续|任务|工单|建议|提案|问题")
_MANY = Decimal("0.35")  # of all rates with so many digits a whole number of things may reach, at most


@dataclass(frozen=True, slots=True)
class Pair:
    """A part and the whole it may be of, and what their quotient can be."""

    part: Figure
    whole: Figure
    rate: Range


def shares(text: Text) -> Iterator[Finding]:
    """Rates and shares of an article that its own numbers do not give."""
    for paragraph in text.paragraphs:
        if "%" not in paragraph.text.body[paragraph.sentences[0].start : paragraph.sentences[-1].end]:
            continue
        for index, figure in enumerate(paragraph.figures):
            if figure.unit == "%" and figure.printed.endswith(("%", "％")):
                yield from _check(paragraph, index, figure)


def _check(paragraph: Paragraph, index: int, figure: Figure) -> Iterator[Finding]:
    text = paragraph.text
    stated = range_of(text.body, figure.measure)
    if stated.rough or stated.value > 100:
        return
    clause = figure.before
    before = [f for f in paragraph.figures[:index] if f.unit not in ("%", "rank")]
    if rate := _RATE.search(clause):
        yield from _rate(paragraph, before, figure, stated, rate)
    elif share := _SHARE.search(clause):
        yield from _share(paragraph, before, figure, stated, cues("shares").get(share["of"]))
    elif part_of := _PART_OF.search(clause):
        yield from _named(paragraph, before, figure, stated, part_of["whole"])


def _rate(
    paragraph: Paragraph, before: Sequence[Figure], figure: Figure, stated: Range, rate: re.Match[str]
) -> Iterator[Finding]:
    """开工率62.5%: what was done, by count or by amount, over what there was."""
    text, done, name = paragraph.text, rate["done"], rate["name"] + "率"
    here = [f for f in before if f.measure.start >= _sentence_start(paragraph, figure)]
    counted = next((f for f in reversed(here) if f.unit in _COUNTS), None)
    if counted is None or done not in counted.before:
        noun = rate["name"].removesuffix(done)
        close = counted is not None and counted.measure.end == figure.measure.start - len(figure.before)
        if done in cues("counted") and (close or _BARE.fullmatch(noun)):
            yield from _grim(text, here, figure, stated, name)
        return
    if len(rate["name"]) > _LONG:
        return
    behind = here[here.index(counted) + 1 :]
    parts = [counted, *(f for f in behind[:1] if f.unit == "CNY")]
    if len(behind) >= len(parts):
        return  # something else was counted in between
    pairs = [
        Pair(part, whole, quotient)
        for part in parts
        for whole in here[: here.index(counted)]
        if whole.unit == part.unit
        and whole.measure.quantity.value >= part.measure.quantity.value
        and done not in whole.before
        and (quotient := range_of(text.body, part.measure).per(range_of(text.body, whole.measure), 100))
    ]
    by_count = [p for p in pairs if p.part.unit in _COUNTS]
    if not by_count or any(p.rate.rough for p in pairs):
        return
    giving = [p for p in pairs if p.rate.meets(_truncated(stated, figure))]
    if not giving:
        yield _broken(
            text, figure, name, [by_count[-1], *(p for p in pairs[-1:] if p.part.unit == "CNY")], stated
        )
    elif all(p.part.unit == "CNY" for p in giving):
        what = Said(
            f"“{name}”{figure.printed}按金额算（{_fraction(giving[-1])}），按个数是{_percent(by_count[-1])}",
            f"the rate {name} of {figure.printed} goes by amount ({_fraction(giving[-1])}); "
            f"by count it is {_percent(by_count[-1])}",
        )
        why = Said(
            "数字自洽，但读者易当作个数之比",
            "the numbers agree, but a reader takes it for a share of the count",
        )
        yield _made(text, Severity.LOW, Cause.OPEN, what, why, [*_figures(giving[-1], by_count[-1]), figure])


def _share(
    paragraph: Paragraph, before: Sequence[Figure], figure: Figure, stated: Range, unit: str | None
) -> Iterator[Finding]:
    """项目16个，总投资14.96亿元，…项目12个，总投资12.14亿元，投资占比83.96%: of what the same words were said of."""
    here = [f for f in before if f.measure.start >= _sentence_start(paragraph, figure)]
    unit = unit or (here[-1].unit if here else None)
    part = next((f for f in reversed(here) if f.unit == unit), None)
    if part is None:
        return
    wholes = [f for f in here if _alike(f, part) and f.measure.quantity.value > part.measure.quantity.value]
    if wholes:
        yield from _unless_given(paragraph, part, wholes, figure, stated, Said("占比", "the share"))


def _named(
    paragraph: Paragraph, before: Sequence[Figure], figure: Figure, stated: Range, whole_name: str
) -> Iterator[Finding]:
    """占签约项目的69.6%: of a whole that a figure before was said of."""
    text = paragraph.text
    here = [f for f in before if f.measure.start >= _sentence_start(paragraph, figure)]
    if not here or here[-1].measure.end > figure.start:
        return
    part = here[-1]
    if text.body[part.measure.end : figure.start].strip("，, "):
        return
    general = whole_name in cues("wholes")
    wholes = [
        f
        for f in here[:-1]
        if f.unit == part.unit
        and (f.head.endswith(whole_name) or f.after.startswith(whole_name) or (general and len(here) == 2))
    ]
    if wholes:
        yield from _unless_given(
            paragraph,
            part,
            wholes,
            figure,
            stated,
            Said(f"占{whole_name}的比重", f"the share of {whole_name}"),
        )


def _alike(one: Figure, other: Figure) -> bool:
    """Whether the same words introduce two figures of one unit: 总投资14.96亿元, 总投资12.14亿元."""
    return (
        one is not other and one.unit == other.unit and len(one.head) > 1 and one.head[-2:] == other.head[-2:]
    )


def _unless_given(
    paragraph: Paragraph, part: Figure, wholes: list[Figure], figure: Figure, stated: Range, name: Said
) -> Iterator[Finding]:
    """A finding, unless some figure of the paragraph is a whole that gives the share."""
    body = paragraph.text.body
    own = range_of(body, part.measure)
    wanted = _truncated(stated, figure)
    any_whole = [f for f in paragraph.figures if f.unit == part.unit and f is not part]
    for whole in any_whole:
        quotient = own.per(range_of(body, whole.measure), 100)
        if quotient is None or quotient.meets(wanted):
            return
    pair = next(
        (
            Pair(part, w, q)
            for w in reversed(wholes)
            if (q := own.per(range_of(body, w.measure), 100)) and not q.rough
        ),
        None,
    )
    if pair is not None:
        yield _broken(paragraph.text, figure, name.zh, [pair], stated, name.en)


def _grim(text: Text, here: Sequence[Figure], figure: Figure, stated: Range, name: str) -> Iterator[Finding]:
    """开工率82.04% of 73个: no whole number of things gives it."""
    counts = [f for f in here if f.unit in _COUNTS]
    if len(counts) != 1 or range_of(text.body, counts[0].measure).rough:
        return
    whole = counts[0]
    total = int(whole.measure.quantity.value)
    steps = Decimal(100) / last_digit(figure.measure)
    if not _NOUN.search(whole.before + whole.rest) or total < 3 or (total + 1) / steps > _MANY:
        return
    wanted = _truncated(stated, figure)
    near = int(stated.value * total / 100)
    reachable = [Decimal(k) * 100 / total for k in range(max(0, near - 1), near + 3) if k <= total]
    if any(wanted.low <= r <= wanted.high for r in reachable) or stated.value > 100:
        return
    closest = min(reachable, key=lambda r: abs(r - stated.value))
    what = Said(
        f"{total}个中的任何个数都不能得出“{name}”{figure.printed}，最近的是{plain(closest)}%",
        f"no number out of {total} gives the rate {name} of {figure.printed}; the nearest is {plain(closest)}%",
    )
    why = Said(
        "可能按金额计，也可能是笔误；原文没有说", "it may go by amount, or be a slip; the text does not say"
    )
    yield _made(text, Severity.LOW, Cause.OPEN, what, why, [whole, figure])


def _truncated(stated: Range, figure: Figure) -> Range:
    """A printed rate may be rounded or cut off."""
    return Range(stated.low, stated.value, stated.value + last_digit(figure.measure), stated.rough)


def _broken(
    text: Text, figure: Figure, name: str, pairs: Sequence[Pair], stated: Range, name_en: str | None = None
) -> Finding:
    sums_zh = "，".join(f"{_fraction(p)}={_percent(p)}" for p in pairs)
    sums_en = ", ".join(f"{_fraction(p)} = {_percent(p)}" for p in pairs)
    what = Said(
        f"“{name}”写作{figure.printed}，而{sums_zh}",
        f"{name_en or 'the rate ' + name} is given as {figure.printed}, but {sums_en}",
    )
    off = min(abs(p.rate.value - stated.value) for p in pairs)
    severity = Severity.HIGH if off >= 1 else Severity.MEDIUM if off >= Decimal("0.1") else Severity.LOW
    hint = _slip(pairs, stated, figure)
    why = Said(
        "数字都在同一段，别的配对也得不出这个比率" + (f"；{hint[0]}" if hint else ""),
        "the numbers stand in one paragraph, and no other pairing gives the rate"
        + (f"; {hint[1]}" if hint else ""),
    )
    used = [f for p in pairs for f in (p.whole, p.part)]
    return _made(text, severity, Cause.SOURCE, what, why, [*used, figure])


def _slip(pairs: Sequence[Pair], stated: Range, figure: Figure) -> tuple[str, str] | None:
    """Which neighbouring whole number would give the stated rate: 15/24 = 62.5%."""
    wanted = _truncated(stated, figure)
    for pair in pairs:
        if pair.part.unit not in _COUNTS:
            continue
        part, whole = (int(f.measure.quantity.value) for f in (pair.part, pair.whole))
        for p, w in ((part, whole - 1), (part, whole + 1), (part - 1, whole), (part + 1, whole)):
            if w > 0 and wanted.low <= Decimal(p) * 100 / w <= wanted.high:
                return f"{p}/{w}恰为{figure.printed}", f"{p}/{w} is just {figure.printed}"
    return None


def _made(
    text: Text, severity: Severity, cause: Cause, what: Said, why: Said, used: Sequence[Figure]
) -> Finding:
    return Finding(Kind.RATIO, severity, cause, what, why, spread(text, used))


def _figures(*pairs: Pair) -> list[Figure]:
    return [f for p in pairs for f in (p.whole, p.part)]


def _fraction(pair: Pair) -> str:
    return f"{pair.part.printed}/{pair.whole.printed}".replace(" ", "")


def _percent(pair: Pair) -> str:
    return f"{plain(pair.rate.value)}%"


def _sentence_start(paragraph: Paragraph, figure: Figure) -> int:
    return max(s.start for s in paragraph.sentences if s.start <= figure.measure.start)
