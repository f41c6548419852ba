"""Graphs made by hand that pages are drawn of, and the pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "graph"))
sys.path.insert(0, str(Path(__file__).parent))

from browsing import Visitor, launched
from explore_material import EVIL, write_large
from graph_material import article, by_name, claim, seeds, small

from kg.explore import page
from kg.graph import Graph, write
from kg.model import Entity, EntityType, Mention, Modality, Reading, Ref

_BODY = f"险区新闻\n{EVIL}有限公司位于险区。{EVIL}有限公司拟向<!--<script>厂供货。"


def evil() -> Reading:
    """An article whose firms are named to break out of a page."""
    entities = (
        Entity("e1", EntityType.FIRM, f"{EVIL}有限公司", ("a&amp;b\u2028c",)),
        Entity("e2", EntityType.ZONE, "险区"),
        Entity("e3", EntityType.FIRM, "<!--<script>厂"),
    )
    mentions = tuple(
        Mention(_BODY.index(e.name, 5), _BODY.index(e.name, 5) + len(e.name), e.name, e.id) for e in entities
    )
    claims = (
        claim(_BODY, "e1", "locatedIn", Ref("e2"), f"{EVIL}有限公司位于险区"),
        claim(_BODY, "e1", "suppliesTo", Ref("e3"), "拟向<!--<script>厂供货", modality=Modality.EXPECTED),
    )
    return Reading(article(_BODY, "险"), entities, mentions, claims)


READINGS = {
    "small": lambda: [small()],
    "evil": lambda: [evil()],
    "seeds": lambda: list(seeds()),
    "empty": list,
}


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders of the graphs, by name; not to be written to."""
    found = {}
    for name, readings in READINGS.items():
        path = tmp_path_factory.mktemp(name) / f"{name}.kg"
        write(readings(), by_name(*readings()), path)
        found[name] = path
    return found


@pytest.fixture(scope="session")
def opened(folders: dict[str, Path]) -> Iterator[dict[str, Graph]]:
    """The graphs, by name."""
    graphs = {name: Graph.open(path, memory=True) for name, path in folders.items()}
    yield graphs
    for one in graphs.values():
        one.close()


@pytest.fixture(params=["small", "evil", "seeds", "empty"])
def graph(request: pytest.FixtureRequest, opened: dict[str, Graph]) -> Graph:
    return opened[request.param]


@pytest.fixture(scope="session")
def pages(opened: dict[str, Graph], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of the graphs, by name."""
    folder = tmp_path_factory.mktemp("pages")
    for name, one in opened.items():
        page(one, folder / f"{name}.html")
    return {name: folder / f"{name}.html" for name in opened}


@pytest.fixture(scope="session")
def large_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of 5,000 things and 10,000 links."""
    target = tmp_path_factory.mktemp("large") / "large.html"
    write_large(target)
    return target


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    with launched() as found:
        yield found


@pytest.fixture
def visit(browser: Any) -> Iterator[Visitor]:
    """Opens pages; what a console complains of fails the test."""
    visitor = Visitor(browser)
    yield visitor
    visitor.close()
    assert visitor.complaints == []
