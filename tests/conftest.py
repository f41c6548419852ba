"""The graph of the five seed articles, built once for all tests that need it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.graph import Graph

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def seeds_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the seeds' graph. Read it, never write it."""
    path = tmp_path_factory.mktemp("graphs") / "seeds.kg"
    report = kg.build(SEEDS, path)
    assert not report.failures
    return path


@pytest.fixture(scope="session")
def seeds(seeds_path: Path) -> Iterator[Graph]:
    """The seeds' graph, open."""
    with kg.open(seeds_path) as graph:
        yield graph
