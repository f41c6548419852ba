"""Graphs made by hand that chains are looked for in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "graph"))

from graph_material import by_name, small

from kg.graph import Graph, write


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
