"""The administrative divisions of China, present and former, and the short forms of their names."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# The peoples that autonomous divisions are named after; the short name of a division leaves them out.
_PEOPLES = (
    "蒙古族|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|"
    "土家族|哈尼族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|高山族|拉祜族|水族|东乡族|"
    "纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|"
    "锡伯|阿昌族|普米族|塔吉克|怒族|乌孜别克|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|"
    "京族|塔塔尔|独龙族|鄂伦春|赫哲族|门巴族|珞巴族|基诺族|各族|蒙古|鄂温克"
)
_UNIT = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|省|市|县|区|州|盟|旗)$")
_PEOPLE = re.compile(rf"(?:{'|'.join(sorted(_PEOPLES.split('|'), key=len, reverse=True))})+(?=自治)")


@dataclass(frozen=True, slots=True)
class Division:
    """A row of divisions.csv: GB/T 2260 code, name, level (province, prefecture, county), the code above it.

    `until` is the last year that lists it ("" while in force), `successor` the code that took it over.
    """

    code: str
    name: str
    level: str
    parent: str
    until: str
    successor: str


def short_name(name: str) -> str:
    """左云县 → 左云, 延边朝鲜族自治州 → 延边, 新疆维吾尔自治区 → 新疆; the name itself if too short."""
    if name == "内蒙古自治区":
        return "内蒙古"
    base = _UNIT.sub("", _PEOPLE.sub("", name))
    return base if len(base) >= 2 else name


@cache
def divisions() -> tuple[Division, ...]:
    """All divisions, present and former."""
    text = (files("kg") / "data" / "divisions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(Division(**row) for row in rows)
