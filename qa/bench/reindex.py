"""What indexing a large folder again costs: `python -m qa.bench.reindex`.

Makes small made-up documents, indexes them with the hashing encoder, which costs next to nothing, and measures every
run in the state in which a command finds the store: closed. Encoding with a real model comes on top, of what changed.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter

from embeddings.hashing import HashingEncoder
from qa.indexing import index_folder
from qa.store.library import Library
from qa.types import IndexReport
from qa.verify import verify

DIMENSION = 384  # of the bundled model, so that the store is as large


def main() -> int:
    """Print the seconds of each run; return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--paragraphs", type=int, default=2, help="of each document, of two sentences (default: 2)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, store = Path(place) / "documents", Path(place) / "store"
        write_documents(folder, count=options.documents, paragraphs=options.paragraphs)

        def index(*, thorough: bool = False) -> IndexReport:
            with closing(Library.open(store, create=True)) as library:
                return index_folder(library, lambda: HashingEncoder(DIMENSION), folder, thorough=thorough)

        _run("the first time", index)
        _run("again, unchanged", index)
        (folder / "00" / "00007.txt").write_text(document(7, paragraphs=options.paragraphs) + "\n又及。\n", "utf-8")
        _run("again, one changed", index)
        (folder / "00").rename(folder / "moved")
        _run("again, a folder renamed", index)
        for file in sorted(folder.rglob("*.txt")):
            file.touch()
        _run("again, all touched", index)
        _run("again, --thorough", lambda: index(thorough=True))
        _seconds("list", lambda: _with(store, lambda library: f"{len(library.documents())} documents"))
        _seconds("verify", lambda: _with(store, lambda library: f"{len(verify(library).differences)} differences"))
        size = sum(file.stat().st_size for file in store.iterdir())
        _say(f"{'the store':<24}{size / 1e6:>8.1f} MB")
    return 0


def write_documents(folder: Path, *, count: int, paragraphs: int) -> None:
    """Write made-up notices, no two the same, a thousand in each subfolder."""
    for number in range(count):
        file = folder / f"{number // 1000:02}" / f"{number:05}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(document(number, paragraphs=paragraphs), encoding="utf-8")


def document(number: int, *, paragraphs: int) -> str:
    """Return a notice about one of many store houses."""
    body = "\n\n".join(
        f"第{number}号仓库第{floor}层存放大米{(number * 7 + floor) % 991}吨。管理员每天检查{1 + number % 5}次,"
        f"墙厚{20 + (number + floor) % 37}厘米。"
        for floor in range(1, paragraphs + 1)
    )
    return f"第{number}号仓库通知\n\n{body}\n"


def _with(store: Path, question: Callable[[Library], str]) -> str:
    with closing(Library.open(store)) as library:
        return question(library)


def _run(name: str, index: Callable[[], IndexReport]) -> None:
    def told() -> str:
        report = index()
        return (
            f"{report.added} new, {report.changed} changed, {report.removed} removed, {report.unchanged} unchanged; "
            f"{report.passages} passages"
        )

    _seconds(name, told)


def _seconds(name: str, work: Callable[[], str]) -> None:
    started = perf_counter()
    outcome = work()
    _say(f"{name:<24}{perf_counter() - started:>8.2f} s   {outcome}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
