"""Reports: what people read, that each row leads to its sentences, and that text stays text."""

from __future__ import annotations

import csv
import io
import json
import re
import time
from pathlib import Path
from zipfile import ZipFile

import pytest
from chain_material import BUILDING, PLANNED, PV, STRONG, WEAK, Cited, chain, member, rated
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kg.chains import Landscape, gaps
from kg.chains.compare import comparison
from kg.chains.leading import leader_report
from kg.chains.notes import meanings
from kg.chains.report import Report, gap_report, ledger_report
from kg.chains.rows import chain_table, gap_table
from kg.chains.spread import spread
from kg.chains.tables import Refs, Table, made, yi
from kg.errors import KgError, UsageError
from kg.graph import Graph
from kg.query import find

FORMULA = '=HYPERLINK("http://x","点")'
SIGNS = ("=1+1", "+1", "-1", "@SUM(1)")


def told(lang: str = "zh") -> tuple[Table, Table]:
    """The gaps and the map of a chain with one segment of each state, its members named to be dangerous."""
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
    found = rated(gaps([one]))
    return gap_table(found, Cited(), lang), chain_table(found, Cited(), lang)  # type: ignore[arg-type]


def report() -> Report:
    return Report("缺口", "依据", told(), tuple(meanings("zh", [("区", FORMULA)])))


def pairs(table: Table, one: str, other: str) -> dict[object, object]:
    return dict(table.only(one, other).rows)  # type: ignore[arg-type]


def test_each_gap_gives_its_reason_in_words() -> None:
    reasons = pairs(told()[0], "segment", "reason")
    assert reasons["电池片"] == "上游有硅片(切片)，下游有组件，本环节无证据"
    assert reasons["光伏电站"] == "只有谋划、签约或预期的电站项目，未见开工"
    assert reasons["光伏玻璃"] == "玻璃<b>|\\项目在建，未见投产"
    assert "原文未说是否投产" in str(reasons["组件"])
    assert "硅片(切片)" not in reasons  # a strong segment asks for nothing
    english = pairs(told("en")[0], "segment", "reason")
    assert any(str(r).startswith("only planned, signed") for r in english.values())


def test_the_map_shows_who_is_where_and_who_is_nowhere() -> None:
    table = told()[1]
    who = pairs(table, "segment", "who")
    assert who["硅片(切片)"] == "硅片项目（投产）"
    assert who["光伏电站"] == "电站项目（谋划）"
    assert who["背板"] == "文章没有提到"
    assert who["未归入环节"] == "背板厂（投产；归入gf.resin）"
    assert len(table.rows) == len(PV.segments) + 1
    assert pairs(table, "segment", "invested")["硅片(切片)"] == 8.9
    assert pairs(table, "segment", "critical")["电池片"] == "是"


def test_a_chain_that_no_text_names_says_so() -> None:
    found = rated(gaps([chain({"pv.cell": WEAK, "pv.wafer": WEAK})]))
    assert set(chain_table(found, Cited(), "zh").column("called")) == {"（原文未提，按企业归入）"}  # type: ignore[arg-type]


def test_many_names_are_cut_and_counted() -> None:
    many = tuple(member(f"厂{i}") for i in range(9))
    found = rated(gaps([chain({"pv.module": WEAK}, {"pv.module": many})]))
    buyers = pairs(gap_table(found, Cited(), "zh"), "segment", "buyers")["电池片"]  # type: ignore[arg-type]
    assert buyers == "厂0、厂1、厂2、厂3、厂4、厂5等9家"


def test_references_are_told_as_runs() -> None:
    assert str(Refs((1, 2, 3, 7, 9, 10))) == "1–3, 7, 9–10"
    assert yi(None) is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_row_leads_to_sentences_of_its_own(wide: Graph, lang: str) -> None:
    made = gap_report(Landscape(wide), find(wide, "云州经济开发区").iri, lang=lang)  # type: ignore[arg-type]
    tables = {table.key: table for table in made.tables}
    assert list(tables)[:4] == ["gaps", "chains", "targets", "ledger"] and list(tables)[-1] == "evidence"
    numbers = tables["evidence"].column("number")
    assert numbers == list(range(1, len(numbers) + 1))
    about = pairs(tables["evidence"], "number", "member")
    for key, who in (("chains", "who"), ("targets", "target"), ("ledger", "project")):
        for names, refs in tables[key].only(who, "refs").rows:
            for number in refs.numbers if isinstance(refs, Refs) else ():
                assert str(about[number]) in str(names)
    assert len([refs for refs in tables["targets"].column("refs") if refs]) == len(tables["targets"].rows) > 4
    assert ("不等于当地没有" if lang == "zh" else "not that it is absent") in made.about


def test_candidates_and_leaders_of_a_gap(wide: Graph) -> None:
    made = gap_report(Landscape(wide), find(wide, "云州经济开发区").iri)
    (cell,) = [row for row in made.tables[0].rows if "电池片" in row]
    gap = dict(zip(made.tables[0].keys, cell, strict=True))
    assert (gap["move"], gap["break"], gap["urgency"], gap["through"]) == ("补链", "是", "高", "明光组件厂")
    assert str(gap["candidates"]).startswith(
        "雁州电池片项目（谋划）@雁州高新技术产业开发区，同市；南州电池片项目（签约）@"
    )
    assert gap["buyers"] == "明光组件厂（在建）"
    assert set(made.tables[2].column("contact")) == {""}


def test_a_province_beside_a_zone_shows_what_only_it_has(wide: Graph) -> None:
    landscape = Landscape(wide)
    here, there = (find(wide, name).iri for name in ("云州经济开发区", "河口经济开发区"))
    rows = (
        comparison(landscape, here, there).tables[0].only("segment", "state", "other_state", "verdict").rows
    )
    assert rows[0] == ("电池片", "无证据", "弱", "对方有，本地无证据")
    assert ("组件", "强", "无证据", "本地有，对方无证据") in rows or (
        "组件",
        "在建",
        "无证据",
        "本地有，对方无证据",
    ) in rows
    turned = comparison(landscape, there, here).tables[0].only("segment", "verdict").rows
    assert ("电池片", "本地有，对方无证据") in turned


def test_what_is_only_planned_is_not_there_yet(wide: Graph) -> None:
    landscape = Landscape(wide)
    planned, running, none = (find(wide, name).iri for name in ("南州经济开发区", "河口经济开发区", "云州县"))
    for one, other, verdict in (
        (planned, running, "对方有，本地仅规划"),
        (running, planned, "本地有，对方仅规划"),
        (planned, none, "本地仅规划，对方无证据"),
    ):
        (row,) = [r for r in comparison(landscape, one, other).tables[0].rows if "电池片" in r]
        assert verdict in row


def test_where_a_chain_is_area_by_area(wide: Graph) -> None:
    landscape = Landscape(wide)
    zones = spread(landscape, "pv", "zone").tables[0]
    assert zones.rows[0][0] == "云州经济开发区"
    midstream = pairs(zones, "place", "midstream")
    assert midstream["云州经济开发区"] == "硅片(切片) 1、组件 1"
    assert midstream["南州经济开发区"] == "(电池片 1)"  # only signed
    assert pairs(zones, "place", "seen")["南州经济开发区"] == f"0/{len(PV.segments)}"
    assert "电池片" in str(pairs(zones, "place", "without")["云州经济开发区"])
    cities = spread(landscape, "pv", "city").tables[0].column("place")
    assert set(cities) == {"雁州市", "南州市", "河口市", "远海市"}
    assert spread(landscape, "pv", "county").tables[0].column("place") == ["云州县"]


def test_leaders_with_their_sentences(wide: Graph) -> None:
    leaders, sentences = leader_report(Landscape(wide)).tables
    assert leaders.only("place", "called", "chain", "leader", "members").rows == (
        ("云州经济开发区", "光伏产业链", "光伏产业链", "明光组件厂", 2),
    )
    assert [str(refs) for refs in leaders.column("refs")] == ["1"]
    assert sentences.column("said") == ["链主"]


def test_the_workbook_can_be_forwarded_as_it_is(wide: Graph, tmp_path: Path) -> None:
    made = gap_report(Landscape(wide), find(wide, "云州经济开发区").iri)
    made.save(tmp_path / "gaps.xlsx")
    book = load_workbook(tmp_path / "gaps.xlsx")
    assert book.sheetnames == [*(t.title for t in made.tables), "说明"]
    assert {"产业链图谱", "缺口清单", "目标企业清单", "项目台账", "证据"} <= set(book.sheetnames)
    for table in made.tables:
        sheet = book[table.title]
        assert isinstance(sheet, Worksheet)
        assert [c.value for c in sheet[1]] == list(table.header)
        assert sheet.max_row == len(table.rows) + 1
        assert re.fullmatch("[BC]2", str(sheet.freeze_panes))
        assert (
            sheet.auto_filter.ref
            == f"A1:{sheet.cell(1, len(table.header)).column_letter}{max(sheet.max_row, 2)}"
        )
        assert all(8 <= d.width <= 80 for d in sheet.column_dimensions.values())
    chains = book["产业链图谱"]
    money = [c for c in chains[chr(65 + made.tables[1].keys.index("invested"))] if isinstance(c.value, float)]
    assert [(c.value, c.number_format) for c in money] == [(8.9, "#,##0.00_ ")]
    links = [c.hyperlink for row in chains for c in row if c.hyperlink]
    evidence = made.tables[-1]
    assert links and all(re.fullmatch(r"'证据'!A\d+", link.location) for link in links)
    assert all(2 <= int(link.location.rpartition("A")[2]) <= len(evidence.rows) + 1 for link in links)
    words = [str(c.value) for c in book["说明"]["A"]]
    assert set(words) >= {"强", "弱", "在建", "规划", "无证据", "断点"}


def test_text_stays_text_in_the_workbook(tmp_path: Path) -> None:
    signs = made("gaps", "segment who", [{"segment": sign, "who": FORMULA} for sign in SIGNS], "zh")
    path = tmp_path / "gaps.xlsx"
    Report(FORMULA, FORMULA, (signs, *told()[1:]), ((FORMULA, FORMULA),)).save(path)
    cells = [c for sheet in load_workbook(path) for row in sheet for c in row if c.value is not None]
    assert {c.value for c in cells} >= {*SIGNS, FORMULA}
    assert all(c.data_type == "s" for c in cells if str(c.value).startswith(("=", "+", "-", "@")))
    for name in ZipFile(path).namelist():
        if name.startswith("xl/worksheets/"):
            assert b"<f>" not in ZipFile(path).read(name)


def test_text_stays_text_in_csv_markdown_and_html(tmp_path: Path) -> None:
    for ending in ("csv", "md", "html", "zip"):
        report().save(tmp_path / f"gaps.{ending}")
    rows = list(csv.reader(io.StringIO((tmp_path / "gaps.csv").read_text(encoding="utf-8"))))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert FORMULA in str(rows)
    markdown = (tmp_path / "gaps.md").read_text(encoding="utf-8")
    assert "玻璃&lt;b>\\|\\\\项目" in markdown
    widths = {
        line.replace("\\\\", "").replace("\\|", "").count("|") - 1
        for line in markdown.splitlines()
        if line.startswith("|")
    }
    assert widths == {len(t.header) for t in report().tables}
    page = (tmp_path / "gaps.html").read_text(encoding="utf-8")
    assert "玻璃<b>" not in page and "玻璃&lt;b&gt;" in page
    with ZipFile(tmp_path / "gaps.zip") as archive:
        assert archive.namelist() == ["缺口清单.csv", "产业链图谱.csv", "README.txt"]
        assert archive.read("缺口清单.csv").startswith("\ufeff".encode())


def test_json_holds_everything_by_the_keys_of_columns(wide: Graph, tmp_path: Path) -> None:
    made = gap_report(Landscape(wide), find(wide, "云州经济开发区").iri)
    made.save(tmp_path / "gaps.json")
    data = json.loads((tmp_path / "gaps.json").read_text(encoding="utf-8"))
    assert data["note"] == made.about
    for table in made.tables:
        assert len(data[table.key]) == len(table.rows)
        assert all(list(row) == list(table.keys) for row in data[table.key])
    assert all(isinstance(row["refs"], list) for row in data["targets"])


def test_the_page_stands_alone_and_draws_each_chain_with_its_states(wide: Graph, tmp_path: Path) -> None:
    made = gap_report(Landscape(wide), find(wide, "云州经济开发区").iri)
    made.save(tmp_path / "gaps.html")
    page = (tmp_path / "gaps.html").read_text(encoding="utf-8")
    assert not re.search(r"<script|<link|@import|\bsrc=", page)
    assert set(re.findall(r'https?://[^"\'<> ]+', page)) <= {"http://www.w3.org/2000/svg"}
    drawn = page.count('<svg class="lanes"')
    assert drawn == len({id(each[0].gap.chain) for each in made.drawn}) > 0
    for each in made.drawn:
        for one in each:
            assert f'class="box {one.gap.state}' in page
    anchors = set(re.findall(r'id="(e\d+)"', page))
    assert set(re.findall(r'href="#(e\d+)"', page)) <= anchors
    assert made.about in page


def test_two_reports_of_the_same_graph_are_identical(wide: Graph, tmp_path: Path) -> None:
    for ending in ("xlsx", "html", "zip"):
        one, other = tmp_path / f"one.{ending}", tmp_path / f"other.{ending}"
        gap_report(Landscape(wide)).save(one)
        if ending == "xlsx":
            time.sleep(1.1)  # workbooks count time in seconds
        gap_report(Landscape(wide)).save(other)
        assert one.read_bytes() == other.read_bytes()


def test_a_report_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot write the report"):
        report().save(tmp_path / "no" / "gaps.xlsx")
    with pytest.raises(UsageError, match=r"ends in \.xlsx"):
        report().save(tmp_path / "gaps.doc")


def test_the_ledger_of_a_chain_holds_its_projects_only(wide: Graph) -> None:
    landscape = Landscape(wide)
    everything = ledger_report(landscape).tables[0].column("project")
    assert "晶阳硅片项目" in everything and len(everything) == 8
    assert len(ledger_report(landscape, template="pv").tables[0].rows) == 8
    assert ledger_report(landscape, template="food").tables[0].rows == ()
