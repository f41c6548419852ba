"""`kg customers`: whom a firm or project supplies."""

from __future__ import annotations

from typing import Any

import click

from kg.cli.ties import options, show


@click.command("customers")
@options
def command(ctx: click.Context, name: str, **how: Any) -> None:
    """Show whom a firm or project supplies.

    Three strengths, never mixed: what a text states; the leader of its chain (computed); and potential
    customers, by segment (computed: no text says so).

    \b
    Examples:
      kg customers 研一新材料
      kg customers 研一新材料 --brief
    """
    from kg.chains.supplies import customers

    show(ctx, name, customers, "customer", ("它供应谁", "Whom it supplies"), **how)
