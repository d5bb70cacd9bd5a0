"""What the shell offers while a command is typed: the documents and collections of the store. Loads no model.

A name that a shell could take for more than a name is never offered: file names come from strangers, and completion in
zsh evaluates what it is given.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.library import Library

MOST_OFFERED = 200  # a longer list helps nobody, and bash asks before it prints one
_HARMLESS = re.compile(r"[^\W_][\w./+@%-]*")


def complete_document(ctx: Any, incomplete: str) -> list[str]:  # noqa: ANN401 (Typer keeps its type to itself)
    """Return documents whose names begin like this."""
    return offered(_known(ctx, lambda library: library.held()), incomplete)


def complete_collection(ctx: Any, incomplete: str) -> list[str]:  # noqa: ANN401 (as above)
    """Return collections whose names begin like this."""
    return offered(_known(ctx, lambda library: library.collections()), incomplete)


def offered(names: Iterable[str], incomplete: str) -> list[str]:
    """Return the harmless names that begin like this, in order, at most `MOST_OFFERED`."""
    return [name for name in names if name.startswith(incomplete) and _HARMLESS.fullmatch(name)][:MOST_OFFERED]


def _known(ctx: Any, names: "Callable[[Library], Iterable[str]]") -> list[str]:  # noqa: ANN401 (as above)
    """Return names from the store that the command would open; none where it cannot be opened."""
    from qa.cli_open import settings_of, store_to_read  # noqa: PLC0415 (keep `--help` quick)
    from qa.errors import RemedyError  # noqa: PLC0415
    from qa.library import Library  # noqa: PLC0415

    typed = ctx.params.get("store")
    try:
        settings = settings_of(store=Path(typed) if typed else None)
        with closing(Library.open(store_to_read(settings))) as library:
            return list(names(library))
    except RemedyError:  # said when the command is run
        return []
