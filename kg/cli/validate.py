"""`kg validate`: does the graph keep its contract, and what was set aside."""

from __future__ import annotations

import click

from kg.cli.common import Language, console, either, language, open_graph, table


@click.command("validate")
@language
@click.pass_context
def command(ctx: click.Context, lang: Language) -> None:
    """Check the graph against its shapes.

    Every quote and mention is checked against its article too. Lists what breaks the shapes (exit code 1)
    and the claims that the build set aside, with the reason.

    \b
    Examples:
      kg validate
    """
    from kg.graph.validation import validate

    graph, out, say = open_graph(ctx), console(), either(lang)
    broken, aside = validate(graph, lang), graph.rejected()
    if broken:
        rows = [(v.focus.removeprefix(graph.iris.id_base), v.message) for v in broken]
        out.print(table((say("节点", "node"), say("问题", "problem")), rows))
    out.print(say(f"不合约束：{len(broken)}", f"Violations: {len(broken)}"))
    if aside:
        header = (
            say("文章", "article"),
            say("事实", "claim"),
            say("原因", "reason"),
            say("原文", "sentence"),
        )
        out.print()
        out.print(table(header, [(r.article, r.claim, say(r.reason, r.reason_en), r.quote) for r in aside]))
    out.print(say(f"构建时搁置：{len(aside)}", f"Set aside at build: {len(aside)}"))
    if broken:
        ctx.exit(1)
