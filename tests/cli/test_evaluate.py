"""Figures on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kg.evaluate import from_graph, load_gold, score
from kg.graph import Graph

GOLD = Path(__file__).parents[1] / "gold" / "seeds"


@pytest.fixture(scope="module")
def scores(seeds: Graph):
    return score(load_gold(GOLD), from_graph(seeds))


def test_the_figures(kg, scores) -> None:
    shown = kg("evaluate", GOLD)
    assert (shown.exit_code, shown.stderr) == (0, "")
    rows = re.findall(r"^ *(\w+) +(\d\.\d{3}) +(\d\.\d{3}) +(\d\.\d{3}) +(\d+) +(\d+) *$", shown.stdout, re.M)
    assert [row[0] for row in rows] == [group if kind == "ALL" else kind for group, kind in scores.rows]
    for (_, *figures), row in zip(rows, scores.rows.values(), strict=True):
        assert figures == [*(f"{share:.3f}" for share in row.shares), str(row.gold), str(row.found)]
    held = json.loads(kg("evaluate", GOLD, "--json").stdout)
    assert held["entity/ALL"]["f1"] == scores.rows["entity", "ALL"].f1
    assert len(held) == len(scores.rows)


def test_the_errors_of_one_kind(kg, scores) -> None:
    listed = [
        line.split("\t")
        for line in kg("evaluate", GOLD, "--errors", "chainLeader").stdout.splitlines()
        if "\t" in line
    ]
    wanted = [("missed", e) for e in scores.missed] + [("false", e) for e in scores.false]
    assert listed == [[t, e.source, e.kind, e.text] for t, e in wanted if e.kind == "chainLeader"]
    every = kg("evaluate", GOLD, "--errors", "all").stdout
    assert every.count("\t") == 3 * len(wanted)


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
