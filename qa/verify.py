"""Hold the whole store against itself and against its files, byte for byte; changes nothing.

Every row is held against its hash, every file is read and its text taken out again, whatever its stamp says.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from qa.adding import STANDARD_INPUT
from qa.corpus.formats.columns import GUESSED, Columns
from qa.corpus.readers import document_of, find_files, read_file
from qa.corpus.sandbox import Sandbox
from qa.errors import SourceError, StoreError
from qa.names import document_id, known_collection, path_of
from qa.store.library import Library
from qa.store.rows import Held
from qa.types import Document, Progress, Skipped

_Read = Callable[[str, bytes], Document | Skipped]


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not as it should be, in one sentence; about one document, or, without an id, about a whole collection."""

    document_id: str
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What `verify` found.

    Attributes:
        documents: In the store, of the collections that were looked at.
        compared: Of these, with their files; there is none where a document came from standard input.
        differences: In order of document; empty when all is well.
        seconds: Wall clock.
    """

    documents: int
    compared: int
    differences: tuple[Difference, ...]
    seconds: float


@dataclass(slots=True)
class _Findings:
    documents: int = 0
    compared: int = 0
    differences: set[Difference] = field(default_factory=set)

    def note(self, name: str, what: str) -> None:
        self.differences.add(Difference(name, what))


def verify(
    library: Library,
    *,
    folder: Path | None = None,
    collection: str | None = None,
    columns: Columns = GUESSED,
    progress: Callable[[Progress], None] | None = None,
) -> Verified:
    """Compare the rows of the store with their hashes, and its documents with the files that they were read from.

    Args:
        library: Open store.
        folder: That a collection was indexed from, where it stands somewhere else now; by default, as recorded.
        collection: The only one whose files are compared; by default all, and with `folder` the one without a name.
        columns: Of tables, as they were told when the files were indexed.
        progress: Told after each document.

    Raises:
        SourceError: There is no such collection, or `folder` cannot be listed.
    """
    started = perf_counter()
    if folder is not None and collection is None:
        collection = ""
    known = library.collections()
    names = list(known) if collection is None else [known_collection(collection, known)]
    if folder is not None:
        find_files(folder)
    findings = _Findings()
    for name, kind in library.damaged_rows():
        findings.note(name, f"The stored {kind} is damaged: it is not what was written.")
    with Sandbox() as sandbox:
        read = partial(document_of, sandbox=sandbox, columns=columns)
        for name in names:
            _compare(library, name, folder or library.folder_of(name), findings, read, progress or (lambda _: None))
    in_order = sorted(findings.differences, key=lambda one: (one.document_id, one.what))
    return Verified(findings.documents, findings.compared, tuple(in_order), perf_counter() - started)


def _compare(
    library: Library,
    collection: str,
    folder: Path | None,
    findings: _Findings,
    read: _Read,
    tell: Callable[[Progress], None],
) -> None:
    """Note what differs between a collection and its files."""
    held = library.held(collection)
    findings.documents += len(held)
    if any(not known.source.origin for known in held.values()):
        folder = _listed(folder, collection, held, findings)
    for done, (name, known) in enumerate(held.items()):
        tell(Progress(done, len(held), "documents", name))
        if known.source.origin == STANDARD_INPUT or (not known.source.origin and folder is None):
            continue
        file = Path(known.source.origin)
        root, path = (file.parent, file.name) if known.source.origin else (folder, path_of(collection, name))
        assert root is not None
        findings.compared += 1
        what = _difference(library, name, known, (root, path), read)
        if what is not None:
            findings.note(name, what)
    tell(Progress(len(held), len(held), "documents"))


def _listed(folder: Path | None, collection: str, held: dict[str, Held], findings: _Findings) -> Path | None:
    """Note which files of the folder are not in the store; return the folder, or None where it cannot be looked at."""
    whose = f"the collection {collection}" if collection else "the documents"
    if folder is None:
        findings.note("", f"The store does not say which folder {whose} came from; name it: wenju verify FOLDER")
        return None
    try:
        found, _ = find_files(folder)
    except SourceError as error:
        findings.note("", f"The files of {whose} were not compared. {error.problem}")
        return None
    for path in found:
        name = document_id(collection, path.as_posix())
        if name not in held:
            findings.note(name, "The file is not in the store.")
    return folder


def _difference(library: Library, name: str, known: Held, place: tuple[Path, str], read: _Read) -> str | None:
    """Say what differs between a stored document and its file, or None; `place` is a folder and a path inside it."""
    root, path = place
    data = read_file(root, Path(path))
    if isinstance(data, Skipped):
        return data.reason if (root / path).exists() else "The file is gone."
    if sha256(data).hexdigest() != known.sha256:
        return "The file has changed since it was indexed."
    now = read(path, data)
    if isinstance(now, Skipped):
        return f"The same bytes cannot be read any more. {now.reason}"
    try:
        stored = library.document(name)
    except StoreError:
        return None  # damaged, which is said already
    if stored is None or _as_read(now) == _as_read(stored):
        return None
    return "The same bytes are read otherwise than when they were indexed."


def _as_read(document: Document) -> Document:
    """Return the document without what its place in the store adds to it."""
    return replace(document, id="", collection="")
