"""Three strengths of supply, never mixed."""

from __future__ import annotations

from kg.chains import Landscape
from kg.chains.supplies import Strength, Tie, customers, suppliers
from kg.graph import Graph
from kg.query import find


def told(ties: tuple[Tie, ...], end: str) -> dict[str, list[tuple[str, bool]]]:
    return {s.name: [(getattr(t, end).label, t.denied) for t in ties if t.strength is s] for s in Strength}


def test_suppliers_by_strength(wide: Graph) -> None:
    found = suppliers(Landscape(wide), find(wide, "明光组件厂").iri)
    assert told(found, "supplier") == {
        "STATED": [("晶阳硅片项目", False), ("银山银浆厂", True)],
        "MEMBER": [("晶阳硅片项目", False), ("银山银浆厂", False)],
        "POTENTIAL": [],  # wafers make no module; what a text states or denies is not computed again
    }
    stated, denied, member, _ = found
    assert [e.modality for e in stated.evidence] == ["asserted"] and "suppliesTo" in stated.evidence[0].quote
    assert [e.modality for e in denied.evidence] == ["negated"]
    assert member.via == ("光伏产业链",)
    assert {e.predicate for e in member.evidence} == {"inChain", "chainLeader"}


def test_customers_are_the_other_side(wide: Graph) -> None:
    landscape = Landscape(wide)
    module = find(wide, "明光组件厂").iri
    for label in ("晶阳硅片项目", "银山银浆厂"):
        of = customers(landscape, find(wide, label).iri)
        assert {(t.strength, t.customer.iri) for t in of} >= {
            (Strength.MEMBER, module),
            (Strength.STATED, module),
        }
    assert told(customers(landscape, module), "customer") == {"STATED": [], "MEMBER": [], "POTENTIAL": []}


def test_a_potential_supplier_names_the_segments_and_the_place(graph: Graph) -> None:
    """The crucible project is denied as a supplier of the wafer project: the rest of the chain is not."""
    landscape = Landscape(graph)
    for tie in suppliers(landscape, find(graph, "明光电池片项目").iri):
        if tie.strength is Strength.POTENTIAL:
            assert tie.via == ("云州经济开发区",) and tie.evidence == ()
            assert [(a.id, b.id) for a, b in tie.feeds] == [("pv.wafer", "pv.cell")]
            assert tie.supplier.label == "晶阳硅片项目"
            break
    else:
        raise AssertionError("no potential supplier")
