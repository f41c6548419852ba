"""The file of a graph's curation: read with care, filled without losing what people wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kg.curation import (
    Add,
    Apart,
    Curation,
    Line,
    Merge,
    Name,
    Reject,
    Rename,
    Retype,
    append,
    file_of,
    load_curation,
)
from kg.curation.file import parse
from kg.errors import DataError
from kg.model import EntityType

WRITTEN = """\
# ours
merge:
  # two spellings
  - names: [泰山玻纤, firm/泰山玻璃纤维有限公司]
    why: 简称
  - [太重, 太重集团@太原市]   # short
apart: []
rename:
- {name: zone/左云经济技术开发区, to: 左云经开区}
retype: [{name: 贝利, to: firm}]
reject:
  - article: 000_report
    subject: 贝利
    predicate: totalInvestment
    object: 3亿元
    quote: 2024-03-01
"""


def test_what_people_write() -> None:
    found = parse(WRITTEN)
    assert found.merge == (
        Merge((Name("泰山玻纤"), Name("泰山玻璃纤维有限公司", EntityType.FIRM)), "简称"),
        Merge((Name("太重"), Name("太重集团", None, "太原市"))),
    )
    assert found.apart == ()
    assert found.rename == (Rename(Name("左云经济技术开发区", EntityType.ZONE), "左云经开区"),)
    assert found.retype == (Retype(Name("贝利"), EntityType.FIRM),)
    assert found.reject == (Reject("000_report", "totalInvestment", Name("贝利"), "3亿元", "2024-03-01"),)


WRONG = [
    ("merge: [", "line 1", "not YAML"),
    ("- merge", "must hold the sections"),
    ("merg: []", "unknown section 'merg'", "merge, apart"),
    ("merge: 泰山玻纤", "merge: must be a list"),
    ("merge: [[泰山玻纤]]", "merge, number 1", "two names or more"),
    ("merge: [{nams: [a, b]}]", "unknown part 'nams'"),
    ("retype: [{name: 贝利, to: company}]", "'company' is no kind", "Firm"),
    ("rename: [{name: 贝利}]", "to is missing"),
    ("add: [{subject: 贝利, predicate: jobs, object: 3, source: s}]", "say what kind of thing 贝利 is"),
    ("add: [{subject: firm/贝利, predicate: jobs, object: 许多, source: s}]", "jobs needs a number"),
    ("add: [{subject: firm/贝利, predicate: locatedIn, object: 大同, source: s}]", "what kind of thing 大同"),
    ("add: [{subject: firm/贝利, predicate: jobs, object: 3}]", "source is missing"),
    ("reject: [{article: a, subject: 贝利, predicate: jobs, object: 3}]\nx: 1", "unknown section 'x'"),
]


@pytest.mark.parametrize("case", WRONG, ids=[case[0] for case in WRONG])
def test_what_cannot_be_understood_is_told_in_one_line(case: tuple[str, ...]) -> None:
    text, *says = case
    with pytest.raises(DataError) as caught:
        parse(text)
    assert "\n" not in str(caught.value)
    assert all(said in str(caught.value) for said in ("curation.yaml", *says))


def test_no_code_runs_from_the_file() -> None:
    with pytest.raises(DataError):
        parse("merge: !!python/object/apply:os.getcwd []")


def test_a_section_whose_lines_were_deleted() -> None:
    assert parse("merge:\napart:\n") == Curation()


def test_what_is_added_leaves_the_rest_of_the_file_as_it_was(tmp_path: Path) -> None:
    file_of(tmp_path).write_text(WRITTEN, encoding="utf-8")
    before = load_curation(tmp_path)
    for line in (
        Merge((Name("a"), Name("b"))),
        Apart((Name("云冈经开区"), Name("左云经开区")), "两地"),
        Rename(Name("x"), "y: z # no comment"),
        Retype(Name("c"), EntityType.PARK),
        Add(Name("贝利", EntityType.FIRM), "jobs", "300", "大同日报 2024-03-01"),
    ):
        if isinstance(line, Retype):  # a list in one line is left to people
            with pytest.raises(DataError, match="retype: must be a list, each line of it on a line"):
                append(tmp_path, line)
            continue
        assert append(tmp_path, line)
        assert line in load_curation(tmp_path).lines
        assert not append(tmp_path, line), "it stands there already"
    text = file_of(tmp_path).read_text(encoding="utf-8")
    assert all(line in text for line in WRITTEN.splitlines() if line != "apart: []")
    assert set(before.lines) < set(load_curation(tmp_path).lines)


TEXT = st.text(st.sampled_from("左云#:-'\"[]{},&*!|>%@` 1e3.\n"), min_size=1, max_size=8).map(str.strip)
NAMES = st.builds(Name, TEXT.filter(lambda t: t and "@" not in t and "\n" not in t))
LINES: st.SearchStrategy[Line] = st.one_of(
    st.builds(Merge, st.tuples(NAMES, NAMES), TEXT),
    st.builds(Rename, NAMES, TEXT.filter(bool), TEXT),
)


@given(st.lists(LINES, max_size=5, unique=True))
def test_what_is_written_reads_back(lines: list[Line]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for line in lines:
            append(Path(folder), line)
        assert set(load_curation(Path(folder)).lines) == set(lines)
        if lines:
            assert yaml.safe_load(file_of(Path(folder)).read_text(encoding="utf-8"))
