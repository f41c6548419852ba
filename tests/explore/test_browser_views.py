"""The views in a real browser, with the network cut: what each shows, and how one gets from one to another."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from browsing import READY, Visitor, address, saved, until
from explore_material import EVIL

from kg.errors import UsageError
from kg.explore.served import Served
from kg.graph import Graph

VIEWS = ("chains", "network", "article", "card", "table")


def test_each_view_opens_by_click_and_by_key(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["seeds"])
    assert page.inner_text("#card h2") == "左云经济技术开发区"
    for n, view in enumerate(VIEWS, 1):
        for way in (lambda view=view: page.click(f"#to-{view}"), lambda n=n: page.keyboard.press(str(n))):
            page.click("#to-network" if view != "network" else "#to-table")
            way()
            page.wait_for_selector(f"#{view}View:not([hidden])")
            assert page.locator("#stage > div:visible").count() == 1
            assert page.inner_text(f"#{view}View") != "" or view == "network"


def test_chain_map_to_evidence_to_the_article_and_back(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["seeds"], "#v=chains")
    assert page.locator(".lane").count() == 3
    assert page.inner_text(".lane >> nth=0").startswith("上游")
    gaps, there = page.locator(".cell.gap"), page.locator(".cell:not(.gap)")
    assert gaps.count() and there.count()
    assert "无证据" in gaps.first.inner_text()
    assert "链主" in page.inner_text("#chainsView")  # the leader is marked
    told = there.first.locator(".segment .name").inner_text()
    there.first.locator(".segment").click()
    assert page.inner_text("#card h2") == told
    assert "归入这一环节" in page.inner_text("#card")
    quote = page.locator("#card blockquote").first.inner_text()
    page.locator("#card .into").first.click()
    page.wait_for_selector("#articleView .told.chosen")
    assert quote.strip("。") in page.locator("#articleView .told.chosen").first.inner_text().replace("\n", "")
    mention = page.locator("#articleView .mention").first
    title = mention.get_attribute("title").split(" · ")[1]
    mention.click()
    assert page.inner_text("#card h2") == title
    page.locator("#articleView .mark").first.click()
    assert "读出" in page.inner_text("#card")
    page.go_back()
    assert page.inner_text("#card h2") == title


def test_a_gap_says_that_no_evidence_is_not_missing(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["seeds"], "#v=chains")
    page.locator(".cell.gap .segment").first.click()
    assert "没有提到不等于没有" in page.inner_text("#card")


def test_the_card_has_names_facts_phases_and_sources(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["small"], "#v=card&at=project/晶阳硅片项目")
    text = page.inner_text("#cardView")
    for part in ("晶阳硅片项目", "链主", "8.9亿元", "进展", "投产", "出处", "云州经开区向新而行"):
        assert part in text
    page.locator("#cardView .history .quiet").click()
    assert page.inner_text("#cardView .history blockquote") == "晶阳硅片项目已经投产"
    figure = page.locator("#cardView .figure, #cardView span", has_text="8.9亿元").first
    assert figure.is_visible()


def test_the_table_sorts_finds_and_pages(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["seeds"], "#v=table")
    page.click("[data-sort=money]")
    money = [float(t) for t in page.locator("td.c-money").all_inner_texts() if t]
    assert money == sorted(money, reverse=True) and len(money) > 3
    assert page.get_attribute("th.c-money", "aria-sort") == "descending"
    everything = page.inner_text("#count")
    page.fill("#tableWords", "左云")
    until(page, f"document.getElementById('count').textContent !== {everything!r}")
    assert all("左云" in row for row in page.locator("#rows tbody tr").all_inner_texts())
    page.fill("#tableWords", "没有这个")
    page.wait_for_selector("#rows .empty")
    page.fill("#tableWords", "")
    page.click("#of-facts")
    page.wait_for_selector("th.c-relation")
    first = page.inner_text("#rows tbody tr >> nth=0")
    page.click("#pager button >> nth=1")
    assert page.inner_text("#rows tbody tr >> nth=0") != first
    page.locator("#rows tbody tr td.c-article button").first.click()
    page.wait_for_selector("#articleView .told.chosen")


def test_a_name_made_to_break_out_is_text_everywhere(
    visit: Visitor, pages: dict[str, Path], tmp_path: Path
) -> None:
    page = visit(pages["evil"])
    for view in VIEWS:
        page.fill("#search", "img")
        assert f"{EVIL}有限公司" in page.inner_text("#hits")
        page.keyboard.press("Enter")
        page.click(f"#to-{view}")
        until(page, f"!document.querySelector('#{view}View').hidden")
        for button in page.locator(".card .quiet:visible").all()[:6]:
            button.click()
        assert view == "chains" or f"{EVIL}有限公司" in page.inner_text("body"), view
        assert page.evaluate("[document.images.length, document.scripts.length]") == [0, 3]
        for form in ("svg", "graphml"):
            page.evaluate("""(text) => {
              const read = new DOMParser().parseFromString(text, "application/xml");
              if (read.querySelector("parsererror, img, script")) throw new Error(text);
            }""", saved(page, form, tmp_path).read_text(encoding="utf-8"))  # fmt: skip
        if view in ("card", "table", "article"):
            assert EVIL in saved(page, "csv", tmp_path).read_text(encoding="utf-8-sig")


def test_an_empty_graph_says_so_in_every_view(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["empty"])
    for view in VIEWS:
        page.click(f"#to-{view}")
        assert "图里还没有东西" in page.inner_text("#count")
    page.fill("#search", "左云")
    assert "没有找到" in page.inner_text("#hits")


@pytest.fixture(scope="module")
def address_of_server(opened: dict[str, Graph]) -> Iterator[str]:
    """A server of the seeds' graph, mounted as `kg.explore.served` says."""
    served = Served(opened["seeds"])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            import json

            url = urlsplit(self.path)
            try:
                if url.path == "/":
                    status, kind, text = 200, "text/html", served.page()
                else:
                    name = unquote(url.path).removeprefix("/data/")
                    status, kind, text = (
                        200,
                        "application/json",
                        json.dumps(served.answer(name, dict(parse_qsl(url.query)))),
                    )
            except UsageError as error:
                status, kind, text = 400, "text/plain", str(error)
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_served_page_does_the_same_on_demand(
    visit: Visitor, address_of_server: str, pages: dict[str, Path]
) -> None:
    page, whole = visit(address_of_server), visit(pages["seeds"])
    for one in (page, whole):
        one.fill("#search", "ygjkq")
        one.wait_for_selector("#hits .hit")
        one.keyboard.press("Enter")
        until(one, "document.querySelector('#card h2')?.textContent.startsWith('云冈')")
    assert page.inner_text("#card") == whole.inner_text("#card")
    for view in ("chains", "table"):
        for one in (page, whole):
            one.keyboard.press("Escape")
            one.click(f"#to-{view}")
            one.wait_for_selector(".lane" if view == "chains" else "#rows tbody tr")
        assert page.inner_text(f"#{view}View") == whole.inner_text(f"#{view}View")
    page.locator("#rows tbody a").first.click()
    page.click("#to-network")
    before = page.inner_text("#count")
    page.locator("#card .act").first.click()
    until(page, f"document.getElementById('count').textContent !== {before!r}")
    page.click("#to-article")
    page.wait_for_selector("#articleView .mention")
    link = address(page)
    again = visit(address_of_server, link)
    again.wait_for_selector(READY)
    assert again.inner_text("#articleView") == page.inner_text("#articleView")
