"""The whole of training on a few made-up articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("onnx", reason="the extra `train` is not installed")

from kg.errors import DataError
from kg.nlp import make_pipeline
from kg.read import read_source
from kg.training.making import make
from kg.training.network import Plan

PLAN = Plan(epochs=20, hidden=8, inner=8, batch=2, rate=1e-2, copies=1)
NAMES = [("左云经开区", "Zone"), ("晨星重工", "Firm"), ("煤化工产业链", "Chain")]


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    gold, texts = tmp_path / "gold", tmp_path / "texts"
    for folder in (gold, texts):
        folder.mkdir()
    for n, product in enumerate(["炭纤维", "组件", "疫苗", "电池"]):
        text = f"左云经开区做强煤化工产业链。晨星重工{product}项目开工，总投资{n + 2}亿元。\n" * 2
        (texts / f"{n}.txt").write_text(text, encoding="utf-8")
        project = {"id": "p", "type": "Project", "name": f"晨星重工{product}项目", "mentions": []}
        entities = [{"id": t, "type": t, "name": name, "mentions": [name]} for name, t in NAMES]
        (gold / f"{n}.json").write_text(
            json.dumps({"id": str(n), "entities": [*entities, project], "facts": []}), encoding="utf-8"
        )
    return gold, texts


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_what_is_made_reads_and_is_made_alike_again(folders: tuple[Path, Path], tmp_path: Path) -> None:
    gold, texts = folders
    made = make([gold], [texts], tmp_path / "one", PLAN, folds=2)
    assert made.sources == 4
    nlp = make_pipeline(tmp_path / "one" / "pipeline.cfg")
    (article,) = read_source(texts / "0.txt")
    assert nlp(article.body).text == article.body
    card = (tmp_path / "one" / "CARD.md").read_text(encoding="utf-8")
    assert "4 annotated sources" in card
    (tmp_path / "one" / "pipeline.cfg").unlink()  # holds the folder's name
    make([gold], [texts], tmp_path / "two", PLAN, folds=2)
    (tmp_path / "two" / "pipeline.cfg").unlink()
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_more_folds_than_texts(folders: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(DataError, match="4 annotated texts are too few for 5 folds"):
        make([folders[0]], [folders[1]], tmp_path / "out", PLAN, folds=5)
