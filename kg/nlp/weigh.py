"""How sure a guess is: a weighted vote of its traits, squeezed into 0 to 1 (logistic regression).

Weights stand in `data/*_weights.csv` (trait, weight). `fit` makes them from examples of one's own.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from importlib.resources import files

import numpy as np


@cache
def weights(name: str) -> dict[str, float]:
    """The weights of `data/NAME_weights.csv`; lines that begin with # are comments."""
    text = (files("kg.nlp") / "data" / f"{name}_weights.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["trait"]: float(row["weight"]) for row in rows}


def score(traits: Iterable[str], table: dict[str, float]) -> float:
    """The probability that a guess with these traits is right; traits without a weight say nothing."""
    total = table.get("bias", 0.0) + sum(table.get(t, 0.0) for t in traits)
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 3)


def fit(
    examples: Sequence[tuple[Collection[str], bool]], ridge: float = 1.0, rare: int = 5
) -> dict[str, float]:
    """Weights by ridge-penalised logistic regression (Newton's method) on (traits, right or wrong).

    Traits seen fewer than `rare` times get none. Deterministic.
    """
    counts: dict[str, int] = {}
    for traits, _ in examples:
        for trait in set(traits):
            counts[trait] = counts.get(trait, 0) + 1
    names = ["bias", *sorted(t for t, n in counts.items() if n >= rare)]
    place = {t: i for i, t in enumerate(names)}
    x = np.zeros((len(examples), len(names)))
    x[:, 0] = 1
    for row, (traits, _) in enumerate(examples):
        for trait in traits:
            if trait in place:
                x[row, place[trait]] = 1
    y = np.array([float(right) for _, right in examples])
    penalty = np.full(len(names), ridge)
    penalty[0] = 1e-6
    w = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (y - p) - penalty * w
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(penalty), gradient)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return {t: round(float(v), 3) for t, v in zip(names, w, strict=True)}
