"""A graph behind a SPARQL 1.1 endpoint, to ask as if it were here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Self

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse, parse_query_results
from requests import Response

from kg.errors import StoreError, UsageError
from kg.graph import sparql
from kg.graph.http import Client, Login, address, said
from kg.graph.iris import Iris
from kg.graph.sparql import Answer
from kg.graph.vocabulary import prefixes
from kg.model import EntityType

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.9"
_ASKED = "__ASK_RETVAL"  # the variable under which Virtuoso answers ASK, with a row for yes

_COUNTS = {
    "articles": "SELECT (COUNT(DISTINCT ?this) AS ?n) WHERE { ?this a lz:Article }",
    "sources": "SELECT (COUNT(DISTINCT ?this) AS ?n) WHERE { ?this a lz:Source }",
    "entities": """
SELECT ?kind (COUNT(DISTINCT ?this) AS ?n) WHERE { VALUES ?kind { KINDS } ?this a ?kind } GROUP BY ?kind""",
    "claims": """
SELECT ?kind (COUNT(DISTINCT ?this) AS ?n) WHERE { ?this a lz:Claim ; rdf:predicate ?kind } GROUP BY ?kind""",
}


class Endpoint:
    """The graph that an endpoint serves as its default graph: one that `kg push` filled, or `kg serve`."""

    def __init__(self, url: str, *, login: Login | None = None, iris: Iris | None = None) -> None:
        """`iris` are the bases of the graph, if other than the default ones. UsageError if `url` is no address."""
        self.url = address(url)
        self.iris = iris or Iris()
        self._client = Client(login)
        self._prefixes = prefixes(self.iris)

    def answer(
        self, query: str, *, base: str | None = None, default: Sequence[str] = (), named: Sequence[str] = ()
    ) -> Answer:
        """The endpoint's answer to a SPARQL query, as `Graph.answer` gives it.

        Raises UsageError for bad SPARQL and for SERVICE, StoreError when the endpoint cannot be reached, fails,
        or gives only a part of the answer.
        """
        sparql.check_service(query)
        answer = self._client.send(
            "POST",
            self.url,
            data={
                "query": (f"BASE <{base}> " if base else "") + sparql.declare(query, self._prefixes),
                "default-graph-uri": list(default),
                "named-graph-uri": list(named),
            },
            headers={"Accept": _TRIPLES if sparql.form(query) in ("CONSTRUCT", "DESCRIBE") else _RESULTS},
        )
        if answer.status_code == 400:
            raise UsageError(f"cannot read the query: {self.url} says: {said(answer)}")
        if not answer.ok:
            raise StoreError(f"{self.url}: failed ({answer.status_code}: {said(answer)})")
        try:
            found = _parsed(answer)
        except (ValueError, SyntaxError) as error:
            kind = answer.headers.get("Content-Type", "no type")
            raise StoreError(f"{self.url}: its answer ({kind}) is none that SPARQL 1.1 knows") from error
        self._check_whole(answer)
        return found

    def _check_whole(self, answer: Response) -> None:
        """StoreError where Virtuoso cut an answer short, which it does with status 200."""
        limit = answer.headers.get("X-SPARQL-MaxRows")
        if limit or answer.headers.get("X-SQL-State"):
            rows = f"{limit} rows" if limit else "the time that it allows"
            raise StoreError(
                f"{self.url}: cut the answer off at {rows}; ask for less, or raise ResultSetMaxRows there"
            )

    def info(self) -> dict[str, Any]:
        """How many articles, sources, entities and claims there are, by kind."""
        kinds = " ".join(f"lz:{kind.value}" for kind in EntityType)
        counted: dict[str, dict[str, int]] = {}
        for name, query in _COUNTS.items():
            answer = self.answer(query.replace("KINDS", kinds))
            assert isinstance(answer, QuerySolutions)
            counted[name] = {}
            for row in answer:
                term = getattr(row["kind"], "value", "") if len(row) > 1 else ""
                counted[name][term.removeprefix(self.iris.ontology_base)] = int(row["n"].value)
        return {
            "articles": counted["articles"].get("", 0),
            "sources": counted["sources"].get("", 0),
            "entities": dict(sorted(counted["entities"].items())),
            "claims": dict(sorted(counted["claims"].items())),
        }

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _parsed(answer: Response) -> Answer:
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
    results = QueryResultsFormat.from_media_type(kind)
    if results is not None:
        parsed = parse_query_results(answer.content, format=results)
        if isinstance(parsed, QuerySolutions) and [v.value for v in parsed.variables] == [_ASKED]:
            said_yes = json.dumps({"head": {}, "boolean": any(True for _ in parsed)})
            return parse_query_results(said_yes, format=QueryResultsFormat.JSON)
        return parsed
    form = RdfFormat.from_media_type(kind)
    if form is None:
        raise ValueError(kind)
    store = Store()
    store.extend(parse(answer.content, format=form))
    return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
