"""The indexes follow the store, and no question waits for them while documents are added."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from counting_encoder import CountingEncoder

from qa.adding import add_bytes
from qa.searching import Searching
from qa.store.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "store", create=True)
    add_bytes(opened, CountingEncoder, "闸门检修需要五天。\n".encode(), name="gate.txt")
    yield opened
    opened.close()


def more(library: Library) -> None:
    add_bytes(library, CountingEncoder, "停水三小时，请居民蓄水。\n".encode(), name="water.txt")


def test_they_are_made_when_first_asked_for_and_again_when_the_store_has_changed(library: Library) -> None:
    searching = Searching(library, CountingEncoder)
    assert not searching.loaded
    first = searching.current()
    assert searching.current() is first
    more(library)

    assert [len(one.contents.passages) for one in (first, searching.current())] == [1, 2]
    assert searching.loaded


def test_while_documents_are_added_they_stay_and_at_the_end_they_are_new(library: Library) -> None:
    searching = Searching(library, CountingEncoder)
    first = searching.current()

    with searching.held_still():
        more(library)
        assert searching.current() is first
    assert len(searching.current().contents.passages) == 2


def test_a_question_takes_the_old_ones_while_another_thread_makes_the_new(library: Library) -> None:
    begun, go_on = threading.Event(), threading.Event()
    searching = Searching(library, CountingEncoder)
    first = searching.current()
    more(library)
    contents = library.contents

    def slowly() -> object:
        begun.set()
        assert go_on.wait(10)
        return contents()

    library.contents = slowly  # type: ignore[method-assign,assignment]
    other = threading.Thread(target=searching.renewed)
    other.start()
    assert begun.wait(10)
    during = searching.current()
    go_on.set()
    other.join()

    assert during is first
    assert len(searching.current().contents.passages) == 2
