"""Whatever happens to a build, the graph that was there, or the new one, opens whole."""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from graph_crashes import DIED, REFUSED, build, build_until, count, second, start
from graph_material import by_name, small

from kg.errors import DataError, StoreError
from kg.graph import Graph, Pool, exclusive, known_sources, write
from kg.graph.store import FORMAT, drafting, hold, read_manifest
from kg.graph.validation import validate
from kg.model import Source


def articles(path: Path) -> list[str]:
    """The articles of a graph that is whole: everything in it can be read and keeps the contract."""
    with Graph.open(path, memory=True) as graph:
        assert len(list(graph.quads())) == graph.info()["quads"]
        assert len(list(graph.readings())) == graph.info()["articles"]
        graph.rejected()
        graph.decisions()
        return [iri.rpartition("/")[2] for iri in graph.articles()]


@pytest.fixture
def kg(small_kg: Path, tmp_path: Path) -> Path:
    """A graph of one article that a test may write to."""
    return Path(shutil.copytree(small_kg, tmp_path / "x.kg"))


# --- crashes -------------------------------------------------------------------------------------------

# the step at which the build dies (which call of it, before or after), and what is there then
DEATHS = [
    ("kg.graph.build:Changing", 1, "after", ["云州"]),
    ("kg.graph.build:Articles", 1, "before", ["云州"]),
    ("kg.graph.articles:resolve", 2, "before", ["云州"]),
    ("kg.graph.build:Deriver", 1, "before", ["云州"]),
    ("kg.graph.readings:save", 1, "before", ["云州"]),
    ("kg.graph.readings:save", 2, "after", ["云州"]),
    ("kg.graph.build:Manifest", 1, "before", ["云州"]),
    ("kg.graph.store:_sync", 3, "before", ["云州"]),
    ("kg.graph.store:replace_file", 1, "before", ["云州"]),
    ("kg.graph.store:replace_file", 1, "after", ["云州", "云州二"]),
    ("shutil:rmtree", 1, "before", ["云州", "云州二"]),
    ("os:unlink", 4, "after", ["云州", "云州二"]),
]


@pytest.mark.parametrize(
    ("step", "at", "when", "there"), DEATHS, ids=[" ".join(map(str, d[:3])) for d in DEATHS]
)
def test_a_build_that_dies_leaves_the_old_graph_or_the_new_one(
    kg: Path, step: str, at: int, when: str, there: list[str]
) -> None:
    assert build(kg, step, at, when) == DIED
    assert articles(kg) == there


def test_the_next_build_clears_away_what_dead_ones_left(kg: Path) -> None:
    for step in ("kg.graph.build:Manifest", "shutil:rmtree"):
        assert build(kg, step) == DIED
    assert len(list((kg / "generations").iterdir())) == 2
    write([small()], by_name(small()), kg)
    assert articles(kg) == ["云州"]
    assert len(list((kg / "generations").iterdir())) == 1


def test_a_first_build_that_dies_leaves_no_graph_and_does_not_stand_in_the_way(tmp_path: Path) -> None:
    kg = tmp_path / "x.kg"
    assert build(kg, "kg.graph.store:replace_file") == DIED
    with pytest.raises(StoreError, match="not a graph"):
        Graph.open(kg)
    write([small()], by_name(small()), kg)
    assert articles(kg) == ["云州"]


def test_a_build_that_dies_anywhere_on_its_way(kg: Path, tmp_path: Path) -> None:
    """At the nth call of a function of the packages that write, for n all along a build."""
    calls = count(Path(shutil.copytree(kg, tmp_path / "counted.kg")))
    assert calls > 500
    seen = []
    for share in range(1, 9):
        assert build_until(kg, calls * share // 9) == DIED
        seen.append(articles(kg))
    assert seen[0] == ["云州"]
    assert all(there in (["云州"], ["云州", "云州二"]) for there in seen)


def test_a_build_killed_at_any_moment(kg: Path) -> None:
    """SIGKILL after so many seconds, wherever that hits."""
    for wait in (0.1, 0.4, 0.8):
        process = start(kg)
        time.sleep(wait)
        process.kill()
        process.join()
        assert articles(kg) in (["云州"], ["云州", "云州二"])


def test_a_build_that_fails_leaves_the_old_graph_and_no_rubbish(
    kg: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = sorted(str(file) for file in kg.rglob("*"))
    monkeypatch.setattr("kg.graph.readings.save", full)
    with pytest.raises(StoreError, match="cannot write the graph: No space left on device"):
        write([second()], by_name(second()), kg)
    assert sorted(str(file) for file in kg.rglob("*")) == before
    assert articles(kg) == ["云州"]
    with pytest.raises(StoreError):
        write([second()], by_name(second()), kg.with_name("new.kg"))
    assert not kg.with_name("new.kg").exists()


# --- several at once -----------------------------------------------------------------------------------


def test_a_second_build_at_once_is_told_plainly(kg: Path) -> None:
    with exclusive(kg):
        assert build(kg) == REFUSED
        write([second()], by_name(second()), kg)  # the holder itself may write
    assert articles(kg) == ["云州二"]


def test_a_lock_left_by_a_dead_build_does_not_hold(kg: Path) -> None:
    assert build(kg, "kg.graph.build:Deriver") == DIED
    assert (kg / ".lock").exists()
    with exclusive(kg):
        pass


def test_who_reads_is_not_disturbed_by_a_build(kg: Path) -> None:
    with Graph.open(kg) as reader:
        write([second()], by_name(second()), kg)
        assert len(list(reader.quads())) == reader.info()["quads"]
        assert [r.article.id for r in reader.readings()] == ["云州"]
        assert validate(reader) == ()
        assert len(list((kg / "generations").iterdir())) == 2
    write([second()], by_name(second()), kg)
    assert len(list((kg / "generations").iterdir())) == 1


def test_opening_survives_a_swap_between_its_steps(kg: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import kg.graph.store as store

    old, real = read_manifest(kg), store.read_manifest
    write([second()], by_name(second()), kg)
    answers = iter([old])
    monkeypatch.setattr(store, "read_manifest", lambda path: next(answers, None) or real(path))
    held = hold(kg)
    assert held.manifest.generation == old.generation + 1
    held.release()


# --- folders that are no graph -------------------------------------------------------------------------


def one_line(error: pytest.ExceptionInfo[StoreError], *says: str) -> None:
    text = str(error.value)
    assert "\n" not in text
    for said in says:
        assert said in text


def test_a_folder_that_is_no_graph(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Graph.open(tmp_path / "none.kg")
    one_line(caught, "none.kg: no such graph", "build SOURCE")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_text("years of work")
    with pytest.raises(StoreError) as caught:
        Graph.open(tmp_path / "mine")
    one_line(caught, "not a graph")
    with pytest.raises(StoreError) as caught:
        write([small()], by_name(small()), tmp_path / "mine")
    one_line(caught, "holds other things than a graph")
    assert (tmp_path / "mine" / "thesis.docx").read_text() == "years of work"
    assert len(list((tmp_path / "mine").iterdir())) == 1


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    file = tmp_path / "x.kg"
    file.write_text("mine")
    with pytest.raises(StoreError) as caught:
        Graph.open(file)
    one_line(caught, "not a graph")
    for target in (file, file / "inside.kg"):
        with pytest.raises(StoreError) as caught:
            write([small()], by_name(small()), target)
        one_line(caught, str(target))
    assert file.read_text() == "mine"


def test_a_newer_format_is_neither_read_nor_overwritten(kg: Path) -> None:
    manifest = json.loads((kg / "kg.json").read_text())
    (kg / "kg.json").write_text(json.dumps({"format": FORMAT + 1, "generation": manifest["generation"]}))
    before = (kg / "kg.json").read_bytes()
    for attempt in (lambda: Graph.open(kg), lambda: write([second()], by_name(second()), kg)):
        with pytest.raises(StoreError) as caught:
            attempt()
        one_line(caught, f"newer version (format {FORMAT + 1}", "upgrade lianzhu")
    assert (kg / "kg.json").read_bytes() == before


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 2}', "null"])
def test_a_damaged_kg_json_is_neither_read_nor_overwritten(kg: Path, content: str) -> None:
    (kg / "kg.json").write_text(content)
    for attempt in (lambda: Graph.open(kg), lambda: write([second()], by_name(second()), kg)):
        with pytest.raises(StoreError) as caught:
            attempt()
        one_line(caught, "damaged")
    assert (kg / "kg.json").read_text() == content


def test_missing_store_files(kg: Path) -> None:
    shutil.rmtree(kg / "generations" / "000001" / "store")
    with pytest.raises(StoreError) as caught:
        Graph.open(kg)
    one_line(caught, "cannot open the graph")
    shutil.rmtree(kg / "generations")
    with pytest.raises(StoreError) as caught:
        Graph.open(kg)
    one_line(caught, "files are missing")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_an_unwritable_target(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(StoreError) as caught:
        write([small()], by_name(small()), tmp_path / "locked" / "x.kg")
    one_line(caught, "cannot write here")


def test_an_unwritable_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StoreError) as caught:
        write([small()], by_name(small()), tmp_path / "x.kg")
    one_line(caught, "x.kg: cannot write here: Permission denied")


def test_a_draft_that_is_not_committed_is_nothing(kg: Path) -> None:
    with drafting(kg) as draft:
        (draft.folder / "file").write_text("x")
    assert articles(kg) == ["云州"] and not draft.folder.exists()


# --- what a build keeps for the next -------------------------------------------------------------------


def test_two_articles_of_one_name_are_refused(tmp_path: Path) -> None:
    other = replace(
        small(), article=replace(small().article, source=Source("云州", "b/云州.txt", "1", "text/plain"))
    )
    with pytest.raises(DataError, match=r"two articles are called 云州: one in .*云州\.txt"):
        write([small(), other], by_name(small(), other), tmp_path / "x.kg")
    assert not (tmp_path / "x.kg").exists()


def test_sources_are_known_with_the_code_that_read_them(tmp_path: Path) -> None:
    kg = tmp_path / "x.kg"
    assert known_sources(kg) == {}
    write([small(), second()], by_name(small(), second()), kg, fingerprint="code 1", stale=["云州二"])
    known, sha = known_sources(kg), small().article.source.sha256
    assert {name: (k.sha256, k.fingerprint) for name, k in known.items()} == {
        "云州": (sha, "code 1"),
        "云州二": (sha, ""),
    }
    assert list(Pool(kg).load(known["云州"].readings)) == [small()]
    assert read_manifest(kg).stale == ["云州二"]


def test_readings_of_older_generations_go_when_nobody_reads_them(kg: Path) -> None:
    with Graph.open(kg):
        write([second()], by_name(second()), kg)
        assert len(list((kg / "readings").iterdir())) == 2
    write([second()], by_name(second()), kg)
    assert len(list((kg / "readings").iterdir())) == 1


def test_generations_count_up_and_the_rest_of_the_manifest_follows_from_the_readings(kg: Path) -> None:
    first = json.loads((kg / "kg.json").read_text())
    write([small()], by_name(small()), kg)
    again = json.loads((kg / "kg.json").read_text())
    assert again.pop("generation") == first.pop("generation") + 1
    assert again == first
