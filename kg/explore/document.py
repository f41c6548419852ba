"""The page: one HTML file with everything it needs, or the same page that asks a server for its data.

vis-network, out of the package pyvis, draws shapes and lines and lets one pan and zoom; places are computed here
(`kg.explore.layout`) and physics is off. Pyvis' own page is not used: it loads from a CDN, and knows one view.
With hundreds of things on the picture vis-network, which draws each anew in every frame, still pans and zooms; shapes,
lines and names then come as one plate (assets/plate.js), which needs neither WebGL nor a graphics card.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.explore.atlas import Atlas
from kg.explore.content import Content, Text, content, text_of
from kg.explore.layout import ROW, arrange
from kg.explore.maps import chain_maps, template_words
from kg.explore.start import Branch, Starts
from kg.explore.whole import everywhere
from kg.graph import Graph
from kg.graph.deriving import PHASES
from kg.graph.store import replace_file
from kg.ontology import labels
from kg.tables import table

MOST_THINGS = 6000  # in one file; of a larger graph it holds what is nearest to the start
MOST_TEXT = 3_000_000  # characters of articles in one file

_SCRIPTS = (
    "base", "source", "filters", "glyphs", "labels", "picture", "plate", "growth", "sentence", "card", "maps",
    "article", "table", "search", "routes", "legend", "address", "drawing", "export", "pointer", "controls",
)  # fmt: skip
_LANGUAGES = ("zh", "en")


def page(graph: Graph, path: Path, *, focus: str | None = None, lang: str = "zh") -> tuple[int, int, int]:
    """Write the explorer of a graph to a file; the numbers of things in the graph, in the file and shown at first.

    `focus` is the IRI of what the page starts with (a zone, a chain, a firm); without one it starts with
    the chains of the zone of which most members are told. Raises KgError if the file cannot be written.
    """
    atlas = atlas_of(graph)
    start = Starts(atlas.found, order()).start(focus)
    keep = _kept(atlas, start)
    part = atlas.within(keep)
    maps = [m for m in chain_maps(graph, atlas) if _lies_in(m, set(keep))]
    data = {
        **settings(atlas, start, maps, graph.info()),
        "lang": lang,
        "maps": maps,
        "part": part,
        "texts": texts(graph, atlas, [article["a"] for article in part["articles"]]),
        "whole": whole(atlas, keep),
    }
    write(render(data), path)
    return len(atlas.things), len(keep), len(list(start or ()))


def atlas_of(graph: Graph) -> Atlas:
    """The content of a graph by number."""
    return Atlas(content(graph), order(), graph.iris.id_base)


def write(text: str, path: Path) -> None:
    """Write a page whole or not at all. Raises KgError if that fails."""
    try:
        replace_file(path, text)
    except OSError as error:
        raise KgError(f"{path}: cannot write the page: {error.strerror or error}") from error


def _kept(atlas: Atlas, start: Branch | None) -> Sequence[int]:
    if len(atlas.things) <= MOST_THINGS or start is None:
        return range(len(atlas.things))
    return sorted(atlas.nearest(atlas.number[start.iri], MOST_THINGS))


def _lies_in(told: dict[str, Any], keep: set[int]) -> bool:
    inside = {m["i"] for members in told["members"].values() for m in members}
    return {told["i"], *told["chains"], *told["unplaced"], *inside} <= keep


def settings(
    atlas: Atlas, start: Branch | None, maps: Iterable[dict[str, Any]], info: dict[str, Any]
) -> dict[str, Any]:
    """What a page knows besides the graph's parts: counts, words, the start, the templates of its maps."""
    wording = _wording()
    return {
        "base": atlas.base,
        "total": {"things": len(atlas.things), "facts": len(atlas.found.statements), **_counts(info)},
        "tallies": atlas.tallies(),
        "years": atlas.years(),
        "start": _start(start, atlas.number) if start else None,
        "order": order(),
        "phases": list(PHASES),
        "words": _by_language(wording["words"]),
        "terms": _terms(atlas.found),
        "inverse": _by_language({k: v for k, v in wording["relations"].items() if v}),
        "forward": _by_language(wording["forward"]),
        "templates": template_words(maps),
    }


def _counts(info: dict[str, Any]) -> dict[str, int]:
    return {"articles": info["articles"], "sources": info["sources"]}


def whole(atlas: Atlas, things: Sequence[int]) -> list[int]:
    """Where things stand when all are shown: x, y, x, y, … in their order."""
    return [coordinate for spot in everywhere(atlas, things) for coordinate in spot]


def texts(graph: Graph, atlas: Atlas, articles: Iterable[int], most: int = MOST_TEXT) -> list[dict[str, Any]]:
    """The bodies of articles by number, with mentions by number of thing, as long as there is room."""
    found = []
    for a in articles:
        most -= atlas.found.articles[atlas.articles[a]].length
        if most < 0:
            break
        if (text := text_of(graph, atlas.articles[a], atlas.number)) is not None:
            found.append(text_data(a, text, atlas))
    return found


def text_data(a: int, text: Text, atlas: Atlas) -> dict[str, Any]:
    """An article's body and mentions as pages take them."""
    mentions = [[start, end, atlas.number[iri]] for start, end, iri in text.mentions]
    return {"a": a, "body": text.body, "mentions": mentions}


def _start(start: Branch, index: dict[str, int]) -> dict[str, Any]:
    """The start arranged for a wide and for a tall window: number, place and side of label of each thing.

    `row` is the distance of two rows, `rows` how many the tall one has.
    """
    wide, tall = arrange(start, sides=2), arrange(start, sides=1)
    heights = [spot.y for spot in tall.values()]
    return {
        "wide": [[index[iri], spot.x, spot.y, spot.side] for iri, spot in wide.items()],
        "tall": [[index[iri], spot.x, spot.y, spot.side] for iri, spot in tall.items()],
        "row": ROW,
        "rows": round((max(heights) - min(heights)) / ROW) + 1,
    }


def order() -> list[str]:
    """The relations by importance."""
    return list(_wording()["relations"])


def _terms(found: Content) -> dict[str, dict[str, str]]:
    """The ontology's names of the kinds, relations, phases and indicators that occur, and of the states of segments."""
    used = {t.kind for t in found.things.values()} | {link.predicate for link in found.links}
    for s in found.statements:
        used |= {s.predicate, str(s.value), s.notes.get("indicator", "")}
    used |= set(_wording()["states"])
    names = {lang: labels("zh" if lang == "zh" else "en") for lang in _LANGUAGES}
    return {lang: {k: v for k, v in sorted(names[lang].items()) if k in used} for lang in _LANGUAGES}


def _by_language(pairs: dict[str, list[str]]) -> dict[str, dict[str, str]]:
    return {lang: {key: pair[i] for key, pair in pairs.items()} for i, lang in enumerate(_LANGUAGES)}


@cache
def _wording() -> dict[str, Any]:
    wording: dict[str, Any] = table("kg.explore", "words")
    return wording


def render(data: dict[str, Any]) -> str:
    """The page of some data: everything inline, and a policy that allows these very parts and nothing else.

    `data` is what `settings` gives, with `lang`, `maps`, `part`, `texts`, `whole` on a page that holds all, and
    `remote` (where the page asks for more, relative to its own address) on one that is served.
    """
    script, vis, style = _scripts(), _vis(), _asset("page.css")
    data = {"remote": None, "whole": None, **data}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    parts = {
        "POLICY": policy(remote=data["remote"] is not None),
        "STYLE": style,
        "VIS": vis,
        "SCRIPT": script,
        # Nothing in the data can end the element or open a comment in it.
        "DATA": text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
        "LANG": "zh-CN" if data["lang"] == "zh" else "en",
    }
    return re.sub(r"@@([A-Z]+)@@", lambda m: parts[m[1]], _asset("page.html"))


def _asset(name: str) -> str:
    return (files("kg.explore") / "assets" / name).read_text(encoding="utf-8")


def _scripts() -> str:
    script = "\n".join(_asset(f"{name}.js") for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{script}}})();\n'


@cache
def _vis() -> str:
    """vis-network's script out of the package pyvis, without the link to its source map."""
    script = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    text = re.sub(r"//# sourceMappingURL=\S+", "", script.read_text(encoding="utf-8"))
    return text.replace("</script", "<\\/script")


def policy(*, remote: bool = False) -> str:
    """The Content-Security-Policy of a page: its inline scripts and style by their digests, pictures it draws
    itself, and (where it is served) data from where it came from; nothing else.
    """
    scripts, styles = _digests([_vis(), _scripts()]), _digests([_asset("page.css")])
    asking = "connect-src 'self'; " if remote else ""
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src data: blob:; {asking}"
        "base-uri 'none'; form-action 'none'"
    )


def _digests(parts: list[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(p.encode("utf-8")).digest()).decode("ascii") for p in parts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)
