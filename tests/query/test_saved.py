"""Each saved question, answered a second time in plain Python: on the seeds, and on graphs made up at random."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from answers import ANSWERS
from made import NAMES, YEARS, Made
from plain import Plain

from kg.errors import DataError, UsageError
from kg.graph import Graph, Queryable
from kg.graph.iris import Iris
from kg.ontology import templates
from kg.query import describe, find, run, saved_queries
from kg.query.saved import FOLDER, Parameter, load, parse

SAVED = saved_queries()
ZONES = (None, "左云经开区", "左云县", "大同市", "山西综改示范区")

# what the seeds are asked, beside every question that needs no parameter
ASKED: dict[str, list[dict[str, str]]] = {
    "articles": [{"thing": "左云经开区"}, {"thing": "耀邦"}],
    "candidates": [{"zone": "左云经开区"}],
    "coverage": [{"zone": "左云经开区"}, {"zone": "左云县"}],
    "customers": [{"firm": "耀邦"}],
    "doubtful": [{}, {"below": "0.65"}, {"below": "0.9"}],
    "evidence": [{"thing": "左云经开区"}, {"thing": "耀邦"}],
    "expected": [{}, {"until": "2024"}, {"zone": "大同市"}],
    "figures": [{"of": "左云经开区"}, {"of": "左云经开区", "year": "2024"}],
    "figures-changed": [{"from": "2022", "to": "2023"}],
    "firm-projects": [{"firm": "耀邦"}],
    "firms-across-zones": [{"min": "1"}],
    "in-segment": [{"segment": "组件"}, {"segment": "wind", "zone": "大同市"}],
    "industries": [{"zone": "左云经开区"}],
    "largest-projects": [{}, {"min": "2e8", "zone": "左云县"}],
    "makers": [{"product": "车"}, {"product": "肉", "zone": "左云县"}],
    "members": [{"zone": "左云经开区"}, {"zone": "大同市"}, {"zone": "食品加工产业链"}],
    "partners": [{"thing": "左云经开区"}],
    "phases-changed": [{"from": "2022", "to": "2024"}],
    "posts": [{"at": "左云经开区"}],
    "same-industry": [{}, {"min": "1"}, {"min": "3"}],
    "segments-without-evidence": [{"zone": "左云经开区"}, {"zone": "左云县"}],
    "suppliers": [{}, {"firm": "耀邦"}],
    "zones": [{}, {"in": "大同市"}],
}
# of these the seeds tell something, however they are read
TELLING = {
    "articles", "coverage", "doubtful", "evidence", "figures", "industries", "investment", "leaders", "makers",
    "members", "projects", "segments-without-evidence", "suppliers", "zones",
}  # fmt: skip


def ask(graph: Queryable, name: str, **params: str | None) -> list[tuple]:
    given = {key: value for key, value in params.items() if value is not None}
    return list(run(graph, SAVED[name], given).rows)


def in_order(rows: list[tuple]) -> list[tuple]:
    """Rows with the names within a cell in order: in that, a store is free."""
    return [tuple("、".join(sorted(c.split("、"))) if isinstance(c, str) else c for c in row) for row in rows]


def resolved(graph: Queryable, name: str, given: dict[str, str]) -> dict[str, str]:
    """Parameters with the IRI in place of a name."""
    kinds = {parameter.name: parameter.kind for parameter in SAVED[name].parameters}
    return {key: find(graph, text).iri if kinds[key] == "entity" else text for key, text in given.items()}


def questions(name: str) -> list[dict[str, str]]:
    """What the seeds are asked by one saved question."""
    asked = list(ASKED.get(name, [{}]))
    if any(parameter.name == "zone" and parameter.optional for parameter in SAVED[name].parameters):
        needed = {key: text for key, text in asked[0].items() if key != "zone"}
        asked += [{**needed, **({"zone": zone} if zone else {})} for zone in ZONES]
    return asked


def test_every_saved_question_is_answered_here() -> None:
    assert ANSWERS.keys() == SAVED.keys()
    assert len(SAVED) >= 20


@pytest.mark.parametrize("name", SAVED)
def test_on_the_seeds(seeds: Graph, plain: Plain, name: str) -> None:
    found = []
    for given in questions(name):
        wanted = ANSWERS[name](plain, **resolved(seeds, name, given))
        assert in_order(ask(seeds, name, **given)) == in_order(wanted), given
        found += wanted
    assert found or name not in TELLING


def chance(made: Made, parameter: Parameter) -> str | None:
    """A value for a parameter, now and then none where it may be left out."""
    if (parameter.optional or parameter.default) and made.random.random() < 0.4:
        return None
    match parameter.name:
        case "zone" if "产业链" in parameter.about:
            return made.some("Zone", "Chain")
        case "zone" | "in":
            return made.some("Zone", "Park", "Place")
        case "firm":
            return made.some("Firm", "Project")
        case "of":
            return made.some("Zone", "Place")
        case "at" | "thing":
            return made.some("Zone", "Firm", "Institution", "Person", "Project")
        case "below":
            return f"0.{made.random.randint(45, 95)}"
        case "min" if parameter.kind == "integer":
            return made.random.choice("123")
        case "min":
            return made.random.choice(["5e8", "1200000000", "1"])
        case "segment":
            return made.random.choice([made.random.choice(templates()).segments[0].label_en[:3], "电", "A"])
        case "product":
            return made.random.choice(NAMES)
        case "from" | "to" | "year" | "until":
            return made.random.choice([*YEARS, "2024"])
    raise AssertionError(f"no value for {parameter}")


def test_on_graphs_made_up_at_random() -> None:
    found = Counter[str]()
    for seed in range(6):
        made = Made(seed)
        plain = Plain(made)
        for name, query in SAVED.items():
            for _ in range(3):
                given = {p.name: value for p in query.parameters if (value := chance(made, p)) is not None}
                wanted = ANSWERS[name](plain, **given)
                assert in_order(ask(made, name, **given)) == in_order(wanted), (seed, name, given)
                found[name] += len(wanted)
    assert {name for name in SAVED if not found[name]} == set(), "not tested"


# --- giving parameters ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "alias", ["左云经开区", "左云开发区", "左云经济技术开发区", " 左云 经开区", "zone/左云经济技术开发区"]
)
def test_a_zone_by_any_of_its_names(seeds: Graph, alias: str) -> None:
    assert ask(seeds, "projects", zone=alias) == ask(seeds, "projects", zone=find(seeds, "左云经开区").iri)


def test_saved_questions_move_with_the_iris_of_a_graph() -> None:
    """The files are written in the default IRIs; a graph may have others."""
    iris = Iris("https://example.org/terms/", "https://example.org/id/")
    here, there = Made(5), Made(5, iris)
    for name, query in SAVED.items():
        given = {p.name: value for p in query.parameters if (value := chance(here, p)) is not None}
        moved = {key: text.replace(here.iris.id_base, iris.id_base) for key, text in given.items()}
        assert ask(there, name, **moved) == ask(here, name, **given), name
    one, other = (describe(made, made.things["Zone"][0].value) for made in (here, there))
    for field in ("predicate", "concept", "object_label", "modality", "indicator", "printed"):
        assert [getattr(f, field) for f in one.stated] == [getattr(f, field) for f in other.stated]
    assert len(one.stated) > 3


@pytest.mark.parametrize("name", SAVED)
def test_a_saved_question_is_sparql_of_its_own(name: str) -> None:
    """It may be carried to another program: its prefixes are declared, and only those that it uses."""
    text = (FOLDER / f"{name}.rq").read_text(encoding="utf-8")
    ox.Store().query(text)
    for line in text.splitlines():
        if line.startswith("PREFIX"):
            prefix = line.split()[1]
            assert text.count(prefix) > 1, f"{prefix} is not used"


@pytest.mark.parametrize("name", SAVED)
def test_a_saved_question_does_without_what_stores_answer_differently_or_slowly(name: str) -> None:
    text = "\n".join(line for line in SAVED[name].sparql.splitlines() if not line.startswith("#"))
    assert not re.search(r"(?<![$?])\b(EXISTS|REGEX|SERVICE|FROM|SAMPLE)\b", text, re.IGNORECASE)


@pytest.mark.parametrize("name", SAVED)
def test_an_example_to_start_from_is_sparql_and_shows_what_is_to_be_named(name: str) -> None:
    query = SAVED[name]
    ox.Store().query(query.example)
    needed = {p.name for p in query.parameters if not p.optional and p.default is None}
    assert set(re.findall(r"\$(\w+)", re.sub("(?m)^#.*", "", query.example))) == needed


def test_ones_own_questions_come_after_and_instead(tmp_path: Path) -> None:
    head = "# zh: 问\n# en: ask\n"
    (tmp_path / "mine.rq").write_text(head + "SELECT * {}", encoding="utf-8")
    (tmp_path / "leaders.rq").write_text(head + "SELECT ?x {}", encoding="utf-8")
    both = saved_queries([tmp_path])
    assert both.keys() == SAVED.keys() | {"mine"}
    assert both["leaders"].en == "ask"
    with pytest.raises(UsageError, match="holds no saved queries"):
        saved_queries([tmp_path / "none"])


def test_a_head_is_read(tmp_path: Path) -> None:
    query = parse(
        "# zh: 问\n# param zone entity: 开发区 / zone\n# param least decimal 0.5: 最少\n# param n integer?: 几个\n"
        "SELECT * {\n  ?s lz:locatedIn $zone ; lz:jobs $least, $n\n}",
        "mine",
    )
    assert [p.usage for p in query.parameters] == ["zone=…", "[least=0.5]", "[n=…]"]
    assert (query.zh, query.en) == ("问", "")
    (tmp_path / "half.rq").write_text(query.sparql, encoding="utf-8")
    with pytest.raises(DataError, match="needs a '# zh:' and an '# en:' line"):
        load(tmp_path / "half.rq")


def test_values_of_every_kind(seeds: Graph) -> None:
    query = parse(
        "# param zone entity?: z\n# param word text?: w\n# param least decimal?: l\n# param n integer?: n\n"
        "SELECT ?zone ?word ?least ?n {\n  BIND($zone AS ?zone)\n  BIND($word AS ?word)\n"
        "  BIND($least AS ?least)\n  BIND($n AS ?n)\n}",
        "echo",
    )
    given = {"zone": "左云经开区", "word": 'a"b\\ } UNION {', "least": "8.9e8", "n": "7"}
    (row,) = run(seeds, query, given)
    assert row == {"zone": find(seeds, "左云经开区").iri, "word": given["word"], "least": 890_000_000, "n": 7}
    assert list(run(seeds, query)) == [dict.fromkeys(("zone", "word", "least", "n"))]
