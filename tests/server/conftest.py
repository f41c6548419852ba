"""Two servers that all tests share: one that reads, within narrow limits, and one that takes updates."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "graph"))

from graph_material import by_name, small
from server_material import TOKEN, Server, evil, start

from kg.graph import write


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small graph, one firm of which is named to break out of a page; not to be written to."""
    path = tmp_path_factory.mktemp("served") / "small.kg"
    readings = [small(), evil()]
    write(readings, by_name(*readings), path)
    return path


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[Server]:
    """Reads only; narrow limits."""
    running = start(
        folder, seconds=2.0, turn=0.5, rows=1000, answer=200_000, workers=2, queue=4, memory=64 * 2**20,
        body=64 * 1024, receiving=1.0, connections=40,
    )  # fmt: skip
    yield running
    assert running.stop() == 0
    assert not [line for line in running.log if "Traceback" in line]


@pytest.fixture(scope="session")
def writable(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Takes updates from whoever has the token; on a graph of its own."""
    path = tmp_path_factory.mktemp("writable") / "own.kg"
    shutil.copytree(folder, path)
    running = start(path, TOKEN, workers=2)
    running.path = path  # type: ignore[attr-defined]
    yield running
    assert running.stop() == 0
