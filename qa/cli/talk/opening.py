"""`:open`: an article with its quotation marked, through a pager where it is longer than the screen."""

from io import StringIO
from typing import Literal, cast

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from qa.cli.show import article_lines
from qa.cli.talk.pager import paged
from qa.cli.text import write
from qa.types import ArticleView

ColorSystem = Literal["standard", "256", "truecolor"] | None
MARK = "\x1b[1;4m"  # how rich writes bold and underlined, which nothing else in an article is


def show_opened(out: Console, view: ArticleView) -> None:
    """Show an article; beside a terminal it is printed as it is."""
    lines = article_lines(out, view)
    if out.is_terminal and not out.is_dumb_terminal:
        written = _written(out, lines)
        at = next((number for number, line in enumerate(written) if MARK in line), 0)
        plain = [line for text in lines for line in text.plain.split("\n")]
        width, height = out.size
        wide = dict(zip(written, plain, strict=True)) if len(written) == len(plain) else {}
        if paged(written, width=width, height=height, at=at, wide=lambda line: cell_len(wide.get(line, line))):
            return
    for line in lines:
        write(out, line)
    out.file.flush()


def _written(out: Console, lines: list[Text]) -> list[str]:
    """Return the lines as they are written to this terminal, with what it obeys."""
    memory = Console(
        file=StringIO(),
        force_terminal=True,
        color_system=cast(ColorSystem, out.color_system),
        no_color=out.no_color,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for line in lines:
        write(memory, line)
    assert isinstance(memory.file, StringIO)
    return memory.file.getvalue().rstrip("\n").split("\n")
