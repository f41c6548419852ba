"""What does not add up in a text is found, and what does is left alone."""

from __future__ import annotations

import pytest

from kg.audit import Kind
from kg.audit.auditing import ON_TEXTS
from kg.audit.finding import Cause, Finding
from kg.audit.texts import Text


def found(body: str) -> list[Finding]:
    text = Text("https://example.org/a", "标题", "2024-03", f"标题\n{body}")
    return [finding for check in ON_TEXTS for finding in check(text)]


WRONG = [
    (Kind.RATIO, "共签约项目25个，总投资额379.85亿元，已开工项目15个，总投资额94亿元，开工率达62.5%。"),
    (
        Kind.RATIO,
        "“开工一批”项目16个，总投资14.96亿元，战略性新兴产业项目12个，总投资12.14亿元，投资占比83.96%。",
    ),
    (
        Kind.RATIO,
        "“签约一批”项目115个，总投资223.7亿元，已开工项目102个，总投资192.3亿元，签约开工率85.96%。",
    ),
    (Kind.SUM, "全年进出口总额100亿元，其中出口60亿元、进口45亿元。"),
    (Kind.SUM, "三次产业结构调整为10.2:45.1:46.7。"),
    (Kind.SUM, "新建厂房12栋，改造厂房8栋，合计25栋。"),
    (Kind.COUNT, "重点发展化工、装备制造、食品加工、新能源、新材料四大产业。"),
    (Kind.SPAN, "2020年至2022年，四年时间里，企业从4家增至21家。"),
    (Kind.SPAN, "项目于2023年2月30日开工。"),
    (Kind.UNIT, "同热三期2×100万千瓦煤电工程开工。记者来到同热三期2×100,000千瓦煤电工程现场。"),
]
SOUND = [
    "共签约项目24个，总投资额379.85亿元，已开工项目15个，总投资额94亿元，开工率达62.5%。",
    "全年进出口总额105亿元，其中出口60亿元、进口45亿元。",
    "三次产业结构调整为10.2:45.1:44.7。",
    "新建厂房12栋，改造厂房8栋，合计20栋。",
    "重点发展化工、装备制造、食品加工、新能源四大产业。",
    "重点发展化工和装备制造、食品加工、新能源四大产业。",
    "2020年至2023年，四年时间里，企业从4家增至21家。",
    "项目于2024年2月29日开工。",
    "6.10个区域急救医疗中心：将6个城区划分为5个片区，各设置2个、共计10个。",
    "同热三期2×100万千瓦煤电工程开工。二期2×60万千瓦机组投产。",
]


@pytest.mark.parametrize(("kind", "body"), WRONG, ids=[body[:16] for _, body in WRONG])
def test_what_does_not_add_up(kind: Kind, body: str) -> None:
    (finding,) = found(body)
    assert finding.kind is kind
    assert finding.evidence and all(e.quote and e.quote in body for e in finding.evidence)
    assert (finding.what.zh and finding.what.en.isascii()) or finding.what.en
    assert finding.cause in (Cause.SOURCE, Cause.OPEN)


@pytest.mark.parametrize("body", SOUND, ids=[body[:16] for body in SOUND])
def test_what_adds_up(body: str) -> None:
    assert found(body) == []
