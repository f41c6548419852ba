"""Account or plan: whether a passage tells what was done or what is to be done.

Work reports use the same bare verbs for both (建成投产A项目), so the passage decides: its sentences are weighed
by the cues of `data/moods.yaml`, and changes of mood are rare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from kg.errors import DataError
from kg.model import BlockKind
from kg.nlp.view import Page
from kg.tables import table

_HEADING_LENGTH = 40  # a line longer than this is no heading
_STOPS = "。！？；，.!?;,：:"
_GO_ON = ("：", ":", "；", ";")
_PRIOR = 99.0  # outside of plans an account is taken for granted
_SECTION = 12.0  # a heading that says which of the two begins
_MOST = 6.0  # what one sentence can say for either
_CHANGE = 12.0


@cache
def _cues() -> dict[str, Any]:
    held = table("kg.nlp", "moods")
    try:
        return {
            "plan": [(re.compile(p), float(w)) for p, w in held["plan"].items()],
            "account": [(re.compile(p), float(w)) for p, w in held["account"].items()],
            "sections": {name: re.compile(p) for name, p in held["sections"].items()},
            "goals": re.compile(held["goals"]),
            "documents": re.compile(held["documents"]),
        }
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise DataError(
            f"moods.yaml is not a table of cues: {error!r}; see the comment on its top"
        ) from error


def weight(text: str) -> float:
    """How much a stretch of text speaks for a plan (above 0) or an account (below 0)."""
    cues = _cues()
    total = 0.0
    for sign, name in ((1, "plan"), (-1, "account")):
        total += sign * sum(w * len(pattern.findall(text)) for pattern, w in cues[name])
    return total


def plans(page: Page) -> list[bool]:
    """For each sentence of the page, in order, whether it stands in a plan."""
    cues = _cues()
    title = f"{page.article.source.title or ''} {page.article.headline}"
    prior = 0.0 if cues["documents"].search(title) else -_PRIOR
    scores: list[float] = []
    for sentence in page.sentences:
        score = max(-_MOST, min(_MOST, weight(sentence.text)))
        line = sentence.text.strip()
        if sentence.kind is BlockKind.HEADING or (len(line) <= _HEADING_LENGTH and line[-1:] not in _STOPS):
            for name, value in (("plan", _SECTION), ("account", -_SECTION)):
                if cues["sections"][name].search(line):
                    score = value
        scores.append(score + prior)
    told = _smoothed(scores, [s.block for s in page.sentences])
    return [plan or goal for plan, goal in zip(told, _goals(page), strict=True)]


def _goals(page: Page) -> Iterator[bool]:
    """Whether each sentence tells goals: 今年的主要预期目标是：地区生产总值增长6.5%；固定资产投资增长10%."""
    begins = _cues()["goals"]
    block, goal, goes_on = -1, False, False
    for sentence in page.sentences:
        text = sentence.text.strip()
        if sentence.block != block:
            block, goal = sentence.block, goal and goes_on
        goal = goal or begins.search(text) is not None
        goes_on = text.endswith(_GO_ON)
        yield goal


def _smoothed(scores: list[float], blocks: list[int]) -> list[bool]:
    """The best run of moods when each change costs something, within a paragraph more than between two.

    Method: Viterbi (1967) with two states.
    """
    best = (0.0, 0.0)  # of the runs that end in an account, in a plan
    steps: list[tuple[bool, bool]] = []
    for i, score in enumerate(scores):
        cost = _CHANGE if i and blocks[i] == blocks[i - 1] else _CHANGE / 2
        came = (best[1] - cost >= best[0], best[1] > best[0] - cost)  # on a tie the change comes late
        best = (max(best[0], best[1] - cost) - score, max(best[1], best[0] - cost) + score)
        steps.append(came)
    found: list[bool] = []
    plan = best[1] > best[0]
    for came in reversed(steps):
        found.append(plan)
        plan = came[plan]
    return found[::-1]
