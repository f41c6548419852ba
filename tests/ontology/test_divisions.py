"""The table of administrative divisions is whole and consistent."""

from __future__ import annotations

import csv
from collections import Counter
from importlib.resources import files

import pytest


def table() -> list[dict[str, str]]:
    text = files("kg").joinpath("data/divisions.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


ROWS = table()
PRESENT = {row["code"]: row for row in ROWS if not row["until"]}


def test_all_divisions_are_there() -> None:
    levels = Counter(row["level"] for row in PRESENT.values())
    assert levels == {"province": 34, "prefecture": 333, "county": 2845}


def test_codes_and_parents_fit() -> None:
    codes = {row["code"] for row in ROWS}
    endings = {"province": "0000", "prefecture": "00", "county": ""}
    for row in ROWS:
        assert len(row["code"]) == 6
        assert row["code"].isdigit()
        assert row["code"].endswith(endings[row["level"]])
        assert (row["parent"] in codes) if row["level"] != "province" else row["parent"] == ""
        assert row["name"].strip() == row["name"] != ""


def test_present_divisions_lie_in_present_ones_of_their_province() -> None:
    for row in PRESENT.values():
        if row["parent"]:
            parent = PRESENT[row["parent"]]
            assert parent["code"][:2] == row["code"][:2]
            assert parent["level"] in (
                {"province"} if row["level"] == "prefecture" else {"province", "prefecture"}
            )


def test_former_names_lead_to_present_divisions() -> None:
    former = [row for row in ROWS if row["until"]]
    assert len(former) > 250
    for row in former:
        assert 2010 <= int(row["until"]) < 2026
        if row["successor"]:
            assert PRESENT[row["successor"]]["code"][:2] == row["code"][:2]
            assert PRESENT[row["successor"]]["name"] != row["name"]
        present = PRESENT.get(row["code"])
        assert present is None or present["name"] != row["name"]


@pytest.mark.parametrize(
    ("code", "name", "parent"),
    [
        ("110000", "北京市", ""),
        ("110108", "海淀区", "110000"),
        ("140226", "左云县", "140200"),
        ("141125", "柳林县", "141100"),
        ("150121", "土默特左旗", "150100"),
        ("429004", "仙桃市", "420000"),
        ("441900", "东莞市", "440000"),
        ("500157", "两江新区", "500000"),
        ("653229", "和安县", "653200"),
        ("710000", "台湾省", ""),
        ("810000", "香港特别行政区", ""),
    ],
)
def test_some_divisions(code: str, name: str, parent: str) -> None:
    assert (PRESENT[code]["name"], PRESENT[code]["parent"]) == (name, parent)


@pytest.mark.parametrize(
    ("former", "present"),
    [
        ("大同县", "云州区"),
        ("怀仁县", "怀仁市"),
        ("太谷县", "太谷区"),
        ("北市区", "莲池区"),
        ("莱芜市", "莱芜区"),
    ],
)
def test_some_former_names(former: str, present: str) -> None:
    row = next(row for row in ROWS if row["name"] == former and row["until"])
    assert PRESENT[row["successor"]]["name"] == present
