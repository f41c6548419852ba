"""Asking on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.query import saved_queries


def test_the_saved_questions_are_listed_in_both_languages(kg) -> None:
    for lang, text in (("zh", "各产业链的链主"), ("en", "Chain leaders")):
        listed = kg("query", "--lang", lang)
        assert listed.exit_code == 0
        assert text in listed.stdout
        assert [line.split()[0] for line in listed.stdout.splitlines()[1:]] == list(saved_queries())
    assert "[zone=…]" in kg("query").stdout
    assert "[below=0.6]" in kg("query").stdout


def test_a_table_for_the_eye(kg) -> None:
    shown = kg("query", "leaders", "-p", "zone=左云开发区")
    lines = [line.rstrip() for line in shown.stdout.splitlines()]
    assert lines[0].split() == ["zoneName", "chainName", "leaderName", "members"]
    assert lines[-1] == f"{len(lines) - 2} 行"
    row = next(line for line in lines if "装备制造产业链" in line)
    assert row.split()[::3] == ["左云经济技术开发区", "7"]
    iris = kg("query", "SELECT ?z ?t { ?z a ?t ; skos:altLabel '左云经开区'@zh }", "--lang", "en").stdout
    assert [line.split() for line in iris.splitlines()] == [
        ["z", "t"],
        ["zone/左云经济技术开发区", "lz:Zone"],
        ["1", "rows"],
    ]


def test_the_same_rows_in_every_format(kg) -> None:
    question = ["query", "members", "-p", "zone=左云经开区", "--format"]
    rows = json.loads(kg(*question, "json").stdout)
    assert len(rows) >= 20
    assert [json.loads(line) for line in kg(*question, "jsonl").stdout.splitlines()] == rows
    for form, mark in (("csv", ","), ("tsv", "\t")):
        read = list(csv.DictReader(io.StringIO(kg(*question, form).stdout, newline=""), delimiter=mark))
        assert read == [{k: "" if v is None else str(v) for k, v in row.items()} for row in rows]


def test_sparql_from_a_file_or_a_pipe(kg) -> None:
    sparql = "SELECT (COUNT(DISTINCT ?zone) AS ?n) { ?zone a lz:Zone }"
    Path("zones.rq").write_text(sparql, encoding="utf-8")
    answers = [kg("query", sparql, "--format", "csv"), kg("query", "-f", "zones.rq", "--format", "csv"),
               kg("query", "-f", "-", "--format", "csv", text=sparql)]  # fmt: skip
    assert len({answer.stdout for answer in answers}) == 1
    assert int(answers[0].stdout.splitlines()[1]) > 10


def test_a_file_may_take_parameters(kg) -> None:
    head = "# param zone entity: 开发区\n"
    body = "SELECT ?name {\n  ?firm lz:locatedIn $zone ; a lz:Firm ; skos:prefLabel ?name } ORDER BY ?name"
    Path("firms.rq").write_text(head + body, encoding="utf-8")
    found = kg("query", "-f", "firms.rq", "-p", "zone=左云经开区", "--format", "tsv").stdout.splitlines()
    assert {"联合光伏", "能科光伏"} <= set(found)
    assert "needs -p zone=…" in kg("query", "-f", "firms.rq").stderr


def test_questions_of_ones_own(kg, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("own").mkdir()
    Path("own/firms.rq").write_text(
        "# zh: 企业\n# en: firms\nSELECT ?n { ?f a lz:Firm ; skos:prefLabel ?n }", encoding="utf-8"
    )
    assert "firms" in kg("query", "--queries", "own").stdout
    assert kg("query", "firms", "--queries", "own").exit_code == 0
    Path("mine.toml").write_text('queries = "own"', encoding="utf-8")
    assert kg("--config", "mine.toml", "query", "firms").exit_code == 0
    monkeypatch.setenv("LIANZHU_QUERIES", "own")
    assert kg("query", "firms").exit_code == 0


def test_every_prefix_that_the_help_names_needs_no_declaration(kg) -> None:
    named = kg("query", "--help").stdout.partition("prefixes ")[2].partition(" need")[0]
    prefixes = named.replace(" and ", ", ").replace("\n", " ").replace(",", " ").split()
    assert len(prefixes) > 8
    for prefix in prefixes:
        assert kg("query", f"ASK {{ ?s {prefix}:x ?o }}").exit_code == 0, prefix
