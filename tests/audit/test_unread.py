"""Sentences from which nothing was taken are listed, the most telling first; others are not."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.audit import unread
from kg.graph import Graph, write
from kg.model import Entity, EntityType, Mention, Reading, Ref

sys.path.insert(0, str(Path(__file__).parents[1] / "graph"))

from graph_material import article, by_name, claim

BODY = (
    "云州经开区向新而行\n"
    "云州经开区位于云州县。明光电子为晶阳硅片项目提供坩埚，总投资3.2亿元。\n"
    "天气晴好，人来人往。\n"
    "强化服务\n"
    "全区还有5个产业链项目开工。"
)


def test_what_the_graph_does_not_know(tmp_path: Path) -> None:
    entities = (
        Entity("e1", EntityType.ZONE, "云州经开区"),
        Entity("e2", EntityType.PLACE, "云州县"),
        Entity("e3", EntityType.FIRM, "明光电子"),
    )
    mentions = tuple(
        Mention(start, start + len(e.name), e.name, e.id) for e in entities for start in [BODY.rindex(e.name)]
    )
    located = claim(BODY, "e1", "locatedIn", Ref("e2"), "云州经开区位于云州县")
    reading = Reading(article(BODY), entities, mentions, (located,))
    write([reading], by_name(reading), tmp_path / "x.kg")
    with Graph.open(tmp_path / "x.kg") as graph:
        found = unread(graph)
    quotes = [u.evidence.quote for u in found if u.evidence.quote not in BODY.split("\n")[0]]
    assert quotes == ["明光电子为晶阳硅片项目提供坩埚，总投资3.2亿元。", "全区还有5个产业链项目开工。"]
    first = found[0]
    assert first.evidence.quote == quotes[0]
    assert (first.named, first.figures) == (("Firm",), 1)
    assert "为晶阳硅片项目提供" in first.words, "the words as the sentence has them"
