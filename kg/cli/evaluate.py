"""`kg evaluate`: the graph against annotations."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.common import console, open_graph, table
from kg.evaluate import Scores, from_graph, load_gold, score


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--errors", metavar="KIND", help="List misses and false claims of a type or predicate ('all' for all)."
)
@click.pass_context
def command(ctx: click.Context, gold: Path, as_json: bool, errors: str | None) -> None:
    """Score the graph against GOLD, a folder of annotations named after their sources (NAME.json).

    Prints precision, recall and F1 by entity type and predicate, and how far confidences hold.

    \b
    Examples:
      kg --kg build/seeds.kg evaluate tests/gold/seeds
      kg --kg build/seeds.kg evaluate tests/gold/seeds --errors chainLeader
    """
    found = from_graph(open_graph(ctx))
    scores = score(load_gold(gold), found)
    if as_json:
        figures = {
            f"{group}/{kind}": {
                "precision": row.precision,
                "recall": row.recall,
                "f1": row.f1,
                "gold": row.gold,
                "found": row.found,
            }
            for (group, kind), row in scores.rows.items()
        }
        click.echo(json.dumps(figures, indent=1))
        return
    out = console()
    rows = [
        (
            group if kind == "ALL" else f"  {kind}",
            *(f"{x:.3f}" for x in (r.precision, r.recall, r.f1)),
            r.gold,
            r.found,
        )
        for (group, kind), r in scores.rows.items()
    ]
    out.print(table(("", "P", "R", "F1", "gold", "found"), rows, right=(1, 2, 3, 4, 5)))
    out.print()
    out.print(table(("confidence", "claims", "right"), _reliability(scores), right=(1, 2)))
    if errors:
        for title, listed in (("missed", scores.missed), ("false", scores.false)):
            for doc, line in listed:
                if errors == "all" or errors in line.split(" | ")[0].split():
                    click.echo(f"{title}\t{doc}\t{line}")


def _reliability(scores: Scores) -> list[tuple[str, int, str]]:
    """Claims in bins of a tenth: how many there are and what share of them is right."""
    rows = []
    for low in range(9, -1, -1):
        hits = [right for value, right in scores.reliability if low <= min(value * 10, 9.999) < low + 1]
        if hits:
            rows.append((f"{low / 10:.1f}–{(low + 1) / 10:.1f}", len(hits), f"{sum(hits) / len(hits):.2f}"))
    return rows
