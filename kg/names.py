"""The one place that normalises names: what two spellings of one thing have in common."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_IGNORED = re.compile(r"[\s\"'“”‘’《》「」『』【】·,，、.。—–-]+")
_PROVINCE = re.compile(r"^(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区))(?=[\u4e00-\u9fff]{2})")
_LEVEL = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:市|县|区|省|州|盟|旗)$")
_RANK = re.compile(r"^(?:国家级|省级|国家|市级)")
_FORM = re.compile(
    r"(?:(?:股份|集团|控股|责任)*有限(?:责任)?(?:股份)?公司(?:[\u4e00-\u9fff]{2,8}分公司)?|集团(?:股份)?公司|集团|股份公司|总公司|公司|企业|总厂)$"
)
_BRACKETED = re.compile(r"[（(]([^（()）]*)[)）]")


def normal(name: str) -> str:
    """A name for comparison: compatibility form, no spaces or punctuation, brackets as （）, lower case."""
    text = unicodedata.normalize("NFKC", name).replace("(", "（").replace(")", "）")
    return _IGNORED.sub("", text).lower()


@dataclass(frozen=True, slots=True)
class ZoneName:
    """A zone's name in parts: `place` (左云), `kind` (经济技术开发区; None if generic) and `ending` as printed."""

    place: str
    kind: str | None
    ending: str

    @property
    def official(self) -> str:
        """The name written out: 左云经济技术开发区."""
        return self.place + (self.kind or self.ending)


@cache
def _zone_endings() -> tuple[tuple[str, str | None], ...]:
    data = yaml.safe_load((files("kg") / "data" / "zone_kinds.yaml").read_text(encoding="utf-8"))
    endings: list[tuple[str, str | None]] = [
        (e, kind) for kind, short in data["kinds"].items() for e in (kind, *short)
    ]
    endings += [(e, None) for e in data["generic"]]
    return tuple(sorted(endings, key=lambda e: (-len(e[0]), e[0])))


def zone_name(name: str) -> ZoneName | None:
    """The parts of a zone's name; None if it ends like no zone. 山西省左云经开区 → 左云, 经济技术开发区."""
    text = _RANK.sub("", normal(name))
    for ending, kind in _zone_endings():
        if text.endswith(ending):
            place = text[: -len(ending)]
            shorter = _PROVINCE.sub("", place)
            place = _LEVEL.sub("", shorter or place)
            return ZoneName(_RANK.sub("", place), kind, ending)
    return None


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
