"""Search by name, alias, pinyin and initials."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.explore.search import Names, _score, folded, pinyin
from kg.query.facts import Thing

KNOWN = (
    Thing("z/1", "Zone", "左云经济技术开发区", ("左云经开区",)),
    Thing("z/2", "Zone", "云冈经济技术开发区", ("云冈经开区",)),
    Thing("z/3", "Zone", "重庆高新技术产业开发区"),
    Thing("f/1", "Firm", "长安汽车"),
    Thing("f/2", "Firm", "ABC-3号工厂"),
    Thing("f/3", "Firm", "左氏机械"),
)
NAMES = Names(KNOWN, [9, 8, 7, 3, 2, 1])


def found(query: str) -> list[str]:
    return [KNOWN[hit.number].label for hit in NAMES.search(query)[0]]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("左云", "左云经济技术开发区"),
        ("云冈经开区", "云冈经济技术开发区"),
        ("zuoyun", "左云经济技术开发区"),
        ("zyjkq", "左云经济技术开发区"),  # the initials of the alias
        ("ZYJKQ", "左云经济技术开发区"),
        ("zyjjjskfq", "左云经济技术开发区"),
        ("zuoy jkq", "左云经济技术开发区"),
        ("yungang", "云冈经济技术开发区"),
        ("chongqing", "重庆高新技术产业开发区"),  # 重 is chóng in this word
        ("cqgxq", "重庆高新技术产业开发区"),  # initials with syllables left out
        ("caqc", "长安汽车"),
        ("abc", "ABC-3号工厂"),
        ("３号", "ABC-3号工厂"),
    ],
)
def test_finds(query: str, first: str) -> None:
    assert found(query)[0] == first


def test_what_begins_so_comes_before_what_holds_it_and_better_linked_before_others() -> None:
    assert found("左") == ["左云经济技术开发区", "左氏机械"]
    assert found("jing")[:2] == ["左云经济技术开发区", "云冈经济技术开发区"]
    assert found("云") == ["云冈经济技术开发区", "左云经济技术开发区"]


@pytest.mark.parametrize("query", ["", " ", "火星", "zzzz", "qkjyz", "<script>"])
def test_finds_nothing_that_is_not_there(query: str) -> None:
    assert NAMES.search(query) == ([], 0)


@given(st.text(max_size=12))
def test_any_text_is_a_query(query: str) -> None:
    hits, count = NAMES.search(query)
    assert len(hits) == count <= len(KNOWN)


@given(st.sampled_from([t.label for t in KNOWN]), st.data())
def test_any_beginning_of_the_spelling_finds_the_name(label: str, data: st.DataObject) -> None:
    letters = pinyin(label).replace(" ", "")
    assert label in found(letters[: data.draw(st.integers(1, len(letters)))])


def test_how_many_fit_is_told_beyond_the_limit() -> None:
    names = Names([Thing(f"f/{i}", "Firm", f"矿业{i}号") for i in range(50)], [0] * 50)
    hits, count = names.search("ky", 20)
    assert (len(hits), count) == (20, 50)


MANY = [
    Thing(f"f/{n}", "Firm", a + b + c, (b + c,))
    for n, (a, b, c) in enumerate(
        product("左云冈云", ("晶阳", "长 安", "ABC-3", "重庆"), ("硅片", "汽车", "开发区"))
    )
]
INDEX = Names(MANY, list(range(len(MANY))))


@given(st.text("左云长安abc3zyjkqgche 区'.*", min_size=1, max_size=6))
def test_it_finds_what_one_finds_by_looking_at_every_name(query: str) -> None:
    words = folded(query).split()
    letters = "".join(words).replace("'", "")
    fits = {
        number
        for number, thing in enumerate(MANY)
        for name in (thing.label, *thing.aliases)
        if words
        and _score(folded(name), pinyin(name).split(" "), words, letters if letters.isascii() else "") > 0
    }
    hits, count = INDEX.search(query, 1000)
    assert {hit.number for hit in hits} == fits and count == len(fits)
