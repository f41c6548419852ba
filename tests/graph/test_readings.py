from __future__ import annotations

import gzip
from dataclasses import fields
from pathlib import Path

import pytest
from graph_material import seeds, small
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.graph.readings import from_json, load, save, to_json
from kg.model import (
    Article,
    Block,
    BlockKind,
    Claim,
    Concept,
    Entity,
    EntityType,
    Mention,
    Modality,
    Reading,
    Ref,
    Source,
)

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
MAYBE = st.none() | TEXT
NUMBER = st.decimals(allow_nan=False, allow_infinity=False)
OFFSET = st.integers(0, 10**6)


def many(of: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(of, max_size=3).map(tuple)


SOURCE = st.builds(Source, TEXT, TEXT, TEXT, TEXT, MAYBE, MAYBE, MAYBE, MAYBE)
BLOCK = st.builds(Block, st.sampled_from(BlockKind), OFFSET, OFFSET)
ARTICLE = st.builds(
    Article, TEXT, SOURCE, TEXT, TEXT, many(BLOCK), many(TEXT), MAYBE, st.frozensets(OFFSET, max_size=4)
)
ENTITY = st.builds(Entity, TEXT, st.sampled_from(EntityType), TEXT, many(TEXT), many(st.tuples(TEXT, TEXT)))
CLAIM = st.builds(
    Claim,
    TEXT,
    TEXT,
    st.builds(Ref, TEXT) | st.builds(Concept, TEXT) | NUMBER,
    OFFSET,
    OFFSET,
    TEXT,
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(Modality),
    MAYBE,
    st.none() | NUMBER,
    *[MAYBE] * 6,
)
READING = st.builds(
    Reading, ARTICLE, many(ENTITY), many(st.builds(Mention, OFFSET, OFFSET, TEXT, TEXT)), many(CLAIM)
)


def test_the_strategies_reach_every_field() -> None:
    assert [len(fields(kind)) for kind in (Source, Article, Entity, Claim, Reading)] == [8, 8, 5, 16, 4]


@settings(max_examples=60)
@given(READING)
def test_a_reading_comes_back_exactly(reading: Reading) -> None:
    line = to_json(reading)
    assert "\n" not in line
    back = from_json(line)
    assert back == reading
    # equal numbers may be written differently (1.0 and 1.00): those stay as they were, too
    assert repr(back) == repr(reading) or reading.article.repeats
    assert to_json(back) == line


def test_files_hold_the_same_bytes_for_the_same_readings(tmp_path: Path) -> None:
    readings = [*seeds(), small()]
    save(readings, tmp_path / "one.gz")
    save(iter(readings), tmp_path / "two.gz")
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()
    assert list(load(tmp_path / "one.gz")) == readings


def test_a_damaged_file_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "readings.gz"
    with pytest.raises(StoreError, match=r"cannot read the readings"):
        list(load(file))
    save([small()], file)
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(StoreError, match=r"cannot read the readings"):
        list(load(file))
    file.write_bytes(gzip.compress(to_json(small()).encode() + b'\n{"article": 1}\n'))
    with pytest.raises(StoreError, match=r"line 2 is not a reading"):
        list(load(file))
