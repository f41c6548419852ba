"""Zones: one where place and kind are the same: 左云经开区, 山西省左云经济技术开发区.

A bare 高新区 is that of the place its article is about; 左云开发区 is the only zone of its place that has a kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.divisions import short_name
from kg.link.grouping import Grouping, Marks, Reason
from kg.link.location import leading
from kg.link.nodes import Node
from kg.link.places import called_by_code
from kg.link.rules.base import PLACE_DIFFERS, Likeness, Rule, View, place_clash, place_marks
from kg.model import EntityType
from kg.names import normal, zone_kind, zone_name

_SAME = Reason("同一地方、同一类别的开发区", "The same place and kind of zone")
_NAME = Reason("名称相同", "The same name")
_ONLY = Reason(
    "未说类别，而当地只有这一个开发区", "Its kind is not told, and the place has but this one zone"
)
_OPEN = Reason("未说类别，而当地有几个开发区", "Its kind is not told, and the place has several zones")
_KINDS = Reason("同一地方、不同类别的开发区", "The same place, another kind of zone")
_BOTH = Reason("都未说类别，同一地方", "The same place, neither kind told")


@dataclass(frozen=True, slots=True)
class _Spelling:
    """What one name of a zone says: its place as a word, and its kind ("" if it tells none)."""

    place: str
    kind: str


def _spellings(node: Node) -> Iterator[_Spelling]:
    for name in node.names:
        text = normal(name)
        parts = zone_name(text)
        if parts is not None:
            yield _Spelling(parts.place, parts.kind.official)
            division, rest = leading(parts.place, [c for c in (node.named,) if c])
            if division is not None and len(rest) >= 2:  # 武汉东湖高新区 and 东湖高新区
                yield _Spelling(rest, parts.kind.official)
        elif (kind := zone_kind(text)) is not None and kind.suffix == text:
            division = called_by_code(node.at or node.main)
            if division is not None:
                yield _Spelling(short_name(division.name), kind.official)


def _keys(node: Node, view: View) -> Iterable[str]:
    places = {spelling.place for spelling in _spellings(node)}
    bare = all(zone_kind(normal(n)) and not zone_name(n) for n in node.names)
    return places or {f"{node.name} in {node.source}" if bare else f"name {normal(node.name)}"}


def _kinds(node: Node, place: str) -> set[str]:
    return {spelling.kind for spelling in _spellings(node) if spelling.place == place} - {""}


def _marks(node: Node, view: View) -> Marks:
    # what a claim says of a zone's place may be another county of its city; what its name says holds
    kinds = frozenset(spelling.kind for spelling in _spellings(node)) - {""}
    bare = not any(zone_name(name) for name in node.names)
    return {**place_marks(node.named or (node.at or node.main if bare else "")), "kind": kinds}


def _clash(one: Marks, other: Marks) -> str:
    a, b = one.get("kind"), other.get("kind")
    return "kind" if a and b and not a & b else place_clash(one, other)


def _group(grouping: Grouping, view: View, pairs: Sequence[tuple[Node, Node, Likeness]]) -> None:
    nodes = grouping.nodes
    grouping.propose_by(
        lambda n: {(s.place, s.kind, c) for s in _spellings(n) if s.kind for c in _codes(n)}, 0.97, _SAME
    )
    grouping.propose_by(lambda n: {(s.place, s.kind) for s in _spellings(n) if s.kind}, 0.95, _SAME)
    grouping.propose_by(
        lambda n: {normal(n.name)} if zone_name(n.name) or not list(_spellings(n)) else (), 0.94, _NAME
    )
    grouping.propose_by(
        lambda n: {(s.place, c) for s in _spellings(n) if not s.kind for c in _codes(n)}, 0.9, _BOTH
    )
    grouping.propose_by(lambda n: {s.place for s in _spellings(n) if not s.kind}, 0.89, _BOTH)
    grouping.settle()
    bearers: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        for place in {s.place for s in _spellings(node)}:
            bearers[place].append(node)
    for place, some in sorted(bearers.items()):
        told = [n for n in some if _kinds(n, place)]
        for node in (n for n in some if not _kinds(n, place) and not _marks(n, view)["kind"]):
            near = [n for n in told if not place_clash(_marks(n, view), _marks(node, view))]
            roots = {grouping.root(n): n for n in reversed(near)}
            for other in sorted(roots.values(), key=lambda n: n.key):
                if len(roots) == 1:
                    grouping.propose(node, other, 0.8, _ONLY)
                else:
                    grouping.refuse(node, other, 0.5, _OPEN)
        grouping.settle()
        firsts = {grouping.root(n): n for n in reversed(told)}
        ordered = sorted(firsts.values(), key=lambda n: n.key)
        for i, one in enumerate(ordered):
            for other in ordered[i + 1 :]:
                if not place_clash(_marks(one, view), _marks(other, view)):
                    grouping.refuse(one, other, 0.3, _KINDS)


def _codes(node: Node) -> list[str]:
    return [code for code in (node.named or node.at,) if code]


ZONES = Rule(
    EntityType.ZONE,
    _keys,
    _group,
    marks=_marks,
    clash=_clash,
    refusals={"place": PLACE_DIFFERS, "kind": _KINDS},
)
