"""Account or plan: whether a passage tells what was done or what is to be done.

Work reports use the same bare verbs for both (建成投产A项目), so the passage decides: its sentences are weighed
by the cues of `data/moods.yaml`, with those of the neighbouring sentences at half weight.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kg.errors import DataError
from kg.model import BlockKind
from kg.nlp.view import Page

_HEADING_LENGTH = 40  # a line longer than this is no heading
_PRIOR = 99.0  # an account is taken for granted in this weight outside of plans
_SECTION = 4.0


@cache
def _cues() -> dict[str, Any]:
    table = yaml.safe_load((files("kg.nlp") / "data" / "moods.yaml").read_text(encoding="utf-8"))
    try:
        return {
            "plan": [(re.compile(p), float(w)) for p, w in table["plan"].items()],
            "account": [(re.compile(p), float(w)) for p, w in table["account"].items()],
            "sections": {name: re.compile(p) for name, p in table["sections"].items()},
            "documents": re.compile(table["documents"]),
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
    section = 0.0
    own: list[float] = []
    sections: list[float] = []
    for sentence in page.sentences:
        if sentence.kind is BlockKind.HEADING or len(sentence.text) <= _HEADING_LENGTH:
            for name, value in (("plan", _SECTION), ("account", -_SECTION)):
                if cues["sections"][name].search(sentence.text):
                    section = value
        own.append(max(-6.0, min(6.0, weight(sentence.text))))
        sections.append(section)
    blocks: dict[int, float] = {}
    for sentence, value in zip(page.sentences, own, strict=True):
        blocks[sentence.block] = blocks.get(sentence.block, 0.0) + value
    found = []
    for i, sentence in enumerate(page.sentences):
        near = own[i] + sum(own[max(0, i - 2) : i]) / 2 + sum(own[i + 1 : i + 3]) / 2
        block = max(-6.0, min(6.0, blocks[sentence.block])) / 2
        found.append(near + block + sections[i] + prior > 0)
    return found
