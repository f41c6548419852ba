"""Which names are one thing, what people decide about it, and documents that go again, as a user sees them."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from kg.graph import Graph
from kg.graph.export import export

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def mine(seeds_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the seeds' graph that a test may change, and that `kg` finds."""
    path = Path(shutil.copytree(seeds_path, tmp_path / "mine.kg"))
    monkeypatch.setenv("LIANZHU_KG", str(path))
    return path


def exported(path: Path) -> bytes:
    file = path.with_suffix(".nq")
    with Graph.open(path) as graph:
        export(graph, file)
    return file.read_bytes()


# --- merges --------------------------------------------------------------------------------------------


def test_the_least_certain_decision_comes_first(kg, seeds: Graph) -> None:
    shown = kg("merges", "--limit", "0").stdout
    sure = [abs(float(score) - 0.5) for score in re.findall(r"^(\d\.\d\d) ", shown, re.M)]
    assert len(sure) == len(seeds.decisions()) > 10
    assert sure == sorted(sure)
    assert len(re.findall(r"^\d\.\d\d ", kg("merges", "--limit", "3").stdout, re.M)) == 3
    assert f"… 另有 {len(sure) - 3} 条" in kg("merges", "--limit", "3").stdout


def test_why_names_are_one_thing(kg) -> None:
    shown = kg("merges", "左云经开区").stdout
    assert shown.startswith("左云经济技术开发区  开发区\n")
    assert "2 篇文章这样称它" in shown and "001_5859e9a79dba7209/1" in shown
    assert "同一地方、同一类别的开发区" in shown
    assert "The same place and kind of zone" in kg("merges", "左云经开区", "--lang", "en").stdout
    assert kg("merges", "火星开发区").exit_code == 2


def test_decisions_to_work_with(kg) -> None:
    listed = json.loads(kg("merges", "--kind", "zone", "--only", "merged", "--format", "json").stdout)
    assert listed and all(d["merged"] and d["kept"].startswith("zone/") for d in listed)
    assert kg("merges", "-o", "merges.csv").exit_code == 0
    with Path("merges.csv").open(encoding="utf-8-sig") as file:
        assert {"score", "merged", "reason", "kept", "other"} <= set(next(csv.reader(file)))


# --- what people decide --------------------------------------------------------------------------------


def test_a_mistake_is_mended_and_the_mending_taken_back(kg, mine: Path) -> None:
    before = exported(mine)
    rename = kg("curate", "rename", "左云经开区", "左云开发区（省级）", "--why", "公文用名")
    assert rename.exit_code == 0 and "rename 左云经开区 → 左云开发区（省级）" in rename.stdout
    reject = kg("curate", "reject", "左云开发区（省级）", "位于", "左云县", "--later")
    assert "已记下；运行 kg build 后生效" in reject.stdout
    fact = (
        "curate",
        "add",
        "zone/左云经开区",
        "leadingIndustry",
        "industry/钟表",
        "--source",
        "大同日报 2024-03-01",
    )
    assert kg(*fact, "--quote", "以钟表为主导产业", "--later").exit_code == 0
    assert kg("build").exit_code == 0
    shown = kg("show", "左云开发区（省级）").stdout
    assert shown.startswith("左云开发区（省级）  开发区\n") and "zone/左云经济技术开发区" in shown
    assert "钟表" in shown and "大同日报 2024-03-01" in shown and "以钟表为主导产业" in shown
    with Graph.open(mine) as graph:
        assert any("公文" not in r.reason and "人工校订" in r.reason for r in graph.rejected())
    listed = kg("curate").stdout
    assert listed.count("✓") == len(listed.splitlines()) - 1 >= 3 and "公文用名" in listed
    (mine / "curation.yaml").unlink()
    assert kg("build").exit_code == 0
    assert exported(mine) == before


def test_lines_that_no_longer_apply_are_told_at_every_build(kg, mine: Path) -> None:
    kg("curate", "apart", "云冈经开区", "左云经开区", "--later")
    assert kg("remove", "000_998ec1c894b506bd", "001_5859e9a79dba7209").exit_code == 0
    told = kg("build")
    assert told.exit_code == 0
    assert "校订不适用: apart 云冈经开区 ≠ 左云经开区 — 没有叫“云冈经开区”的" in told.stderr
    assert "✗ apart 云冈经开区 ≠ 左云经开区" in kg("curate").stdout
    assert "1 of which do not apply" in kg("curate", "--lang", "en").stdout


def test_a_fact_that_breaks_the_contract_is_told(kg, mine: Path) -> None:
    told = kg("curate", "add", "zone/左云经开区", "developedBy", "firm/贝利", "--source", "s", "--lang", "en")
    assert "set aside: " in told.stderr and told.stderr.count("\n") == 1
    with Graph.open(mine) as graph:
        assert [r.article for r in graph.rejected()].count("curation/1") == 1


WRONG = [
    (("merge", "左云经开区"), "give two names or more"),
    (("merge", "左云经开区", "火星开发区"), "nothing is called 火星开发区"),
    (("retype", "左云经开区", "company"), "'company' is no kind; there are: zone, park"),
    (("reject", "左云经开区", "位于", "北京市"), "it was read to be: locatedIn"),
    (
        ("add", "左云经开区", "jobs", "3", "--source", "s"),
        "say what kind of thing 左云经开区 is: firm/左云经开区",
    ),
    (("add", "zone/左云经开区", "job", "3", "--source", "s"), "what kind of thing 3 is"),
    (("add", "zone/左云经开区", "near", "place/大同市", "--source", "s"), "'near' is no property"),
    (("add", "zone/左云经开区", "jobs", "3"), "Missing option '--source'"),
]


@pytest.mark.parametrize("case", WRONG, ids=[" ".join(args) for args, _ in WRONG])
def test_what_cannot_be_decided_leaves_no_line(kg, mine: Path, case: tuple[tuple[str, ...], str]) -> None:
    args, said = case
    result = kg("curate", *args)
    assert result.exit_code == 2, result.output
    assert said in result.stderr and result.stderr.count("\n") == 1
    assert not (mine / "curation.yaml").exists()


# --- documents that go ---------------------------------------------------------------------------------


def test_what_was_added_goes_without_a_trace(kg, mine: Path) -> None:
    before = exported(mine)
    gone = kg("remove", "000_998ec1c894b506bd.txt")
    assert gone.exit_code == 0 and "移除 1 个来源" in gone.stdout
    assert "000_998ec1c894b506bd" not in kg("info", "--sources").stdout
    assert b"000_998ec1c894b506bd" not in exported(mine)
    assert kg("build", SEEDS / "000_998ec1c894b506bd.txt").exit_code == 0
    assert exported(mine) == before


def test_nothing_goes_where_one_is_not_there(kg, mine: Path) -> None:
    result = kg("remove", "000_998ec1c894b506bd", "002_abf20f84118b")
    assert result.exit_code == 2
    assert "holds no source 002_abf20f84118b; did you mean 002_abf20f84118b5701" in result.stderr
    assert "000_998ec1c894b506bd" in kg("info", "--sources").stdout
