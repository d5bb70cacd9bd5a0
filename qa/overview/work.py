"""The process that works out the parts of an overview: `python -m qa.overview.work STORE`, one line of JSON a part.

It runs beside the server with the lowest priority, so that no question waits for it, and ends when the server does.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from qa.errors import RemedyError
from qa.overview.health import health_of, mended_in
from qa.overview.parts import Part, Scripts, part_line
from qa.overview.scripts import scripts_of
from qa.overview.topics import topic_map
from qa.store.library import Library

SECONDS_FOR_REPAIRS = 120.0


def parts_of(library: Library, *, seconds: float = SECONDS_FOR_REPAIRS) -> Iterator[Part]:
    """Yield the parts, what people look at first at first; repairs are counted for so many seconds."""
    contents = library.contents()
    yield topic_map(contents)
    yield Scripts(scripts_of(contents))
    del contents
    health = health_of(library)
    yield health
    yield from mended_in(library, broken={one.document_id for one in health.damaged}, seconds=seconds)


def main(store: Path) -> int:
    """Print the parts of the overview of a store."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(19)
    try:
        with closing(Library.open(store)) as library:
            for part in parts_of(library):
                sys.stdout.write(part_line(part) + "\n")
                sys.stdout.flush()
    except RemedyError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _end_with_parent() -> None:
    """Wait until the parent closes our input, or ends; past Python's own buffer, whose lock would outlive us."""
    while os.read(0, 1024):
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
