"""What every stage speaks: sources, articles, mentions, entities, quantities and claims.

All offsets count Unicode characters in `Article.body`; `body[start:end] == text` holds for
every block, mention and quote. All values are plain data: no spaCy and no RDF in here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class EntityType(StrEnum):
    """The kinds of things a reader gets out of an article (a class of the ontology each)."""

    ZONE = "Zone"
    PARK = "Park"
    FIRM = "Firm"
    PROJECT = "Project"
    CHAIN = "Chain"
    INDUSTRY = "Industry"
    PRODUCT = "Product"
    PLACE = "Place"
    INSTITUTION = "Institution"
    PERSON = "Person"


class BlockKind(StrEnum):
    """What a stretch of an article is on the page."""

    KICKER = "kicker"  # 引题, the line above the headline
    HEADLINE = "headline"  # 主题
    SUBTITLE = "subtitle"  # 副题
    BYLINE = "byline"  # 本报记者 …, 供稿 …, 图片由 … 提供
    HEADING = "heading"  # 小标题, 【…】
    PARAGRAPH = "paragraph"
    CAPTION = "caption"  # 图片说明
    FIGURE = "figure"  # pull-out figures that the layout repeats from the body
    FURNITURE = "furniture"  # 下转/上接, page heads, edition names


class Modality(StrEnum):
    """How a text holds a claim."""

    ASSERTED = "asserted"
    EXPECTED = "expected"  # 预计, 将, 力争
    NEGATED = "negated"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read. `id` is the file's stem; `sha256` is of its bytes and its entry in `sources.yaml`."""

    id: str
    path: str
    sha256: str
    media_type: str
    title: str | None = None
    published: str | None = None  # ISO date, may be partial: 2024, 2024-02, 2024-02-07
    publisher: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A run of an article's body with one role on the page."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a source.

    `id` is `SOURCE_ID` for a source of one article, else `SOURCE_ID/N` with N from 1.
    `body` holds headline and text, one block a line; `blocks` cover it in order.
    `repeats` are blocks (by index) that repeat figures of the body: nothing is counted there.
    """

    id: str
    source: Source
    headline: str
    body: str
    blocks: tuple[Block, ...]
    authors: tuple[str, ...] = ()
    published: str | None = None
    repeats: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of an article's body that names an entity (`entity` is an `Entity.id`)."""

    start: int
    end: int
    text: str
    entity: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that is talked about.

    Before linking `id` is local to the article (`e1`); after it, it is the path of the IRI
    (`zone/左云经济技术开发区`). `name` is the fullest form, `aliases` the other forms seen.
    `identifiers` link to outside schemes: (("gb2260", "140226"),).
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as printed and normalised.

    `value` is in the base unit (`CNY` yuan, `m2`, `t/a`, `GW`, `%`, `count`, `person`, …);
    `max_value` is the upper end of a range. `printed` is the text itself: `8.9亿元`.
    """

    value: Decimal
    unit: str
    printed: str
    max_value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """The object of a claim is an entity."""

    entity: str


@dataclass(frozen=True, slots=True)
class Concept:
    """The object of a claim is a concept of the ontology, by local name: `inProduction`."""

    name: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact as a text states it, with its evidence.

    `predicate` is the local name of a property of the ontology, or `observation`.
    `start`, `end` mark the sentence or stretch of the article's body that carries it.
    """

    subject: str
    predicate: str
    object: Ref | Concept | Decimal
    start: int
    end: int
    rule: str
    confidence: float
    modality: Modality = Modality.ASSERTED
    unit: str | None = None
    max_value: Decimal | None = None
    printed: str | None = None
    date: str | None = None  # ISO, may be partial or an interval: 2020/2024
    indicator: str | None = None
    product: str | None = None
    title: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader got out of one article, in article-local entity ids."""

    article: Article
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Why two names were, or were not, taken for one thing.

    `kept` and `other` are the ids of the entities they ended up in, one and the same where they were merged;
    `names` are as the two `articles` (ids) print them. `score` says how sure it is that they are one;
    `count` for how many such pairs of articles the decision stands.
    """

    kept: str
    other: str
    merged: bool
    score: float
    reason: str
    reason_en: str = ""
    names: tuple[str, str] = ("", "")
    articles: tuple[str, str] = ("", "")
    count: int = 1


@dataclass(frozen=True, slots=True)
class Linked:
    """The corpus-wide entities and which article-local entity stands for which.

    `same` maps (article id, local entity id) to the corpus-wide `Entity.id`.
    """

    entities: tuple[Entity, ...] = ()
    same: dict[tuple[str, str], str] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
