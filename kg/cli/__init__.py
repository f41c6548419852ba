"""The command line: `kg`, one module a command, each loaded only when called."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from kg import __version__
from kg.cli.common import GraphPath
from kg.errors import KgError

COMMANDS = ("build", "query", "show", "gaps", "explore", "export", "validate", "evaluate", "info")


class Commands(click.Group):
    """A group whose commands live in modules of this package, named after them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of a name, its module imported now."""
        if name not in COMMANDS:
            return None
        command = import_module(f"kg.cli.{name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but a mistyped command is answered with the nearest name."""
        from difflib import get_close_matches

        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            near = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else f" Commands: {', '.join(COMMANDS)}."
            ctx.fail(f"No such command '{name}'.{hint}")
        return super().resolve_command(ctx, args)


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="kg")
@click.option(
    "--kg",
    "path",
    type=GraphPath(),
    envvar="LIANZHU_KG",
    default="lianzhu.kg",
    show_default=True,
    help="The folder that holds the graph (or set LIANZHU_KG).",
)
@click.pass_context
def cli(ctx: click.Context, path: str) -> None:
    """Articles on Chinese development zones (开发区) become a graph to query, explore and act on.

    \b
    A first walk:
      kg build seeds                  read the articles of a folder
      kg show 左云经开区               what is known of a zone, with the sentences
      kg query                        the saved questions
      kg gaps --zone 左云经开区        what its chains lack
      kg explore -o page.html         one page to look around in, offline
    """
    ctx.obj = path


def main() -> None:
    """Run the command line; errors become one line and an exit code (2 usage, 1 failure)."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except KgError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of a pipe (head) has gone
        sys.stderr.close()
        sys.exit(0)
