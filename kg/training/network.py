"""The network in torch: trained here, written as the two ONNX graphs that `kg.nlp.learned.network` runs.

A bidirectional GRU over the tagger's states, the marks of the rules and codes of words and characters; on top of it
one layer that tells where names begin and end, and a small perceptron that tells what a stretch is from its edges,
its mean, its neighbours and what the rules say of it. Trained on the names, on what the rules propose, and on
stretches drawn by chance.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits as loss_of

from kg.nlp.lac import STATE_SIZE
from kg.nlp.learned.features import CHARACTER_CODES, LONGEST, MARKS, TYPES, WORD_CODES, Piece
from kg.nlp.learned.network import padded, stretches
from kg.training.examples import Stretch, Text

_N = len(TYPES)


@dataclass(frozen=True, slots=True)
class Plan:
    """How the network is trained; the defaults are what came out best on articles left out."""

    epochs: int = 6
    hidden: int = 128
    inner: int = 160
    batch: int = 12
    rate: float = 2e-3
    dropout: float = 0.3
    forget_rules: float = 0.25  # how often the rules of a type are hidden, so that they are not leaned on
    drawn: int = 12  # one in so many characters is looked at as an edge though nothing says so
    copies: int = 2  # reworded copies of each article (see `kg.training.rewording`)
    seed: int = 0


class Net(nn.Module):
    """The network: `hidden` gives its view of the characters, `edges` and `what` the two answers (logits)."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan
        self.word = nn.Embedding(WORD_CODES, 12)
        self.character = nn.Embedding(CHARACTER_CODES, 8)
        self.gru = nn.GRU(STATE_SIZE + MARKS + 20, plan.hidden, batch_first=True, bidirectional=True)
        size = 2 * plan.hidden
        self.dropout = nn.Dropout(plan.dropout)
        self.edge = nn.Linear(size, 2 * _N)
        self.width = nn.Embedding(LONGEST + 1, 16)
        self.first = nn.Linear(5 * size + 16 + 2 * _N, plan.inner)
        self.second = nn.Linear(plan.inner, _N)
        nn.init.constant_(self.edge.bias, -3.0)
        nn.init.constant_(self.second.bias, -2.0)

    def hidden(self, fed: dict[str, Tensor]) -> Tensor:
        """(pieces, characters, 2 * plan.hidden); zeros behind the end of a piece."""
        states, marks = fed["states"].float(), fed["marks"]
        if self.training:
            states = states * (torch.rand(len(states), 1, STATE_SIZE) > 0.15) / 0.85
            kept = (torch.rand(len(marks), 1, _N) > self.plan.forget_rules).float().repeat(1, 1, 3)
            marks = torch.cat([marks[..., : 3 * _N] * kept, marks[..., 3 * _N :]], -1)
        seen = torch.cat([states, marks, self.word(fed["words"]), self.character(fed["characters"])], -1)
        packed = nn.utils.rnn.pack_padded_sequence(
            seen, fed["lengths"].long(), batch_first=True, enforce_sorted=False
        )
        out, _ = nn.utils.rnn.pad_packed_sequence(
            self.gru(packed)[0], batch_first=True, total_length=seen.shape[1]
        )
        return self.dropout(out)

    def edges(self, hidden: Tensor) -> Tensor:
        """How likely names of each type begin (the first half) and end at each character."""
        return self.edge(hidden)

    def what(self, hidden: Tensor, fed: dict[str, Tensor]) -> Tensor:
        """What the stretches are; `hidden` is (pieces * characters, size)."""
        first, last, rules = fed["first"], fed["last"], fed["rules"]
        if self.training:
            rules = rules * (torch.rand(rules.shape) > self.plan.forget_rules)
        none = torch.zeros(1, hidden.shape[1])
        sums = torch.cat([none, hidden.cumsum(0)])
        framed = torch.cat([none, hidden, none])
        width = last - first + 1
        mean = (sums[last + 1] - sums[first]) / width[:, None]
        seen = [hidden[first], hidden[last], mean, framed[first], framed[last + 2]]
        inner = self.first(torch.cat([*seen, self.width(width), rules, (rules > 0).float()], -1))
        return self.second(self.dropout(torch.relu(inner)))


def train(texts: Sequence[Text], plan: Plan, say: Callable[[str], None]) -> Net:
    """A network trained on texts; the same texts and plan give the same weights (one thread)."""
    torch.manual_seed(plan.seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    draw = random.Random(plan.seed)  # noqa: S311  not for secrets
    items = [(piece, text.named(piece)) for text in texts for piece in text.pieces]
    net = Net(plan)
    steps = -(-len(items) // plan.batch)
    adam = torch.optim.AdamW(net.parameters(), plan.rate, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.OneCycleLR(adam, plan.rate, plan.epochs * steps, pct_start=0.15)
    net.train()
    for epoch in range(plan.epochs):
        loss = 0.0
        for batch in _batches(items, plan.batch, draw):
            cost = _cost(net, batch, draw)
            adam.zero_grad()
            cost.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            adam.step()
            pace.step()
            loss += cost.item()
        say(f"epoch {epoch + 1} of {plan.epochs}, loss {loss / steps:.2f}")
    return net.eval()


_Item = tuple[Piece, dict[Stretch, Any]]


def _batches(items: Sequence[_Item], size: int, draw: random.Random) -> list[list[_Item]]:
    """Pieces of about the same length together, in random order."""
    order = sorted(range(len(items)), key=lambda i: items[i][0].end - items[i][0].start + 30 * draw.random())
    batches = [[items[i] for i in order[at : at + size]] for at in range(0, len(order), size)]
    draw.shuffle(batches)
    return batches


def _cost(net: Net, batch: Sequence[_Item], draw: random.Random) -> Tensor:
    """Half the loss of the edges and the loss of the stretches, summed over a piece."""
    found = [piece for piece, _ in batch]
    fed = {name: torch.from_numpy(array) for name, array in padded(found).items()}
    hidden = net.hidden(fed)
    wanted = torch.zeros(*hidden.shape[:2], 2 * _N)
    for row, (_, names) in enumerate(batch):
        for (first, last), types in names.items():
            wanted[row, first, :_N] = torch.maximum(wanted[row, first, :_N], torch.from_numpy(types))
            wanted[row, last, _N:] = torch.maximum(wanted[row, last, _N:], torch.from_numpy(types))
    inside = torch.arange(hidden.shape[1])[None] < fed["lengths"][:, None]
    edges = loss_of(net.edges(hidden), wanted, reduction="none") * inside[..., None]
    asked = [
        (row, *stretch)
        for row, (piece, names) in enumerate(batch)
        for stretch in _shown(piece, names, net.plan.drawn, draw)
    ]
    put = {n: torch.from_numpy(a) for n, a in stretches(asked, found, hidden.shape[1]).items()}
    none = np.zeros(_N, np.float32)
    right = torch.from_numpy(np.stack([batch[row][1].get((first, last), none) for row, first, last in asked]))
    whole = net.what(hidden.reshape(-1, hidden.shape[-1]), put)
    return (0.5 * edges.sum() + loss_of(whole, right, reduction="sum")) / len(batch)


def _shown(piece: Piece, names: dict[Stretch, Any], drawn: int, draw: random.Random) -> list[Stretch]:
    """Names, candidates of the rules, and half of what lies between their edges and edges drawn by chance."""
    size = piece.end - piece.start
    sure = sorted(names.keys() | piece.rules.keys())
    more = max(2, size // drawn)
    firsts = {first for first, _ in sure} | {draw.randrange(size) for _ in range(more)}
    lasts = {last for _, last in sure} | {draw.randrange(size) for _ in range(more)}
    between = [
        (first, last) for first in sorted(firsts) for last in sorted(lasts) if first <= last < first + LONGEST
    ]
    return sure + [s for s in between if s not in names and s not in piece.rules and draw.random() < 0.5]
