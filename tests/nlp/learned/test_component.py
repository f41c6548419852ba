"""The learned reader that comes with the package."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.nlp import make_pipeline
from kg.nlp.learned.component import Reader
from kg.nlp.pipeline import make_doc
from kg.nlp.sentences import plain_article

MODEL = Path(str(files("kg.nlp.learned") / "model"))
# nowhere annotated: made up for this test
TEXT = "盘龙经开区引进启元智联，启元智联年产6万吨石墨负极项目总投资12亿元，预计明年投产。\n启元智联将为宏远汽车配套。"


@pytest.fixture(scope="module")
def candidates():  # type: ignore[no-untyped-def]
    nlp = make_pipeline()

    def read(text: str) -> dict[tuple[str, str], float]:
        doc = make_doc(nlp, plain_article(text))
        for name, part in nlp.pipeline:
            if name == "entities":
                break
            doc = part(doc)
        return {(s.text, s.label_): s._.score for s in doc.spans["candidates"]}

    return read


def test_names_that_only_their_place_in_the_sentence_gives_away(candidates) -> None:  # type: ignore[no-untyped-def]
    found = candidates(TEXT)
    assert found["盘龙经开区", "Zone"] > 0.8
    assert found["启元智联", "Firm"] > 0.6
    assert found["启元智联年产6万吨石墨负极项目", "Project"] > 0.8
    assert found["宏远汽车", "Firm"] > 0.5


def test_scores_are_probabilities_and_the_same_each_time(candidates) -> None:  # type: ignore[no-untyped-def]
    found = candidates(TEXT)
    assert all(0.1 <= score <= 1 for score in found.values())
    assert candidates(TEXT) == found


def test_an_empty_text_and_one_without_names(candidates) -> None:  # type: ignore[no-untyped-def]
    assert candidates("。") == {}
    assert max(candidates("天气很好。").values(), default=0) < 0.5


def test_the_weights_are_small_and_come_with_a_card() -> None:
    assert sum(f.stat().st_size for f in MODEL.iterdir()) < 12_000_000
    card = (MODEL / "CARD.md").read_text(encoding="utf-8")
    assert "## Scores" in card
    assert "## Limits" in card


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no learned reader"):
        Reader(tmp_path)(make_doc(make_pipeline(), plain_article(TEXT)))
