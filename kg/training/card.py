"""The model card: from what the learned parts were made, what they are worth, where they end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from kg.evaluate.documents import GROUPS
from kg.evaluate.scoring import Row

if TYPE_CHECKING:
    from kg.training.making import Made

_OPENING = """# The learned reader

A small network that reads names in Chinese economic news and reports (zones, parks, firms, projects, chains,
industries, products, places, institutions, persons), a judge that weighs it against the rules, and tables by
which rules and claims are weighed. Made by `kg train`; the same files give the same bytes.

## How it works
The states of the LAC tagger (frozen) and the marks of the rules run through one bidirectional GRU. One layer tells
where names begin and end, a perceptron what each stretch between is. The judge, a logistic regression, makes of the
network's and the rules' word on a stretch, on its rivals and on the same name elsewhere in the article one
probability. Confidences of claims are a logistic regression too.
"""

_LIMITS = """## Limits
- Made from articles and report sections in simplified Chinese of 2019 to 2026, most of them on one page. Older texts,
  traditional characters, tables and bids were not among them.
- Industries and products are a matter of degree: annotators name those a text makes something of. Expect the
  scores above, not better.
- The network sees some two hundred characters at once. That a short name was introduced far above is known only to
  the judge, and only if it stands there in the same form.
- A probability holds for texts like those it was made from. On others, look at `kg evaluate` with annotations of
  your own, and train anew.
"""


def card(made: Made) -> str:
    """The card in Markdown."""
    lines = [_OPENING, "## Made from"]
    lines.append(f"{made.sources} annotated sources; {made.confidence.claims} claims judged. Training:")
    lines.append(", ".join(f"{name} {value}" for name, value in asdict(made.plan).items()) + ".\n")
    lines.append(
        f"## Scores\nOn articles left out: the sources were dealt out over {made.folds} folds, and each fold was read "
        "with tables, network and judge\nmade from the others. The published parts are made from all."
    )
    lines += ["\n### Names, once a source", *_table(made.names)]
    rows = {
        (kind if kind != "ALL" else f"all: {group}"): row
        for (group, kind), row in made.scores.rows.items()
        if kind == "ALL" or GROUPS.get(kind) == "relation"
    }
    lines += ["\n### Entities and facts, as `kg evaluate` counts", *_table(rows)]
    lines += ["\n### Confidence of claims", "| from | to | claims | right | share |", "|---|---|---|---|---|"]
    lines += [
        f"| {b.low:.1f} | {b.high:.1f} | {b.claims} | {b.right} | {b.share:.2f} |"
        for b in made.confidence.held_out.bins
    ]
    lines.append(f"\nExpected calibration error: {made.confidence.held_out.error:.3f}.\n")
    return "\n".join([*lines, _LIMITS])


def _table(rows: Mapping[str, Row]) -> Iterable[str]:
    yield "| | P | R | F1 | annotated | found |"
    yield "|---|---|---|---|---|---|"
    for name, row in rows.items():
        shares = " | ".join(f"{x:.3f}" for x in row.shares)
        yield f"| {name} | {shares} | {row.gold} | {row.found} |"
