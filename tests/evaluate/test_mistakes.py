"""What is listed as missed and false: why, with which sentence."""

from __future__ import annotations

from kg.evaluate import Document, mistakes, score
from kg.evaluate.documents import DocEntity, DocFact
from kg.evaluate.mistakes import Mistake, sentence_of

TEXT = "云州经开区挂牌。星火电池投资8.9亿元，位于云州经开区；\n今年产值12亿元。"
ZONE = DocEntity("e1", "Zone", ("云州经济技术开发区", "云州经开区"))
FIRM = DocEntity("e2", "Firm", ("星火电池",))
OTHER = DocEntity("e4", "Firm", ("远景",))
MONEY = "星火电池投资8.9亿元，位于云州经开区；"


def listed(gold: Document, found: Document) -> list[Mistake]:
    return mistakes(score({"d": gold}, {"d": found}))


def reasons(gold: list[DocFact], found: list[DocFact]) -> list[tuple[str, str, str]]:
    both = (ZONE, FIRM, OTHER)
    shown = listed(Document("d", both, tuple(gold)), Document("d", both, tuple(found), (TEXT,)))
    return [(m.side, m.reason, m.instead) for m in shown]


def test_names_with_their_sentence() -> None:
    park = DocEntity("x", "Park", ("云州经开区",))
    person = DocEntity("y", "Person", ("产值",))
    shown = listed(Document("d", (ZONE, FIRM), ()), Document("d", (park, person), (), (TEXT,)))
    assert [(m.side, m.kind, m.text, m.reason, m.instead, m.sentence) for m in shown] == [
        ("missed", "Zone", "云州经济技术开发区 / 云州经开区", "type", "Park 云州经开区", "云州经开区挂牌。"),
        ("missed", "Firm", "星火电池", "name", "", MONEY),
        ("false", "Park", "云州经开区", "type", "Zone 云州经济技术开发区", "云州经开区挂牌。"),
        ("false", "Person", "产值", "name", "", "今年产值12亿元。"),
    ]


def test_a_fact_whose_names_are_not_there() -> None:
    said = DocFact("locatedIn", "e2", "e1", quote="星火电池投资8.9亿元，位于云州经开区")
    gold = Document("d", (ZONE, FIRM), (said,))
    missed = [m for m in listed(gold, Document("d", (ZONE,), (), (TEXT,))) if m.kind == "locatedIn"]
    assert [(m.reason, m.text, m.sentence) for m in missed] == [
        ("subject", "星火电池 locatedIn 云州经济技术开发区", MONEY)
    ]
    missed = [m for m in listed(gold, Document("d", (FIRM,), (), (TEXT,))) if m.kind == "locatedIn"]
    assert [m.reason for m in missed] == ["object"]


def test_what_the_other_side_says_instead() -> None:
    def money(subject: str, value: float, unit: str = "CNY") -> DocFact:
        return DocFact("totalInvestment", subject, None, value, unit)

    def figure(indicator: str) -> DocFact:
        return DocFact("observation", "e1", None, 12, "count", indicator)

    def led(subject: str, target: str) -> DocFact:
        return DocFact("subsidiaryOf", subject, target, quote="A是B的子公司")

    assert reasons([money("e2", 89e7)], [money("e2", 8e8)]) == [
        ("missed", "other-object", "星火电池 totalInvestment 800000000 CNY"),
        ("false", "other-object", "星火电池 totalInvestment 890000000 CNY"),
    ]
    assert reasons([money("e2", 89e7)], [money("e4", 89e7)]) == [
        ("missed", "other-subject", "远景 totalInvestment 890000000 CNY"),
        ("false", "other-subject", "星火电池 totalInvestment 890000000 CNY"),
    ]
    assert [r for _, r, _ in reasons([money("e2", 89e7)], [money("e2", 89e7, "USD")])] == [
        "other-indicator"
    ] * 2
    assert [r for _, r, _ in reasons([figure("projects")], [figure("signedProjects")])] == [
        "other-indicator"
    ] * 2
    assert [r for _, r, _ in reasons([led("e2", "e1")], [led("e4", "e1")])] == ["other-subject"] * 2
    assert reasons([figure("projects")], [money("e2", 1)]) == [
        ("missed", "alone", ""),
        ("false", "alone", ""),
    ]
    assert reasons([money("e2", 89e7)], [money("e2", 89e7)]) == []


def test_false_facts_say_who_claims_them_and_how_surely() -> None:
    claim = DocFact("jobs", "e2", None, 5, "person", quote=MONEY, confidence=0.7, rule="benefits-jobs")
    (false,) = listed(Document("d", (FIRM,), ()), Document("d", (FIRM,), (claim,), (TEXT,)))
    assert (false.side, false.rule, false.confidence, false.sentence) == (
        "false",
        "benefits-jobs",
        0.7,
        MONEY,
    )


def test_sentences() -> None:
    assert sentence_of("产值12亿", [TEXT]) == "今年产值12亿元。"
    assert sentence_of("产值12亿元。", [TEXT]) == "今年产值12亿元。"
    assert sentence_of("没有\n这句", [TEXT]) == "没有 这句"
    assert sentence_of("挂牌", ["一。", "甲挂牌"]) == "甲挂牌"
    assert sentence_of("", [TEXT]) == ""
