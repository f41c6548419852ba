"""A large made-up graph: zones, firms, projects and chains as articles of five years would tell of them.

    python tests/benchmarks/large.py big.kg                     about 1.5 million triples
    python tests/benchmarks/large.py small.kg --articles 100

The same number of articles gives the same graph. What is made are readings; linked by their ids, they go the way of
every build (writing, segments, derived graph, store), less the check by shapes: the readings are sound.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from random import Random
from unittest import mock

from kg.graph import Report, validation, write
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
from kg.ontology import phases, templates

ARTICLES = 1_250  # that make 1.5 million triples
ARTICLES_PER_ZONE = 5
YEARS = range(2020, 2025)

_BRANDS = [
    "华瑞",
    "东岳",
    "晨光",
    "天工",
    "星河",
    "远景",
    "金石",
    "云帆",
    "恒泰",
    "润丰",
    "科锐",
    "中联",
    "宏图",
    "新元",
    "博远",
    "海川",
    "明阳",
    "同辉",
    "安泰",
    "凯盛",
]
_FAMILY, _GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静强磊军洋勇"
_POSTS = ("党工委书记", "管委会主任", "总经理", "董事长")
_PLACE = "东西南北上下新长安平宁泰康永福兴隆昌盛泉"


@dataclass
class Page:
    """An article in the making: each claim adds its sentence."""

    name: str
    year: int
    body: str = ""
    entities: dict[str, Entity] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def say(
        self,
        subject: Entity,
        predicate: str,
        target: Entity | Concept | Decimal,
        words: str,
        confidence: float = 0.9,
        **more: object,
    ) -> None:
        """One claim, its sentence being the subject's name, `words` and the object's name."""
        start = len(self.body)
        self._name(subject)
        self.body += words
        if isinstance(target, Entity):
            self._name(target)
        self.body += "。"
        value = Ref(target.id) if isinstance(target, Entity) else target
        end = len(self.body)
        self.claims.append(Claim(subject.id, predicate, value, start, end, "benchmark", confidence, **more))  # type: ignore[arg-type]

    def _name(self, entity: Entity) -> None:
        self.entities[entity.id] = entity
        start = len(self.body)
        self.body += entity.name
        self.mentions.append(Mention(start, len(self.body), entity.name, entity.id))

    def reading(self) -> Reading:
        """The page as it was read."""
        head = f"{self.name}：{self.year}年的进展"
        shift = len(head) + 1
        source = Source(self.name, f"{self.name}.txt", "0" * 64, "text/plain", published=f"{self.year}-06-15")
        body = f"{head}\n{self.body}"
        blocks = (
            Block(BlockKind.HEADLINE, 0, len(head)),
            Block(BlockKind.PARAGRAPH, shift, len(body)),
        )
        article = Article(self.name, source, head, body, blocks)
        mentions = [Mention(m.start + shift, m.end + shift, m.text, m.entity) for m in self.mentions]
        claims = [replace(c, start=c.start + shift, end=c.end + shift) for c in self.claims]
        return Reading(article, tuple(self.entities.values()), tuple(mentions), tuple(claims))


class Country:
    """Zones with their parks, firms, projects and chains, and what happens to them year by year."""

    def __init__(self, zones: int, seed: int = 0) -> None:
        self.random = Random(seed)
        self.phases = [phase.name for phase in phases() if phase.name != "suspended"]
        self.templates = templates()
        self.industries = [
            _entity(EntityType.INDUSTRY, t.label_zh.removesuffix("产业链")) for t in self.templates
        ]
        self.provinces = [
            _entity(EntityType.PLACE, f"{_PLACE[i]}江省", code=f"{i + 11}0000") for i in range(min(20, zones))
        ]
        self.zones = [Area(self, number) for number in range(zones)]

    def page(self, number: int) -> Page:
        """An article about one zone in one year."""
        zone = self.zones[number % len(self.zones)]
        turn = number // len(self.zones)
        page = Page(f"article{number:05d}", YEARS[turn % len(YEARS)])
        zone.tell(page, turn)
        return page


class Area:
    """A zone with what is in it."""

    def __init__(self, country: Country, number: int) -> None:
        random, self.country = country.random, country
        name = (
            _PLACE[number % 20] + _PLACE[number // 20 % 20] + (_PLACE[number // 400] if number >= 400 else "")
        )
        province = number % len(country.provinces)
        self.province = country.provinces[province]
        self.zone = _entity(EntityType.ZONE, f"{name}经济技术开发区", f"{name}经开区")
        self.county = _entity(
            EntityType.PLACE, f"{name}县", code=f"{province + 11}{number // 20 % 90 + 10}{number % 90 + 10}"
        )
        self.parks = [_entity(EntityType.PARK, f"{name}{kind}产业园") for kind in ("新兴", "循环")]
        self.chief = _entity(
            EntityType.PERSON,
            random.choice(_FAMILY) + random.choice(_GIVEN) + random.choice(_GIVEN) + str(number),
        )
        self.chains = []
        for template in random.sample(country.templates, 2):
            words = template.label_zh.removesuffix("产业链")
            chain = _entity(EntityType.CHAIN, f"{name}{words}产业链")
            firms = [self._firm(name, template, i) for i in range(12)]
            self.chains.append((chain, firms))

    def _firm(self, place: str, template: object, number: int) -> tuple[Entity, Entity, Entity]:
        """A firm, its project and what it makes, named after a segment of the chain."""
        random = self.country.random
        part = random.choice(template.segments)  # type: ignore[attr-defined]
        word = random.choice(part.keywords) if part.keywords else part.label_zh
        brand = f"{place}{random.choice(_BRANDS)}{number}号"
        firm = _entity(EntityType.FIRM, f"{brand}{word}有限公司", brand)
        project = _entity(EntityType.PROJECT, f"{brand}年产{random.randint(1, 90)}万吨{word}项目")
        return firm, project, _entity(EntityType.PRODUCT, word)

    def tell(self, page: Page, turn: int) -> None:
        """What an article says of the zone; `turn` counts the articles about it."""
        random, country, year = self.country.random, self.country, str(page.year)
        place, park = self.zone, random.choice(self.parks)
        page.say(place, "locatedIn", self.county, "位于")
        page.say(park, "parkOf", place, "属于")
        page.say(place, "leadingIndustry", random.choice(country.industries), "的主导产业是")
        page.say(
            self.chief, "holdsPost", place, f"任{_POSTS[turn % 4]}的地方是", title=_POSTS[turn % 4], date=year
        )
        for indicator, unit in (
            ("signedProjects", "count"),
            ("grossOutput", "CNY"),
            ("enterprises", "count"),
        ):
            value = Decimal(random.randint(10, 900)) * (10**8 if unit == "CNY" else 1)
            page.say(
                place,
                "observation",
                value,
                f"{year}年为{value}",
                0.8,
                indicator=indicator,
                unit=unit,
                date=year,
            )
        other = random.choice(country.zones).zone
        if other is not place:
            page.say(place, "cooperatesWith", other, "合作的是")
        chain, firms = self.chains[turn % 2]
        page.say(chain, "chainIn", place, "在")
        page.say(chain, "chainLeader", firms[0][0], "以其为链主：")
        page.say(chain, "chainChief", self.chief, "的链长是")
        for firm, project, product in random.sample(firms, 5):
            self._firm_tells(page, firm, project, product, chain, park, turn)
        one, two = random.sample(firms, 2)
        denied = Modality.NEGATED if random.random() < 0.1 else Modality.ASSERTED
        page.say(one[0], "suppliesTo", two[0], "供应", modality=denied)

    def _firm_tells(
        self,
        page: Page,
        firm: Entity,
        project: Entity,
        product: Entity,
        chain: Entity,
        park: Entity,
        turn: int,
    ) -> None:
        random, year = self.country.random, str(page.year)
        page.say(firm, "locatedIn", park if random.random() < 0.5 else self.zone, "位于")
        page.say(firm, "inChain", chain, "是其成员：")
        page.say(firm, "produces", product, "生产")
        page.say(project, "developedBy", firm, "的建设方是")
        page.say(project, "locatedIn", self.zone, "落户")
        page.say(project, "inChain", chain, "属于", 0.5 + random.randint(0, 45) / 100)
        value = Decimal(random.randint(1, 400)) * 10**7
        if turn < 2 or random.random() < 0.1:
            printed = f"{value / 10**8}亿元"
            page.say(project, "totalInvestment", value, f"总投资{printed}", unit="CNY", printed=printed)
        phase = _phase(self.country.phases, turn, random)
        page.say(project, "status", Concept(phase), "有新进展", date=year)
        if random.random() < 0.3:
            page.say(
                project,
                "status",
                Concept("inProduction"),
                "预计明年投产",
                0.7,
                modality=Modality.EXPECTED,
                date=str(page.year + 1),
            )
        if random.random() < 0.2:
            amount = Decimal(random.randint(1, 90) * 10_000)
            page.say(project, "capacity", amount, f"年产能{amount}吨", unit="t/a", product=product.name)


def _phase(known: list[str], turn: int, random: Random) -> str:
    """Projects move on over the years, some faster; few stand still."""
    return (
        "suspended"
        if random.random() < 0.03
        else known[min(len(known) - 1, max(0, turn + random.randint(-1, 1)))]
    )


def _entity(kind: EntityType, name: str, *aliases: str, code: str = "") -> Entity:
    codes = (("gb2260", code),) if code else ()
    return Entity(f"{kind.lower()}/{name}", kind, name, aliases, codes)


def country(articles: int, seed: int = 0) -> tuple[list[Reading], Linked]:
    """The readings of so many articles, and who is who in them."""
    made = Country(max(1, articles // ARTICLES_PER_ZONE), seed)
    readings = [made.page(number).reading() for number in range(articles)]
    entities = {entity.id: entity for entity in made.provinces}
    entities |= {entity.id: entity for reading in readings for entity in reading.entities}
    same = {(r.article.id, e.id): e.id for r in readings for e in r.entities}
    return readings, Linked(tuple(entities[key] for key in sorted(entities)), same)


def make(path: Path | str, articles: int = ARTICLES, seed: int = 0) -> Report:
    """Write such a graph into a folder."""
    readings, linked = country(articles, seed)
    with mock.patch.object(validation.Shapes, "check", lambda self, quads: ()):
        return write(readings, linked, path)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", type=Path)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    given = parser.parse_args()
    report = make(given.path, given.articles)
    print(f"{given.path}: {report.articles} articles, {report.quads:,} triples")


if __name__ == "__main__":
    main()
