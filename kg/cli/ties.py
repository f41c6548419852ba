"""What `kg suppliers` and `kg customers` print: three strengths, each under its own heading, never mixed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.common import Language, console, either, indented, language, open_graph
from kg.cli.places import actor_named
from kg.cli.sentences import Sentences

if TYPE_CHECKING:
    from rich.text import Text

    from kg.chains.landscape import Landscape
    from kg.chains.supplies import Tie

_MOST = 20  # potential ties on the terminal

_HEADS = {
    "suppliesTo": ("原文明说", "Stated in a text", "没有文章这样说", "no article says so"),
    "memberUnderLeader": (
        "链主与成员（推算：同一条链上，一方是链主）",
        "Member and leader (computed: one leads the chain of the other)",
        "没有",
        "none",
    ),
    "potentialSupplierOf": (
        "可能（推算：同在一地，一方的环节供给另一方的环节；原文没有说）",
        "Potential (computed: in one place, a segment of the one feeds a segment of the other; no text says so)",
        "没有",
        "none",
    ),
}

Asked = Callable[["Landscape", str], "Sequence[Tie]"]


def options(command: Callable[..., None]) -> Callable[..., None]:
    """The argument and options of both commands."""
    for add in (
        click.pass_context,
        language,
        click.option("--json", "as_json", is_flag=True, help="Print everything as JSON."),
        click.option(
            "--all", "everything", is_flag=True, help=f"Also the potential ones beyond the first {_MOST}."
        ),
        click.option("--brief", is_flag=True, help="Leave the sentences out."),
        click.argument("name"),
    ):
        command = add(command)
    return command


def show(
    ctx: click.Context,
    name: str,
    asked: Asked,
    end: str,
    title: tuple[str, str],
    *,
    brief: bool,
    everything: bool,
    as_json: bool,
    lang: Language,
) -> None:
    """Print the ties of a firm or project; `end` says which end of each is the other (supplier, customer)."""
    from rich.text import Text

    from kg.chains import Landscape
    from kg.ontology import labels

    graph, say = open_graph(ctx), either(lang)
    thing = actor_named(graph, name)
    ties = asked(Landscape(graph), thing.iri)
    if as_json:
        told = {strength: [asdict(t) for t in ties if t.strength == strength] for strength in _HEADS}
        click.echo(json.dumps({"of": asdict(thing), **told}, ensure_ascii=False, indent=1, default=str))
        return
    out, sentences = console(), Sentences(lang)
    out.print(Text.assemble((thing.label, "bold"), "  ", (labels(lang)[thing.kind], "dim")))
    out.print(Text(say(*title), style="dim"))
    for strength, (zh, en, none_zh, none_en) in _HEADS.items():
        found = [tie for tie in ties if tie.strength == strength]
        shown = found if everything or strength != "potentialSupplierOf" else found[:_MOST]
        out.print()
        out.print(Text(f"{say(zh, en)}  {len(found) or ''}".rstrip(), style="bold"))
        if not found:
            out.print(Text("  " + say(none_zh, none_en), style="dim"))
        for tie in shown:
            out.print(indented("  ", _line(tie, end, sentences, lang)))
        if len(found) > len(shown):
            more = len(found) - len(shown)
            out.print(Text(say(f"  … 另有 {more} 家，见 --all", f"  … {more} more, see --all"), style="dim"))
    for part in () if brief else sentences.parts():
        out.print(part)


def _line(tie: Tie, end: str, sentences: Sentences, lang: Language) -> Text:
    from rich.text import Text

    from kg.ontology import labels

    names = labels(lang)
    other = tie.supplier if end == "supplier" else tie.customer
    moods = sorted({one.modality for one in tie.evidence} - {"asserted"})
    line = Text(other.label)
    if moods:
        line.append(f"  [{'、'.join(names[mood] for mood in moods)}]", style="bold")
    phase = [names[other.phases[-1]]] if other.phases else []
    about = [*phase, *tie.via, *_pairs(tie, lang), sentences.cite(tie.evidence)]
    line.append("".join(f"  {part}" for part in about if part), style="dim")
    return line


def _pairs(tie: Tie, lang: Language) -> list[str]:
    return [" → ".join(s.label_zh if lang == "zh" else s.label_en for s in pair) for pair in tie.feeds]
