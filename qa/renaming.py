"""Give a collection another name: its documents, and the originals of what was brought to it. Nothing is encoded again.

Links to its documents, and filters by its name, must be made anew; quotations in kept conversations stay as they were
kept. What is written into the store is in `qa.store.writing`.
"""

from contextlib import suppress

from qa import originals
from qa.errors import SourceError
from qa.names import checked_collection, known_collection, refuse_clash
from qa.store.library import Library


def rename_collection(library: Library, old: str, new: str, *, wait: float = 0.0) -> int:
    """Rename a collection and return how many documents it holds; the store gets another generation.

    The folder of originals moves first. Should the power fail between that and the store, the same call completes it.

    Args:
        library: Open store.
        old: Name of a collection; that of documents without one cannot be changed.
        new: Not the name of another one.
        wait: Seconds to wait for another writer.

    Raises:
        SourceError: There is no such collection, or the new name is empty, taken, or can be none.
        StoreBusyError: Another process is writing.
        StoreError: The store is damaged or cannot be written; nothing is renamed.
    """
    with library.writing(wait=wait):
        known = library.collections()
        known_collection(old, [name for name in known if name])
        if new == old:
            return known[old]
        uploads = originals.uploads_of(library.folder)
        before, after = uploads / old, uploads / checked_collection(new)
        if before.is_dir():
            originals.checked_folder(new)
        if new in known or (before.is_dir() and after.exists()):
            raise SourceError(f"There is a collection {new} already.", "Choose another name.")
        refuse_clash(new, (), collections=known, unnamed=library.held(""))
        moves, moved = before.is_dir(), (str(before.resolve()), str(after.resolve()))  # as origins are written
        try:
            if moves:
                originals.move_folder(before, after)
            library.rename_collection(old, new, moved=moved)
        except BaseException:  # whatever it was: the originals stand where the store looks for them
            if moves:
                with suppress(SourceError):
                    originals.move_folder(after, before)
            raise
        return known[old]
