"""Dates and periods in ISO form."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.dates import Reference, moments

PUBLISHED = "2024-07-05"


def isos(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None]]:
    return [(m.text, m.iso) for m in moments(text, published)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024年", "2024"),
        ("2024年3月", "2024-03"),
        ("2024 年 3 月", "2024-03"),
        ("2015年9月30日", "2015-09-30"),
        ("2024-03-15", "2024-03-15"),
        ("二〇二四年", "2024"),
        ("2024年一季度", "2024-Q1"),
        ("2024年第一季度", "2024-Q1"),
        ("2023年前三季度", "2023-01/2023-09"),
        ("今年前9个月", "2024-01/2024-09"),
        ("上半年", "2024-H1"),
        ("去年下半年", "2023-H2"),
        ("今年", "2024"),
        ("去年", "2023"),
        ("明年", "2025"),
        ("8月7日", "2024-08-07"),
        ("昨天", "2024-07-04"),
        ("上个月", "2024-06"),
        ("1-9月份", "2024-01/2024-09"),
        ("9月9日至12日", "2024-09-09/2024-09-12"),
        ("9月30日至10月3日", "2024-09-30/2024-10-03"),
        ("2020年至2024年", "2020/2024"),
        ("2020—2024年", "2020/2024"),
        ("2023年9月至2024年3月", "2023-09/2024-03"),
        ("近三年来", "2022/2024"),
        ("2023年底", "2023-12"),
        ("今年9月底", "2024-09"),
        ("“十四五”", "2021/2025"),
        ("“十四五”末", "2025"),
        ("“十五五”", "2026/2030"),
        ("截至目前", None),
        ("近日", None),
        ("2月30日", None),
    ],
)
def test_one(text: str, iso: str | None) -> None:
    found = moments(text + "，", PUBLISHED)
    assert [m.iso for m in found] == [iso]


@pytest.mark.parametrize(
    "text", ["十四五个", "第十五届", "一月一签约", "12个月", "3月龄", "三年行动计划", "5年内", "第一年"]
)
def test_is_no_date(text: str) -> None:
    assert isos(text) == []


def test_the_year_named_before_on_the_line_holds() -> None:
    assert [iso for _, iso in isos("2022年8月开工，9月投产。")] == ["2022-08", "2022-09"]
    assert [iso for _, iso in isos("2022年8月开工。\n9月投产。")] == ["2022-08", "2024-09"]


def test_without_publication_relative_dates_stay_open() -> None:
    assert [iso for _, iso in isos("今年8月7日，去年，上半年，2023年", None)] == [None, None, None, "2023"]


def test_a_month_far_ahead_is_last_years_unless_planned() -> None:
    assert isos("12月建成", "2024-01-10") == [("12月", "2023-12")]
    assert isos("计划12月建成", "2024-01-10") == [("12月", "2024-12")]


def test_a_period_that_is_not_over_may_be_either_years() -> None:
    assert isos("全年完成投资5亿元", "2024-01-10") == [("全年", None)]
    assert isos("预计全年完成投资5亿元", "2024-01-10") == [("全年", "2024")]


def test_years_told_in_january_end_with_the_year_before() -> None:
    assert isos("五年来，", "2022-01-06") == [("五年来", "2017/2021")]


@pytest.mark.parametrize("published", ["", "yesterday", "2024-13-99x", None])
def test_an_odd_publication_date_counts_as_unknown(published: str | None) -> None:
    assert Reference.of(published) == Reference()


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)))
def test_printed_days_come_back(day: date) -> None:
    assert [m.iso for m in moments(f"{day.year}年{day.month}月{day.day}日，")] == [day.isoformat()]


@given(st.text(alphabet="0123456789年月日至底初末今去上下半季度“”十四五前个一二三 ，。\n-", max_size=40))
def test_any_text_is_survived_and_offsets_hold(text: str) -> None:
    for m in moments(text, PUBLISHED):
        assert text[m.start : m.end] == m.text
