"""Small graphs made up at random: everything the model allows, also what texts seldom say."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import pyoxigraph as ox
from plain import PROV, RDF, SCHEMA, SKOS

from kg.graph.iris import Iris
from kg.graph.reference import reference_quads
from kg.graph.sparql import Answer
from kg.graph.vocabulary import prefixes
from kg.ontology import indicators, phases, templates

KINDS = {
    "Zone": 4, "Park": 3, "Place": 3, "Firm": 8, "Project": 9, "Chain": 4, "Industry": 3, "Product": 4,
    "Institution": 2, "Person": 3,
}  # fmt: skip
RELATIONS = {
    "locatedIn": (["Zone", "Park", "Firm", "Project"], ["Zone", "Park", "Place"], 26),
    "parkOf": (["Park"], ["Zone", "Park"], 4),
    "developedBy": (["Project"], ["Firm", "Institution", "Zone"], 10),
    "inChain": (["Firm", "Project", "Product"], ["Chain"], 16),
    "chainIn": (["Chain"], ["Zone", "Park", "Place"], 6),
    "chainLeader": (["Chain"], ["Firm", "Project"], 5),
    "chainChief": (["Chain"], ["Person", "Institution"], 4),
    "suppliesTo": (["Firm", "Project"], ["Firm", "Project"], 6),
    "produces": (["Firm", "Project"], ["Product"], 8),
    "cooperatesWith": (["Firm", "Institution", "Zone"], ["Firm", "Institution", "Place"], 5),
    "subsidiaryOf": (["Firm"], ["Firm"], 4),
    "leadingIndustry": (["Zone", "Park", "Place"], ["Industry"], 9),
    "holdsPost": (["Person"], ["Zone", "Firm", "Institution", "Place"], 5),
}
YEARS = ["2021", "2022", "2023"]
DATES = [None, *YEARS, "2022-03", "2021/2023", "2023-Q1"]
NAMES = "天山云海金石光电"  # few, so that things share names and parts of names


class Made:
    """A graph in memory that answers and lists its quads as one on disk does; the same seed gives the same."""

    def __init__(self, seed: int, iris: Iris | None = None) -> None:
        self.iris = iris or Iris()
        self.random = Random(seed)
        self.store = ox.Store()
        self.things = {
            kind: [self._iri(f"{kind.lower()}/{number}") for number in range(count)]
            for kind, count in KINDS.items()
        }
        self.list = list(reference(self.iris))
        self._entities()
        self._articles()
        for number in range(2):
            self._relations(number)
        self._figures()
        self._derived()
        self.list = list(dict.fromkeys(self.list))
        self.store.extend(self.list)
        self.store.extend(ox.Quad(*quad.triple) for quad in self.list)  # the union, as builds keep it

    def quads(self, graph: str | None = None) -> list[ox.Quad]:
        return [quad for quad in self.list if graph in (None, quad.graph_name.value)]  # type: ignore[union-attr]

    def graphs(self) -> list[str]:
        return sorted({quad.graph_name.value for quad in self.list})  # type: ignore[union-attr]

    def answer(self, query: str) -> Answer:
        return self.store.query(query, prefixes=prefixes(self.iris))

    def info(self) -> dict[str, Any]:
        return {}

    def some(self, *kinds: str) -> str:
        """The IRI of one thing of some kinds."""
        return self.random.choice([thing for kind in kinds for thing in self.things[kind]]).value

    # what it is made of

    def _iri(self, path: str) -> ox.NamedNode:
        return ox.NamedNode(self.iris.id_base + path)

    def _add(self, graph: str, subject: Any, predicate: str, target: Any) -> None:
        term = predicate if ":" in predicate else self.iris.term(predicate)
        self.list.append(ox.Quad(subject, ox.NamedNode(term), target, ox.NamedNode(graph)))

    def _term(self, name: str) -> ox.NamedNode:
        return ox.NamedNode(self.iris.term(name))

    def _entities(self) -> None:
        graph = self.iris.graph("entities")
        for kind, things in self.things.items():
            for thing in things:
                name = "".join(self.random.choices(NAMES, k=self.random.randint(1, 2)))
                self._add(graph, thing, RDF + "type", self._term(kind))
                self._add(graph, thing, SKOS + "prefLabel", ox.Literal(name, language="zh"))
                if self.random.random() < 0.3:
                    self._add(graph, thing, SKOS + "altLabel", ox.Literal(name + "又名", language="zh"))
        outer = self.things["Place"]
        for inner in outer[1:]:
            within = self.random.choice(outer[: outer.index(inner)])
            self._add(graph, inner, "http://www.opengis.net/ont/geosparql#sfWithin", within)

    def _articles(self) -> None:
        self.articles = [self._iri(f"article/{number}") for number in range(3)]
        for number, article in enumerate(self.articles):
            self._add(article.value, article, RDF + "type", self._term("Article"))
            self._add(article.value, article, SCHEMA + "headline", ox.Literal(f"题目{number % 2}"))
            if number:
                day = ox.Literal(f"{2020 + number}-05-01")
                self._add(article.value, article, SCHEMA + "datePublished", day)
            for start in range(12):
                mention = ox.NamedNode(f"{article.value}#char={start},{start + 1}")
                self._add(
                    article.value, mention, "refersTo", ox.NamedNode(self.some("Zone", "Firm", "Project"))
                )

    def _claim(
        self, subject: ox.NamedNode, predicate: str, target: ox.NamedNode | ox.Literal, **more: object
    ) -> None:
        random = self.random
        article = random.choice(self.articles)
        claim = ox.NamedNode(f"{article.value}#claim={len(self.list)}")
        modality = random.choices(["asserted", "expected", "negated"], [8, 2, 1])[0]
        fields = {
            RDF + "type": self._term("Claim"),
            RDF + "subject": subject,
            RDF + "predicate": self._term(predicate),
            RDF + "object": target,
            PROV + "wasQuotedFrom": article,
            "modality": self._term(modality),
            "rule": ox.Literal("made"),
            "start": integer(0),
            "quote": ox.Literal(f"第{random.randint(1, 30)}句。"),
            "confidence": decimal(f"0.{random.randint(40, 99)}"),
            **more,
        }
        for name, value in fields.items():
            if value is not None:
                self._add(article.value, claim, name, value)
        if modality == "asserted" and predicate != "observation":
            self._add(article.value, subject, predicate, target)

    def _relations(self, number: int) -> None:
        random = self.random
        for predicate, (subjects, targets, count) in RELATIONS.items():
            for _ in range(count // (number + 1)):
                subject, target = ox.NamedNode(self.some(*subjects)), ox.NamedNode(self.some(*targets))
                post = ox.Literal("主任") if predicate == "holdsPost" and random.random() < 0.7 else None
                self._claim(subject, predicate, target, date=text(random.choice(DATES)), title=post)
        for project in self.things["Project"]:
            for _ in range(random.randint(0, 2)):
                phase = self._term(random.choice(phases()).name)
                self._claim(project, "status", phase, date=text(random.choice(DATES)))
            if random.random() < 0.6:
                yuan = random.choice([1, 5, 5, 12]) * 10**8
                printed = text(f"{yuan // 10**8}亿元") if random.random() < 0.8 else None
                self._claim(project, "totalInvestment", decimal(str(yuan)), asPrinted=printed)

    def _figures(self) -> None:
        random = self.random
        for _ in range(30):
            self._claim(
                ox.NamedNode(self.some("Zone", "Place")),
                "observation",
                decimal(str(random.randint(1, 30))),
                indicator=self._term(random.choice(indicators()[:3]).name),
                unit=text(random.choice(["count", "count", "CNY", None])),
                date=text(random.choice(DATES[:4])),
                of=text(random.choice([None, None, "煤炭"])),
            )

    def _derived(self) -> None:
        random, graph = self.random, self.iris.graph("derived")
        chosen = random.sample(list(templates()), 2)
        segments = [
            ox.NamedNode(self.iris.rebase(s.iri)) for template in chosen for s in template.segments[:5]
        ]
        for chain in self.things["Chain"]:
            if random.random() < 0.9:
                self._add(graph, chain, "follows", ox.NamedNode(self.iris.rebase(random.choice(chosen).iri)))
        for member in (*self.things["Firm"], *self.things["Project"]):
            for segment in random.sample(segments, random.choice([0, 0, 1, 2])):
                self._add(graph, member, "inSegment", segment)
                placement = self._iri(f"placement/{len(self.list)}")
                self._add(graph, placement, RDF + "type", self._term("Placement"))
                self._add(graph, placement, RDF + "subject", member)
                self._add(graph, placement, RDF + "predicate", self._term("inSegment"))
                self._add(graph, placement, RDF + "object", segment)
                self._add(graph, placement, "matchedKeyword", ox.Literal("组件"))
                self._add(graph, placement, "matchedText", ox.Literal("光伏组件"))
                self._add(graph, placement, "confidence", decimal(f"0.{random.randint(50, 90)}"))
        for zone in (*self.things["Zone"], *self.things["Place"]):
            for segment in random.sample(segments, 4):
                about = self._iri(f"coverage/{len(self.list)}")
                state = self._term(random.choice(["stateStrong", "stateWeak", "statePlanned"]))
                if state != self._term("statePlanned"):
                    self._add(graph, zone, "hasSegment", segment)
                self._add(graph, about, "coverageIn", zone)
                self._add(graph, about, "coverageOf", segment)
                self._add(graph, about, "segmentState", state)
                self._add(graph, about, "memberCount", integer(random.randint(1, 5)))
                self._add(graph, about, "producingCount", integer(random.randint(0, 1)))
        for name in ("memberUnderLeader", "potentialSupplierOf"):
            for _ in range(5):
                one, other = self.some("Firm", "Project"), self.some("Firm", "Project")
                self._add(graph, ox.NamedNode(one), name, ox.NamedNode(other))


@cache
def reference(iris: Iris) -> tuple[ox.Quad, ...]:
    """The ontology and the chain templates."""
    return tuple(reference_quads(iris))


def text(value: str | None) -> ox.Literal | None:
    return None if value is None else ox.Literal(value)


def decimal(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))


def integer(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
