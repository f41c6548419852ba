from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.settings import Settings


def test_defaults_need_no_file() -> None:
    settings = Settings.load(None)
    assert settings == Settings()
    assert settings.graph == Path("lianzhu.kg")
    assert settings.id_base == "https://w3id.org/lianzhu/id/"


def test_a_file_overrides_some_and_its_paths_are_its_own(tmp_path: Path) -> None:
    file = tmp_path / "lianzhu.toml"
    file.write_text('id_base = "http://example.org/地方/"\ngraph = "out.kg"\njobs = 2\n', encoding="utf-8")
    settings = Settings.load(file)
    assert settings.id_base == "http://example.org/地方/"
    assert settings.graph == tmp_path / "out.kg"
    assert settings.jobs == 2
    assert settings.ontology_base == Settings().ontology_base


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("job = 2", "unknown setting 'job'"),
        ('jobs = "two"', "setting jobs: 'two' is not a whole number"),
        ("jobs = true", "setting jobs: True is not a whole number"),
        ("jobs = 0", "setting jobs: 0 is not 1 or more"),
        ("graph = 7", "setting graph: 7 is not a path"),
        ("ontology_base = 1.5", "setting ontology_base: 1.5 is not text"),
        ('id_base = "id/"', "setting id_base: 'id/' is not an absolute IRI"),
        ('id_base = "http://example.org/id"', "setting id_base: .* ends in /"),
        ('ontology_base = "http://a b/#"', "setting ontology_base"),
        ("supplier_pairs = -1", "setting supplier_pairs: -1"),
        ("jobs =", "not a TOML file"),
    ],
)
def test_a_wrong_setting_is_one_line_with_file_and_key(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=says) as caught:
        Settings.load(file)
    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.toml: cannot read the settings"):
        Settings.load(tmp_path / "none.toml")


def test_settings_made_in_python_are_checked_too() -> None:
    with pytest.raises(DataError, match="id_base"):
        Settings(id_base="nowhere")


def test_the_folder_of_ones_own_chains_is_listed_by_name(tmp_path: Path) -> None:
    assert Settings().chain_files() == ()
    for name in ("b.ttl", "a.ttl", "notes.md"):
        (tmp_path / name).touch()
    assert [file.name for file in Settings(chains=tmp_path).chain_files()] == ["a.ttl", "b.ttl"]
    with pytest.raises(DataError, match=r"setting chains: .* is no folder"):
        Settings(chains=tmp_path / "none").chain_files()
