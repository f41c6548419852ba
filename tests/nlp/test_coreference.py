"""Which spellings of an article are one thing, and which are not."""

from __future__ import annotations

import pytest

from kg.nlp.coreference import Name, cluster

DATONG, ZUOYUN, SHANXI = ("大同", "140200"), ("左云", "140226"), ("山西", "140000")


def zone(text: str, *places: tuple[str, str]) -> Name:
    return Name("Zone", text, places=places)


def firm(text: str, *places: tuple[str, str]) -> Name:
    return Name("Firm", text, places=places)


def project(text: str) -> Name:
    return Name("Project", text)


@pytest.mark.parametrize(
    "names",
    [
        [zone("左云经济技术开发区", ZUOYUN), zone("左云经开区", ZUOYUN), zone("左云开发区", ZUOYUN)],
        [zone("山西省左云经济技术开发区", ("山西省", "140000"), ZUOYUN), zone("左云经开区", ZUOYUN)],
        [zone("山西转型综合改革示范区", SHANXI), zone("综改示范区"), zone("山西综改示范区", SHANXI)],
        [zone("河北雄安新区", ("河北", "130000")), zone("雄安新区")],
        [zone("大同经开区", DATONG), zone("经开区")],
        [Name("Park", "现代煤化工产业园"), Name("Park", "煤化工产业园")],
        [Name("Park", "左云县新兴产业园", places=(("左云县", "140226"),)), Name("Park", "新兴产业园")],
        [Name("Place", "大同市", "140200"), Name("Place", "大同", "140200")],
        [firm("晨星数字技术有限公司"), firm("晨星"), firm("晨星数字")],
        [firm("天津晨星租赁有限公司", ("天津", "120000")), firm("晨星租赁")],
        [firm("晨星重工"), firm("晨星集团"), firm("晨星")],
        [
            project("东山晨星清洁能源灌装基地"),
            project("晨星清洁能源灌装基地"),
            project("晨星清洁能源灌装基地项目"),
        ],
        [project("晨星煤矸石综合利用转换建材项目"), project("晨星煤矸石综合利用")],
    ],
)
def test_spellings_of_one_thing(names: list[Name]) -> None:
    assert set(cluster(names)) == {0}


@pytest.mark.parametrize(
    "names",
    [
        [zone("大同经开区", DATONG), zone("左云经开区", ZUOYUN)],
        [zone("大同经开区", DATONG), zone("大同高新区", DATONG)],
        [zone("大同经开区", DATONG), zone("左云经开区", ZUOYUN), zone("经开区")],
        [Name("Place", "朝阳区", "110105"), Name("Place", "朝阳市", "211300")],
        [firm("晨星重工"), firm("晨星光电"), firm("晨星")],
        [firm("晨星科技"), Name("Project", "晨星科技")],
        [project("东山抽水蓄能"), project("抽水蓄能")],
        [project("晨星新材料项目"), project("晨星新材料二期项目"), project("晨星新材料配套铁路")],
        [project("东山新型建筑材料"), project("西山新型建筑材料"), project("新型建筑材料")],
    ],
)
def test_names_of_different_things(names: list[Name]) -> None:
    assert len(set(cluster(names))) == len(names)


def test_a_zone_of_any_kind_joins_none_of_two() -> None:
    numbers = cluster([zone("大同经开区", DATONG), zone("大同高新区", DATONG), zone("大同开发区", DATONG)])
    assert numbers == [0, 1, 2]


def test_numbers_follow_first_mention() -> None:
    assert cluster([Name("Place", "左云", "140226"), firm("晨星"), Name("Place", "左云县", "140226")]) == [
        0,
        1,
        0,
    ]


def test_a_project_called_as_its_firm_is_the_one_that_the_text_names() -> None:
    named = [firm("晨星能源"), project("晨星能源"), project("晨星能源年产5万吨电池项目")]
    assert cluster(named) == [0, 1, 1]
    assert cluster([*named, project("晨星能源储能项目")]) == [0, 1, 2, 3]
