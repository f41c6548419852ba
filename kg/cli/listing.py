"""What commands that list findings share: how many, in which form, and where to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.cli.common import opening, output_form, write_output

_Command = TypeVar("_Command", bound=Callable[..., Any])


def listing(what: str, shown: int) -> Callable[[_Command], _Command]:
    """The options `--limit` (of `what`, `shown` by default), `--format` and `-o` (`limit`, `form`, `output`)."""
    options = (
        click.option(
            "--limit",
            type=click.IntRange(min=0),
            default=shown,
            show_default=True,
            help=f"{what} on the terminal, 0 for all.",
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(["text", "json", "csv"]),
            default="text",
            show_default=True,
            help="How to print them.",
            callback=_form,
        ),
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            is_eager=True,
            help="Write to a file instead: .json or .csv.",
        ),
    )

    def add(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def _form(ctx: click.Context, _: click.Parameter, form: str) -> str:
    """The form that is asked for; a file's ending says its own. Raises UsageError for another ending."""
    return output_form(ctx.params.get("output")) or form


def hand_over(text: str, output: Path | None, count: str) -> None:
    """Write a text to the file that is asked for, saying how much it is, or else print it."""
    if output is None:
        click.echo(text, nl=False)
    else:
        write_output(output, text)
        click.echo(f"{opening(output)}  ({count})")
