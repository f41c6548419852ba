"""`kg remove`: documents go out of the graph again."""

from __future__ import annotations

import click

from kg.cli.build import NAMES, findings, heading
from kg.cli.common import Language, ProgressBar, Target, console, either, language


@click.command("remove")
@click.argument("sources", nargs=-1, required=True)
@language
@click.pass_obj
def command(target: Target, sources: tuple[str, ...], lang: Language) -> None:
    """Take documents out of the graph again.

    SOURCES are file names, with or without their ending (kg info --sources lists them). All that only they
    support goes with them, and the graph is as if they had never been read. Nothing is removed if one of
    them is not there. The files themselves stay where they are.

    \b
    Examples:
      kg --kg shanxi.kg remove report.pdf
      kg --kg shanxi.kg remove 000_998ec1c894b506bd 003_e411cce8968547f8 --lang en
    """
    from kg.building import remove

    say = either(lang)
    tell = ProgressBar(NAMES[lang])
    try:
        report = remove(sources, target.path, settings=target.settings, progress=tell)
    finally:
        tell.close()
    heading(report, lang)
    console().print(say(f"移除 {report.removed} 个来源", f"Sources removed: {report.removed}"))
    findings(report, lang)
