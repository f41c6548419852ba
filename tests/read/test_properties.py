"""What holds for any page: blocks tile the body, nothing is lost, reading is deterministic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Article, Source
from kg.read.articles import articles_of
from kg.read.clean import split_lines
from kg.read.page import Page

SOURCE = Source("a", "a.txt", "", "text/plain")
# lines that look like every part of a page, in any order
LINES = st.sampled_from(
    [
        "某经开区加快建设",
        "# 项目为王 招商为要",
        "——某高新区观察",
        "本报记者 何志刚",
        "张鹏",
        "供稿：某市商务局",
        "本刊讯 今年以来，某区新开工项目21个，总投资98亿元。",
        "近日，某区举行开工仪式，共开工项目12个，总投资58亿元，涉及多个领域。（张鹏）",
        "园区道路12公里。供水方面，可随时为",
        "项目提供用水，推动产业集",
        "聚发展。",
        "图为开工现场。 何志刚 摄",
        "开工现场。",
        "● 签约金额 **58亿元**",
        "新开工 12 个",
        "新增就业 900人",
        "（下转D5版）",
        "（上接A1版）该区将继续努力。",
        "一、工作回顾",
        "1.新建停车场30个",
        "2024年9月12日 星期四",
        "责任编辑：孙悦",
        "■ 王凯",
        "",
        "",
        "\n\n",
    ]
)
PAGES = st.lists(st.one_of(LINES, st.text(max_size=30)), max_size=30).map("\n".join)


def read(text: str) -> list[Article]:
    return articles_of(Page(split_lines(text)), SOURCE)


@given(PAGES)
@settings(max_examples=300, deadline=None)
def test_blocks_tile_the_body_and_nothing_is_lost(assert_tiled: Callable[[Article], None], text: str) -> None:
    def words(*parts: str) -> Counter[str]:
        return Counter(char for part in parts for char in part if not char.isspace())

    lines = split_lines(text)
    articles = read(text)
    for article in articles:
        assert_tiled(article)
        assert article.headline
        assert all(0 <= at < len(article.blocks) for at in article.repeats)
    assert words(*(article.body for article in articles)) == words(*(line.text for line in lines))
    assert read(text) == articles
