"""How long each saved question takes, beside the same SPARQL on rdflib's own store, in one run.

    python tests/benchmarks/large.py big.kg                         1.5 million triples
    python tests/benchmarks/queries.py big.kg                       every question, on both stores
    python tests/benchmarks/queries.py big.kg leaders --no-rdflib   one of them, here alone

A question that takes parameters is asked with names from the graph; where it has optional ones, with and without.
Each is asked in a process of its own, `--rounds` times here, of which the median counts, and once on rdflib, which is
stopped after `--limit` seconds. Times include reading all rows. Run it while nothing else runs; where something does,
processor seconds tell more.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import kg
from kg.query import KnowledgeGraph, SavedQuery, saved_queries
from kg.query.saved import sparql

if TYPE_CHECKING:
    import rdflib

SLOW, MANY = 0.5, 10_000  # seconds that are too many, unless it returns so many rows
_FORK = multiprocessing.get_context("fork")

# things of the graph to ask about, the ones of which most is said
_BUSIEST = {
    "zone": "SELECT ?x { ?x a lz:Zone ; ^lz:locatedIn ?y } GROUP BY ?x ORDER BY DESC(COUNT(?y)) ?x LIMIT 1",
    "place": "SELECT ?x { ?x a lz:Place ; ^geo:sfWithin ?y } GROUP BY ?x ORDER BY DESC(COUNT(?y)) ?x LIMIT 1",
    "firm": "SELECT ?x { ?x a lz:Firm ; ^lz:developedBy ?y } GROUP BY ?x ORDER BY DESC(COUNT(?y)) ?x LIMIT 1",
    "chain": "SELECT ?x { ?x a lz:Chain ; ^lz:inChain ?y } GROUP BY ?x ORDER BY DESC(COUNT(?y)) ?x LIMIT 1",
}
_OTHERS = {"of": "zone", "thing": "zone", "at": "zone", "in": "place"}
_TEXTS = {"segment": "电", "product": "电", "from": "2022", "to": "2023", "until": "2024", "year": "2023"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its parameters, as SPARQL."""

    name: str
    given: dict[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Took:
    """How long an answer took, by the clock and in processor time, and how many rows it has."""

    seconds: float
    processor: float
    rows: int


def questions(graph: KnowledgeGraph, names: list[str]) -> Iterator[Asked]:
    """What is asked: each question with what it needs, and again with all that it takes."""
    known = dict(_TEXTS)
    for kind, query in _BUSIEST.items():
        if found := graph.query(query):
            known[kind] = str(found[0]["x"])
    known |= {name: known[kind] for name, kind in _OTHERS.items() if kind in known}
    for name, query in saved_queries().items():
        if names and name not in names:
            continue
        ways: list[dict[str, str]] = []
        for all_of_it in (False, True):
            given = {
                p.name: known[p.name] for p in query.parameters if p.name in known and _wanted(p, all_of_it)
            }
            if given not in ways:
                ways.append(given)
        for given in ways:
            yield Asked(name, given, declared(graph, query, given))


def _wanted(parameter: object, all_of_it: bool) -> bool:
    return all_of_it or not (getattr(parameter, "optional", False) or getattr(parameter, "default", None))


def declared(graph: KnowledgeGraph, query: SavedQuery, given: dict[str, str]) -> str:
    """The text of a saved question; it declares its prefixes by itself."""
    return sparql(graph, query, given)


def timed(ask: Callable[[], int], limit: float, rounds: int = 1) -> Took | str:
    """How a question did that was asked in a process of its own (the median); or what became of it."""
    ours, theirs = _FORK.Pipe(duplex=False)

    def child() -> None:
        try:
            times: list[tuple[float, float]] = []
            rows = 0
            for _ in range(rounds):
                start, spent = time.perf_counter(), time.process_time()
                rows = ask()
                times.append((time.perf_counter() - start, time.process_time() - spent))
            seconds, processor = (median(column) for column in zip(*times, strict=True))
            theirs.send(Took(seconds, processor, rows))
        except Exception as error:
            theirs.send(f"{type(error).__name__}")

    process = _FORK.Process(target=child)
    process.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(limit * rounds) else f"> {limit:g} s"
    except EOFError:
        return "died"
    finally:
        process.kill()
        process.join()


def copied(graph: KnowledgeGraph) -> rdflib.Dataset:
    """The graph in rdflib's own store."""
    from oxrdflib._converter import from_ox
    from rdflib import Dataset

    dataset = Dataset(default_union=True)
    for name in graph.graphs():
        there = dataset.graph(name)
        for quad in graph.quads(name):
            there.add((from_ox(quad.subject), from_ox(quad.predicate), from_ox(quad.object)))
    return dataset


def compare(path: Path, names: list[str], *, rounds: int, limit: float, rdflib_too: bool) -> int:
    """Print a line for each question; how many were too slow."""
    with kg.open(path) as graph:
        asked = list(questions(graph, names))
        triples = graph.info()["quads"]
    print(f"{path}: {triples:,} triples")
    theirs = None
    if rdflib_too:
        with kg.open(path) as graph:
            start = time.perf_counter()
            theirs = copied(graph)
        print(f"copied into rdflib's own store in {time.perf_counter() - start:.0f} s")
    print(f"{'question':28}{'rows':>8}{'seconds':>10}{'processor':>11}{'rdflib':>12}   parameters")
    slow = 0
    for one in asked:
        mine = timed(lambda one=one: here(path, one.text), limit, rounds)  # type: ignore[misc]
        other: Took | str = ""
        if theirs is not None:
            other = timed(lambda one=one: len(list(theirs.query(one.text))), limit)  # type: ignore[misc]
        late = isinstance(mine, str) or (mine.seconds > SLOW and mine.rows <= MANY)
        slow += late
        columns = ("", mine, "") if isinstance(mine, str) else _columns(mine)
        told = other if isinstance(other, str) else f"{other.seconds:.1f}"
        if isinstance(other, Took) and isinstance(mine, Took) and other.rows != mine.rows:
            told += f" ({other.rows:,} rows)"
        given = " ".join(f"{name}={value.rpartition('/')[2]}" for name, value in one.given.items())
        print(f"{one.name:28}{columns[0]:>8}{columns[1]:>10}{columns[2]:>11}{told:>12}   {given}", end="")
        print("   SLOW" if late else "", flush=True)
    return slow


def _columns(took: Took) -> tuple[str, str, str]:
    return f"{took.rows:,}", f"{took.seconds:.3f}", f"{took.processor:.3f}"


def here(path: Path, text: str) -> int:
    """How many rows a query has on the graph in a folder."""
    if path not in _OPEN:
        _OPEN[path] = kg.open(path)
    return len(_OPEN[path].query(text))


_OPEN: dict[Path, KnowledgeGraph] = {}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=30)
    parser.add_argument("--no-rdflib", action="store_true")
    given = parser.parse_args()
    slow = compare(
        given.path, given.names, rounds=given.rounds, limit=given.limit, rdflib_too=not given.no_rdflib
    )
    sys.exit(f"{slow} over {SLOW} s" if slow else 0)


if __name__ == "__main__":
    main()
