"""What a chain lacks in a zone: for each segment its state, its neighbours and the move that suggests.

The moves are the words of investment teams: 建链 start a chain of which few segments are seen, 补链 fill a
segment between segments that are there, 延链 extend beyond the last one that is there, 强链 strengthen a
segment that is weak, being built or only planned. A critical segment without evidence whose
supplier and customer are both there is a 断点 (break point). All of it rests on what articles say: a
segment without evidence may well have a firm of which no article here speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.chains.coverage import Chain, Member
from kg.ontology import Segment, Template, segments, templates

NO_EVIDENCE = "stateNoEvidence"
PRESENT = ("stateStrong", "stateWeak", "stateUnderConstruction")
# Below this share of a template's segments a chain is only beginning.
_BEGINNING = 0.15


class Move(StrEnum):
    """The kind of move a segment suggests."""

    START = "建链"
    FILL = "补链"
    EXTEND = "延链"
    STRENGTHEN = "强链"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """One segment of a chain in a zone or place.

    `upstream` and `downstream` are the neighbouring segments that are present there; `buyers` the firms
    and projects in the latter; `elsewhere` members of the same segment in other containers.
    """

    chain: Chain
    segment: Segment
    state: str
    members: tuple[Member, ...]
    upstream: tuple[Segment, ...]
    downstream: tuple[Segment, ...]
    buyers: tuple[Member, ...]
    elsewhere: tuple[tuple[str, Member], ...]
    move: Move
    break_point: bool

    @property
    def priority(self) -> int:
        """For sorting: what stands between neighbours first, critical segments before others."""
        rank = {Move.FILL: 40, Move.EXTEND: 20, Move.STRENGTHEN: 10, Move.START: 5, Move.NONE: 0}[self.move]
        return (
            rank
            + 30 * self.break_point
            + 8 * self.segment.critical
            + len(self.upstream)
            + len(self.downstream)
        )


def gaps(chains: Sequence[Chain], everywhere: Sequence[Chain] | None = None) -> list[Gap]:
    """The segments of each chain in the order of its template.

    `everywhere` are the chains of the whole graph, where members of a segment elsewhere are looked for.
    """
    known = segments()
    suppliers: dict[str, list[Segment]] = {}
    for segment in known.values():
        for fed in segment.feeds:
            suppliers.setdefault(fed, []).append(segment)
    homes: dict[str, list[tuple[str, Member]]] = {}
    inside: dict[str, set[str]] = {}
    for chain in everywhere if everywhere is not None else chains:
        for segment_id, members in chain.members.items():
            for member in members:
                if chain.container_kind == "Zone":
                    homes.setdefault(segment_id, []).append((chain.container_label, member))
                inside.setdefault(chain.container, set()).add(member.iri)
    present: dict[str, set[str]] = {}
    for chain in everywhere if everywhere is not None else chains:
        there = {s for s, state in chain.states.items() if state in PRESENT}
        present.setdefault(chain.container, set()).update(there)
    found = []
    for chain in chains:
        here = present.get(chain.container, set())
        share = sum(s in PRESENT for s in chain.states.values()) / max(len(chain.template.segments), 1)
        for segment in chain.template.segments:
            upstream = tuple(s for s in suppliers.get(segment.id, ()) if s.id in here)
            downstream = tuple(known[s] for s in segment.feeds if s in here and s in known)
            state = chain.states.get(segment.id, NO_EVIDENCE)
            move = _move(state, bool(upstream), bool(downstream), segment.critical, share)
            elsewhere = {
                member.iri: (where, member)
                for where, member in homes.get(segment.id, ())
                if member.iri not in inside.get(chain.container, set())
            }
            buyers = {m.iri: m for s in downstream for m in chain.members.get(s.id, ())}
            found.append(
                Gap(
                    chain,
                    segment,
                    state,
                    chain.members.get(segment.id, ()),
                    upstream,
                    downstream,
                    tuple(buyers.values()),
                    tuple(elsewhere.values()),
                    move,
                    state == NO_EVIDENCE and segment.critical and bool(upstream) and bool(downstream),
                )
            )
    return found


def _move(state: str, upstream: bool, downstream: bool, critical: bool, share: float) -> Move:
    if state == "stateStrong":
        return Move.NONE
    if state != NO_EVIDENCE:
        return Move.STRENGTHEN
    if upstream and downstream:
        return Move.FILL
    if upstream or downstream:
        return Move.EXTEND
    return Move.START if critical and share < _BEGINNING else Move.NONE


def template_named(name: str) -> Template | None:
    """The template of an id, a label or an alias (光伏, 光伏产业链, pv)."""
    bare = name.removesuffix("产业链").removesuffix("链")
    for template in templates():
        names = (template.id, template.label_zh, template.label_en, *template.aliases)
        if name in names or bare in {n.removesuffix("产业链").removesuffix("链") for n in names}:
            return template
    return None
