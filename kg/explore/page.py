"""The explorer: one HTML file with the network, the facts and everything they need."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.explore.content import Content, content
from kg.explore.layout import positions
from kg.graph import Graph
from kg.graph.store import replace_file
from kg.ontology import labels

# Shape means kind; colour is kept for state and selection.
SHAPES = {
    "Zone": "square",
    "Park": "square",
    "Place": "triangle",
    "Chain": "hexagon",
    "Firm": "dot",
    "Project": "diamond",
    "Industry": "triangleDown",
    "Product": "dot",
    "Institution": "star",
    "Person": "star",
}
SIZES = {"Zone": 15, "Chain": 14, "Park": 10, "Firm": 9, "Project": 9, "Place": 9}
START = 80  # things shown at first, at most


def page(graph: Graph, path: Path, *, focus: str | None = None, lang: str = "zh") -> tuple[int, int]:
    """Write the explorer of a graph to a file; the numbers of things and of those shown at first.

    `focus` is the IRI of what the page starts with (a zone, a chain, a firm); without one it starts
    with the chains, their leaders and members. Raises KgError if the file cannot be written.
    """
    found = content(graph)
    start = starting(found, focus)
    info = graph.info()
    data = {**_data(found), "start": start, "focus": focus, "lang": lang}
    data["articles_n"], data["sources_n"] = info["articles"], info["sources"]
    try:
        replace_file(path, _html(data))
    except OSError as error:
        raise KgError(f"{path}: cannot write the page: {error.strerror or error}") from error
    return len(found.things), len(start)


def starting(found: Content, focus: str | None) -> list[str]:
    """What the page shows first: a thing and its neighbours, or the chains with who is in them."""
    near = found.neighbours()
    if focus is not None:
        around = sorted(near[focus], key=lambda i: (-len(near[i]), i))
        return [focus, *around][:START]
    chosen: dict[str, None] = {}
    of_chain = ("chainLeader", "inChain", "chainIn")
    by_chain: dict[str, set[str]] = {}
    for link in found.links:
        if link.predicate in of_chain:
            chain = link.source if link.predicate != "inChain" else link.target
            by_chain.setdefault(chain, set()).update((link.source, link.target))
    for chain in sorted(by_chain, key=lambda c: (-len(by_chain[c]), c)):
        if len(chosen.keys() | by_chain[chain]) <= START:
            chosen.update(dict.fromkeys(sorted(by_chain[chain])))
    if not chosen:
        ranked = sorted(found.things, key=lambda i: (-len(near[i]), i))
        chosen.update(dict.fromkeys(ranked[: START // 2]))
    return list(chosen)


def _data(found: Content) -> dict[str, Any]:
    index = {iri: i for i, iri in enumerate(found.things)}
    articles = {iri: i for i, iri in enumerate(found.articles)}
    places = positions(found)
    nodes, edges = _network(found, index, places)
    return {
        "nodes": nodes,
        "edges": edges,
        "things": [
            {"iri": t.iri, "kind": t.kind, "label": t.label, "aliases": t.aliases}
            for t in found.things.values()
        ],
        "claims": [
            {
                "s": index[s.subject],
                "p": s.predicate,
                "o": index[s.target] if s.target else None,
                "v": None if s.value is None else str(s.value),
                "q": s.quote,
                "a": articles.get(s.article),
                "c": s.confidence,
                "m": s.modality,
                "n": s.notes,
            }
            for s in found.statements
            if s.subject in index
        ],
        "articles": [{"headline": h, "date": d, "source": s} for h, d, s in found.articles.values()],
        "labels": {"zh": dict(labels("zh")), "en": dict(labels("en"))},
    }


def _network(
    found: Content, index: dict[str, int], places: dict[str, tuple[float, float]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Nodes and edges as vis-network takes them, made with pyvis; colours are the page's business."""
    from pyvis.network import Network

    network = Network(directed=True)
    for iri, thing in found.things.items():
        x, y = places[iri]
        label = thing.label if len(thing.label) <= 13 else thing.label[:12] + "…"
        network.add_node(
            index[iri],
            label=label,
            x=x,
            y=y,
            shape=SHAPES.get(thing.kind, "dot"),
            size=SIZES.get(thing.kind, 7),
        )
    for link in found.links:
        network.add_edge(
            index[link.source], index[link.target], predicate=link.predicate, strength=link.strength
        )
    nodes, edges, *_ = network.get_network_data()
    kinds = [t.kind for t in found.things.values()]
    kept = ("id", "label", "x", "y", "shape", "size")
    return (
        [{**{k: n[k] for k in kept}, "kind": kinds[n["id"]]} for n in nodes],
        [{"from": e["from"], "to": e["to"], "p": e["predicate"], "strength": e["strength"]} for e in edges],
    )


def _html(data: dict[str, Any]) -> str:
    """The page: everything inline, and a policy that allows these very scripts and nothing else."""
    assets = files("kg.explore") / "assets"
    vis, style = _vis()
    script = (assets / "page.js").read_text(encoding="utf-8")
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    parts = {
        "POLICY": _policy(vis, script),
        "STYLE": style + (assets / "page.css").read_text(encoding="utf-8"),
        "VIS": vis,
        "SCRIPT": script,
        # Nothing in the data can end the element or open a comment in it.
        "DATA": text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
        "LANG": "zh-CN" if data["lang"] == "zh" else "en",
    }
    template = (assets / "page.html").read_text(encoding="utf-8")
    return re.sub(r"@@([A-Z]+)@@", lambda m: parts[m[1]], template)


def _vis() -> tuple[str, str]:
    """vis-network's script and style out of the package pyvis, without links to elsewhere."""
    folder = files("pyvis") / "templates" / "lib" / "vis-9.1.2"
    script = (folder / "vis-network.min.js").read_text(encoding="utf-8")
    style = (folder / "vis-network.css").read_text(encoding="utf-8")
    script = re.sub(r"//# sourceMappingURL=\S+", "", script).replace("</script", "<\\/script")
    return script, re.sub(r"url\((?!data:)[^)]*\)", "none", style)


def _policy(*scripts: str) -> str:
    """A Content-Security-Policy that admits the given inline scripts by their digests."""
    digests = " ".join(f"'sha256-{_digest(s)}'" for s in scripts)
    return (
        f"default-src 'none'; script-src {digests}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
