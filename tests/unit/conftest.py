"""What keeps the tests of this folder quick: none of them may load torch or transformers, which takes seconds."""

import sys
from collections.abc import Iterator

import pytest

SLOW = ("torch", "transformers")


@pytest.fixture(autouse=True)
def loads_nothing_slow() -> Iterator[None]:
    """Fail the test that is the first to load one of them; tests of other folders may have done so before."""
    here = [name for name in SLOW if name not in sys.modules]
    yield
    loaded = [name for name in here if name in sys.modules]
    if loaded:
        pytest.fail(f"this test loads {' and '.join(loaded)}: it belongs into tests/integration")
