"""What pages show: the graph's things, their links with strength, the claims behind them, and the articles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.graph import Graph
from kg.graph.deriving import PHASES, Presence, Status, presence
from kg.model import EntityType
from kg.query.columns import column
from kg.query.facts import Thing, things
from kg.query.results import Value, rows

_FIELDS = {
    "s": "rdf:subject",
    "p": "rdf:predicate",
    "o": "rdf:object",
    "modality": "lz:modality",
    "confidence": "lz:confidence",
    "quote": "lz:quote",
    "start": "lz:start",
    "end": "lz:end",
    "max": "lz:maxValue",
    "printed": "lz:asPrinted",
    "unit": "lz:unit",
    "date": "lz:date",
    "indicator": "lz:indicator",
    "of": "lz:of",
    "title": "lz:title",
    "product": "lz:product",
}

_DERIVED = """
SELECT ?s ?p ?o WHERE {
  VALUES ?p { lz:memberUnderLeader lz:potentialSupplierOf }
  ?s ?p ?o .
} ORDER BY ?s ?p ?o"""

_ARTICLES = """
SELECT ?article ?headline ?published ?source (STRLEN(?body) AS ?length) WHERE {
  ?article a lz:Article ; schema:headline ?headline ; schema:articleBody ?body ; dcterms:isPartOf ?file .
  ?file dcterms:identifier ?source .
  OPTIONAL { ?article schema:datePublished ?published }
} ORDER BY ?article"""

_MENTIONED = """
SELECT ?article ?thing (COUNT(?mention) AS ?times) WHERE {
  GRAPH ?article { ?mention lz:refersTo ?thing }
} GROUP BY ?article ?thing ORDER BY ?article ?thing"""

_BODY = """
SELECT ?body WHERE {
  $article schema:articleBody ?body }"""

_MENTIONS = """
SELECT ?thing ?start ?end WHERE {
  GRAPH $article { ?mention lz:refersTo ?thing ; lz:start ?start ; lz:end ?end }
} ORDER BY ?start DESC(?end) ?thing"""

DERIVED = {"memberUnderLeader": "member", "potentialSupplierOf": "potential"}
_NOTES = ("max", "printed", "unit", "date", "indicator", "of", "title", "product")
_KINDS = frozenset(EntityType)
_YEAR = re.compile(r"[12]\d{3}")
_STATES = {
    Presence.PRODUCING: "producing",
    Presence.BUILDING: "building",
    Presence.PLANNED: "planned",
    Presence.SUSPENDED: "suspended",
    Presence.UNKNOWN: "untold",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim on a page: `target` an IRI for relations, else `value` the figure or the phase's name.

    `id` names it within its article; `years` are those it speaks of, else that of its article.
    """

    id: str
    subject: str
    predicate: str
    target: str | None
    value: Value
    quote: str
    article: str
    start: int
    end: int
    confidence: float
    modality: str
    years: tuple[int, ...]
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """A line between two things: `strength` is stated, expected, member or potential.

    `confidence` is that of its surest claim and `years` those of all; a computed link has neither.
    """

    source: str
    target: str
    predicate: str
    strength: str
    confidence: float | None = None
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """An article as a page lists it; `length` counts its characters."""

    headline: str
    date: str
    file: str
    length: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """An article's body with its mentions: start, end and the IRI of the thing, in order."""

    body: str
    mentions: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that a page may show, but for the bodies of the articles.

    `states` says how far each project has come, `mentioned` how often each article names each thing.
    """

    things: dict[str, Thing]
    statements: list[Statement]
    links: list[Link]
    states: dict[str, str]
    articles: dict[str, Source]
    mentioned: dict[str, dict[str, int]] = field(default_factory=dict)


def content(graph: Graph) -> Content:
    """What the graph holds, for a page: everything in order of IRI."""
    known = {t.iri: t for t in things(graph) if t.kind in _KINDS}
    articles = {
        str(r["article"]): Source(
            str(r["headline"]), str(r["published"] or ""), str(r["source"]), int(str(r["length"]))
        )
        for r in rows(graph, _ARTICLES)
    }
    read = (_statement(row, known, articles) for row in _claims(graph))
    statements = [s for s in read if s.subject in known]
    mentioned: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows(graph, _MENTIONED):
        if (iri := str(row["thing"])) in known:
            mentioned[iri][str(row["article"])] = int(str(row["times"]))
    derived = [
        Link(str(r["s"]), str(r["o"]), _local(r["p"]), DERIVED[_local(r["p"])])
        for r in rows(graph, _DERIVED)
        if str(r["s"]) in known and str(r["o"]) in known
    ]
    links = sorted([*links_of(statements), *derived], key=lambda k: (k.source, k.predicate, k.target))
    return Content(known, statements, links, _states(known, statements), articles, dict(mentioned))


def _claims(graph: Graph) -> Iterator[Mapping[str, Value]]:
    """All claims with their fields, in order of article and IRI."""
    articles = column(graph, "prov:wasQuotedFrom")
    fields = {name: column(graph, term) for name, term in _FIELDS.items()}
    for claim in sorted(articles, key=lambda iri: (str(articles[iri]), iri)):
        held = {name: values.get(claim) for name, values in fields.items()}
        yield {"claim": claim, "article": articles[claim], **held}


def links_of(statements: Iterable[Statement]) -> list[Link]:
    """The lines that claims draw: one for all that say the same of the same two, stated if any of them is."""
    told: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for s in statements:
        if s.target is not None and s.target != s.subject and s.modality != "negated":
            told[s.subject, s.predicate, s.target].append(s)
    return [
        Link(
            subject,
            target,
            predicate,
            "stated" if any(s.modality == "asserted" for s in claims) else "expected",
            max(s.confidence for s in claims),
            tuple(sorted({year for s in claims for year in s.years})),
        )
        for (subject, predicate, target), claims in told.items()
    ]


def text_of(graph: Graph, article: str, known: Mapping[str, object]) -> Text | None:
    """The body and mentions of the article of an IRI, mentions of `known` things only; None if there is none."""
    this = str(ox.NamedNode(article))
    bodies = rows(graph, _BODY.replace("$article", this))
    if not bodies:
        return None
    mentions = (
        (int(str(r["start"])), int(str(r["end"])), str(r["thing"]))
        for r in rows(graph, _MENTIONS.replace("$article", this))
    )
    return Text(str(bodies[0]["body"]), tuple(m for m in mentions if m[2] in known))


def _statement(
    row: Mapping[str, Value], known: Mapping[str, Thing], articles: Mapping[str, Source]
) -> Statement:
    target = str(row["o"]) if str(row["o"]) in known else None
    value = _local(row["o"]) if isinstance(row["o"], str) else row["o"]
    article = str(row["article"])
    published = articles[article].date if article in articles else ""
    return Statement(
        id=str(row["claim"]).rpartition("=")[2],
        subject=str(row["s"]),
        predicate=_local(row["p"]),
        target=target,
        value=None if target else value,
        quote=str(row["quote"]),
        article=article,
        start=int(str(row["start"])),
        end=int(str(row["end"])),
        confidence=float(str(row["confidence"])),
        modality=_local(row["modality"]),
        years=years(str(row["date"] or "")) or years(published),
        notes={k: _local(v) if k == "indicator" else str(v) for k in _NOTES if (v := row[k]) is not None},
    )


def years(date: str) -> tuple[int, ...]:
    """The years of an ISO date that may be partial or an interval: `2020/2022` → 2020, 2021, 2022."""
    found = [int(year) for year in _YEAR.findall(date)]
    if len(found) == 2 and "/" in date and 0 <= found[1] - found[0] <= 50:
        return tuple(range(found[0], found[1] + 1))
    return tuple(found[:1])


def _states(known: Mapping[str, Thing], statements: Iterable[Statement]) -> dict[str, str]:
    """How far each project has come, as the segments count it."""
    told: dict[str, list[Status]] = defaultdict(list)
    for s in statements:
        if s.predicate == "status" and s.modality == "asserted" and s.value in PHASES:
            told[s.subject].append(Status(str(s.value), s.notes.get("date", "")))
    projects = (iri for iri, thing in known.items() if thing.kind == EntityType.PROJECT)
    return {iri: _STATES[presence(told[iri])] for iri in projects}


def _local(value: Value) -> str:
    return str(value).rsplit("#", 1)[-1]
