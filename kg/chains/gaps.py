"""What a chain lacks in a zone: for each segment its state, its neighbours and the move that suggests.

The moves are the words of investment teams: 建链 start a chain of which few segments are seen, 补链 fill a
segment between segments that are there, 延链 extend beyond the last one that is there, 强链 strengthen a
segment that is weak, being built or only planned. A critical segment without evidence whose
supplier and customer are both there is a 断点 (break point); a segment in which something stands still is a
堵点 (blockage). All of it rests on what articles say: a segment without evidence may well have a firm of
which no article here speaks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.chains.coverage import Chain, Member
from kg.ontology import Segment

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

    `upstream` and `downstream` are the neighbouring segments that are present there, of whatever chain;
    `suppliers` and `buyers` the firms and projects in them; `blocked` are members that stand still.
    """

    chain: Chain
    segment: Segment
    state: str
    members: tuple[Member, ...]
    upstream: tuple[Segment, ...]
    downstream: tuple[Segment, ...]
    suppliers: tuple[Member, ...]
    buyers: tuple[Member, ...]
    move: Move
    break_point: bool

    @property
    def blocked(self) -> tuple[Member, ...]:
        """Members of which a text says that they stand still."""
        return tuple(member for member in self.members if member.stalled)


def gaps(chains: Sequence[Chain], everywhere: Sequence[Chain] | None = None) -> list[Gap]:
    """The segments of each chain in the order of its template.

    `everywhere` are all chains of the same zones and places: neighbouring segments of other chains there
    are looked for in them.
    """
    whole = chains if everywhere is None else everywhere
    known = {s.id: s for chain in (*whole, *chains) for s in chain.template.segments}
    feeding: dict[str, list[Segment]] = defaultdict(list)
    for segment in known.values():
        for fed in segment.feeds:
            feeding[fed].append(segment)
    inside: dict[str, dict[str, tuple[Member, ...]]] = defaultdict(dict)  # of a container, by segment
    present: dict[str, set[str]] = defaultdict(set)
    for chain in whole:
        inside[chain.container] |= chain.members
        present[chain.container] |= {s for s, state in chain.states.items() if state in PRESENT}
    found = []
    for chain in chains:
        here, members = present[chain.container], inside[chain.container]
        share = sum(s in PRESENT for s in chain.states.values()) / max(len(chain.template.segments), 1)
        for segment in chain.template.segments:
            upstream = _distinct((s for s in feeding[segment.id] if s.id in here), chain.template.id)
            downstream = _distinct(
                (known[s] for s in segment.feeds if s in here and s in known), chain.template.id
            )
            state = chain.states.get(segment.id, NO_EVIDENCE)
            move = _move(state, bool(upstream), bool(downstream), segment.critical, share)
            found.append(
                Gap(
                    chain,
                    segment,
                    state,
                    chain.members.get(segment.id, ()),
                    upstream,
                    downstream,
                    _of(upstream, members),
                    _of(downstream, members),
                    move,
                    move is Move.FILL and segment.critical,
                )
            )
    return found


def _distinct(segments: Iterable[Segment], template: str) -> tuple[Segment, ...]:
    """Segments without those that are one of the others seen from another chain; those of a template first."""
    kept: list[Segment] = []
    for segment in sorted(segments, key=lambda s: s.chain != template):
        if not any(other.id in segment.same for other in kept):
            kept.append(segment)
    return tuple(kept)


def _of(segments: Sequence[Segment], members: dict[str, tuple[Member, ...]]) -> tuple[Member, ...]:
    """The members of segments, each once."""
    return tuple({m.iri: m for s in segments for m in members.get(s.id, ())}.values())


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
