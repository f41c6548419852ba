"""What people decide holds over what the rules would do, and is taken back without a trace."""

from __future__ import annotations

import sqlite3

from hypothesis import given, settings
from hypothesis import strategies as st
from link_material import Spec, reading

from kg.curation import Apart, Curation, Line, Merge, Name, Rename, Retype
from kg.link import Corpus, Linker, link
from kg.link.curated import Directives
from kg.model import EntityType, Linked, Reading

ZONE, FIRM, PLACE = EntityType.ZONE, EntityType.FIRM, EntityType.PLACE


def names(*texts: str) -> tuple[Name, ...]:
    return tuple(map(Name.of, texts))


def curated(line: Line) -> Curation:
    return Curation(**{type(line).__name__.lower(): (line,)})  # type: ignore[arg-type]


def two(a: tuple[EntityType, str], b: tuple[EntityType, str], line: Line) -> tuple[Linked, str, str]:
    """Two articles that name a thing each, linked with a line; and what the two became."""
    linked = link([reading("a", [(a[0], [a[1]])]), reading("b", [(b[0], [b[1]])])], curated(line))
    return linked, linked.same["a", "e1"], linked.same["b", "e1"]


def said(line: Line, *specs: Spec) -> list[str]:
    """Why a line does not apply to articles with these things."""
    with sqlite3.connect(":memory:") as db:
        linker = Linker(Corpus(db))
        for number, spec in enumerate(specs):
            linker.add(reading(f"s{number}", spec))
        linker.link(curated(line))
        return [finding.en for finding in Directives(linker.corpus, curated(line)).findings()]


def test_what_is_one_thing() -> None:
    linked, one, other = two(
        (FIRM, "泰山玻纤"), (FIRM, "山东某某新材料公司"), Merge(names("泰山玻纤", "山东某某新材料公司"))
    )
    assert one == other
    (decision,) = linked.decisions
    assert (decision.merged, decision.score, decision.reason) == (True, 1.0, "人工校订：同一事物")


def test_what_is_not() -> None:
    line = Apart(names("泰山玻纤@a", "泰山玻纤@b"))
    linked, one, other = two((FIRM, "泰山玻纤"), (FIRM, "泰山玻纤"), line)
    assert one != other
    assert "人工校订：不是一回事" in {d.reason for d in linked.decisions if not d.merged}


def test_a_label_of_ones_own_leaves_the_iri() -> None:
    line = Rename(*names("左云经开区"), "左云开发区（省级）")
    linked, one, _ = two((ZONE, "左云经开区"), (ZONE, "左云经济技术开发区"), line)
    assert one == "zone/左云经济技术开发区"
    (entity,) = linked.entities
    assert entity.name == "左云开发区（省级）"
    assert set(entity.aliases) == {"左云经开区", "左云经济技术开发区"}


def test_another_kind_meets_its_like() -> None:
    line = Retype(*names("project/恒盛选煤"), FIRM)
    _, one, other = two((EntityType.PROJECT, "恒盛选煤"), (FIRM, "恒盛选煤"), line)
    assert (one, other) == ("firm/恒盛选煤", "firm/恒盛选煤")


def test_lines_that_do_not_apply_say_why() -> None:
    zones: Spec = [(ZONE, ["左云经开区"])]
    assert said(Merge(names("左云经开区", "云冈经开区")), zones) == ["nothing is called 云冈经开区"]
    assert said(Merge(names("左云经开区", "大同市")), zones, [(PLACE, ["大同市"])]) == [
        "they are of different kinds; retype one first"
    ]
    in_one: Spec = [(ZONE, ["左云经开区", "左云开发区"])]
    assert said(Apart(names("左云经开区", "左云开发区")), in_one) == [
        "an article uses both as names of one thing"
    ]
    people = [[(EntityType.PERSON, ["李强"])] for _ in range(2)]
    (why,) = said(Rename(*names("李强"), "李强（县长）"), *people)
    assert "李强 is the name of 2 things" in why and "add @place or @source" in why
    assert said(Rename(*names("李强@s1"), "李强（县长）"), *people) == []


WORDS = ["左云经开区", "云冈经开区", "左云开发区", "泰山玻纤", "泰山玻纤有限公司", "大同", "李强"]
KINDS = [ZONE, FIRM, PLACE, EntityType.PROJECT, EntityType.PERSON]
ARTICLES = st.dictionaries(
    st.sampled_from("abcdef"),
    st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(WORDS)), min_size=1, max_size=3),
    max_size=6,
)
NAMED = st.builds(
    Name, st.sampled_from(WORDS), st.sampled_from([None, *KINDS]), st.sampled_from(["", "a", "b"])
)
CURATIONS = st.builds(
    Curation,
    merge=st.lists(st.builds(Merge, st.tuples(NAMED, NAMED)), max_size=2).map(tuple),
    apart=st.lists(st.builds(Apart, st.tuples(NAMED, NAMED)), max_size=1).map(tuple),
    rename=st.lists(st.builds(Rename, NAMED, st.just("新名")), max_size=1).map(tuple),
    retype=st.lists(st.builds(Retype, NAMED, st.sampled_from(KINDS)), max_size=1).map(tuple),
)


@settings(deadline=None)
@given(st.lists(st.tuples(ARTICLES, CURATIONS), min_size=2, max_size=3))
def test_step_by_step_is_as_all_at_once(
    states: list[tuple[dict[str, list[tuple[EntityType, str]]], Curation]],
) -> None:
    """Articles and lines that come, change and go leave what a first build of the last state makes."""

    def of(article: str, things: list[tuple[EntityType, str]]) -> Reading:
        return reading(article, [(kind, [name]) for kind, name in things])

    with sqlite3.connect(":memory:") as db:
        corpus = Corpus(db)
        held: dict[str, list[tuple[EntityType, str]]] = {}
        for articles, curation in states:
            linker = Linker(corpus)
            for gone in held.keys() - articles.keys():
                linker.remove(gone)
            for article, things in articles.items():
                if held.get(article) != things:
                    linker.add(of(article, things))
            linker.link(curation)
            held = articles
        articles, curation = states[-1]
        fresh = link([of(article, things) for article, things in articles.items()], curation)
        same = {(a, local): path for a in articles for local, path in corpus.same(a).items()}
        assert same == fresh.same
        assert tuple(corpus.entities()) == fresh.entities
        assert tuple(corpus.decisions()) == fresh.decisions
