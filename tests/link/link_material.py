"""Made-up articles that name things and state little else."""

from __future__ import annotations

from kg.model import Article, Block, BlockKind, Claim, Entity, EntityType, Mention, Reading, Ref, Source

Spec = list[tuple[EntityType, list[str]]]


def reading(source: str, spec: Spec, claims: list[tuple[int, str, int]] = ()) -> Reading:
    """An article that names each thing by each of its names, and states the claims (by index)."""
    body, mentions, entities = "", [], []
    for i, (kind, names) in enumerate(spec, 1):
        entities.append(Entity(f"e{i}", kind, names[0], tuple(names[1:])))
        for name in names:
            mentions.append(Mention(len(body), len(body) + len(name), name, f"e{i}"))
            body += name + "。"
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(body)),)
    article = Article(source, Source(source, "", "", "text/plain"), "", body, blocks)
    stated = tuple(Claim(f"e{s}", p, Ref(f"e{o}"), 0, len(body), "test", 0.9) for s, p, o in claims)
    return Reading(article, tuple(entities), tuple(mentions), stated)
