"""Answers in every format, to the byte."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from kg.errors import UsageError
from kg.query.results import Results, results, value

ANSWER = Results(
    ("zone", "名称", "money", "share", "there"),
    (
        ("https://w3id.org/lianzhu/id/zone/云州", '云州"经开区", 一期', 890_000_000, Decimal("12.50"), True),
        ("=HYPERLINK(1)", "-云州\n二期", -3, None, False),
        ("＠SUM(A1)", "\t制表", None, Decimal("0.0000001"), False),
    ),
)

CSV = """zone,名称,money,share,there
https://w3id.org/lianzhu/id/zone/云州,"云州""经开区"", 一期",890000000,12.50,true
'=HYPERLINK(1),"'-云州
二期",-3,,false
'＠SUM(A1),'\t制表,,0.0000001,false
"""

TSV = """zone	名称	money	share	there
https://w3id.org/lianzhu/id/zone/云州	"云州""经开区"", 一期"	890000000	12.50	true
'=HYPERLINK(1)	"'-云州
二期"	-3		false
'＠SUM(A1)	"'\t制表"		0.0000001	false
"""

JSONL = """{"zone": "https://w3id.org/lianzhu/id/zone/云州", "名称": "云州\\"经开区\\", 一期", "money": 890000000, "share": 12.5, "there": true}
{"zone": "=HYPERLINK(1)", "名称": "-云州\\n二期", "money": -3, "share": null, "there": false}
{"zone": "＠SUM(A1)", "名称": "\\t制表", "money": null, "share": 1e-07, "there": false}
"""  # noqa: E501


def test_golden() -> None:
    assert ANSWER.to("csv") == CSV
    assert ANSWER.to("tsv") == TSV
    assert ANSWER.to("jsonl") == JSONL
    assert json.loads(ANSWER.to("json")) == [json.loads(line) for line in JSONL.splitlines()]
    with pytest.raises(UsageError, match="unknown format 'xml'"):
        ANSWER.to("xml")


def test_an_empty_answer_has_its_header() -> None:
    nothing = Results(("a", "b"), ())
    assert (nothing.to("csv"), nothing.to("tsv"), nothing.to("jsonl")) == ("a,b\n", "a\tb\n", "")
    assert nothing.to("json") == "[]\n"


CELL = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12))


@given(st.lists(st.tuples(CELL, CELL), max_size=5))
def test_no_cell_is_a_formula_and_no_row_is_lost(rows: list[tuple[object, object]]) -> None:
    answer = Results(("a", "b"), tuple(rows))  # type: ignore[arg-type]
    read = list(csv.reader(io.StringIO(answer.to("csv"), newline="")))[1:]
    assert len(read) == len(rows)
    for row, cells in zip(rows, read, strict=True):
        for given_cell, cell in zip(row, cells, strict=True):
            if isinstance(given_cell, str):
                assert cell.removeprefix("'") == given_cell.removeprefix("'")
                assert not cell.startswith(("=", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
                assert not cell.startswith(("+", "-")) or float(cell) is not None


def test_terms_as_plain_values() -> None:
    store = Store()
    answer = results(
        store.query(
            'SELECT * { BIND(<urn:x> AS ?iri) BIND("文"@zh AS ?text) BIND(8.90E+8 AS ?double) BIND(0.85 AS ?decimal) '
            "BIND(true AS ?yes) BIND(7 AS ?whole) OPTIONAL { ?iri <urn:p> ?none } }"
        )
    )
    (row,) = answer
    assert row == {
        "iri": "urn:x", "text": "文", "double": 890_000_000, "decimal": Decimal("0.85"), "yes": True, "whole": 7,
        "none": None,
    }  # fmt: skip
    assert isinstance(row["double"], int)
    for odd in ("NaN", "INF", "-INF", "much"):
        assert value(Literal(odd, datatype=NamedNode("http://www.w3.org/2001/XMLSchema#double"))) == odd


def test_ask_and_construct() -> None:
    store = Store()
    assert results(store.query("ASK {}")).rows == ((True,),)
    made = results(store.query('CONSTRUCT { <urn:a> <urn:b> "c" } WHERE {}'))
    assert (made.variables, made.rows) == (("subject", "predicate", "object"), (("urn:a", "urn:b", "c"),))
