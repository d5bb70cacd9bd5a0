"""The record of a training run: JSON lines for programs, sentences for the person who waits, and how to read it again.

Measures nothing itself. One line is one event: `started`, `data`, `mined`, `groups`, `step` (mean losses since the last
such line), `validated` (figures by name), `trained`, `saved`; every line has the seconds since the start.
"""

import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qa.errors import SourceError

LOG = "log.jsonl"
Line = Mapping[str, Any]


class RunLog:
    """Appends what happens to a file, and says it on the terminal.

    Args:
        path: Of the file; what an earlier run wrote there is replaced.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._started = time.monotonic()
        path.write_text("", encoding="utf-8")

    def write(self, **fields: object) -> None:
        """Append one line; `event` names it."""
        line = json.dumps({"seconds": round(self.seconds()), **fields}, ensure_ascii=False)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    def say(self, sentence: str) -> None:
        """Print a sentence after the time since the start, hours:minutes:seconds."""
        seconds = round(self.seconds())
        sys.stdout.write(f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}  {sentence}\n")
        sys.stdout.flush()

    def seconds(self) -> float:
        """Return the seconds since the start."""
        return time.monotonic() - self._started


def progress(step: int, steps: int, seconds: float, losses: Mapping[str, float]) -> str:
    """Return how far the training is, in one line.

    Args:
        step: Steps taken, from 1.
        steps: To take.
        seconds: Spent on the steps taken; what is left is reckoned at the same pace.
        losses: By name.
    """
    left = round(seconds / step * (steps - step) / 60)
    shown = ", ".join(f"{name} {value:.3f}" for name, value in losses.items())
    return f"step {step} of {steps}, {left} min left; {shown}"


def read_log(folder: Path) -> list[Line]:
    """Read the log of a run, finished or under way; a last line that is still being written is left out.

    Raises:
        SourceError: The folder holds no log, or a line that is none.
    """
    path = folder / LOG
    try:
        whole = path.read_text(encoding="utf-8").split("\n")[:-1]
        lines: list[Line] = [json.loads(line) for line in whole]
    except (OSError, json.JSONDecodeError) as error:
        raise SourceError(
            f"{path} is not the log of a training run: {error}.",
            "Name the folder of one: what was given to `python -m qa.training.reader --to`.",
        ) from error
    return lines


def events(lines: Sequence[Line], name: str) -> list[Line]:
    """Return the lines of one event, in order."""
    return [line for line in lines if line["event"] == name]


def last_figures(lines: Sequence[Line]) -> dict[str, float]:
    """Return the figures of the last validation by name, without its time and step.

    Raises:
        SourceError: Nothing was validated yet.
    """
    validated = events(lines, "validated")
    if not validated:
        raise SourceError("This run was not validated yet.", "Wait for it, or set --validate-every lower.")
    return {name: value for name, value in validated[-1].items() if name not in ("seconds", "event", "step")}
