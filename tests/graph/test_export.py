from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
import rdflib
from graph_material import by_name, seeds, small
from pyoxigraph import Dataset, RdfFormat, parse

from kg.errors import StoreError, UsageError
from kg.graph import Graph, write
from kg.graph.export import FORMATS, export
from kg.model import Entity, EntityType

RDF_FORMATS = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}


def exported(path: Path, folder: Path, form: str) -> bytes:
    file = folder / f"graph{FORMATS[form].endings[0]}"
    with Graph.open(path, memory=True) as graph:
        export(graph, file)
    return file.read_bytes()


@pytest.fixture(scope="module")
def two_builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two builds of the same two articles, given in another order; one of them a second generation."""
    folder = tmp_path_factory.mktemp("two")
    readings = [seeds()[0], small()]
    write(readings, by_name(*readings), folder / "one.kg")
    write([small()], by_name(small()), folder / "two.kg")
    write(readings[::-1], by_name(*readings[::-1]), folder / "two.kg")
    return folder / "one.kg", folder / "two.kg"


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_readings_give_the_same_bytes(
    two_builds: tuple[Path, Path], tmp_path: Path, form: str
) -> None:
    one, two = (exported(path, tmp_path, form) for path in two_builds)
    assert one == two and len(one) > 1000


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_the_named_graphs_come_back(small_kg: Path, tmp_path: Path, form: str) -> None:
    with Graph.open(small_kg) as graph:
        expected = Dataset(graph.quads())
    assert Dataset(parse(exported(small_kg, tmp_path, form), format=RDF_FORMATS[form])) == expected


def test_nquads_are_sorted_within_their_graphs_and_no_triple_is_nameless(
    small_kg: Path, tmp_path: Path
) -> None:
    lines = exported(small_kg, tmp_path, "nquads").decode().splitlines()
    graphs = [line.rstrip(" .").rsplit(" ", 1)[1] for line in lines]
    assert graphs == sorted(graphs)
    keyed = list(zip(graphs, lines, strict=True))
    assert keyed == sorted(keyed) and len(set(lines)) == len(lines)


def test_turtle_is_the_union_and_readable_by_rdflib(small_kg: Path, tmp_path: Path) -> None:
    data = rdflib.Graph().parse(data=exported(small_kg, tmp_path, "turtle"), format="turtle")
    with Graph.open(small_kg) as graph:
        (row,) = graph.answer("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")  # type: ignore[misc]
        blank = graph.answer("ASK { ?s ?p ?o FILTER(isBlank(?s)) }")
    assert len(data) == int(row["n"].value)
    assert not blank, "the two sides could not be compared by counting alone"


def test_graphml_has_entities_as_nodes_and_tells_stated_from_derived(small_kg: Path, tmp_path: Path) -> None:
    drawn = nx.parse_graphml(exported(small_kg, tmp_path, "graphml").decode(), force_multigraph=True)
    by_label = {data["label"]: (iri, data) for iri, data in drawn.nodes(data=True)}
    assert set(by_label) == {entity.name for entity in small().entities}
    leader, about = by_label["晶阳硅片项目"]
    assert about["type"] == "Project" and about["status"] == "投产" and about["totalInvestment"] == 890000000
    assert about["segments"] == "硅片(切片)"
    cell = by_label["明光电池片项目"][0]
    edges = {data["property"]: data for data in drawn.get_edge_data(cell, leader).values()}
    assert {name: data["kind"] for name, data in edges.items()} == {"memberUnderLeader": "derived"}
    (chain,) = drawn.get_edge_data(leader, by_label["光伏产业链"][0]).values()
    assert chain["kind"] == "stated" and chain["claims"] == 1 and "链主" in chain["quote"]
    assert not any(data["property"] == "suppliesTo" for _, _, data in drawn.edges(data=True)), "it was denied"


def tables(raw: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in archive.namelist()
        }


def test_tables_hold_every_claim_with_its_names(small_kg: Path, tmp_path: Path) -> None:
    found = tables(exported(small_kg, tmp_path, "csv"))
    assert set(found) == {"entities.csv", "claims.csv", "derived.csv"}
    assert len(found["claims.csv"]) == len(small().claims)
    money = next(row for row in found["claims.csv"] if row["predicate"] == "totalInvestment")
    assert (money["subjectName"], money["object"], money["asPrinted"]) == (
        "晶阳硅片项目",
        "890000000",
        "8.9亿元",
    )
    denied = next(row for row in found["claims.csv"] if row["modality"] == "negated")
    assert (denied["predicateName"], denied["objectName"]) == ("供货给", "晶阳硅片项目")
    zone = next(row for row in found["entities.csv"] if row["type"] == "Zone")
    assert (zone["name"], zone["aliases"], zone["claims"]) == ("云州经济开发区", "云州经开区", "6")
    assert ("晶阳硅片项目", "potentialSupplierOf", "明光电池片项目") in {
        (row["subjectName"], row["property"], row["objectName"]) for row in found["derived.csv"]
    }


def test_hostile_names_do_no_harm_in_any_format(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x","云")\x02<b>&\\" .\n@prefix'
    entities = (*small().entities, Entity("e7", EntityType.FIRM, evil, ("+1+1", "@x")))
    reading = replace(small(), entities=entities)
    write([reading], by_name(reading), tmp_path / "x.kg")
    found = tables(exported(tmp_path / "x.kg", tmp_path, "csv"))
    (row,) = [row for row in found["entities.csv"] if row["type"] == "Firm"]
    assert row["name"] == "'" + evil
    assert row["aliases"].startswith("'+1+1")
    drawn = nx.parse_graphml(exported(tmp_path / "x.kg", tmp_path, "graphml").decode())
    assert evil.replace("\x02", "") in {data["label"] for _, data in drawn.nodes(data=True)}
    for form, parser in RDF_FORMATS.items():
        labels = {
            q.object.value  # type: ignore[union-attr]
            for q in parse(exported(tmp_path / "x.kg", tmp_path, form), format=parser)
            if q.predicate.value.endswith("prefLabel")
        }
        assert evil in labels


def test_a_name_for_the_format_may_be_given(graph: Graph, tmp_path: Path) -> None:
    export(graph, tmp_path / "data.bin", "trig")
    assert (tmp_path / "data.bin").read_bytes().startswith(b"@prefix")


@pytest.mark.parametrize(
    ("file", "form", "says"),
    [
        ("graph.xlsx", None, "cannot tell the format from '.xlsx'"),
        ("graph", None, "no ending"),
        ("graph.csv", None, r"name it graph\.zip"),
        ("graph.nq", "rdfxml", "unknown format 'rdfxml'; formats are nquads"),
    ],
)
def test_an_unknown_format_is_named(
    graph: Graph, tmp_path: Path, file: str, form: str | None, says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        export(graph, tmp_path / file, form)
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_target_leaves_nothing_behind(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "taken.nq").mkdir()
    for target in (tmp_path / "taken.nq", tmp_path / "nowhere" / "x.nq"):
        with pytest.raises(StoreError, match="cannot write the export"):
            export(graph, target)
    assert [entry.name for entry in tmp_path.iterdir()] == ["taken.nq"]


def test_a_failed_export_leaves_the_old_file(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.nq").write_text("old")
    monkeypatch.setattr(
        Graph, "quads", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(StoreError, match="No space left"):
        export(graph, tmp_path / "x.nq")
    assert (tmp_path / "x.nq").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1
