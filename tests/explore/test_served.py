"""What a server gets: the page with its start, and answers for what one looks at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from page_reader import Reader

from kg.errors import UsageError
from kg.explore.served import Served
from kg.graph import Graph


@pytest.fixture(scope="module")
def served(opened: dict[str, Graph]) -> Served:
    return Served(opened["seeds"])


def read(served: Served, tmp_path: Path, **options: str) -> Reader:
    (tmp_path / "served.html").write_text(served.page(**options), encoding="utf-8")
    return Reader(tmp_path / "served.html")


def test_the_page_holds_its_start_and_may_ask_only_its_own_server(served: Served, tmp_path: Path) -> None:
    page = read(served, tmp_path)
    part = page.data["part"]
    here = {t["i"] for t in part["things"]}
    assert {spot[0] for spot in page.data["start"]["wide"]} <= here
    assert len(here) < page.data["total"]["things"]
    assert page.data["start"]["wide"][0][0] in part["full"]
    policy = next(str(a["content"]) for tag, a in page.elements if tag == "meta" and "http-equiv" in a)
    assert "connect-src 'self'" in policy and "unsafe" not in policy
    assert read(served, tmp_path, lang="en", focus="zone/云冈经济技术开发区").data["lang"] == "en"


def test_a_neighbourhood_has_everything_it_refers_to(served: Served) -> None:
    part = served.neighbourhood("zone/左云经济技术开发区")
    here = {t["i"] for t in part["things"]}
    (root,) = part["full"]
    assert {i for link in part["links"] for i in (link["from"], link["to"])} <= here
    for claim in part["claims"]:
        assert claim["s"] in here and (claim["o"] is None or claim["o"] in here)
        assert root in (claim["s"], claim["o"])
        assert claim["q"] in part["quotes"]
    told = next(t for t in part["things"] if t["i"] == root)
    assert told["n"] == len({i for link in part["links"] for i in (link["from"], link["to"]) if root in
                             (link["from"], link["to"])} - {root})  # fmt: skip
    assert told["f"] == len(part["claims"])
    json.dumps(part)


def test_links_to_what_is_shown_already_come_along(served: Served) -> None:
    zone = served.neighbourhood("zone/左云经济技术开发区")
    firm = served.neighbourhood("firm/联合光伏", {t["i"] for t in zone["things"]})
    ends = {tuple(sorted((link["from"], link["to"]))) for link in firm["links"]}
    (root,), (i,) = zone["full"], firm["full"]
    assert tuple(sorted((root, i))) in ends


def test_search_table_map_article_and_way(served: Served) -> None:
    hits = served.search("zyjkq")
    labels = {t["i"]: t["label"] for t in hits["part"]["things"]}
    assert labels[hits["hits"][0][0]] == "左云经济技术开发区"
    firms = served.table(
        {"of": "things", "sort": "money", "down": "1", "off": "kind.Chain,kind.Zone", "limit": "5"}
    )
    money = [row.get("money", 0) for row in firms["rows"]]
    assert money == sorted(money, reverse=True) and len(money) == 5 < firms["found"] < firms["of"]
    facts = served.table({"of": "facts", "q": "链主", "limit": "3", "off": "relation.observation"})
    assert [c["k"] for c in facts["part"]["claims"]] == sorted(facts["rows"])
    for claim in facts["part"]["claims"]:
        assert "链主" in facts["part"]["quotes"][claim["q"]] and claim["p"] != "observation"
    (article, *_) = facts["part"]["articles"]
    text = served.article(article["id"])
    body = text["text"]["body"]
    for claim in text["part"]["claims"]:
        assert body[slice(*claim["at"])] == text["part"]["quotes"][claim["q"]]
    way = served.way("firm/联合光伏", "zone/左云经济技术开发区")
    assert len(way["way"]) >= 2 and way["part"]["claims"]
    for one, other in zip(way["way"], way["way"][1:], strict=False):
        assert any({link["from"], link["to"]} == {one, other} for link in way["part"]["links"])


def test_maps_are_listed_in_brief_and_given_whole(served: Served, tmp_path: Path) -> None:
    brief = read(served, tmp_path).data["maps"]
    assert brief and all("members" not in told for told in brief)
    answer = served.answer("map", {"key": brief[0]["key"]})
    assert {k: answer["map"][k] for k in brief[0]} == brief[0]
    here = {t["i"] for t in answer["part"]["things"]}
    assert {m["i"] for members in answer["map"]["members"].values() for m in members} <= here
    assert set(answer["map"]["unplaced"]) <= here


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("things", {"id": "zone/无"}),
        ("things", {}),
        ("things", {"id": "zone/左云经济技术开发区", "shown": "1,x"}),
        ("table", {"sort": "x"}),
        ("table", {"offset": "x"}),
        ("table", {"c": "x"}),
        ("article", {"id": "article/无"}),
        ("map", {"key": "无"}),
        ("way", {"from": "zone/左云经济技术开发区", "to": ""}),
        ("secrets", {}),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_line(
    served: Served, name: str, asked: dict[str, str]
) -> None:
    with pytest.raises(UsageError) as told:
        served.answer(name, asked)
    assert "\n" not in str(told.value)


def test_hostile_parameters_do_no_harm(served: Served) -> None:
    assert served.table({"offset": "-5", "limit": "999999999", "q": "\x00%"})["rows"] == []
    assert served.search("'" * 3000)["found"] == 0
    assert served.neighbourhood("zone/左云经济技术开发区", [-1, 10**9])["full"]


def test_an_empty_graph_has_a_page(opened: dict[str, Graph], tmp_path: Path) -> None:
    served = Served(opened["empty"])
    assert read(served, tmp_path).data["part"]["things"] == []
    assert served.search("左")["found"] == 0
