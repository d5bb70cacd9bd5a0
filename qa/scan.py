"""Hold the files of a folder against what the store knows of them: what is new, changed, unread or gone.

Reads files only where it must, and writes nothing.
"""

import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from qa.changes import stamp_of
from qa.corpus.formats.columns import GUESSED, Columns
from qa.corpus.readers import document_of, read_file
from qa.corpus.sandbox import Sandbox
from qa.names import document_id, path_of
from qa.store.rows import Held, Source
from qa.types import Document, Skipped


@dataclass(frozen=True, slots=True)
class Seen:
    """A file of the folder as it is now.

    Attributes:
        id: The document's.
        source: Where the file stands, and how it looked before it was read.
        document: What was read; None where the store holds just that already, or where it cannot be read.
        skipped: Why it cannot be read, or None.
    """

    id: str
    source: Source
    document: Document | None = None
    skipped: Skipped | None = None


def look(
    folder: Path,
    paths: Iterable[str],
    before: Mapping[str, Held],
    *,
    collection: str,
    thorough: bool,
    columns: Columns = GUESSED,
) -> Iterator[Seen]:
    """Yield every file, read only where its stamp or its sha256 says that the store may not hold it as it is."""
    with Sandbox() as sandbox:
        for path in paths:
            name = document_id(collection, path)
            source = Source(stamp_of(folder / path))
            held = None if thorough else before.get(name)
            if held is not None and source.stamp and source.stamp == held.source.stamp:
                yield Seen(name, source)
                continue
            data = read_file(folder, Path(path))
            if isinstance(data, Skipped):
                yield Seen(name, source, skipped=data)
            elif held is not None and sha256(data).hexdigest() == held.sha256:
                yield Seen(name, source)
            else:
                document = document_of(path, data, sandbox, columns=columns)
                if isinstance(document, Skipped):
                    yield Seen(name, source, skipped=document)
                else:
                    yield Seen(name, source, replace(document, id=name, collection=collection))


def gone_from(
    folder: Path, before: Iterable[str], seen: set[str], skipped: Iterable[Skipped], *, collection: str
) -> list[str]:
    """Return the stored documents whose files are gone, in order; what only cannot be read now is not among them."""
    unread = {item.path for item in skipped}
    unlisted = {path for path in unread if _is_folder(folder / path)}

    def hidden(path: str) -> bool:
        return path in unread or any(str(parent) in unlisted for parent in PurePosixPath(path).parents)

    return sorted(name for name in before if name not in seen and not hidden(path_of(collection, name)))


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False
