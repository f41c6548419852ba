"""`ontology/README.md` is generated, complete and up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import ontology_docs
from kg.ontology import classes, concepts, ontology_dir, properties, schemes, templates


def test_the_readme_is_up_to_date() -> None:
    assert ontology_docs.main(["--check"]) == 0


def test_every_term_is_explained() -> None:
    text = (ontology_dir() / "README.md").read_text(encoding="utf-8")
    names = [t.name for t in (*classes(), *properties(), *schemes())]
    names += [c.name for scheme in schemes() for c in concepts(scheme.name)]
    assert [name for name in names if f"`lz:{name}`" not in text] == []
    assert [t.id for t in templates() if f"](chains/{t.id}.ttl)" not in text] == []


def test_tables_are_whole() -> None:
    """Every row of a table has as many cells as its head."""
    width = 0
    for line in ontology_docs.readme().splitlines():
        cells = line.replace("\\|", "").count("|")
        if line.startswith("|"):
            width = width or cells
            assert cells == width, line
        else:
            width = 0


def test_a_stale_file_is_told_and_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "README.md").write_text("old", encoding="utf-8")
    monkeypatch.setattr(ontology_docs, "ontology_dir", lambda: tmp_path)
    assert ontology_docs.main(["--check"]) == 1
    assert "python -m kg.ontology_docs" in capsys.readouterr().err
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "old"
    assert ontology_docs.main([]) == 0
    assert ontology_docs.main(["--check"]) == 0


def test_an_unknown_option_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert ontology_docs.main(["--chekc"]) == 2
    assert "--check" in capsys.readouterr().err
