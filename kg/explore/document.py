"""The explorer: one HTML file with the network, the facts and everything they need."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from kg.errors import KgError
from kg.explore.content import Content, Statement, content
from kg.explore.layout import ROW, arrange
from kg.explore.start import Branch, Starts
from kg.graph import Graph
from kg.graph.store import replace_file
from kg.ontology import labels

_SCRIPTS = ("base", "glyphs", "labels", "picture", "growth", "card", "controls")
_LANGUAGES = ("zh", "en")


def page(graph: Graph, path: Path, *, focus: str | None = None, lang: str = "zh") -> tuple[int, int]:
    """Write the explorer of a graph to a file; the numbers of things and of those shown at first.

    `focus` is the IRI of what the page starts with (a zone, a chain, a firm); without one it starts with
    the chains of the zone of which most members are told. Raises KgError if the file cannot be written.
    """
    found = content(graph)
    wording = _wording()
    start = Starts(found, list(wording["relations"])).start(focus)
    info = graph.info()
    data = {
        **_data(found, start, wording),
        "lang": lang,
        "base": graph.iris.id_base,
        "counts": {"articles": info["articles"], "sources": info["sources"]},
    }
    try:
        replace_file(path, _html(data))
    except OSError as error:
        raise KgError(f"{path}: cannot write the page: {error.strerror or error}") from error
    return len(found.things), len(list(start or ()))


def _data(found: Content, start: Branch | None, wording: dict[str, Any]) -> dict[str, Any]:
    """All that the page knows, by number: things, links, claims, sentences, articles, words."""
    index = {iri: i for i, iri in enumerate(found.things)}
    articles = {iri: i for i, iri in enumerate(found.articles)}
    quotes = {quote: i for i, quote in enumerate(dict.fromkeys(s.quote for s in found.statements))}
    return {
        **_network(found, index),
        "claims": [_claim(s, index, articles, quotes) for s in found.statements],
        "quotes": list(quotes),
        "articles": [{"headline": h, "date": d, "source": s} for h, d, s in found.articles.values()],
        "start": _start(start, index) if start else None,
        "order": list(wording["relations"]),
        "words": _by_language(wording["words"]),
        "terms": _terms(found),
        "inverse": _by_language({k: v for k, v in wording["relations"].items() if v}),
        "forward": _by_language(wording["forward"]),
    }


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


def _network(found: Content, index: dict[str, int]) -> dict[str, list[dict[str, Any]]]:
    """Things and links as vis-network takes them, made with pyvis; looks and places are the page's business."""
    from pyvis.network import Network

    network = Network(directed=True)
    for iri, thing in found.things.items():
        network.add_node(index[iri], label=thing.label, shape="custom", kind=thing.kind)
    for link in found.links:
        network.add_edge(
            index[link.source], index[link.target], predicate=link.predicate, strength=link.strength
        )
    nodes, edges, *_ = network.get_network_data()
    things = list(found.things.values())
    return {
        "things": [
            {
                "iri": things[n["id"]].iri,
                "kind": n["kind"],
                "label": n["label"],
                "aliases": things[n["id"]].aliases,
                "state": found.states.get(things[n["id"]].iri),
            }
            for n in nodes
        ],
        "links": [
            {"from": e["from"], "to": e["to"], "p": e["predicate"], "strength": e["strength"]} for e in edges
        ],
    }


def _claim(
    s: Statement, index: dict[str, int], articles: dict[str, int], quotes: dict[str, int]
) -> dict[str, Any]:
    return {
        "s": index[s.subject],
        "p": s.predicate,
        "o": index[s.target] if s.target else None,
        "v": None if s.value is None else str(s.value),
        "q": quotes[s.quote],
        "a": articles.get(s.article),
        "c": s.confidence,
        "m": s.modality,
        "n": s.notes,
    }


def _terms(found: Content) -> dict[str, dict[str, str]]:
    """The ontology's names of the kinds, relations, phases and indicators that occur."""
    used = {t.kind for t in found.things.values()} | {link.predicate for link in found.links}
    for s in found.statements:
        used |= {s.predicate, str(s.value), s.notes.get("indicator", "")}
    names = {lang: labels("zh" if lang == "zh" else "en") for lang in _LANGUAGES}
    return {lang: {k: v for k, v in sorted(names[lang].items()) if k in used} for lang in _LANGUAGES}


def _by_language(pairs: dict[str, list[str]]) -> dict[str, dict[str, str]]:
    return {lang: {key: pair[i] for key, pair in pairs.items()} for i, lang in enumerate(_LANGUAGES)}


def _wording() -> dict[str, Any]:
    text = (files("kg.explore") / "data" / "words.yaml").read_text(encoding="utf-8")
    wording: dict[str, Any] = yaml.safe_load(text)
    return wording


def _html(data: dict[str, Any]) -> str:
    """The page: everything inline, and a policy that allows these very parts and nothing else."""
    assets = files("kg.explore") / "assets"
    script = "\n".join((assets / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS)
    script = f'"use strict";\n(() => {{\n{script}}})();\n'
    style = (assets / "page.css").read_text(encoding="utf-8")
    vis = _vis()
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    parts = {
        "POLICY": _policy([vis, script], [style]),
        "STYLE": style,
        "VIS": vis,
        "SCRIPT": script,
        # Nothing in the data can end the element or open a comment in it.
        "DATA": text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
        "LANG": "zh-CN" if data["lang"] == "zh" else "en",
    }
    template = (assets / "page.html").read_text(encoding="utf-8")
    return re.sub(r"@@([A-Z]+)@@", lambda m: parts[m[1]], template)


def _vis() -> str:
    """vis-network's script out of the package pyvis, without the link to its source map."""
    script = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    text = re.sub(r"//# sourceMappingURL=\S+", "", script.read_text(encoding="utf-8"))
    return text.replace("</script", "<\\/script")


def _policy(scripts: list[str], styles: list[str]) -> str:
    """A Content-Security-Policy that admits the given inline scripts and styles by their digests."""
    return (
        f"default-src 'none'; script-src {_digests(scripts)}; style-src {_digests(styles)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digests(parts: list[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(p.encode("utf-8")).digest()).decode("ascii") for p in parts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)
