"""What an entity is called: its label, its other names and the path of its IRI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.link.location import stem
from kg.link.nodes import Node
from kg.link.places import called_by_code
from kg.model import EntityType
from kg.names import normal, zone_name

HOMONYM = "@"
"""Stands between the name and the place of one of several things of a name: `place/朝阳区@北京市`."""


def label(kind: EntityType, nodes: Sequence[Node]) -> str:
    """The name to show: a zone's official one, a division's full one, an industry's usual one, else the fullest."""
    names = Counter(form for node in nodes for form in node.names)
    if kind is EntityType.ZONE:
        parts = [(z, names[n]) for n in names if (z := zone_name(n)) and z.kind.official]
        written = [(z, n) for z, n in parts if z.full] or parts
        if written:
            return max(written, key=lambda x: (x[1], len(x[0].official), x[0].official))[0].official
    if kind is EntityType.PLACE and (found := called_by_code(division(nodes))) is not None:
        return found.name
    if kind is EntityType.CHAIN and (chains := [n for n in names if n.endswith("产业链")]):
        return max(chains, key=lambda n: (names[n], -len(n), n))
    if kind is EntityType.INDUSTRY:
        return max(names, key=lambda n: (names[n], -len(n), n))
    return max(names, key=lambda n: (len(normal(n)), names[n], n))


def aliases(name: str, nodes: Sequence[Node], read: str) -> tuple[str, ...]:
    """All names in use but one, and the one it was `read` as."""
    return tuple(sorted({read, *(form for node in nodes for form in node.names)} - {name}))


def division(nodes: Sequence[Node]) -> str:
    """The GB/T 2260 code of a place, "" if it has none."""
    return next((node.code for node in nodes if node.code), "")


def path(kind: EntityType, name: str) -> str:
    """The path of an IRI: `zone/左云经济技术开发区`."""
    return f"{kind.value.lower()}/{' '.join(name.split())}".replace(HOMONYM, "＠")


def qualifier(nodes: Sequence[Node]) -> str:
    """What tells an entity from others of its name: the division it is in, "" if unknown."""
    own = division(nodes)
    if own:
        digits = stem(own)[:-2]
        above = called_by_code(digits.ljust(6, "0")) or called_by_code(digits[:2].ljust(6, "0"))
        return above.name if above is not None else own
    counted = Counter(at for node in nodes if (at := node.at or node.main))
    if not counted:
        return ""
    found = called_by_code(max(counted, key=lambda at: (counted[at], at)))
    return found.name if found is not None else ""
