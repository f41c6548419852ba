"""The dataset of a request, written into an update."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import UsageError
from kg.server.rewriting import fetches, only_inserts, with_dataset

A = "http://example.org/a"


@pytest.mark.parametrize(
    ("update", "rewritten"),
    [
        ("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", f"INSERT {{ ?s ?p 1 }} USING <{A}> WHERE {{ ?s ?p ?o }}"),
        ("DELETE WHERE { ?s ?p ?o }", f"DELETE  {{ ?s ?p ?o }} USING <{A}> WHERE {{ ?s ?p ?o }}"),
        ("CLEAR ALL", "CLEAR ALL"),
        ("INSERT DATA { <x:a> <x:where> 'WHERE { }' }", "INSERT DATA { <x:a> <x:where> 'WHERE { }' }"),
    ],
)
def test_where_gets_its_dataset(update: str, rewritten: str) -> None:
    assert with_dataset(update, [A], []) == rewritten


def test_words_in_texts_comments_and_names_are_none() -> None:
    update = (
        "PREFIX where: <http://example.org/USING/> # WITH { LOAD\n"
        "DELETE { ?where where:using \"WHERE } \\\" {\" } INSERT { ?where where:with\\# '''LOAD } ' ''' }"
        " WHERE { ?where where:load ?using ; where:x <http://example.org/x#WHERE> }"
    )
    text = with_dataset(update, [A], [A])
    assert text.count(f"USING <{A}> USING NAMED <{A}> WHERE") == 1
    assert not fetches(update)
    Store().update(text)


@pytest.mark.parametrize(
    "own", ["WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "INSERT {} USING <x:g> WHERE {}"]
)
def test_two_datasets_are_refused(own: str) -> None:
    with pytest.raises(UsageError, match="one or the other"):
        with_dataset(own, [A], [])


@given(st.text())
def test_no_name_of_a_graph_breaks_out(name: str) -> None:
    try:
        text = with_dataset("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", [name], [])
    except UsageError:
        return
    assert text.count("{") == 2
    assert f"USING <{name}> WHERE" in text


@pytest.mark.parametrize("load", ["LOAD <x:a>", "load silent <x:a> into graph <x:b>", "CLEAR ALL;LOAD<x:a>"])
def test_a_load_is_seen(load: str) -> None:
    assert fetches(load)


@pytest.mark.parametrize(
    ("update", "alone"),
    [
        ("PREFIX e: <x:> INSERT DATA { e:a e:b 1 } ; INSERT DATA { GRAPH e:g { e:a e:b 2 } } ;", True),
        ("INSERT DATA { <x:a> <x:b> 1 } ; DELETE DATA { <x:a> <x:b> 1 }", False),
        ("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", False),
    ],
)
def test_what_only_inserts(update: str, alone: bool) -> None:
    assert only_inserts(update) is alone
