"""Dates and periods, as printed and in ISO form: 2024年3月 → 2024-03, 一季度 → 2024-Q1, “十四五” → 2021/2025.

What is relative (今年, 去年, 8月7日) is resolved against the year last named on the same line, then against the
article's publication date; where neither is known `iso` is None. 目前, 近日 and the like are moments without a date.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc

import kg.nlp.extensions  # noqa: F401
from kg.model import Article
from kg.nlp.view import Moment, Sentence

_NARROW = str.maketrans("０１２３４５６７８９．－／　\xa0○Ｏ", "0123456789.-/  〇〇")
_CHINESE = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}

_YEAR = r"(?:19|20)\d\d|[一二][〇零九][〇零一二三四五六七八九]{2}"
_RELATIVE_YEARS = {
    word: years
    for years, words in {
        -2: "前年",
        -1: "去年 上年 上一年 过去一年 过去的一年",
        0: "今年 本年 本年度 当年 同年 新的一年 新一年",
        1: "明年 次年 来年",
        2: "后年",
    }.items()
    for word in words.split()
}
_SAME_AS_NAMED = {"当年", "同年"}
_ONE_TO_12 = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_JOINT = r"\s?(?:[-—–~～至到]|——)\s?"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"

_MONTHS = (
    rf"(?P<m1>{_ONE_TO_12})\s?(?:月份?)?(?:{_JOINT}(?P<m2>{_ONE_TO_12})\s?)?(?<![月份])月"
    rf"(?![龄嫂球饼亮光票薪薪收均一内供])份?"
    rf"(?:\s?(?P<d1>{_DAY})(?:[日号]?{_JOINT}(?P<d2>{_DAY}))?\s?[日号](?!线)|[底末初]|[上中下]旬)?"
)
_PART = (
    rf"(?:{_MONTHS}"
    r"|第?(?P<q>[一二三四1-4])季度"
    r"|前(?P<qs>[二两三23])(?:个季度|季度)"
    rf"|前(?P<ms>{_ONE_TO_12})个月"
    r"|(?P<h>[上下])半年"
    r"|年?(?P<end>[底末])(?!端)"
    r"|(?P<whole>全年))"
)
_RELATIVE = "|".join(sorted(_RELATIVE_YEARS, key=lambda word: (-len(word), word)))
_ISO = r"(?<!\d)(?P<iy>(?:19|20)\d\d)(?P<sep>[-./])(?P<im>1[0-2]|0?[1-9])(?P=sep)(?P<id>3[01]|[12]\d|0?[1-9])(?!\d)"
_FULL = rf"(?:(?<!\d)(?P<y>{_YEAR})\s?年度?|(?P<ry>{_RELATIVE}))[的内]?\s?(?:{_PART})?"
_PLAN = (
    r"[“\"]?(?P<p>(?:[一二三四五六七八九]|十[一二三四五六七八九]?))五[”\"]?(?P<pend>时?期?末)?"
    r"(?=时期|期间|以来|规划|末|开局|收官|[”\"]|建设|目标|初|中期|[^\u4e00-\u9fff])"
)
_COUNT = r"[一二三四五六七八九十两\d]{1,2}"
_YEARS = rf"(?:近|过去|最近|这)?的?(?P<n>{_COUNT})年(?:多?来(?!到|源|自|临)|间(?=[，,]))"
_RECENT = rf"(?:近|过去)(?P<rn>{_COUNT})年(?!前|内|级|制)"
_MONTH = r"(?P<mw>本月|当月|这个月|上月|上个月|下月|下个月)份?"
_VAGUE = "截至目前|截至当前|截止目前|到目前为止|目前|当前|近日|日前|近期|近年来|近年|如今|眼下|现在|现阶段"
_BARE = r"(?<![\d个每\-.第一二三四五六七八九十])" + re.sub(
    r"\?P<(\w+)>", r"?P<b_\1>", _PART.replace(r"|年?(?P<end>[底末])(?!端)", "")
)
_DATE = re.compile(
    "|".join(
        rf"(?P<{name}>{pattern})"
        for name, pattern in {
            "span": rf"(?<!\d)(?P<y1>{_YEAR})\s?年?{_JOINT}(?P<y2>{_YEAR})\s?年",
            "digits": _ISO,
            "full": _FULL,
            "plan": _PLAN,
            "years": _YEARS,
            "recent": _RECENT,
            "month": _MONTH,
            "day": r"(?P<dw>今天|今日|昨天|昨日|昨晚|前天|明天)(?!的)",
            "vague": _VAGUE,
            "yearend": r"(?<![\d今去明前当])年(?:底|末)(?!端)前?",
            "bare": _BARE,
        }.items()
    )
)
_FAR = 6  # months
_FUTURE = re.compile(r"(?:将|预计|力争|确保|计划|争取|拟|有望|[底末]?前)[^，。；]{0,12}$")


@dataclass(frozen=True, slots=True)
class Reference:
    """When the text was published: a year, perhaps a month, perhaps a day; all None if unknown."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, published: str | None) -> Reference:
        """From an ISO date that may be partial; anything else counts as unknown."""
        match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$", published or "")
        return cls(*(int(g) if g else None for g in match.groups())) if match else cls()


def _int(text: str) -> int:
    """Small numbers, Arabic or Chinese: 9, 九, 十二, 二十三."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_CHINESE[c]) for c in text))
    return (_CHINESE[tens] if tens else 1) * 10 + (_CHINESE[ones] if ones else 0)


def _day(year: int, month: int, day: int) -> str | None:
    return f"{year}-{month:02}-{day:02}" if day <= calendar.monthrange(year, month)[1] else None


def _part_iso(year: int, part: dict[str, str | None]) -> str | None:
    """The ISO form of what follows a year: months, days, quarters, halves."""
    if part.get("m1"):
        first = _int(part["m1"] or "")
        if part.get("m2"):
            return f"{year}-{first:02}/{year}-{_int(part['m2'] or ''):02}"
        if not part.get("d1"):
            return f"{year}-{first:02}"
        start = _day(year, first, _int(part["d1"] or ""))
        if part.get("d2") and start:
            end = _day(year, first, _int(part["d2"] or ""))
            return f"{start}/{end}" if end else None
        return start
    if part.get("q"):
        return f"{year}-Q{_int(part['q'] or '')}"
    if part.get("qs"):
        return f"{year}-01/{year}-{_int(part['qs'] or '') * 3:02}"
    if part.get("ms"):
        return f"{year}-01/{year}-{_int(part['ms'] or ''):02}"
    if part.get("h"):
        return f"{year}-H{1 if part['h'] == '上' else 2}"
    if part.get("end"):
        return f"{year}-12"
    return str(year)


def _shift(reference: Reference, months: int) -> str | None:
    if reference.year is None or reference.month is None:
        return None
    index = reference.year * 12 + reference.month - 1 + months
    return f"{index // 12}-{index % 12 + 1:02}"


def _last_years(reference: Reference, n: int) -> str | None:
    """N年来, told early in a year, ends with the year before."""
    if reference.year is None:
        return None
    last = reference.year - (1 if reference.month is not None and reference.month <= 3 else 0)
    return f"{last - n + 1}/{last}" if n > 1 else str(last)


def _bare_year(reference: Reference, part: dict[str, str | None], future: bool) -> int | None:
    """The year of 12月, 上半年, 全年 without one: that of publication for what is planned or over by then.

    A month that lies far ahead is last year's; a longer period that isn't over may be either year's: None.
    """
    if reference.year is None or future or reference.month is None:
        return reference.year
    if part.get("m1"):
        ahead = _int(part["m1"] or "") - reference.month > _FAR
        return reference.year - 1 if ahead else reference.year
    quarters = _int(part.get("q") or part.get("qs") or "4")
    last = _int(part["ms"] or "") if part.get("ms") else 6 if part.get("h") == "上" else quarters * 3
    return reference.year if last <= reference.month else None


def moments(body: str, published: str | None = None) -> list[Moment]:
    """All dates and periods of a text, in order; `published` (ISO, may be partial) resolves the relative ones."""
    reference = Reference.of(published)
    text = body.translate(_NARROW)
    found: list[Moment] = []
    named: int | None = None  # the year last named on this line
    line = 0
    for match in _DATE.finditer(text):
        if "\n" in text[line : match.start()]:
            named = None
        line = match.start()
        groups = match.groupdict()
        iso: str | None = None
        if match["span"]:
            first, last = _int(match["y1"]), _int(match["y2"])
            iso = f"{first}/{last}" if first < last else None
        elif match["digits"]:
            iso = _day(int(match["iy"]), int(match["im"]), int(match["id"]))
            named = int(match["iy"])
        elif match["full"]:
            year = _year(groups, named, reference)
            if year is not None:
                iso = _part_iso(year, groups)
                named = year
        elif match["plan"]:
            if not _is_plan(match, text):
                continue
            start = 1951 + 5 * _int(match["p"])
            ends = bool(match["pend"]) or text.startswith("末", match.end())
            iso = str(start + 4) if ends else f"{start}/{start + 4}"
        elif match["years"] or match["recent"]:
            iso = _last_years(reference, _int(match["n"] or match["rn"]))
        elif match["month"]:
            word = match["mw"]
            iso = _shift(reference, -1 if word.startswith("上") else 1 if word.startswith("下") else 0)
        elif match["day"]:
            iso = _relative_day(reference, match["dw"])
        elif match["yearend"]:
            year = named if named is not None else reference.year
            iso = f"{year}-12" if year is not None else None
        elif match["bare"]:
            part = {k[2:]: v for k, v in groups.items() if k.startswith("b_")}
            future = bool(_FUTURE.search(text[max(0, match.start() - 16) : match.start()]))
            year = named if named is not None else _bare_year(reference, part, future)
            if year is not None:
                iso = _part_iso(year, part)
                named = year
        start_at, end_at = match.span()
        found.append(Moment(start_at, end_at, body[start_at:end_at], iso))
    return _joined(body, text, found)


def _year(groups: dict[str, str | None], named: int | None, reference: Reference) -> int | None:
    if groups["y"]:
        return _int(groups["y"])
    word = groups["ry"] or ""
    if word in _SAME_AS_NAMED and named is not None:
        return named
    return None if reference.year is None else reference.year + _RELATIVE_YEARS[word]


def _is_plan(match: re.Match[str], text: str) -> bool:
    """“十四五” is a five-year plan; 四五 in 四五个 or 第十五 is not."""
    if _int(match["p"]) < 7:
        return False
    return text[max(0, match.start() - 1) : match.start()] not in set("第一二三四五六七八九十")


def _relative_day(reference: Reference, word: str) -> str | None:
    if reference.year is None or reference.month is None or reference.day is None:
        return None
    shift = {"昨": -1, "前": -2, "明": 1}.get(word[0], 0)
    return (date(reference.year, reference.month, reference.day) + timedelta(days=shift)).isoformat()


def _joined(body: str, text: str, found: list[Moment]) -> list[Moment]:
    """Two dates with 至 between them are one interval: 2023年9月至2024年3月."""
    out: list[Moment] = []
    for moment in found:
        last = out[-1] if out else None
        if last is not None and re.fullmatch(_JOINT, text[last.end : moment.start]):
            iso = None
            if last.iso and moment.iso and "/" not in last.iso + moment.iso and last.iso <= moment.iso:
                iso = f"{last.iso}/{moment.iso}"
            out[-1] = Moment(last.start, moment.end, body[last.start : moment.end], iso)
        else:
            out.append(moment)
    return out


def published_of(article: Article) -> str | None:
    """The publication date that an article or its source carries."""
    return article.published or article.source.published


def period_of(sentence: Sentence, at: int | None = None) -> str | None:
    """The period in force in a sentence: the last date before `at` (the first of all if none), else its `period`."""
    dated = [m for m in sentence.moments if m.iso]
    before = [m for m in dated if at is None or m.start <= at]
    if before:
        return (before[0] if at is None else before[-1]).iso
    return sentence.period


class Dates:
    """Writes `doc._.moments`."""

    def __call__(self, doc: Doc) -> Doc:
        """Read the text's dates."""
        doc._.moments = moments(doc.text, published_of(doc._.article))
        return doc


@Language.factory("lz_dates")
def make_dates(nlp: Language, name: str) -> Dates:
    """No settings."""
    return Dates()
