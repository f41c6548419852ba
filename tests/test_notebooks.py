"""The notebooks run from top to bottom, and are kept with outputs that read well."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

import kg

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
ON_THE_SEEDS = [path for path in NOTEBOOKS if "own" not in path.stem]


def cells(path: Path) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_there_are_four() -> None:
    assert len(NOTEBOOKS) == 4 and len(ON_THE_SEEDS) == 3


@pytest.mark.parametrize("path", ON_THE_SEEDS, ids=lambda path: path.stem)
def test_every_cell_runs_on_the_seeds(path: Path, seeds_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, with the graph of the seeds that is there already."""

    def build(sources: Path, target: Path) -> None:
        assert sources == FOLDER.parent / "seeds"
        shutil.copytree(seeds_path, target)

    monkeypatch.chdir(FOLDER)
    monkeypatch.setattr(kg, "build", build)
    monkeypatch.setenv("MPLBACKEND", "agg")
    names: dict[str, object] = {}
    for cell in cells(path):
        tree = ast.parse(cell.source)
        shown = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, path.name, "exec"), names)
        if isinstance(shown, ast.Expr):
            value = eval(compile(ast.Expression(shown.value), path.name, "eval"), names)
            assert not hasattr(value, "_repr_html_") or "<" in value._repr_html_()


def test_ones_own_articles_and_rule_run_in_a_kernel() -> None:
    """A rule is registered for the whole process, so this one has a process of its own."""
    (path,) = set(NOTEBOOKS) - set(ON_THE_SEEDS)
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(FOLDER)}}).execute()
    chiefs = next(cell for cell in notebook.cells if cell.source.endswith('after.query("chiefs")'))
    assert "李建国" in chiefs.outputs[0].data["text/html"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_they_are_kept_with_their_outputs(path: Path) -> None:
    """After a change: jupyter execute --inplace notebooks/*.ipynb"""
    code = cells(path)
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    assert len(outputs) >= 5
    assert all(output.output_type in ("stream", "execute_result", "display_data") for output in outputs)
    assert all(output.get("name") != "stderr" for output in outputs), "no warnings"
    assert path.stat().st_size < 500_000


def test_the_research_question_is_drawn() -> None:
    (path,) = FOLDER.glob("02-*.ipynb")
    assert sum("image/png" in output.get("data", {}) for cell in cells(path) for output in cell.outputs) >= 2
