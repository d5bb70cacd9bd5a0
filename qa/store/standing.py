"""The file of a store as it stands on disk: opened anew when another has come into its place, missed when it is gone.

Without it a process would go on reading, and writing, a file that has no name any more. Knows nothing of what is in it.
"""

import sqlite3
from pathlib import Path

from qa.errors import StoreMissingError
from qa.store.database import DATABASE_NAME, damaged, open_database

Standing = tuple[int, int]


def standing_of(folder: Path) -> Standing | None:
    """Return what tells the file of a store from any other that stands in its place; None where there is none.

    Raises:
        StoreError: The file has lost all of its contents.
    """
    path = folder / DATABASE_NAME
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    if found.st_size == 0:
        raise damaged(path, "the file is empty")
    return found.st_dev, found.st_ino


class StoreFile:
    """An open store file. Not safe to share between threads: its library looks after that.

    Attributes:
        connection: To the file that stood there at the last look.
        opened: How many files were opened so far; another number means other contents.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.connection = open_database(folder)
        self._standing = standing_of(folder)
        self.opened = 1

    def look(self) -> sqlite3.Connection:
        """Return the connection to the file that stands there now; inside of a transaction it stays the same.

        Raises:
            StoreMissingError: The file is gone.
            StoreError: What stands there instead is no store that can be read.
        """
        if self.connection.in_transaction:
            return self.connection
        standing = standing_of(self._folder)
        if standing is None:
            raise StoreMissingError(
                f"The index in {self._folder} is gone.", "Put it back, or build it again: wenju index FOLDER"
            )
        if standing != self._standing:
            fresh = open_database(self._folder)
            self.connection.close()
            self.connection, self._standing = fresh, standing
            self.opened += 1
        return self.connection

    def doubt(self) -> None:
        """Have the file opened anew at the next look: what was read from it is damaged."""
        self._standing = None
