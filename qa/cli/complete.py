"""What the shell offers while a command is typed: the documents and collections of the store. Loads no model.

Somebody waits for the tab key, so neither settings nor store are opened the long way (pydantic and numpy take 0.2 s to
import): the place of the store is looked up here in the same order, and its file is only read.

A name that a shell could take for more than a name is never offered: file names come from strangers, and completion in
zsh evaluates what it is given.
"""

import os
import re
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

MOST_OFFERED = 200  # a longer list helps nobody, and bash asks before it prints one
_HARMLESS = re.compile(r"[^\W_][\w./+@%-]*")


def complete_document(ctx: Any, incomplete: str) -> list[str]:  # noqa: ANN401 (Typer keeps its type to itself)
    """Return documents whose names begin like this."""
    return offered(_known(ctx, "select id from document order by id"), incomplete)


def complete_collection(ctx: Any, incomplete: str) -> list[str]:  # noqa: ANN401 (as above)
    """Return collections whose names begin like this."""
    return offered(_known(ctx, "select distinct collection from document order by collection"), incomplete)


def offered(names: Iterable[str], incomplete: str) -> list[str]:
    """Return the harmless names that begin like this, in order, at most `MOST_OFFERED`."""
    return [name for name in names if name.startswith(incomplete) and _HARMLESS.fullmatch(name)][:MOST_OFFERED]


def store_place(typed: object = None) -> Path | None:
    """Return the folder of the store that a command would open, as `qa.config` and `qa.cli.stores` find it.

    None where the settings cannot be read, which is said when the command is run.
    """
    if typed:
        return Path(str(typed)).expanduser()
    named = next((value for name, value in os.environ.items() if name.upper() == "WENJU_STORE" and value), None)
    if named is None and Path("wenju.toml").is_file():
        import tomllib  # noqa: PLC0415 (not on the way to `--help`)

        try:
            named = tomllib.loads(Path("wenju.toml").read_bytes().decode("utf-8-sig")).get("store")
        except (OSError, ValueError):
            return None
    if named is not None:
        return Path(str(named)).expanduser()
    import platformdirs  # noqa: PLC0415 (as above)

    place = platformdirs.user_data_path("wenju", appauthor=False) / "store"
    return place if place.exists() else _store_of_the_chat()


def _store_of_the_chat() -> Path | None:
    """Return the store that the chat made, where no default one is there: the long way, for once."""
    from qa.cli.stores import settings_of, store_to_read  # noqa: PLC0415 (as above)
    from qa.errors import RemedyError  # noqa: PLC0415 (as above)

    try:
        return store_to_read(settings_of())
    except RemedyError:
        return None


def _known(ctx: Any, question: str) -> list[str]:  # noqa: ANN401 (as above)
    """Return names from the store that the command would open; none where it cannot be read."""
    import sqlite3  # noqa: PLC0415 (as above)

    from qa.store.database import DATABASE_NAME  # noqa: PLC0415 (as above)

    place = store_place(ctx.params.get("store"))
    if place is None:
        return []
    try:
        with closing(sqlite3.connect((place / DATABASE_NAME).absolute().as_uri() + "?mode=ro", uri=True)) as store:
            return [str(row[0]) for row in store.execute(question)]
    except (OSError, RuntimeError, ValueError, sqlite3.Error):  # said when the command is run
        return []
