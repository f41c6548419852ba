"""Each saved question on the seeds, answered a second time in plain Python."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from plain import Plain

from kg.errors import DataError, UsageError
from kg.graph import Graph, write
from kg.link import link
from kg.query import describe, find, run, saved_queries
from kg.query.saved import FOLDER, load, parse
from kg.settings import Settings

SAVED = saved_queries()
ZONES = [None, "左云经开区", "左云县", "大同市", "山西综改示范区", "太原市"]


def ask(graph: Graph, name: str, **params: str | None) -> list[tuple]:
    given = {key: value for key, value in params.items() if value is not None}
    return list(run(graph, SAVED[name], given).rows)


def iri(graph: Graph, name: str | None) -> str | None:
    return find(graph, name).iri if name else None


def test_every_saved_question_has_a_test_here() -> None:
    tested = {name.removeprefix("test_").replace("_", "-") for name in globals() if name.startswith("test_")}
    assert tested >= SAVED.keys()


@pytest.mark.parametrize("zone", ZONES)
def test_leaders(seeds: Graph, plain: Plain, zone: str | None) -> None:
    where = iri(seeds, zone)
    wanted = set()
    for chain, leader in plain.pairs("chainLeader"):
        containers = plain("chainIn", chain)
        members = {m for m, c in plain.pairs("inChain") if c == chain} - {leader}
        for container in containers or {None}:
            if where is None or (container and where in plain.around(container)):
                place = plain.label[container] if container else None
                wanted.add((place, plain.label[chain], plain.label[leader], len(members)))
    found = ask(seeds, "leaders", zone=zone)
    assert sorted(map(repr, found)) == sorted(map(repr, wanted))
    assert len(found) >= 3 or zone in ("山西综改示范区", "太原市")


@pytest.mark.parametrize("zone", ZONES)
def test_members(seeds: Graph, plain: Plain, zone: str | None) -> None:
    where = iri(seeds, zone)
    found = ask(seeds, "members", zone=zone)
    quotes: dict[tuple[str, str], set[str]] = {}
    for claim in plain.claims("inChain"):
        if claim["modality"] == "asserted":
            quotes.setdefault((claim["object"], claim["subject"]), set()).add(claim["quote"])
    wanted = {
        (plain.label[chain], plain.label[member], _phases(plain, member), _most(plain, member), min(said))
        for (chain, member), said in quotes.items()
        if where is None or plain.inside(plain("chainIn", chain), where)
    }
    assert {(c, m, _each(p), i, q) for c, m, p, i, q in found} == wanted
    assert len(found) == len(wanted)
    assert found == sorted(found, key=lambda row: row[:2])


def test_members_of_one_chain(seeds: Graph) -> None:
    chain = ask(seeds, "members", chain="食品加工产业链")
    assert chain == [row for row in ask(seeds, "members") if row[0] == "食品加工产业链"]
    assert len(chain) >= 4


@pytest.mark.parametrize("zone", ZONES)
def test_projects(seeds: Graph, plain: Plain, zone: str | None) -> None:
    where = iri(seeds, zone)
    wanted = Counter(
        (
            plain.label[place] if place else None,
            plain.label[project],
            frozenset(plain.names(plain("developedBy", project))),
            _phases(plain, project),
            _most(plain, project),
        )
        for project in plain.a("Project")
        for place in plain("locatedIn", project) or {None}
        if where is None or (place and where in plain.around(place))
    )
    found = ask(seeds, "projects", zone=zone)
    assert Counter((z, n, _each(d), _each(p), i) for z, n, d, p, i in found) == wanted
    for _, _, developers, _, _ in found:
        assert developers is None or developers.split("、") == sorted(developers.split("、"))
    assert len(found) > 10 or zone == "太原市"


def _each(joined: str | None) -> frozenset[str]:
    return frozenset(joined.split("、") if joined else ())


def _phases(plain: Plain, project: str) -> frozenset[str]:
    return frozenset(plain.names(plain("status", project)))


def _most(plain: Plain, project: str) -> int | None:
    money = [Decimal(value) for value in plain("totalInvestment", project)]
    return int(max(money)) if money else None


@pytest.mark.parametrize("least", [None, 1, 2, 3])
def test_same_industry(seeds: Graph, plain: Plain, least: int | None) -> None:
    zones = plain.a("Zone") | plain.a("Park")
    led: dict[str, set[str]] = {}
    for zone, industry in plain.pairs("leadingIndustry"):
        if zone in zones:
            led.setdefault(industry, set()).add(zone)
    wanted = {
        (plain.label[industry], len(there), "、".join(sorted(plain.names(there))))
        for industry, there in led.items()
        if len(there) >= (2 if least is None else least)
    }
    found = ask(seeds, "same-industry", min=None if least is None else str(least))
    assert set(found) == wanted
    assert [n for _, n, _ in found] == sorted((n for _, n, _ in found), reverse=True)


@pytest.mark.parametrize("zone", ["左云经开区", "左云开发区", "左云县"])
def test_segments_without_evidence(seeds: Graph, plain: Plain, zone: str) -> None:
    where = find(seeds, zone).iri
    templates = {
        t for c in plain.triples["chainIn"] if where in plain("chainIn", c) for t in plain("follows", c)
    }
    wanted = set()
    for segment, template in plain.pairs("http://www.w3.org/2004/02/skos/core#inScheme"):
        if template in templates and segment not in plain("hasSegment", where):
            (tier,) = plain.names(plain("tier", segment))
            critical = {"true": True, "false": False}[min(plain("critical", segment))]
            wanted.add((plain.label[template], tier, plain.label[segment], critical))
    found = ask(seeds, "segments-without-evidence", zone=zone)
    assert set(found) == wanted
    assert len(found) == len(wanted)
    tiers = [row[1] for row in found if row[0] == found[0][0]] if found else []
    assert tiers == sorted(tiers, key=["上游", "中游", "下游"].index)
    assert found or zone == "左云县"


@pytest.mark.parametrize("zone", [None, "山西综改示范区", "左云县"])
def test_signed_not_started(seeds: Graph, plain: Plain, zone: str | None) -> None:
    where = iri(seeds, zone)
    begun = {"started", "underConstruction", "trialProduction", "inProduction", "fullCapacity"}
    told: dict[str, list[dict[str, str]]] = {}
    for claim in plain.claims("status"):
        if claim["object"] == "signed" and claim["modality"] == "asserted":
            told.setdefault(claim["subject"], []).append(claim)
    wanted = set()
    for project, claims in told.items():
        if {phase.removeprefix(plain.base) for phase in plain("status", project)} & begun:
            continue
        for place in plain("locatedIn", project) or {None}:
            if where is None or (place and where in plain.around(place)):
                dates = [claim["date"] for claim in claims if "date" in claim]
                quote = min(claim["quote"] for claim in claims)
                name = plain.label[place] if place else None
                wanted.add((plain.label[project], name, max(dates, default=None), quote))
    found = ask(seeds, "signed-not-started", zone=zone)
    assert set(found) == wanted
    assert len(found) == len(wanted)


@pytest.mark.parametrize("firm", [None, "耀邦年产7400辆作业类专用汽车及环卫装备制造项目", "耀邦"])
def test_suppliers(seeds: Graph, plain: Plain, firm: str | None) -> None:
    customer = iri(seeds, firm)
    strengths = {"suppliesTo": "stated", "memberUnderLeader": "member", "potentialSupplierOf": "potential"}
    wanted = Counter(
        (strength, plain.label[a], plain.label[b])
        for predicate, strength in strengths.items()
        for a, b in plain.pairs(predicate)
        if customer in (None, b)
    )
    found = ask(seeds, "suppliers", firm=firm)
    assert Counter(found) == wanted
    order = [list(strengths.values()).index(row[0]) for row in found]
    assert order == sorted(order)


@pytest.mark.parametrize("below", [None, "0.65", "0.9"])
def test_doubtful(seeds: Graph, plain: Plain, below: str | None) -> None:
    limit = Decimal(below or "0.6")
    sure = sorted(
        Decimal(value)
        for claim in plain.a("Claim")
        for value in plain("confidence", claim)
        if Decimal(value) < limit
    )
    found = ask(seeds, "doubtful", below=below)
    assert [row[0] for row in found] == sure[:50]
    assert all(all(cell is not None for cell in row) for row in found)


# --- giving parameters ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "alias", ["左云经开区", "左云开发区", "左云经济技术开发区", " 左云 经开区", "zone/左云经济技术开发区"]
)
def test_a_zone_by_any_of_its_names(seeds: Graph, alias: str) -> None:
    assert ask(seeds, "projects", zone=alias) == ask(seeds, "projects", zone=find(seeds, "左云经开区").iri)


def test_saved_questions_move_with_the_ids_of_a_graph(seeds: Graph, tmp_path: Path) -> None:
    """The files are written in the default IRIs; a graph may have others."""
    moved = Settings(ontology_base="https://example.org/terms/", id_base="https://example.org/id/")
    readings = list(seeds.readings())
    write(readings, link(readings), tmp_path / "moved.kg", moved)
    with Graph.open(tmp_path / "moved.kg") as graph:
        for name in SAVED:
            params = {"zone": "左云经开区"} if name == "segments-without-evidence" else {}
            assert ask(graph, name, **params) == ask(seeds, name, **params)
        there, here = describe(graph, "左云经开区"), describe(seeds, "左云经开区")
        for name in ("predicate", "concept", "object_label", "modality", "indicator", "printed"):
            assert [getattr(f, name) for f in there.stated] == [getattr(f, name) for f in here.stated]
        assert len(there.derived) == len(here.derived) > 0


@pytest.mark.parametrize("name", SAVED)
def test_a_saved_question_is_sparql_of_its_own(name: str) -> None:
    """It may be carried to another program: its prefixes are declared, and only those that it uses."""
    text = (FOLDER / f"{name}.rq").read_text(encoding="utf-8")
    ox.Store().query(text)
    for line in text.splitlines():
        if line.startswith("PREFIX"):
            prefix = line.split()[1]
            assert text.count(prefix) > 1, f"{prefix} is not used"


def test_ones_own_questions_come_after_and_instead(tmp_path: Path) -> None:
    head = "# zh: 问\n# en: ask\n"
    (tmp_path / "mine.rq").write_text(head + "SELECT * {}", encoding="utf-8")
    (tmp_path / "leaders.rq").write_text(head + "SELECT ?x {}", encoding="utf-8")
    both = saved_queries([tmp_path])
    assert both.keys() == SAVED.keys() | {"mine"}
    assert both["leaders"].en == "ask"
    with pytest.raises(UsageError, match="holds no saved queries"):
        saved_queries([tmp_path / "none"])


def test_a_head_is_read(tmp_path: Path) -> None:
    query = parse(
        "# zh: 问\n# param zone entity: 开发区 / zone\n# param least decimal 0.5: 最少\n# param n integer?: 几个\n"
        "SELECT * {\n# values\n}",
        "mine",
    )
    assert [p.usage for p in query.parameters] == ["zone=…", "[least=0.5]", "[n=…]"]
    assert (query.zh, query.en) == ("问", "")
    (tmp_path / "half.rq").write_text(query.sparql, encoding="utf-8")
    with pytest.raises(DataError, match="needs a '# zh:' and an '# en:' line"):
        load(tmp_path / "half.rq")


def test_values_of_every_kind(seeds: Graph) -> None:
    query = parse(
        "# param zone entity?: z\n# param word text?: w\n# param least decimal?: l\n# param n integer?: n\n"
        "SELECT ?zone ?word ?least ?n {\n  # values\n}",
        "echo",
    )
    given = {"zone": "左云经开区", "word": 'a"b\\ } UNION {', "least": "8.9e8", "n": "7"}
    (row,) = run(seeds, query, given)
    assert row == {"zone": find(seeds, "左云经开区").iri, "word": given["word"], "least": 890_000_000, "n": 7}
    assert list(run(seeds, query)) == [dict.fromkeys(("zone", "word", "least", "n"))]
