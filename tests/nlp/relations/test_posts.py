"""holdsPost."""

from __future__ import annotations

from collections.abc import Callable

from kg.model import Modality
from kg.nlp.relations import rules
from kg.nlp.view import Page


def test_house_and_title_before(told) -> None:
    text = "[[Zone 平川经开区]]党工委副书记、管委会主任[[Person 于海]]说。[[Firm 晋华]]副总经理[[Person 厉峰]]介绍。"
    assert told("posts", text) == {("于海", "holdsPost", "平川经开区"), ("厉峰", "holdsPost", "晋华")}


def test_titles_are_kept(page_of: Callable[..., Page]) -> None:
    page = page_of("[[Zone 平川经开区]]党工委副书记、管委会主任[[Person 于海]]说。")
    assert [c.title for c in rules()["posts"](page)] == ["党工委副书记、管委会主任"]


def test_two_posts(told) -> None:
    text = "[[Institution 政治局]]常委、[[Institution 国务院]]总理[[Person 李明]]来访。"
    assert told("posts", text) == {("李明", "holdsPost", "政治局"), ("李明", "holdsPost", "国务院")}


def test_a_post_shared_by_a_list(told) -> None:
    text = "[[Place 清河市]]领导[[Person 何平]]、[[Person 曹和]]参加。"
    assert told("posts", text) == {("何平", "holdsPost", "清河市"), ("曹和", "holdsPost", "清河市")}


def test_houses_left_unsaid(told) -> None:
    zone = "该区投促中心主任[[Person 马健]]说。"
    assert told("posts", zone, "[[Zone 平川经开区]]纪实") == {("马健", "holdsPost", "平川经开区")}
    firm = "[[Project [[Firm 尚宁]]试剂项目]]封顶。执行董事[[Person 陕军]]介绍。"
    assert told("posts", firm) == {("陕军", "holdsPost", "尚宁")}


def test_professor_from(told) -> None:
    text = "来自[[Institution 理工大学]]的[[Person 刘宝]]教授正在实验。"
    assert told("posts", text) == {("刘宝", "holdsPost", "理工大学")}


def test_a_post_that_was_left(told) -> None:
    text = "[[Person 王强]]不再担任[[Firm 晋华]]董事长。"
    assert told("posts", text) == set()
    assert told("posts", text, modality=Modality.NEGATED) == {("王强", "holdsPost", "晋华")}


def test_a_post_to_come(told) -> None:
    text = "[[Person 王强]]将出任[[Firm 晋华]]董事长。"
    assert told("posts", text) == set()
    assert told("posts", text, modality=Modality.EXPECTED) == {("王强", "holdsPost", "晋华")}


def test_a_visitor_has_no_post(told) -> None:
    assert told("posts", "[[Firm 晋华]]迎来了游客[[Person 王强]]一家。") == set()
