"""What the tables that guesses are weighed by are fitted to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.model import EntityType
from kg.nlp.fitting import annotated, examples
from kg.nlp.pipeline import make_pipeline
from kg.nlp.weigh import parse, score, using, weights, write

TEXT = "\n".join(
    f"{place}经开区做强{industry}产业链，晨星重工{product}项目开工。" * 3
    for place, industry, product in [
        ("左云", "煤化工", "炭纤维"),
        ("云冈", "光伏", "组件"),
        ("阳高", "医药", "疫苗"),
    ]
)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    gold, texts = tmp_path / "gold", tmp_path / "texts"
    gold.mkdir()
    texts.mkdir()
    entities = [
        {"type": type_, "name": name, "mentions": [name]}
        for type_, names in {
            "Zone": ["左云经开区", "云冈经开区", "阳高经开区"],
            "Chain": ["煤化工产业链", "光伏产业链", "医药产业链"],
            "Firm": ["晨星重工"],
        }.items()
        for name in names
    ]
    for stem in ("a", "b", "c"):
        (texts / f"{stem}.txt").write_text(TEXT, encoding="utf-8")
        (gold / f"{stem}.json").write_text(json.dumps({"entities": entities}), encoding="utf-8")
    (texts / "without.txt").write_text("没有标注的文章。", encoding="utf-8")
    return gold, texts


def test_guesses_are_right_where_annotators_named_them(folders: tuple[Path, Path]) -> None:
    nlp = make_pipeline()
    articles = annotated(nlp, *folders)
    assert [a.source for a in articles] == ["a", "b", "c"]
    assert len(articles[0].names[EntityType.ZONE]) == 9
    found, tables = examples(nlp, articles)
    for name in ("zone", "chain"):
        right = [e for e in found[name] if e.right]
        wrong = [e for e in found[name] if not e.right]
        assert len(right) == 27
        assert min(score(e.traits, tables[name]) for e in right) > 0.5
        assert all(score(e.traits, tables[name]) < 0.5 for e in wrong)
    assert examples(nlp, annotated(nlp, *folders))[1] == tables  # the same files, the same tables


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    write(tmp_path / "table.csv", {"bias": -1.5, "tag:LOC,": 0.25}, "What it is.\nWhere from.")
    assert parse((tmp_path / "table.csv").read_text(encoding="utf-8")) == {"bias": -1.5, "tag:LOC,": 0.25}


def test_nothing_to_fit_is_said(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("一句话。", encoding="utf-8")
    with pytest.raises(DataError, match="no annotation"):
        annotated(make_pipeline(), tmp_path, tmp_path)


def test_an_annotation_that_is_none_is_named(folders: tuple[Path, Path]) -> None:
    (folders[0] / "b.json").write_text('{"entities": [{"type": "City"}]}', encoding="utf-8")
    with pytest.raises(DataError, match=r"b\.json"):
        annotated(make_pipeline(), *folders)


def test_own_tables_hold_within_a_block() -> None:
    with using({"zone": {"bias": 1.0}}):
        assert weights("zone") == {"bias": 1.0}
        assert "bias" in weights("park")
    assert len(weights("zone")) > 1
