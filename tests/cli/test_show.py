"""What is known of a thing, as people read it."""

from __future__ import annotations

import json
import re

import pytest


def sections(shown: str) -> dict[str, list[str]]:
    """The lines under each heading."""
    found: dict[str, list[str]] = {}
    head = ""
    for line in shown.splitlines():
        if line and not line.startswith(" "):
            head = line
            found[head] = []
        elif line.strip():
            found[head].append(line)
    return found


def test_a_zone(kg) -> None:
    shown = kg("show", "左云经开区")
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert lines[0] == "左云经济技术开发区  开发区"
    assert lines[1].startswith("又称 ") and "左云开发区" in lines[1]
    parts = sections(shown.stdout)
    assert any(line.startswith("  食品加工  ") for line in parts["主导产业"])
    assert any(line.startswith("  ← 现代煤化工产业园  ") for line in parts["园区属于"])
    assert any("6186.1万元" in line for line in parts["观测值"])
    assert any("具有环节" in line for line in parts["推算所得（原文没有明说）"])


def test_each_fact_points_to_its_sentence_and_each_sentence_comes_once(kg) -> None:
    parts = sections(kg("show", "左云经开区").stdout)
    sentences = {
        number: text for line in parts["原文"] for number, text in re.findall(r"^ {4}\[(\d+)\] +(.*)", line)
    }
    assert list(sentences) == [str(n) for n in range(1, len(sentences) + 1)]
    assert len(set(sentences.values())) == len(sentences)
    facts = [
        line
        for head, lines in parts.items()
        if head not in ("原文",) and "推算" not in head
        for line in lines
    ]
    used = {number for line in facts for number in re.findall(r"\[(\d+)\]", line)}
    assert used == sentences.keys()
    tax = next(line for line in facts if "6186.1万元" in line)
    (number,) = re.findall(r"\[(\d+)\]$", tax)
    assert "2022年完成税收6186.1万元" in sentences[number]


def test_the_same_fact_is_shown_once(kg) -> None:
    parts = sections(kg("show", "左云经开区").stdout)
    for head in ("位于", "主导产业", "园区属于"):
        what = [re.sub(r" +[\d.]+ (\[\d+\])+$", "", line) for line in parts[head]]
        assert len(set(what)) == len(what)


def test_a_project_with_its_figures_as_printed(kg) -> None:
    parts = sections(kg("show", "耀邦年产7400").stdout)
    assert re.fullmatch(r"  6\.5亿元  0\.\d+ \[\d+\]", parts["总投资"][0])
    assert parts["产能"][0].startswith("  7400辆")
    assert parts["链主"][0].startswith("  ← 装备制造产业链")
    expected = [line for line in parts["阶段状态"] if "[预期]" in line]
    assert all("投产" in line for line in expected)
    (members,) = [line for line in parts["推算所得（原文没有明说）"] if "← 链主之下的成员" in line]
    assert members.count("、") == 6


def test_in_english(kg) -> None:
    parts = sections(kg("show", "左云经开区", "--lang", "en").stdout)
    assert "左云经济技术开发区  Development zone" in parts
    assert {"leading industry", "Sentences", "Computed (no text says so)"} <= parts.keys()
    assert any("6186.1万元" in line for line in parts["observation"])
    chinese = [head for head in parts if re.search("[\u4e00-\u9fff]", head)]
    assert chinese == list(parts)[:3], "its name, its other names and its IRI"


def test_brief_leaves_the_sentences_out(kg) -> None:
    whole, brief = (sections(kg("show", "耀邦", *more).stdout) for more in ([], ["--brief"]))
    assert whole.keys() - brief.keys() == {"原文"}
    assert {head: whole[head] for head in brief} == brief


def test_a_thing_of_which_nothing_is_stated(kg) -> None:
    person = kg("query", "SELECT ?n { ?p a lz:Person ; skos:prefLabel ?n MINUS { ?c a lz:Claim ; rdf:subject ?p } } "
                "ORDER BY ?n LIMIT 1", "--format", "tsv").stdout.splitlines()[1]  # fmt: skip
    shown = kg("show", person)
    assert shown.exit_code == 0
    assert "文章只提到它，没有说到它的事实" in shown.stdout


@pytest.mark.parametrize("line", ["show 左云经开区", "query members -p zone=左云经开区", "gaps"])
def test_piped_lines_are_neither_broken_nor_filled_up(kg, line: str) -> None:
    """A line of the output is a line of what it says, however long; nothing is coloured."""
    shown = kg(*line.split()).stdout
    assert 150 < max(map(len, shown.splitlines())) < 5000
    assert not re.search(r" $", shown, re.MULTILINE)
    assert "\x1b" not in shown


@pytest.mark.parametrize("columns", [40, 80])
def test_a_terminal_gets_lines_of_its_width(kg, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from rich.cells import cell_len
    from rich.console import Console

    monkeypatch.setattr(
        "kg.cli.common.console", lambda: Console(width=columns, highlight=False, markup=False)
    )
    monkeypatch.setattr("kg.cli.show.console", lambda: Console(width=columns, highlight=False, markup=False))
    lines = kg("show", "耀邦年产7400").stdout.splitlines()
    assert max(map(cell_len, lines)) <= columns
    at = next(i for i, line in enumerate(lines) if line.startswith("    [1]"))
    assert lines[at + 1].startswith(" " * 9), "the rest of a sentence stands under its beginning"


def test_json_holds_everything(kg) -> None:
    held = json.loads(kg("show", "耀邦年产7400", "--json").stdout)
    assert held["thing"]["kind"] == "Project"
    money = next(f for f in held["stated"] if f["predicate"] == "totalInvestment")
    assert (money["object"], money["unit"], money["printed"]) == (650_000_000, "CNY", "6.5亿元")
    assert money["quote"] and money["article"] and money["rule"]
    assert len([f for f in held["derived"] if f["predicate"] == "memberUnderLeader"]) == 7
