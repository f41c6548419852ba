"""Texts without annotations, labelled by a reader that has been trained: self-training (Scudder 1965).

A few hundred articles hold few of the ways in which papers write. A network and its judge read more texts, and a
new network learns from the annotations together with what they say, each name weighted with its probability.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from kg.nlp.learned.features import TYPES, Array
from kg.nlp.learned.judge import Bench
from kg.nlp.learned.network import Network
from kg.nlp.weigh import parse, score
from kg.training.examples import Text

_WORTH = 0.05  # less likely names are none


def label(texts: Sequence[Text], model: Path) -> Iterator[Text]:
    """The texts with the names that the model in a folder sees, each with its probability."""
    network, judge = Network(model), parse((model / "judge.csv").read_text(encoding="utf-8"))
    for text in texts:
        bench = Bench.of(text.doc, network(text.pieces))
        names: dict[tuple[int, int], Array] = {}
        for key in sorted(bench.cases):
            value = score(bench.traits(key), judge)
            if value >= _WORTH:
                types = names.setdefault(key[:2], np.zeros(len(TYPES), np.float32))
                types[TYPES.index(key[2])] = value
        yield Text(text.source, text.fold, text.doc, text.pieces, names)
