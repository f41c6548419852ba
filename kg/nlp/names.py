"""One place that normalises names: what two spellings of one thing have in common."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg.nlp.wordlists import any_of, words

_MARKS = re.compile(r"[\s\"'“”‘’《》「」『』()（）\[\]【】·,，、.。\-—–]+")
_LEGAL = re.compile(rf"(?:{any_of(words('firm_words', 'legal'))})$")
_FORM = re.compile(rf"(?:{any_of(words('firm_words', 'forms'))})$")
_TRADE = re.compile(rf"(?:{any_of(words('firm_words', 'trades'))})+$")
_BRACKETS = re.compile(r"[（(][^（()）]{1,12}[）)]")
_CHAIN = re.compile(r"(?:全产业链条|全产业链|产业链条|产业链|全链条|链条|链|产业集群|产业)$")
# A first phase is told as the project itself; a second one is another.
_PROJECT = re.compile(r"(?:等?项目|工程)?(?:一期)?(?:项目|工程)?$")
_NATION = re.compile(r"^(?:中华人民共和国|中国|国家|我国)(?=.{3})")


def plain(name: str) -> str:
    """A name without marks, spaces and width: （大同） and (大同) are the same."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", name)).lower()


@cache
def firm_core(name: str) -> str:
    """A firm's name without its legal form and brackets: 超聚变数字技术有限公司 → 超聚变数字技术."""
    core = _BRACKETS.sub("", name)
    core = _LEGAL.sub("", core) or core
    shorter = _FORM.sub("", core)
    return plain(shorter if len(shorter) >= 2 else core)


def has_legal_form(name: str) -> bool:
    """Whether a name is a full one: …有限公司."""
    return _LEGAL.search(name) is not None


@cache
def firm_brand(name: str) -> str:
    """What distinguishes a firm: its core without trade words, 通裕重工 → 通裕; the core if nothing is left."""
    core = firm_core(name)
    brand = _TRADE.sub("", core)
    return brand if len(brand) >= 2 else core


@cache
def key(kind: str, name: str) -> str:
    """What names of one thing share, by type; for zones, parks and firms see `coreference`."""
    bare = plain(name)
    if kind == "Chain":  # 新能源(新材料) is written beside 新能源产业链
        bare = plain(_BRACKETS.sub("", name)) or bare
    if kind in ("Chain", "Industry"):
        return _CHAIN.sub("", bare) or bare
    if kind == "Project":
        return _PROJECT.sub("", bare) or bare
    if kind == "Institution":
        return _NATION.sub("", bare)
    if kind == "Firm":
        return firm_core(name)
    return bare
