"""Cleaning one line: odd blanks and markup go, words and punctuation stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.clean import clean_line, clean_text, split_lines

PIECES = st.sampled_from(
    [
        *"项目区亿元A9 0%，。“”（）()*_#●■·-=\t\u3000\u00a0\u200b\ufeff\u2060\x07\x1f",
        "**",
        "__",
        "# ",
        "● ",
        "85 个",
    ]
)
MARKUP = set("*_#●·-=—")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("签约招商引资项目 85 个，总投资 419.85 亿元", "签约招商引资项目85个，总投资419.85亿元"),
        ("三一硅能 5GW 单晶硅项目", "三一硅能5GW单晶硅项目"),
        ("增长 60.8% 以上 ，高于全市 。", "增长60.8%以上，高于全市。"),
        ("抓项目 扩投资 促发展", "抓项目 扩投资 促发展"),  # a headline's own blanks
        ("MOFs(金属有机框架材料)除湿 Smart Factory", "MOFs(金属有机框架材料)除湿Smart Factory"),
        ("开 发 区 工 作 简 报", "开发区工作简报"),
        ("● 签约金额 **419.85亿元**  ", "签约金额419.85亿元"),
        ("**科学导报讯** 打造内陆地区", "科学导报讯 打造内陆地区"),
        ("# 大同 聚力打造 ##", "大同 聚力打造"),
        ("#1机组并网发电", "#1机组并网发电"),  # a number sign, no heading
        ("缴纳税款2**8万元、3**5万元", "缴纳税款2**8万元、3**5万元"),  # masked figures, no emphasis
        ("\ufeff\u3000\u3000全角\u200b空格\u00a0与\u2060零宽\u3000", "全角空格 与零宽"),
        ("打造开放新高地,是“使命”", "打造开放新高地,是“使命”"),  # half-width comma as printed
        ("２×１００万千瓦", "２×１００万千瓦"),  # full-width digits as printed
        ("------", ""),
        ("……", "……"),
        ("■ 牛佳锡", "■ 牛佳锡"),
    ],
)
def test_clean(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_a_line_knows_its_markup() -> None:
    assert clean_line("## **项目进展**").level == 2
    assert clean_line("**一、工作回顾**").bold
    assert not clean_line("项目 **85个** 个").bold
    assert clean_line("● 签约").bullet
    assert clean_line("\u3000\u3000近日").indent
    assert not clean_line("近日").indent


def test_gaps_count_blank_lines() -> None:
    lines = split_lines("甲\r\n\r\n \u3000\r\n乙\n丙\r\r丁\u2028戊")
    assert [(line.text, line.gap) for line in lines] == [
        ("甲", 0),
        ("乙", 2),
        ("丙", 0),
        ("丁", 1),
        ("戊", 0),
    ]


@given(st.lists(PIECES, max_size=40).map("".join))
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    once = clean_text(raw)
    assert clean_text(once) == once


@given(st.lists(PIECES, max_size=40).map("".join))
def test_only_blanks_and_markup_go(raw: str) -> None:
    def words(text: str) -> list[str]:
        return [char for char in text if char.isprintable() and not char.isspace() and char not in MARKUP]

    assert words(clean_text(raw)) == words(raw)


@given(st.text(max_size=200))
def test_any_text_gives_clean_lines(raw: str) -> None:
    for line in split_lines(raw):
        assert line.text == line.text.strip() != ""
        assert "\n" not in line.text and clean_text(line.text) == line.text


def test_a_hostile_line_takes_no_time() -> None:
    for piece in ("__a ", "# ● ", "** ", "**a ", "李 ", "（"):
        clean_text(piece * 20_000)
