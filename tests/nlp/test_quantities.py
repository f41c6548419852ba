"""Figures: what is read, what isn't, and that a printed number comes back."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.nlp.quantities import Units, measures, number, per, rate


def read(text: str) -> list[tuple[str, float, str]]:
    return [(m.quantity.printed, float(m.quantity.value), m.quantity.unit) for m in measures(text)]


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit"),
    [
        ("投资8.9亿元的", "8.9亿元", 890_000_000, "CNY"),
        ("总投资419.85 亿元", "419.85 亿元", 41_985_000_000, "CNY"),
        ("投资1亿3000万元", "1亿3000万元", 130_000_000, "CNY"),
        ("投资三亿五千万元", "三亿五千万元", 350_000_000, "CNY"),
        ("GDP1200亿元", "1200亿元", 120_000_000_000, "CNY"),
        ("总额10+亿元", "10+亿元", 1_000_000_000, "CNY"),
        ("15万亿元", "15万亿元", 15_000_000_000_000, "CNY"),
        ("外资1.5亿美元", "1.5亿美元", 150_000_000, "USD"),
        ("投资1.4亿欧元", "1.4亿欧元", 140_000_000, "EUR"),
        ("不超过11.49港元", "11.49港元", 11.49, "HKD"),
        ("出让3,332.20亩", "3,332.20亩", 2_221_477.774, "m2"),
        ("面积17.79平方公里", "17.79平方公里", 17_790_000, "m2"),
        ("厂房7.85万平方米", "7.85万平方米", 78_500, "m2"),
        ("产业园40万平，", "40万平", 400_000, "m2"),
        ("上万平方米的空间", "万平方米", 10_000, "m2"),
        ("年产10万吨活性炭", "10万吨", 100_000, "t"),
        ("跨越百万吨台阶", "百万吨", 1_000_000, "t"),
        ("2×100万千瓦煤电", "2×100万千瓦", 2, "GW"),
        ("2x100万千瓦煤电", "2x100万千瓦", 2, "GW"),
        ("2×300MW机组", "2×300MW", 600, "MW"),
        ("60万千瓦风电", "60万千瓦", 600, "MW"),
        ("5 GW 单晶硅", "5 GW", 5, "GW"),
        ("56吉瓦", "56吉瓦", 56, "GW"),
        ("30GWh动力电池", "30GWh", 30, "GWh"),
        ("发电2.3亿千瓦时", "2.3亿千瓦时", 230_000_000, "kWh"),
        ("发电量68亿度", "68亿度", 6_800_000_000, "kWh"),
        ("日供水1500立方米", "1500立方米", 1500, "m3"),
        ("天然气38.5亿方", "38.5亿方", 3_850_000_000, "m3"),
        ("年产7400辆", "7400辆", 7400, "vehicle"),
        ("年产300台（套）主机", "300台（套）", 300, "set"),
        ("400万只铝锅", "400万只", 4_000_000, "piece"),
        ("5万头奶牛", "5万头", 50_000, "head"),
        ("20亿剂疫苗", "20亿剂", 2_000_000_000, "dose"),
        ("长77.65公里", "77.65公里", 77.65, "km"),
        ("吞吐量120万标箱", "120万标箱", 1_200_000, "TEU"),
        ("算力达3000P，", "3000P", 3000, "P"),
        ("项目85 个", "85 个", 85, "count"),
        ("三百多家企业", "三百多家", 300, "count"),
        ("300余家企业", "300余家", 300, "count"),
        ("三十二家", "三十二家", 32, "count"),
        ("两个项目", "两个", 2, "count"),
        ("一百二十项", "一百二十项", 120, "count"),
        ("5.6万户", "5.6万户", 56_000, "count"),
        ("外出招商210余次", "210余次", 210, "count"),
        ("2.6万宗", "2.6万宗", 26_000, "count"),
        ("3万人次", "3万人次", 30_000, "person"),
        ("1.2千人", "1.2千人", 1200, "person"),
        ("30多万人", "30多万人", 300_000, "person"),
        ("近千人就业", "千人", 1000, "person"),
        ("5位专家", "5位", 5, "person"),
        ("一万五千人", "一万五千人", 15_000, "person"),
        ("增长62.5%", "62.5%", 62.5, "%"),
        ("增长３０％", "３０％", 30, "%"),
        ("提高0.18个百分点", "0.18个百分点", 0.18, "%"),
        ("增长10.2倍", "10.2倍", 1020, "%"),
        ("占近三成，", "三成", 30, "%"),
        ("百分之五十", "百分之五十", 50, "%"),
        ("下降46个基点", "46个基点", 46, "bp"),
        ("位列全省第15名", "第15名", 15, "rank"),
        ("居全省第5位", "第5位", 5, "rank"),
        ("增速全省第一。", "第一", 1, "rank"),
        ("居全区首位", "首位", 1, "rank"),
        ("24小时办结", "24小时", 24, "h"),
        ("用时12个月", "12个月", 12, "month"),
        ("总投资664亿，", "664亿", 66_400_000_000, ""),
        ("产值突破千亿，", "千亿", 100_000_000_000, ""),
    ],
)
def test_is_read(text: str, printed: str, value: float, unit: str) -> None:
    assert read(text) == [(printed, value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "T1000级碳纤维",
        "12K碳纤维",
        "N型电池3.0版",
        "5G网络",
        "四上企业",
        "“三个一批”活动",
        "一期工程，第三代半导体",
        "2024年1—8月",
        "电话0352-1234567，手机13800138000",
        "35KV变电站",
        "7×24小时服务",
        "万家寨引黄工程",
        "三元锂电池",
        "三台县、五台山、四平市",
        "三方签约，千方百计，千家万户",
        "七八个项目",
        "一个项目，一批企业",
        "百亿级企业，千亿级产业集群",
        "万元生产总值能耗",
        "排名第二产业",
        "“最后一公里”",
        "二套房",
        "第5个",
        "CR400型",
    ],
)
def test_is_no_figure(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "printed", "low", "high", "unit"),
    [
        ("投资5-10亿元", "5-10亿元", 500_000_000, 1_000_000_000, "CNY"),
        ("5亿—10亿元", "5亿—10亿元", 500_000_000, 1_000_000_000, "CNY"),
        ("5亿元至10亿元", "5亿元至10亿元", 500_000_000, 1_000_000_000, "CNY"),
        ("3至5个", "3至5个", 3, 5, "count"),
        ("1—1.5小时", "1—1.5小时", 1, 1.5, "h"),
        ("10-15万吨", "10-15万吨", 100_000, 150_000, "t"),
        ("500兆瓦至2吉瓦", "500兆瓦至2吉瓦", 0.5, 2, "GW"),
    ],
)
def test_range(text: str, printed: str, low: float, high: float, unit: str) -> None:
    (found,) = measures(text)
    q = found.quantity
    assert q.max_value is not None
    assert (q.printed, float(q.value), float(q.max_value), q.unit) == (printed, low, high, unit)


def test_a_change_is_no_range() -> None:
    assert read("从30万吨到120万吨的蜕变") == [("30万吨", 300_000, "t"), ("120万吨", 1_200_000, "t")]


def test_several_in_order_and_apart() -> None:
    found = measures("成功签约落地项目116个，总投资664.51亿元，增长5.3%，全省第一。")
    assert [m.quantity.unit for m in found] == ["count", "CNY", "%", "rank"]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("text", "printed", "period"),
    [
        ("年产10万吨活性炭", "10万吨", "a"),
        ("水厂日供水1500立方米", "1500立方米", "d"),
        ("规模为1万立方米/日", "1万立方米", "d"),
        ("20万吨/年硫酸", "20万吨", "a"),
        ("投产后年发清洁电量超68亿千瓦时", "68亿千瓦时", "a"),
        ("今年产量10万吨", "10万吨", None),
        ("3年生产10万吨", "10万吨", None),
        ("库存10万吨", "10万吨", None),
    ],
)
def test_rate(text: str, printed: str, period: str | None) -> None:
    start = text.index(printed)
    assert rate(text, start, start + len(printed)) == period


def test_per() -> None:
    assert per("t", "a") == "t/a"


def test_a_table_that_is_none_is_named() -> None:
    with pytest.raises(DataError, match=r"units\.yaml"):
        Units({"units": [1]})


amounts = st.decimals(min_value=1, max_value=9999, places=2, allow_nan=False, allow_infinity=False)
FACTORS = {"": 1, "万": 10**4, "亿": 10**8, "百万": 10**6, "万亿": 10**12}


@given(amounts, st.sampled_from(sorted(FACTORS)), st.booleans())
def test_what_is_printed_comes_back(amount: Decimal, scale: str, grouped: bool) -> None:
    printed = f"{amount:,}" if grouped else f"{amount}"
    (found,) = measures(f"总投资约{printed}{scale}元，")
    assert found.quantity.value == amount * FACTORS[scale]
    assert found.quantity.printed == f"{printed}{scale}元"


DIGITS = "零一二三四五六七八九"


def chinese(n: int) -> str:
    """A whole number below ten thousand as it is spoken."""
    parts, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, place)
        if digit:
            parts += ("零" if gap and parts else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return parts


@given(st.integers(1, 9999), st.sampled_from(["", "万", "亿"]))
def test_chinese_numbers_come_back(n: int, scale: str) -> None:
    assert number(chinese(n) + scale) == n * FACTORS[scale]


@given(st.text(alphabet="0123456789.,一二三百千万亿多余个家元吨亩%第位至-×年 产，。", max_size=40))
def test_any_text_is_survived_and_offsets_hold(text: str) -> None:
    for m in measures(text):
        assert text[m.start : m.end] == m.quantity.printed
        assert m.quantity.max_value is None or m.quantity.max_value > m.quantity.value
