"""What a page starts with, and where it stands."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.explore.content import Content, Link, content
from kg.explore.layout import BREAK, COLUMN, ROW, arrange
from kg.explore.start import FEW, MOST, Branch, Starts
from kg.graph import Graph
from kg.query.facts import Thing

ORDER = ("chainLeader", "inChain", "chainIn", "locatedIn", "cooperatesWith")


def made(links: list[tuple[str, str, str]], states: dict[str, str] | None = None) -> Content:
    """A content of things named by kind and number (`Zone1`) and stated links between them."""
    names = sorted({n for s, _, t in links for n in (s, t)} | set(states or ()))
    things = {n: Thing(n, n.rstrip("0123456789"), n) for n in names}
    return Content(things, [], [Link(s, t, p, "stated") for s, p, t in links], states or {}, {})


def chain(zone: str, name: str, members: int, offset: int = 0) -> list[tuple[str, str, str]]:
    inside = [(f"Firm{offset + i}", "inChain", name) for i in range(members)]
    return [(name, "chainIn", zone), (name, "chainLeader", f"Firm{offset}"), *inside]


def start(found: Content, focus: str | None = None) -> list[str]:
    return list(Starts(found, ORDER).start(focus) or ())


def test_without_a_focus_it_is_the_zone_with_most_chain_members() -> None:
    found = made(
        chain("Zone1", "Chain1", 3) + chain("Zone2", "Chain2", 7, 10) + chain("Place1", "Chain3", 9, 20)
    )
    shown = start(found)
    assert shown[0] == "Zone2"
    assert shown[1:3] == ["Chain2", "Firm10"]  # the leader first
    assert "Chain1" not in shown


def test_members_stand_in_the_order_of_their_progress() -> None:
    states = {"Project1": "planned", "Project2": "producing", "Project3": "untold", "Project4": "building"}
    found = made([(p, "inChain", "Chain1") for p in states] + [("Chain1", "chainIn", "Zone1")], states)
    assert start(found) == ["Zone1", "Chain1", "Project2", "Project4", "Project1", "Project3"]


def test_without_chains_it_is_what_is_linked_best() -> None:
    found = made([(f"Firm{i}", "locatedIn", "Place1") for i in range(5)])
    assert start(found)[0] == "Place1"
    assert len(start(found)) == 6


def test_an_empty_graph_has_no_start() -> None:
    assert Starts(made([]), ORDER).start() is None


def test_a_thing_alone_is_its_own_start() -> None:
    assert start(made([], {"Project1": "untold"}), "Project1") == ["Project1"]


def test_a_start_is_never_the_whole_of_a_large_graph() -> None:
    links = [one for n in range(12) for one in chain("Zone1", f"Chain{n}", 30, 100 * n)]
    links += [(f"Firm{i}", "locatedIn", "Zone1") for i in range(5000, 5400)]
    shown = start(made(links))
    assert len(shown) == len(set(shown)) <= MOST
    assert len(start(made(links), "Firm5000")) == 2


def test_a_small_start_is_filled_up_with_neighbours() -> None:
    links = chain("Zone1", "Chain1", 2) + [(f"Project{i}", "locatedIn", "Zone1") for i in range(90)]
    assert len(start(made(links))) == FEW


def test_a_firm_in_two_chains_stands_once() -> None:
    found = made([*chain("Zone1", "Chain1", 3), *chain("Zone1", "Chain2", 4)])
    shown = start(found)
    assert len(shown) == len(set(shown)) == 7


def test_the_seeds_start_with_the_four_chains_of_a_zone(opened: dict[str, Graph]) -> None:
    found = content(opened["seeds"])
    tree = Starts(found, ORDER).start()
    assert tree is not None
    assert found.things[tree.iri].label == "左云经济技术开发区"
    sizes = {found.things[c.iri].label: len(c.children) for c in tree.children if c.children}
    assert sizes == {"煤化工精细化工产业链": 9, "装备制造产业链": 8, "新能源产业链": 6, "食品加工产业链": 4}
    first = {found.things[c.iri].label: found.things[c.children[0].iri].label for c in tree.children}
    assert first["新能源产业链"] == "联合光伏"


@st.composite
def trees(draw: st.DrawFn) -> Branch:
    """Trees of up to three levels, every thing named once."""
    sizes = draw(st.lists(st.integers(0, 6), max_size=9))
    twigs = draw(st.lists(st.integers(0, 3), min_size=60, max_size=60))
    branches = []
    for n, size in enumerate(sizes):
        leaves = tuple(
            Branch(f"{n}.{i}", tuple(Branch(f"{n}.{i}.{j}") for j in range(twigs[6 * n + i])))
            for i in range(size)
        )
        branches.append(Branch(str(n), leaves))
    return Branch("root", tuple(branches))


def leaves_of(tree: Branch) -> list[Branch]:
    return [leaf for child in tree.children for leaf in leaves_of(child)] or [tree]


@given(trees(), st.sampled_from([1, 2]))
def test_everything_has_a_spot_and_no_two_share_a_row_of_a_column(tree: Branch, sides: int) -> None:
    spots = arrange(tree, sides=sides)
    assert sorted(spots) == sorted(tree)
    rows = sorted((s.x > 0, s.y) for leaf in leaves_of(tree) if (s := spots[leaf.iri]).x)
    apart = [b[1] - a[1] for a, b in pairwise(rows) if a[0] == b[0]]
    assert all(gap >= ROW - 0.1 for gap in apart)
    columns: dict[float, list[float]] = {}
    for spot in spots.values():
        columns.setdefault(spot.x, []).append(spot.y)
    for ys in columns.values():
        assert len(set(ys)) == len(ys)


@given(trees(), st.sampled_from([1, 2]))
def test_parents_stand_amid_their_children_a_column_further_in(tree: Branch, sides: int) -> None:
    spots = arrange(tree, sides=sides)

    def check(branch: Branch) -> None:
        for child in branch.children:
            assert abs(spots[child.iri].x) == abs(spots[branch.iri].x) + COLUMN
            check(child)
        if branch.children and branch is not tree:
            ys = [spots[c.iri].y for c in branch.children]
            assert abs(spots[branch.iri].y - (ys[0] + ys[-1]) / 2) <= 0.1

    check(tree)


@given(trees())
def test_both_sides_hold_about_as_many_rows(tree: Branch) -> None:
    spots = arrange(tree, sides=2)
    right, left = (
        sum(len(leaves_of(b)) for b in tree.children if spots[b.iri].x * way > 0) for way in (1, -1)
    )
    largest = max((len(leaves_of(b)) for b in tree.children), default=0)
    assert abs(right - left) <= largest


def test_one_side_reads_in_the_order_given() -> None:
    tree = Branch("r", (Branch("a", (Branch("a1"), Branch("a2"))), Branch("b")))
    spots = arrange(tree, sides=1)
    assert [spots[i].y - spots["a1"].y for i in ("a1", "a2", "b")] == [0, ROW, 2 * ROW + BREAK]
    assert spots["r"].y == 0
