"""The way from one thing to another: what texts state before what was computed, and rather not through what
everything is linked to (that two firms lie in one province says little).

The page finds ways in the same manner (assets/routes.js).
"""

from __future__ import annotations

import math

import networkx as nx

from kg.explore.atlas import Atlas

COSTS = {"stated": 1.0, "expected": 1.5, "member": 3.0, "potential": 4.0}
HUB = 0.15  # more for a step, for each doubling of the neighbours of the two


def way(atlas: Atlas, one: int, other: int) -> list[int]:
    """The things on the most telling way from one to the other, both included; empty if there is none."""
    drawn: nx.Graph[int] = nx.Graph()
    drawn.add_nodes_from((one, other))
    for link in atlas.found.links:
        source, target = atlas.number[link.source], atlas.number[link.target]
        hubs = math.log2(1 + len(atlas.near[source])) + math.log2(1 + len(atlas.near[target]))
        cost = COSTS[link.strength] + HUB * hubs
        if not drawn.has_edge(source, target) or drawn.edges[source, target]["cost"] > cost:
            drawn.add_edge(source, target, cost=cost)
    try:
        return list(nx.shortest_path(drawn, one, other, weight="cost"))
    except nx.NetworkXNoPath:
        return []
