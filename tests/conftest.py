"""The graph of the five seed articles, built once for all tests that need it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import kg
from kg.graph import Graph
from kg.settings import Settings

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def seeds_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the seeds' graph. Read it, never write it."""
    path = tmp_path_factory.mktemp("graphs") / "seeds.kg"
    report = kg.build(SEEDS, path)
    assert not report.failures
    return path


@pytest.fixture(scope="session")
def seeds(seeds_path: Path) -> Iterator[Graph]:
    """The seeds' graph, open."""
    with kg.open(seeds_path) as graph:
        yield graph


ODD = '''
"""A component that does what an article tells it, to see what becomes of the others."""
import os, signal, time
from spacy.language import Language

@Language.factory("odd")
def make(nlp, name):
    return obey

def obey(doc):
    text = doc.text
    if "坏" in text:
        raise KeyError("坏\\n两行")
    if "退出" in text:
        os._exit(3)
    if "被杀" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "打印" in text:
        print("a library that talks")
    if "很慢" in text:
        open(os.environ.get("ODD_BEGAN", os.devnull), "w").close()
        time.sleep(60)
    return doc
'''
LIGHT = """
[nlp]
lang = "zh"
pipeline = ["sentences","odd"]
[nlp.tokenizer]
@tokenizers = "spacy.zh.ChineseTokenizer"
segmenter = "char"
[components]
[components.sentences]
factory = "lz_sentences"
[components.odd]
factory = "odd"
"""


@pytest.fixture
def light(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with a quick pipeline that reads nothing much, one component of which comes from elsewhere."""
    elsewhere = tmp_path / "elsewhere"
    about = elsewhere / "odd-1.0.dist-info"
    about.mkdir(parents=True)
    (elsewhere / "odd_component.py").write_text(ODD, encoding="utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[spacy_factories]\nodd = odd_component:make\n")
    monkeypatch.syspath_prepend(elsewhere)
    import_module("odd_component")  # spaCy looks for entry points once a process; this one may be past that
    (tmp_path / "light.cfg").write_text(LIGHT, encoding="utf-8")
    return Settings(pipeline=tmp_path / "light.cfg", graph=tmp_path / "x.kg")
