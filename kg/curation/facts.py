"""Curated facts as articles of their own: one for each source that people name, each fact a line of it.

So a curated fact goes the way of all others, with the line as its sentence, and says by its rule (`curation`)
and its article where it is from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from kg.curation.lines import SOURCE, Add, Curation, Name
from kg.model import (
    Article,
    Block,
    BlockKind,
    Claim,
    Concept,
    Entity,
    EntityType,
    Mention,
    Reading,
    Ref,
    Source,
)
from kg.ontology import labels

RULE = "curation"
_MONEY = frozenset({"totalInvestment", "completedInvestment", "expectedOutputValue", "expectedTax"})
FIGURES = _MONEY | {"landArea", "floorArea", "jobs", "capacity"}
_CONCEPTS = frozenset({"status"})


def of_a_thing(predicate: str) -> bool:
    """Whether the object of a predicate is a thing, and no figure or phase."""
    return predicate not in FIGURES and predicate not in _CONCEPTS


def readings_of(curation: Curation) -> list[Reading]:
    """The curated facts as readings, an article for each source that is named, in order."""
    sha256 = hashlib.sha256(repr(curation.add).encode()).hexdigest()
    return [
        _reading(f"{SOURCE}/{number}", sha256, source, lines)
        for number, (source, lines) in enumerate(_by_source(curation), 1)
    ]


def sentences(curation: Curation) -> Iterator[tuple[str, str, Add]]:
    """The article and the sentence that each curated fact becomes."""
    for reading, (_, lines) in zip(readings_of(curation), _by_source(curation), strict=True):
        for claim, line in zip(reading.claims, lines, strict=True):
            yield reading.article.id, reading.article.body[claim.start : claim.end], line


def _by_source(curation: Curation) -> list[tuple[str, list[Add]]]:
    by_source: dict[tuple[str, str], list[Add]] = {}
    for line in curation.add:
        by_source.setdefault((line.source, line.url), []).append(line)
    return [(source, lines) for (source, _), lines in sorted(by_source.items())]


def anchors(curation: Curation) -> Iterator[tuple[Name, Name]]:
    """Each name that a curated fact uses, and the entity of the fact's article that stands for it."""
    for reading in readings_of(curation):
        for entity in reading.entities:
            where = dict(entity.identifiers)["curated"]
            yield Name.of(where), Name(entity.name, entity.type, reading.article.id)


def _reading(article: str, sha256: str, source: str, lines: list[Add]) -> Reading:
    body = source
    blocks = [Block(BlockKind.HEADLINE, 0, len(body))]
    entities: dict[str, Entity] = {}
    mentions: list[Mention] = []
    claims: list[Claim] = []
    words = labels("zh")

    def entity(name: Name, start: int) -> str:
        key = str(name)
        if key not in entities:
            kind = name.kind or EntityType.FIRM
            entities[key] = Entity(f"e{len(entities) + 1}", kind, name.name, (), (("curated", key),))
        mentions.append(Mention(start, start + len(name.name), name.name, entities[key].id))
        return entities[key].id

    for line in lines:
        start = len(body) + 1
        text = f"{line.subject.name}：{words.get(line.predicate, line.predicate)} "
        subject = entity(line.subject, start)
        target: Ref | Concept | Decimal
        if line.predicate in FIGURES:
            target = Decimal(line.object)
            text += f"{line.object} {line.unit}".rstrip()
        elif line.predicate in _CONCEPTS:
            target = Concept(line.object)
            text += words.get(line.object, line.object)
        else:  # of_a_thing
            name = Name.of(line.object)
            target = Ref(entity(name, start + len(text)))
            text += name.name
        for more in (line.quote and f"“{line.quote}”", line.by and f"（{line.by}）"):
            text += more or ""
        text = text.replace("\n", " ")
        body += f"\n{text}"
        blocks.append(Block(BlockKind.PARAGRAPH, start, len(body)))
        claims.append(
            Claim(
                subject,
                line.predicate,
                target,
                start,
                len(body),
                RULE,
                1.0,
                unit=line.unit or None,
                date=line.date or None,
                title=line.title or None,
            )
        )
    held = Source(SOURCE, "curation.yaml", sha256, "application/yaml", "人工校订", url=lines[0].url or None)
    made = Article(article, held, source, body, tuple(blocks))
    return Reading(made, tuple(entities.values()), tuple(mentions), tuple(claims))


def number(text: str) -> Decimal | None:
    """A figure of a curated fact; None if it is none."""
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
