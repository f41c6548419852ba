"""The one place that normalises names: what two spellings of one thing have in common."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_IGNORED = re.compile(r"[\s\"'“”‘’《》「」『』【】·,，、.。—–-]+")
_PROVINCE = re.compile(r"^(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区))(?=[\u4e00-\u9fff]{2})")
_LEVEL = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:市|县|区|省|州|盟|旗)$")
_RANK = re.compile(r"^(?:国家级|省级|国家|市级)")
_QUALIFIER = re.compile(r"(?:转型|现代|国际)+$")
_LONG = 5  # characters of an ending that is written out, not shortened
_FORM = re.compile(
    r"(?:(?:股份|集团|控股|责任)*有限(?:责任)?(?:股份)?公司(?:[\u4e00-\u9fff]{2,8}分公司)?|集团(?:股份)?公司|集团|股份公司|总公司|公司|企业|总厂)$"
)
_BRACKETED = re.compile(r"[（(]([^（()）]*)[)）]")


def normal(name: str) -> str:
    """A name for comparison: compatibility form, no spaces or punctuation, brackets as （）, lower case."""
    text = unicodedata.normalize("NFKC", name).replace("(", "（").replace(")", "）")
    return _IGNORED.sub("", text).lower()


@dataclass(frozen=True, slots=True)
class ZoneKind:
    """A row of zone_kinds.csv: how names of zones and parks end.

    `type` is Zone or Park; spellings of one `family` may mean one zone; `alone` says whether the bare word can name
    one; `official` is the ending written out, "" if it may be any kind.
    """

    suffix: str
    type: str
    family: str
    alone: bool
    official: str


@cache
def zone_kinds() -> tuple[ZoneKind, ...]:
    """All kinds of zones and parks."""
    text = (files("kg") / "data" / "zone_kinds.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(
        ZoneKind(r["suffix"], r["type"], r["family"], r["alone"] == "yes", r["official"]) for r in rows
    )


def zone_kind(name: str) -> ZoneKind | None:
    """The kind a name ends in, the longest that fits; None if it ends in none."""
    fitting = [kind for kind in zone_kinds() if name.endswith(kind.suffix)]
    return max(fitting, key=lambda kind: len(kind.suffix), default=None)


@dataclass(frozen=True, slots=True)
class ZoneName:
    """A zone's name in parts: for 山西省左云经开区 the `place` and `left` (what stands before the ending) are 左云.

    `place` is without 转型, 国家级 and the like, which come and go.
    """

    place: str
    left: str
    kind: ZoneKind

    @property
    def official(self) -> str:
        """The name written out: 左云经济技术开发区. 经济开发区 and other long endings stay as they are."""
        ending = (
            self.kind.suffix if len(self.kind.suffix) >= _LONG else self.kind.official or self.kind.suffix
        )
        return self.left + ending

    @property
    def full(self) -> bool:
        """Whether the name was written out already."""
        return len(self.kind.suffix) >= _LONG or self.kind.suffix == self.kind.official


def zone_name(name: str) -> ZoneName | None:
    """The parts of a zone's name; None if it ends like no zone or has nothing before the ending."""
    text = normal(name)
    kind = zone_kind(text)
    if kind is None:
        return None
    left = _RANK.sub(
        "", _PROVINCE.sub("", _RANK.sub("", text[: -len(kind.suffix)])) or text[: -len(kind.suffix)]
    )
    place = _LEVEL.sub("", _QUALIFIER.sub("", left))
    return ZoneName(place, left, kind) if place else None


def firm_core(name: str) -> str:
    """What is left of a firm's name without brackets and legal form: 华阳碳材科技."""
    text = _BRACKETED.sub("", unicodedata.normalize("NFKC", name).replace("（", "(").replace("）", ")"))
    text = normal(text)
    return _FORM.sub("", text) or text


def feature_stem(name: str) -> str:
    """A project's or chain's name without the endings that come and go (项目, 工程, 产业链条)."""
    text = normal(name)
    stem = re.sub(
        r"(?:建设)?(?:项目|工程|产业链条?|产业集群|链条?)$",
        "",
        re.sub(r"(?:项目|工程)?（?[一二三四五]期）?$", "", text),
    )
    return stem or text
