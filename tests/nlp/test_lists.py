"""Enumerations: where items begin and end, what they are called together, how many there are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.lists import clauses, depths, left_edge, listings, number, right_edge, series

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8)
PROSE = st.text(
    st.sampled_from(
        [*"甲乙丙丁硅铜电厂建设和与及等、，。；：（）《》“”3,12亿元个项目产业链一二期以为的推进"]
    ),
    max_size=60,
)


def items(text: str) -> list[str]:
    """The items of the first list of a text."""
    return [item.text for item in listings(text)[0].items]


@pytest.mark.parametrize(
    ("text", "found", "head", "kind", "count", "open_"),
    [
        (
            "延伸了甲能硅料、乙能硅片、丙能组件8个项目",
            ["甲能硅料", "乙能硅片", "丙能组件"],
            "项目",
            "project",
            8,
            False,
        ),
        (
            "化工、装备制造、食品加工、新能源4个主导产业",
            ["化工", "装备制造", "食品加工", "新能源"],
            "产业",
            "industry",
            4,
            False,
        ),
        ("引进甲科技、乙电气等12家企业", ["甲科技", "乙电气"], "企业", "firm", 12, True),
        ("聚焦硅料和硅片两条产业链", ["硅料", "硅片"], "产业链", "chain", 2, False),
        ("做强石化、造纸产业链", ["石化", "造纸产业链"], "产业链", "chain", None, False),
        ("加快青石水库、白石电站等重大水利工程建设", ["青石水库", "白石电站"], "工程", "project", None, True),
    ],
)
def test_a_list_has_items_a_noun_and_a_number(
    text: str, found: list[str], head: str, kind: str, count: int | None, open_: bool
) -> None:
    listing = listings(text)[0]
    assert [i.text for i in listing.items] == found
    assert (listing.head, listing.kind, listing.count, listing.open) == (head, kind, count, open_)


def test_the_words_before_an_item_are_its_lead() -> None:
    listing = listings("强力推动投资6.68亿元的青山碳业、4.33亿元的丰石石墨和2.5亿元的海石二期等项目投产")[0]
    assert [(i.lead, i.text) for i in listing.items] == [
        ("强力推动投资6.68亿元的", "青山碳业"),
        ("4.33亿元的", "丰石石墨"),
        ("2.5亿元的", "海石二期"),
    ]
    assert listing.follow == "投产"


def test_each_item_may_have_a_verb_of_its_own() -> None:
    listing = series("建成投产青石二期、开工建设白石电站")[0]
    assert [(i.lead, i.text) for i in listing.items] == [("建成投产", "青石二期"), ("开工建设", "白石电站")]


def test_two_lists_in_one_clause() -> None:
    first, second = listings("争取青石锂电、白石电气等电芯项目和红石等动力电池项目签约")
    assert ([i.text for i in first.items], first.mod) == (["青石锂电", "白石电气"], "电芯")
    assert ([i.text for i in second.items], second.mod) == (["红石"], "动力电池")


def test_a_list_runs_on_behind_a_comma() -> None:
    text = "建成投产青石奶粉三期、奶酪三期，白石乳蛋白深加工、九期奶粉，红石乳制品等项目"
    assert items(text) == ["青石奶粉三期", "奶酪三期", "白石乳蛋白深加工", "九期奶粉", "红石乳制品"]


def test_brackets_hide_marks() -> None:
    assert items("推进青石（一期、二期）、白石（东环、南环）等项目") == [
        "青石（一期、二期）",
        "白石（东环、南环）",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("推进青石汽车及零部件、白石电机等项目", ["青石汽车及零部件", "白石电机"]),  # 及 inside a name
        ("推进青石汽车、白石电机和红石轴承等项目", ["青石汽车", "白石电机", "红石轴承"]),
        ("推进青石汽车和白石电机两个项目", ["青石汽车", "白石电机"]),  # the number asks for the cut
        ("加快青石水库和白石电站建设", ["青石水库", "白石电站"]),  # each ends in its noun
    ],
)
def test_conjunctions_join_items_or_stay_in_names(text: str, found: list[str]) -> None:
    assert items(text) == found


def test_etc_in_other_words_ends_no_list() -> None:
    assert all(not found.open for found in series("建设高等院校、等离子设备、平等协商平台"))


def test_a_predicate_ends_the_last_item() -> None:
    (listing,) = listings("青永高速、东环高速建成通车。")
    assert [i.text for i in listing.items] == ["青永高速", "东环高速"]
    assert listing.follow == "建成通车"


def test_building_inside_a_name_ends_nothing() -> None:
    text = "研发能力建设项目加快推进"
    assert text[: right_edge(text, 0, len(text))] == "研发能力建设项目"


def test_edges_keep_triggers_inside_words_from_cutting() -> None:
    text = "全力争取青石锂电"
    assert text[left_edge(text, 0, len(text), edges={0, 2, 4, 6, 8}) :] == "青石锂电"


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("八", 8), ("十二", 12), ("二十三", 23), ("两", 2), ("若干", None), ("", None)],
)
def test_numbers(text: str, value: int | None) -> None:
    assert number(text) == value


@given(st.lists(HAN.filter(lambda t: not set(t) & set("等和与及暨以、")), min_size=2, max_size=6))
def test_bare_names_come_back(names: list[str]) -> None:
    """Without triggers in them, names joined by 、 are the items, whatever they are."""
    text = "、".join(f"“{n}”" for n in names) + f"等{len(names)}个项目"
    (listing,) = listings(text)
    assert [i.text for i in listing.items] == [f"“{n}”" for n in names]
    assert listing.count == len(names)


@given(PROSE)
def test_offsets_hold_on_any_text(text: str) -> None:
    for found in series(text):
        at = found.start
        for item in found.items:
            assert text[item.start : item.end] == item.text
            assert item.text
            assert at <= item.start <= item.end <= found.end <= len(text)
            at = item.end
        assert not found.follow or text[found.end :].startswith(found.follow)


@given(PROSE)
def test_edges_stay_inside(text: str) -> None:
    start = left_edge(text, 0, len(text))
    assert 0 <= start <= len(text)
    assert start <= right_edge(text, start, len(text)) <= len(text)


@given(PROSE)
def test_clauses_lie_in_order_and_hold_no_mark_outside_brackets(text: str) -> None:
    depth, last = depths(text), 0
    for start, end in clauses(text):
        assert last <= start < end
        assert not any(text[i] in "，。；：" and not depth[i] for i in range(start, end))
        last = end
