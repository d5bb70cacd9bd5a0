"""Searching: the indexes over a store as it is now, made anew when it has changed, without a question waiting for it.

Knows when to make them, not how (`qa.retrieval.search`), and answers nothing.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from embeddings.encoder import Encoder
from qa.retrieval.fuse import FusionWeights
from qa.retrieval.search import Search
from qa.store.library import Library


class Searching:
    """The indexes of one store. Safe to share between threads."""

    def __init__(self, library: Library, encoder: Callable[[], Encoder], weights: FusionWeights | None = None) -> None:
        self._library = library
        self._encoder = encoder
        self._weights = weights
        self._search: Search | None = None
        self._opened = 0
        self._making = threading.Lock()
        self._counting = threading.Lock()
        self._still = 0

    @property
    def loaded(self) -> bool:
        """Whether there are indexes in memory."""
        return self._search is not None

    def current(self) -> Search:
        """Return the indexes of the store as it is; as it was, while another thread makes the new ones or holds still.

        Raises:
            ModelMismatchError: The store was made with another model.
        """
        search = self._search
        if search is not None and (self._still or self._making.locked() or self._is_current(search)):
            return search
        return self.renewed()

    def renewed(self) -> Search:
        """Return the indexes of the store as it is, and wait for them."""
        encoder = self._encoder()
        with self._making:
            if self._search is None or not self._is_current(self._search):
                self._library.check_model(encoder.name, encoder.dimension)
                opened = self._library.opened
                search = Search(self._library.contents(), encoder, weights=self._weights)
                self._opened, self._search = opened, search
            return self._search

    @contextmanager
    def held_still(self) -> Iterator[None]:
        """Search what is loaded while documents are added, but for calls of `renewed`; at the end it is all there."""
        with self._counting:
            self._still += 1
        try:
            yield
        finally:
            if self._search is not None:
                self.renewed()
            with self._counting:
                self._still -= 1

    def _is_current(self, search: Search) -> bool:
        generation = self._library.generation()  # looks first whether it is the same file still
        return search.contents.generation == generation and self._opened == self._library.opened
