"""The network at work: two ONNX graphs run by onnxruntime, one over characters, one over stretches.

The first (a bidirectional GRU over the tagger's states and the marks) says of each character how likely a name of
each type begins or ends there; the second says of each stretch between a likely begin and a likely end what it is.
Candidates of the rules are always asked about. `kg train` makes both graphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import onnxruntime

from kg.errors import DataError
from kg.nlp.learned.features import LONGEST, TYPES, Array, Piece
from kg.nlp.side_by_side import side_by_side

EDGE = 0.03  # how likely a begin or an end must be for stretches from or to it to be looked at
FLOOR = 0.02  # stretches less likely than this are not named
_BATCH = 16


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch that may be a name: offsets, type, probability."""

    start: int
    end: int
    type: str
    probability: float


class Network:
    """The graphs of a folder (`characters.onnx`, `stretches.onnx`)."""

    def __init__(self, folder: Path) -> None:
        """Raises DataError if the folder does not hold them."""
        self._characters = _session(folder / "characters.onnx")
        self._stretches = _session(folder / "stretches.onnx")

    def __call__(self, pieces: Sequence[Piece]) -> list[Named]:
        """What may be a name in the pieces of one text, in order of start, end and type."""
        order = sorted(range(len(pieces)), key=lambda i: pieces[i].end - pieces[i].start)
        batches = [[pieces[i] for i in order[at : at + _BATCH]] for at in range(0, len(order), _BATCH)]
        found = chain.from_iterable(side_by_side(self._read, batches))
        return sorted(found, key=lambda n: (n.start, n.end, n.type))

    def _read(self, batch: Sequence[Piece]) -> list[Named]:
        hidden, edges = self._characters.run(None, padded(batch))
        width = hidden.shape[1]
        begins, ends = edges[..., : len(TYPES)].max(-1) > EDGE, edges[..., len(TYPES) :].max(-1) > EDGE
        asked = [
            (row, first, last)
            for row, piece in enumerate(batch)
            for first, last in _between(piece, begins[row], ends[row])
        ]
        if not asked:
            return []
        fed = stretches(asked, batch, width)
        (scores,) = self._stretches.run(None, {"hidden": hidden.reshape(-1, hidden.shape[-1]), **fed})
        found = []
        for number, kind in zip(*np.nonzero(scores > FLOOR), strict=True):
            row, first, last = asked[number]
            start = batch[row].start
            found.append(Named(start + first, start + last + 1, TYPES[kind], float(scores[number, kind])))
        return found


def _between(piece: Piece, begins: Array, ends: Array) -> list[tuple[int, int]]:
    """The stretches of a piece to ask about: (first, last) characters."""
    size = piece.end - piece.start
    firsts = np.flatnonzero(begins[:size])
    lasts = np.flatnonzero(ends[:size])
    found = {
        (int(first), int(last))
        for first in firsts
        for last in lasts[np.searchsorted(lasts, first) : np.searchsorted(lasts, first + LONGEST)]
    }
    return sorted(found | set(piece.rules))


def padded(batch: Sequence[Piece]) -> dict[str, Array]:
    """The arrays of pieces, one row each, filled up with zeros, under the names of the graph's inputs.

    A column more than the longest piece has, so that the one behind its last character is there.
    """
    sizes = [piece.end - piece.start for piece in batch]
    width = max(sizes) + 1

    def fill(arrays: Sequence[Array]) -> Array:
        kind = np.float32 if arrays[0].dtype == np.float16 else arrays[0].dtype
        whole = np.zeros((len(batch), width, *arrays[0].shape[1:]), kind)
        for row, array in enumerate(arrays):
            whole[row, : len(array)] = array  # half precision, where states are kept so, becomes single
        return whole

    return {
        "states": fill([p.states for p in batch]),
        "marks": fill([p.marks for p in batch]),
        "words": fill([p.words for p in batch]),
        "characters": fill([p.characters for p in batch]),
        "lengths": np.array(sizes, np.int32),
    }


def stretches(asked: Sequence[tuple[int, int, int]], batch: Sequence[Piece], width: int) -> dict[str, Array]:
    """The inputs for stretches (row, first, last) of padded pieces, as positions in the flattened rows."""
    rows, firsts, lasts = (np.array(column, np.int64) for column in zip(*asked, strict=True))
    none = np.zeros(len(TYPES), np.float32)
    return {
        "first": rows * width + firsts,
        "last": rows * width + lasts,
        "rules": np.stack([batch[row].rules.get((first, last), none) for row, first, last in asked]),
    }


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own errors share no base
        reason = str(error).splitlines()[0]
        raise DataError(
            f"the learned reader's {path} cannot be used: {reason}; make it with kg train"
        ) from error
