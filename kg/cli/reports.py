"""What commands that write reports share: the file that is asked for, and saying what was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.common import opening

if TYPE_CHECKING:
    from kg.chains.report import Report

_Command = TypeVar("_Command", bound=Callable[..., Any])


def report_file(about: str) -> Callable[[_Command], _Command]:
    """The option `-o` of commands that write a report; UsageError for an ending that is none of a report's."""
    return click.option("-o", "--output", type=click.Path(path_type=Path), callback=_checked, help=about)


def _checked(ctx: click.Context, _: click.Parameter, output: Path | None) -> Path | None:
    if output is not None:
        from kg.chains.report import ending

        ending(output)
    return output


def write_report(report: Report, output: Path, count: str) -> None:
    """Write a report to a file, saying how much it is."""
    report.save(output)
    click.echo(f"{opening(output)}  ({count})")
