"""How sure a guess is: a weighted vote of its traits, squeezed into 0 to 1 (logistic regression).

Weights stand in `data/*_weights.csv` (trait, weight). `kg.nlp.fitting` makes them from annotations of one's own;
`using` puts such tables in the place of the package's.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import DataError

Table = Mapping[str, float]
_Vector = NDArray[np.float64]

_STEPS = 40
_SMALL = 1e-5
_EASE = 1e-5  # how much of the squared rest of a step may be left: the next step sees to it

_own: ContextVar[Mapping[str, Table]] = ContextVar("own weights", default={})  # noqa: B039  never written to


_installed: dict[str, Table] = {}


def weights(name: str) -> Table:
    """The weights of a kind of guesses (`zone`, `firm`): of `using`, else `install`, else `data/NAME_weights.csv`."""
    return _own.get().get(name) or _installed.get(name) or _shipped(name)


def install(folder: Path) -> None:
    """From now on, weigh guesses by the tables of a folder (`NAME_weights.csv`). Raises DataError if it has none."""
    files = sorted(folder.glob("*_weights.csv"))
    if not files:
        raise DataError(f"{folder} holds no tables (NAME_weights.csv); name a folder that kg train wrote")
    for file in files:
        _installed[file.name.removesuffix("_weights.csv")] = parse(file.read_text(encoding="utf-8"))


@cache
def _shipped(name: str) -> Table:
    return parse((files("kg.nlp") / "data" / f"{name}_weights.csv").read_text(encoding="utf-8"))


@contextmanager
def using(tables: Mapping[str, Table]) -> Iterator[None]:
    """Within, guesses are weighed by these tables, by kind, instead of the package's."""
    token = _own.set({**_own.get(), **tables})
    try:
        yield
    finally:
        _own.reset(token)


def parse(text: str) -> Table:
    """A table out of its file; lines that begin with # are comments."""
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["trait"]: float(row["weight"]) for row in rows}


def write(path: Path, table: Table, comment: str) -> None:
    """Write a table to a file, with a comment of one or more lines on top."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"# {line}\n" for line in comment.splitlines())
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("trait", "weight"))
        rows.writerows((trait, f"{weight:g}") for trait, weight in table.items())


def score(traits: Iterable[str], table: Table) -> float:
    """The probability that a guess with these traits is right; traits without a weight say nothing."""
    total = table.get("bias", 0.0) + sum(table.get(t, 0.0) for t in traits)
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 3)


def fit(
    examples: Sequence[tuple[Collection[str], bool]], ridge: float = 1.0, rare: int = 5
) -> dict[str, float]:
    """Weights by ridge-penalised logistic regression on (traits, right or wrong).

    Traits seen fewer than `rare` times get none. Newton's method, each step by conjugate gradients, since
    guesses are many and have few traits each. Deterministic.
    """
    counts = Counter(trait for traits, _ in examples for trait in set(traits))
    names = ["bias", *sorted(t for t, n in counts.items() if n >= rare)]
    place = {t: i for i, t in enumerate(names)}
    cells = [
        (row, place[trait])
        for row, (traits, _) in enumerate(examples)
        for trait in ("bias", *sorted(set(traits) & place.keys()))
    ]
    rows, columns = np.array(cells, dtype=np.intp).reshape(-1, 2).T
    right = np.array([float(is_right) for _, is_right in examples])
    penalty = np.full(len(names), ridge)
    penalty[0] = 1e-6

    def votes(w: _Vector) -> _Vector:
        return np.bincount(rows, w[columns], len(examples)).astype(np.float64)

    def sums(of: _Vector) -> _Vector:
        return np.bincount(columns, of[rows], len(names)).astype(np.float64)

    w = np.zeros(len(names))
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(votes(w), -30, 30)))
        doubt = p * (1 - p)
        step = _solve(
            lambda v, doubt=doubt: sums(doubt * votes(v)) + penalty * v,  # type: ignore[misc]
            sums(right - p) - penalty * w,
            sums(doubt) + penalty,
        )
        w += step
        if np.abs(step).max() < _SMALL:
            break
    return {t: round(float(v), 3) for t, v in zip(names, w, strict=True)}


def _solve(times: Callable[[_Vector], _Vector], wanted: _Vector, diagonal: _Vector) -> _Vector:
    """x where times(x) is `wanted`: conjugate gradients, preconditioned by the diagonal (Hestenes and Stiefel 1952)."""
    x = np.zeros_like(wanted)
    rest = wanted.copy()
    eased = rest / diagonal
    along, size = eased, float(rest @ eased)
    goal = _EASE * size
    for _ in range(4 * len(wanted)):
        if size <= goal:
            break
        image = times(along)
        far = size / float(along @ image)
        x, rest = x + far * along, rest - far * image
        eased = rest / diagonal
        before, size = size, float(rest @ eased)
        along = eased + size / before * along
    return x
