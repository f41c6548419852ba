"""What the pages about an entity, an article and anything else show, as plain data for the templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

import pyoxigraph as ox

from kg.graph.iris import Iris
from kg.graph.vocabulary import prefixes
from kg.ontology import indicators, labels, properties
from kg.query.facts import Description, Fact, Thing, merged
from kg.query.results import rows
from kg.query.wording import figure
from kg.server.resources import address
from kg.server.source import AnyGraph

_ARTICLE = """
SELECT ?headline ?published ?author ?source ?address WHERE {
  <@@> schema:headline ?headline .
  OPTIONAL { <@@> schema:datePublished ?published }
  OPTIONAL { <@@> schema:author ?author }
  OPTIONAL { <@@> dcterms:isPartOf/dcterms:identifier ?source }
  OPTIONAL { <@@> schema:url|(dcterms:isPartOf/schema:url) ?address }
} ORDER BY ?author"""

_TOLD = """
SELECT ?claim ?start ?quote ?s ?sName ?p ?o ?oName ?printed ?modality ?date ?confidence ?indicator WHERE {
  ?claim prov:wasQuotedFrom <@@> ; a lz:Claim ; lz:start ?start ; lz:quote ?quote ; rdf:subject ?s ;
    rdf:predicate ?p ; rdf:object ?o ; lz:confidence ?confidence ; lz:modality ?modality .
  ?s skos:prefLabel ?sName .
  OPTIONAL { ?o skos:prefLabel ?oName . FILTER(lang(?oName) = "zh") }
  OPTIONAL { ?claim lz:asPrinted ?printed }
  OPTIONAL { ?claim lz:date ?date }
  OPTIONAL { ?claim lz:indicator ?indicator }
} ORDER BY ?start ?claim"""

_SAID = """
SELECT ?p ?o ?name WHERE {
  <@@> ?p ?o OPTIONAL { ?o skos:prefLabel ?name FILTER(lang(?name) = "@lang") }
} ORDER BY ?p ?o LIMIT 500"""


@dataclass(frozen=True, slots=True)
class Link:
    """A name and the page it leads to, if there is one; `kind` is the local name of its class."""

    text: str
    page: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, and the article in which it stands."""

    quote: str
    headline: str
    published: str
    page: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Row:
    """A fact as it is shown: the other thing or the figure, how it is held, what goes with it, its sentences."""

    value: Link
    modality: str
    notes: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one property; `inverse` where the entity is what is said of others."""

    predicate: str
    inverse: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class EntityCard:
    """What is shown of an entity: stated, and apart from it what was computed."""

    thing: Thing
    stated: tuple[Group, ...]
    derived: tuple[Group, ...]
    facts: int
    articles: int


def card(iris: Iris, found: Description, lang: str) -> EntityCard:
    """The card of an entity."""
    own = found.thing.iri
    words = labels("zh" if lang == "zh" else "en")
    order = {p.name: i for i, p in enumerate((*properties(), *indicators()))}

    def rank(fact: Fact) -> tuple[object, ...]:
        """What is said of itself first, by property, then as the texts go."""
        places = [order.get(name or "", -1) for name in (fact.predicate, fact.indicator)]
        inverse = fact.subject != own
        return (
            inverse,
            places[0],
            fact.predicate,
            places[1],
            fact.article or "",
            fact.start or 0,
            str(fact.object),
        )

    def groups(facts: Iterable[Fact]) -> tuple[Group, ...]:
        ordered = sorted(facts, key=rank)
        return tuple(
            Group(predicate, inverse, tuple(row(same, inverse) for same in merged(some)))
            for (inverse, predicate), some in groupby(ordered, key=lambda f: (f.subject != own, f.predicate))
        )

    def row(same: Sequence[Fact], inverse: bool) -> Row:
        fact = same[0]
        other, text = (
            (fact.subject, fact.subject_label) if inverse else (str(fact.object), figure(fact, words))
        )
        notes = tuple(note for note in (fact.title, fact.product, fact.of, fact.date) if note)
        said = {(f.article, f.quote): f for f in same if f.quote}
        return Row(
            Link(text, href(iris, other)),
            fact.modality,
            notes,
            tuple(_evidence(iris, f) for f in said.values()),
        )

    articles = {fact.article for fact in found.stated}
    return EntityCard(
        found.thing, groups(found.stated), groups(found.derived), len(found.stated), len(articles)
    )


def link(iris: Iris, thing: Thing) -> Link:
    """A thing by its name."""
    return Link(thing.label, href(iris, thing.iri), thing.kind)


def href(iris: Iris, iri: str) -> str | None:
    """The page about a resource of the graph; None for any other IRI and for what is none."""
    path = iris.entity_id(iri)
    if path is None:
        return None
    path, mark, fragment = path.partition("#")
    return address(path, None) + mark + fragment


@dataclass(frozen=True, slots=True)
class Told:
    """A claim of an article: where it stands on the page, its sentence, and who is said to do what."""

    anchor: str
    quote: str
    subject: Link
    predicate: str
    object: Link
    modality: str
    date: str
    confidence: str


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """What is shown of an article: where it comes from, and what it says, sentence by sentence."""

    headline: str
    published: str
    authors: tuple[str, ...]
    source: str
    address: str
    sentences: tuple[tuple[str, tuple[Told, ...]], ...]


def article(graph: AnyGraph, iri: str, lang: str) -> ArticleCard:
    """The card of an article."""
    words, base = labels("zh" if lang == "zh" else "en"), graph.iris.ontology_base
    about = rows(graph, _ARTICLE.replace("@@", iri))
    told = [
        Told(
            anchor=str(r["claim"]).partition("#")[2],
            quote=_one_line(r["quote"]),
            subject=Link(str(r["sName"]), href(graph.iris, str(r["s"]))),
            predicate=str(r["indicator"] or r["p"]).removeprefix(base),
            object=Link(
                words.get(str(r["o"]).removeprefix(base), str(r["oName"] or r["printed"] or r["o"])),
                href(graph.iris, str(r["o"])),
            ),
            modality=str(r["modality"]).removeprefix(base),
            date=str(r["date"] or ""),
            confidence=_sure(Decimal(str(r["confidence"]))),
        )
        for r in rows(graph, _TOLD.replace("@@", iri))
    ]
    first = about[0] if about else {}
    web = str(first.get("address") or "")
    return ArticleCard(
        headline=str(first.get("headline") or iri),
        published=str(first.get("published") or ""),
        authors=tuple(dict.fromkeys(str(r["author"]) for r in about if r["author"])),
        source=str(first.get("source") or ""),
        address=web if web.startswith(("http://", "https://")) else "",
        sentences=tuple((quote, tuple(some)) for quote, some in groupby(told, key=lambda t: t.quote)),
    )


def statements(graph: AnyGraph, iri: str, lang: str) -> list[tuple[Link, Link]]:
    """What is said of a resource: property and value, at most 500."""
    words = labels("zh" if lang == "zh" else "en")
    short = {base: name for name, base in prefixes(graph.iris).items()}
    answer = graph.answer(_SAID.replace("@@", iri).replace("@lang", lang))
    assert isinstance(answer, ox.QuerySolutions)

    def named(term: ox.NamedNode, name: str | None) -> str:
        for base, prefix in short.items():
            if term.value.startswith(base):
                local = term.value.removeprefix(base)
                return name or words.get(local) or f"{prefix}:{local}"
        return name or graph.iris.entity_id(term.value) or term.value

    found = []
    for row in answer:
        value, name, property_ = row["o"], row["name"], row["p"]
        assert isinstance(property_, ox.NamedNode)
        shown = Link(str(getattr(value, "value", value)))
        if isinstance(value, ox.NamedNode):
            label = name.value if isinstance(name, ox.Literal) else None
            shown = Link(named(value, label), href(graph.iris, value.value))
        found.append((Link(named(property_, None)), shown))
    return found


def _evidence(iris: Iris, fact: Fact) -> Evidence:
    page = href(iris, fact.article or "") or ""
    sure = "" if fact.confidence is None else _sure(fact.confidence)
    return Evidence(_one_line(fact.quote), fact.headline or "", fact.published or "", page, sure)


def _sure(confidence: Decimal) -> str:
    return f"{confidence:.2f}"


def _one_line(text: object) -> str:
    return re.sub(r"\s+", " ", str(text or ""))
