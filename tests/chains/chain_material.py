"""Chains made by hand, without a graph, and graphs made by hand with many zones."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from graph_material import article, by_name, claim

from kg.chains import Chain, Evidence, Gap, Member, Score
from kg.chains.rows import Rated
from kg.chains.tables import Refs
from kg.graph import write
from kg.model import Concept, Entity, EntityType, Mention, Modality, Reading, Ref
from kg.ontology import Template, templates
from kg.settings import Settings

PV = next(t for t in templates() if t.id == "pv")
STRONG, WEAK, BUILDING, PLANNED = "stateStrong", "stateWeak", "stateUnderConstruction", "statePlanned"


def member(label: str, *phases: str, money: str | None = None, **more: object) -> Member:
    said = (Evidence(f"{label}的一句话。", "标题", "2024-02", "inChain", Decimal("0.9")),)
    amount = None if money is None else Decimal(money)
    more = {"keyword": label[:2], "matched": label, "confidence": Decimal("0.85"), **more}
    return Member(f"x:{label}", label, "Project", phases, amount, said, **more)  # type: ignore[arg-type]


def chain(
    states: dict[str, str],
    members: dict[str, tuple[Member, ...]] | None = None,
    *,
    where: str = "甲开发区",
    kind: str = "Zone",
    template: Template = PV,
    names: tuple[str, ...] = (),
    leaders: tuple[str, ...] = (),
    unplaced: tuple[Member, ...] = (),
    around: tuple[str, ...] = (),
) -> Chain:
    """A chain whose segments have the states given, each with a member of its own unless told."""
    inside = {s: (member(f"{where}{s}"),) for s in states} | (members or {})
    return Chain(where, where, kind, template, names, leaders, states, inside, unplaced, frozenset(around))


def rated(gaps: Iterable[Gap], score: Score | None = None) -> list[Rated]:
    """Gaps without candidates, all with one score."""
    return [Rated(gap, score or Score(()), (), gap.chain.leaders) for gap in gaps]


class Cited:
    """Cites everyone by one number, where no graph is asked."""

    def cite(self, iris: Iterable[str]) -> Refs | None:
        return Refs((1,)) if list(iris) else None

    def segment(self, segment: str) -> str:
        return segment


CODES = {"云州县": "149901", "雁州市": "149900", "南州市": "149800", "河口市": "139900", "远海市": "449900"}


class World:
    """An article that says what a test wants: firms and projects in places, their phases, money, suppliers."""

    def __init__(self) -> None:
        self._entities: dict[str, Entity] = {}
        self._claims: list[tuple[str, str, object, dict[str, object]]] = []

    def place(self, name: str) -> str:
        return self._named(EntityType.PLACE, name, (("gb2260", CODES[name]),))

    def zone(self, name: str, place: str) -> str:
        zone = self._named(EntityType.ZONE, name)
        self.say(zone, "locatedIn", Ref(self.place(place)))
        return zone

    def chain(self, name: str, where: str) -> str:
        chain = self._named(EntityType.CHAIN, name)
        self.say(chain, "chainIn", Ref(where))
        return chain

    def project(
        self,
        name: str,
        where: str | None,
        *phases: str,
        money: int | None = None,
        firm: bool = False,
        **how: object,
    ) -> str:
        project = self._named(EntityType.FIRM if firm else EntityType.PROJECT, name)
        if where is not None:
            self.say(project, "locatedIn", Ref(where))
        for phase in phases:
            self.say(project, "status", Concept(phase), **how)
        if money is not None:
            self.say(project, "totalInvestment", Decimal(money), unit="CNY")
        return project

    def say(self, subject: str, predicate: str, target: object, **how: object) -> None:
        if (subject, predicate, target, how) not in self._claims:
            self._claims.append((subject, predicate, target, how))

    def deny(self, subject: str, predicate: str, target: object) -> None:
        self.say(subject, predicate, target, modality=Modality.NEGATED)

    def write(self, path: Path, settings: Settings | None = None) -> Path:
        """The graph of the article."""
        names = [entity.name for entity in self._entities.values()]
        lines = [f"{i}、{self._entities[s].name}{p}{t}。" for i, (s, p, t, _) in enumerate(self._claims)]
        body = "\n".join(["世界", "、".join(names), *lines])
        mentions = tuple(
            Mention(
                body.index(entity.name), body.index(entity.name) + len(entity.name), entity.name, entity.id
            )
            for entity in self._entities.values()
        )
        claims = tuple(
            claim(body, s, p, t, line, **how)  # type: ignore[arg-type]
            for (s, p, t, how), line in zip(self._claims, lines, strict=True)
        )
        reading = Reading(article(body, "世界"), tuple(self._entities.values()), mentions, claims)
        write([reading], by_name(reading), path, settings)
        return path

    def _named(self, kind: EntityType, name: str, ids: tuple[tuple[str, str], ...] = ()) -> str:
        for entity in self._entities.values():
            if entity.name == name and entity.type is kind:
                return entity.id
        made = f"e{len(self._entities)}"
        self._entities[made] = Entity(made, kind, name, (), ids)
        return made
