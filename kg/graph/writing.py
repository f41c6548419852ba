"""Readings become quads: an article's graph, and the graph of the entities.

A reading is first resolved (article-local entities give way to corpus-wide ones, equal claims and
mentions are told once), then written claim by claim, so that a claim that is set aside takes its
direct triple with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iris import Iris
from kg.graph.vocabulary import ALIAS, DCTERMS, LABEL, PROV, RDF, SCHEMA, TYPE, decimal, integer, node, zh
from kg.model import Article, Claim, Concept, Entity, Linked, Mention, Modality, Reading, Ref

OBSERVATION: Final = "observation"
_WHOLE: Final = frozenset({"jobs"})  # the properties whose figures are whole numbers (xsd:integer)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reading in corpus-wide entity ids. `claims` and `mentions` go by IRI, in order of IRI.

    `unlinked` are claims about an entity that linking did not place.
    """

    article: Article
    mentions: dict[str, list[Mention]]
    claims: dict[str, Claim]
    unlinked: tuple[Claim, ...] = ()


def resolve(reading: Reading, linked: Linked, iris: Iris) -> Resolved:
    """A reading in corpus-wide entity ids; of equal claims the one found with more confidence stays."""
    article = reading.article
    mentions: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        entity = linked.same.get((article.id, mention.entity))
        if entity is not None:
            named = mentions.setdefault(iris.mention(article.id, mention.start, mention.end), [])
            if all(entity != other.entity for other in named):
                named.append(replace(mention, entity=entity))
    claims: dict[str, Claim] = {}
    unlinked = []
    for claim in reading.claims:
        resolved = _corpus_wide(claim, article.id, linked)
        if resolved is None:
            unlinked.append(claim)
            continue
        iri = iris.claim(article.id, resolved)
        if iri not in claims or _surer(resolved, claims[iri]):
            claims[iri] = resolved
    for named in mentions.values():
        named.sort(key=lambda mention: mention.entity)
    return Resolved(article, dict(sorted(mentions.items())), dict(sorted(claims.items())), tuple(unlinked))


def _corpus_wide(claim: Claim, article: str, linked: Linked) -> Claim | None:
    subject = linked.same.get((article, claim.subject))
    if subject is None:
        return None
    if not isinstance(claim.object, Ref):
        return replace(claim, subject=subject)
    target = linked.same.get((article, claim.object.entity))
    return None if target is None else replace(claim, subject=subject, object=Ref(target))


def _surer(one: Claim, other: Claim) -> bool:
    return (-one.confidence, one.rule, one.printed or "") < (-other.confidence, other.rule, other.printed or "")


class ArticleWriter:
    """Writes the graph of one article."""

    def __init__(self, resolved: Resolved, iris: Iris) -> None:
        self._resolved = resolved
        self._iris = iris
        self._article = resolved.article
        self._graph = node(iris.article(resolved.article.id))

    def article(self) -> Iterator[Quad]:
        """The article and its source."""
        article, source, iris = self._article, self._article.source, self._iris
        this, file = self._graph, node(iris.source(source.id))
        yield self._quad(this, TYPE, node(iris.term("Article")))
        yield self._quad(this, node(SCHEMA + "headline"), Literal(article.headline))
        yield self._quad(this, node(SCHEMA + "articleBody"), Literal(article.body))
        published = article.published or source.published
        if published:
            yield self._quad(this, node(SCHEMA + "datePublished"), Literal(published))
        for author in article.authors:
            yield self._quad(this, node(SCHEMA + "author"), Literal(author))
        yield self._quad(this, node(DCTERMS + "isPartOf"), file)
        yield self._quad(file, TYPE, node(iris.term("Source")))
        yield self._quad(file, node(DCTERMS + "identifier"), Literal(source.id))
        yield self._quad(file, node(DCTERMS + "format"), Literal(source.media_type))
        for name, value in (
            (DCTERMS + "title", source.title),
            (DCTERMS + "publisher", source.publisher),
            (SCHEMA + "url", source.url),
        ):
            if value:
                yield self._quad(file, node(name), Literal(value))

    def mentions(self) -> Iterator[Quad]:
        """The mentions; one stretch of text may name two entities (a firm and its project)."""
        iris = self._iris
        for iri, named in self._resolved.mentions.items():
            this, first = NamedNode(iri), named[0]
            yield self._quad(this, TYPE, node(iris.term("Mention")))
            yield self._quad(this, node(iris.term("text")), Literal(first.text))
            yield self._quad(this, node(iris.term("start")), integer(first.start))
            yield self._quad(this, node(iris.term("end")), integer(first.end))
            for mention in named:
                yield self._quad(this, node(iris.term("refersTo")), node(iris.entity(mention.entity)))

    def claims(self) -> Iterator[tuple[str, list[Quad]]]:
        """Each claim's IRI with its quads, the direct triple of an asserted claim last."""
        for iri, claim in self._resolved.claims.items():
            yield iri, list(self._claim(NamedNode(iri), claim))

    def _claim(self, this: NamedNode, claim: Claim) -> Iterator[Quad]:
        iris, body = self._iris, self._article.body
        term = iris.term
        subject, predicate = node(iris.entity(claim.subject)), node(term(claim.predicate))
        target = self._object(claim)
        yield self._quad(this, TYPE, node(term("Claim")))
        yield self._quad(this, node(RDF + "subject"), subject)
        yield self._quad(this, node(RDF + "predicate"), predicate)
        yield self._quad(this, node(RDF + "object"), target)
        yield self._quad(this, node(term("modality")), node(term(claim.modality)))
        yield self._quad(this, node(term("confidence")), decimal(Decimal(repr(claim.confidence))))
        yield self._quad(this, node(term("rule")), Literal(claim.rule))
        yield self._quad(this, node(term("quote")), Literal(body[claim.start : claim.end]))
        yield self._quad(this, node(term("start")), integer(claim.start))
        yield self._quad(this, node(term("end")), integer(claim.end))
        yield self._quad(this, node(PROV + "wasQuotedFrom"), self._graph)
        if claim.max_value is not None:
            yield self._quad(this, node(term("maxValue")), decimal(claim.max_value))
        if claim.indicator is not None:
            yield self._quad(this, node(term("indicator")), node(term(claim.indicator)))
        for name, text in (
            ("unit", claim.unit),
            ("asPrinted", claim.printed),
            ("date", claim.date),
            ("product", claim.product),
            ("title", claim.title),
            ("of", claim.of),
        ):
            if text:
                yield self._quad(this, node(term(name)), Literal(text))
        if has_direct_triple(claim):
            yield self._quad(subject, predicate, target)

    def _object(self, claim: Claim) -> NamedNode | Literal:
        match claim.object:
            case Ref(entity):
                return node(self._iris.entity(entity))
            case Concept(name):
                return node(self._iris.term(name))
            case number:
                if claim.predicate in _WHOLE and number == number.to_integral_value():
                    return integer(int(number))
                return decimal(number)

    def _quad(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> Quad:
        return Quad(subject, predicate, value, self._graph)


def has_direct_triple(claim: Claim) -> bool:
    """Whether a claim is also told as a plain triple: asserted ones are, figures about a whole are not.

    A sum in a foreign currency stays on its claim too: the direct triples of money are yuan.
    """
    if claim.modality is not Modality.ASSERTED or claim.predicate == OBSERVATION:
        return False
    return claim.unit is None or claim.unit == "CNY" or not _currency(claim.unit)


def _currency(unit: str) -> bool:
    return len(unit) == 3 and unit.isascii() and unit.isupper()


def entity_quads(entities: Iterable[Entity], iris: Iris) -> Iterator[Quad]:
    """The graph of the entities: types, names, links to outside schemes."""
    graph = node(iris.graph("entities"))
    for entity in sorted(entities, key=lambda entity: entity.id):
        this = node(iris.entity(entity.id))
        yield Quad(this, TYPE, node(iris.term(entity.type)), graph)
        yield Quad(this, LABEL, zh(entity.name), graph)
        for alias in sorted(set(entity.aliases) - {entity.name}):
            yield Quad(this, ALIAS, zh(alias), graph)
        for scheme, value in sorted(set(entity.identifiers)):
            yield Quad(
                this, node(DCTERMS + "identifier"), Literal(value, datatype=node(iris.term(scheme))), graph
            )
