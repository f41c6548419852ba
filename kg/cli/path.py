"""`kg path`: how two things hang together, hop by hop, each with its sentence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.common import Language, console, either, indented, language, open_graph

if TYPE_CHECKING:
    from rich.console import Console

    from kg.query.paths import Path


@click.command("path")
@click.argument("one")
@click.argument("other")
@click.option(
    "--most",
    type=click.IntRange(1, 20),
    default=3,
    show_default=True,
    help="Paths of each sort, at most.",
)
@click.option("--through-places", is_flag=True, help="Also through counties, cities and provinces.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@language
@click.pass_context
def command(
    ctx: click.Context, one: str, other: str, most: int, through_places: bool, as_json: bool, lang: Language
) -> None:
    """Show the paths between two things, each hop with its sentence.

    First the shortest paths, then the best-evidenced ones: those whose hops are the surest together. Only what
    texts state counts. Paths lead through places only where nothing else joins the two, since much lies in one
    province.

    \b
    Examples:
      kg path 研一新材料 耀邦年产7400辆
      kg path firm/晶科能源股份有限公司 山西转型综改示范区 --lang en
    """
    from rich.text import Text

    from kg.errors import UsageError
    from kg.query import find
    from kg.query.paths import paths

    graph, say = open_graph(ctx), either(lang)
    start, end = find(graph, one), find(graph, other)
    if start.iri == end.iri:
        raise UsageError(f"{one!r} and {other!r} are one thing, {start.label}; name two")
    found = paths(graph, start.iri, end.iri, most=most, through_places=through_places)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1, default=str))
        return
    out = console()
    if not found.shortest:
        out.print(say("没有原文明说的路径", "no path of stated facts joins the two"))
        return
    if found.through_places and not through_places:
        out.print(Text(say("只经行政区划相连", "joined only through places"), style="dim"))
    _print(out, say("最短路径", "Shortest paths"), found.shortest, lang)
    if found.surest == found.shortest:
        out.print(Text(say("依据最足的也是这些", "These are the best evidenced, too"), style="dim"))
    else:
        out.print()
        _print(out, say("依据最足的路径", "Best-evidenced paths"), found.surest, lang)


def _print(out: Console, title: str, found: Sequence[Path], lang: Language) -> None:
    from rich.text import Text

    from kg.ontology import labels

    names, say = labels(lang), either(lang)
    out.print(Text(title, style="bold"))
    for number, path in enumerate(found, 1):
        count, sure = len(path.hops), f"{path.confidence:.2f}"
        head = say(f"{number}. {count} 步，把握 {sure}", f"{number}. {count} hops, confidence {sure}")
        out.print(Text(f"  {head}", style="dim"))
        out.print(indented("     ", Text(path.hops[0].source.label)))
        for hop in path.hops:
            label = names.get(hop.predicate, hop.predicate)
            arrow = f"—{label}→ " if hop.forward else f"←{label}— "
            out.print(indented(f"       {arrow}", Text(f"{hop.target.label}  {hop.confidence}")))
            source = " ".join(part for part in (hop.headline, hop.published) if part)
            quote = f"“{' '.join(hop.quote.split())}” ——{source}"
            out.print(indented("           ", Text(quote, style="dim")))
