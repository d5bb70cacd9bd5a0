"""Write docs/reference/files.md: which files are read, up to which size, and every other limit of reading."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise

from qa.corpus import limits
from qa.corpus.readers import READERS
from qa.reference.tables import page as joined
from qa.reference.tables import table, written_by

_ABOUT = """
How each format is read, and what a citation names, stands in [your documents](../documents.md). A larger file, or one
that oversteps a limit below, is skipped, named and counted; the rest of the folder is read."""


def page() -> str:
    """Return the page as Markdown."""
    formats = (
        (
            " ".join(f"`{suffix}`" for suffix in reader.suffixes),
            f"`{reader.media_type}`",
            _size(reader.max_bytes),
            "in a process of its own, with limits" if reader.sandboxed else "directly",
        )
        for reader in READERS
    )
    sandbox = (
        (f"`{field.name}`", _shown(field.name, getattr(limits.SANDBOX, field.name))) for field in fields(limits.SANDBOX)
    )
    return joined(
        [
            *written_by("Files and limits", source="`qa/corpus/readers.py` and `qa/corpus/limits.py`"), _ABOUT, "",
            *table(("files", "media type", "largest", "parsed"), formats), "", "## Limits", "",
            *table(("limit", "value", "meaning"), _limits()), "", "## What one file may cost", "",
            "Formats that are not plain text are parsed in a process with these limits.", "",
            *table(("limit", "value"), sandbox),
        ]
    )  # fmt: skip


def _limits() -> Iterator[tuple[str, str, str]]:
    """Yield each constant with its value and the sentence that stands below it in the source."""
    body = ast.parse(inspect.getsource(limits)).body
    for line, below in pairwise(body):
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name) and isinstance(below, ast.Expr):
            name = line.targets[0].id
            if name.startswith(("MAX_", "FREE_")) and isinstance(below.value, ast.Constant):
                yield f"`{name}`", _shown(name, getattr(limits, name)), " ".join(str(below.value.value).split())


def _shown(name: str, value: float) -> str:
    return _size(int(value)) if name.lower().endswith("bytes") else f"{value:,}"


def _size(number: int) -> str:
    return f"{number // limits.MIB} MiB"
