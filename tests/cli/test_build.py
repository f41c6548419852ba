"""What a build says, and the other commands about the graph as a whole."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import kg as package
from kg.graph import Graph
from kg.graph.export import FORMATS

ARTICLE = "云州经开区签约项目12个\n本报讯 云州经济技术开发区今年签约项目12个，总投资30亿元。\n"


@pytest.fixture
def news(kg) -> Path:
    Path("news").mkdir()
    for name in "abc":
        Path(f"news/{name}.txt").write_text(ARTICLE, encoding="utf-8")
    return Path("news")


def test_a_build_says_what_it_did_and_how_to_go_on(kg, news: Path, config: Path) -> None:
    build = ("--config", config, "--kg", "x.kg", "build", news)
    first = kg(*build)
    assert first.exit_code == 0
    assert first.stderr == ""
    assert first.stdout.startswith("3 篇文章，")
    assert "本次读入 3 个来源，0 个未变，0 个未读入" in first.stdout
    assert "搁置 0 条" in first.stdout
    assert first.stdout.splitlines()[-1] == "x.kg  →  kg --kg x.kg query"
    assert "Sources read: 0, unchanged: 3, not read: 0" in kg(*build, "--lang", "en").stdout


def test_timings_add_up(kg, news: Path, config: Path) -> None:
    for jobs in ("1", "2"):
        shown = kg(
            "--config", config, "--kg", f"{jobs}.kg", "build", news, "--timings", "--jobs", jobs
        ).stdout
        rows = re.findall(r"^( *)(\w+) +(\d+\.\d\d) *$", shown.partition("时间")[2], re.M)
        spent = {name: float(seconds) for indent, name, seconds in rows if not indent}
        assert list(spent) == ["start", "find", "read", "graph", "total"]
        total = spent.pop("total")
        assert sum(spent.values()) == pytest.approx(total, abs=0.1, rel=0.05)
        assert {name for indent, name, _ in rows if indent} >= {
            "sentences",
            "odd",
            "link",
            "check",
            "store",
            "derived",
        }


def test_the_settings_may_name_the_graph(
    kg, news: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LIANZHU_KG")
    config.write_text(config.read_text() + 'graph = "mine.kg"\n')
    assert kg("--config", config, "build", news).exit_code == 0
    monkeypatch.setenv("LIANZHU_CONFIG", str(config))
    assert f"图谱: {config.parent / 'mine.kg'}" in kg("info").stdout


def test_a_terminal_sees_progress(kg, news: Path, config: Path) -> None:
    search = os.pathsep.join(entry for entry in sys.path if entry)
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "--config", config, "--kg", "x.kg", "build", news, "--lang", "en"],
        stdout=subprocess.PIPE, stderr=end, env={**os.environ, "PYTHONPATH": search, "TERM": "xterm"},
    )  # fmt: skip
    os.close(end)
    seen = b""
    try:
        while chunk := os.read(terminal, 4096):
            seen += chunk
    except OSError:  # the other end is closed
        pass
    out, _ = process.communicate()
    assert process.returncode == 0
    text = seen.decode()
    assert text.index("Reading") < text.index("3/3") < text.index("Storing")
    assert b"Reading" not in out


# --- the graph as a whole ------------------------------------------------------------------------------


def test_info(kg, seeds: Graph) -> None:
    held = json.loads(kg("info", "--json").stdout)
    assert held == seeds.info()
    shown = kg("info", "--lang", "en").stdout
    assert f"articles: {held['articles']}\n" in shown
    assert re.search(rf"^Development zone +Zone +{held['entities']['Zone']} *$", shown, re.M)
    assert re.search(rf"^链主 +chainLeader +{held['claims']['chainLeader']} *$", kg("info").stdout, re.M)


def test_a_graph_that_breaks_it(kg, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.graph.validation import Violation

    broken = (Violation("https://w3id.org/lianzhu/id/article/001#claim=1", "引文与正文不符"),)
    monkeypatch.setattr("kg.graph.validation.validate", lambda graph, lang: broken)
    result = kg("validate")
    assert result.exit_code == 1
    assert "article/001#claim=1" in result.stdout and "引文与正文不符" in result.stdout


def test_a_graph_that_keeps_its_contract_and_what_was_set_aside(kg, seeds: Graph) -> None:
    aside = seeds.rejected()
    for lang, broken, head in (
        ("zh", "不合约束：0", f"构建时搁置：{len(aside)}"),
        ("en", "Violations: 0", f"Set aside at build: {len(aside)}"),
    ):
        result = kg("validate", "--lang", lang)
        assert result.exit_code == 0
        assert result.stdout.startswith(broken)
        assert head in result.stdout
        for rejected in aside:
            assert rejected.claim in result.stdout
            assert (rejected.reason if lang == "zh" else rejected.reason_en) in result.stdout


@pytest.mark.parametrize("form", FORMATS)
def test_exports(kg, form: str) -> None:
    files = [Path(f"{name}{FORMATS[form].endings[0]}") for name in "ab"]
    assert kg("export", files[0]).exit_code == 0
    told = kg("export", files[1], "--format", form)
    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr == f"{files[1]}: {files[1].stat().st_size:,} bytes\n"
    assert files[0].read_bytes() == files[1].read_bytes()
    if form == "csv":
        assert zipfile.ZipFile(files[0]).namelist() == ["entities.csv", "claims.csv", "derived.csv"]


def test_the_version(kg) -> None:
    assert kg("--version").stdout == f"kg {package.__version__}\n"
