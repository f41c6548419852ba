"""What each segment of a chain suggests."""

from __future__ import annotations

import pytest
from chain_material import BUILDING, PLANNED, PV, STRONG, WEAK, chain, member
from hypothesis import given
from hypothesis import strategies as st

from kg.chains import Gap, Move, gaps
from kg.chains.gaps import NO_EVIDENCE
from kg.chains.templates import template_named
from kg.ontology import segments, templates

STATES = (STRONG, WEAK, BUILDING, PLANNED)
PRESENT = {STRONG, WEAK, BUILDING}
coverings = st.dictionaries(st.sampled_from([s.id for s in PV.segments]), st.sampled_from(STATES))


def by_segment(found: list[Gap]) -> dict[str, Gap]:
    return {gap.segment.id: gap for gap in found}


def plain_move(states: dict[str, str], segment_id: str) -> Move:
    """The definitions of the moves, read straight off the template: no shortcut shared with the code."""
    segment = segments()[segment_id]
    state = states.get(segment_id)
    there = {s for s, of in states.items() if of in PRESENT}
    supplied = any(segment_id in other.feeds for other in segments().values() if other.id in there)
    wanted = any(fed in there for fed in segment.feeds)
    if state == STRONG:
        return Move.NONE
    if state is not None:
        return Move.STRENGTHEN
    if supplied and wanted:
        return Move.FILL
    if supplied or wanted:
        return Move.EXTEND
    few = len(there) / len(PV.segments) < 0.15
    return Move.START if segment.critical and few else Move.NONE


@given(coverings)
def test_moves_are_what_their_definitions_say(states: dict[str, str]) -> None:
    for gap in gaps([chain(states)]):
        assert gap.move is plain_move(states, gap.segment.id), gap.segment.id
        assert gap.state == states.get(gap.segment.id, NO_EVIDENCE)
        assert gap.break_point == (gap.move is Move.FILL and gap.segment.critical)


@given(coverings)
def test_every_segment_of_the_template_is_told_once_in_its_order(states: dict[str, str]) -> None:
    assert [gap.segment.id for gap in gaps([chain(states)])] == [s.id for s in PV.segments]


def test_between_wafer_and_module_the_cell_is_a_break_point() -> None:
    found = by_segment(gaps([chain({"pv.wafer": WEAK, "pv.module": STRONG})]))
    cell = found["pv.cell"]
    assert cell.move is Move.FILL
    assert cell.break_point
    assert [s.id for s in cell.upstream] == ["pv.wafer"]
    assert "pv.module" in [s.id for s in cell.downstream]
    assert [m.label for m in cell.buyers] == ["甲开发区pv.module"]
    assert found["pv.module"].move is Move.NONE


def test_what_is_only_planned_is_no_neighbour() -> None:
    found = by_segment(gaps([chain({"pv.wafer": PLANNED})]))
    assert found["pv.wafer"].move is Move.STRENGTHEN
    assert found["pv.cell"].upstream == ()
    assert found["pv.cell"].move is not Move.EXTEND


def test_neighbours_and_buyers_of_another_chain_count() -> None:
    """Silicon wafers are wanted where cells are made, whichever chain the table is of."""
    feeding = next(
        (s, fed)
        for s in segments().values()
        for fed in s.feeds
        if fed in segments() and segments()[fed].chain != s.chain
    )
    segment, fed = feeding[0], segments()[feeding[1]]
    home = next(t for t in templates() if t.id == segment.chain)
    other = next(t for t in templates() if t.id == fed.chain)
    buyer = member("买家", "inProduction")
    one = chain({}, template=home, names=("链",))
    far = chain({fed.id: WEAK}, {fed.id: (buyer,)}, template=other)
    gap = by_segment(gaps([one], [one, far]))[segment.id]
    assert fed.id in [s.id for s in gap.downstream]
    assert buyer in gap.buyers


def test_what_stands_still_is_a_blockage() -> None:
    stalled, running = member("停工厂", "inProduction", "suspended"), member("在产厂", "inProduction")
    found = by_segment(gaps([chain({"pv.cell": WEAK}, {"pv.cell": (running, stalled)})]))
    assert found["pv.cell"].blocked == (stalled,)


@pytest.mark.parametrize("name", ["pv", "光伏", "光伏链", "光伏产业链"])
def test_a_template_goes_by_its_names(name: str) -> None:
    found = template_named(name, templates())
    assert found is not None
    assert found.id == "pv"


def test_no_template_is_made_up() -> None:
    assert template_named("无中生有", templates()) is None
