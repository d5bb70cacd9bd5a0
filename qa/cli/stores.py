"""Which settings and which store a command works with, and the flags that several have.

Imports nothing heavy before it is asked.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.config import Settings

Store = Annotated[Path | None, typer.Option("--store", metavar="DIR", help="Folder of the store.")]
TopK = Annotated[int | None, typer.Option("--top-k", metavar="N", help="Passages to look at and return.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON only.")]
Reranker = Annotated[
    str | None,
    typer.Option("--reranker", metavar="none|bundled|HUB_ID", help="What reads the best passages again to order them."),
]
Answerer = Annotated[
    str | None, typer.Option("--answerer", metavar="reader|sentence", help="What answers: the trained reader, or not.")
]


def settings_of(**flags: str | int | Path | None) -> "Settings":
    """Return the settings, those that were typed before all others."""
    from qa.config import load_settings

    return load_settings(**flags)


def open_assistant(settings: "Settings", *, create: bool = False) -> "Assistant":
    """Open the store with the configured models; the caller closes it."""
    from qa.web.serve import assistant_over

    return assistant_over(settings, settings.store if create else store_to_read(settings), create=create)


def assistant_and_place(settings: "Settings") -> "tuple[Assistant, Path]":
    """Open the store that is to be read, and say which one it is; the caller closes it."""
    from qa.web.serve import assistant_over

    place = store_to_read(settings)
    return assistant_over(settings, place, create=False), place


def store_to_read(settings: "Settings") -> Path:
    """Return the store; where none was named and the default one is missing, the one that the chat made."""
    from qa.web.serve import store_for

    place = settings.store
    if settings.docs is not None and "store" not in settings.model_fields_set and not place.exists():
        of_the_chat = store_for(settings.docs, beside=place)
        place = of_the_chat if of_the_chat.exists() else place
    return place


def store_to_watch(settings: "Settings", folder: Path, collection: str) -> Path:
    """Return the store that holds this folder: the one that was named, the default one, or the one of the chat.

    Where neither holds it yet, the one that the chat would open if that is there, else the default one.
    """
    from qa.store.library import Library
    from qa.web.serve import store_for

    if "store" in settings.model_fields_set:
        return settings.store
    of_the_chat = store_for(folder, beside=settings.store)
    for place in (settings.store, of_the_chat):
        if place.exists():
            library = Library.open(place)
            try:
                if library.folder_of(collection) == folder.resolve():
                    return place
            finally:
                library.close()
    return of_the_chat if of_the_chat.exists() else settings.store
