"""`kg evaluate`: the graph against annotations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import console, open_graph, table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.evaluate import Scores


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--errors", metavar="KIND", help="List misses and false claims of a type or predicate ('all' for all)."
)
@click.pass_context
def command(ctx: click.Context, gold: Path, as_json: bool, errors: str | None) -> None:
    """Score the graph against annotations.

    GOLD is a folder of annotations named after their sources (NAME.json). Prints precision, recall and F1
    by entity type and predicate, and how far confidences hold.

    \b
    Examples:
      kg evaluate tests/gold/seeds
      kg evaluate tests/gold/seeds --errors chainLeader
      kg evaluate tests/gold/seeds --json
    """
    from kg.evaluate import from_graph, load_gold, score

    wanted = load_gold(gold)
    found = from_graph(open_graph(ctx))
    scores = score(wanted, found)
    kinds = [kind for _, kind in scores.rows if kind != "ALL"]
    if errors is not None and errors not in ("all", *kinds):
        raise UsageError(f"--errors {errors}: is neither 'all' nor one of {', '.join(kinds)}")
    absent = sorted(wanted.keys() - found.keys())
    if absent:
        click.echo(
            f"{len(absent)} of {len(wanted)} annotated sources are not in the graph: {_some(absent)}",
            err=True,
        )
    if as_json:
        click.echo(json.dumps(_figures(scores), indent=1))
        return
    out = console()
    rows = [
        (group if kind == "ALL" else f"  {kind}", *(f"{x:.3f}" for x in r.shares), r.gold, r.found)
        for (group, kind), r in scores.rows.items()
    ]
    out.print(table(("", "P", "R", "F1", "gold", "found"), rows, right=(1, 2, 3, 4, 5)))
    out.print()
    out.print(table(("confidence", "claims", "right"), _reliability(scores), right=(1, 2)))
    if errors:
        for title, listed in (("missed", scores.missed), ("false", scores.false)):
            for error in listed:
                if errors in ("all", error.kind):
                    click.echo(f"{title}\t{error.source}\t{error.kind}\t{error.text}")


def _figures(scores: Scores) -> dict[str, dict[str, float]]:
    return {
        f"{group}/{kind}": {
            **dict(zip(("precision", "recall", "f1"), row.shares, strict=True)),
            "gold": row.gold,
            "found": row.found,
        }
        for (group, kind), row in scores.rows.items()
    }


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (", …" if len(names) > 5 else "")


def _reliability(scores: Scores) -> list[tuple[str, int, str]]:
    """Claims in bins of a tenth: how many there are and what share of them is right."""
    rows = []
    for low in range(9, -1, -1):
        hits = [right for value, right in scores.reliability if low <= min(value * 10, 9.999) < low + 1]
        if hits:
            rows.append((f"{low / 10:.1f}–{(low + 1) / 10:.1f}", len(hits), f"{sum(hits) / len(hits):.2f}"))
    return rows
