"""Graphs that several tests look at, built once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "link"))
sys.path.insert(0, str(Path(__file__).parent))

from graph_material import by_name, seeds, small

from kg.graph import Graph, write


@pytest.fixture(scope="session")
def small_kg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph of the small reading; not to be written to."""
    path = tmp_path_factory.mktemp("small") / "small.kg"
    write([small()], by_name(small()), path)
    return path


@pytest.fixture
def graph(small_kg: Path) -> Iterator[Graph]:
    with Graph.open(small_kg, memory=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def seeds_kg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph of the annotated seeds; not to be written to."""
    path = tmp_path_factory.mktemp("seeds") / "seeds.kg"
    write(seeds(), by_name(*seeds()), path)
    return path
