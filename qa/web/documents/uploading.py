"""Take files in: keep their originals beside the store, read them, and say what became of each."""

from collections.abc import Callable, Sequence

from qa.web.documents.report import DEFAULT_COLLECTION, Upload, UploadReport
from qa.web.services import Services
from qa.web.visitor import Visitor


def take_in(
    files: Sequence[Upload],
    *,
    services: Services,
    visitor: Visitor,
    collection: str = DEFAULT_COLLECTION,
    told: Callable[[UploadReport], None] = lambda _: None,
) -> UploadReport:
    """Take files into a collection, one after the other; returns when all are read, skipped or kept for later.

    Args:
        files: In order; what lies at their paths is removed, whatever happens.
        services: What the pages work with.
        visitor: Who brings them.
        collection: Where they go; made where there is none of that name.
        told: Called with the whole report whenever the state of a file changes, from this thread.

    Raises:
        NotAllowedError: The visitor may not change documents.
        SourceError: The collection cannot have this name.
    """
    raise NotImplementedError
