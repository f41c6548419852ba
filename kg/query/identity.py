"""Why names were, or were not, taken for one thing: for the whole graph, and for one thing with its names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pyoxigraph as ox

from kg.graph import Graph, Queryable
from kg.model import Decision
from kg.query.binding import bind
from kg.query.facts import Thing, find
from kg.query.results import Results, rows

_ARTICLES = "SELECT ?article ?headline WHERE { ?article a lz:Article ; schema:headline ?headline }"
_NAMES = """
SELECT ?article ?headline ?published ?text (COUNT(*) AS ?count) WHERE {
  GRAPH ?article { ?mention lz:refersTo $entity ; lz:text ?text }
  ?article schema:headline ?headline . OPTIONAL { ?article schema:datePublished ?published }
} GROUP BY ?article ?headline ?published ?text ORDER BY ?article DESC(?count) ?text"""


@dataclass(frozen=True, slots=True)
class Naming:
    """What one article (an IRI) calls a thing: each form with how often it stands there, most frequent first."""

    article: str
    headline: str
    published: str | None
    forms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """A thing, what articles call it, and the decisions about it, least certain first."""

    thing: Thing
    namings: tuple[Naming, ...]
    decisions: tuple[Decision, ...]


def identity(graph: Graph, name: str) -> Identity:
    """Why what is called `name` (a name, alias or IRI) is one thing. Raises UsageError as `find` does."""
    thing = find(graph, name)
    found: dict[str, Naming] = {}
    for row in rows(graph, bind(_NAMES, {"entity": ox.NamedNode(thing.iri)})):
        article, published = str(row["article"]), row["published"]
        naming = found.get(article) or Naming(
            article, str(row["headline"]), None if published is None else str(published), ()
        )
        forms = (*naming.forms, (str(row["text"]), int(str(row["count"]))))
        found[article] = Naming(article, naming.headline, naming.published, forms)
    return Identity(thing, tuple(found.values()), graph.decisions(thing.iri))


def headlines(graph: Queryable) -> dict[str, str]:
    """The headlines of the articles, by their IRIs."""
    return {str(row["article"]): str(row["headline"]) for row in rows(graph, _ARTICLES)}


def decisions_as(form: str, decisions: Sequence[Decision], lang: str) -> str:
    """Decisions as `json` (a list) or `csv` (one a row). Raises UsageError for another format."""
    if form == "json":
        return json.dumps([asdict(decision) for decision in decisions], ensure_ascii=False, indent=1) + "\n"
    header = (
        "score", "merged", "name", "article", "other name", "other article", "reason", "pairs", "kept", "other"
    )  # fmt: skip
    told = [
        (
            d.score,
            d.merged,
            d.names[0],
            d.articles[0],
            d.names[1],
            d.articles[1],
            d.reason if lang == "zh" else d.reason_en,
            d.count,
            d.kept,
            d.other,
        )
        for d in decisions
    ]
    return Results(header, tuple(told)).to(form)
