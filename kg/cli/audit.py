"""`kg audit`: what does not add up, in the texts and in what was read from them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import (
    Language,
    ProgressBar,
    console,
    either,
    indented,
    language,
    open_graph,
    table,
)
from kg.cli.listing import hand_over, listing

if TYPE_CHECKING:
    from rich.console import Console

    from kg.audit import Finding
    from kg.graph import Queryable

_KINDS = ("ratio", "sum", "count", "span", "unit", "figure", "order", "chains")
_SEVERITIES = ("high", "medium", "low")
_CAUSES = ("source", "reading", "open")
_SHOWN = 20


@click.command("audit")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Only these kinds.")
@click.option(
    "--severity", type=click.Choice(_SEVERITIES), default="low", help="Only these and graver.  [default: low]"
)
@click.option("--cause", "causes", multiple=True, type=click.Choice(_CAUSES), help="Only likelier these.")
@click.option("--about", metavar="NAME", help="Only what concerns this thing (any of its names).")
@listing("Findings", _SHOWN)
@language
@click.pass_context
def command(
    ctx: click.Context,
    kinds: tuple[str, ...],
    severity: str,
    causes: tuple[str, ...],
    about: str | None,
    limit: int,
    form: str,
    output: Path | None,
    lang: Language,
) -> None:
    """List what does not add up, each with its sentences.

    \b
    ratio   a share, rate or growth that its own numbers do not give
    sum     parts that do not sum to their whole
    count   a stated count against the items listed
    span    2020年至2022年，四年; days that do not exist
    unit    the same figure apart by a power of ten
    figure  figures of one thing that differ, in one article or between two
    order   phases out of order
    chains  one firm in several chains

    The gravest come first. Each says whether the source or our own reading is likelier at fault, and why.

    \b
    Examples:
      kg audit
      kg audit --severity medium --cause source
      kg audit --about 左云经开区 --lang en
      kg audit -o audit.csv
    """
    from kg.audit import Kind, audit
    from kg.audit.report import findings_as

    graph, say = open_graph(ctx), either(lang)
    progress = ProgressBar({"articles": say("读文章", "Articles"), "claims": say("比事实", "Claims")})
    try:
        found = audit(graph, [Kind(k) for k in kinds] or tuple(Kind), progress)
    finally:
        progress.close()
    grave = _SEVERITIES[: _SEVERITIES.index(severity) + 1]
    found = [f for f in found if f.severity in grave and (not causes or f.cause in causes)]
    if about:
        found = _about(graph, about, found)
    if form != "text":
        count = say(f"{len(found)} 处", f"{len(found)} findings")
        hand_over(findings_as(form, found, lang), output, count)
    else:
        _print(found, limit, lang)


def _about(graph: Queryable, name: str, found: list[Finding]) -> list[Finding]:
    """Findings on a thing, or in whose sentences it is named."""
    from kg.query import find

    thing = find(graph, name)
    names = (thing.label, *thing.aliases)
    return [
        f
        for f in found
        if (f.about and f.about[0] == thing.iri) or any(n in e.quote for e in f.evidence for n in names)
    ]


def _print(found: list[Finding], limit: int, lang: Language) -> None:
    out, say = console(), either(lang)
    if not found:
        out.print(say("没有发现对不上的地方", "Everything adds up, as far as was checked"))
        return
    shown = found[:limit] if limit else found
    for finding in shown:
        _print_one(out, finding, lang)
    _print_counts(out, found, lang)
    if more := len(found) - len(shown):
        out.print(say(f"… 另有 {more} 处，见 --limit 0 或 -o", f"… {more} more, see --limit 0 or -o"))


def _print_one(out: Console, finding: Finding, lang: Language) -> None:
    from rich.text import Text

    from kg.audit.report import in_words, word

    lead = f"{word(finding.severity, lang)} · {word(finding.kind, lang)}"
    out.print(Text.assemble((lead + "  ", "bold"), in_words(finding.what, lang)))
    why = f"{word(finding.cause, lang)}: " if lang == "en" else f"{word(finding.cause, lang)}："
    out.print(indented("  ", Text(why + in_words(finding.why, lang), style="dim")))
    article = None
    for evidence in finding.evidence:
        if evidence.article != article:
            article = evidence.article
            about = " ".join(x for x in (evidence.headline, evidence.published) if x)
            out.print(indented("  ", Text(about, style="dim")))
        out.print(indented("    ", Text(" ".join(evidence.quote.split()))))
    out.print()


def _print_counts(out: Console, found: list[Finding], lang: Language) -> None:
    """How many of each kind, by severity and by cause."""
    from kg.audit import Cause, Kind, Severity
    from kg.audit.report import word

    say = either(lang)
    columns = (*Severity, *Cause)
    header = (say("种类", "kind"), *(word(c, lang) for c in columns), say("共", "all"))
    counts = Counter((f.kind, c) for f in found for c in (f.severity, f.cause))
    rows = [
        (word(kind, lang), *(counts[kind, c] or "" for c in columns), sum(f.kind == kind for f in found))
        for kind in Kind
        if any(f.kind == kind for f in found)
    ]
    rows.append(
        (say("合计", "all"), *(sum(c in (f.severity, f.cause) for f in found) for c in columns), len(found))
    )
    out.print(table(header, rows, right=range(1, len(header))))
