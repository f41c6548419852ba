"""The pages as jobs: what they show, put into their templates."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.errors import UsageError
from kg.graph.sparql import declare
from kg.graph.vocabulary import prefixes
from kg.ontology import labels
from kg.query import describe
from kg.query.saved import SavedQuery, sparql
from kg.server import cards, overview
from kg.server.jobs import Desk, Sink
from kg.server.refusal import Refusal
from kg.server.resources import address, named

_COMMENTS = re.compile(r"\A(?:#.*\n)*")
_FIRST = "zones"  # the question that the query page starts with
_MOST_ZONES = 50


@dataclass(frozen=True, slots=True)
class About:
    """What the graph holds, its zones, and how programs get at it."""

    lang: str

    def run(self, desk: Desk, sink: Sink) -> str:
        """Write it."""
        zones = desk.once("zones", overview.zones)
        shown = {"zones": zones[:_MOST_ZONES], "more": max(len(zones) - _MOST_ZONES, 0)}
        return page("about.html", self.lang, sink, here="/about", info=desk.graph.info(), **shown)


@dataclass(frozen=True, slots=True)
class Console:
    """The page on which queries are written, with saved ones as examples."""

    lang: str
    saved: tuple[SavedQuery, ...]

    def run(self, desk: Desk, sink: Sink) -> str:
        """Write it."""
        iris = desk.graph.iris
        queries = [
            {
                "name": query.name,
                "asks": query.zh if self.lang == "zh" else query.en,
                "parameters": [
                    {
                        "name": p.name,
                        "about": p.about.split(" / ")[-1 if self.lang == "en" else 0],
                        "default": p.default or "",
                        "needed": not p.optional and p.default is None,
                    }
                    for p in query.parameters
                ],
                "sparql": _declared(iris.rebase(query.example), prefixes(iris)),
            }
            for query in self.saved
        ]
        setting = json.dumps(
            {
                "prefixes": prefixes(iris),
                "idBase": iris.id_base,
                "queries": queries,
                "first": _FIRST,
                "terms": [f"lz:{name}" for name in labels("en")],
            }
        )
        return page("query.html", self.lang, sink, here="/query", queries=queries, setting=setting)


def _declared(text: str, known: Mapping[str, str]) -> str:
    """A query that declares all its prefixes, as editors want it; comments on top of it stay there."""
    body = _COMMENTS.sub("", text, count=1)
    return text[: len(text) - len(body)] + declare(body, known)


@dataclass(frozen=True, slots=True)
class Saved:
    """The SPARQL of a saved query with its parameters filled in; None is a query that nobody saved."""

    query: SavedQuery | None
    parameters: tuple[tuple[str, str], ...]

    def run(self, desk: Desk, sink: Sink) -> str:
        """Write it. Raises UsageError for parameters that do not fit, Refusal (404) for an unknown query."""
        if self.query is None:
            raise Refusal(404, "there is no saved query of this name")
        given = {name: value for name, value in self.parameters if value}
        text = sparql(desk.graph, self.query, given)
        sink.write(_declared(text, prefixes(desk.graph.iris)).encode("utf-8"))
        return "application/sparql-query; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Card:
    """The page about `…/id/PATH`."""

    path: str
    lang: str

    def run(self, desk: Desk, sink: Sink) -> str:
        """Write it. Raises Refusal (404) if the graph says nothing of it."""
        graph = desk.graph
        iri = named(graph, self.path)
        data = {ending: address(self.path, ending) for ending in ("ttl", "jsonld", "nt", "rdf")}
        shared = {"here": address(self.path, None), "iri": iri, "data": data, "drawn": quote(self.path)}
        if iri in desk.once("articles", lambda g: frozenset(g.articles())):
            article = cards.article(graph, iri, self.lang)
            return page("article.html", self.lang, sink, article=article, **shared)
        try:
            found = describe(graph, iri, self.lang)
        except UsageError:  # a source, a segment, what was computed: no entity
            rows = cards.statements(graph, iri, self.lang)
            return page("resource.html", self.lang, sink, rows=rows, title=self.path, **shared)
        card = cards.card(graph.iris, found, self.lang)
        return page("entity.html", self.lang, sink, card=card, **shared)


def waiting_page(lang: str) -> str:
    """The page that stands in for the explorer until that can be shown; it tries again by itself."""
    return _rendered("waiting.html", lang, here="/")


def page(template: str, lang: str, sink: Sink, **shown: Any) -> str:
    """Write a template filled with what is `shown`; the media type."""
    sink.write(_rendered(template, lang, **shown).encode("utf-8"))
    return "text/html; charset=utf-8"


def _rendered(template: str, lang: str, **shown: Any) -> str:
    words: Mapping[str, str] = labels("zh" if lang == "zh" else "en")
    return (
        _templates()
        .get_template(template)
        .render(
            lang=lang,
            say=lambda zh, en: zh if lang == "zh" else en,
            word=lambda name: words.get(name, name),
            **shown,
        )
    )


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("kg.server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
