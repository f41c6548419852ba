"""Parks and chains: names that every place has. One where the name is the same and so is the zone or place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from kg.link.grouping import Grouping, Marks, Reason
from kg.link.nodes import Node
from kg.link.rules.base import (
    PLACE_DIFFERS,
    Likeness,
    Rule,
    View,
    homes,
    place_clash,
    place_marks,
)
from kg.model import EntityType
from kg.names import feature_stem, normal

_HOME = Reason("名称相同，属于同一园区或地方", "The same name, of the same zone or place")
_PLACE = Reason("名称相同，在同一行政区划", "The same name, in the same division")
_SOURCE = Reason("名称相同，出自同一来源", "The same name in the same source")
_LONG = Reason("名称相同且少见，所在地不矛盾", "The same rare name, and no place speaks against it")
_HOME_DIFFERS = Reason("名称相同，属于不同园区", "The same name, of different zones")
_RARE = 7  # characters of a name that hardly two things share

Stem = Callable[[str], str]


def _rule(kind: EntityType, predicates: tuple[str, ...], stem: Stem) -> Rule:
    def keys(node: Node, view: View) -> Iterable[str]:
        return {stem(name) for name in node.names}

    def marks(node: Node, view: View) -> Marks:
        """Where it is; the zone or park that it belongs to, and of a chain whether it is one of a place."""
        around = homes(node, view, predicates)
        inside = frozenset(f"{home} {number}" for home, number in around if home is not EntityType.PLACE)
        if around and kind is EntityType.CHAIN:
            inside = inside or frozenset({"place"})
        return {**place_marks(node.at or node.main), **({"home": inside} if inside else {})}

    def clash(one: Marks, other: Marks) -> str:
        a, b = one.get("home"), other.get("home")
        return "home" if a and b and not a & b else place_clash(one, other)

    def group(grouping: Grouping, view: View, pairs: Sequence[tuple[Node, Node, Likeness]]) -> None:
        def by(places: Callable[[Node], Iterable[object]]) -> Callable[[Node], Iterable[tuple[str, object]]]:
            return lambda node: [(s, place) for s in keys(node, view) for place in places(node)]

        grouping.propose_by(by(lambda node: homes(node, view, predicates)), 0.95, _HOME)
        grouping.propose_by(by(lambda node: [c for c in (node.at or node.main,) if c]), 0.85, _PLACE)
        grouping.propose_by(by(lambda node: [node.source]), 0.8, _SOURCE)
        grouping.propose_by(lambda n: [s for s in keys(n, view) if len(s) >= _RARE], 0.7, _LONG)
        grouping.settle()

    return Rule(
        kind,
        keys,
        group,
        uses=predicates,
        marks=marks,
        clash=clash,
        refusals={"place": PLACE_DIFFERS, "home": _HOME_DIFFERS},
    )


PARKS = _rule(EntityType.PARK, ("parkOf", "locatedIn"), normal)
CHAINS = _rule(EntityType.CHAIN, ("chainIn",), feature_stem)
