"""Write docs/cli.md from the command line itself: `python -m qa.reference.cli`, with `--check` to compare only.

Knows how a page looks; what it says stands in the commands, in `qa.cli_examples` and in the words of `qa.talk`.
"""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from qa.cli import app
from qa.cli_examples import EXAMPLES
from qa.cli_help import Commands, grouped
from qa.talk.commands import ARGUMENTS
from qa.talk.wording import word

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"

_HEAD = """# The command line

<!-- Written by `python -m qa.reference.cli` from the commands themselves; change those, not this page. -->

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
    lines = [_HEAD]
    for heading, of_group in grouped(names):
        lines += ["", f"**{heading}**", ""]
        lines += [f"- [`{name}`](#{name}): {_summary(commands.commands[name])}" for name in of_group]
    lines += [_COMMON]
    for name in names:
        lines += _section(root, name, commands.commands[name])
    return "\n".join(lines).rstrip() + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or say with exit code 1 that it is not what the code says."""
    written = page()
    if arguments == ["--check"]:
        same = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == written
        sys.stdout.write("docs/cli.md is up to date.\n" if same else "Write it anew: python -m qa.reference.cli\n")
        return 0 if same else 1
    PAGE.write_text(written, encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
    return 0


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
