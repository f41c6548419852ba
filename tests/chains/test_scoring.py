"""Scores: their parts are shown, add up, and stay between 0 and 100."""

from __future__ import annotations

from chain_material import BUILDING, PLANNED, PV, STRONG, WEAK, chain, member
from hypothesis import given
from hypothesis import strategies as st

from kg.chains import Move, Urgency, gaps, score
from kg.chains.places import Nearness
from kg.chains.rows import parts
from kg.chains.scoring import weights

STATES = st.dictionaries(
    st.sampled_from([s.id for s in PV.segments]), st.sampled_from([STRONG, WEAK, BUILDING, PLANNED])
)


@given(STATES, st.none() | st.sampled_from(Nearness), st.none() | st.floats(0, 1), st.booleans())
def test_a_score_is_the_sum_of_its_parts(
    states: dict[str, str], near: Nearness | None, density: float | None, led: bool
) -> None:
    told = chain(states, names=("光伏链",) if led else (), leaders=("甲",) if led else ())
    for gap in gaps([told]):
        found = score(gap, near, density)
        assert 0 <= found.total <= 100
        assert all(part.points > 0 for part in found.parts)
        assert bool(found.parts) == (gap.move is not Move.NONE)
        for lang in ("zh", "en"):
            shown = [int(part.rsplit(" ", 1)[1]) for part in parts(found, lang).split(" + ") if part]
            assert sum(shown) == found.total
        high, medium = weights()["high"], weights()["medium"]
        bounds = {Urgency.HIGH: (high, 101), Urgency.MEDIUM: (medium, high), Urgency.LOW: (0, medium)}
        low, top = bounds[found.urgency]
        assert low <= found.total < top


def test_each_reason_adds_to_the_score() -> None:
    (bare,) = [g for g in gaps([chain({"pv.wafer": WEAK, "pv.module": STRONG})]) if g.segment.id == "pv.cell"]
    (led,) = [
        g
        for g in gaps([chain({"pv.wafer": WEAK, "pv.module": STRONG}, names=("光伏",), leaders=("甲",))])
        if g.segment.id == "pv.cell"
    ]
    plain, wide = score(bare), score(led, Nearness.SAME_CITY, 0.6)
    assert [part.key for part in plain.parts] == ["move", "critical", "suppliers", "buyers"]
    assert {part.key for part in wide.parts} - {part.key for part in plain.parts} == {
        "leader", "named", "candidate", "related"
    }  # fmt: skip
    assert plain.total < wide.total
    assert parts(plain, "zh").startswith("补链 30 + 关键环节 20 + 上游有1个环节 3")
    nearest = [score(bare, near).total for near in Nearness]
    assert nearest == sorted(nearest, reverse=True)


def test_more_buyers_count_up_to_a_limit() -> None:
    totals = []
    for count in (1, 3, 9, 90):
        many = {"pv.module": tuple(member(f"厂{i}") for i in range(count))}
        gap = next(g for g in gaps([chain({"pv.module": WEAK}, many)]) if g.segment.id == "pv.cell")
        totals.append(score(gap).total)
    assert totals[0] < totals[1] < totals[2] == totals[3]
