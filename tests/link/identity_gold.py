"""Which mentions of different articles name one thing: the annotation, and how well a linking agrees with it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

GOLD = Path(__file__).parents[1] / "gold" / "identity"
_MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")


@dataclass(frozen=True, slots=True)
class Named:
    """A mention: the article, what stands there, where, and the key of the thing that it names."""

    article: str
    text: str
    start: int
    thing: str


@dataclass(slots=True)
class Agreement:
    """Pairs of mentions in different articles: of one thing, and of two, each with those that a linking joined."""

    same: int = 0
    joined: int = 0
    apart: int = 0
    confused: int = 0
    missed: list[tuple[Named, Named]] = field(default_factory=list)
    wrong: list[tuple[Named, Named]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Of the pairs that name one thing, the share that was joined."""
        return self.joined / self.same

    @property
    def confusion(self) -> float:
        """Of the pairs that name two things, the share that was joined."""
        return self.confused / self.apart


def agreement(mentions: Iterable[Named], linked: Mapping[Named, str]) -> Agreement:
    """How far a linking (mention → IRI) agrees with the things that mentions name, pair by pair.

    Each article counts each of its forms of a thing once.
    """
    found = Agreement()
    once = {(m.article, m.text, m.thing): m for m in sorted(mentions, key=lambda m: (m.article, -m.start))}
    for one, other in itertools.combinations(sorted(once.values(), key=lambda m: (m.article, m.start)), 2):
        if one.article == other.article:
            continue
        joined = linked[one] == linked[other]
        if one.thing == other.thing:
            found.same += 1
            found.joined += joined
            if not joined:
                found.missed.append((one, other))
        else:
            found.apart += 1
            found.confused += joined
            if joined:
                found.wrong.append((one, other))
    return found


def short_articles() -> tuple[dict[str, tuple[str, str]], list[Named]]:
    """The short articles (name → text, date) without their marks, and the mentions that were marked."""
    articles: dict[str, tuple[str, str]] = {}
    mentions: list[Named] = []
    for name, said in yaml.safe_load((GOLD / "short.yaml").read_text(encoding="utf-8")).items():
        text, at = "", 0
        for mark in _MARK.finditer(said["text"]):
            text += said["text"][at : mark.start()]
            mentions.append(Named(name, mark[1], len(text), mark[2]))
            text += mark[1]
            at = mark.end()
        articles[name] = (text + said["text"][at:], str(said["published"]))
    return articles, mentions


def seed_things() -> dict[tuple[str, str], str]:
    """The things of the annotated seeds that several of them name: (number of the seed, entity id) → key."""
    groups = yaml.safe_load((GOLD / "seeds.yaml").read_text(encoding="utf-8"))
    return {tuple(member.split()): group[0] for some in groups.values() for group in some for member in group}  # type: ignore[misc]
