"""Numbers with units, as printed and in base units: 8.9亿元 → 890000000 CNY.

The grammar is NUMBER [× NUMBER] UNIT, or a range of two; numbers are Arabic, Chinese or mixed, with 万 and 亿,
a 多/余/来/+ anywhere and the stray spaces of scanned pages. Which surface is which unit stands in
`data/units.yaml`. Ordinals (第三代, 一期), years, model names (T1000级) and bare numbers are no measures,
with two exceptions: a bare number that ends in 万 or 亿 (总投资664亿) gets the unit "", for the rule knows
what it counts; 第N位, 全省第一 and 首位 get the unit `rank`.

Units are plain (`t`, never `t/a`): `rate` tells per what a figure is and `per` joins the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

import cn2an
from spacy.language import Language
from spacy.tokens import Doc

import kg.nlp.extensions  # noqa: F401
from kg.errors import DataError
from kg.model import Quantity
from kg.nlp.view import Measure
from kg.tables import table

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_DIGITS = "零〇一二两三四五六七八九"
# One character for one, so that offsets hold.
_NARROW = str.maketrans(
    "０１２３４５６７８９．％℅，～＋＊　\xa0" + "ＡＢＧＨＫＭＰＴＷ", "0123456789.%%,~+*  " + "ABGHKMPTW"
)

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?![\d])|\d+)(?:\.\d+)?"
_THOUSAND = "千(?![瓦伏克米升卡公乏])"  # in 千瓦, 千米 it belongs to the unit
_CHINESE = rf"(?:[{_DIGITS}十百]|{_THOUSAND})+(?:点[{_DIGITS}]+)?"
_GAP = r" {0,2}"
_MORE = r"[多余来+]?"
_SCALE = rf"{_GAP}{_MORE}{_GAP}(?:[十百万亿]|{_THOUSAND})+"
_PLAIN_NUMBER = rf"(?:{_ARABIC}|{_CHINESE})"
_NUMBER = rf"(?:{_PLAIN_NUMBER}(?:{_SCALE}(?:{_PLAIN_NUMBER}{_SCALE})*[一二三四五六七八九]?)?|[万亿]+)"
_PIECES = re.compile(rf"({_ARABIC})|([万亿]+|(?<=[\d多余来+ ])[十百千万亿]+)|({_CHINESE})")

# A class or an approximation in front makes a bare 百/千/万 (近千人, 上万平方米) a figure.
_ABOUT = frozenset("近超逾达约过上破有满引到")
_TOO_BIG = Decimal(10) ** 20  # a string of digits that long is no amount
_COUNTING = frozenset(("count", "person", "piece", "set", "head", "box", "bag", "bottle"))
_TIMES = "×xX*✕"


class Units:
    """The unit table of `data/units.yaml`. Raises DataError if it is not what its comment says."""

    def __init__(self, table: dict[str, Any]) -> None:
        try:
            self.base = {
                surface: (unit, Decimal(str(factor)))
                for unit, surfaces in table["units"].items()
                for surface, factor in surfaces.items()
            }
            self.smaller = {
                unit: (name, Decimal(str(factor))) for unit, (name, factor) in table["smaller"].items()
            }
            self.arabic = frozenset(table["arabic"])
            self.no_product = frozenset(table["no_product"])
            self.not_before = {surface: tuple(words) for surface, words in table["not_before"].items()}
            self.never = tuple(table["never"])
        except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
            raise DataError(
                f"units.yaml is not a table of units: {error!r}; see the comment on its top"
            ) from error
        surfaces = sorted(self.base, key=lambda s: (-len(s), s))
        self.pattern = (
            "(?:"
            + "|".join(
                re.escape(s) + ("(?![A-Za-z])" if s[-1].isascii() and s[-1].isalpha() else "")
                for s in surfaces
            )
            + ")"
        )


_UNITS = Units(table("kg.nlp", "units"))
_MEASURE = re.compile(
    rf"(?<![\d.{re.escape(_TIMES)}])(?<!\d,)(?P<a>{_NUMBER})(?:{_GAP}[{re.escape(_TIMES)}]{_GAP}(?P<times>{_NUMBER}))?"
    rf"{_GAP}{_MORE}{_GAP}(?P<unit>{_UNITS.pattern})?"
    rf"(?:{_GAP}(?:[-－–—―~～至到]|——){_GAP}(?P<b>{_NUMBER}){_GAP}{_MORE}{_GAP}(?P<unit2>{_UNITS.pattern})?)?"
)
_PERCENT = re.compile(rf"百分之(?P<n>{_CHINESE}|{_ARABIC})")
_TENTHS = re.compile(
    rf"(?<![{_DIGITS}十第天])(?P<n>[一二两三四五六七八九])成(?![立为员果功本就效长熟都分型套人品渝绵不交])"
)
_RANK = re.compile(
    rf"第{_GAP}(?P<n>{_NUMBER}){_GAP}(?:位|名)(?!员)"
    rf"|(?<=[国省市区县州旗球内部界洲列居名排位为列升跃献量值度速幅额上业])第{_GAP}(?P<m>{_NUMBER})(?=[,。、;!?；！？)）”》:：\s和及并且的]|$)"
    rf"|前{_GAP}(?P<t>{_NUMBER}){_GAP}(?:位|名|强)"
    r"|(?P<top>首位(?!度)|榜首|之首)"
)


@lru_cache(maxsize=4096)
def number(text: str) -> Decimal | None:
    """The value of a number as printed (`3,332.20`, `三十二`, `5.6万`, `1亿3000万`, `三百多万`), None if it is none."""
    total, part, scale_before = Decimal(0), Decimal(1), Decimal(0)
    opened = False
    for piece in _PIECES.finditer(text):
        arabic, scale, chinese = piece.groups()
        if scale:
            factor = Decimal(1)
            for char in scale:
                factor *= _SCALES[char]
            part *= factor
            opened = True
            if scale_before and factor >= scale_before:
                return None
            total, scale_before, part = total + part, factor, Decimal(1)
            opened = False
            continue
        if opened:
            return None
        value = Decimal(arabic.replace(",", "")) if arabic else _chinese(chinese)
        if value is None:
            return None
        part, opened = value, True
    if opened:
        if scale_before and part < 10:  # 一万五 is 15000
            part *= scale_before / 10
        total += part
    return _plain(total) if total < _TOO_BIG else None


def _chinese(text: str) -> Decimal | None:
    """A Chinese number below 万; two digits side by side (七八个) are a guess, not a number."""
    whole = text.split("点")[0]
    if re.search(rf"[{_DIGITS[2:]}]{{2}}", whole):
        return None
    try:
        return Decimal(str(cn2an.cn2an("一" + text if text[0] in "百千" else text, "smart")))
    except ValueError:
        return None


def _plain(value: Decimal) -> Decimal:
    """Without exponent and trailing zeros: 8.9E+8 → 890000000."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def _in_base(value: Decimal, surface: str) -> tuple[Decimal, str]:
    unit, factor = _UNITS.base[surface]
    value *= factor
    if unit in _UNITS.smaller and abs(value) < 1:
        unit, factor = _UNITS.smaller[unit]
        value *= factor
    return _plain(value), unit


def _is_bare(printed: str) -> bool:
    """百, 千万, 亿: scales without a number in front."""
    return printed[0] in "百千万亿"


def _fits(text: str, printed: str, start: int, end: int, surface: str) -> bool:
    """Whether a number and a surface unit at this place make a measure."""
    before, unit = text[max(0, start - 1) : start], _UNITS.base[surface][0]
    if before == "第" or any(text.startswith(word, end) for word in _UNITS.not_before.get(surface, ())):
        return False
    scaled = any(char in "百千万亿" for char in printed)
    if before.isascii() and before.isalpha() and not scaled and unit != "CNY":
        return False  # T1000, CR400: a model
    if printed[0].isdigit():
        return True
    if not scaled and surface in _UNITS.arabic:
        return False
    counts = unit in _COUNTING
    if _is_bare(printed) and (counts or len(printed) == 1):
        return before in _ABOUT  # 百家, 万亩, 亿元 are words unless 近, 超 or 上 makes them figures
    if counts and before in "“‘" and before:
        return False  # “三个一批”: a slogan
    # 一个项目, 最后一公里, 二套房 are no figures either
    return printed not in ("一", "二") or not (counts or unit in ("km", "m"))


def _counted(text: str) -> Iterator[Measure]:
    """Measures of NUMBER UNIT, ranges and products."""
    blocked = [m.span() for m in re.finditer("|".join(map(re.escape, _UNITS.never)), text)]
    at = 0
    while match := _MEASURE.search(text, at):
        at = match.end("a")
        found = _measure(text, match)
        if found is not None:
            if not any(start < found.end and found.start < end for start, end in blocked):
                yield found
            at = found.end


def _measure(text: str, match: re.Match[str]) -> Measure | None:
    a, times, b = (number(match[g]) if match[g] else None for g in ("a", "times", "b"))
    if a is None:
        return None
    start, first, second = match.start("a"), match["unit"], match["unit2"]
    if b is not None and _is_range(text, match, a, b):
        surface = second or first
        if (
            surface
            and _fits(text, match["b"], match.start("b"), match.end(), surface)
            and match["a"][0] not in "万亿"
        ):
            if text[max(0, start - 1) : start] == "第":
                return None
            low, high = a, b
            if first is None and not re.search("[万亿]", match["a"]):
                low = a * _scale_of(match["b"])
            end = match.end("unit2") if second else match.end("b")
            value, unit = _in_base(low, first or surface)
            top, top_unit = _in_base(high, surface)
            if unit != top_unit:  # 500兆瓦-2吉瓦
                value = _plain(low * _UNITS.base[first or surface][1])
            if value < top:
                return _made(text, start, end, value, top_unit, top)
    if first is None:
        end = match.end("a")
        return _bare_measure(text, match["a"], start, end, a) if times is None else None
    end = match.end("unit")
    if not _fits(text, match["a"], start, end, first):
        return None
    if times is not None and first not in _UNITS.no_product:
        a *= times
    elif times is not None:
        return None
    value, unit = _in_base(a, first)
    return _made(text, start, end, value, unit, None)


def _is_range(text: str, match: re.Match[str], a: Decimal, b: Decimal) -> bool:
    """从30万吨到120万吨 is a change and no range, 2×5-10 neither."""
    if match["times"]:
        return False
    joint = text[match.end("unit") if match["unit"] else match.end("a") : match.start("b")]
    return not (
        ("到" in joint or "至" in joint)
        and re.search(r"[从由自]\D{0,8}$", text[max(0, match.start() - 9) : match.start()])
    )


def _scale_of(printed: str) -> Decimal:
    """The 万 or 亿 that the first number of 5-10亿 shares with the second."""
    found = (
        re.search(r"[十百千万亿]*[万亿]$", printed)
        if printed[0].isdigit()
        else re.search(r"[万亿]+$", printed)
    )
    value = number(found[0]) if found else None
    return value if value is not None else Decimal(1)


def _bare_measure(text: str, printed: str, start: int, end: int, value: Decimal) -> Measure | None:
    """A number without a unit counts if it ends in 万 or 亿 (总投资664亿, 突破千亿) and no class 百亿级 is meant."""
    if printed[-1] not in "万亿" or (_is_bare(printed) and printed[-1] != "亿"):
        return None
    if _is_bare(printed) and (len(printed) == 1 or text[max(0, start - 1) : start] not in _ABOUT):
        return None
    if text[max(0, start - 1) : start] == "第" or re.match(r" ?[级人众一]", text[end : end + 2]):
        return None
    return _made(text, start, end, value, "", None)


def _made(text: str, start: int, end: int, value: Decimal, unit: str, top: Decimal | None) -> Measure:
    return Measure(start, end, Quantity(value, unit, text[start:end], top))


def _shares(text: str) -> Iterator[Measure]:
    """百分之五十, 近三成."""
    for match in _PERCENT.finditer(text):
        value = number(match["n"])
        if value is not None:
            yield _made(text, match.start(), match.end(), value, "%", None)
    for match in _TENTHS.finditer(text):
        value = number(match["n"])
        if value is not None:
            yield _made(text, match.start(), match.end(), value * 10, "%", None)


def _ranks(text: str) -> Iterator[Measure]:
    """第15名, 全省第一, 首位."""
    for match in _RANK.finditer(text):
        printed = match["n"] or match["m"] or match["t"]
        value = Decimal(1) if match["top"] else number(printed)
        if value is not None and value > 0:
            yield _made(text, match.start(), match.end(), value, "rank", None)


def measures(body: str) -> list[Measure]:
    """All measures of a text, in order; where two overlap the one that starts first stays."""
    text = body.translate(_NARROW)
    found: list[Measure] = []
    end = 0
    for m in sorted([*_ranks(text), *_shares(text), *_counted(text)], key=lambda m: (m.start, -m.end)):
        if m.start < end:
            continue
        end = m.end
        q = m.quantity
        found.append(Measure(m.start, m.end, Quantity(q.value, q.unit, body[m.start : m.end], q.max_value)))
    return found


# What may stand between a word like 总投资 and its figure.
ABOUT = (
    r"(?:约为|为|约|近|超过|超|过|逾|达到|达|突破|共计|总计|共|仅|高达|不低于|不少于|不到|将|可|：|:|\s)*$"
)


def per(unit: str, period: str) -> str:
    """A unit per year (`a`), day (`d`) or hour (`h`): `per("t", "a")` is `t/a`."""
    return f"{unit}/{period}"


_PERIODS = {"年": "a", "日": "d", "天": "d", "小时": "h", "时": "h"}
_PER_AFTER = re.compile(r" ?(?:（[^（）]{1,4}）)?[/／每] ?(年|日|天|小时)")
_PER_BEFORE = re.compile(
    r"(?:^|(?<=[^\d今去明前后近两一二三四五六七八九十])|(?<=[产成工用运营]后))每?(年|日|天|小时)均?(?:可|能)?"
    r"(?:新增|增|生产|加工|处理|发|供|产|消化|消耗|利用|回收|储|出栏|存栏|屠宰|吞吐|设计|输|制|综合|转化|提纯|拆解|再生|组装"
    r"|焚烧|酿|循环|通过|旅客|货|外|可?实现)[^，。、；,;\d]{0,10}$"
)


def rate(text: str, start: int, end: int) -> str | None:
    """Per what the figure at `start`..`end` of `text` is: `a` (年产10万吨, 5万吨/年), `d` (日供水), `h` or None."""
    after = _PER_AFTER.match(text, end)
    if after:
        return _PERIODS[after[1]]
    before = _PER_BEFORE.search(text[max(0, start - 16) : start])
    return _PERIODS[before[1]] if before else None


class Quantities:
    """Writes `doc._.measures`."""

    def __call__(self, doc: Doc) -> Doc:
        """Read the text's figures."""
        doc._.measures = measures(doc.text)
        return doc


@Language.factory("lz_quantities")
def make_quantities(nlp: Language, name: str) -> Quantities:
    """No settings; the units stand in `data/units.yaml`."""
    return Quantities()
