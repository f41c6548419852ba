"""The benchmark itself works; what it measures is for people to look at."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from kg.settings import Settings


def test_bulk_reading_is_measured(light: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    spec = importlib.util.spec_from_file_location("speed", Path(__file__).with_name("speed.py"))
    assert spec is not None and spec.loader is not None
    speed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(speed)
    figures = speed.bulk(None, 20_000, 1, light.pipeline)
    assert figures["characters"] >= 18_000
    assert figures["read (characters/s)"] > figures["whole build (characters/s)"] > 0
    assert 50 < figures["peak memory (MB)"] < 4000
    assert "read (characters/s)" in capsys.readouterr().out
