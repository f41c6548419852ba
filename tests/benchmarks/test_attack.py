"""The attack itself works; how the server stands it is for people to look at."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "graph"))

from graph_material import by_name, small

from kg.graph import write


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_good_requests_are_answered_under_attack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write([small()], by_name(small()), tmp_path / "small.kg")
    spec = importlib.util.spec_from_file_location("attack", Path(__file__).with_name("attack.py"))
    assert spec is not None and spec.loader is not None
    attack = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "attack", attack)  # the attackers' processes find it by this name
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    spec.loader.exec_module(attack)
    idle, attacked = attack.run(tmp_path / "small.kg", 1.0, ["FROM a file"], "--workers", "2")
    assert idle.times and attacked.times
    assert not idle.failed and not attacked.failed
    assert set(attacked.told) == {"400"}
    assert "left after the end: 0 of" in capsys.readouterr().out
