"""How pages look and read: themes, widths, languages, and what axe-core finds; and how quick a large one is."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Visitor, until

VIEWS = ("chains", "network", "article", "card", "table")


@pytest.mark.parametrize(
    ("scheme", "states"), [("light", (*VIEWS, "way", "help", "search")), ("dark", VIEWS)]
)
def test_axe_finds_no_serious_fault(
    visit: Visitor, pages: dict[str, Path], scheme: str, states: tuple[str, ...]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    rules = {} if scheme == "light" else {"runOnly": ["color-contrast"]}  # (nothing else differs)
    page = visit(pages["small"], color_scheme=scheme)
    for state in states:
        if state == "way":
            page.keyboard.press("p")
        elif state == "help":
            page.keyboard.press("Escape")
            page.click("#helpOpen")
        elif state == "search":
            page.click("#helpClose")
            page.fill("#search", "云")
        else:
            page.click(f"#to-{state}")
            page.wait_for_timeout(50)
        found = axe.run(page, options=rules).response["violations"]
        bad = [(v["id"], v["impact"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found]
        assert [v for v in bad if v[1] in ("serious", "critical")] == [], state


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)])
def test_nothing_is_wider_than_the_window_and_no_text_is_cut(
    visit: Visitor, pages: dict[str, Path], size: tuple[int, int]
) -> None:
    page = visit(pages["seeds"], size=size)
    for lang in ("zh", "en"):
        for view in VIEWS:
            page.click(f"#to-{view}")
            page.wait_for_timeout(60)
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0], (lang, view)
            cut = page.evaluate("""() => [...document.querySelectorAll(
                "header *, #views *, #legend *, .lane *, #card *, .head *, #pager *, footer *")]
              .filter((e) => e.children.length === 0 && e.textContent.trim() && e.getClientRects().length
                && !e.matches(".hidden, option, input, select") && getComputedStyle(e).display !== "inline"
                && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 2))
              .map((e) => e.outerHTML.slice(0, 100))""")
            assert cut == [], (lang, view)
        page.click("#language")


def test_it_speaks_both_languages(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["seeds"])
    page.click("#language")
    assert page.inner_text("#to-chains") == "Chain map"
    assert " of " in page.inner_text("#count")
    assert page.get_attribute("html", "lang") == "en"
    assert "Development zone" in page.inner_text("#legend")
    assert visit(pages["seeds"], "#lang=en").inner_text("#to-table") == "Table"


def test_dark_and_light_follow_the_system_and_the_button(visit: Visitor, pages: dict[str, Path]) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    light, dark = visit(pages["small"]), visit(pages["small"], color_scheme="dark")
    assert light.evaluate(paper) == "rgb(255, 255, 255)" != dark.evaluate(paper)
    light.click("#theme")
    assert light.evaluate(paper) == dark.evaluate(paper)


def test_print_shows_the_view_without_its_tools(visit: Visitor, pages: dict[str, Path]) -> None:
    page = visit(pages["seeds"], "#v=chains")
    page.emulate_media(media="print")
    assert not page.locator("#legendBox").is_visible() and not page.locator("#search").is_visible()
    assert page.locator(".cell").first.is_visible()


def test_a_large_page_paints_and_searches_at_once(visit: Visitor, large_page: Path) -> None:
    """Times of the page's own thread, so that others at work on the machine do not count (tests/benchmarks/explorer.py
    measures what a reader waits).
    """
    opened = [visit(large_page) for _ in range(2)]
    paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    assert min(page.evaluate(paint) for page in opened) < 1500
    page = opened[0]
    assert "/ 5,000 个" in page.inner_text("#count")
    engine = page.context.new_cdp_session(page)
    engine.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy() -> float:
        told = {m["name"]: m["value"] for m in engine.send("Performance.getMetrics")["metrics"]}
        return 1000 * float(told["TaskDuration"])

    def took(words: str) -> float:
        before = busy()
        page.evaluate(SEARCH, words)
        return busy() - before

    assert all(0 < took(words) < 150 for words in ("电池", "4999", "hydc", "heyun"))
    assert "河云" in page.inner_text("#card h2")
    page.click("#all")
    until(page, "document.getElementById('count').textContent.startsWith('显示 5,000')")
    assert all(0 < took(words) < 150 for words in ("4998", "4997", "4996"))
    assert "4996" in page.inner_text("#card h2")


SEARCH = """async (words) => {
  const input = document.getElementById("search");
  input.value = words;
  input.dispatchEvent(new Event("input"));
  while (!document.querySelector("#hits .hit")) await new Promise((done) => { setTimeout(done, 1); });
  document.querySelector("#hits .hit").click();
  await new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
  document.getElementById("hits").replaceChildren();
}"""
