"""The templates of a graph: those of the package in order, and those that people add."""

from __future__ import annotations

from pathlib import Path

import pytest
from chain_material import World

from kg.chains import Landscape
from kg.chains.naming import chains_called
from kg.chains.templates import template_named, templates_of
from kg.errors import DataError, UsageError
from kg.graph import Graph
from kg.model import Ref
from kg.ontology import TIERS, templates
from kg.query import find
from kg.settings import Settings

BAMBOO = """
@prefix lz: <https://w3id.org/lianzhu/ontology#> .
@prefix my: <https://example.org/chain/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
my:bamboo a lz:ChainTemplate ; skos:prefLabel "竹产业链"@zh , "Bamboo"@en ; skos:altLabel "竹"@zh .
my:bamboo.make a lz:Segment ; skos:inScheme my:bamboo ; skos:prefLabel "竹器"@zh , "Bamboo ware"@en ;
    lz:tier lz:midstream ; lz:branch lz:mainBranch ; lz:critical true ; lz:keyword "竹椅" ; lz:feeds my:bamboo.shop .
my:bamboo.shop a lz:Segment ; skos:inScheme my:bamboo ; skos:prefLabel "竹店"@zh , "Shops"@en ;
    lz:tier lz:downstream ; lz:branch lz:mainBranch ; lz:critical false ; lz:keyword "竹器店" .
"""


def test_a_graph_has_the_templates_it_was_built_with_upstream_first(graph: Graph) -> None:
    found = templates_of(graph)
    assert [t.id for t in found] == [t.id for t in templates()]
    for mine, shipped in zip(found, templates(), strict=True):
        assert sorted(mine.segments, key=lambda s: s.id) == [
            next(s for s in mine.segments if s.id == one.id)
            for one in sorted(shipped.segments, key=lambda s: s.id)
        ]
        assert (mine.label_zh, mine.label_en, set(mine.aliases)) == (
            shipped.label_zh, shipped.label_en, set(shipped.aliases)
        )  # fmt: skip
        ranks = [TIERS.index(s.tier) for s in mine.segments]
        assert ranks == sorted(ranks)


def test_ones_own_template_is_used_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "bamboo.ttl").write_text(BAMBOO, encoding="utf-8")
    world = World()
    zone = world.zone("云州经济开发区", "云州县")
    chain = world.chain("竹产业链", zone)
    maker = world.project("南山竹椅厂", zone, "inProduction", firm=True)
    world.say(maker, "inChain", Ref(chain))
    world.say(chain, "chainLeader", Ref(maker))
    path = world.write(tmp_path / "own.kg", Settings(chains=tmp_path / "own"))
    with Graph.open(path, memory=True) as graph:
        landscape = Landscape(graph)
        assert template_named("竹", landscape.templates) == landscape.by_id["bamboo"]
        (bamboo,) = chains_called(landscape, "竹", find(graph, "云州经济开发区").iri)
        assert bamboo.states == {"bamboo.make": "stateStrong"}
        assert [m.label for m in bamboo.members["bamboo.make"]] == ["南山竹椅厂"]


def test_a_template_that_is_not_sound_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text(
        BAMBOO.replace("my:bamboo.shop .", "my:bamboo.ship ."), encoding="utf-8"
    )
    with pytest.raises(DataError, match=r"feeds bamboo\.ship, which is in no template.*kg chains check"):
        World().write(tmp_path / "g.kg", Settings(chains=tmp_path))


def test_a_chain_is_found_by_what_texts_and_templates_call_it(wide: Graph) -> None:
    landscape = Landscape(wide)
    here = find(wide, "云州经济开发区").iri
    for name in ("光伏产业链", "光伏", "pv", "Photovoltaics"):
        (found,) = chains_called(landscape, name, here)
        assert (found.template.id, found.names) == ("pv", ("光伏产业链",))
    assert {c.container_label for c in chains_called(landscape, "光伏")} == {"云州经济开发区"}
    with pytest.raises(UsageError, match=r"no chain that is called '茶叶'.*there are: 光伏产业链"):
        chains_called(landscape, "茶叶", here)


def test_a_chain_without_a_template_shows_its_members(tmp_path: Path) -> None:
    world = World()
    zone = world.zone("云州经济开发区", "云州县")
    world.say(world.project("南山醒狮厂", zone), "inChain", Ref(world.chain("醒狮鼓乐产业链", zone)))
    with Graph.open(world.write(tmp_path / "g.kg"), memory=True) as graph:
        (found,) = chains_called(Landscape(graph), "醒狮")
        assert found.template.segments == () and [m.label for m in found.unplaced] == ["南山醒狮厂"]
