"""What is known of the reader's network without building it: its split, its file, its padding.

Loads neither torch nor weights.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from safetensors import safe_open

WEIGHTS = "reader.safetensors"
PADDING = 1  # token id of the e5 family


@dataclass(frozen=True, slots=True)
class NetworkShape:
    """What must be known to build the network.

    Attributes:
        base: Name of the encoder whose layers it starts from; a note, not compared with the encoder that is loaded.
        lower: How many of its layers read alone, and are left as they are.
        question_tokens, passage_tokens: The most that one pair holds of each, with their marks.
        context_tokens: The most of the passage's tokens that title and place take.
    """

    base: str = "multilingual-e5-small-q4"
    lower: int = 6
    question_tokens: int = 64
    passage_tokens: int = 160
    context_tokens: int = 40


def read_shape(folder: Path) -> NetworkShape:
    """Return the shape that stands with the weights.

    Raises:
        OSError: The file is missing.
    """
    with safe_open(folder / WEIGHTS, framework="np") as stored:
        return NetworkShape(**json.loads(stored.metadata()["shape"]))
