"""`kg merges`: which names were, or were not, taken for one thing, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import (
    Language,
    console,
    either,
    indented,
    language,
    open_graph,
)
from kg.cli.listing import hand_over, listing

if TYPE_CHECKING:
    from rich.console import Console

    from kg.graph import Graph
    from kg.model import Decision
    from kg.query.identity import Identity

_KINDS = (
    "zone",
    "park",
    "firm",
    "project",
    "chain",
    "industry",
    "product",
    "place",
    "institution",
    "person",
)
_SHOWN = 20


@click.command("merges")
@click.argument("name", required=False)
@click.option(
    "--only", type=click.Choice(["merged", "apart"]), help="Only merges, or only refusals to merge."
)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Only things of these kinds.")
@listing("Decisions", _SHOWN)
@language
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    only: str | None,
    kinds: tuple[str, ...],
    limit: int,
    form: str,
    output: Path | None,
    lang: Language,
) -> None:
    """Show which names were taken for one thing, and why.

    Each merge (=) and each refusal to merge (≠) of names in different articles has a score, which says how sure it is
    that they are one, and a reason. The least certain come first. NAME, any name of a thing, explains one: what
    each article calls it, what was merged into it, and what was kept apart from it. kg curate mends what is wrong.

    \b
    Examples:
      kg merges
      kg merges 左云经开区
      kg merges --kind firm --kind project --only merged --lang en
      kg merges -o merges.csv
    """
    from kg.query.identity import decisions_as, identity

    graph, say = open_graph(ctx), either(lang)
    about = identity(graph, name) if name else None
    everything = about.decisions if about else graph.decisions()
    found = [
        d
        for d in everything
        if (only is None or d.merged == (only == "merged"))
        and (not kinds or d.kept.partition("/")[0] in kinds)
    ]
    if form != "text":
        count = say(f"{len(found)} 条", f"{len(found)} decisions")
        hand_over(decisions_as(form, found, lang), output, count)
    else:
        out = console()
        if about is not None:
            _head(out, about, graph, lang)
        _print(out, graph, found, limit, lang)


def _head(out: Console, about: Identity, graph: Graph, lang: Language) -> None:
    """The thing, and what each article calls it."""
    from rich.text import Text

    from kg.ontology import labels

    thing, say = about.thing, either(lang)
    kind = labels(lang).get(thing.kind, thing.kind)
    out.print(Text.assemble((thing.label, "bold"), "  ", (kind, "dim")))
    out.print(Text(thing.iri, style="dim"))
    out.print()
    out.print(
        say(f"{len(about.namings)} 篇文章这样称它", f"What {len(about.namings)} articles call it"),
        style="bold",
    )
    for naming in about.namings:
        forms = "、".join(f"{form} ×{count}" if count > 1 else form for form, count in naming.forms)
        where = " ".join(filter(None, (_id(graph, naming.article), naming.headline, naming.published)))
        out.print(indented("  ", Text.assemble(forms, "  ", (where, "dim"))))
    out.print()


def _id(graph: Graph, article: str) -> str:
    return (graph.iris.entity_id(article) or article).removeprefix("article/")


def _print(out: Console, graph: Graph, found: Sequence[Decision], limit: int, lang: Language) -> None:
    from kg.query.identity import headlines

    say = either(lang)
    shown = found[:limit] if limit else found
    titles = headlines(graph) if shown else {}
    for decision in shown:
        for line in _lines(decision, graph, titles, lang):
            out.print(line)
    merged = sum(d.merged for d in found)
    if shown:
        out.print()
    out.print(
        say(
            f"合并 {merged} 条，分开 {len(found) - merged} 条；校订见 kg curate --help",
            f"{merged} merges, {len(found) - merged} refusals; kg curate mends them",
        )
    )
    if more := len(found) - len(shown):
        out.print(say(f"… 另有 {more} 条，见 --limit 0 或 -o", f"… {more} more, see --limit 0 or -o"))


def _lines(decision: Decision, graph: Graph, titles: dict[str, str], lang: Language) -> Iterable[object]:
    """A decision: score and names, its reason, the two articles."""
    from rich.text import Text

    say, (one, other) = either(lang), decision.names
    sign = "=" if decision.merged else "≠"
    line = Text.assemble((one, "bold"), f" {sign} ", (other, "bold"))
    line.append(f"  {decision.kept}" + ("" if decision.merged else f" {sign} {decision.other}"), style="dim")
    yield indented(f"{decision.score:.2f}  ", line)
    reason = say(decision.reason, decision.reason_en)
    if decision.count > 1:
        reason += say(f"（{decision.count} 处）", f" ({decision.count} pairs)")
    yield indented("      ", Text(reason))
    where = dict.fromkeys(
        f"{article} {titles.get(graph.iris.article(article), '')}".strip() for article in decision.articles
    )
    yield indented("      ", Text(" · ".join(where), style="dim"))
