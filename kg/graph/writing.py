"""Readings become quads: an article's graph, and the graph of the entities.

A reading is first resolved (article-local entities give way to corpus-wide ones, equal claims and
mentions are told once), then written claim by claim, so that a claim that is set aside takes its
direct triple with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from math import isfinite
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iris import Iris
from kg.graph.vocabulary import (
    ALIAS,
    DCTERMS,
    GEO,
    LABEL,
    PROV,
    RDF,
    SCHEMA,
    SKOS,
    TYPE,
    decimal,
    integer,
    node,
    zh,
)
from kg.model import Article, Claim, Concept, Entity, Mention, Modality, Reading, Ref

OBSERVATION: Final = "observation"
_MONEY: Final = frozenset({"totalInvestment", "completedInvestment", "expectedOutputValue", "expectedTax"})
_WHOLE: Final = frozenset({"jobs"})  # the properties whose figures are whole numbers (xsd:integer)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A reading in corpus-wide entity ids. `claims` and `mentions` go by IRI, in order of IRI.

    `unsound` are the mentions and claims that could not be resolved, with the reason (Chinese, English).
    """

    article: Article
    mentions: dict[str, list[Mention]]
    claims: dict[str, Claim]
    unsound: tuple[tuple[Mention | Claim, tuple[str, str]], ...] = ()

    def without(self, iris: Collection[str]) -> Reading:
        """The reading in corpus-wide ids, less the mentions and claims of some IRIs."""
        mentions = [m for iri, named in self.mentions.items() if iri not in iris for m in named]
        claims = [claim for iri, claim in self.claims.items() if iri not in iris]
        return Reading(self.article, mentions=tuple(mentions), claims=tuple(claims))


def resolve(reading: Reading, same: Mapping[str, str], iris: Iris) -> Resolved:
    """A reading in corpus-wide entity ids (`same`, by local id); of equal claims the surer one stays."""
    article = reading.article
    mentions: dict[str, list[Mention]] = {}
    claims: dict[str, Claim] = {}
    unsound: list[tuple[Mention | Claim, tuple[str, str]]] = []
    for mention in reading.mentions:
        entity = same.get(mention.entity)
        if fault := _mention_fault(mention, entity, article.body):
            unsound.append((mention, fault))
        elif entity is not None:
            named = mentions.setdefault(iris.mention(article.id, mention.start, mention.end), [])
            if all(entity != other.entity for other in named):
                named.append(replace(mention, entity=entity))
    for claim in reading.claims:
        subject, value = same.get(claim.subject), claim.object
        if isinstance(value, Ref):
            target = same.get(value.entity)
            value = Ref(target) if target else value
            known = bool(subject and target)
        else:
            known = bool(subject)
        if fault := _claim_fault(claim, known, article.body):
            unsound.append((claim, fault))
        elif subject is not None:
            resolved = replace(claim, subject=subject, object=value)
            iri = iris.claim(article.id, resolved)
            if iri not in claims or _surer(resolved, claims[iri]):
                claims[iri] = resolved
    for named in mentions.values():
        named.sort(key=lambda mention: mention.entity)
    return Resolved(article, dict(sorted(mentions.items())), dict(sorted(claims.items())), tuple(unsound))


def _mention_fault(mention: Mention, entity: str | None, body: str) -> tuple[str, str] | None:
    if entity is None:
        return "所指实体不明。", "It names an entity that linking does not know."
    if not 0 <= mention.start < mention.end <= len(body) or body[mention.start : mention.end] != mention.text:
        return (
            f"正文[{mention.start}:{mention.end}] 不是“{mention.text}”。",
            f"The body from {mention.start} to {mention.end} is not “{mention.text}”.",
        )
    return None


def _claim_fault(claim: Claim, known: bool, body: str) -> tuple[str, str] | None:
    """What keeps a claim from becoming RDF at all; all else is for the shapes to say."""
    if not known:
        return "主语或宾语所指实体不明。", "Its subject or object is an entity that linking does not know."
    if not 0 <= claim.start < claim.end <= len(body):
        return (
            f"原句位置 {claim.start}–{claim.end} 超出正文（{len(body)} 字）。",
            f"Its quote at {claim.start} to {claim.end} lies outside the body of {len(body)} characters.",
        )
    figures = [claim.object, claim.max_value]
    if not all(figure.is_finite() for figure in figures if isinstance(figure, Decimal)) or not isfinite(
        claim.confidence
    ):
        return "数值不是有限的数。", "One of its figures is no finite number."
    return None


def _surer(one: Claim, other: Claim) -> bool:
    return (-one.confidence, one.rule, one.printed or "") < (
        -other.confidence,
        other.rule,
        other.printed or "",
    )


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

    def mentions(self) -> Iterator[tuple[str, list[Quad]]]:
        """Each mention's IRI with its quads; one stretch of text may name two entities (a firm, its project)."""
        term = self._iris.term
        for iri, named in self._resolved.mentions.items():
            this, first = NamedNode(iri), named[0]
            quads = [
                self._quad(this, TYPE, node(term("Mention"))),
                self._quad(this, node(term("text")), Literal(first.text)),
                self._quad(this, node(term("start")), integer(first.start)),
                self._quad(this, node(term("end")), integer(first.end)),
            ]
            for mention in named:
                quads.append(
                    self._quad(this, node(term("refersTo")), node(self._iris.entity(mention.entity)))
                )
            yield iri, quads

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


def renamed(
    reading: Reading, former: Mapping[str, str], same: Mapping[str, str], iris: Iris
) -> tuple[set[Quad], set[Quad]]:
    """The quads that go and come when the paths of a reading's entities (by local id) were `former` and are `same`.

    Only claims and mentions of what moved, and of what shares a path with it before or after, are looked at.
    """
    moved = {entity for entity in {*former, *same} if former.get(entity) != same.get(entity)}
    paths = {known.get(entity) for entity in moved for known in (former, same)}
    concerned = {entity for known in (former, same) for entity, path in known.items() if path in paths}
    places = {(mention.start, mention.end) for mention in reading.mentions if mention.entity in concerned}
    part = Reading(
        reading.article,
        mentions=tuple(m for m in reading.mentions if (m.start, m.end) in places),
        claims=tuple(claim for claim in reading.claims if not concerned.isdisjoint(_about(claim))),
    )

    def quads(known: Mapping[str, str]) -> set[Quad]:
        writer = ArticleWriter(resolve(part, known, iris), iris)
        return {quad for parts in (writer.mentions(), writer.claims()) for _, some in parts for quad in some}

    gone, come = quads(former), quads(same)
    return gone - come, come - gone


def _about(claim: Claim) -> Iterator[str]:
    """The entities of a claim."""
    yield claim.subject
    if isinstance(claim.object, Ref):
        yield claim.object.entity


def has_direct_triple(claim: Claim) -> bool:
    """Whether a claim is also told as a plain triple: asserted ones are, figures about a whole are not.

    Sums in a foreign currency stand on their claim alone, so that the direct triples of money are yuan.
    """
    if claim.modality is not Modality.ASSERTED or claim.predicate == OBSERVATION:
        return False
    return claim.predicate not in _MONEY or claim.unit == "CNY"


def entity_quads(entity: Entity, outer: str, iris: Iris) -> Iterator[Quad]:
    """What the graph of the entities says of one: type, names, links to outside schemes, and for a division the
    one it lies in (`outer`, a path, "" if none)."""
    graph, this = node(iris.graph("entities")), node(iris.entity(entity.id))
    yield Quad(this, TYPE, node(iris.term(entity.type)), graph)
    yield Quad(this, LABEL, zh(entity.name), graph)
    for alias in sorted(set(entity.aliases) - {entity.name}):
        yield Quad(this, ALIAS, zh(alias), graph)
    for scheme, value in sorted(set(entity.identifiers)):
        notation = Literal(value, datatype=node(iris.term(scheme)))
        yield Quad(this, node(SKOS + "notation"), notation, graph)
    if outer:
        yield Quad(this, node(GEO + "sfWithin"), node(iris.entity(outer)), graph)
