"""Word lists and the expressions made of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.wordlists import any_of, words

WORD = st.text(st.sampled_from("甲乙丙.*("), min_size=1, max_size=4)


def test_sections_and_comments() -> None:
    assert "项目" in words("list_heads", "project")
    assert "项目" not in words("list_heads", "firm")
    assert not any("#" in word or word.startswith("[") for word in words("list_heads"))


def test_missing_lists_and_sections() -> None:
    with pytest.raises(FileNotFoundError):
        words("no_such_list")
    with pytest.raises(KeyError):
        words("list_heads", "no such section")


@given(st.sets(WORD, min_size=1, max_size=8), st.text(st.sampled_from("甲乙丙.*("), max_size=8))
def test_the_longest_word_at_a_place_matches(found: set[str], text: str) -> None:
    match = re.match(any_of(found), text)
    here = [word for word in found if text.startswith(word)]
    assert (match[0] if match else None) == max(here, key=len, default=None)
