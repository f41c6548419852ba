"""Graphs made by hand that chains are looked for in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "graph"))

from chain_material import World
from graph_material import by_name, small

from kg.graph import Graph, write
from kg.model import Ref


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph with one chain; not to be written to."""
    path = tmp_path_factory.mktemp("chains") / "small.kg"
    write([small()], by_name(small()), path)
    return path


@pytest.fixture
def graph(small_folder: Path) -> Iterator[Graph]:
    with Graph.open(small_folder, memory=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def wide_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph with zones near and far, a leader, a supplier that a text names and one that it denies."""
    world = World()
    here = world.zone("云州经济开发区", "云州县")
    beside, province = world.zone("雁州高新技术产业开发区", "雁州市"), world.zone("南州经济开发区", "南州市")
    neighbour, far = world.zone("河口经济开发区", "河口市"), world.zone("远海经济开发区", "远海市")
    pv = world.chain("光伏产业链", here)
    wafer = world.project("晶阳硅片项目", here, "started", "inProduction", money=890_000_000)
    module = world.project("明光组件厂", here, "underConstruction")
    paste = world.project("银山银浆厂", here, firm=True)
    for one in (wafer, module, paste):
        world.say(one, "inChain", Ref(pv))
    world.say(pv, "chainLeader", Ref(module))
    world.say(wafer, "suppliesTo", Ref(module))
    world.deny(paste, "suppliesTo", Ref(module))
    for where, name, phases in (
        (far, "远海电池片项目", ("inProduction",)),
        (neighbour, "河口电池片项目", ("inProduction",)),
        (province, "南州电池片项目", ("signed",)),
        (beside, "雁州电池片项目", ("planned",)),
        (beside, "雁北电池片项目", ("inProduction", "suspended")),
        (None, "无名电池片项目", ("inProduction",)),
    ):
        world.project(name, where, *phases)
    return world.write(tmp_path_factory.mktemp("chains") / "wide.kg")


@pytest.fixture
def wide(wide_folder: Path) -> Iterator[Graph]:
    with Graph.open(wide_folder, memory=True) as opened:
        yield opened
