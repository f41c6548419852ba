"""The seeds' graph in plain Python."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from plain import Plain

from kg.graph import Graph


@pytest.fixture(scope="session")
def plain(seeds: Graph) -> Plain:
    return Plain(seeds)
