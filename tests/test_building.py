"""A build: what goes wrong with one source stays its own, and what was stored stays as it was."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.building import build, fingerprint
from kg.errors import DataError, KgError, StoreError
from kg.graph.export import export
from kg.settings import Settings

TEXT = "云州经开区今年签约项目12个\n本报讯 云州经济技术开发区今年签约项目12个，总投资30亿元。\n"


def article(folder: Path, name: str, text: str = TEXT) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def exported(path: Path) -> bytes:
    """The whole graph as bytes."""
    file = path.with_suffix(".nq")
    with kg.open(path) as graph:
        export(graph, file)
    return file.read_bytes()


def articles(path: Path) -> list[str]:
    with kg.open(path) as graph:
        return [iri.rpartition("/")[2] for iri in graph.articles()]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of two good articles."""
    article(tmp_path / "news", "甲.txt")
    article(tmp_path / "news", "乙.txt", TEXT.replace("云州", "雾州"))
    return tmp_path / "news"


# --- sources that cannot be read -----------------------------------------------------------------------

BROKEN = {
    "empty.txt": (b"", "is empty"),
    "binary.txt": (bytes(range(256)) * 8, "is binary"),
    "broken.docx": (b"PK\x03\x04 half a file", "is not a whole Word document"),
    "torn.pdf": (b"%PDF-1.7\n1 0 obj", "is not a whole PDF"),
    "locked.html": (b"<html></html>", "holds no main text"),
}


def test_what_cannot_be_read_is_named_and_the_rest_gets_in(news: Path, light: Settings) -> None:
    for name, (content, _) in BROKEN.items():
        (news / name).write_bytes(content)
    missing = news.parent / "missing.txt"
    report = build([news, missing], light.graph, settings=light)
    assert articles(light.graph) == ["乙", "甲"]
    assert (report.read, len(report.failures)) == (2, len(BROKEN) + 1)
    for name, (_, said) in BROKEN.items():
        (line,) = [failure for failure in report.failures if name in failure]
        assert said in line
    assert f"{missing}: no such file or folder" in report.failures
    assert all("\n" not in failure for failure in report.failures)


def test_where_nothing_can_be_read_the_graph_stays_as_it_was(news: Path, light: Settings) -> None:
    build([news], light.graph, settings=light)
    before = exported(light.graph)
    empty = article(news.parent / "bad", "empty.txt", "")
    for sources in ([empty], [news.parent / "none"], [empty.parent, "none.txt"]):
        with pytest.raises(KgError, match=r"nothing could be read: .*; .* stays as it was") as caught:
            build(sources, light.graph, settings=light)
        assert "\n" not in str(caught.value)
    assert exported(light.graph) == before
    with pytest.raises(KgError, match="nothing could be read"):
        build([empty], light.graph.with_name("new.kg"), settings=light)
    assert not light.graph.with_name("new.kg").exists()


def test_a_source_that_breaks_later_keeps_what_was_read_of_it(news: Path, light: Settings) -> None:
    build([news], light.graph, settings=light)
    before = exported(light.graph)
    (news / "甲.txt").write_bytes(b"\x00\x01")
    report = build([news], light.graph, settings=light)
    assert len(report.failures) == 1
    assert exported(light.graph) == before


def test_a_component_that_fails_costs_one_source(news: Path, light: Settings) -> None:
    bad = article(news, "丙.txt", TEXT + "坏\n")
    report = build([news], light.graph, settings=light)
    assert articles(light.graph) == ["乙", "甲"]
    (line,) = report.failures
    assert line.startswith(f"{bad}: reading it failed unexpectedly (KeyError: ")
    assert "\n" not in line


def test_a_process_that_dies_costs_one_source(news: Path, light: Settings) -> None:
    article(news, "丙.txt", TEXT + "退出\n")
    article(news, "丁.txt", TEXT + "被杀\n")
    article(news, "戊.txt", TEXT + "打印\n")
    article(news, "己.txt", TEXT + "坏\n")
    report = build([news], light.graph, jobs=2, settings=light)
    assert articles(light.graph) == ["乙", "戊", "甲"]
    killed, ended, failed = report.failures
    assert "丁.txt: the process that read it was killed (SIGKILL)" in killed
    assert "丙.txt: the process that read it ended with code 3" in ended
    assert "己.txt: reading it failed unexpectedly (KeyError: " in failed


def test_a_pipeline_that_cannot_be_made_is_one_line(news: Path, light: Settings, tmp_path: Path) -> None:
    for name, text, said in (
        ("none.cfg", None, "cannot read the pipeline's config"),
        ("junk.cfg", "no config at all", "cannot be used"),
        (
            "unknown.cfg",
            '[nlp]\nlang = "zh"\npipeline = ["x"]\n[components.x]\nfactory = "no_such"\n',
            "cannot be",
        ),
    ):
        if text is not None:
            (tmp_path / name).write_text(text)
        for jobs in (1, 2) if name == "unknown.cfg" else (1,):
            with pytest.raises(DataError, match=said) as caught:
                build([news], light.graph, jobs=jobs, settings=replace(light, pipeline=tmp_path / name))
            assert name in str(caught.value)
            assert "\n" not in str(caught.value)
    assert not light.graph.exists()


# --- several processes ---------------------------------------------------------------------------------


def test_the_graph_does_not_depend_on_the_number_of_processes(news: Path, light: Settings) -> None:
    for name in "丙丁戊":
        article(news, f"{name}.txt", TEXT.replace("云州", name + "州"))
    one, two = light.graph, light.graph.with_name("two.kg")
    build([news], one, jobs=1, settings=light)
    build([news], two, jobs=2, settings=light)
    assert exported(one) == exported(two)


def test_a_program_without_a_main_guard_may_use_processes(news: Path, light: Settings) -> None:
    program = textwrap.dedent(f"""
        from pathlib import Path
        import kg
        from kg.settings import Settings
        print("once")
        settings = Settings(pipeline=Path({str(light.pipeline)!r}))
        print(kg.build([{str(news)!r}], {str(light.graph)!r}, jobs=2, settings=settings).read)
    """)
    file = news.parent / "program.py"
    file.write_text(program, encoding="utf-8")
    path = os.pathsep.join(entry for entry in sys.path if entry)
    done = subprocess.run(
        [sys.executable, file], capture_output=True, text=True, env={"PYTHONPATH": path}, cwd=news.parent
    )
    assert (done.stdout, done.stderr) == ("once\n2\n", "")


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_build_leaves_the_old_graph_and_no_process(
    news: Path, light: Settings, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([news], light.graph, settings=light)
    before = exported(light.graph)
    article(news, "丙.txt")
    if jobs > 1:
        article(news, "很.txt", TEXT + "很慢\n")  # takes a minute, unless it is stopped
    started: list[subprocess.Popen[bytes]] = []

    class Recorded(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            started.append(self)

    def interrupt(stage: str, done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    monkeypatch.setattr("kg.workers.subprocess.Popen", Recorded)
    with pytest.raises(KeyboardInterrupt):
        build([news], light.graph, jobs=jobs, settings=light, progress=interrupt)
    assert exported(light.graph) == before
    assert len(started) == (2 if jobs > 1 else 0)
    assert all(process.poll() is not None for process in started)


# --- what need not be read again -----------------------------------------------------------------------


def test_what_has_not_changed_is_not_read_again(news: Path, light: Settings) -> None:
    first = build([news], light.graph, settings=light)
    again = build([news], light.graph, settings=light)
    assert (first.read, first.unchanged, again.read, again.unchanged) == (2, 0, 0, 2)
    article(news, "甲.txt", TEXT.replace("12", "13"))
    (news / "sources.yaml").write_text("乙.txt: {published: 2024-02-07}\n", encoding="utf-8")
    changed = build([news], light.graph, settings=light)
    assert (changed.read, changed.unchanged) == (2, 0)


def test_what_is_not_named_stays(news: Path, light: Settings) -> None:
    build([news], light.graph, settings=light)
    alone = article(news.parent / "more", "丙.txt")
    report = build([alone], light.graph, settings=light)
    assert articles(light.graph) == ["丙", "乙", "甲"]
    assert report.graph.articles == 3
    whole = news.parent / "whole.kg"
    build([news, alone], whole, settings=light)
    assert exported(light.graph) == exported(whole)


def test_other_reading_code_reads_again_what_is_at_hand(
    news: Path, light: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([news], light.graph, settings=light)
    monkeypatch.setattr("kg.building.fingerprint", lambda config: "other code")
    report = build([news / "甲.txt"], light.graph, settings=light)
    assert report.read == 1
    with kg.open(light.graph) as graph:
        assert graph.info()["stale"] == ["乙"]


def test_the_fingerprint_follows_the_config(light: Settings, tmp_path: Path) -> None:
    other = tmp_path / "other.cfg"
    other.write_text("x")
    assert len({fingerprint(None), fingerprint(light.pipeline), fingerprint(other)}) == 3


# --- the target ----------------------------------------------------------------------------------------


def test_a_full_disk_leaves_the_old_graph(
    news: Path, light: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([news], light.graph, settings=light)
    before = exported(light.graph)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    article(news, "丙.txt")
    monkeypatch.setattr("kg.graph.readings.save", full)
    with pytest.raises(StoreError, match="cannot write the graph: No space left on device"):
        build([news], light.graph, settings=light)
    assert exported(light.graph) == before


def test_the_report_says_where_the_time_went(news: Path, light: Settings) -> None:
    report = build([news], light.graph, settings=light)
    assert list(report.timings) == ["find", "read", "graph"]
    assert list(report.components) == ["load", "read", "sentences", "odd"]
    assert sum(report.components.values()) == pytest.approx(report.timings["read"], rel=0.05, abs=0.05)
    assert sum(report.graph.timings.values()) == pytest.approx(report.timings["graph"], rel=0.2, abs=0.1)
