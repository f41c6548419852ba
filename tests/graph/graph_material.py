"""Readings made by hand: a small one, and the annotated seeds as if a perfect reader had read them."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

from kg.model import (
    Article,
    Block,
    BlockKind,
    Claim,
    Concept,
    Entity,
    EntityType,
    Linked,
    Mention,
    Modality,
    Reading,
    Ref,
    Source,
)

ROOT = Path(__file__).parents[2]

BODY = (
    "云州经开区向新而行\n"
    "云州经济开发区(以下简称云州经开区)位于云州县。光伏产业链以投资8.9亿元的晶阳硅片项目为“链主”，"
    "延伸了星河石英坩埚项目和明光电池片项目。晶阳硅片项目已经投产，明光电池片项目计划明年开工。"
    "星河石英坩埚项目不向晶阳硅片项目供货。全区签约项目18个。"
)
ENTITIES = (
    Entity("e1", EntityType.ZONE, "云州经济开发区", ("云州经开区",)),
    Entity("e2", EntityType.PLACE, "云州县", (), (("gb2260", "149901"),)),
    Entity("e3", EntityType.CHAIN, "光伏产业链"),
    Entity("e4", EntityType.PROJECT, "晶阳硅片项目"),
    Entity("e5", EntityType.PROJECT, "星河石英坩埚项目"),
    Entity("e6", EntityType.PROJECT, "明光电池片项目"),
)


def article(body: str = BODY, name: str = "云州", **fields: object) -> Article:
    source = Source(name, f"{name}.txt", "0" * 64, "text/plain", published="2024-02")
    headline = body.split("\n")[0]
    blocks = (
        Block(BlockKind.HEADLINE, 0, len(headline)),
        Block(BlockKind.PARAGRAPH, min(len(headline) + 1, len(body)), len(body)),
    )
    return Article(name, source, headline, body, blocks, **fields)  # type: ignore[arg-type]


def claim(
    body: str, subject: str, predicate: str, target: Ref | Concept | Decimal, quote: str, **more: object
) -> Claim:
    start = body.index(quote)
    return Claim(subject, predicate, target, start, start + len(quote), "test/hand", 0.9, **more)  # type: ignore[arg-type]


def small() -> Reading:
    """One article with a claim of every sort."""
    mentions = tuple(
        Mention(start, start + len(name), name, entity.id)
        for entity in ENTITIES
        for name in (entity.name, *entity.aliases)
        for start in range(len(BODY))
        if BODY.startswith(name, start)
    )
    lead = "光伏产业链以投资8.9亿元的晶阳硅片项目为“链主”"
    more = "延伸了星河石英坩埚项目和明光电池片项目"
    rows = [
        ("e1", "locatedIn", Ref("e2"), "云州经济开发区(以下简称云州经开区)位于云州县", {}),
        ("e3", "chainIn", Ref("e1"), lead, {}),
        ("e3", "chainLeader", Ref("e4"), lead, {}),
        ("e4", "inChain", Ref("e3"), lead, {}),
        ("e5", "inChain", Ref("e3"), more, {}),
        ("e6", "inChain", Ref("e3"), more, {}),
        ("e4", "locatedIn", Ref("e1"), lead, {}),
        ("e5", "locatedIn", Ref("e1"), more, {}),
        ("e6", "locatedIn", Ref("e1"), more, {}),
        ("e4", "totalInvestment", Decimal("890000000"), lead, {"unit": "CNY", "printed": "8.9亿元"}),
        ("e4", "status", Concept("inProduction"), "晶阳硅片项目已经投产", {}),
        ("e6", "status", Concept("planned"), "明光电池片项目计划明年开工", {"date": "2025"}),
        (
            "e5",
            "suppliesTo",
            Ref("e4"),
            "星河石英坩埚项目不向晶阳硅片项目供货",
            {"modality": Modality.NEGATED},
        ),
        (
            "e1",
            "observation",
            Decimal("18"),
            "全区签约项目18个",
            {"unit": "count", "indicator": "signedProjects", "printed": "18个"},
        ),
    ]
    claims = tuple(claim(BODY, s, p, o, quote, **kw) for s, p, o, quote, kw in rows)  # type: ignore[arg-type]
    return Reading(article(authors=("本刊记者",)), ENTITIES, mentions, claims)


def by_name(*readings: Reading) -> Linked:
    """Link by type and name alone."""
    entities: dict[str, Entity] = {}
    same: dict[tuple[str, str], str] = {}
    for reading in readings:
        for entity in reading.entities:
            path = f"{entity.type.lower()}/{entity.name}"
            known = entities.get(path)
            aliases = tuple(sorted({*entity.aliases, *(known.aliases if known else ())}))
            entities[path] = Entity(path, entity.type, entity.name, aliases, entity.identifiers)
            same[reading.article.id, entity.id] = path
    return Linked(tuple(entities[path] for path in sorted(entities)), same)


def paths(reading: Reading) -> dict[str, str]:
    """The paths of a reading's entities by local id, going by type and name."""
    return {local: path for (_, local), path in by_name(reading).same.items()}


@cache
def seeds() -> tuple[Reading, ...]:
    """The annotated seeds, every fact of the annotation a claim."""
    return tuple(_annotated(file) for file in sorted((ROOT / "tests" / "gold" / "seeds").glob("*.json")))


def _annotated(file: Path) -> Reading:
    data = json.loads(file.read_text(encoding="utf-8"))
    body = (ROOT / "seeds" / f"{file.stem}.txt").read_text(encoding="utf-8")
    entities, mentions, claims = [], [], []
    for entity in data["entities"]:
        others = tuple(name for name in entity["mentions"] if name != entity["name"])
        entities.append(Entity(entity["id"], EntityType(entity["type"]), entity["name"], others))
        for name in entity["mentions"]:
            start = body.find(name)
            while start >= 0:
                mentions.append(Mention(start, start + len(name), name, entity["id"]))
                start = body.find(name, start + len(name))
    for fact in data["facts"]:
        start = body.find(fact["quote"])
        if start < 0:  # a quote that spans a broken line
            continue
        target: Ref | Concept | Decimal
        if "o" in fact:
            target = Ref(fact["o"])
        elif fact["p"] == "status":
            target = Concept(fact["value"])
        else:
            target = Decimal(str(fact["value"]))
        high = fact.get("valueMax")
        claims.append(
            Claim(
                fact["s"],
                fact["p"],
                target,
                start,
                start + len(fact["quote"]),
                "test/gold",
                1.0,
                unit=fact.get("unit"),
                max_value=None if high is None else Decimal(str(high)),
                date=fact.get("date") or fact.get("period"),
                indicator=fact.get("indicator"),
                product=fact.get("product"),
                title=fact.get("title"),
                of=fact.get("of"),
            )
        )
    return Reading(article(body, file.stem), tuple(entities), tuple(mentions), tuple(claims))
