"""Commands on chains as people run them; that their examples run is told in test_help."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

TEMPLATE = Path(__file__).parents[2] / "ontology" / "chains" / "h2.ttl"
LEADER = "耀邦年产7400辆作业类专用汽车及环卫装备制造项目"


def test_a_chain_is_drawn_with_its_leader_members_and_on_request_their_sentences(kg) -> None:
    brief = kg("chain", "装备制造", "--zone", "左云经开区").stdout
    lines = brief.splitlines()
    assert lines[0].startswith("左云经济技术开发区 · 高端装备制造产业链")
    assert lines[1].startswith("├── 链主  耀邦") and "亿元" in lines[1]
    assert [line[4:6] for line in lines if re.match("[├└]── [上中下]游", line)] == ["上游", "中游", "下游"]
    for member in ("鲁艺机械", "恒和", "西安捷马", "玉衡"):
        assert member in brief
    assert "\n原文" not in brief and "不等于当地没有" in brief
    whole = kg("chain", "装备制造", "--zone", "左云经开区", "--sentences").stdout
    assert "该产业链以投资6.5亿元的耀邦" in whole.partition("\n原文")[2]
    data = json.loads(kg("chain", "装备制造", "--zone", "左云经开区", "--json").stdout)
    assert data[0]["template"]["id"] == "eq" and data[0]["container_label"] == "左云经济技术开发区"


def test_what_is_no_chain_is_said(kg) -> None:
    result = kg("chain", "造船", "--zone", "左云经开区")
    assert result.exit_code == 2
    assert "左云经济技术开发区 has no chain that is called '造船'" in result.stderr
    assert "装备制造产业链" in result.stderr


@pytest.mark.parametrize("command", ["suppliers", "customers"])
def test_three_strengths_stand_apart_whatever_is_known(kg, command: str) -> None:
    shown = kg(command, LEADER).stdout
    heads = [shown.index(head) for head in ("原文明说", "链主与成员（推算", "可能（推算")]
    assert heads == sorted(heads)
    data = json.loads(kg(command, LEADER, "--json").stdout)
    assert list(data) == ["of", "suppliesTo", "memberUnderLeader", "potentialSupplierOf"]
    for strength in list(data)[1:]:
        assert all(tie["strength"] == strength for tie in data[strength])
    members = shown[heads[1] : heads[2]]
    assert ("鲁艺机械" in members) == (command == "suppliers")


def test_only_firms_and_projects_have_suppliers(kg) -> None:
    result = kg("suppliers", "左云经开区")
    assert result.exit_code == 2
    assert "a zone; name a firm or project" in result.stderr


def test_paths_show_each_hop_with_its_sentence(kg) -> None:
    shown = kg("path", LEADER, "左云经开区").stdout
    assert shown.startswith("最短路径\n  1. 1 步") and "“" in shown
    found = json.loads(kg("path", LEADER, "左云经开区", "--json").stdout)
    assert found["shortest"][0]["hops"][0]["predicate"] == "locatedIn"
    same = kg("path", LEADER, LEADER)
    assert same.exit_code == 2 and "are one thing" in same.stderr


def test_leaders_across_zones(kg) -> None:
    shown = kg("leaders", "--brief").stdout.splitlines()
    assert all(word in shown[0] for word in ("链主", "链核", "链长"))
    led = [line for line in shown if line.startswith("左云经济技术开发区")]
    assert len(led) == 4 and any(LEADER in line for line in led)
    assert kg("leaders", "--chain", "光伏", "--brief").stdout.startswith("没有文章说到")


def test_the_ledger_shows_the_largest_and_counts_the_rest(kg) -> None:
    shown = kg("ledger", "--place", "左云经开区", "--limit", "3").stdout
    assert re.search(r"… 另有 \d+ 个", shown)
    assert shown.splitlines()[1].startswith("年产10万吨活性炭煤化工项目")
    everything = kg("ledger", "--place", "左云经开区", "--limit", "0").stdout
    assert "另有" not in everything.partition("履约率")[0] and "开工投产率" in everything


@pytest.mark.parametrize("command", ["gaps", "leaders", "ledger"])
def test_reports_are_written_in_every_form_or_not_at_all(kg, command: str) -> None:
    for form in ("xlsx", "html", "md", "json", "csv", "zip"):
        result = kg(command, "--zone", "左云经开区", "-o", f"r.{form}")
        assert result.exit_code == 0, result.output
        assert Path(f"r.{form}").stat().st_size > 500
    result = kg(command, "--zone", "左云经开区", "-o", "r.doc")
    assert result.exit_code == 2 and not Path("r.doc").exists()


def test_a_template_is_checked(kg) -> None:
    assert "生物医药产业链" in kg("chains").stdout
    assert "电解槽" in kg("chains", "show", "氢能").stdout
    shutil.copy(TEMPLATE, "h2.ttl")
    good = kg("chains", "check", "h2.ttl")
    assert good.exit_code == 0 and "no fault found" in good.stdout
    text = Path("h2.ttl").read_text(encoding="utf-8")
    Path("h2.ttl").write_text(
        text.replace("lz:feeds chain:h2.green", "lz:feeds chain:h2.grene"), encoding="utf-8"
    )
    bad = kg("chains", "check", "h2.ttl")
    assert bad.exit_code == 1
    assert "h2.electrolyser: feeds h2.grene, which is in no template. Correct the id" in bad.stdout
    assert kg("chains", "check", "none.ttl").exit_code == 1


def test_english_is_english(kg) -> None:
    for line in (
        "chain 光伏 --place 山西省",
        "suppliers 联合光伏 --brief",
        "ledger --limit 2",
        "leaders --brief",
    ):
        shown = kg(*line.split(), "--lang", "en").stdout
        assert "not that it is absent" in shown or "Stated in a text" in shown
