"""When two names of different articles stand for one thing: one rule a type.

Each rule merges nodes of its type in `Clusters`. Rules run in the order of `RULES`: projects look
at the zones and firms that were linked before them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from difflib import SequenceMatcher
from itertools import combinations

from kg.link.clusters import Clusters
from kg.link.nodes import Node, Surroundings
from kg.link.places import resolve
from kg.model import EntityType
from kg.names import feature_stem, firm_core, normal, zone_name

# How names begin that mean another thing in each article: 县政府, 市商务局, 开发区管委会.
_RELATIVE = re.compile(r"^(?:[省市县区州盟旗镇]|开发区|高新区|经开区|自治区)")

World = dict[Node, Surroundings]
Rule = Callable[[World, Clusters], None]

_SHORT_FIRM = 3  # characters a firm's name needs to be merged across articles by the name alone
_ALIKE = 0.8  # likeness of project names that counts as one name, developer or zone being the same


def _nodes(world: World, *types: EntityType) -> list[Surroundings]:
    return [s for _, s in sorted(world.items()) if s.type in types]


def by_name(kind: EntityType) -> Rule:
    """One thing if any form of the name is the same (products, industries, institutions).

    A name that only its article makes clear (县政府, 开发区行政审批局) counts within the source alone.
    """

    def rule(world: World, clusters: Clusters) -> None:
        names = {
            s.node: {f"{normal(n)} in {s.source}" if _RELATIVE.match(n) else normal(n) for n in s.names}
            for s in _nodes(world, kind)
        }
        clusters.merge_by(lambda node: names.get(node, ()), 0.95, f"same name of the kind {kind.value}")

    return rule


def places(world: World, clusters: Clusters) -> None:
    """One place if the names stand for the same division in their articles, or are the same word."""
    keys: dict[Node, set[str]] = {}
    around: dict[str, set[str]] = defaultdict(set)
    for s in _nodes(world, EntityType.PLACE):
        around[s.node[0]].update(s.names)
    for s in _nodes(world, EntityType.PLACE):
        division, safe = resolve(s.names, around[s.node[0]])
        if division is not None and safe:
            keys[s.node] = {f"division {division.code}"}
        elif division is None and not any(resolve([n], ())[0] for n in s.names):
            keys[s.node] = {f"place {normal(n)}" for n in s.names}
        else:  # a name of several divisions that this article does not tell apart: its own in each article
            keys[s.node] = {f"one of the divisions {s.entity.name} in {s.source}"}
    clusters.merge_by(lambda node: keys.get(node, ()), 0.97, "same place")


def zones(world: World, clusters: Clusters) -> None:
    """One zone if place and kind agree; a bare 开发区 joins the only zone of its place that has a kind."""
    keys: dict[Node, set[str]] = {}
    kinds: dict[str, set[str]] = defaultdict(set)
    generic: list[tuple[Node, str]] = []
    for s in _nodes(world, EntityType.ZONE):
        keys[s.node] = {f"name {normal(s.entity.name)}"}
        for parts in filter(None, map(zone_name, s.names)):
            if parts.kind.official:
                keys[s.node].add(f"{parts.place} {parts.kind.official}")
                kinds[parts.place].add(parts.kind.official)
            else:
                generic.append((s.node, parts.place))
    for node, place in generic:
        only = min(kinds[place]) if len(kinds[place]) == 1 else "开发区"
        keys[node].add(f"{place} {only}")
    clusters.merge_by(lambda node: keys.get(node, ()), 0.95, "same place and kind of zone")


def parks(world: World, clusters: Clusters) -> None:
    """One park if the name is the same and it belongs to the same zone or place, or is said of none."""
    keys: dict[Node, set[str]] = {}
    for s in _nodes(world, EntityType.PARK):
        homes = {clusters.root(n) for p in ("parkOf", "locatedIn") for n in s.to(p)}
        names = {normal(n) for n in s.names}
        keys[s.node] = {f"{n} in {':'.join(home)}" for n in names for home in homes} or {
            f"{n} in {s.source}" for n in names
        }
    clusters.merge_by(lambda node: keys.get(node, ()), 0.9, "same name and container")


def firms(world: World, clusters: Clusters) -> None:
    """One firm if a full name is the same, or what is left of it without place and legal form."""
    keys: dict[Node, set[str]] = {}
    cores: dict[Node, set[str]] = {}
    for s in _nodes(world, EntityType.FIRM):
        keys[s.node] = {normal(n) for n in s.names if len(normal(n)) >= _SHORT_FIRM}
        keys[s.node] |= {f"{normal(n)} in {s.source}" for n in s.names}
        cores[s.node] = {firm_core(n) for n in s.names if len(firm_core(n)) >= _SHORT_FIRM}
    clusters.merge_by(lambda node: keys.get(node, ()), 0.95, "same name of a firm")
    blocks: dict[str, list[Node]] = defaultdict(list)
    for node in sorted(cores):
        for core in sorted(cores[node]):
            blocks[core].append(node)
    for core in sorted(blocks):
        for a, b in combinations(blocks[core][:50], 2):
            if _branch(world[a]) == _branch(world[b]):
                clusters.merge(a, b, 0.85, f"same name without its legal form: {core}")
            else:
                clusters.refuse(a, b, 0.5, f"a branch and its parent: {core}")


def _branch(s: Surroundings) -> bool:
    return any(n.endswith("分公司") for n in s.names)


def projects(world: World, clusters: Clusters) -> None:
    """One project if the names agree, or nearly agree and zone or developer is the same."""
    found = _nodes(world, EntityType.PROJECT)
    keys = {s.node: {normal(n) for n in s.names if len(feature_stem(n)) >= 4} for s in found}
    own = {s.node: {f"{normal(n)} in {s.source}" for n in s.names} for s in found}
    clusters.merge_by(
        lambda node: keys.get(node, set()) | own.get(node, set()), 0.9, "same name of a project"
    )
    blocks: dict[str, list[Surroundings]] = defaultdict(list)
    for s in found:
        for predicate in ("developedBy", "locatedIn"):
            for node in s.to(predicate):
                blocks[f"{predicate} {':'.join(clusters.root(node))}"].append(s)
    for block in sorted(blocks):
        for a, b in combinations(blocks[block][:200], 2):
            if a.source == b.source or clusters.together(a.node, b.node):
                continue
            likeness, pair = max(
                (_alike(feature_stem(x), feature_stem(y)), (x, y)) for x in a.names for y in b.names
            )
            if likeness >= _ALIKE:
                clusters.merge(
                    a.node,
                    b.node,
                    round(likeness * 0.9, 2),
                    f"{pair[0]} ≈ {pair[1]}, {block.split()[0]} the same",
                )
            elif likeness >= _ALIKE - 0.2:
                clusters.refuse(
                    a.node, b.node, round(likeness, 2), f"{pair[0]} and {pair[1]} are not alike enough"
                )


def _alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if min(len(a), len(b)) >= 4 and (a in b or b in a):
        return 0.9
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def chains(world: World, clusters: Clusters) -> None:
    """One chain if the name agrees and it is the chain of the same zone or place."""
    keys: dict[Node, set[str]] = {}
    for s in _nodes(world, EntityType.CHAIN):
        homes = {clusters.root(n) for n in s.to("chainIn")}
        stems = {feature_stem(n) for n in s.names}
        keys[s.node] = {f"{stem} of {':'.join(home)}" for stem in stems for home in homes} or {
            f"{stem} in {s.source}" for stem in stems
        }
    clusters.merge_by(lambda node: keys.get(node, ()), 0.9, "same chain of the same place")


def persons(world: World, clusters: Clusters) -> None:
    """One person if the name agrees and so does a post, a title beside the name, or the source."""
    keys: dict[Node, set[str]] = {}
    for s in _nodes(world, EntityType.PERSON):
        where = {":".join(clusters.root(n)) for n in s.to("holdsPost")} | {s.source} | s.titles
        keys[s.node] = {f"{normal(n)} with {w}" for n in s.names for w in where}
    clusters.merge_by(lambda node: keys.get(node, ()), 0.9, "same name and post")


RULES: tuple[Rule, ...] = (
    places,
    zones,
    parks,
    firms,
    by_name(EntityType.INSTITUTION),
    by_name(EntityType.INDUSTRY),
    by_name(EntityType.PRODUCT),
    projects,
    chains,
    persons,
)
