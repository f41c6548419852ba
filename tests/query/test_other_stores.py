"""The graph in other stores: sent there for real, and asked there what it is asked here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from made import Made
from other_stores import VIRTUOSO, Other, oxigraph, virtuoso
from test_saved import ASKED, SAVED, ask, chance, in_order

import kg
from kg.cli import cli
from kg.errors import StoreError
from kg.graph import Graph
from kg.graph.endpoint import Endpoint
from kg.graph.push import Places, push
from kg.query import describe

# of the sentences that say the same, any may be shown: Virtuoso orders Chinese texts in its own way
ANY_QUOTE = {"members", "unplaced", "signed-not-started"}
STORES = [
    "oxigraph",
    pytest.param("virtuoso", marks=pytest.mark.skipif(not VIRTUOSO, reason="virtuoso-opensource-7 is not installed")),
]  # fmt: skip


@pytest.fixture(scope="module", params=STORES)
def other(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Other]:
    start = {"oxigraph": oxigraph, "virtuoso": virtuoso}[request.param]
    with start(tmp_path_factory.mktemp(request.param)) as running:
        yield running


def sent(graph: Made | Graph, other: Other, update: bool = False) -> tuple[int, int, int]:
    """Push it; how many graphs were sent, kept and removed."""
    done = push(graph, Places.of(other.update if update else other.store), login=other.login)  # type: ignore[arg-type]
    return done.sent, done.kept, done.removed


def as_told(name: str, rows: list[tuple]) -> Counter[tuple]:
    """Rows without what stores are free to choose: their order, and that of names within a cell."""
    return Counter(in_order([row[:-1] if name in ANY_QUOTE else row for row in rows]))


@pytest.mark.parametrize("update", [False, True], ids=["graph store", "update"])
def test_every_question_has_the_same_answer_there(other: Other, update: bool) -> None:
    made = Made(4 + update)
    sent(made, other, update)
    with Endpoint(other.query) as there:
        for name, query in SAVED.items():
            for _ in range(2):
                given = {p.name: value for p in query.parameters if (value := chance(made, p)) is not None}
                here = as_told(name, ask(made, name, **given))
                assert as_told(name, ask(there, name, **given)) == here, (name, given)


def test_a_second_push_sends_what_has_changed(other: Other) -> None:
    made = Made(6)
    graphs = len(made.graphs())
    sent(made, other)
    assert sent(made, other) == (0, graphs, 0)
    first, last = made.articles[0].value, made.articles[-1].value
    made.list = [quad for quad in made.list if quad.graph_name.value != last]  # type: ignore[union-attr]
    made.list.remove(made.quads(first)[0])
    assert sent(made, other) == (1, graphs - 2, 1)
    with Endpoint(other.query) as there:
        count = "SELECT (COUNT(*) AS ?n) { GRAPH <%s> { ?s ?p ?o } }"
        counts = [kg.query.run(there, count % name)[0]["n"] for name in (first, last)]
    assert counts == [len(made.quads(first)), 0]


def test_a_push_that_was_cut_off_goes_on(other: Other, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made(7)
    monkeypatch.setattr("kg.graph.push._NOTE_EVERY", 1)

    def cut(stage: str, done: int, total: int) -> None:
        if stage == "push" and done > total * 0.6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        push(made, Places.of(other.store), login=other.login, progress=cut)  # type: ignore[arg-type]
    more, kept, _ = sent(made, other)
    assert kept > 0 and more > 0 and more + kept == len(made.graphs())


def test_other_graphs_of_the_store_are_left_alone(tmp_path: Path) -> None:
    made = Made(8)
    with oxigraph(tmp_path, "--union-default-graph") as other:
        places = Places.of(other.update)
        with Endpoint(other.query) as there:
            import requests

            requests.post(other.update, {"update": "INSERT DATA { GRAPH <urn:x> { <urn:a> <urn:b> 1 } }"})
            done = push(made, places)  # type: ignore[arg-type]
            assert done.union == "of the store"
            assert there.answer("ASK { GRAPH <urn:x> { <urn:a> <urn:b> 1 } }")
    with oxigraph(tmp_path) as other:
        requests.post(other.update, {"update": "INSERT DATA { <urn:a> <urn:b> 1 }"})
        with pytest.raises(StoreError, match="the default graph holds other triples"):
            push(made, Places.of(other.store))  # type: ignore[arg-type]


def test_the_commands_work_on_it(other: Other, seeds_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    login = other.login
    if login is not None:
        monkeypatch.setenv("LIANZHU_USER", login.user or "")
        monkeypatch.setenv("LIANZHU_PASSWORD", login.password or "")

    def run(*args: str) -> str:
        result = CliRunner().invoke(cli, args)
        assert result.exit_code == 0, result.output
        return result.stdout

    pushed = run("--kg", str(seeds_path), "push", other.store)
    assert other.query in pushed
    monkeypatch.setenv("LIANZHU_KG", str(seeds_path))
    for line in (
        ["query", "coverage", "-p", "zone=左云经开区", "--format", "csv"],
        ["show", "左云经开区", "--json"],
        ["gaps", "--zone", "左云经开区"],
    ):
        assert run(*line, "--endpoint", other.query) == run(*line), line


def test_in_python(other: Other, seeds: Graph) -> None:
    sent(seeds, other)
    with kg.connect(other.query) as there:
        for name, ways in ASKED.items():
            assert as_told(name, ask(there, name, **ways[0])) == as_told(name, ask(seeds, name, **ways[0])), (
                name
            )
        assert describe(there, "左云经开区") == describe(seeds, "左云经开区")
        assert there.info()["articles"] == seeds.info()["articles"]
        assert there.info()["entities"] == seeds.info()["entities"]
        assert there.query("CONSTRUCT { ?z a lz:Zone } WHERE { ?z a lz:Zone }").variables[0] == "subject"
        assert bool(there.query("ASK { ?z a lz:Zone }")) and not there.query("ASK { ?z a lz:None }")
