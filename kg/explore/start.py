"""What a page shows first: one thing and what stands with it, as a small tree, never the whole graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.explore.content import Content

MOST = 60  # things shown at first, at most
FEW = 24  # a start of fewer things is filled up with other neighbours
_CONTAINERS = ("Zone", "Park", "Place")
_PROGRESS = ("producing", "building", "planned", "untold", "suspended")


@dataclass(frozen=True, slots=True)
class Branch:
    """A thing and what stands with it, in the order in which it is shown."""

    iri: str
    children: tuple[Branch, ...] = ()

    def __iter__(self) -> Iterator[str]:
        """The thing and all below it."""
        yield self.iri
        for child in self.children:
            yield from child


class Starts:
    """Chooses starts: of a zone its chains with their members, of other things their neighbours.

    `order` are the predicates by importance; neighbours come in that order.
    """

    def __init__(self, found: Content, order: Sequence[str]) -> None:
        self._found = found
        self._rank = {predicate: i for i, predicate in enumerate(order)}

    def start(self, focus: str | None = None) -> Branch | None:
        """The start for the thing of an IRI, or for where most is told of chains; None for an empty graph."""
        root = focus if focus is not None else self._richest()
        if root is None:
            return None
        kind = self._found.things[root].kind
        children: list[Branch] = []
        shown = {root}
        if kind == "Chain":
            children = self._leaves(self._members(root), shown, MOST)
        elif kind in _CONTAINERS:
            for chain in self._chains_in.get(root, ()):
                room = MOST - len(shown) - 1
                if room > 0 and chain not in shown:
                    shown.add(chain)
                    children.append(Branch(chain, tuple(self._leaves(self._members(chain), shown, room))))
        # the rest of a small start: other neighbours
        enough = FEW if children else MOST
        children += self._leaves(self._neighbours(root), shown, enough - len(shown))
        return Branch(root, tuple(children))

    def _leaves(self, iris: Sequence[str], shown: set[str], room: int) -> list[Branch]:
        """Branches for those not yet shown, as far as there is room; they count as shown from now on."""
        chosen = list(dict.fromkeys(iri for iri in iris if iri not in shown))[: max(room, 0)]
        shown.update(chosen)
        return [Branch(iri) for iri in chosen]

    def _richest(self) -> str | None:
        """The zone (else park, else place) in whose chains most members are told of, else the best linked."""
        kinds = {iri: thing.kind for iri, thing in self._found.things.items()}
        members = {
            container: len({m for chain in chains for m in self._members(chain)})
            for container, chains in self._chains_in.items()
            if kinds[container] in _CONTAINERS
        }
        ranked = sorted(members, key=lambda c: (_CONTAINERS.index(kinds[c]), -members[c], c))
        if best := next((c for c in ranked if members[c]), None):
            return best
        linked = sorted(self._found.things, key=lambda i: (-len(self._neighbours(i)), i))
        return linked[0] if linked else None

    @cached_property
    def _near(self) -> dict[str, dict[str, int]]:
        """The neighbours of each thing with the rank of the most telling link to them."""
        near: dict[str, dict[str, int]] = defaultdict(dict)
        for link in self._found.links:
            rank = self._rank.get(link.predicate, len(self._rank))
            for one, other in ((link.source, link.target), (link.target, link.source)):
                near[one][other] = min(rank, near[one].get(other, rank))
        return near

    def _neighbours(self, iri: str) -> list[str]:
        near = self._near[iri]
        return sorted(near, key=lambda other: (near[other], -len(self._near[other]), other))

    @cached_property
    def _chains_in(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for link in self._found.links:
            if link.predicate == "chainIn":
                found[link.target].append(link.source)
        for chains in found.values():
            chains.sort(key=lambda c: (-len(self._members(c)), c))
        return found

    @cached_property
    def _inside(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """The leaders and the members of each chain."""
        leaders: dict[str, set[str]] = defaultdict(set)
        members: dict[str, set[str]] = defaultdict(set)
        for link in self._found.links:
            if link.predicate == "chainLeader":
                leaders[link.source].add(link.target)
            elif link.predicate == "inChain":
                members[link.target].add(link.source)
        return leaders, members

    def _members(self, chain: str) -> list[str]:
        """Who is in a chain: leaders first, then by how far they have come."""
        leaders, members = (side[chain] for side in self._inside)
        states = self._found.states
        return sorted(
            leaders | members,
            key=lambda m: (m not in leaders, _PROGRESS.index(states.get(m, "untold")), m),
        )
