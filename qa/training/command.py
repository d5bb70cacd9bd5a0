"""What the commands about one run share: its folder on the command line, one text as the result, mistakes with remedy.

Reads no log itself.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from qa.errors import RemedyError


def print_about_run(
    parser: argparse.ArgumentParser, say: Callable[[argparse.Namespace], str], arguments: Sequence[str] | None
) -> int:
    """Print what is to be said of a run; return 0, or 2 where its folder does not allow it.

    Args:
        parser: Of the command; it gets the argument `folder`.
        say: Returns the text from what was chosen; a RemedyError of it goes to standard error.
        arguments: Of the command line; None takes those of this process.
    """
    parser.add_argument("folder", type=Path, help="the folder that the run writes to")
    chosen = parser.parse_args(arguments)
    try:
        sys.stdout.write(say(chosen))
    except RemedyError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0
