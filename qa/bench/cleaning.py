"""`python -m qa.bench.cleaning`: how fast files are cleaned and cut into articles, and how much memory that takes.

Every figure comes from a process of its own, on one core, on made-up pages; the time is processor time, from the bytes
of a file to its passages. Nothing is encoded or stored.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import process_time

from qa.bench.machine import peak_bytes
from qa.bench.pages import KINDS, page_text
from qa.corpus.formats.plain import TextReader
from qa.corpus.pipeline import articles_of

MEGABYTE = 1_000_000
TARGET_SPEED, TARGET_RATIO, TARGET_MEMORY = 2.0, 2.5, 10.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What one file cost.

    Attributes:
        megabytes: Size of the file, in millions of bytes.
        seconds: Processor time.
        memory: Peak above what the process held before, in times the size of the file.
    """

    megabytes: float
    seconds: float
    memory: float
    articles: int
    passages: int
    repairs: int

    @property
    def speed(self) -> float:
        """Megabytes a second."""
        return self.megabytes / self.seconds


def measure(path: Path) -> Figures:
    """Read and clean one text file in this process."""
    for kind in ("traditional", "broken"):  # loads the dictionaries
        articles_of(TextReader().read("warm.txt", page_text(kind, 20_000).encode()))
    before, started = peak_bytes(), process_time()
    articles, passages, repairs = articles_of(TextReader().read("pages.txt", path.read_bytes()))
    seconds, peak = process_time() - started, peak_bytes() - before
    size = path.stat().st_size
    return Figures(size / MEGABYTE, seconds, peak / size, len(articles), len(passages), len(repairs))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; a missed target is shown, it does not fail the command."""
    parser = argparse.ArgumentParser(prog="python -m qa.bench.cleaning", description=__doc__)
    parser.add_argument("--kinds", nargs="+", choices=tuple(KINDS), default=["mixed"], help="kinds of pages")
    parser.add_argument("--sizes", nargs="+", type=float, default=[1, 2, 4, 8, 16, 32, 50], help="in megabytes")
    parser.add_argument("--file", type=Path, help="measure this file in this process and print JSON")
    options = parser.parse_args(arguments)
    if options.file is not None:
        sys.stdout.write(json.dumps(asdict(measure(options.file))) + "\n")
        return 0
    sys.stdout.write("| pages | MB | s | MB/s | time / last, size / last | memory / file | articles | repairs |\n")
    sys.stdout.write("|---|---|---|---|---|---|---|---|\n")
    met = True
    for kind in options.kinds:
        last: Figures | None = None
        for size in options.sizes:
            figures = _in_child(kind, round(size * MEGABYTE))
            sys.stdout.write(_row(kind, figures, last))
            sys.stdout.flush()
            met = met and _meets(figures, last)
            last = figures
    sys.stdout.write(
        f"\ntargets: ≥ {TARGET_SPEED:g} MB/s, twice the file in < {TARGET_RATIO:g} times the time, "
        f"memory < {TARGET_MEMORY:g} times the file: {'met' if met else 'missed'}\n"
    )
    return 0


def _in_child(kind: str, size: int) -> Figures:
    with tempfile.TemporaryDirectory(prefix="wenju-bench-") as folder:
        path = Path(folder) / "pages.txt"
        path.write_text(page_text(kind, size), encoding="utf-8")
        command = [sys.executable, "-m", "qa.bench.cleaning", "--file", str(path)]
        done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return Figures(**json.loads(done.stdout))


def _row(kind: str, figures: Figures, last: Figures | None) -> str:
    ratio = ""
    if last is not None:
        ratio = f"{figures.seconds / last.seconds:.2f}, {figures.megabytes / last.megabytes:.2f}"
    return (
        f"| {kind} | {figures.megabytes:.1f} | {figures.seconds:.2f} | {figures.speed:.2f} | {ratio} "
        f"| {figures.memory:.1f} | {figures.articles} | {figures.repairs} |\n"
    )


def _meets(figures: Figures, last: Figures | None) -> bool:
    linear = last is None or figures.seconds / last.seconds < TARGET_RATIO / 2 * figures.megabytes / last.megabytes
    return linear and figures.speed >= TARGET_SPEED and figures.memory < TARGET_MEMORY


if __name__ == "__main__":
    sys.exit(main())
