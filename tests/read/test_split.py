"""Pages of other papers, web articles, reports and speeches: where an article begins, and what its lines are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Article, BlockKind
from kg.read import cues

Read = Callable[[str], list[Article]]
Texts = Callable[..., list[str]]

PAGE = """2024年9月12日　星期四　责编：陈小明　版式：林芳
A3 要闻

滨江高新区
前8月工业投资增长21.5%

本报讯（记者 黄嘉欣 通讯员 梁卫东）记者9月11日从滨江高新区管委会获悉，今年前8月，该区完成工业投资182.3亿元。

据介绍，该区围绕高端装备制造等产业链，累计引进项目46个，总投资320亿元。

“链主”牵引 装备集群成势
——东海经济技术开发区观察
□本报记者 何志刚 文/图

走进东海经开区，塔吊林立，一派繁忙景象。今年以来，该区新开工项目21个，总投资98亿元。

强链：从一滴油到一匹布

作为当地的链主企业，某石化基地带动上下游42家企业落户，形成了完整的产业链条。

图为东海经开区石化基地。 何志刚 摄

延链：让配套就近

“配套企业就在隔壁，物流成本降了三成。”企业负责人周明说。

南湾科技城新增12家育种企业

新华社海口9月11日电（记者 王凯）今年以来，南湾科技城新增育种企业12家。（完）

沿海开发区外资增长
（上接A1版）全省开发区实际使用外资同比增长8.2%。（本报记者 林晓）
"""


def test_a_page_of_another_paper(read: Read, texts: Texts) -> None:
    news, feature, wire, turned = read(PAGE)
    assert news.headline == "前8月工业投资增长21.5%" and news.authors == ("黄嘉欣", "梁卫东")
    assert texts(news, BlockKind.KICKER) == ["滨江高新区"]
    assert texts(news, BlockKind.FURNITURE) == ["2024年9月12日 星期四 责编：陈小明 版式：林芳", "A3要闻"]
    assert texts(news, BlockKind.BYLINE) == ["本报讯（记者 黄嘉欣 通讯员 梁卫东）"]
    assert feature.headline == "“链主”牵引 装备集群成势" and feature.authors == ("何志刚",)
    assert texts(feature, BlockKind.SUBTITLE) == ["——东海经济技术开发区观察"]
    assert texts(feature, BlockKind.HEADING) == ["强链：从一滴油到一匹布", "延链：让配套就近"]
    assert texts(feature, BlockKind.CAPTION) == ["图为东海经开区石化基地。何志刚 摄"]
    assert wire.headline == "南湾科技城新增12家育种企业" and wire.authors == ("王凯",)
    assert turned.headline == "沿海开发区外资增长" and turned.authors == ("林晓",)
    # the date at the head of the page holds for all of it
    assert {a.published for a in (news, feature, wire, turned)} == {"2024-09-12"}


PROSE = "近日，某开发区举行项目集中开工仪式，共开工项目12个，总投资58亿元，涉及装备制造、新材料等领域。"
NEXT = "今年以来，邻近的高新区坚持创新驱动，新增高新技术企业35家，研发投入增长12%，产业结构不断优化。"


@pytest.mark.parametrize(
    "ending",
    [
        "（张鹏）",
        "（本报记者 张鹏 通讯员 李军旗）",
        "■ 张鹏",
        "\n\n张鹏",
        "\n\n（张鹏）",
        "\n\n□ 张 鹏",
        "\n\n供稿：张鹏",
        "\n\n本报记者 张鹏",
        "\n\n撰文/张鹏 图片由开发区提供",
    ],
)
def test_a_signature_ends_an_article(read: Read, ending: str) -> None:
    first, second = read(f"一区开工十二个项目\n\n{PROSE}{ending}\n\n另一区加快创新\n\n{NEXT}")
    assert first.authors[0] == "张鹏" and PROSE in first.body and NEXT not in first.body
    assert second.headline == "另一区加快创新" and second.authors == ()


@pytest.mark.parametrize(
    "page",
    [
        # a heading is no headline
        f"一区开工十二个项目\n\n{PROSE}\n\n创新驱动发展\n\n{NEXT}",
        # names in brackets inside the text sign nothing
        f"一区开工十二个项目\n\n{PROSE}带队的有两人（张鹏、李军旗）。\n\n创新驱动发展\n\n{NEXT}",
        # a section named after a person who is spoken of
        f"两代人的开发区\n\n{PROSE}张鹏和李军旗都参加了。\n\n张鹏\n\n当年的故事\n\n张鹏说：“{NEXT}”",
        # a picture credit
        f"一区开工十二个项目\n\n{PROSE}\n\n图为开工现场。（记者 张鹏 摄）\n\n创新驱动发展\n\n{NEXT}",
        # turned away and back at once, on one page
        f"一区开工十二个项目\n\n{PROSE}（下转A2版）\n（上接A1版）\n{NEXT}",
        f"一区开工十二个项目\n\n{PROSE}\n下转3版上接2版\n\n创新驱动发展\n\n{NEXT}",
        # only the end of the page
        f"一区开工十二个项目\n\n{PROSE}\n\n{NEXT}（张鹏）",
        f"一区开工十二个项目\n\n{PROSE}（下转A2版）",
        # sections of a report with their speaker on top
        f"政府工作报告\n——2024年1月12日在某市人民代表大会上\n市长 张鹏\n\n"
        f"各位代表：\n\n{PROSE}\n\n一、工作回顾\n\n{NEXT}",
        # a headless follow-up below a signature
        f"一区开工十二个项目\n\n{PROSE}（张鹏）\n\n{NEXT}",
    ],
)
def test_when_in_doubt_a_page_stays_whole(read: Read, page: str) -> None:
    assert len(read(page)) == 1


def test_notes_of_other_pages_stand_apart(read: Read, texts: Texts) -> None:
    (article,) = read(f"（上接第一版）{PROSE}\n\n{NEXT}其周边建设同步加快（下转D5版）")
    assert texts(article, BlockKind.FURNITURE) == ["（上接第一版）", "（下转D5版）"]
    assert texts(article, BlockKind.PARAGRAPH)[0] == PROSE


def test_a_text_torn_by_a_page_turn_is_one_paragraph(read: Read, texts: Texts) -> None:
    (article,) = read(f"一区开工\n\n{PROSE}重点培育光电信息、（下转第2版）\n（上接第1版）新材料两大产业。")
    assert texts(article, BlockKind.PARAGRAPH) == [f"{PROSE}重点培育光电信息、新材料两大产业。"]


def test_a_speech(read: Read, texts: Texts) -> None:
    (report,) = read(
        "政府工作报告\n\n——二〇二三年一月十四日在某市第六届人民代表大会第一次会议上\n\n省 长 信长星\n\n各位代表：\n\n"
        "现在，我代表市人民政府向大会报告工作，请予审议。\n\n一、工作回顾\n\n（一）经济稳中向好\n\n"
        "生产总值突破3000亿元。\n\n1.新建停车场30个\n\n2.新增公交线路20条\n\n3.改造老旧小区49个"
    )
    assert report.authors == ("信长星",) and report.published == "2023-01-14"
    assert texts(report, BlockKind.HEADING) == ["一、工作回顾", "（一）经济稳中向好"]
    assert texts(report, BlockKind.PARAGRAPH)[-3:] == [
        "1.新建停车场30个",
        "2.新增公交线路20条",
        "3.改造老旧小区49个",
    ]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("代市长 宋永祥", ("宋永祥",)),
        ("某某市人民政府市长元方", ("元方",)),
        ("毛 伟 明", ("毛伟明",)),
        ("本报记者 欧阳修文 通讯员 李 强 张三丰", ("欧阳修文", "李强", "张三丰")),
        ("全媒体记者 买买提·艾力 摄影报道", ("买买提·艾力",)),
        ("文/陆远 图/孙悦", ("陆远",)),
        ("撰文 陆远 摄影 孙悦 编辑 周明", ("陆远",)),
        ("供稿：江州市商务局", ("江州市商务局",)),
        ("图片由开发区提供", ()),
        ("本报记者 陆远 摄", ()),
        ("来源：某某日报", ()),
    ],
)
def test_authors(line: str, authors: tuple[str, ...]) -> None:
    assert cues.authors(line) == authors


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("本报讯 近日，某区开工。", "本报讯"),
        ("科学导报讯8月18日,在某高新区", "科学导报讯"),
        ("本报太原11月8日讯（记者 王凯）近日", "本报太原11月8日讯（记者 王凯）"),
        ("【新华社北京3月5日电】近日", "【新华社北京3月5日电】"),
        ("（本报记者 王凯 通讯员 李强）近日", "（本报记者 王凯 通讯员 李强）"),
        ("国家电网公司供电，保障了园区用能。", ""),
        ("该平台发电，可满足园区需求。", ""),
        ("人民网通讯员走进园区。", ""),
        ("该平台资讯丰富。", ""),
    ],
)
def test_datelines(text: str, lead: str) -> None:
    assert cues.dateline(text) == lead


def test_section_names_of_headed_articles_stay(read: Read) -> None:
    first, second = read(f"江州\n海州\n\n江州市{PROSE * 4}（张鹏）\n\n另一区加快创新\n\n海州市{NEXT * 4}")
    assert "江州\n" in first.body and "海州\n" in first.body + second.body


def test_a_web_article(read: Read, texts: Texts) -> None:
    (article,) = read(
        f"招商引资“加速跑”\n发布时间：2025-03-18 09:12　来源：某某日报　作者：陆远　浏览次数：132\n\n{PROSE}\n\n"
        f"责任编辑：孙悦\n上一篇：无"
    )
    assert (article.headline, article.authors, article.published) == (
        "招商引资“加速跑”",
        ("陆远",),
        "2025-03-18",
    )
    assert texts(article, BlockKind.FURNITURE) == ["责任编辑：孙悦", "上一篇：无"]


def test_a_page_without_headline_is_known_by_its_opening(read: Read) -> None:
    (article,) = read(PROSE)
    assert article.body == PROSE and article.headline == PROSE[:40] + "…"


def test_figures_that_the_text_does_not_state_are_no_repeats(read: Read, texts: Texts) -> None:
    (article,) = read(f"一区开工\n\n{PROSE}\n\n开工项目 12个\n总投资 58亿元\n新增就业 900人\n\n{NEXT}")
    assert texts(article, BlockKind.FIGURE) == ["开工项目12个", "总投资58亿元", "新增就业900人"]
    assert [article.body[b.start : b.end] for i, b in enumerate(article.blocks) if i in article.repeats] == [
        "开工项目12个",
        "总投资58亿元",
    ]


def test_section_names_go_to_their_articles(read: Read) -> None:
    first, second = read(
        f"全省开发区特刊\n\n江州\n\n海州\n\n江州市{PROSE * 4}\n\n供稿：江州市商务局\n\n"
        f"海州市{NEXT * 4}\n\n供稿：海州市商务局"
    )
    assert (first.headline, first.authors) == ("江州", ("江州市商务局",))
    assert (second.headline, second.authors) == ("海州", ("海州市商务局",))
    assert first.body.startswith("全省开发区特刊\n江州\n江州市近日")
