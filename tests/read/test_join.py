"""Paragraphs that a column, a page or a picture tore apart."""

from __future__ import annotations

import pytest

from kg.read.clean import split_lines
from kg.read.join import join_lines, unwrap_lines


def joined(text: str) -> list[str]:
    return [line.text for line in join_lines(unwrap_lines(split_lines(text)))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # something already ended in the first half
        ("供水方面，水厂日供水1500立方米。园区附近有两条线路，可随时为", "项目提供临时施工用电。"),
        # a comma cannot end a paragraph
        ("全市规模以上工业增加值增长8.5%，", "工业投资增长21%。"),
        ("引进了电子、", "纺织、食品等一批项目"),
        # a quotation or bracket is still open
        ("这种“帮", "企业合规”的服务理念让企业安心。"),
        # the subtitle of a speech
        ("——2025年1月13日在某市第十八届人民", "代表大会第四次会议上"),
        # the second half begins with what cannot begin a line
        ("园区引进果品、蔬菜、畜牧", "、中药材企业共12家。"),
    ],
)
def test_halves_join(first: str, second: str) -> None:
    assert joined(f"{first}\n\n{second}") == [first + second]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("从无到有，承载能力越来越强", "2015年9月30日，经开区经省府批准设立。"),
        ("项目建设：跑出发展“加速度”", "抓项目就是抓发展，谋项目就是谋未来。"),
        ("（二）坚持创新驱动，加快培育新动能，推动产业结构调整取得新的更大进展", "新增高新技术企业35家。"),
        ("一年来，我们坚持不懈抓改革、谋创新、促开放，发展活力焕发新的生机", "各项改革不断深化。"),
        ("全年税收增长6%。二、2025年重点工作安排", "2025年是“十四五”收官之年。"),
        ("新建停车场30个。（牵头单位：市住建局）", "新增公交线路20条，方便群众出行。"),
        ("本报记者 王凯", "近日，该区再添新企业。"),
        ("各位代表：", "我代表市人民政府向大会报告工作。"),
    ],
)
def test_headings_and_whole_paragraphs_stay(first: str, second: str) -> None:
    assert joined(f"{first}\n\n{second}") == [first, second]


def test_a_word_cut_in_two_joins_without_punctuation() -> None:
    text = "开发区成立五年。开发区建设加快。开发区产业集聚。宣传工作紧紧围绕开\n\n发区各项任务展开。"
    assert len(joined(text)) == 1
    text = (
        "开发区成立五年。\n开发区建设加快。\n开发区产业集聚。\n宣传工作紧紧围绕开\n\n发区各项任务，成效明显。"
    )
    assert joined(text)[-1] == "宣传工作紧紧围绕开发区各项任务，成效明显。"


def test_halves_join_around_a_picture() -> None:
    text = (
        "校友会在太原召开。会上，某经开区被评为全省校友\n\n\n\n单晶硅项目投产\n\n\n\n"
        "项目现场\n\n经济示范基地。\n\n持续优化营商环境。"
    )
    assert joined(text) == [
        "校友会在太原召开。会上，某经开区被评为全省校友经济示范基地。",
        "单晶硅项目投产",
        "项目现场",
        "持续优化营商环境。",
    ]


def test_hard_wrapped_text_becomes_paragraphs() -> None:
    text = """
　　近日，某高新区量子信息产业园二期正式开工建设，总投资
15.6亿元，规划建筑面积23万平方米，预计2026年建成投用。该
项目建成后，可容纳上下游企业80余家，带动就业五千人以上。
　　“我们正在围绕三大方向布局，加快建设一批重大科技基础
设施。”该区负责人介绍，截至目前，区内企业已达30家。
一、加大招商力度
　　今年以来，该区先后赴北京、上海、深圳等地开展招商活动
26次，签约项目19个，总投资74亿元。
"""
    first, second, heading, last = joined(text)
    assert "总投资15.6亿元" in first and "该项目建成后" in first and "重大科技基础设施" in second
    assert heading == "一、加大招商力度"
    assert last.endswith("招商活动26次，签约项目19个，总投资74亿元。")


def test_many_lines_take_little_time() -> None:
    assert len(joined("某区建成厂房12万平方米，入驻企业30家。\n\n" * 20_000)) == 20_000
