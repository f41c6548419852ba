"""The chain templates are sound, and what is wrong with a user's template is said in clear words."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.ontology import CHAINS, TIERS, industry_codes, read_templates, segments, template_files, templates
from kg.ontology_check import check_templates

GOOD = """
@prefix lz: <https://w3id.org/lianzhu/ontology#> .
@prefix my: <https://example.org/chain/> .
@prefix chain: <https://w3id.org/lianzhu/ontology/chain/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

my:tea a lz:ChainTemplate ; skos:prefLabel "茶产业链"@zh , "Tea"@en ; skos:altLabel "茶"@zh .
my:tea.leaf a lz:Segment ; skos:inScheme my:tea ; skos:prefLabel "鲜叶"@zh , "Leaves"@en ;
    lz:tier lz:upstream ; lz:branch lz:mainBranch ; lz:critical true ; lz:gbt4754 "0164" ;
    lz:feeds my:tea.green ; lz:keyword "茶园" .
my:tea.green a lz:Segment ; skos:inScheme my:tea ; skos:prefLabel "绿茶"@zh , "Green tea"@en ;
    lz:tier lz:midstream ; lz:branch lz:mainBranch ; lz:critical false ;
    lz:feeds my:tea.shop ; lz:keyword "绿茶" .
my:tea.shop a lz:Segment ; skos:inScheme my:tea ; skos:prefLabel "茶店"@zh , "Shops"@en ;
    lz:tier lz:downstream ; lz:branch lz:sideBranch ; lz:critical false ; lz:keyword "茶叶店" .
"""


@pytest.fixture
def check(tmp_path: Path):  # type: ignore[no-untyped-def]
    def run(*turtle: str) -> tuple[str, ...]:
        paths = []
        for number, text in enumerate(turtle):
            paths.append(tmp_path / f"{number}.ttl")
            paths[-1].write_text(text, encoding="utf-8")
        return check_templates(paths, known=templates())

    return run


def test_the_shipped_templates_are_sound() -> None:
    assert check_templates(template_files()) == ()
    assert len(templates()) == 36
    assert len(segments()) == 540


def test_ids_are_the_iris_and_files_the_chains() -> None:
    assert [template.id for template in templates()] == [path.stem for path in template_files()]
    for template in templates():
        assert template.iri == CHAINS + template.id
        for segment in template.segments:
            assert segment.iri == CHAINS + segment.id
            assert segment.id.partition(".")[0] == segment.chain == template.id


def test_every_chain_runs_from_upstream_to_downstream() -> None:
    for template in templates():
        assert {segment.tier for segment in template.segments} == set(TIERS)
        ends = {target for segment in template.segments for target in segment.feeds}
        alone = [s.id for s in template.segments if not s.feeds and s.id not in ends]
        assert alone == [], f"neither feed nor are fed: {alone}"
        order = [TIERS.index(segment.tier) for segment in template.segments]
        assert order == sorted(order)


def test_matches_hold_both_ways() -> None:
    for segment in segments().values():
        assert all(segment.id in segments()[other].same for other in segment.same)
        assert all(segment.id in segments()[other].overlaps for other in segment.overlaps)


def test_names_beside_codes_are_those_of_the_standard() -> None:
    for path in template_files():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip().startswith("lz:gbt4754 "):
                code, name = line.split('"')[1], line.partition("#")[2].strip()
                assert industry_codes()[code] == name, f"{path.name}: {line}"


def test_names_of_chains_are_told_apart() -> None:
    names = [name for t in templates() for name in (t.label_zh, *t.aliases)]
    assert len(names) == len(set(names))
    assert all(t.label_zh.endswith("产业链") for t in templates())


def test_a_segment_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "tea.ttl"
    path.write_text(GOOD, encoding="utf-8")
    (tea,) = read_templates([path])
    assert (tea.id, tea.label_zh, tea.label_en, tea.aliases) == ("tea", "茶产业链", "Tea", ("茶",))
    leaf = tea.segments[0]
    assert (leaf.id, leaf.iri, leaf.chain) == ("tea.leaf", "https://example.org/chain/tea.leaf", "tea")
    assert (leaf.tier, leaf.branch, leaf.critical) == ("upstream", "mainBranch", True)
    assert (leaf.feeds, leaf.codes, leaf.keywords) == (("tea.green",), ("0164",), ("茶园",))


def test_a_sound_template_has_no_problems(check) -> None:  # type: ignore[no-untyped-def]
    assert check(GOOD) == ()


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        (
            "lz:feeds my:tea.shop",
            "lz:feeds my:tea.stop",
            "tea.green: feeds tea.stop, which is in no template.",
        ),
        (
            "lz:feeds my:tea.shop",
            "lz:feeds my:tea.leaf",
            "tea.green: midstream, but feeds tea.leaf, which is upstream.",
        ),
        ("lz:feeds my:tea.shop", "lz:feeds my:tea.green", "tea.green: feeds itself."),
        (
            "lz:tier lz:downstream ; lz:branch lz:sideBranch ; lz:critical false",
            "lz:tier lz:midstream ; lz:branch lz:sideBranch ; lz:critical false ; lz:feeds my:tea.green",
            "tea.green: feeds run in a circle: tea.green → tea.shop → tea.green.",
        ),
        ("lz:tier lz:midstream", "lz:tier lz:middle", "tea.green: unknown tier middle."),
        ("lz:tier lz:midstream ;", "", "tea.green: needs exactly one lz:tier, has none."),
        ("lz:branch lz:sideBranch", "lz:branch lz:twig", "tea.shop: unknown branch twig."),
        ('lz:gbt4754 "0164"', 'lz:gbt4754 "9999"', "tea.leaf: 9999 is no code of GB/T 4754—2017."),
        ('"鲜叶"@zh , ', "", "tea.leaf: needs a skos:prefLabel in @zh and one in @en."),
        ('"茶产业链"@zh , ', "", "tea: needs a skos:prefLabel in @zh and one in @en."),
        ('lz:keyword "绿茶"', 'lz:gbt4754 "1530"', "tea.green: has no lz:keyword"),
        (
            'lz:keyword "绿茶"',
            'lz:keyword "绿茶" ; lz:contextKeyword "绿茶"',
            "tea.green: 绿茶 is both lz:keyword and lz:contextKeyword. Keep one of them.",
        ),
        ('lz:keyword "绿茶"', 'lz:keyword "光伏玻璃"', "pv.glass, tea.green: share the keyword 光伏玻璃."),
        (
            "my:tea.shop a lz:Segment ; skos:inScheme my:tea",
            "my:tea.shop a lz:Segment",
            "tea.shop: needs exactly one skos:in",
        ),
        ("my:tea.shop a", "<https://example.org/other/tea.leaf> a", "tea.leaf: two things have this id"),
        ("a lz:ChainTemplate", "a skos:ConceptScheme", "no lz:ChainTemplate found."),
    ],
)
def test_what_is_wrong_is_said(check, good: str, bad: str, said: str) -> None:  # type: ignore[no-untyped-def]
    assert good in GOOD
    problems = check(GOOD.replace(good, bad))
    assert any(said in problem for problem in problems), problems


def test_keywords_may_be_shared_by_segments_that_overlap(check) -> None:  # type: ignore[no-untyped-def]
    matched = 'lz:keyword "光伏玻璃" ; skos:closeMatch chain:pv.glass'
    assert check(GOOD.replace('lz:keyword "绿茶"', matched)) == ()


def test_an_id_of_the_package_is_taken(check) -> None:  # type: ignore[no-untyped-def]
    (said,) = check(GOOD.replace("my:tea", "my:pv"))
    assert said.startswith("pv: there is a template of this id. Choose another")


def test_a_namesake_takes_the_place_of_the_packages_file(tmp_path: Path) -> None:
    own = (tmp_path / "pv.ttl", tmp_path / "tea.ttl")
    found = template_files(own)
    assert set(found) - set(template_files()) == set(own)
    assert len(found) == len(template_files()) + 1
    assert [file.name for file in found] == sorted(file.name for file in found)


def test_a_segment_in_two_files_is_reported(check) -> None:  # type: ignore[no-untyped-def]
    assert "tea.leaf: is described twice, in 0.ttl and 1.ttl. Rename one of the two or merge them." in check(
        GOOD, GOOD
    )


def test_a_file_that_is_no_turtle(check) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DataError, match="is no valid Turtle"):
        check("chains:\n- id: pv\n")
