"""Write docs/cli.md from the command line itself: every command with its flags and examples.

Knows how a page looks; what it says stands in the commands, in `qa.cli.examples` and in the words of `qa.cli.talk`.
"""

import inspect
from collections.abc import Iterator
from typing import Any

import typer

from qa.cli.app import app
from qa.cli.examples import EXAMPLES
from qa.cli.help_text import Commands, grouped
from qa.cli.talk.commands import ARGUMENTS
from qa.cli.talk.wording import word
from qa.reference.tables import page as joined
from qa.reference.tables import written_by

_ABOUT = """
`wenju COMMAND --help` and `wenju help COMMAND` say what stands here. The examples run in a folder that holds the sample
corpus as `docs/articles`; each of them is run by a test."""
_COMMON = """
## What all commands share

- **Settings** come from flags, then from `WENJU_*` variables, then from `wenju.toml` in the current folder.
- **Mistakes** are one line on standard error: what is wrong, and what to type. The exit code is 2.
- **JSON**: `--json` prints JSON and nothing else; control characters in it are escaped.
- **Colours** are for terminals. `NO_COLOR` turns them off, `FORCE_COLOR` makes a pipe count as a terminal, and under
  `TERM=dumb` there are none. Where styles cannot be seen, marked text stands between ⟦ and ⟧.
- **Pipes**: `ask` and `chat` show what is under way on a terminal only. When whoever reads the output goes away, as
  after `| head`, the command ends silently with 141.
- **Completion**: `wenju --install-completion` sets up bash, zsh or fish to complete commands, flags, collections and
  document names."""


def page() -> str:
    """Return the page as Markdown."""
    commands = typer.main.get_command(app)
    assert isinstance(commands, Commands)
    root = commands.make_context("wenju", [], resilient_parsing=True)
    names = commands.list_commands(root)
    lines = [*written_by("The command line", source="the commands themselves"), _ABOUT]
    for heading, of_group in grouped(names):
        lines += ["", f"**{heading}**", ""]
        lines += [f"- [`{name}`](#{name}): {_summary(commands.commands[name])}" for name in of_group]
    lines += [_COMMON]
    for name in names:
        lines += _section(root, name, commands.commands[name])
    return joined(lines)


def _section(root: Any, name: str, command: Any) -> Iterator[str]:  # noqa: ANN401 (Typer keeps its types to itself)
    context = command.make_context(name, [], parent=root, resilient_parsing=True)
    yield from ("", f"## {name}", "", inspect.cleandoc(command.help or ""), "")
    yield from ("```text", command.get_usage(context).removeprefix("Usage: "), "```", "")
    for parameter in command.params:
        if "--help" not in parameter.opts:
            yield f"- `{_typed(parameter)}`: {parameter.help}"
    if name == "chat":
        yield from ("", "In a conversation:", "")
        yield from (f"- `{f':{one} {more}'.rstrip()}`: {word(f'help_{one}', 'en')}" for one, more in ARGUMENTS.items())
    if EXAMPLES.get(name):
        yield from ("", "Examples:", "", "```sh")
        yield from (f"# {one.says}\n{one.line}" for one in EXAMPLES[name])
        yield "```"


def _typed(parameter: Any) -> str:  # noqa: ANN401 (as above)
    """Return a parameter as it is typed."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar)
    flags = ", ".join([*parameter.opts, *parameter.secondary_opts])  # --no-llm is one of the second kind
    return flags if parameter.is_flag else f"{flags} {parameter.metavar}"


def _summary(command: Any) -> str:  # noqa: ANN401 (as above)
    return inspect.cleandoc(command.help or "").partition("\n")[0]
