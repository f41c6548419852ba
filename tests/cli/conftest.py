"""Running `kg` as a user does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def kg(seeds_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the seeds' graph, in an empty folder."""
    monkeypatch.setenv("LIANZHU_KG", str(seeds_path))
    for name in ("LIANZHU_CONFIG", "LIANZHU_LANG", "LIANZHU_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def run(*args: str | Path, text: str | None = None) -> Result:
        return CliRunner().invoke(cli, [str(arg) for arg in args], prog_name="kg", input=text)

    return run


@pytest.fixture
def config(light: Settings, tmp_path: Path) -> Path:
    """A settings file that names the quick pipeline."""
    file = tmp_path / "lianzhu.toml"
    file.write_text(f'pipeline = "{light.pipeline}"\n', encoding="utf-8")
    return file
