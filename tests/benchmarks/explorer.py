"""How quick the explorer is on 5,000 things and 10,000 links, beside pyvis' default page of the same graph.

    python tests/benchmarks/explorer.py [--rounds 3]

Measured in the browser with the network cut: first paint; from typing to the list of hits, and from choosing one to
its highlight; frames a second while one pans and zooms, of the page as it opens, of the page with everything on
the picture, and of pyvis' page as `Network.generate_html` makes it (its script inlined, since it would load it from
the network), in its first minute, in which it works out its layout; and, as that is hardly a page yet, of pyvis'
page without physics. Frames are animation callbacks, each of which makes the next step of the same gestures.
Run it while nothing else runs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "explore"))

from browsing import READY, launched
from explore_material import large, write_large

from kg.explore.content import Content

# in each frame one more step of the same gestures: the picture is dragged about, then the wheel is turned
_FRAMES = """([selector, seconds]) => new Promise((done) => {
  const canvas = document.querySelector(selector), box = canvas.getBoundingClientRect();
  const x = box.left + box.width / 2, y = box.top + box.height - 60, began = performance.now();
  let n = 0;
  const point = (type, dx, dy) => canvas.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true,
    pointerId: 1, pointerType: "mouse", isPrimary: true, button: type === "pointermove" ? -1 : 0,
    buttons: type === "pointerup" ? 0 : 1, clientX: x + dx, clientY: y + dy }));
  const tick = () => {
    const at = n % 60, way = Math.floor(n / 60) % 2 ? -1 : 1;
    if (at === 0) point("pointerdown", 0, 0);
    else if (at < 40) point("pointermove", 4 * at * way, -3 * at);
    else if (at === 40) point("pointerup", 160 * way, -120);
    else canvas.dispatchEvent(new WheelEvent("wheel", { bubbles: true, cancelable: true,
      deltaY: 30 * (at < 50 ? -1 : 1), clientX: x, clientY: box.top + box.height / 2 }));
    n += 1;
    if (performance.now() - began < seconds * 1000) requestAnimationFrame(tick);
    else done(((n - 1) / (performance.now() - began)) * 1000);
  };
  requestAnimationFrame(tick);
})"""
_TELLS = """(() => { let n = 0, told = 0;
  const tick = (now) => {
    n += 1;
    if (now - told > 500) { told = now; console.log("frames " + n); }
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick); })()"""
_SEARCH = """async (words) => {
  const input = document.getElementById("search"), began = performance.now();
  input.value = words;
  input.dispatchEvent(new Event("input"));
  while (!document.querySelector("#hits .hit, #hits .none")) await new Promise((done) => { setTimeout(done, 0); });
  const listed = performance.now() - began;
  document.querySelector("#hits .hit").click();
  await new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
  const all = performance.now() - began;
  document.getElementById("hits").replaceChildren();
  return [listed, all];
}"""


def write_pyvis(found: Content, target: Path, physics: bool = True) -> None:
    """Pyvis' page as it comes, but for the script, which stands in it; without physics, things stand on a grid."""
    from pyvis.network import Network

    drawn = Network(cdn_resources="in_line")
    drawn.toggle_physics(physics)
    for n, (iri, thing) in enumerate(found.things.items()):
        place = {} if physics else {"x": n % 70 * 120, "y": n // 70 * 60}
        drawn.add_node(iri, label=thing.label, **place)
    # (Network.add_edge compares each with all there are, which takes minutes)
    drawn.edges = [{"from": link.source, "to": link.target, "title": link.predicate} for link in found.links]
    target.write_text(drawn.generate_html(notebook=False), encoding="utf-8")


def frames(page: Any, canvas: str, seconds: float = 6.0) -> float:
    """Frames a second while one drags the picture about and turns the wheel."""
    return float(page.evaluate(_FRAMES, [canvas, seconds]))


def measure(browser: Any, folder: Path, found: Content) -> dict[str, float]:
    """One run."""
    told: dict[str, float] = {}
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: m.type in ("error", "warning") and complaints.append(m.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((folder / "large.html").as_uri())
    page.wait_for_selector(READY)
    paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    told["first paint (ms)"] = page.evaluate(paint)
    told["ready (ms)"] = page.evaluate("performance.now()")
    told["frames/s, as it opens"] = frames(page, "#network canvas")
    told["search to hits (ms)"], told["search to highlight (ms)"] = map(
        max,
        zip(*(page.evaluate(_SEARCH, words) for words in ("电池", "4999", "hydc", "heyun")), strict=True),
    )
    page.evaluate("location.hash = ''")
    page.click("#all")
    page.wait_for_timeout(500)
    told["frames/s, everything"] = frames(page, "#network canvas")
    told["search to highlight, everything (ms)"] = max(
        page.evaluate(_SEARCH, w)[1] for w in ("电池", "4999", "hydc")
    )
    context.close()
    if complaints:
        raise SystemExit(f"the console complains: {complaints}")
    told["frames/s, pyvis"] = first_minute(browser, folder / "pyvis.html")
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    page.set_default_timeout(300_000)
    page.goto((folder / "still.html").as_uri(), wait_until="commit")
    page.wait_for_selector("#mynetwork canvas", state="attached")
    told["frames/s, pyvis without physics"] = frames(page, "#mynetwork canvas", 12)
    context.close()
    return told


def first_minute(browser: Any, file: Path, seconds: float = 60.0) -> float:
    """Frames a second of a page that may be too busy to be asked: it tells by itself, as often as it can."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    heard = [0]
    page.on("console", lambda m: m.text.startswith("frames ") and heard.append(int(m.text.split()[1])))
    page.add_init_script(_TELLS)
    page.goto(file.as_uri(), wait_until="commit")
    page.wait_for_timeout(seconds * 1000)
    context.close()
    return heard[-1] / seconds


def main() -> None:
    """Print the middle of some runs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    found = large()
    with tempfile.TemporaryDirectory() as temporary, launched() as browser:
        folder = Path(temporary)
        write_large(folder / "large.html", found)
        write_pyvis(found, folder / "pyvis.html")
        write_pyvis(found, folder / "still.html", physics=False)
        print(f"{len(found.things):,} things, {len(found.links):,} links; Chromium {browser.version}")
        runs = [measure(browser, folder, found) for _ in range(given.rounds)]
    for name in runs[0]:
        print(
            f"{name:40} {median(run[name] for run in runs):10.1f}   {[round(run[name], 1) for run in runs]}"
        )
    for other in ("pyvis", "pyvis without physics"):
        least = min(run["frames/s, everything"] / max(run[f"frames/s, {other}"], 0.01) for run in runs)
        print(f"{'times the frames of ' + other + ', at least':40} {least:10.1f}")


if __name__ == "__main__":
    main()
