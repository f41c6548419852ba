"""GraphML for Gephi, yEd and Cytoscape: entities and what lies between them."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator

import networkx as nx

from kg.graph.export.overview import claims, entities, values
from kg.graph.graph import Graph
from kg.ontology import labels, segments

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def graphml(graph: Graph) -> Iterator[bytes]:
    """Entities as nodes; as edges what texts assert (`kind` stated) and what was computed (derived).

    An edge tells how many claims it stands for, and the sentence of the surest. A node tells its phases
    and segments, and the largest total investment that a text gives (yuan).
    """
    known, words = entities(graph), labels("zh")
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, entity in known.items():
        drawn.add_node(
            iri, label=_xml(entity.label), type=entity.kind, aliases=_xml("；".join(entity.aliases))
        )
    stated: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    phases: dict[str, set[str]] = defaultdict(set)
    for row in claims(graph):
        if row.get("modality") != "asserted" or row["subject"] not in known:
            continue
        if row["object"] in known:
            stated[row["subject"], row["object"], row["predicate"]].append(row)
        elif row["predicate"] == "status":
            phases[row["subject"]].add(words.get(row["object"], row["object"]))
        elif row["predicate"] == "totalInvestment" and row.get("unit") == "CNY":
            node = drawn.nodes[row["subject"]]
            node["totalInvestment"] = max(float(row["object"]), node.get("totalInvestment", 0.0))
    for iri, found in sorted(phases.items()):
        drawn.nodes[iri]["status"] = "；".join(sorted(found))
    for (subject, target, predicate), rows in sorted(stated.items()):
        best = min(rows, key=lambda row: (-float(row["confidence"]), row["claim"]))
        drawn.add_edge(
            subject,
            target,
            key=predicate,
            property=predicate,
            label=words.get(predicate, predicate),
            kind="stated",
            claims=len(rows),
            quote=_xml(best["quote"]),
            source=_xml(best["headline"]),
        )
    _derived(graph, drawn)
    output = io.BytesIO()
    nx.readwrite.graphml.write_graphml_xml(drawn, output, prettyprint=True)
    yield output.getvalue()


def _derived(graph: Graph, drawn: nx.MultiDiGraph[str]) -> None:
    base, words = graph.iris.ontology_base, labels("zh")
    names = {segment.iri: segment.label_zh for segment in segments().values()}
    for subject, told in sorted(values(graph.quads(graph.iris.graph("derived"))).items()):
        if subject not in drawn:
            continue
        for predicate in ("memberUnderLeader", "potentialSupplierOf"):
            for target in told.get(base + predicate, ()):
                drawn.add_edge(
                    subject, target, key=predicate, property=predicate, label=words[predicate], kind="derived"
                )
        placed = [names.get(iri, iri) for iri in told.get(base + "inSegment", ())]
        if placed:
            drawn.nodes[subject]["segments"] = "；".join(sorted(placed))


def _xml(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
