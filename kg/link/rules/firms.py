"""Firms: by place, brand, trade and legal form. Branches and firms of other places stay apart from their parents.

A firm's name is taken apart into the division it begins with, what stands in brackets, the legal form, the
branch, and the core that is left: 山西华阳碳材科技有限公司 → 华阳碳材科技.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kg.link.grouping import Grouping, Marks, Reason
from kg.link.location import compatible, leading, stem
from kg.link.nodes import Node
from kg.link.places import called
from kg.link.rules.base import PLACE_DIFFERS, Likeness, Rule, View, place_clash, place_marks
from kg.model import EntityType
from kg.names import firm_core, normal

_FULL = Reason("工商全称相同", "The same full name")
_CORE = Reason("去掉地名和公司形式后名称相同", "The same name but for its place and legal form")
_BRAND = Reason("全国性企业，名称相同", "A firm known in the whole country, the same name")
_SOURCE = Reason("简称相同，出自同一来源", "The same short name in the same source")
_CITY = Reason("简称相同，报道的是同一地市", "The same short name in articles on the same city")
_LONGER = Reason(
    "简称是全称的开头，且只有这一家", "The short name begins the full name, and of no other firm"
)
_SEVERAL = Reason("几家企业都以此简称开头", "Several firms begin with this short name")
_SHORT = Reason("只有两三个字的简称相同，地方对不上", "Only a short name is the same, and not the place")
_BRANCH = Reason("总公司与分支机构", "A branch and its parent")
_BRACKET = Reason("括号中的地方不同", "Another place in brackets")

_LEGAL = re.compile(r"(?:公司|集团|厂|合作社|企业)$")
_UNIT = re.compile(
    r"^(.{3,}?(?:公司|银行|集团))([\u4e00-\u9fff]{2,12}(?:分公司|支公司|分行|支行|分厂|办事处))"
)
_BRACKETED = re.compile(r"[（(]([^（()）]*)[)）]")
_SURE = 3  # characters of a core that one hardly meets twice
_HEAD = 3  # characters that names share which may be one another's short form


@dataclass(frozen=True, slots=True)
class _Name:
    """A firm's name in parts: `place` is a code, `core` what tells the firm, `legal` the name if it has a form."""

    core: str
    place: str
    bracket: str
    unit: str
    legal: str


@lru_cache(maxsize=100_000)
def _parts(name: str, context: tuple[str, ...]) -> _Name:
    text = unicodedata.normalize("NFKC", name).replace("（", "(").replace("）", ")")
    unit = ""
    if branch := _UNIT.match(text):
        text, unit = branch.groups()
    brackets = [b for b in _BRACKETED.findall(text) if called(b)]
    core = firm_core(text)
    place = ""
    if not core.startswith(_national()):  # 宁德时代 is no 时代 of 宁德
        division, rest = leading(core, context)
        if division is not None and len(rest) >= 2:
            core, place = rest, division.code
    legal = normal(name) if _LEGAL.search(text) and len(core) >= 2 else ""
    return _Name(core, place, brackets[0] if brackets else "", normal(unit), legal)


def _named(node: Node) -> list[_Name]:
    context = tuple(code for code in (node.named, node.main) if code)
    return [_parts(name, context) for name in node.names]


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    """Words of trades that short names leave out, longest first."""
    text = (files("kg.link") / "data" / "firm_endings.txt").read_text(encoding="utf-8")
    words = {w for line in text.splitlines() if not line.startswith("#") for w in line.split()}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _ending(text: str) -> bool:
    """Whether a text is made of words of trades alone."""
    while text:
        word = next((w for w in _endings() if text.startswith(w)), "")
        if not word:
            return False
        text = text[len(word) :]
    return True


@lru_cache(maxsize=1)
def _national() -> tuple[str, ...]:
    """Firms that the whole country knows by their short names."""
    text = (files("kg.link") / "data" / "national_firms.txt").read_text(encoding="utf-8")
    names = {normal(w) for line in text.splitlines() if not line.startswith("#") for w in line.split()}
    return tuple(sorted(names))


def _keys(node: Node, view: View) -> Iterable[str]:
    return {name.core[:_HEAD] for name in _named(node)} | {name.legal for name in _named(node) if name.legal}


def _marks(node: Node, view: View) -> Marks:
    names = _named(node)
    units = frozenset(name.unit for name in names)
    brackets = frozenset(name.bracket for name in names if name.legal and name.bracket)
    places = {name.place for name in names if name.place}
    return {
        **(place_marks(min(places, key=lambda c: (-len(stem(c)), c))) if places else {}),
        "unit": units,
        **({"bracket": brackets} if brackets else {}),
    }


def _clash(one: Marks, other: Marks) -> str:
    if not one["unit"] & other["unit"]:
        return "unit"
    a, b = one.get("bracket"), other.get("bracket")
    return "bracket" if a and b and not a & b else place_clash(one, other)


def _group(grouping: Grouping, view: View, pairs: Sequence[tuple[Node, Node, Likeness]]) -> None:
    grouping.propose_by(lambda n: {name.legal for name in _named(n) if name.legal}, 0.98, _FULL)
    grouping.propose_by(
        lambda n: {(m.core, m.place, m.unit) for m in _named(n) if len(m.core) >= _SURE}, 0.93, _CORE
    )
    grouping.propose_by(
        lambda n: {(name.core, name.unit) for name in _named(n) if len(name.core) >= _SURE}, 0.9, _CORE
    )
    grouping.propose_by(lambda n: {m.core for m in _named(n) if m.core in _national()}, 0.9, _BRAND)
    grouping.propose_by(lambda n: {(name.core, name.unit, n.source) for name in _named(n)}, 0.9, _SOURCE)
    grouping.propose_by(
        lambda n: {
            (m.core, m.unit, c) for m in _named(n) for c in (stem(n.at or n.main)[:4],) if len(c) == 4
        },
        0.75,
        _CITY,
    )
    grouping.settle()
    _short_forms(grouping, view)
    short = [n for n in grouping.nodes if any(len(m.core) < _SURE for m in _named(n))]
    for one, other in itertools.pairwise(short):
        if {m.core for m in _named(one)} & {m.core for m in _named(other)}:
            grouping.refuse(one, other, 0.45, _SHORT)


def _short_forms(grouping: Grouping, view: View) -> None:
    """Merge who is called by the beginning of a longer name with the one firm that has such a name."""
    named = [(node, name) for node in grouping.nodes for name in _named(node)]
    for core in sorted({name.core for _, name in named if len(name.core) >= _SURE}):
        longer = [
            (node, name.core) for node, name in named
            if len(name.core) > len(core) and name.core.startswith(core) and _ending(name.core[len(core) :])
        ]  # fmt: skip
        if not longer:
            continue
        for node in (n for n, name in named if name.core == core):
            own = {m.core for m in _named(node)}
            near = {
                grouping.root(n): n
                for n, long in reversed(longer)
                if long not in own and not _clash(_marks(n, view), _marks(node, view))
            }
            near.pop(grouping.root(node), None)
            for other in sorted(near.values(), key=lambda n: n.key):
                if len(near) > 1:
                    grouping.refuse(node, other, 0.5, _SEVERAL)
                elif other.article == node.article:
                    grouping.refuse(node, other, 0.6, _SEVERAL)
                elif len(core) > _SURE or compatible(
                    node.at or node.main or "0", other.at or other.main or "0"
                ):
                    grouping.propose(node, other, 0.8 if len(core) > _SURE else 0.7, _LONGER)
        grouping.settle()


FIRMS = Rule(
    EntityType.FIRM,
    _keys,
    _group,
    marks=_marks,
    clash=_clash,
    refusals={"place": PLACE_DIFFERS, "unit": _BRANCH, "bracket": _BRACKET},
)
