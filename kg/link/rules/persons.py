"""Persons: one where the name is the same and so is a post, a high office, or the city they are written of in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from kg.link.grouping import Grouping, Reason
from kg.link.location import stem
from kg.link.nodes import Node
from kg.link.rules.base import Likeness, Rule, View, homes
from kg.model import EntityType
from kg.names import normal

_POST = Reason("姓名相同，任职单位相同", "The same name and the same post")
_STATE = Reason("姓名相同，同为国家领导职务", "The same name with an office of the state")
_CITY = Reason("姓名相同，报道的是同一地市", "The same name in articles on the same city")
_SOURCE = Reason("姓名相同，出自同一来源", "The same name in the same source")
_NOTHING = Reason("姓名相同，职务与地方都对不上", "The same name, but neither post nor place agree")
_HIGH = re.compile(r"总书记|国家主席|国务院总理|委员长|新时代中国")


def _keys(node: Node, view: View) -> Iterable[str]:
    return {normal(name) for name in node.names}


def _group(grouping: Grouping, view: View, pairs: Sequence[tuple[Node, Node, Likeness]]) -> None:
    grouping.propose_by(lambda n: homes(n, view, ("holdsPost",)), 0.95, _POST)
    grouping.propose_by(lambda n: ["state"] if any(map(_HIGH.search, n.titles)) else [], 0.95, _STATE)
    grouping.propose_by(lambda n: [n.source], 0.9, _SOURCE)
    grouping.propose_by(lambda n: [c for c in (stem(n.at or n.main)[:4],) if len(c) == 4], 0.75, _CITY)
    grouping.settle()
    groups = grouping.groups()
    for one, other in itertools.pairwise(groups):
        grouping.refuse(one[0], other[0], 0.4, _NOTHING)


PERSONS = Rule(EntityType.PERSON, _keys, _group, uses=("holdsPost",))
