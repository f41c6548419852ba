"""`kg show`: an entity with its names and facts, each with its sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from itertools import groupby

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from kg.cli.common import console, language, open_graph
from kg.ontology import labels
from kg.query import Fact, describe
from kg.query.facts import Description
from kg.query.wording import figure, words


@click.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--brief", is_flag=True, help="Leave the sentences out.")
@language
@click.pass_context
def command(ctx: click.Context, name: str, as_json: bool, brief: bool, lang: str) -> None:
    """Show what is known of NAME (any name, alias or IRI), each fact with its sentence.

    What was computed rather than read stands apart, at the end.

    \b
    Examples:
      kg show 左云经开区
      kg show 耀邦 --brief
      kg show zone/左云经济技术开发区 --json
    """
    found = describe(open_graph(ctx), name)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1, default=str))
        return
    _print(console(), found, lang, brief)


def _print(out: Console, found: Description, lang: str, brief: bool) -> None:
    names, thing = labels(lang), found.thing
    out.print(Text.assemble((thing.label, "bold"), "  ", (names.get(thing.kind, thing.kind), "dim")))
    if thing.aliases:
        out.print(Text(words("also", lang) + " " + "、".join(thing.aliases), style="dim"))
    out.print(Text(thing.iri, style="dim"))
    own = [f for f in found.stated if f.subject == thing.iri]
    others = [f for f in found.stated if f.subject != thing.iri]
    for facts, inverse in ((own, False), (others, True)):
        for predicate, group in groupby(facts, key=lambda f: f.predicate):
            title = names.get(predicate, predicate) + (words("inverse", lang) if inverse else "")
            out.print()
            out.print(Text(title, style="bold"))
            for fact in group:
                _fact(out, fact, names, lang, inverse, brief)
    if found.derived:
        out.print()
        out.print(Text(words("derived", lang), style="bold"))
        for fact in found.derived:
            label = fact.object_label if fact.subject == thing.iri else fact.subject_label
            arrow = "→" if fact.subject == thing.iri else "←"
            out.print(Text(f"  {names.get(fact.predicate, fact.predicate)} {arrow} {label}"))


def _fact(out: Console, fact: Fact, names: Mapping[str, str], lang: str, inverse: bool, brief: bool) -> None:
    what = fact.subject_label if inverse else figure(fact, names)
    notes = [n for n in (fact.title, fact.product, fact.of, fact.date) if n]
    if fact.modality != "asserted":
        notes.append(names.get(fact.modality, fact.modality))
    line = Text(f"  {what}")
    if notes:
        line.append("  " + " · ".join(notes), style="dim")
    out.print(line)
    if not brief and fact.quote:
        where = " ".join(x for x in (fact.headline, fact.published) if x)
        quote = Text(f"“{fact.quote}”", style="italic")
        quote.append(f"  {where}  {fact.confidence}", style="dim")
        out.print(Padding(quote, (0, 0, 0, 4)))
