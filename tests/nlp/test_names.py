"""What two spellings of one name have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.names import firm_brand, firm_core, has_legal_form, key, plain


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("晨星数字技术有限公司", "晨星数字技术"),
        ("中能晨星技术(大同)有限公司", "中能晨星技术"),
        ("中能晨星技术（大同）有限公司", "中能晨星技术"),
        ("晨星集团股份有限公司", "晨星"),
        ("晨星集团", "晨星"),
        ("晨星重工", "晨星重工"),
    ],
)
def test_a_firms_core_has_no_legal_form(name: str, core: str) -> None:
    assert firm_core(name) == core


def test_a_brand_has_no_trade() -> None:
    assert firm_brand("晨星重工") == "晨星"
    assert firm_brand("晨星新能源科技有限公司") == "晨星"
    assert firm_brand("科技") == "科技"


def test_full_names_are_told_from_short_ones() -> None:
    assert has_legal_form("晨星机械有限责任公司")
    assert not has_legal_form("晨星机械")


def test_spellings_of_chains_and_projects_share_a_key() -> None:
    assert key("Chain", "新能源产业链条") == key("Chain", "新能源产业链") == key("Chain", "新能源链")
    assert key("Project", "晨星电池项目") == key("Project", "晨星电池")
    assert key("Institution", "中国证监会") == key("Institution", "证监会")


@given(st.text(alphabet="大同晨星（）()“”·—- 有限公司abcＡ", max_size=20))
def test_plain_is_stable(name: str) -> None:
    assert plain(plain(name)) == plain(name)
