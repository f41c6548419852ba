"""Which stretches are projects, and where their names begin and end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.nlp.projects import is_generic

Names = Callable[[str, str], dict[str, float]]


def projects(candidates: Names, text: str) -> set[str]:
    return set(candidates("Project", text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("该产业链以投资8.9亿元的年产10万吨活性炭煤化工项目为“链主”。", {"年产10万吨活性炭煤化工项目"}),
        (
            "延伸了星海年产5万吨精细化工助剂、恒发煤矸石综合利用、源城煤业3个项目。",
            {"星海年产5万吨精细化工助剂", "恒发煤矸石综合利用", "源城煤业"},
        ),
        ("加快推进青山水库、野河水电站等重大工程建设。", {"青山水库", "野河水电站"}),
        ("临海高速、东湖大桥建成通车。", {"临海高速", "东湖大桥"}),
        ("确保晶达科技二期建成投产。", {"晶达科技二期"}),
        ("开工建设总投资220亿元的新宇储能电池材料基地项目。", {"新宇储能电池材料基地项目"}),
        (
            "推进华峰高性能纤维、中电光伏组件等重点项目建设，完成投资30亿元。",
            {"华峰高性能纤维", "中电光伏组件"},
        ),
    ],
)
def test_projects_are_found_with_their_edges(candidates: Names, text: str, found: set[str]) -> None:
    assert projects(candidates, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "今年实施24个重大转型项目，总投资120亿元。",
        "坚持“三个一批”项目推进机制，抓项目、促投资。",
        "全年谋划储备重点项目380个，招商引资项目履约率达到85%。",
        "推动项目早开工、早投产。",
        "制定出台《大同市重大项目督察制度》《项目建设管理办法》等制度。",
        "深入实施服务业提质增效行动。",
    ],
)
def test_kinds_of_projects_are_none(candidates: Names, text: str) -> None:
    assert projects(candidates, text) == set()


def test_the_sum_is_not_part_of_the_name(candidates: Names) -> None:
    text = "投资6.5亿元的宏达年产7400辆专用汽车制造项目已经投产。"
    assert projects(candidates, text) == {"宏达年产7400辆专用汽车制造项目"}


def test_a_name_is_found_again_where_nothing_hints_at_it(candidates: Names) -> None:
    text = "开工建设新宇储能电池材料基地项目。工人说起新宇储能电池材料基地项目时很自豪。"
    assert projects(candidates, text) == {"新宇储能电池材料基地项目"}


def test_scores_tell_a_listed_project_from_a_hint(candidates: Names) -> None:
    listed = candidates("Project", "推进华峰高性能纤维、中电光伏组件等项目建设。")["华峰高性能纤维"]
    assert listed > 0.9


@pytest.mark.parametrize(
    "name", ["重点产业项目", "24个重大转型项目", "招商引资项目", "该项目", "亿元以上工业项目"]
)
def test_generic_names(name: str) -> None:
    assert is_generic(name)


@pytest.mark.parametrize("name", ["年产10万吨活性炭煤化工项目", "临海高速", "光伏项目"])
def test_names_that_say_something(name: str) -> None:
    assert not is_generic(name)
