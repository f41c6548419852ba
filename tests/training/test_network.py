"""The network that is trained and the graphs that are run say the same; training can be repeated."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra `train` is not installed")
pytest.importorskip("onnx", reason="the extra `train` is not installed")

from kg.nlp.lac import STATE_SIZE  # noqa: E402
from kg.nlp.learned.features import MARKS, TYPES, Piece  # noqa: E402
from kg.nlp.learned.network import Network, padded, stretches  # noqa: E402
from kg.training.export import write  # noqa: E402
from kg.training.network import Net, Plan, train  # noqa: E402


def piece(start: int, size: int, rules: dict[tuple[int, int], np.ndarray] | None = None) -> Piece:
    draw = np.random.default_rng(size)
    return Piece(
        start,
        start + size,
        draw.normal(size=(size, STATE_SIZE)).astype(np.float32),
        draw.random((size, MARKS)).astype(np.float32),
        draw.integers(0, 50, size),
        draw.integers(0, 8, size),
        rules or {},
    )


class Annotated:
    """As much of a text as training looks at."""

    def __init__(self, pieces: list[Piece], names: dict[tuple[int, int], str]) -> None:
        self.pieces = pieces
        self._names = names

    def named(self, piece: Piece) -> dict[tuple[int, int], np.ndarray]:
        return {
            (a - piece.start, b - 1 - piece.start): np.array([t == kind for t in TYPES], np.float32)
            for (a, b), kind in self._names.items()
            if piece.start <= a and b <= piece.end
        }


def test_graphs_say_what_the_network_says(tmp_path: Path) -> None:
    torch.manual_seed(1)
    net = Net(Plan(hidden=16, inner=12)).eval()
    write(net, tmp_path)
    rule = np.zeros(len(TYPES), np.float32)
    rule[2] = 0.7
    pieces = [piece(0, 9, {(1, 3): rule}), piece(9, 23)]
    fed = {name: torch.from_numpy(array) for name, array in padded(pieces).items()}
    hidden = net.hidden(fed)
    width = hidden.shape[1]
    asked = [(0, 0, 0), (0, 1, 3), (0, 5, 8), (1, 0, 1), (1, 20, 22)]
    put = stretches(asked, pieces, width)
    with torch.no_grad():
        wanted = torch.sigmoid(
            net.what(hidden.reshape(-1, 32), {n: torch.from_numpy(a) for n, a in put.items()})
        ).numpy()
    network = Network(tmp_path)
    ran, edges = network._characters.run(None, padded(pieces))
    (got,) = network._stretches.run(None, {"hidden": ran.reshape(-1, 32), **put})
    assert np.allclose(ran, hidden.detach().numpy(), atol=1e-5)
    assert np.allclose(edges[:, :-1], torch.sigmoid(net.edges(hidden)).detach().numpy()[:, :-1], atol=1e-5)
    assert np.allclose(got, wanted, atol=1e-5)


def test_training_learns_and_repeats_itself(tmp_path: Path) -> None:
    texts = [Annotated([piece(0, 30), piece(30, 41)], {(3, 7): "Firm", (35, 50): "Project"})]
    plan = Plan(epochs=40, hidden=12, inner=12, batch=1, dropout=0.0, rate=5e-3)
    bytes_of = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        write(train(texts, plan, lambda _: None), folder)  # type: ignore[arg-type]
        bytes_of.append([(folder / f).read_bytes() for f in ("characters.onnx", "stretches.onnx")])
    assert bytes_of[0] == bytes_of[1]
    found = {
        (n.start, n.end, n.type) for n in Network(tmp_path / "a")(texts[0].pieces) if n.probability > 0.5
    }
    assert found >= {(3, 7, "Firm"), (35, 50, "Project")}
