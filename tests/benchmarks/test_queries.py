"""The benchmark of saved questions itself works; what it measures is for people to look at."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_both_stores_are_asked_and_agree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    large, queries = script("large"), script("queries")
    report = large.make(tmp_path / "small.kg", articles=4)
    assert report.articles == 4
    queries.compare(
        tmp_path / "small.kg", ["coverage", "industries", "posts"], rounds=1, limit=60, rdflib_too=True
    )
    lines = capsys.readouterr().out.splitlines()[3:]
    assert [line.split()[0] for line in lines] == ["coverage", "industries", "posts", "posts"]
    for line in lines:
        rows, _, _, theirs = line.split()[1:5]
        assert int(rows) > 0 and float(theirs) >= 0
        assert "rows)" not in line, "rdflib's store has as many rows"
