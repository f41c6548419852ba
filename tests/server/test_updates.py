"""Updates: who may, what becomes of them, and that nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from graph_material import by_name, small
from server_material import FORM, TOKEN, Server, start

import kg
from kg.graph import write
from kg.query.results import rows
from kg.server.updating import update

SUBJECT = "<http://example.org/s>"
INSERT = "INSERT DATA { <http://example.org/s> <http://example.org/p> 1 }"
ADDED = "SELECT ?g ?o { GRAPH ?g { <http://example.org/s> <http://example.org/p> ?o } }"
PLAIN = "SELECT ?o { <http://example.org/s> <http://example.org/p> ?o }"
ADDITIONS = "https://w3id.org/lianzhu/id/additions"


def test_without_a_token_of_its_own_a_server_takes_no_update(server: Server) -> None:
    assert server.update(INSERT).status == 403
    assert server("POST", "/sparql", "update=CLEAR%20ALL", content_type=FORM).status == 403


def test_the_token_must_be_given_and_right(writable: Server) -> None:
    for given in ({}, {"authorization": "Basic eDp5"}, {"authorization": f"Bearer {TOKEN}x"}):
        reply = writable("POST", "/sparql", INSERT, content_type="application/sparql-update", **given)
        assert (reply.status, reply.headers["www-authenticate"][:6]) == (401, "Bearer")
        form = writable("POST", "/sparql", "update=CLEAR%20ALL", content_type=FORM, **given)
        assert form.status == 401
    assert TOKEN not in reply.text


def test_what_an_update_writes_is_there_at_once(writable: Server) -> None:
    for i in range(3):
        name = f"<http://example.org/at-once-{i}>"
        assert writable.update(f"INSERT DATA {{ {name} {name} {i} }}").status == 204
        assert writable.query(f"SELECT ?o {{ {name} ?p ?o }}").bindings("o") == {str(i)}


@pytest.mark.parametrize(
    "fetching",
    [
        "LOAD <file:///etc/passwd>",
        "LOAD SILENT <http://127.0.0.1:9/x> INTO GRAPH <http://example.org/g>",
        "PREFIX ex: <http://example.org/> INSERT DATA { ex:a\\# ex:b 1 } ; LOAD <http://127.0.0.1:9/x>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }",
    ],
)
def test_nothing_is_fetched(writable: Server, fetching: str) -> None:
    reply = writable.update(fetching)
    assert (reply.status, "refused" in reply.text) == (400, True)


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Path:
    shutil.copytree(folder, tmp_path / "own.kg")
    return tmp_path / "own.kg"


def told(path: Path, query: str) -> list[tuple[object, ...]]:
    with kg.open(path) as graph:
        return [tuple(row.values()) for row in rows(graph, query)]


def test_what_names_no_graph_goes_into_one_of_its_own_and_can_be_taken_back(own: Path) -> None:
    before = told(own, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    update(own, INSERT, (), (), None)
    assert [row[0] for row in told(own, ADDED)] == [ADDITIONS]
    assert told(own, PLAIN) == [(1,)]
    update(own, INSERT.replace("INSERT", "DELETE"), (), (), None)
    assert told(own, ADDED) == told(own, PLAIN) == []
    assert told(own, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before


def test_what_articles_say_is_deleted_only_by_naming_their_graph(own: Path) -> None:
    leaders = "SELECT ?x { ?c lz:chainLeader ?x }"
    update(own, "DELETE WHERE { ?c lz:chainLeader ?x }", (), (), None)
    assert len(told(own, leaders)) == 1
    update(own, "DELETE WHERE { GRAPH ?g { ?c lz:chainLeader ?x } }", (), (), None)
    assert told(own, leaders) == []


def test_an_update_that_fails_leaves_all_as_it_was(own: Path) -> None:
    with kg.open(own) as graph:
        generation = graph.info()["generation"]
    with pytest.raises(kg.errors.UsageError, match="cannot read the update"):
        update(own, f"{INSERT} ; nonsense", (), (), None)
    with kg.open(own) as graph:
        assert graph.info()["generation"] == generation
    assert told(own, PLAIN) == []


def test_a_build_keeps_the_graphs_that_updates_made(own: Path) -> None:
    update(
        own,
        f"{INSERT} ; INSERT DATA {{ GRAPH <http://example.org/g> {{ {SUBJECT} <http://example.org/p> 2 }} }}",
        (),
        (),
        None,
    )
    write([small()], by_name(small()), own)
    assert sorted(told(own, ADDED)) == [("http://example.org/g", 2), (ADDITIONS, 1)]
    assert sorted(told(own, PLAIN)) == [(1,), (2,)]
    with kg.open(own) as graph:
        assert len(graph.articles()) == 1
        assert graph.info()["quads"] == sum(1 for _ in graph.quads())


def test_a_graph_that_is_built_anew_is_served_without_a_restart(own: Path) -> None:
    running = start(own, workers=2)
    try:
        firms = "SELECT ?f { ?f a lz:Firm }"
        assert len(running.query(firms).bindings("f")) == 1
        assert "险区" in running("GET", "/about").text
        write([small()], by_name(small()), own)
        assert running.query(firms).bindings("f") == set()
        assert "险区" not in running("GET", "/about").text
        shutil.rmtree(own)  # nothing to go over to: it goes on with what it has
        assert len(running.query("SELECT ?z { ?z a lz:Zone }").bindings("z")) == 1
    finally:
        running.stop()


def test_while_a_build_writes_an_update_is_told_to_come_back(writable: Server) -> None:
    from kg.graph import exclusive

    with exclusive(writable.path):  # type: ignore[attr-defined]
        reply = writable.update(INSERT)
    assert (reply.status, reply.headers["retry-after"].isdigit()) == (503, True)
    assert str(writable.path) not in reply.text  # type: ignore[attr-defined]
