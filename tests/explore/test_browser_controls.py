"""Searching, filtering, growing, ways, exports, addresses, undo and keys, in a real browser with the network cut."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from browsing import Visitor, address, saved, until

SVG = "{http://www.w3.org/2000/svg}"
ML = "{http://graphml.graphdrawing.org/xmlns}"


def shown(page: object) -> tuple[int, int]:
    """How many things the picture shows, of how many."""
    text = page.inner_text("#count").split("个")[0].removeprefix("显示 ").replace(",", "")  # type: ignore[attr-defined]
    n, m = text.split(" / ")
    return int(n), int(m)


def unlike(one: Any, other: Any) -> float:
    """How far the pictures of two pages differ: 0 not at all, 255 as black and white do."""
    image = pytest.importorskip("PIL.Image", reason="pillow compares the pictures")
    from PIL import ImageChops, ImageStat

    shots = (io.BytesIO(page.locator("#network").screenshot()) for page in (one, other))
    first, second = (image.open(shot).convert("L") for shot in shots)
    return float(ImageStat.Stat(ImageChops.difference(first, second)).mean[0])


def test_search_finds_by_name_alias_pinyin_and_initials(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["seeds"], "#v=network&at=-")
    for query in ("左云经开区", "左云 技术", "zuoyunjingkaiqu", "zyjkq", "ZYJKQ"):
        page.keyboard.press("/")
        page.keyboard.type(query)
        page.keyboard.press("Enter")
        assert page.inner_text("#card h2") == "左云经济技术开发区", query
        page.focus("#network")
        page.keyboard.press("Escape")
        assert page.inner_text("#card h2") != "左云经济技术开发区"


def test_the_picture_grows_and_undo_takes_it_back(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["seeds"])
    first = shown(page)
    assert first[0] < 61 < first[1] and page.is_disabled("#undo")
    page.focus("#network")
    page.keyboard.press("Enter")
    grown = shown(page)
    assert first[0] < grown[0] <= first[0] + 24
    page.keyboard.press("ArrowUp")
    chosen = page.inner_text("#card h2")
    assert chosen != "左云经济技术开发区"
    page.keyboard.press("Control+z")
    until(page, "document.querySelector('#card h2').textContent === '左云经济技术开发区'")
    page.click("#undo")
    until(page, f"document.getElementById('count').textContent.startsWith('显示 {first[0]} ')")
    assert page.is_disabled("#undo")
    page.go_forward()
    until(page, f"document.getElementById('count').textContent.startsWith('显示 {grown[0]} ')")


def test_everything_at_once_and_back(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["seeds"])
    first = shown(page)
    page.click("#all")
    assert shown(page) == (first[1], first[1])
    assert "放不下" in page.inner_text("#count")
    picture = page.locator("#network canvas").first
    before = picture.screenshot()
    page.uncheck("[data-key='kind.Zone']")
    assert shown(page)[0] < first[1] and picture.screenshot() != before
    page.check("[data-key='kind.Zone']")
    box = picture.bounding_box()
    found = set()
    for x in range(200, int(box["width"]) - 200, 40):  # shapes can be chosen here as well
        page.mouse.click(box["x"] + x, box["y"] + box["height"] / 2)
        found.add(page.inner_text("#card h2"))
    assert len(found) > 3
    again = visit(pages["seeds"], page.evaluate("location.hash"))
    assert shown(again) == shown(page) == (first[1], first[1])
    page.click("#reset")
    assert shown(page) == first


def test_a_click_on_a_shape_selects_and_another_grows(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["small"], "#at=-")
    picture = page.locator("#network canvas").bounding_box()
    found = set()
    for x in range(30, int(picture["width"]) - 30, 24):
        page.mouse.click(picture["x"] + x, picture["y"] + picture["height"] / 2)
        if page.locator("#card h2").count():
            found.add(page.inner_text("#card h2"))
    assert found & {"云州经济开发区", "光伏产业链", "云州县"}


def test_the_legend_filters_and_says_how_many_are_left(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["small"], "#at=-")
    all_shown, total = shown(page)
    page.uncheck("[data-key='kind.Place']")
    assert shown(page) == (all_shown - 1, total)
    page.uncheck("[data-key='state.planned']")
    assert shown(page) == (all_shown - 2, total)
    page.fill("#money", "5")
    page.keyboard.press("Enter")
    assert shown(page) == (all_shown - 3, total)  # of the projects only the one of 8.9亿元 is left
    kept = address(page)
    page.locator(".filters .act").click()
    assert shown(page) == (all_shown, total)
    again = visit(pages["small"], kept)
    assert shown(again) == (all_shown - 3, total)
    page.fill("#confidence", "0.95")
    page.keyboard.press("Enter")
    page.click("#to-table")
    page.click("#of-facts")
    page.wait_for_selector("#rows .empty")
    assert "0 / " in page.inner_text("#count")


def test_years_and_relations_filter(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["small"], "#v=table&of=facts")
    facts = page.locator("#rows tbody tr").count()
    page.fill("#firstYear", "2025")
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('#rows tbody tr').length === 1")
    assert "2025" in page.inner_text("#rows tbody tr")
    page.locator(".filters .act").click()
    until(page, f"document.querySelectorAll('#rows tbody tr').length === {facts}")
    page.locator("#legend summary").click()
    page.uncheck("[data-key='relation.inChain']")
    until(page, f"document.querySelectorAll('#rows tbody tr').length === {facts - 3}")


def test_a_way_between_two_things_has_a_sentence_for_each_step(
    visit: Visitor, pages: dict[str, Path]
) -> None:
    page = visit(pages["small"], "#at=project/明光电池片项目")
    page.keyboard.press("p")
    page.keyboard.type("yunzhouxian")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hop")
    assert page.locator(".hop").count() == 2
    for hop in page.locator(".hop").all():
        assert hop.locator("blockquote").count() >= 1
    again = visit(pages["small"], address(page))
    assert again.inner_text("#card") == page.inner_text("#card")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator(".hop").count() == 0


def test_told_and_computed_lines_are_drawn_differently_and_no_names_meet(
    visit: Visitor, pages: dict[str, Path], tmp_path: Path
) -> None:
    sheet = visit.blank()
    for size in ((1440, 900), (390, 844)):
        page = visit(pages["seeds"], size=size)
        page.focus("#network")
        page.keyboard.press("Enter")
        drawn = ET.parse(saved(page, "svg", tmp_path)).getroot()
        dashes = {p.get("stroke-dasharray") for p in drawn.iter(f"{SVG}path") if p.get("fill") == "none"}
        assert {None, "1.5 3.5"} <= dashes
        overlaps = sheet.evaluate(
            """(text) => {
              document.body.innerHTML = "";
              const drawn = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
              document.body.append(drawn);
              const boxes = [...drawn.querySelectorAll("text")].slice(0, -1).map((t) => [t.textContent, t.getBBox()]);
              const over = (a, b) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1
                && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 5; // (room above letters)
              const met = ([s, a], i) => boxes.slice(i + 1).filter(([, b]) => over(a, b)).map(([t]) => s + "|" + t);
              return [boxes.length, boxes.flatMap(met)];
            }""",
            ET.tostring(drawn, encoding="unicode"),
        )
        assert overlaps[0] > 30 and overlaps[1] == []


def test_every_view_is_taken_along_in_four_forms(
    visit: Visitor, pages: dict[str, Path], tmp_path: Path
) -> None:
    page = visit(pages["seeds"])
    for view in ("network", "article", "card", "table", "chains"):
        page.click(f"#to-{view}")
        until(page, f"document.querySelector('#{view}View').textContent.length > 3")
        png = saved(page, "png", tmp_path).read_bytes()
        assert png.startswith(b"\x89PNG") and len(png) > 20_000, view
        texts = [e.text for e in ET.parse(saved(page, "svg", tmp_path)).getroot().iter(f"{SVG}text")]
        assert any("不等于不存在" in (t or "") for t in texts) and len(texts) > 20, view
        rows = list(csv.reader(io.StringIO(saved(page, "csv", tmp_path).read_text(encoding="utf-8-sig"))))
        assert len(rows) > 5 and len({len(row) for row in rows}) == 1, view
        graph = ET.parse(saved(page, "graphml", tmp_path)).getroot()
        nodes = {n.get("id") for n in graph.iter(f"{ML}node")}
        edges = list(graph.iter(f"{ML}edge"))
        assert len(nodes) > 5 and edges, view
        assert {e.get(end) for e in edges for end in ("source", "target")} <= nodes, view


def test_the_address_holds_the_exact_view(visit: Visitor, pages: dict[str, Path], tmp_path: Path) -> None:
    page = visit(pages["seeds"])
    page.focus("#network")
    for key in ("Enter", "ArrowLeft", "Enter", "ArrowDown", "Shift+ArrowRight", "+"):
        page.keyboard.press(key)
    page.uncheck("[data-key='kind.Place']")
    page.click("#language")
    until(page, "location.hash.includes('z=')")  # where one looks is kept when the picture rests
    again = visit(pages["seeds"], page.evaluate("location.hash"))
    assert address(again) == address(page)
    assert again.inner_text("#count") == page.inner_text("#count")
    assert again.inner_text("#card") == page.inner_text("#card")
    page.mouse.move(0, 0)
    assert unlike(again, page) < 0.5


def test_a_link_to_what_is_not_here_says_so(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["small"], "#at=zone/别处")
    assert "没有收入" in page.inner_text("#told")
    assert (
        visit(pages["small"], "#v=%%%&off=,,&steps=x~y,g~&z=1~2&at=%E0%A4%A").locator("#count").is_visible()
    )


def test_everything_goes_by_keys(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["small"])
    page.keyboard.press("?")
    assert page.locator("#help[open]").count() == 1 and "撤销" in page.inner_text("#help")
    page.keyboard.press("Escape")
    page.focus("#network")
    page.keyboard.press("]")
    assert page.inner_text("#card .kind").startswith("已成事实")
    assert page.locator("#card blockquote").count() >= 1
    page.keyboard.press("Enter")
    assert page.inner_text("#card h2") == "云州经济开发区"
    page.keyboard.press("1")
    assert page.evaluate("document.activeElement.id") == "to-chains"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        told = page.evaluate("""() => { const e = document.activeElement, style = getComputedStyle(e);
          return [e.id || e.className || e.tagName, style.outlineStyle !== "none" || style.boxShadow !== "none"]; }""")
        reached.add(told[0])
        assert told[1] or told[0] == "BODY", told
    assert {"segment", "link", "mapChoice", "confidence"} <= reached
