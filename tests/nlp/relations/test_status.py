"""status: which phase a project is said to be in."""

from __future__ import annotations

import pytest

from kg.model import Modality

REPORT = "平川市政府工作报告"
TOLD = "一、2022年工作回顾\n"
PLANNED = "二、2023年工作安排\n"


def phases(facts: set[tuple[str, str, float | str, str | None]]) -> set[tuple[str, float | str]]:
    assert all(predicate == "status" and unit is None for _, predicate, _, unit in facts)
    return {(subject, value) for subject, _, value, _ in facts}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[[Project 甲材料]]、[[Project 乙电池]]等8个项目开工建设。",
            {("甲材料", "started"), ("乙电池", "started")},
        ),
        (
            "引进[[Project 甲材料]]、[[Project 乙电池]]等项目20个。",
            {("甲材料", "signed"), ("乙电池", "signed")},
        ),
        ("[[Project 甲材料]]项目签约落地。", {("甲材料", "signed")}),
        (
            "[[Project 甲材料]]建成投产，[[Project 乙电池]]加快建设。",
            {("甲材料", "inProduction"), ("乙电池", "underConstruction")},
        ),
        ("[[Project 甲材料]]进入试运行阶段。", {("甲材料", "trialProduction")}),
        ("[[Project 甲材料]]主体封顶。", {("甲材料", "underConstruction")}),
        ("[[Project 甲材料]]主体工程提前完工。", {("甲材料", "underConstruction")}),
        ("[[Project 甲铁路]]前期工作加快推进。", {("甲铁路", "planned")}),
        ("[[Project 甲材料]]项目实现满产。", {("甲材料", "fullCapacity")}),
        ("[[Project 甲材料]]项目停工。", {("甲材料", "suspended")}),
        ("已建成的[[Project 甲水厂]]日供水1500立方米。", {("甲水厂", "inProduction")}),
        ("[[Project 甲材料]]3月签约、9月开工。", {("甲材料", "signed"), ("甲材料", "started")}),
        ("[[Project 甲材料]]总投资3亿元，占地20亩，目前已开工。", {("甲材料", "started")}),
        ("公司拟投资5亿元建设[[Project 甲材料]]。", {("甲材料", "planned")}),
        ("积极洽谈[[Project 甲材料二期]]。", {("甲材料二期", "negotiating")}),
    ],
)
def test_accounts(figures, text: str, expected: set[tuple[str, str]]) -> None:
    assert phases(figures("status", text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("确保[[Project 甲材料]]建成投产。", {("甲材料", "underConstruction")}),
        (
            "推动[[Project 甲材料]]、[[Project 乙电池]]等项目开工。",
            {("甲材料", "planned"), ("乙电池", "planned")},
        ),
        (
            "推进[[Project 甲材料]]、[[Project 乙电池]]等项目建设。",
            {("甲材料", "underConstruction"), ("乙电池", "underConstruction")},
        ),
        ("谋划推进[[Project 甲水库]]等重大工程。", {("甲水库", "planned")}),
        ("做好[[Project 甲铁路]]等项目前期工作。", {("甲铁路", "planned")}),
        ("加快[[Project 甲材料]]等在建项目建设。", {("甲材料", "underConstruction")}),
        ("加快落实[[Project 甲材料]]等签约项目。", {("甲材料", "signed")}),
        ("盘活[[Project 甲材料]]。", {("甲材料", "suspended")}),
        (
            "实施[[Project 甲材料]]等20个产业项目，[[Project 乙小学]]等6个民生项目。",
            {("甲材料", "planned"), ("乙小学", "planned")},
        ),
        (
            "推动[[Project 甲焦化]]竣工投产、[[Project 乙冷轧]]满负荷生产。",
            {("甲焦化", "underConstruction"), ("乙冷轧", "fullCapacity")},
        ),
    ],
)
def test_goals_of_a_work_report(figures, text: str, expected: set[tuple[str, str]]) -> None:
    assert phases(figures("status", PLANNED + text, REPORT)) == expected


def test_the_same_words_are_facts_in_its_review(figures) -> None:
    text = "建成投产[[Project 甲材料]]、[[Project 乙电池]]等项目。"
    assert phases(figures("status", TOLD + text, REPORT)) == {
        ("甲材料", "inProduction"),
        ("乙电池", "inProduction"),
    }


def test_the_rest_of_a_list(figures) -> None:
    text = (
        "以[[Project 甲活性炭]]为“链主”，延伸了[[Project 乙材料]]、[[Project 丙煤业]]、[[Project 丁清洁能源]]3个项目，"
        "除[[Project 丁清洁能源]]外，其余项目全部建成投产。"
    )
    assert phases(figures("status", text)) == {(n, "inProduction") for n in ("甲活性炭", "乙材料", "丙煤业")}


def test_a_longer_form_of_an_excepted_name_is_excepted_too(figures) -> None:
    text = (
        "延伸了[[Project 乙材料生产]]、[[Project 丁清洁能源灌装基地]]2个项目，"
        "除[[Project 山西丁清洁能源灌装基地]]外，其余项目全部建成投产。"
    )
    assert phases(figures("status", text)) == {("乙材料生产", "inProduction")}


def test_the_rest_after_some_were_told_apart(figures) -> None:
    text = (
        "延伸了[[Project 甲专用车]]、[[Project 乙设备]]、[[Project 丙回收]]3个项目。"
        "其中，[[Project 甲专用车]]和[[Project 乙设备]]项目已经投产，其余项目尚未开工。"
    )
    assert phases(figures("status", text)) == {("甲专用车", "inProduction"), ("乙设备", "inProduction")}
    assert phases(figures("status", text, modality=Modality.NEGATED)) == {("丙回收", "started")}


def test_what_is_expected_is_no_fact(figures) -> None:
    text = "[[Project 甲材料]]预计2024年正式投产。"
    assert figures("status", text) == set()
    assert phases(figures("status", text, modality=Modality.EXPECTED)) == {("甲材料", "inProduction")}


def test_what_is_denied_is_no_fact(figures) -> None:
    text = "[[Project 甲材料]]尚未开工。"
    assert figures("status", text) == set()
    assert phases(figures("status", text, modality=Modality.NEGATED)) == {("甲材料", "started")}


def test_a_sentence_that_names_no_project_goes_on_about_the_last(figures) -> None:
    text = "[[Project 甲碳纤维生产线]]占地120亩。目前，一期碳化车间已开车运行，预计9月底实现量产。"
    assert phases(figures("status", text)) == {("甲碳纤维生产线", "trialProduction")}


@pytest.mark.parametrize(
    "text",
    [
        "[[Project 甲材料]]投产后可实现产值5亿元。",
        "[[Project 甲材料]]开工率达62%。",
        "为[[Project 甲材料]]的落地提供保障。",
        "按照[[Project 甲材料]]规划布局的要求办理。",
        "[[Project 甲材料]]22亩土地已办理手续。",
        "做好[[Project 甲材料]]用地利用工作。",
    ],
)
def test_no_phase(figures, text: str) -> None:
    assert figures("status", text) == set()


def test_the_date_stands_on_the_claim(page_of) -> None:
    from kg.nlp.relations import rules

    page = page_of("2023年8月，[[Project 甲供水工程]]正式开工。")
    (claim,) = rules()["status"](page)
    assert claim.date == "2023-08"


def test_milestones(figures) -> None:
    text = "[[Project 晶科基地]]建设正酣。3月份对接、5月份签约、9月份开工。"
    phases = {value for _, _, value, _ in figures("status", text)}
    assert {"signed", "started", "underConstruction"} <= phases
