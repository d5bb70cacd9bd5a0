"""Who reads under the benchmark: the trained reader beside a real encoder, rules beside the fake one of the tests.

Opens nothing and imports nothing heavy, for imports are measured, too.
"""

from typing import TypedDict


class ReaderNames(TypedDict):
    """Settings of `Assistant.open`."""

    reranker: str
    answerer: str


def is_fake(model: str) -> bool:
    """Tell whether the encoder of this name in the settings is the fake one."""
    return model.partition(":")[0] == "hashing"


def readers_for(model: str) -> ReaderNames:
    """Return who ranks again and who answers beside the encoder of this name in the settings."""
    if is_fake(model):
        return {"reranker": "none", "answerer": "sentence"}
    return {"reranker": "bundled", "answerer": "reader"}
