"""What a rule is: which entities may be one at all, and which of those are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.link.grouping import Grouping, Marks, Reason
from kg.link.location import compatible
from kg.link.nodes import Node
from kg.model import EntityType


class View(Protocol):
    """What a rule sees besides the nodes at hand: how kinds before its own were linked."""

    def cluster(self, node: Node, local: str) -> tuple[EntityType, int] | None:
        """The kind and cluster of another entity of a node's article, None if it is not known."""
        ...

    def names(self, node: Node, local: str) -> tuple[str, ...]:
        """The names of another entity of a node's article."""
        ...


@dataclass(frozen=True, slots=True)
class Likeness:
    """What speaks for or against two nodes being one: a score of 0–1, the outcome and the reason.

    `eponym` marks a merge that holds only if there is no other candidate: a project called by its firm's name.
    """

    score: float
    merged: bool
    reason: Reason
    eponym: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """How entities of one kind are linked.

    kind    the kind
    keys    nodes without a common key, directly or through others, are never one; so only what shares keys with
            an article that comes or goes has to be linked anew
    group   puts the nodes that hang together by keys (and pairs) into groups, one a real thing
    uses    predicates whose targets' clusters `keys`, `blocks` or `group` look at
    blocks  for kinds whose keys would tie everything together: nodes that share one are compared by `pair`,
            and hang together only if it says so
    """

    kind: EntityType
    keys: Callable[[Node, View], Iterable[str]]
    group: Callable[[Grouping, View, Sequence[tuple[Node, Node, Likeness]]], None]
    uses: tuple[str, ...] = ()
    marks: Callable[[Node, View], Marks] = lambda node, view: {}
    clash: Callable[[Marks, Marks], str] = lambda one, other: ""
    refusals: dict[str, Reason] | None = None
    blocks: Callable[[Node, View], Iterable[str]] | None = None
    pair: Callable[[Node, Node, View], Likeness | None] | None = None


PLACE_DIFFERS = Reason("名称相同，所在地不同", "The same name in different places")


def place_clash(one: Marks, other: Marks) -> str:
    """`place` where two groups are in places that cannot be one."""
    apart = any(not compatible(a, b) for a in one.get("place", ()) for b in other.get("place", ()))
    return "place" if apart else ""


def place_marks(code: str) -> Marks:
    """The mark of a place known by its code."""
    return {"place": frozenset({code})} if code else {}


def homes(node: Node, view: View, predicates: Iterable[str]) -> set[tuple[EntityType, int]]:
    """The clusters that some predicates lead to."""
    found = (view.cluster(node, local) for p in predicates for local in node.links.get(p, ()))
    return {home for home in found if home is not None}
