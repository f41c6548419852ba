"""The ledger of projects, and the rates against a plain telling of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from chain_material import World
from hypothesis import given
from hypothesis import strategies as st

from kg.chains import Landscape
from kg.chains.ledger import Entry, Event, ledger
from kg.chains.rates import rates
from kg.graph import Graph
from kg.model import Concept, Modality, Ref
from kg.query import find

PHASES = (
    "planned",
    "signed",
    "started",
    "underConstruction",
    "trialProduction",
    "inProduction",
    "fullCapacity",
)
STARTED, PRODUCING = set(PHASES[2:]), set(PHASES[5:])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    world = World()
    zone = world.zone("云州经济开发区", "云州县")
    pv = world.chain("光伏产业链", zone)
    one = world.project("晶阳硅片项目", zone, money=890_000_000)
    world.say(one, "inChain", Ref(pv))
    world.say(one, "status", Concept("signed"), date="2023-05")
    world.say(one, "status", Concept("inProduction"), date="2024-03")
    world.say(one, "status", Concept("fullCapacity"), modality=Modality.EXPECTED, date="2025")
    world.say(one, "totalInvestment", Decimal(1_200_000_000), unit="CNY", printed="12亿元")
    world.say(one, "landArea", Decimal(100_000), unit="m2")
    world.say(one, "capacity", Decimal(5), unit="GW/a", product="硅片", printed="5GW")
    world.say(one, "developedBy", Ref(world.project("晶阳公司", None, firm=True)))
    other = world.project("明光组件厂", zone)
    world.say(other, "status", Concept("started"), date="2024-01")
    world.say(other, "status", Concept("suspended"), date="2024-06")
    denied = world.project("银山银浆厂", zone)
    world.say(denied, "status", Concept("inProduction"), modality=Modality.NEGATED)
    return world.write(tmp_path_factory.mktemp("ledger") / "one.kg")


@pytest.fixture
def entries(folder: Path) -> Iterator[dict[str, Entry]]:
    with Graph.open(folder, memory=True) as graph:
        yield {entry.label: entry for entry in ledger(Landscape(graph))}


def test_phases_stand_with_their_dates_and_hopes_apart(entries: dict[str, Entry]) -> None:
    one = entries["晶阳硅片项目"]
    assert one.events == (Event("signed", "2023-05"), Event("inProduction", "2024-03"))
    assert one.expected == (Event("fullCapacity", "2025"),)
    assert (one.phase, one.year) == ("inProduction", "2023")


def test_a_project_that_stopped_last_stands_still(entries: dict[str, Entry]) -> None:
    assert entries["明光组件厂"].phase == "suspended"


def test_what_is_denied_never_happened(entries: dict[str, Entry]) -> None:
    denied = entries["银山银浆厂"]
    assert (denied.events, denied.expected, denied.phase) == ((), (), "")


def test_figures_makers_segments_and_where_texts_disagree(entries: dict[str, Entry]) -> None:
    one = entries["晶阳硅片项目"]
    assert one.investment == Decimal(1_200_000_000)
    assert one.land == Decimal(100_000)
    assert one.capacity == ("硅片5GW",)
    assert one.developers == ("晶阳公司",)
    assert one.chains == ("光伏产业链",)
    assert one.segments == ("pv.wafer",)
    (conflict,) = one.conflicts
    assert conflict.predicate == "totalInvestment"
    assert [value.partition("（")[0] for value in conflict.values] == ["890000000", "12亿元"]


def test_the_ledger_of_a_place_holds_what_lies_in_it(folder: Path) -> None:
    with Graph.open(folder, memory=True) as graph:
        landscape = Landscape(graph)
        names = ["云州经济开发区", "云州县"]
        held = [[e.label for e in ledger(landscape, find(graph, name).iri)] for name in names]
        assert held == [["明光组件厂", "晶阳硅片项目", "银山银浆厂"]] * 2


def entry(i: int, homes: frozenset[str], phases: dict[str, str], money: int | None) -> Entry:
    events = tuple(Event(p, phases[p]) for p in PHASES if p in phases)
    amount = None if money is None else Decimal(money)
    return Entry(
        f"x:{i}", f"{i}", homes, (), (), (), amount, None, None, None, (), None, None, None, "", events, (), "", ()
    )  # fmt: skip


ENTRIES = st.lists(
    st.tuples(
        st.frozensets(st.sampled_from(["甲", "乙", "丙"])),
        st.dictionaries(st.sampled_from(PHASES), st.sampled_from(["", "2022", "2023-05", "2024-01-02"])),
        st.none() | st.integers(1, 1000),
    ),
    max_size=12,
)


@given(ENTRIES)
def test_rates(told: list[tuple[frozenset[str], dict[str, str], int | None]]) -> None:
    found = {
        (r.place, r.year): r for r in rates([entry(i, *one) for i, one in enumerate(told)], ["甲", "乙"])
    }
    for place in ("甲", "乙"):
        for year in ("", "2022", "2023", "2024"):
            inside = [
                (set(phases), money)
                for homes, phases, money in told
                if place in homes and min((d[:4] for d in phases.values() if d), default="") == year
            ]
            signed = [one for one in inside if "signed" in one[0]]
            started = [one for one in inside if one[0] & STARTED]
            if not signed and not started:
                assert (place, year) not in found
                continue
            told_rates = found.pop((place, year))
            for step, before, after in (
                (told_rates.signed, signed, STARTED),
                (told_rates.started, started, PRODUCING),
            ):
                came = [one for one in before if one[0] & after]
                assert (step.of, step.came) == (len(before), len(came))
                assert step.rate == (len(came) / len(before) if before else None)
                whole = sum(money or 0 for _, money in before)
                part = sum(money or 0 for _, money in came)
                assert step.value_rate == (pytest.approx(part / whole) if whole else None)
                assert step.valued == sum(money is not None for _, money in before)
    assert not found
