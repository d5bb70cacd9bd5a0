"""Names of collections and of the documents in them: which are allowed, how they are joined, which were meant.

Knows nothing of stores and files; all functions are pure.
"""

import difflib
from collections.abc import Collection, Iterable, Sequence
from fnmatch import fnmatchcase

from qa.errors import SourceError

MAX_COLLECTION_NAME = 64  # characters

_ANOTHER_NAME = "Choose another name: --collection NAME"


def checked_collection(name: str) -> str:
    """Return the name of a collection, or raise SourceError where it cannot be one."""
    if not name:
        raise SourceError("The name of the collection is empty.", _ANOTHER_NAME)
    problem = None
    if "/" in name or "\\" in name:
        problem = "holds a slash"
    elif not name.isprintable():
        problem = "holds a control character"
    elif name != name.strip():
        problem = "begins or ends with a blank"
    elif name in {".", ".."}:
        problem = "is a folder's"
    elif len(name) > MAX_COLLECTION_NAME:
        problem = f"has {len(name)} characters, more than {MAX_COLLECTION_NAME}"
    if problem:
        raise SourceError(f"{name[:80]!r} cannot name a collection: it {problem}.", _ANOTHER_NAME)
    return name


def known_collection(name: str, known: Collection[str]) -> str:
    """Return the name of a collection that the store holds, or raise SourceError where it holds none."""
    if name in known:
        return name
    close = difflib.get_close_matches(name, sorted(known), n=3)
    hint = f"Did you mean {' or '.join(close)}?" if close else "See what it holds: wenju status"
    what = f"collection {name}" if name else "document without a collection"
    raise SourceError(f"The store holds no {what}.", hint)


def document_id(collection: str, path: str) -> str:
    """Return the id of a document: its path, with the name of its collection in front where that has one."""
    return f"{collection}/{path}" if collection else path


def path_of(collection: str, name: str) -> str:
    """Return the path of a document inside its collection; the opposite of `document_id`."""
    return name.removeprefix(f"{collection}/") if collection else name


def checked_path(path: str) -> str:
    """Return a path that can be a document's name inside its collection, or raise SourceError."""
    parts = path.split("/")
    if not path or not path.isprintable() or "\\" in path or any(part in {"", ".", ".."} for part in parts):
        raise SourceError(
            f"{path[:80]!r} cannot name a document.", "Give a path such as NAME.txt or FOLDER/NAME.txt: --name NAME.txt"
        )
    return path


def refuse_clash(
    collection: str, paths: Iterable[str], *, collections: Collection[str], unnamed: Iterable[str]
) -> None:
    """Raise SourceError where documents of two collections would have one name.

    `news/a.txt` is the file a.txt of the collection “news”, and also the file a.txt in the folder news of the
    collection without a name; the two cannot stand side by side.

    Args:
        collection: That is written to.
        paths: That it is to hold, inside the collection.
        collections: Names of those in the store.
        unnamed: Documents in the store of the collection without a name; not looked at when that is written to.
    """
    if collection:
        inside = next((name for name in unnamed if name.startswith(f"{collection}/")), None)
        if inside is not None:
            raise SourceError(
                f"The store holds {inside}, which would be taken for a document of the collection {collection}.",
                _ANOTHER_NAME,
            )
        return
    for path in paths:
        first, slash, _ = path.partition("/")
        if slash and first in collections:
            raise SourceError(
                f"{path} would be taken for a document of the collection {first}, which the store holds.",
                f"Rename the folder {first}, or give these documents a collection, too: --collection NAME",
            )


def meant(patterns: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return the documents that names and patterns with `*`, `?` and `[…]` stand for, in order of `names`.

    A `*` stands for slashes as well. What is a document's name to the letter is no pattern.

    Raises:
        SourceError: One of them stands for no document; close names are offered.
    """
    every, found = set(names), set()
    for pattern in patterns:
        matching = {pattern} if pattern in every else {name for name in names if fnmatchcase(name, pattern)}
        if not matching:
            close = difflib.get_close_matches(pattern, names, n=3)
            hint = f"Did you mean {' or '.join(close)}?" if close else "See the names with: wenju list"
            raise SourceError(f"There is no document {pattern} in the store.", hint)
        found |= matching
    return [name for name in names if name in found]
