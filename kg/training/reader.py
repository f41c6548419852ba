"""The learned reader made from annotated articles: the network, the judge over it and the rules, a model card."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from pathlib import Path

from kg.errors import KgError
from kg.evaluate.scoring import Row
from kg.nlp.learned.features import TYPES
from kg.nlp.learned.judge import Bench, Key
from kg.nlp.learned.network import Named, Network
from kg.nlp.weigh import Table, fit, score, write
from kg.training.examples import Annotations, Text
from kg.training.export import write as write_graphs
from kg.training.network import Plan, train

_SURE = 0.4
_RARE, _RIDGE = 4, 2.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate in an article: what speaks for it, and whether an annotator named it."""

    source: str
    article: str
    fold: int
    key: Key
    name: str
    traits: tuple[str, ...]
    right: bool


def make_reader(
    read: Annotations, out: Path, folders: Sequence[Path], plan: Plan, jobs: int, say: Callable[[str], None]
) -> dict[str, Row]:
    """Write the reader's model to the folder `out`, and that of each fold to its own.

    The network of a fold is trained on the others; the judge is fitted to what those networks say of articles they
    have not seen. Networks are trained `jobs` at once; the same annotations give the same bytes. Returns by type
    how well names are found on the folds (a name once a source).
    """
    _train_all(
        [*((read.rest(n), folder) for n, folder in enumerate(folders)), (read.texts, out)], plan, jobs, say
    )
    judged: list[Judged] = []
    for fold, folder in enumerate(folders):
        network = Network(folder)
        for text in read.held(fold):
            judged += _cases(text, network(text.pieces))
    write(out / "judge.csv", _fit(judged), _COMMENT)
    tables = []
    for fold, folder in enumerate(folders):
        tables.append(_fit([one for one in judged if one.fold != fold]))
        write(folder / "judge.csv", tables[-1], _COMMENT)
    return _scores(read.texts, judged, tables)


_Task = tuple[Sequence[Text], Path]


def _train_all(tasks: Sequence[_Task], plan: Plan, jobs: int, say: Callable[[str], None]) -> None:
    """Train a network for each task and write it to its folder."""

    def run(number: int) -> None:
        texts, folder = tasks[number]
        folder.mkdir(parents=True, exist_ok=True)
        write_graphs(train(texts, plan, lambda m: say(f"network {number + 1} of {len(tasks)}: {m}")), folder)

    if jobs == 1:
        for number in range(len(tasks)):
            run(number)
        return
    fork = get_context("fork")  # the texts are large, and so shared
    waiting = list(range(len(tasks)))[::-1]
    running: list[ForkProcess] = []
    while waiting or running:
        while waiting and len(running) < jobs:
            process = fork.Process(target=run, args=(waiting.pop(),))
            process.start()
            running.append(process)
        wait([process.sentinel for process in running])
        for process in [p for p in running if not p.is_alive()]:
            running.remove(process)
            if process.exitcode:
                raise KgError(f"training a network ended with exit code {process.exitcode}; try --jobs 1")


_COMMENT = (
    "How much each trait of a candidate speaks for its being a name of its type (log odds, by kg.training.reader).\n"
    "network: the network's probability in steps; rule: the rule's score; by: the rule's name."
)


def _fit(judged: Sequence[Judged]) -> dict[str, float]:
    return fit([(one.traits, one.right) for one in judged], ridge=_RIDGE, rare=_RARE)


def _cases(text: Text, named: Sequence[Named]) -> Iterator[Judged]:
    bench = Bench.of(text.doc, named)
    for key in sorted(bench.cases):
        start, end, kind = key
        types = text.names.get((start, end))
        right = types is not None and bool(types[TYPES.index(kind)])
        name = bench.text[start:end]
        yield Judged(
            text.source, text.doc._.article.id, text.fold, key, name, tuple(bench.traits(key)), right
        )


def _scores(texts: Sequence[Text], judged: Sequence[Judged], tables: Sequence[Table]) -> dict[str, Row]:
    """By type, each fold with the judge fitted to the others."""
    named = {
        (text.source, TYPES[n], text.doc._.article.body[start:end])
        for text in texts
        if not text.reworded
        for (start, end), types in text.names.items()
        for n in types.nonzero()[0]
    }
    found = {
        (one.source, one.key[2], one.name) for one in judged if score(one.traits, tables[one.fold]) >= _SURE
    }
    return {
        kind: Row(*(sum(name[1] == kind for name in names) for names in (found & named, named, found)))
        for kind in TYPES
    }
