"""A graph that is changed article by article holds what one that is built at once does."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from link_material import Spec, reading

from kg.curation import Curation, Reject
from kg.curation.lines import Name
from kg.graph import Graph, Pool
from kg.graph.build import Report, update
from kg.graph.state import Kept
from kg.model import EntityType, Reading

ZONE, FIRM, PLACE = EntityType.ZONE, EntityType.FIRM, EntityType.PLACE
PROJECT = EntityType.PROJECT

THINGS = [
    *[(PLACE, [name]) for name in ("朝阳区", "大同", "大同市", "北京市朝阳区")],
    *[(ZONE, names) for names in (["左云经开区"], ["左云经济技术开发区", "左云经开区"], ["高新区"])],
    *[(FIRM, names) for names in (["泰山玻纤"], ["泰山玻纤有限公司", "泰山玻纤"], ["太重"])],
    *[(PROJECT, [name]) for name in ("玻纤项目", "泰山玻纤玻纤项目")],
]
CLAIMS = st.tuples(
    st.integers(0, 2), st.sampled_from(["locatedIn", "developedBy", "suppliesTo"]), st.integers(0, 2)
)
READINGS = st.builds(
    lambda things, claims: (things, [c for c in claims if c[0] != c[2] and max(c[0], c[2]) < len(things)]),
    st.lists(st.sampled_from(THINGS), min_size=1, max_size=3, unique_by=str),
    st.lists(CLAIMS, max_size=3, unique=True),
)
ARTICLES = st.fixed_dictionaries(dict.fromkeys("abcd", READINGS))
STATES = st.lists(st.sets(st.sampled_from("abcd"), min_size=1), min_size=2, max_size=4)
REJECTION = Curation(reject=(Reject("a", "locatedIn", Name("泰山玻纤"), "大同"),))


def held(path: Path, readings: Mapping[str, Reading], curation: Curation) -> Report:
    """Make the graph hold these readings, by the name of their article."""
    path.mkdir(exist_ok=True)
    pool, sources = Pool(path), list[Kept]()
    for name, one in readings.items():
        sources.append(Kept(name, str(hash(one)), "", Pool.name(name, str(one), "")))
        pool.keep(sources[-1].readings, [one])
    return update(path, sources, curation=curation)


def content(path: Path) -> list[str]:
    with Graph.open(path) as graph:
        return sorted(map(str, graph.quads()))


@settings(deadline=None, max_examples=12)
@given(ARTICLES, STATES, st.sampled_from([Curation(), REJECTION]))
def test_step_by_step_is_as_all_at_once(
    articles: dict[str, tuple[Spec, list[tuple[int, str, int]]]], states: list[set[str]], curation: Curation
) -> None:
    """Articles come and go; what is left is what a first build of the last state makes."""
    readings = {
        name: reading(name, things, [(s + 1, p, o + 1) for s, p, o in claims])
        for name, (things, claims) in articles.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        changed, new = Path(folder) / "changed", Path(folder) / "new"
        for state in states:
            held(changed, {name: readings[name] for name in sorted(state)}, curation)
        held(new, {name: readings[name] for name in sorted(states[-1])}, curation)
        assert content(changed) == content(new)


def test_articles_whose_things_are_called_otherwise_are_changed_in_place(tmp_path: Path) -> None:
    """A homonym moves over, and a fuller name moves a firm: what hangs on them in other articles goes along."""
    short = reading("b", [(FIRM, ["泰山玻纤"]), (ZONE, ["左云经开区"])], [(1, "locatedIn", 2)])
    full = reading("a", [(FIRM, ["泰山玻纤有限公司", "泰山玻纤"])])
    path = tmp_path / "x.kg"
    held(path, {"b": short}, Curation())
    before = content(path)
    report = held(path, {"a": full, "b": short}, Curation())
    assert report.written == 2
    assert sum("firm/泰山玻纤有限公司>" in quad and "article/b>" in quad for quad in content(path)) == 3
    held(path, {"b": short}, Curation())
    assert content(path) == before
