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


class Ways:
    """The ways of an atlas."""

    def __init__(self, atlas: Atlas) -> None:
        self._drawn: nx.Graph[int] = nx.Graph()
        self._drawn.add_nodes_from(range(len(atlas.things)))
        hubs = [math.log2(1 + len(near)) for near in atlas.near]
        for link in atlas.found.links:
            source, target = atlas.number[link.source], atlas.number[link.target]
            cost = COSTS[link.strength] + HUB * (hubs[source] + hubs[target])
            known = self._drawn.get_edge_data(source, target)
            if known is None or known["cost"] > cost:
                self._drawn.add_edge(source, target, cost=cost)

    def way(self, one: int, other: int) -> list[int]:
        """The things on the most telling way from one to the other, both included; empty if there is none."""
        try:
            return list(nx.bidirectional_dijkstra(self._drawn, one, other, weight="cost")[1])
        except nx.NetworkXNoPath:
            return []
