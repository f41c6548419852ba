"""A chain in a zone or place: its members by segment, with their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.ontology import Template


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of an article that says something of a member."""

    quote: str
    headline: str
    published: str | None
    predicate: str
    confidence: Decimal
    modality: str = "asserted"


@dataclass(frozen=True, slots=True)
class Member:
    """A firm or project with its phases (in the order they are gone through), investment (yuan) and evidence.

    `keyword`, `matched` and `confidence` tell why it stands in its segment; without a segment they are empty.
    `segments` are the ids of all segments that it stands in, of whatever chain.
    """

    iri: str
    label: str
    kind: str
    phases: tuple[str, ...]
    investment: Decimal | None
    evidence: tuple[Evidence, ...] = ()
    keyword: str = ""
    matched: str = ""
    confidence: Decimal | None = None
    segments: tuple[str, ...] = ()

    @property
    def stalled(self) -> bool:
        """Whether a text says that it stands still."""
        return "suspended" in self.phases


@dataclass(frozen=True, slots=True)
class Chain:
    """A template's chain in one zone, park or place.

    `names` and `leaders` are what texts call it and its leaders there (both may be empty: then the chain is
    only seen through members). `states` and `members` go by segment id; a segment absent from `states` has
    no evidence. `unplaced` are members by what texts say of whom no segment of the template is known.
    `around` are the IRIs of what the container lies in.
    """

    container: str
    container_label: str
    container_kind: str
    template: Template
    names: tuple[str, ...]
    leaders: tuple[str, ...]
    states: dict[str, str]
    members: dict[str, tuple[Member, ...]]
    unplaced: tuple[Member, ...] = ()
    around: frozenset[str] = frozenset()

    @property
    def telling(self) -> bool:
        """Whether it is worth a table: a text names it, or at least two of its segments have evidence."""
        return bool(self.names) or len(self.states) > 1

    @property
    def everyone(self) -> frozenset[str]:
        """The IRIs of all members."""
        placed = (m.iri for members in self.members.values() for m in members)
        return frozenset(placed) | {m.iri for m in self.unplaced}


def without_repeats(chains: Sequence[Chain]) -> list[Chain]:
    """Chains without those that only repeat what is told of a zone.

    What lies in a zone lies in its park, its county, its city and its province as well, so each of them has
    the same chain. Zones are kept, and what texts name; a park goes where its zone has the chain, a place
    where zones (or smaller places) within it hold half of its members or more.
    """
    size = {"Zone": -2, "Park": -1}
    kept: dict[str, list[Chain]] = {}  # by template
    everyone = {id(chain): chain.everyone for chain in chains}
    for chain in sorted(
        chains, key=lambda c: (size.get(c.container_kind, len(everyone[id(c)])), c.container)
    ):
        same = kept.setdefault(chain.template.id, [])
        outer = chain.container_kind == "Park" and any(c.container in chain.around for c in same)
        within = [c for c in same if chain.container in c.around]
        told = everyone[id(chain)]
        covered = told & {iri for c in within for iri in everyone[id(c)]}
        repeats = outer or (chain.container_kind == "Place" and within and 2 * len(covered) >= len(told))
        if chain.names or not repeats:
            same.append(chain)
    chosen = {id(chain) for same in kept.values() for chain in same}
    return [chain for chain in chains if id(chain) in chosen]
