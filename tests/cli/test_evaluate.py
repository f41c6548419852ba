"""Figures on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kg.evaluate import from_graph, load_gold, mistakes, score
from kg.graph import Graph

GOLD = Path(__file__).parents[1] / "gold" / "seeds"


@pytest.fixture(scope="module")
def scores(seeds: Graph):
    return score(load_gold(GOLD), from_graph(seeds))


def test_the_figures(kg, scores) -> None:
    shown = kg("evaluate", GOLD)
    assert (shown.exit_code, shown.stderr) == (0, "")
    rows = re.findall(r"^ *(\w+) +(\d\.\d{3}) +(\d\.\d{3}) +(\d\.\d{3}) +(\d+) +(\d+) *$", shown.stdout, re.M)
    held = {kind: row for kind, row in scores.rows.items() if kind != ("observation", "observation")}
    assert [row[0] for row in rows] == [group if kind == "ALL" else kind for group, kind in held]
    for (_, *figures), row in zip(rows, held.values(), strict=True):
        assert figures == [*(f"{share:.3f}" for share in row.shares), str(row.gold), str(row.found)]
    data = json.loads(kg("evaluate", GOLD, "--json").stdout)
    assert data["figures"]["entity/ALL"]["f1"] == scores.rows["entity", "ALL"].f1
    assert len(data["figures"]) == len(scores.rows)


def test_confidences_are_tabled(kg, scores) -> None:
    shown = kg("evaluate", GOLD, "--lang", "en").stdout
    bins = re.findall(r"^0\.\d–[01]\.\d +(\d+) +(\d+) +0?1?\.\d\d +\d\.\d\d$", shown, re.M)
    assert sum(int(claims) for claims, _ in bins) == len(scores.reliability)
    assert sum(int(right) for _, right in bins) == sum(right for _, right in scores.reliability)
    assert re.search(r"^Expected calibration error 0\.\d{3}$", shown, re.M)


def test_the_errors_of_one_kind(kg, scores) -> None:
    lines = kg("evaluate", GOLD, "--errors", "inChain").stdout.splitlines()
    listed = [line.split("\t") for line in lines if "\t" in line]
    wanted = [m for m in mistakes(scores) if m.kind == "inChain"]
    assert listed == [[m.side, m.source, m.kind, m.text, m.reason, m.instead, m.sentence] for m in wanted]
    every = kg("evaluate", GOLD, "--errors", "all").stdout
    assert every.count("\t") == 6 * len(mistakes(scores))


def test_files(kg) -> None:
    for name in ("a.html", "a.md", "a.json"):
        assert kg("evaluate", GOLD, "-o", name).exit_code == 0
    assert Path("a.html").read_text(encoding="utf-8").count("<li class=") > 50
    assert len(json.loads(Path("a.json").read_text(encoding="utf-8"))["mistakes"]) > 50
    refused = kg("evaluate", GOLD, "-o", "a.pdf")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "Error: a.pdf: write to a file that ends in .html, .md, .json\n",
    )


def test_annotations_of_what_the_graph_does_not_hold(kg) -> None:
    Path("gold").mkdir()
    Path("gold/none.json").write_text(
        json.dumps({"entities": [{"id": "e1", "type": "Zone", "name": "云州"}], "facts": []}),
        encoding="utf-8",
    )
    shown = kg("evaluate", "gold")
    assert shown.exit_code == 0
    assert shown.stderr == "1 of 1 annotated sources are not in the graph: none\n"
    assert re.search(r"Zone +0\.000 +0\.000 +0\.000 +1 +0", shown.stdout)
