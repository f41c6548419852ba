"""`kg unread`: sentences from which nothing was taken."""

from __future__ import annotations

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
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.audit import Unread
    from kg.graph import Queryable

_SHOWN = 30


@click.command("unread")
@click.argument("article", required=False)
@listing("Sentences", _SHOWN)
@language
@click.pass_context
def command(
    ctx: click.Context, article: str | None, limit: int, form: str, output: Path | None, lang: Language
) -> None:
    """List the sentences from which nothing was taken.

    They speak of zones, parks, firms, projects or chains, and no fact of the graph rests on them: what the
    graph does not know. The most telling come first. ARTICLE, if given, is part of a headline or of an IRI.

    \b
    Examples:
      kg unread
      kg unread 云冈 --limit 10
      kg unread -o unread.csv
    """
    from kg.audit import unread
    from kg.audit.report import unread_as

    graph, say = open_graph(ctx), either(lang)
    found = _chosen(graph, unread(graph), article)
    if form != "text":
        count = say(f"{len(found)} 句", f"{len(found)} sentences")
        hand_over(unread_as(form, found), output, count)
    else:
        _print(found, limit, lang)


def _chosen(graph: Queryable, found: list[Unread], article: str | None) -> list[Unread]:
    """The sentences of the articles that a text names; UsageError if it names none."""
    if article is None:
        return found
    from kg.query.identity import headlines

    wanted = {iri for iri, headline in headlines(graph).items() if article in headline or article in iri}
    if not wanted:
        raise UsageError(f"no article has {article!r} in its headline or IRI; kg query lists what there is")
    return [u for u in found if u.evidence.article in wanted]


def _print(found: list[Unread], limit: int, lang: Language) -> None:
    from rich.text import Text

    out, say = console(), either(lang)
    shown = found[:limit] if limit else found
    for u in shown:
        out.print(indented(f"{u.score:>3}  ", Text(" ".join(u.evidence.quote.split()))))
        notes = " · ".join((u.evidence.headline, *u.words[:6]))
        out.print(indented("     ", Text(notes, style="dim")))
    out.print()
    out.print(
        say(f"没有读出事实的句子：{len(found)}", f"Sentences from which nothing was taken: {len(found)}")
    )
    if more := len(found) - len(shown):
        out.print(say(f"… 另有 {more} 句，见 --limit 0 或 -o", f"… {more} more, see --limit 0 or -o"))
