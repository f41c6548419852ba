"""What a query may do: read this graph, and nothing else.

Oxigraph reaches out to the network for SERVICE, and nothing switches that off, so a query that holds
such a clause is refused before it runs. Its parser needs no space between tokens (`SERVICEex:x{…}`) and
tells comments from IRIs in its own way; hence the clause is looked for in the raw text, strings and
comments included, as the run of tokens that every such clause must be written as.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

from kg.errors import UsageError
from kg.graph.iris import Iris

Answer = QuerySolutions | QueryBoolean | QueryTriples


class Queryable(Protocol):
    """A graph that answers SPARQL, wherever it is kept."""

    iris: Iris

    def answer(self, query: str) -> Answer:
        """The answer to a query over the union of the graphs, in Oxigraph's terms."""
        ...

    def info(self) -> dict[str, Any]:
        """How many articles, entities and claims there are, by kind."""
        ...


_GAP = r"(?:\s|#[^\r\n]*[\r\n])*"
_IRI = r"(?:<[^>]*>|[^\s{<]*:[^\s{<]*)"
_SERVICE = re.compile(
    rf"(?<![?$:])service{_GAP}(?:silent{_GAP})?(?:{_IRI}|[?$][^\s{{<]*){_GAP}\{{", re.IGNORECASE
)
_FORM = re.compile(
    rf"(?:{_GAP}(?:prefix\s*[^\s<:]*:\s*<[^>]*>|base\s*<[^>]*>))*{_GAP}(?P<form>[a-z]+)", re.IGNORECASE
)
_AT = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
# among the tokens that the parser says it expected: what it really objects to
_OBJECTION = re.compile(r"[A-Z][a-z]+(?: \w+){2,}")
_FROM = re.compile(rf"\bfrom{_GAP}(?:named{_GAP})?(?P<name>{_IRI}){_GAP}(?=from|where|\{{|\Z)", re.IGNORECASE)
_DECLARED = re.compile(r"\bprefix\s+([\w-]*):", re.IGNORECASE)


def check(sparql: str, graphs: Collection[str]) -> None:
    """Raise UsageError where a query would reach beyond `graphs` (IRIs): SERVICE, or FROM what is not stored."""
    check_service(sparql)
    for match in _FROM.finditer(sparql):
        name = match["name"]
        if name.startswith("<") and name[1:-1] not in graphs:
            raise UsageError(f"FROM {name}: this graph holds no such named graph, and nothing is fetched")


def check_service(sparql: str) -> None:
    """Raise UsageError where a query has a SERVICE clause."""
    if _SERVICE.search(sparql):
        raise UsageError("SERVICE is refused: a query reads this graph alone and never the network")


def check_dataset(names: Iterable[str], graphs: Collection[str]) -> None:
    """Raise UsageError where a dataset that is asked for beside a query has a graph that is not in `graphs`."""
    for name in names:
        if name not in graphs:
            raise UsageError(
                f"the dataset has <{name}>: this graph holds no such named graph, and nothing is fetched"
            )


def form(sparql: str) -> str:
    """The form of a query in capitals (SELECT, ASK, CONSTRUCT, DESCRIBE); "" where none can be told."""
    found = _FORM.match(sparql)
    return found["form"].upper() if found else ""


def declare(sparql: str, prefixes: Mapping[str, str]) -> str:
    """The query with the prefixes that it uses and does not declare, put before it on its first line."""
    declared = {name.lower() for name in _DECLARED.findall(sparql)}
    used = {name for name in prefixes if name not in declared and re.search(rf"(?<![\w?$]){name}:", sparql)}
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in sorted(used)) + sparql


def fault(sparql: str, error: SyntaxError) -> str:
    """Oxigraph's message on a query it cannot read, in short: where, what stands there, what is wrong with it."""
    found = _AT.match(str(error))
    if not found:
        return str(error)
    line, column = int(found[1]), int(found[2])
    before = "\n".join(sparql.split("\n")[: line - 1])
    at = len(before) + bool(before) + column - 1
    objection = _OBJECTION.search(found[3])
    ended = "it ends too early" if not sparql[at:].strip() else "this was not expected"
    near = " ".join(sparql[max(0, at - 15) : at + 15].split())
    return f"line {line}, column {column}, near {near!r}: {objection.group() if objection else ended}"
