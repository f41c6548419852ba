"""The page as a file: whole, closed, deterministic, and safe whatever the texts hold."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from page_reader import Reader

from kg.errors import KgError
from kg.explore import page
from kg.graph import Graph
from kg.query import find

# what a browser would fetch: attributes, style sheets, scripts that import
_FETCHED = re.compile(r"url\((?!['\"]?data:)|@import|\bimport\s*\(|\bimport\s+['\"{*]")
_ATTRIBUTES = {"src", "href", "srcset", "action", "data", "poster", "background", "xlink:href", "ping"}


def write(graph: Graph, path: Path, **options: Any) -> Reader:
    page(graph, path, **options)
    return Reader(path)


def test_nothing_is_loaded_from_anywhere(graph: Graph, tmp_path: Path) -> None:
    read = write(graph, tmp_path / "page.html")
    for tag, attributes in read.elements:
        assert not _ATTRIBUTES & attributes.keys(), tag
        assert not any(name.startswith("on") for name in attributes)
    assert {tag for tag, _ in read.elements}.isdisjoint({"link", "img", "iframe", "object", "embed", "base"})
    for text in read.texts["style"] + read.texts["script"][1:]:
        assert not _FETCHED.search(text)
        assert "sourceMappingURL" not in text


def test_policy_admits_the_pages_own_parts_and_no_others(graph: Graph, tmp_path: Path) -> None:
    read = write(graph, tmp_path / "page.html")
    metas = [a for tag, a in read.elements if tag == "meta" and "http-equiv" in a]
    policy = dict(part.strip().split(" ", 1) for part in str(metas[0]["content"]).split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert policy["img-src"] == "data: blob:"  # what the page draws itself, to be saved
    assert "connect-src" not in policy
    assert "unsafe" not in str(metas[0]["content"])
    for directive, parts in (("script-src", read.texts["script"][1:]), ("style-src", read.texts["style"])):
        digests = {
            f"'sha256-{base64.b64encode(hashlib.sha256(p.encode()).digest()).decode()}'" for p in parts
        }
        assert set(policy[directive].split()) == digests


def test_a_name_made_to_break_out_stays_text(opened: dict[str, Graph], tmp_path: Path) -> None:
    read = write(opened["evil"], tmp_path / "page.html")
    plain = write(opened["small"], tmp_path / "plain.html")
    assert [tag for tag, _ in read.elements] == [tag for tag, _ in plain.elements]
    labels = {t["label"] for t in read.data["part"]["things"]}
    assert "</script><img src=x onerror=alert(1)>有限公司" in labels
    assert "<!--<script>厂" in labels
    assert "<" not in read.texts["script"][0]


def test_two_pages_of_one_graph_are_identical(graph: Graph, tmp_path: Path) -> None:
    page(graph, tmp_path / "one.html")
    page(graph, tmp_path / "other.html")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "other.html").read_bytes()


def test_only_things_are_on_the_page(opened: dict[str, Graph], tmp_path: Path) -> None:
    data = write(opened["seeds"], tmp_path / "page.html").data
    kinds = {t["kind"] for t in data["part"]["things"]}
    assert kinds <= {
        "Zone", "Park", "Place", "Chain", "Firm", "Project", "Industry", "Product", "Institution", "Person",
    }  # fmt: skip


def test_strengths_are_kept_apart(opened: dict[str, Graph], tmp_path: Path) -> None:
    data = write(opened["small"], tmp_path / "page.html").data
    names = [t["label"] for t in data["part"]["things"]]
    links = {(names[e["from"]], e["p"], names[e["to"]]): e["strength"] for e in data["part"]["links"]}
    assert links["光伏产业链", "chainLeader", "晶阳硅片项目"] == "stated"
    assert links["明光电池片项目", "memberUnderLeader", "晶阳硅片项目"] == "member"
    # what a text denies is no line, but it is told
    assert not any(p == "suppliesTo" for _, p, _ in links)
    assert [c["m"] for c in data["part"]["claims"] if c["p"] == "suppliesTo"] == ["negated"]
    evil = write(opened["evil"], tmp_path / "evil.html").data
    assert [e["strength"] for e in evil["part"]["links"] if e["p"] == "suppliesTo"] == ["expected"]


def test_claims_carry_their_sentence_and_projects_their_state(
    opened: dict[str, Graph], tmp_path: Path
) -> None:
    data = write(opened["small"], tmp_path / "page.html").data
    part = data["part"]
    states = {t["label"]: t.get("state") for t in part["things"]}
    assert states["晶阳硅片项目"] == "producing"
    assert states["明光电池片项目"] == "planned"
    assert states["星河石英坩埚项目"] == "untold"
    assert states["光伏产业链"] is None
    money = next(c for c in part["claims"] if c["p"] == "totalInvestment")
    assert money["n"]["printed"] == "8.9亿元"
    assert "8.9亿元" in part["quotes"][str(money["q"])]
    assert part["things"][money["s"]]["money"] == 890_000_000
    text = data["texts"][money["a"]]
    assert text["body"][slice(*money["at"])] == part["quotes"][str(money["q"])]
    assert {text["body"][start:end] for start, end, i in text["mentions"] if i == money["s"]} == {
        "晶阳硅片项目"
    }


def test_the_start_is_what_one_asks_for(opened: dict[str, Graph], tmp_path: Path) -> None:
    graph = opened["seeds"]
    firm = find(graph, "联合光伏")
    read = write(graph, tmp_path / "page.html", focus=firm.iri, lang="en")
    first = read.data["start"]["wide"][0]
    assert read.data["part"]["things"][first[0]]["label"] == "联合光伏"
    assert next(a for tag, a in read.elements if tag == "html")["lang"] == "en"


def test_an_empty_graph_gives_a_page(opened: dict[str, Graph], tmp_path: Path) -> None:
    assert page(opened["empty"], tmp_path / "page.html") == (0, 0, 0)
    assert Reader(tmp_path / "page.html").data["start"] is None


def test_words_are_there_in_both_languages(opened: dict[str, Graph], tmp_path: Path) -> None:
    data = write(opened["seeds"], tmp_path / "page.html").data
    script = Reader(tmp_path / "page.html").texts["script"][2]
    for lang in ("zh", "en"):
        assert {t["kind"] for t in data["part"]["things"]} <= data["terms"][lang].keys()
        assert {c["p"] for c in data["part"]["claims"]} <= data["terms"][lang].keys()
        assert all(data["words"][lang].values())
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    said = set(re.findall(r'\bsay\("([\w.]+)"', script)) | set(
        re.findall(r'data-(?:t|label)="([\w.]+)"', html)
    )
    assert {name for name in said if not name.endswith(".")} <= data["words"]["zh"].keys()
    # the order of cards knows every relation that occurs
    assert {c["p"] for c in data["part"]["claims"]} | {e["p"] for e in data["part"]["links"]} <= set(
        data["order"]
    )


def test_a_page_that_cannot_be_written_is_one_line(opened: dict[str, Graph], tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot write the page") as told:
        page(opened["small"], tmp_path / "no" / "such" / "folder.html")
    assert "\n" not in str(told.value)
