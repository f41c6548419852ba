"""Tables and the workbook: what people read, and that text stays text."""

from __future__ import annotations

import json
import time
from pathlib import Path
from zipfile import ZipFile

import pytest
from chain_material import BUILDING, PLANNED, STRONG, WEAK, chain, member
from openpyxl import load_workbook

from kg.chains import chains_of, gaps, without_repeats
from kg.chains.notes import meanings, note
from kg.chains.tables import Table, as_text, chain_table, evidence_table, gap_table, yi
from kg.chains.workbook import save
from kg.errors import KgError
from kg.graph import Graph

FORMULA = '=HYPERLINK("http://x","点")'


def tables(lang: str = "zh") -> list[Table]:
    """Tables of a chain with one segment of each state, its members named to be dangerous."""
    one = chain(
        {"pv.wafer": STRONG, "pv.module": WEAK, "pv.glass": BUILDING, "pv.plant": PLANNED},
        {
            "pv.wafer": (member("硅片项目", "started", "inProduction", money="890000000"),),
            "pv.module": (member(FORMULA),),
            "pv.glass": (member("玻璃<b>|\\项目", "underConstruction"),),
            "pv.plant": (member("电站项目", "planned"),),
        },
        leaders=("硅片项目",),
        names=("光伏产业链",),
        unplaced=(member("背板厂", "inProduction", keyword="", confidence=None, segments=("gf.resin",)),),
    )
    found = gaps([one])
    return [gap_table(found, lang), chain_table(found, lang), evidence_table(found, lang)]


def column(table: Table, *keys: str) -> list[tuple[object, ...]]:
    return list(table.only(*keys).rows)


def test_a_segment_that_is_only_planned_says_so() -> None:
    reasons = dict(column(tables()[0], "segment", "reason"))
    assert reasons["光伏电站"] == "只有谋划或签约的电站项目，未见开工"
    assert reasons["光伏玻璃"] == "玻璃<b>|\\项目在建，未见投产"
    assert "原文未说是否投产" in str(reasons["组件"])
    english = dict(column(tables("en")[0], "segment", "reason"))
    assert any(str(r).startswith("only planned or signed") for r in english.values())


def test_gaps_stand_most_pressing_first_and_give_their_reason() -> None:
    rows = column(tables()[0], "segment", "move", "break", "urgency", "reason")
    assert rows[0] == ("电池片", "补链", "是", "高", "上游有硅片(切片)，下游有组件，本环节无证据")
    ranks = ["高中低".index(str(row[3])) for row in rows]
    assert ranks == sorted(ranks)
    # a strong segment asks for nothing
    assert "硅片(切片)" not in [row[0] for row in rows]


def test_members_show_the_phase_they_have_come_to() -> None:
    who = dict(column(tables()[1], "segment", "who"))
    assert who["硅片(切片)"] == "硅片项目（投产）"
    assert who["光伏电站"] == "电站项目（谋划）"
    assert who["背板"] == "文章没有提到"


def test_members_without_a_segment_have_a_row_of_their_own() -> None:
    rows = column(tables()[1], "segment", "state", "who")
    assert rows[-1] == ("未归入环节", "", "背板厂（投产；归入玻璃纤维与复合材料产业链·树脂基体）")
    assert len(rows) == len(chain({}).template.segments) + 1
    assert "未归入环节" in [row[0] for row in column(tables()[2], "segment")]


def test_a_chain_that_no_text_names_says_so() -> None:
    shown = chain_table(gaps([chain({"pv.cell": WEAK, "pv.wafer": WEAK})]))
    assert set(column(shown, "called")) == {("（原文未提，按企业归入）",)}


def test_many_names_are_cut_and_counted() -> None:
    many = tuple(member(f"厂{i}") for i in range(9))
    shown = gap_table(gaps([chain({"pv.module": WEAK}, {"pv.module": many})]))
    buyers = dict(column(shown, "segment", "buyers"))["电池片"]
    assert buyers == "厂0、厂1、厂2、厂3、厂4、厂5等9家"


def test_evidence_has_money_in_yi_and_the_sentence() -> None:
    rows = {row[0]: row[1:] for row in column(tables()[2], "member", "money", "quote", "phase")}
    assert rows["硅片项目"] == (8.9, "硅片项目的一句话。", "开工、投产")
    assert rows["电站项目"][0] is None
    assert yi(None) is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_holds_the_tables_and_their_meaning(tmp_path: Path, lang: str) -> None:
    made = tables(lang)
    path = tmp_path / "gaps.xlsx"
    title = "产业链缺口" if lang == "zh" else "Gaps"
    save(path, made, note(12, 5, lang), title, meanings(lang, [("区", FORMULA)]))
    book = load_workbook(path)
    assert book.sheetnames == [t.title for t in made] + ["说明" if lang == "zh" else "Note"]
    for table in made:
        sheet = book[table.title]
        assert [c.value for c in sheet[1]] == list(table.header)
        assert sheet.max_row == len(table.rows) + 1
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(table.header)).column_letter}{sheet.max_row}"
        assert all(d.width <= 80 for d in sheet.column_dimensions.values())
    last = book[book.sheetnames[-1]]
    words = [str(c.value) for c in last["A"]] + [str(c.value) for c in last["B"]]
    for state in ("强", "弱", "在建", "规划", "无证据") if lang == "zh" else ("strong", "no evidence"):
        assert state in words
    assert any("12" in w for w in words)


def test_text_stays_text_in_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "gaps.xlsx"
    save(path, tables(), FORMULA, FORMULA, [(FORMULA, FORMULA)])
    cells = [c for sheet in load_workbook(path) for row in sheet for c in row if c.value is not None]
    assert any(FORMULA in str(c.value) for c in cells)
    assert {c.data_type for c in cells} <= {"s", "n"}
    assert all(c.data_type == "s" for c in cells if str(c.value).startswith("="))
    for name in ZipFile(path).namelist():
        if name.startswith("xl/worksheets/"):
            assert b"<f>" not in ZipFile(path).read(name)


def test_two_workbooks_of_the_same_tables_are_identical(tmp_path: Path) -> None:
    save(tmp_path / "one.xlsx", tables(), "依据", "缺口")
    time.sleep(1.1)  # workbooks count time in seconds
    save(tmp_path / "other.xlsx", tables(), "依据", "缺口")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()


def test_a_workbook_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot write the workbook"):
        save(tmp_path / "no" / "gaps.xlsx", tables(), "", "")


def test_csv_and_markdown_are_safe_and_json_is_whole() -> None:
    made = tables()
    assert "\"'=HYPERLINK" in as_text([made[1].only("who")], "csv", "")
    text = as_text(made, "md", "依据")
    assert "玻璃&lt;b>\\|\\\\项目" in text
    lines = [line for line in text.splitlines() if line.startswith("|")]
    widths = {line.replace("\\\\", "").replace("\\|", "").count("|") - 1 for line in lines}
    assert widths == {len(t.header) for t in made}
    data = json.loads(as_text(made, "json", "依据"))
    assert data["note"] == "依据"
    assert len(data["缺口清单"]) == len(made[0].rows)


def test_the_small_graph_reads_as_a_person_would_read_it(graph: Graph) -> None:
    every = chains_of(graph)
    rows = column(gap_table(gaps(without_repeats(every), every)), "place", "segment", "state", "reason")
    assert {row[0] for row in rows} == {"云州经济开发区"}
    reasons = {row[1]: row[2:] for row in rows}
    assert reasons["电池片"] == ("规划", "只有谋划或签约的明光电池片项目，未见开工")
    assert reasons["拉晶铸锭(硅棒硅锭)"][1] == "上游有石英坩埚与热场，下游有硅片(切片)，本环节无证据"
