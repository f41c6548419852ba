"""Linking: every article-local entity gets the corpus-wide entity it stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.link.clusters import Clusters
from kg.link.nodes import Node, Surroundings, surroundings
from kg.link.places import resolve
from kg.link.rules import RULES, World
from kg.model import Entity, EntityType, Linked, Reading
from kg.names import normal, zone_name


def link(readings: Sequence[Reading]) -> Linked:
    """The corpus-wide entities of some readings; the result does not depend on their order."""
    world = surroundings(sorted(readings, key=lambda r: r.article.id))
    clusters = Clusters(world)
    for rule in RULES:
        rule(world, clusters)
    groups = [[world[n] for n in nodes] for nodes in clusters.members()]
    ids: Counter[str] = Counter()
    entities: list[Entity] = []
    same: dict[Node, str] = {}
    named = []
    for group in groups:
        names = Counter(n for s in group for n in s.names)
        named.append((_name(group[0].type, names), group, names))
    for name, group, names in sorted(named, key=lambda x: (x[1][0].type, x[0], x[1][0].node)):
        kind = group[0].type
        path = f"{kind.value.lower()}/{_readable(name)}"
        ids[path] += 1
        if ids[path] > 1:  # another thing of the same name: told apart by where it is met
            path = f"{path}（{group[0].node[0]}）"
            ids[path] += 1
            if ids[path] > 1:
                path = f"{path}.{ids[path]}"
        aliases = tuple(sorted(set(names) - {name}))
        entities.append(Entity(path, kind, name, aliases, _identifiers(group, world)))
        same.update({s.node: path for s in group})
    return Linked(
        tuple(sorted(entities, key=lambda e: e.id)),
        dict(sorted(same.items())),
        clusters.decisions(lambda node: same[node]),
    )


def _name(kind: EntityType, names: Counter[str]) -> str:
    """The name to show: a zone's official one, a division's full one, else the fullest in use."""
    if kind is EntityType.ZONE:
        parts = [(z, names[n]) for n in names if (z := zone_name(n)) and z.kind.official]
        written = [(z, n) for z, n in parts if z.full] or parts
        if written:
            return max(written, key=lambda x: (x[1], len(x[0].official), x[0].official))[0].official
    if kind is EntityType.PLACE and (division := resolve(names, ())[0]) is not None:
        return division.name
    if kind is EntityType.CHAIN and (chains := [n for n in names if n.endswith("产业链")]):
        return max(chains, key=lambda n: (names[n], -len(n), n))
    return max(names, key=lambda n: (len(normal(n)), names[n], n))


def _identifiers(group: Sequence[Surroundings], world: World) -> tuple[tuple[str, str], ...]:
    """The GB/T 2260 code of a place that was resolved to a division."""
    if group[0].type is not EntityType.PLACE:
        return ()
    article = group[0].node[0]
    around = [
        n for s in world.values() if s.node[0] == article and s.type is EntityType.PLACE for n in s.names
    ]
    division, safe = resolve([n for s in group for n in s.names], around)
    return (("gb2260", division.code),) if division and safe else ()


def _readable(name: str) -> str:
    return " ".join(name.split())
