"""The five newspaper pages: how each is split, and what is made whole again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Article, BlockKind
from kg.read import read_source

SEEDS = {path.stem[:3]: path for path in sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))}

SPLIT = {
    "000": [("云冈经开区：以奋进之姿谱写高质量发展华章", ("闫昌",))],
    "001": [("大同", ("大同市商务局",)), ("朔州", ("朔州市商务局",))],
    "002": [("向高而攀 蓄势前行", ("李恒松",))],
    "003": [
        ("大同 聚力打造对外开放新高地", ("李强",)),
        ("以招商“先手棋”下活发展“全盘棋”", ("任志耀",)),
        ("8月18日,在位于长治高新区的省级重点项目——安博泰克创新药物研发和产业化项目生…", ("牛佳锡",)),
    ],
    "004": [
        ("使命牵引 向光而行", ("杨晓",)),
        ("抓项目 扩投资 促发展", ("张鹏",)),
        ("运城经开区亚新科工业技术(运城)汽车零部件制造基地项目首炉铁水浇注成功", ("李军旗",)),
        ("全省开发区建设管理能力提升培训班圆满结束", ("王波",)),
        ("为高质量发展提供源源不断正能量", ("贺玉斌",)),
    ],
}

KINDS = {
    "000": [{"headline": 1, "caption": 6, "heading": 3, "paragraph": 15, "byline": 1}],
    "001": [
        {"kicker": 2, "headline": 1, "heading": 3, "paragraph": 17, "byline": 1},
        {"headline": 1, "heading": 1, "paragraph": 9, "caption": 2, "byline": 1},
    ],
    "002": [{"headline": 1, "subtitle": 1, "byline": 1, "heading": 4, "paragraph": 32}],
    "003": [
        {"kicker": 1, "headline": 1, "byline": 2, "paragraph": 9, "figure": 10},
        {"kicker": 1, "headline": 1, "heading": 6, "paragraph": 11, "byline": 1},
        {"caption": 1, "byline": 3, "paragraph": 5},
    ],
    "004": [
        {"headline": 1, "subtitle": 1, "byline": 1, "heading": 4, "paragraph": 19, "furniture": 1},
        {"kicker": 1, "headline": 1, "byline": 2, "paragraph": 6},
        {"headline": 1, "byline": 2, "paragraph": 4},
        {"headline": 1, "byline": 2, "paragraph": 3},
        {"headline": 1, "subtitle": 1, "byline": 1, "heading": 2, "paragraph": 6, "furniture": 1},
    ],
}

# what columns, pages and pictures had torn apart
WHOLE = {
    "001": ["推动产业集聚集群发展。", "占比为98.75%；", "全省校友经济“双招双引”示范基地。"],
    "002": ["可随时为项目提供临时施工用电", "精细化工助剂、伽伽", "“四个一”工作机制", "“三可”营商环境"],
    "003": ["快速决策,形成上下联动", "这种“帮企业合规”而非", "签约招商引资项目85个,签约金额419.85亿元"],
    "004": [
        "陕晋军介绍说：“我们",
        "首炉铁水浇注成功表示祝贺",
        "紧紧围绕开发区各项任务",
        "产业园中园项目，从土地摘牌",
        "《当好临汾对外开放窗口",
        "提级式管理，更加",
        "临汾经济开发区，实地调研",
    ],
}


@pytest.mark.parametrize("seed", SPLIT)
def test_split(seed: str) -> None:
    articles = read_source(SEEDS[seed])
    assert [(a.headline, a.authors) for a in articles] == SPLIT[seed]
    stem = SEEDS[seed].stem
    assert [a.id for a in articles] == (
        [stem] if len(articles) == 1 else [f"{stem}/{n}" for n in range(1, len(articles) + 1)]
    )
    assert {a.source.id for a in articles} == {stem}
    assert {a.published for a in articles} == {None}  # no page says when it was printed


@pytest.mark.parametrize("seed", KINDS)
def test_kinds(seed: str, kinds: Callable[[Article], dict[str, int]]) -> None:
    assert [kinds(article) for article in read_source(SEEDS[seed])] == KINDS[seed]


@pytest.mark.parametrize(("seed", "text"), [(seed, text) for seed, found in WHOLE.items() for text in found])
def test_made_whole(seed: str, text: str) -> None:
    assert sum(text in article.body for article in read_source(SEEDS[seed])) == 1


def test_pull_out_figures_repeat_the_body(texts: Callable[..., list[str]]) -> None:
    article = read_source(SEEDS["003"])[0]
    figures = texts(article, BlockKind.FIGURE)
    assert figures[1:3] == ["大同市与京津冀地区签约招商引资项目85个", "签约金额419.85亿元"]
    assert [
        article.body[b.start : b.end] for i, b in enumerate(article.blocks) if i in article.repeats
    ] == figures


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_lost(seed: str, assert_tiled: Callable[[Article], None]) -> None:
    articles = read_source(SEEDS[seed])
    for article in articles:
        assert_tiled(article)
    raw = SEEDS[seed].read_text(encoding="utf-8")
    marks = str.maketrans("", "", "*#● \n\t\u00a0\u3000")
    read = "".join(article.body for article in articles).translate(marks)
    assert sorted(read) == sorted(raw.translate(marks))
