"""RDF terms of a graph: the namespaces it uses, and values in canonical form."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.graph.iris import Iris
from kg.ontology import PREFIXES

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
PROV: Final = "http://www.w3.org/ns/prov#"
SCHEMA: Final = "https://schema.org/"
GEO: Final = "http://www.opengis.net/ont/geosparql#"

TYPE: Final = NamedNode(RDF + "type")
LABEL: Final = NamedNode(SKOS + "prefLabel")
ALIAS: Final = NamedNode(SKOS + "altLabel")

_DECIMAL: Final = NamedNode(XSD + "decimal")
_INTEGER: Final = NamedNode(XSD + "integer")


def prefixes(iris: Iris) -> dict[str, str]:
    """The prefixes that queries and exports of a graph may use undeclared."""
    return {**PREFIXES, "lz": iris.ontology_base}


@lru_cache(maxsize=200_000)
def node(iri: str) -> NamedNode:
    """An IRI as a term."""
    return NamedNode(iri)


def decimal(value: Decimal) -> Literal:
    """A number as xsd:decimal in canonical form: `8.90E+8` becomes `890000000`."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal("0" if text in ("-0", "") else text, datatype=_DECIMAL)


def integer(value: int) -> Literal:
    """A whole number as xsd:integer."""
    return Literal(str(value), datatype=_INTEGER)


def zh(text: str) -> Literal:
    """A Chinese label."""
    return Literal(text, language="zh")
