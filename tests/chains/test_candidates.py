"""Who elsewhere could fill a gap, nearest first."""

from __future__ import annotations

from itertools import product

import pytest

from kg.chains import Landscape, candidates
from kg.chains.places import Nearness, nearness, neighbours
from kg.graph import Graph
from kg.query import find


def test_candidates_come_nearest_first_and_what_stands_still_last(wide: Graph) -> None:
    here = find(wide, "云州经济开发区").iri
    found = candidates(Landscape(wide), "pv.cell", here)
    assert [(c.member.label, c.near.name, c.home.label if c.home else None) for c in found] == [
        ("雁州电池片项目", "SAME_CITY", "雁州高新技术产业开发区"),
        ("南州电池片项目", "SAME_PROVINCE", "南州经济开发区"),
        ("河口电池片项目", "NEIGHBOUR", "河口经济开发区"),
        ("远海电池片项目", "FAR", "远海经济开发区"),
        ("无名电池片项目", "UNKNOWN", None),
        ("雁北电池片项目", "SAME_CITY", "雁州高新技术产业开发区"),
    ]


def test_nobody_is_a_candidate_where_it_is(wide: Graph) -> None:
    landscape = Landscape(wide)
    for zone, name in (("远海经济开发区", "远海电池片项目"), ("河口市", "河口电池片项目")):
        labels = [c.member.label for c in candidates(landscape, "pv.cell", find(wide, zone).iri)]
        assert name not in labels and len(labels) == 5


def test_borders_stand_on_both_sides_and_every_province_is_there() -> None:
    beside = neighbours()
    assert len(beside) == 34
    assert all(a in beside[b] for a in beside for b in beside[a])
    assert all(a not in beside[a] for a in beside)


@pytest.mark.parametrize(
    ("here", "there", "near"),
    [
        ("140226", "140200", Nearness.SAME_CITY),
        ("110105", "110228", Nearness.SAME_CITY),
        ("140226", "140000", Nearness.SAME_PROVINCE),
        ("429004", "429005", Nearness.SAME_PROVINCE),  # counties right under a province are no city
        ("140226", "130100", Nearness.NEIGHBOUR),
        ("140226", "440300", Nearness.FAR),
        ("", "440300", Nearness.UNKNOWN),
    ],
)
def test_how_near_two_places_are(here: str, there: str, near: Nearness) -> None:
    one, other = (frozenset({code} - {""}) for code in (here, there))
    assert nearness(one, other) is near
    assert nearness(other, one) is near


def test_the_nearest_of_several_places_counts() -> None:
    several = frozenset({"440300", "140200"})
    assert nearness(frozenset({"140226"}), several) is Nearness.SAME_CITY
    for one, other in product(Nearness, repeat=2):
        assert (one < other) == (list(Nearness).index(one) < list(Nearness).index(other))
