"""Taking over what other spaCy components and pipelines find."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import DataError
from kg.nlp import make_pipeline, reading
from kg.nlp.plugins import set_aside

TEXT = "云州经开区引进星火新能源，建设储能电池项目。\n星火新能源投产。"


@Language.factory("example_names", default_config={"names": {}, "group": ""})
def make_example(nlp: Language, name: str, names: dict[str, str], group: str):
    """An example component, as anyone may write: it knows some names and puts them where spaCy keeps entities."""

    def find(doc: Doc) -> Doc:
        spans = []
        for text, label in names.items():
            at = doc.text.find(text)
            while at >= 0:
                spans.append(doc.char_span(at, at + len(text), label=label))
                at = doc.text.find(text, at + 1)
        if group:
            doc.spans[group] = spans
        else:
            doc.ents = spans
        return doc

    return find


def pipeline(tmp_path: Path, text: str) -> Language:
    config = tmp_path / "mine.cfg"
    config.write_text(text, encoding="utf-8")
    return make_pipeline(config)


OWN = """
[nlp]
pipeline = ["sentences","example","adopt","entities"]

[components]

[components.example]
factory = "example_names"
group = "mine"

[components.example.names]
星火新能源 = "company"
储能电池项目 = "Project"
引进 = "event"

[components.adopt]
factory = "lz_adopt"
group = "mine"

[components.adopt.labels]
company = "Firm"
Project = "Project"
"""


@pytest.mark.parametrize("group", ["mine", ""])
def test_a_component_of_ones_own(tmp_path: Path, group: str) -> None:
    doc = pipeline(tmp_path, OWN.replace('"mine"', f'"{group}"'))(TEXT)
    found = reading(doc)
    assert [(e.type, e.name) for e in found.entities] == [("Firm", "星火新能源"), ("Project", "储能电池项目")]
    assert [m.text for m in found.mentions] == ["星火新能源", "储能电池项目", "星火新能源"]
    assert [(s.said, s.reason) for s in set_aside(doc)] == [
        ("引进", "label 'event' is not in the table of labels")
    ]


def test_the_rest_of_the_pipeline_is_the_built_in_one(tmp_path: Path) -> None:
    own = pipeline(tmp_path, '[components]\n[components.entities]\nfactory = "lz_entities"\n')
    assert own.pipe_names == make_pipeline().pipe_names
    assert own.pipe_names[-1] == "confidence"


def test_another_pipeline_with_words_of_its_own(tmp_path: Path) -> None:
    other = spacy.blank("en")  # which cuts Chinese text at marks only
    ruler = other.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "Spark"}])  # type: ignore[attr-defined]
    other.to_disk(tmp_path / "other")
    nlp = pipeline(
        tmp_path,
        f"""
        [nlp]
        pipeline = ["sentences","other","entities"]
        [components]
        [components.other]
        factory = "lz_model"
        model = "{(tmp_path / "other").as_posix()}"
        [components.other.labels]
        ORG = "Firm"
        """.replace("        ", ""),
    )
    found = reading(nlp("第一段。\n引进 Spark 公司。"))
    assert [(m.start, m.end, m.text) for m in found.mentions] == [(8, 13, "Spark")]
    assert [e.type for e in found.entities] == ["Firm"]


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (
            'factory = "lz_adopt"\n[components.x.labels]\nORG = "Company"',
            "label 'ORG' is 'Company', none of Zone,",
        ),
        ('factory = "lz_model"', "say which pipeline to run"),
        ('factory = "lz_llm"\nmodel = "m"\nurl = "file:///etc/passwd"', "is no address like"),
        ('factory = "lz_llm"', "say which model to ask"),
        ('factory = "lz_llm"\nmodel = "m"\ntypes = ["Company"]', "'Company' is none of Zone,"),
    ],
)
def test_what_is_wrong_with_a_config(tmp_path: Path, block: str, said: str) -> None:
    with pytest.raises(DataError, match=said) as error:
        pipeline(tmp_path, f'[nlp]\npipeline = ["x"]\n[components]\n[components.x]\n{block}\n')
    assert "\n" not in str(error.value)


def test_a_pipeline_that_is_not_there(tmp_path: Path) -> None:
    nlp = pipeline(
        tmp_path,
        '[nlp]\npipeline = ["sentences","x"]\n'
        '[components]\n[components.x]\nfactory = "lz_model"\nmodel = "no_such_model"\n',
    )
    with pytest.raises(DataError, match="cannot load 'no_such_model'"):
        nlp(TEXT)
