"""Clusters of nodes that grow by merging, each merge with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from kg.link.nodes import Node
from kg.model import Decision

Pair = tuple[Node, Node]


class Clusters:
    """A union–find over nodes that keeps why each merge was made, and each one refused."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._parent = {node: node for node in nodes}
        self.merges: list[tuple[Node, Node, bool, float, str]] = []

    def root(self, node: Node) -> Node:
        """The node that stands for its cluster."""
        while self._parent[node] != node:
            self._parent[node] = self._parent[self._parent[node]]
            node = self._parent[node]
        return node

    def together(self, a: Node, b: Node) -> bool:
        """Whether two nodes are in one cluster."""
        return self.root(a) == self.root(b)

    def merge(self, a: Node, b: Node, score: float, reason: str) -> None:
        """Put two nodes into one cluster; the smaller root stays, so order does not matter."""
        ra, rb = sorted((self.root(a), self.root(b)))
        if ra != rb:
            self._parent[rb] = ra
            self.merges.append((a, b, True, score, reason))

    def refuse(self, a: Node, b: Node, score: float, reason: str) -> None:
        """Record that two nodes that look alike stay apart."""
        if not self.together(a, b):
            self.merges.append((a, b, False, score, reason))

    def merge_by(self, key: Callable[[Node], Iterable[str]], score: float, reason: str) -> None:
        """Merge all nodes that share a key (`key` gives the keys of a node)."""
        blocks: dict[str, list[Node]] = defaultdict(list)
        for node in sorted(self._parent):
            for k in key(node):
                blocks[k].append(node)
        for k in sorted(blocks):
            for other in blocks[k][1:]:
                self.merge(blocks[k][0], other, score, f"{reason}: {k}")

    def members(self) -> list[list[Node]]:
        """The clusters, each sorted, in order of their first node."""
        groups: dict[Node, list[Node]] = defaultdict(list)
        for node in self._parent:
            groups[self.root(node)].append(node)
        return sorted(sorted(g) for g in groups.values())

    def decisions(self, name: Callable[[Node], str]) -> tuple[Decision, ...]:
        """The merges and refusals in words, least certain first."""
        made = {
            Decision(name(a), name(b), merged, score, reason) for a, b, merged, score, reason in self.merges
        }
        return tuple(sorted(made, key=lambda d: (d.score, d.kept, d.other, d.reason)))
