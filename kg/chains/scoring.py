"""How pressing a gap is: a score of 0 to 100, made of parts that are shown with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from kg.chains.gaps import Gap, Move
from kg.chains.places import Nearness
from kg.tables import table


class Urgency(StrEnum):
    """How pressing a move is."""

    HIGH = "高"
    MEDIUM = "中"
    LOW = "低"


@dataclass(frozen=True, slots=True)
class Part:
    """Points for one reason; `key` names the reason, `about` is what it is about (a number, a state)."""

    key: str
    points: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """The parts of a score; no parts where nothing is suggested."""

    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """All points together."""
        return sum(part.points for part in self.parts)

    @property
    def urgency(self) -> Urgency:
        """High, medium or low, by the points that `data/score.yaml` asks for."""
        points = weights()
        if self.total >= points["high"]:
            return Urgency.HIGH
        return Urgency.MEDIUM if self.total >= points["medium"] else Urgency.LOW


def score(gap: Gap, nearest: Nearness | None = None, density: float | None = None) -> Score:
    """The score of a gap; `nearest` is how near its nearest candidate is (None: there is none).

    `density` (0–1) says how related the segment is to what is here (`kg.chains.relatedness`), if known.
    """
    if gap.move is Move.NONE:
        return Score(())
    points = weights()
    parts = [Part("move", points["move"][gap.move.value], gap.move.value)]
    if gap.segment.critical:
        parts.append(Part("critical", points["critical"]))
    if gap.upstream:
        up = len(gap.upstream)
        parts.append(Part("suppliers", min(points["supplier"] * up, points["suppliers"]), str(up)))
    if gap.buyers:
        buyers = len(gap.buyers)
        parts.append(Part("buyers", min(points["buyer"] * buyers, points["buyers"]), str(buyers)))
    if gap.chain.leaders:
        parts.append(Part("leader", points["leader"]))
    if gap.chain.names:
        parts.append(Part("named", points["named"]))
    if nearest is not None:
        parts.append(Part("candidate", points["candidate"][nearest.name], nearest.name))
    if density is not None and (related := round(points["related"] * density)):
        parts.append(Part("related", related, f"{density:.2f}"))
    return Score(tuple(parts))


@cache
def weights() -> dict[str, Any]:
    """The points of each part, as `data/score.yaml` gives them."""
    data = table("kg.chains", "score")
    assert isinstance(data, dict)
    return data
