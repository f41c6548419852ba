"""Rows are counted in what is written, in every form, whatever the texts in it look like."""

from __future__ import annotations

import io
from itertools import product

import pyoxigraph as ox
import pytest

from kg.server.formats import GRAPHS, TABLES, write_graph, write_table
from kg.server.refusal import Refusal

NASTY = ['"}},{"', "<result>", 'a"\n"b', "\r\n", '","', "\\", "}},{}", "表\t格", '""\n""']


@pytest.mark.parametrize("form", TABLES)
def test_rows_are_counted_to_the_last(form: str) -> None:
    store = ox.Store()
    for i, text in enumerate(NASTY * 3):
        store.add(ox.Quad(ox.NamedNode(f"x:{i}"), ox.NamedNode("x:p"), ox.Literal(text)))
    query = "SELECT * { ?s ?p ?o . ?t ?q ?r } LIMIT "
    for rows, more in product((1, 7, 500), (0, 1)):
        answer = store.query(f"{query}{rows + more}")
        assert not isinstance(answer, ox.QueryTriples)
        if more:
            with pytest.raises(Refusal, match=f"more than {rows} rows"):
                write_table(answer, form, io.BytesIO(), rows)
        else:
            out = io.BytesIO()
            assert write_table(answer, form, out, rows).startswith(form)
            assert out.getvalue()


@pytest.mark.parametrize("form", GRAPHS)
def test_triples_are_counted(form: str) -> None:
    triples = [ox.Triple(ox.NamedNode(f"x:{i}"), ox.NamedNode("x:p"), ox.Literal("o")) for i in range(5)]
    out = io.BytesIO()
    write_graph(triples, form, out, 5, {})
    assert len(list(ox.parse(out.getvalue(), GRAPHS[form][1]))) == 5
    with pytest.raises(Refusal):
        write_graph(triples, form, io.BytesIO(), 4, {})
