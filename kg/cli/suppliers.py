"""`kg suppliers`: who supplies a firm or project."""

from __future__ import annotations

from typing import Any

import click

from kg.cli.ties import options, show


@click.command("suppliers")
@options
def command(ctx: click.Context, name: str, **how: Any) -> None:
    """Show who supplies a firm or project.

    Three strengths, never mixed: what a text states; the members of a chain under their leader (computed);
    and potential suppliers, by segment (computed: no text says so).

    \b
    Examples:
      kg suppliers 联合光伏
      kg suppliers 耀邦年产7400辆 --brief
      kg suppliers 联合光伏 --json
    """
    from kg.chains.supplies import suppliers

    show(ctx, name, suppliers, "supplier", ("谁供应它", "Who supplies it"), **how)
