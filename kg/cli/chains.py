"""`kg chains`: the chain templates, and the check of one's own."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import Language, Target, console, either, language, table

if TYPE_CHECKING:
    from kg.ontology import Template


@click.group("chains", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List, show and check chain templates.

    A template is the reference that a zone's chain is laid over: its segments with tier, what feeds what, codes
    of GB/T 4754 and the keywords by which firms and projects are placed. Templates are Turtle files. To add
    your own, write a .ttl file, check it, put it into a folder and name that in the settings (chains = "folder").

    \b
    Examples:
      kg chains
      kg chains show 光伏
      kg chains check pv.ttl
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(_list)


@command.command("list")
@language
@click.pass_context
def _list(ctx: click.Context, lang: Language = "zh") -> None:
    """List the templates: those of the package and your own."""
    from kg.chains.wording import word

    say = either(lang)
    rows = [
        (
            t.id,
            say(t.label_zh, t.label_en),
            len(t.segments),
            sum(s.critical for s in t.segments),
            "、".join(t.aliases),
        )
        for t in _templates(ctx)
    ]
    head = (
        "id",
        word("chain", lang),
        say("环节", "Segments"),
        word("critical", lang),
        say("又称", "Also called"),
    )
    console().print(table(head, rows, right=(2, 3)))


@command.command("show")
@click.argument("name")
@language
@click.pass_context
def _show(ctx: click.Context, name: str, lang: Language) -> None:
    """Show a template's segments: what feeds what, codes and keywords."""
    from kg.chains.templates import template_named
    from kg.chains.wording import word
    from kg.errors import UsageError
    from kg.ontology import labels

    known = _templates(ctx)
    template = template_named(name, known)
    if template is None:
        raise UsageError(
            f"no chain template is called {name!r}; there are: {'、'.join(t.label_zh for t in known)}"
        )
    names, say = labels(lang), either(lang)
    every = {s.id: say(s.label_zh, s.label_en) for t in known for s in t.segments}
    rows = [
        (
            names[s.tier],
            s.id,
            every[s.id],
            word("yes", lang) if s.critical else "",
            "、".join(every.get(fed, fed) for fed in s.feeds),
            " ".join(s.codes),
            "、".join((*s.keywords, *(f"({k})" for k in s.context))),
        )
        for s in template.segments
    ]
    head = [
        word("tier", lang), "id", word("segment", lang), word("critical", lang), say("供给", "Feeds"),
        word("code", lang),
        say("关键词（括号内的只在本链内算）", "Keywords (those in brackets only inside the chain)"),
    ]  # fmt: skip
    out = console()
    out.print(f"{template.id}  {say(template.label_zh, template.label_en)}", style="bold")
    out.print(say("又称 ", "also ") + "、".join(template.aliases), style="dim")
    out.print(table(head, rows))


@command.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_context
def _check(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Check templates of your own: FILES are Turtle files.

    Says of each fault what it is and how to mend it; the exit code is then 1. They may refer to the segments of
    the package and of your other templates.
    """
    from kg.ontology import read_templates
    from kg.ontology_check import check_templates

    problems = check_templates(files, _templates(ctx, files))
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(1)
    for template in read_templates(files):
        critical = sum(s.critical for s in template.segments)
        click.echo(
            f"{template.id}: {template.label_zh} / {template.label_en}, "
            f"{len(template.segments)} segments, {critical} of them critical: no fault found"
        )


def _templates(ctx: click.Context, without: Collection[Path] = ()) -> tuple[Template, ...]:
    """The templates of the package and of the settings, but for those whose place some files would take."""
    from kg.ontology import read_templates, template_files

    target = ctx.find_object(Target)
    assert target is not None
    files = template_files(target.settings.chain_files())
    left_out = {file.name for file in without}
    return read_templates([file for file in files if file.name not in left_out])
