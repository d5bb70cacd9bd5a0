"""Open a sentence-transformers model, of whatever class: from this machine, else a hub id from the hub.

Does not choose the model and does not import sentence-transformers, which takes seconds; the caller does, afterwards.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from embeddings.errors import ModelUnavailableError

Model = TypeVar("Model")


def place_of(model: str | Path) -> tuple[str, bool]:
    """Return what to open, and whether it is a folder here; everything else is a hub id."""
    folder = Path(model).expanduser()
    return (str(folder), True) if folder.is_dir() else (str(model), False)


def be_quiet(*, local: bool) -> None:
    """Settle the environment; call it before sentence-transformers is imported.

    Args:
        local: Only a folder is wanted, so nothing need ask the hub, unless the user said HF_HUB_OFFLINE=0.
    """
    os.environ.update(HF_HUB_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1", HF_HUB_DISABLE_PROGRESS_BARS="1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # else a warning on every fork
    if local:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")


def open_here_first(model: str, open_model: Callable[[bool], Model], *, local: bool, otherwise: str) -> Model:
    """Open a model, without the network where it is on this machine already.

    Args:
        model: Folder or hub id, as `place_of` returns it.
        open_model: Opens it; takes whether only local files may be used.
        local: Whether it is a folder.
        otherwise: The remedy besides fetching it, in words that follow “or”.

    Raises:
        ModelUnavailableError: There is no such model here, and it could not be fetched either.
    """
    from transformers.utils import logging  # noqa: PLC0415 - seconds

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return open_model(True)
    except (OSError, ValueError) as error:
        if local:
            raise ModelUnavailableError(
                f"The folder {model} is not a model that sentence-transformers can open: {error}.",
                f"Name another one, or {otherwise}.",
            ) from error
    try:
        return open_model(False)
    except (OSError, ValueError) as error:
        raise ModelUnavailableError(
            f"The model {model} is not on this machine and could not be fetched.",
            f"Fetch it once with a network (hf download {model}), or {otherwise}.",
        ) from error
