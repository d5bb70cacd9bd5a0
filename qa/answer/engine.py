"""What runs the reader's network: padded arrays in, logits out; torch, or OpenVINO where it is installed.

Chooses the engine and opens it. Knows nothing of text, and remembers nothing; `qa.answer.reader` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.answer.shape import PADDING
from qa.errors import ModelUnavailableError

AUTO, TORCH, OPENVINO = "auto", "torch", "openvino"

Ids = NDArray[np.int64]
States = NDArray[np.float32]
Held = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PairScores:
    """What the network says of each pair: logits, as `qa.answer.network.Scores` has them.

    Attributes:
        relevance, answerable: Shape (pairs,).
        start, end: Shape (pairs, passage tokens); what stands at padding means nothing.
    """

    relevance: NDArray[np.float32]
    answerable: NDArray[np.float32]
    start: NDArray[np.float32]
    end: NDArray[np.float32]


class Engine(Protocol):
    """Runs the two halves of the network. Safe to share between threads.

    The engines agree as far as their arithmetic goes; `tests/contract/test_engine_contract.py` says how far that is.
    """

    name: str

    def lower(self, ids: Ids) -> States:
        """Read texts, each alone.

        Args:
            ids: Shape (texts, tokens), as `padded` returns them.

        Returns:
            States, shape (texts, tokens, width).
        """

    def upper(self, question: States, question_held: Held, passage: States, passage_held: Held) -> PairScores:
        """Read pairs; row i of question and passage makes pair i.

        Args:
            question: States from `lower`, shape (pairs, question tokens, width).
            question_held: Shape (pairs, question tokens): where a token stands and no padding.
            passage: States from `lower`, shape (pairs, passage tokens, width).
            passage_held: Shape (pairs, passage tokens).
        """


def padded(rows: Sequence[Sequence[int]], *, width: int | None = None) -> Ids:
    """Return token ids, shape (rows, width), filled up with the padding id; without a width, to the longest row.

    Raises:
        ValueError: There are no rows, or one is longer than the width.
    """
    filled = np.full((len(rows), max(map(len, rows)) if width is None else width), PADDING, np.int64)
    for number, row in enumerate(rows):
        filled[number, : len(row)] = row
    return filled


def choose_engine(wanted: str) -> str:
    """Return `torch` or `openvino`; `auto` is the quicker of those that are installed.

    Raises:
        ModelUnavailableError: OpenVINO is wanted and not installed.
    """
    installed = find_spec(OPENVINO) is not None
    if wanted == AUTO:
        return OPENVINO if installed else TORCH
    if wanted == OPENVINO and not installed:
        raise ModelUnavailableError(
            "The engine openvino is not installed.", 'Install it: pip install "wenju[fast]", or set `engine = "auto"`.'
        )
    return wanted


def open_engine(name: str, folder: Path, encoder_folder: Path) -> Engine:
    """Open an engine over the reader's weights.

    Args:
        name: As `choose_engine` returns it.
        folder: Holds the reader's weights.
        encoder_folder: Of the encoder that they belong to, as `bundled_folder` returns it.

    Raises:
        ModelUnavailableError: What OpenVINO needs cannot be kept in the cache folder.
    """
    if name == OPENVINO:
        from qa.answer.engine_openvino import open_openvino  # noqa: PLC0415 - not installed everywhere

        return open_openvino(folder, encoder_folder)
    from qa.answer.engine_torch import TorchEngine  # noqa: PLC0415 - seconds
    from qa.answer.network import load_network  # noqa: PLC0415

    return TorchEngine(load_network(folder, encoder_folder))
