"""What a chain lacks in a zone: for each segment its state, its neighbours and the move that suggests.

The moves are the words of investment teams: 建链 start a chain of which few segments are seen, 补链 fill a
segment between segments that are there, 延链 extend beyond the last one that is there, 强链 strengthen a
segment that is weak, being built or only planned. A critical segment without evidence whose
supplier and customer are both there is a 断点 (break point). All of it rests on what articles say: a
segment without evidence may well have a firm of which no article here speaks.
"""

from __future__ import annotations

from collections import defaultdict
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


class Urgency(StrEnum):
    """How pressing a move is."""

    HIGH = "高"
    MEDIUM = "中"
    LOW = "低"


@dataclass(frozen=True, slots=True)
class Gap:
    """One segment of a chain in a zone or place.

    `upstream` and `downstream` are the neighbouring segments that are present there, of whatever chain;
    `buyers` the firms and projects in the latter; `elsewhere` members of the same segment in other zones.
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

    @property
    def urgency(self) -> Urgency:
        """How pressing the move is: high at a break point or beside one, low where little speaks for it."""
        critical = self.segment.critical
        if self.move is Move.FILL:
            return Urgency.HIGH if critical else Urgency.MEDIUM
        if self.move in (Move.EXTEND, Move.STRENGTHEN) and critical:
            return Urgency.MEDIUM
        return Urgency.LOW


def gaps(chains: Sequence[Chain], everywhere: Sequence[Chain] | None = None) -> list[Gap]:
    """The segments of each chain in the order of its template.

    `everywhere` are the chains of the whole graph: neighbouring segments in other chains of a container
    are looked for there, and members of the same segment elsewhere.
    """
    known = segments()
    whole = chains if everywhere is None else everywhere
    suppliers: dict[str, list[Segment]] = defaultdict(list)
    for segment in known.values():
        for fed in segment.feeds:
            suppliers[fed].append(segment)
    zones: dict[str, list[tuple[str, Member]]] = defaultdict(list)  # members of a segment, by zone
    inside: dict[str, dict[str, tuple[Member, ...]]] = defaultdict(dict)  # of a container, by segment
    present: dict[str, set[str]] = defaultdict(set)
    for chain in whole:
        inside[chain.container] |= chain.members
        present[chain.container] |= {s for s, state in chain.states.items() if state in PRESENT}
        if chain.container_kind == "Zone":
            for segment_id, members in chain.members.items():
                zones[segment_id] += [(chain.container_label, member) for member in members]
    found = []
    for chain in chains:
        here, members_here = present[chain.container], inside[chain.container]
        at_home = {member.iri for members in members_here.values() for member in members}
        share = sum(s in PRESENT for s in chain.states.values()) / max(len(chain.template.segments), 1)
        for segment in chain.template.segments:
            upstream = tuple(s for s in suppliers[segment.id] if s.id in here)
            downstream = tuple(known[s] for s in segment.feeds if s in here and s in known)
            state = chain.states.get(segment.id, NO_EVIDENCE)
            buyers = {m.iri: m for s in downstream for m in members_here.get(s.id, ())}
            elsewhere = {m.iri: (zone, m) for zone, m in zones[segment.id] if m.iri not in at_home}
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
                    _move(state, bool(upstream), bool(downstream), segment.critical, share),
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
