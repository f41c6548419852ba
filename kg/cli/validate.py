"""`kg validate`: does the graph keep its contract, and what was set aside."""

from __future__ import annotations

import sys

import click

from kg.cli.common import console, language, open_graph, table
from kg.graph.validation import validate


@click.command("validate")
@language
@click.pass_context
def command(ctx: click.Context, lang: str) -> None:
    """Check the graph against its shapes and every quote against its article.

    Lists what breaks them (exit code 1) and the claims that a build set aside, with the reason.

    \b
    Examples:
      kg validate
    """
    graph, out = open_graph(ctx), console()
    broken, aside = validate(graph, lang), graph.rejected()
    zh = lang == "zh"
    if broken:
        out.print(
            table(
                ("节点" if zh else "node", "问题" if zh else "problem"),
                [(v.focus, v.message) for v in broken],
            )
        )
    out.print(f"不合约束:{len(broken)}" if zh else f"Violations: {len(broken)}")
    if aside:
        out.print()
        rows = [(r.article, r.claim, r.reason) for r in aside]
        header = ("文章", "事实", "原因") if zh else ("article", "claim", "reason")
        out.print(table(header, rows))
    out.print(f"构建时搁置:{len(aside)}" if zh else f"Set aside at build: {len(aside)}")
    sys.exit(1 if broken else 0)
