"""`python -m qa.training.card FOLDER`: write the figures of a finished run into the model card beside the weights.

Types nothing by hand: what stands between the marks of the card is made from the run's log and from the weights file,
which must already be in its place, so that card and weights cannot be of two runs.
"""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from qa.answer.shape import WEIGHTS
from qa.errors import SourceError
from qa.evaluation.suite import insert
from qa.training.command import print_about_run
from qa.training.log import LOG, Line, events, last_figures, read_log
from qa.training.table import table

MODEL = Path(__file__).parents[1] / "answer" / "model"


def fill(folder: Path, model: Path) -> Path:
    """Fill the card and return it.

    Args:
        folder: Of a run that saved its weights.
        model: Folder of the card, README.md, and of the run's weights.

    Raises:
        SourceError: The run is not finished, or the weights beside the card are not its own.
    """
    lines = read_log(folder)
    if not events(lines, "saved"):
        raise SourceError(f"The run in {folder} is not finished.", "Wait for its last line, `saved`.")
    weights, trained = model / WEIGHTS, folder / WEIGHTS
    if not weights.is_file() or digest(weights) != digest(trained):
        raise SourceError(f"{weights} is not what the run wrote.", f"Copy it first: install -m 644 {trained} {weights}")
    card = model / "README.md"
    insert(card, "\n".join([*_facts(lines, folder, weights), "", table(last_figures(lines))]))
    return card


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits.

    Raises:
        SourceError: It cannot be read.
    """
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error}.", "Name the folder that the run wrote to.") from error


def _facts(lines: Sequence[Line], folder: Path, weights: Path) -> list[str]:
    """Return what is known of the run and of its weights, as a Markdown list."""
    ended = datetime.fromtimestamp((folder / LOG).stat().st_mtime, UTC).date().isoformat()
    minutes = round(lines[-1]["seconds"] / 60)
    steps = events(lines, "validated")[-1]["step"]
    data, groups = events(lines, "data")[0], events(lines, "groups")[0]
    return [
        f"- Weights: `{WEIGHTS}`, {weights.stat().st_size / 1e6:.1f} MB, sha256 `{digest(weights)}`.",
        f"- Run: {steps} steps in {minutes} minutes, mining and validation included; ended on {ended}.",
        f"- Data: {data['paragraphs']} paragraphs; {data['trained']} questions to train on, {data['validation']} to "
        f"validate with, of other articles; an epoch has {groups['epoch']} groups.",
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill the card and say which; return 0, or 2 where the run and the weights do not fit."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.card", description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL, help="folder of card and weights (default: Wenju's own)")
    return print_about_run(parser, lambda chosen: f"written: {fill(chosen.folder, chosen.model)}\n", arguments)


if __name__ == "__main__":
    raise SystemExit(main())
