"""One IRI for each real thing: the annotated seeds, and short articles full of homonyms, read and linked as ever."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from identity_gold import Named, agreement, seed_things, short_articles

import kg
from kg.graph import Graph
from kg.link import link

sys.path.insert(0, str(Path(__file__).parents[1] / "graph"))

from graph_material import seeds as annotated


def test_what_the_annotated_seeds_name() -> None:
    """The linking alone: what the annotation says is in the articles."""
    readings = annotated()
    linked = link(readings)
    things = seed_things()
    mentions, iris = [], {}
    for reading in readings:
        article = reading.article.id
        for mention in reading.mentions:
            key = things.get((article[:3], mention.entity), f"{article} {mention.entity}")
            named = Named(article, mention.text, mention.start, key)
            mentions.append(named)
            iris[named] = linked.same[article, mention.entity]
    found = agreement(mentions, iris)
    assert found.same > 60
    assert found.recall >= 0.95, found.missed
    assert found.confusion <= 0.0005, found.wrong


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> dict[Named, str]:
    """What became of the marked mentions of the short articles: their IRIs, of those that were read."""
    folder = tmp_path_factory.mktemp("short")
    articles, mentions = short_articles()
    (folder / "news").mkdir()
    for name, (text, published) in articles.items():
        page = f"---\npublished: {published}\n---\n{text}"
        (folder / "news" / f"{name}.md").write_text(page, encoding="utf-8")
    assert not kg.build(folder / "news", folder / "short.kg").failures
    found: dict[Named, str] = {}
    with Graph.open(folder / "short.kg") as graph:
        readings = {reading.article.source.id: reading for reading in graph.readings()}
        rows = graph.answer("SELECT ?m ?e WHERE { ?m a lz:Mention ; lz:refersTo ?e }")
        refers = {row["m"].value: row["e"].value for row in rows}  # type: ignore[union-attr]
        for mention in mentions:
            article = readings[mention.article].article
            start = _occurrence(articles[mention.article][0], article.body, mention)
            iri = refers.get(graph.iris.mention(article.id, start, start + len(mention.text)))
            if iri is not None:
                found[mention] = iri
    return found


def _occurrence(text: str, body: str, mention: Named) -> int:
    """Where a mention of a text stands in the body that was read of it."""
    before = text[: mention.start].count(mention.text)
    at = -1
    for _ in range(before + 1):
        at = body.index(mention.text, at + 1)
    return at


def test_homonyms_and_short_names(short: dict[Named, str]) -> None:
    marked = short_articles()[1]
    assert len(short) >= 0.85 * len(marked), sorted({m.text for m in marked} - {m.text for m in short})
    found = agreement(short, short)
    assert found.same > 60
    assert found.recall >= 0.95, found.missed
    assert found.confusion <= 0.001, found.wrong
