"""The report of an evaluation as JSON, Markdown and HTML."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from kg.evaluate import Document, mistakes, reliability, score
from kg.evaluate.documents import DocEntity, DocFact
from kg.evaluate.report import Report

ODD = "<script>alert(1)</script>|*星火*_[x](y)"
SENTENCE = f"{ODD}投资8.9亿元。"


def report() -> Report:
    firm = DocEntity("e1", "Firm", (ODD,))
    said = DocFact("totalInvestment", "e1", None, 89e7, "CNY", quote="投资8.9亿元")
    claimed = DocFact("totalInvestment", "e1", None, 8e8, "CNY", None, SENTENCE, 0.91, "investment-x")
    scores = score(
        {"d": Document("d", (firm,), (said,)), "gone": Document("gone", (), ())},
        {"d": Document("d", (firm,), (claimed,), (SENTENCE,))},
    )
    return Report(scores.rows, reliability(scores.reliability), mistakes(scores), ("gone",))


def test_json_holds_all() -> None:
    data = json.loads(report().as_text("json"))
    assert data["figures"]["entity/Firm"] == {
        "precision": 1, "recall": 1, "f1": 1, "right": 1, "gold": 1, "found": 1,
    }  # fmt: skip
    assert data["figures"]["attribute/totalInvestment"]["f1"] == 0
    assert data["reliability"]["bins"][0]["claims"] == 1
    assert data["absent"] == ["gone"]
    assert [(m["side"], m["reason"], m["sentence"]) for m in data["mistakes"]] == [
        ("missed", "other-object", SENTENCE),
        ("false", "other-object", SENTENCE),
    ]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marked: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["mark"]:
            self.marked.append(data)


def test_html_shows_text_of_articles_as_text() -> None:
    page = report().as_text("html")
    tags = Tags()
    tags.feed(page)
    assert "script" not in tags.tags
    assert {"table", "details", "mark"} <= set(tags.tags)
    assert tags.marked[0] == "投资8.9亿元"
    assert "https://" not in page and "http://" not in page
    assert "对照标注评测" in page and "totalInvestment 总投资" in page
    english = report().as_text("html", "en")
    assert '<html lang="en">' in english and "Evaluation against annotations" in english


def test_markdown_shows_text_of_articles_as_text() -> None:
    text = report().as_text("md")
    assert "<script" not in text
    assert "\\|\\*星火\\*\\_\\[x\\](y)" in text
    assert text.count("\n- **") == 2
    assert "| attribute" not in text and "| 属性 | 0.000 | 0.000 | 0.000 | 1 | 1 |" in text


def test_nothing_wrong() -> None:
    empty = Report({}, reliability([]), ())
    assert "没有漏读和误读" in empty.as_text("html")
    assert "没有漏读和误读" in empty.as_text("md")
