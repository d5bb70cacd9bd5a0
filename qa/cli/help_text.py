"""How the command line presents itself: commands in groups, examples under each, mistakes that steer nothing.

Knows the names of the commands and not what they do. Imports nothing heavy, so that `--help` stays quick.
"""

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from qa.cli.examples import EXAMPLES, Example
from qa.terminal import is_read, visible

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Ask", ("ask", "chat", "search", "show")),
    ("Documents", ("index", "watch", "list", "rename", "remove")),
    ("Look after", ("status", "verify", "doctor", "eval", "feedback")),
    ("More", ("serve", "help")),
)
"""The commands in the order in which they are listed; what is named here and not registered is passed over."""

BROKEN_PIPE = 141
"""Exit code where whoever reads our output has gone away, as after `| head`: what a shell gives for SIGPIPE."""

Topic = Annotated[str | None, typer.Argument(metavar="COMMAND", help="Command to explain; all are listed without.")]


class Commands(TyperGroup):
    """All commands of the program."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 (whatever Typer hands on)
        super().__init__(**settings)
        for name, command in self.commands.items():
            if EXAMPLES.get(name):
                command.epilog = examples_text(EXAMPLES[name])

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 (Typer keeps the type of a context to itself)
        """Return the commands in the order of their groups, those without a group last."""
        grouped = [name for _, names in GROUPS for name in names if name in self.commands]
        return [*grouped, *(name for name in self.commands if name not in grouped)]

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 (as above)
        """Write the commands under the headings of their groups."""
        ordered = self.list_commands(ctx)
        width = max(map(len, ordered))
        for heading, names in grouped(ordered):
            with formatter.section(heading):
                limit = formatter.width - 6 - width
                rows = [(name.ljust(width), self.commands[name].get_short_help_str(limit)) for name in names]
                formatter.write_dl(rows)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 (as above)
        """Run a command; end silently where nobody reads its output any more."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            if is_read():
                raise
            raise typer.Exit(BROKEN_PIPE) from None
        except TyperException as error:  # a mistake in what was typed
            error.message = visible(error.message)
            raise


def grouped(names: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return these commands under the headings of their groups; those without a group under the last heading."""
    listed = [(heading, [name for name in of_group if name in names]) for heading, of_group in GROUPS]
    known = {name for _, of_group in listed for name in of_group}
    listed[-1][1].extend(name for name in names if name not in known)
    return [(heading, of_group) for heading, of_group in listed if of_group]


def examples_text(examples: Sequence[Example]) -> str:
    """Return the Examples section of a command's help, marked for the formatter to keep its lines as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  # {one.says}\n  {one.line}" for one in examples)


def add_command(app: typer.Typer) -> None:
    """Register `help`."""
    app.command("help")(show_help)


def show_help(context: typer.Context, topic: Topic = None) -> None:
    """Explain a command, with examples.

    The same as the flag --help behind its name.
    """
    root = context.find_root()
    if topic is None:
        typer.echo(root.get_help())
        return
    commands = root.command
    assert isinstance(commands, Commands)
    name, command, _ = commands.resolve_command(root, [topic])
    assert command is not None
    typer.echo(command.get_help(type(context)(command, info_name=name, parent=root)))
