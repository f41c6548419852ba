"""The page in a browser, with the network cut. Skipped where no Chromium is installed."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(
    filter(
        None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))
    ),
    None,
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine to open the page with")

READY = 'document.body.dataset.ready = "yes";'
# names that lie on each other or on a shape
OVERLAPS = """
const overlaps = () => {
  const scale = network.getScale(), boxes = names(scale).placed.map((p) => p.box);
  const shapes = seen().map((i) => {
    const s = view.spots.get(i), r = sizeOf(i, scale) / 2;
    return { left: s.x * scale - r, right: s.x * scale + r, top: s.y * scale - r, bottom: s.y * scale + r };
  });
  return boxes.flatMap((a, i) => [...boxes.slice(i + 1), ...shapes].filter((b) => meet(a, b))).length;
};
"""


def opened(
    page: Path, tmp_path: Path, script: str = "", size: str = "1440,900"
) -> tuple[dict[str, Any], str]:
    """What a script within the page answers, and the page's elements after it ran.

    With a script the policy is taken out (it would forbid the changed one); without, it stays.
    """
    text = page.read_text(encoding="utf-8")
    if script:
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
        asked = "try { " + script + " } catch (e) { answer.error = String(e.stack); }"
        ending = "document.body.dataset.answer = JSON.stringify(answer);"
        text = text.replace(READY, f"const answer = {{}}; {OVERLAPS} {asked} {ending} {READY}")
    target = tmp_path / "opened.html"
    target.write_text(text, encoding="utf-8")
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={size}", "--virtual-time-budget=2000",
        "--dump-dom", target.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=True)
    found = re.search(r'data-answer="([^"]*)"', done.stdout)
    return (json.loads(html.unescape(found[1])) if found else {}), done.stdout


def test_it_opens_under_its_policy_with_the_card_of_the_zone(pages: dict[str, Path], tmp_path: Path) -> None:
    _, dom = opened(pages["seeds"], tmp_path)
    assert 'data-ready="yes"' in dom
    card = dom.split('id="card"')[1].split("</aside>")[0]
    assert re.search(r"<h2[^>]*>左云经济技术开发区</h2>", card)
    assert "煤化工精细化工产业链" in card
    assert re.search(r"显示 32 / \d+ 个", dom)


def test_a_name_made_to_break_out_is_shown_as_text(pages: dict[str, Path], tmp_path: Path) -> None:
    answer, _ = opened(
        pages["evil"],
        tmp_path,
        """THINGS.forEach((_, i) => select(i));
        document.querySelectorAll("#card .quiet").forEach((b) => b.click());
        $("search").value = "img"; search();
        answer.images = document.images.length; answer.scripts = document.scripts.length;
        answer.hits = $("hits").textContent;""",
    )
    assert answer == {"images": 0, "scripts": 3, "hits": answer["hits"]}
    assert "</script><img src=x onerror=alert(1)>有限公司" in answer["hits"]


@pytest.mark.parametrize("size", ["1440,900", "1024,800", "500,960"])
def test_names_never_lie_on_each_other(pages: dict[str, Path], tmp_path: Path, size: str) -> None:
    answer, _ = opened(
        pages["seeds"],
        tmp_path,
        """answer.start = overlaps(); answer.named = names(network.getScale()).placed.length;
        const zone = view.selected;
        grow(zone); answer.grown = overlaps(); grow(zone); answer.more = overlaps();
        const far = neighbours(neighbours(zone)[30])[0]; select(far, true); grow(far); answer.far = overlaps();
        answer.zoomed = [0.3, 0.6, 1.7].map((scale) => { network.moveTo({ scale }); return overlaps(); });""",
        size,
    )
    assert "error" not in answer, answer
    assert answer["named"] == 32
    assert [answer[k] for k in ("start", "grown", "more", "far", "zoomed")] == [0, 0, 0, 0, [0, 0, 0]]


def test_clicks_search_legend_and_language(pages: dict[str, Path], tmp_path: Path) -> None:
    answer, _ = opened(
        pages["small"],
        tmp_path,
        """const q = (s) => document.querySelector(s), all = (s) => [...document.querySelectorAll(s)];
        $("search").value = "云州经开"; search(); answer.alias = $("hits").textContent;
        $("search").value = "没有的"; search(); answer.none = $("hits").textContent;
        $("search").value = "晶阳"; search(); q("#hits button").click();
        answer.card = q("#card h2").textContent; answer.address = decodeURIComponent(location.hash);
        all("#card .quiet")[0].click(); answer.sentence = q("#card blockquote").textContent;
        answer.mark = q("#card mark").textContent;
        answer.denied = all("#card .denied").map((e) => e.textContent).join();
        const links = shownLines().flatMap((l) => l.links);
        answer.located = links.filter((l) => l.p === "locatedIn").map((l) => THINGS[l.from].label);
        const line = [...lines.values()].find((l) => l.strength === "member");
        selectLine(line.id); answer.line = $("card").textContent;
        const box = all("#legend input")[0], before = seen().length; select(null);
        box.click(); answer.hidden = before - seen().length; box.click();
        $("language").click(); answer.english = q("#legend").textContent; answer.count = $("count").textContent;
        step(1, 0); answer.stepped = view.selected !== null;
        $("reset").click(); answer.again = view.selected;""",
    )
    assert "error" not in answer, answer
    assert "云州经济开发区" in answer["alias"]
    assert "没有找到" in answer["none"]
    assert answer["card"] == "晶阳硅片项目"
    assert answer["address"] == "#project/晶阳硅片项目"
    assert answer["sentence"] == "光伏产业链以投资8.9亿元的晶阳硅片项目为“链主”"
    assert answer["mark"] in ("晶阳硅片项目", "光伏产业链")
    assert "星河石英坩埚项目" in answer["denied"]
    # that a chain's members lie in its zone is not drawn beside the chain
    assert answer["located"] == ["云州经济开发区"]
    assert "没有说谁给谁供货" in answer["line"]
    assert answer["hidden"] == 1
    assert "Development zone" in answer["english"]
    assert answer["count"] == "6 of 6 shown"
    assert answer["stepped"] is True
    assert answer["again"] is not None


def test_an_empty_graph_says_so(pages: dict[str, Path], tmp_path: Path) -> None:
    _, dom = opened(pages["empty"], tmp_path)
    assert 'data-ready="yes"' in dom
    assert "图里还没有东西" in dom
