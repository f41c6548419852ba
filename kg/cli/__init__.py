"""The command line: `kg`, one module a command, each loaded only when called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from kg.cli.common import Target
from kg.errors import KgError
from kg.settings import Settings

COMMANDS = (
    "build",
    "query",
    "show",
    "chain",
    "chains",
    "suppliers",
    "customers",
    "path",
    "leaders",
    "gaps",
    "ledger",
    "explore",
    "serve",
    "export",
    "push",
    "audit",
    "unread",
    "merges",
    "curate",
    "remove",
    "validate",
    "evaluate",
    "train",
    "info",
)


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
            hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(COMMANDS)}."
            ctx.fail(f"No such command '{name}'. {hint}")
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Run a command line; an error becomes one line on stderr and the exit code: 2 usage, 1 failure."""
        for stream in (sys.stdout, sys.stderr):
            if not stream.isatty() and hasattr(stream, "reconfigure"):
                stream.reconfigure(
                    encoding="utf-8"
                )  # the graph's names are Chinese wherever they are piped to
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
        except click.Abort:
            _fail("stopped; a graph that was being built is as it was before", 130)
        except click.UsageError as error:
            asked = f" (see: {error.ctx.command_path} --help)" if error.ctx else ""
            _fail(error.format_message() + asked, error.exit_code)
        except click.ClickException as error:
            _fail(error.format_message(), error.exit_code)
        except KgError as error:
            _fail(str(error), error.exit_code)
        except Exception as error:
            if os.environ.get("LIANZHU_DEBUG"):
                raise
            said = f"unexpected {type(error).__name__}: {error}"
            _fail(f"{said}; please report it with what LIANZHU_DEBUG=1 prints in front of this command", 1)
        sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str, code: int) -> NoReturn:
    click.echo("Error: " + " ".join(message.split()), err=True)
    sys.exit(code)


def _version(ctx: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted:
        import kg

        click.echo(f"kg {kg.__version__}")
        ctx.exit()


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version."
)
@click.option(
    "--kg",
    "path",
    type=click.Path(path_type=Path),
    envvar="LIANZHU_KG",
    metavar="PATH",
    help="The folder that holds the graph (or set LIANZHU_KG).  [default: lianzhu.kg]",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    envvar="LIANZHU_CONFIG",
    metavar="FILE",
    help="Settings, a TOML file (or set LIANZHU_CONFIG).",
)
@click.pass_context
def cli(ctx: click.Context, path: Path | None, config: Path | None) -> None:
    """Articles on Chinese development zones (开发区) become a graph to query, explore and act on.

    \b
    A first walk:
      kg build seeds                  read the articles of a folder
      kg show 左云经开区               what is known of a zone, with the sentences
      kg query                        the saved questions
      kg gaps --zone 左云经开区        what its chains lack
      kg explore -o page.html         one page to look around in, offline
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        return
    settings = Settings.load(config)
    ctx.obj = Target(path or settings.graph, settings)


def main() -> None:
    """The program `kg`."""
    cli(prog_name="kg")
