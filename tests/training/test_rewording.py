"""Reworded copies: other names, the same places of them."""

from kg.model import EntityType
from kg.nlp.sentences import plain_article
from kg.training.rewording import reword

TEXT = "左云经开区内，耀邦科技投资8.9亿元。耀邦科技有限公司董事长张建国说，左云县支持耀邦。\n稀土公司在左云县开工。"


def names(*pairs: tuple[str, EntityType]) -> dict[EntityType, frozenset[tuple[int, int]]]:
    found: dict[EntityType, set[tuple[int, int]]] = {}
    for name, kind in pairs:
        at = TEXT.find(name)
        while at >= 0:
            found.setdefault(kind, set()).add((at, at + len(name)))
            at = TEXT.find(name, at + len(name))
    return {kind: frozenset(spans) for kind, spans in found.items()}


NAMES = names(
    ("左云经开区", EntityType.ZONE),
    ("耀邦科技有限公司", EntityType.FIRM),
    ("耀邦科技投资"[:4], EntityType.FIRM),
    ("稀土公司", EntityType.FIRM),
    ("张建国", EntityType.PERSON),
    ("左云县", EntityType.PLACE),
)


def test_names_change_throughout_and_stay_where_they_are() -> None:
    changed = 0
    for seed in "abcdef":
        article, where = reword(plain_article(TEXT), NAMES, seed)
        said = {kind: {article.body[a:b] for a, b in spans} for kind, spans in where.items()}
        (zone,), (place,) = said[EntityType.ZONE], said[EntityType.PLACE]
        assert zone.endswith("经开区")
        assert zone[: -len("经开区")] == place.removesuffix("县")
        assert "稀土公司" in said[EntityType.FIRM]  # a word that means something stays
        full = next(n for n in said[EntityType.FIRM] if n.endswith("有限公司"))
        assert article.body.count(full.removesuffix("科技有限公司")) == 3
        changed += article.body != TEXT
    assert changed >= 4


def test_blocks_cover_the_same_lines() -> None:
    article, _ = reword(plain_article(TEXT), NAMES, "a")
    assert [article.body[b.start : b.end] for b in article.blocks] == article.body.split("\n")


def test_a_seed_gives_one_copy() -> None:
    assert reword(plain_article(TEXT), NAMES, "a") == reword(plain_article(TEXT), NAMES, "a")
    assert reword(plain_article(TEXT), {}, "a") == (plain_article(TEXT), {})
