"""Show a long text a screen at a time, beginning at the line that matters."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence

LINES_ABOVE = 3  # kept in sight above the line that matters


def paged(lines: Sequence[str], *, width: int, height: int, at: int = 0, wide: Callable[[str], int] = len) -> bool:
    """Show lines in the pager where they do not fit on the screen; return whether it did.

    Args:
        lines: What the terminal may obey is in them already.
        width: Of the screen, in columns.
        height: In rows.
        at: Number of the line that matters, from 0.
        wide: Columns that a line takes.
    """
    rows = sum(max(1, -(-wide(line) // width)) for line in lines)
    command = pager_command(at, os.environ.get("PAGER"))
    if rows < height or command is None:
        return False
    environment = {"LESSCHARSET": "utf-8", **os.environ, "LESS": f"-R {os.environ.get('LESS', '')}"}
    try:
        shown = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
    except OSError:  # named in PAGER and not there: the text is printed instead
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the pager now, which has its own use for it
    try:
        shown.communicate("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def pager_command(at: int, named: str | None) -> list[str] | None:
    """Return the command of the pager; None where there is none.

    Args:
        at: Number of the line to begin near, from 0; only `less` can do that.
        named: What PAGER says.
    """
    try:
        command = shlex.split(named) if named else []
    except ValueError:  # a quotation mark without a partner
        command = []
    if not command:
        found = next((name for name in ("less", "more") if shutil.which(name)), None)
        if found is None or sys.platform == "win32":
            return None
        command = [found]
    if os.path.basename(command[0]) == "less" and at > LINES_ABOVE:  # noqa: PTH119 (a command is no path)
        command = [*command, f"+{at + 1 - LINES_ABOVE}"]
    return command
