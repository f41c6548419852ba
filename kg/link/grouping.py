"""Groups that grow inside a component, the surest merge first, each merge and each refusal with its reason."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.link.nodes import Node

Marks = Mapping[str, frozenset[str]]
"""What must not differ within a group, by dimension: {"place": {"140226"}}."""

_CLASHING = 0.1  # how likely those are one that go by one name and differ in what things do not differ in

Clash = Callable[[Marks, Marks], str]
"""The dimension in which two groups must not be merged, "" if they may."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two names are, or are not, taken for one thing, in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A merge that was made or refused between two nodes; `count` tells for how many pairs it stands."""

    one: Node
    other: Node
    merged: bool
    score: float
    reason: Reason
    count: int = 1


class Grouping:
    """A union–find over the nodes of a component, in which groups that clash stay apart."""

    def __init__(
        self,
        nodes: Iterable[Node],
        marks: Callable[[Node], Marks] = lambda node: {},
        clash: Clash = lambda one, other: "",
        refusals: Mapping[str, Reason] | None = None,
    ) -> None:
        """`refusals` says in words why groups clash in a dimension."""
        self.nodes = sorted(nodes, key=lambda node: node.key)
        self._parent = {node.key: node.key for node in self.nodes}
        self._marks = {node.key: dict(marks(node)) for node in self.nodes}
        self._clash = clash
        self._refusals = refusals or {}
        self._proposed: list[tuple[float, tuple[str, str], tuple[str, str], Node, Node, Reason]] = []
        self.verdicts: list[Verdict] = []

    def root(self, node: Node) -> tuple[str, str]:
        """The key of the node that stands for a node's group."""
        return self._find(node.key)

    def _find(self, key: tuple[str, str]) -> tuple[str, str]:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def propose(self, one: Node, other: Node, score: float, reason: Reason) -> None:
        """Put a merge on the list of those to be made by `settle`."""
        if one.key != other.key:
            a, b = sorted((one, other), key=lambda node: node.key)
            self._proposed.append((-score, a.key, b.key, a, b, reason))

    def propose_by(self, keys: Callable[[Node], Iterable[Hashable]], score: float, reason: Reason) -> None:
        """Propose to merge all nodes that share a key."""
        blocks: dict[Hashable, list[Node]] = defaultdict(list)
        for node in self.nodes:
            for key in keys(node):
                blocks[key].append(node)
        for block in blocks.values():
            for other in block[1:]:
                self.propose(block[0], other, score, reason)
            # where the first stays apart from the others, they may still belong together
            for one, other in itertools.pairwise(block):
                self.propose(one, other, score - 0.001, reason)

    def settle(self) -> None:
        """Make the proposed merges, the surest first, and tell of those that a clash forbids."""
        for negative, _, _, one, other, reason in sorted(self._proposed, key=lambda p: p[:3]):
            self._merge(one, other, round(-negative, 3), reason)
        self._proposed.clear()

    def _merge(self, one: Node, other: Node, score: float, reason: Reason) -> None:
        a, b = sorted((self.root(one), self.root(other)))
        if a == b:
            return
        if dimension := self._clash(self._marks[a], self._marks[b]):
            refusal = self._refusals.get(dimension, reason)
            self.verdicts.append(Verdict(one, other, False, _CLASHING, refusal))
            return
        self._parent[b] = a
        for name, values in self._marks.pop(b).items():
            self._marks[a][name] = self._marks[a].get(name, frozenset()) | values
        self.verdicts.append(Verdict(one, other, True, score, reason))

    def force(self, one: Node, other: Node, reason: Reason) -> None:
        """Merge two groups whatever speaks against it."""
        a, b = sorted((self.root(one), self.root(other)))
        if a != b:
            self._parent[b] = a
            for name, values in self._marks.pop(b).items():
                self._marks[a][name] = self._marks[a].get(name, frozenset()) | values
            self.verdicts.append(Verdict(one, other, True, 1.0, reason))

    def refuse(self, one: Node, other: Node, score: float, reason: Reason) -> None:
        """Tell of two nodes that look alike and stay apart."""
        if self.root(one) != self.root(other):
            a, b = sorted((one, other), key=lambda node: node.key)
            self.verdicts.append(Verdict(a, b, False, score, reason))

    def groups(self) -> list[list[Node]]:
        """The groups, each in order, in order of their first node."""
        found: dict[tuple[str, str], list[Node]] = defaultdict(list)
        for node in self.nodes:
            found[self.root(node)].append(node)
        return sorted(found.values(), key=lambda group: group[0].key)

    def told(self) -> list[Verdict]:
        """The verdicts, those of the same names, outcome and reason told once, least certain first."""
        counted: dict[tuple[object, ...], list[Verdict]] = defaultdict(list)
        for verdict in self.verdicts:
            if not verdict.merged and self.root(verdict.one) == self.root(verdict.other):
                continue  # another way led to the merge after all
            names = tuple(sorted((verdict.one.name, verdict.other.name)))
            pair = () if verdict.merged else tuple(sorted((self.root(verdict.one), self.root(verdict.other))))
            group = self.root(verdict.one) if verdict.merged else None
            counted[names, pair, group, verdict.merged, verdict.reason].append(verdict)
        told = []
        for alike in counted.values():
            first = min(alike, key=lambda v: (v.score, v.one.key, v.other.key))
            told.append(Verdict(first.one, first.other, first.merged, first.score, first.reason, len(alike)))
        return sorted(told, key=lambda v: (v.score, v.one.key, v.other.key))


def components(nodes: Sequence[Node], keys: Callable[[Node], Iterable[Hashable]]) -> list[list[Node]]:
    """Nodes in sets that share keys, directly or through others; in order of their first node."""
    grouping = Grouping(nodes)
    first: dict[Hashable, Node] = {}
    nothing = Reason("", "")
    for node in grouping.nodes:
        for key in keys(node):
            grouping.force(first.setdefault(key, node), node, nothing)
    return grouping.groups()
