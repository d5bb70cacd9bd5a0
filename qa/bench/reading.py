"""What reading eight passages costs with each engine of the trained reader, beside encoding the question alone."""

from collections.abc import Sequence
from importlib.util import find_spec
from statistics import median
from time import perf_counter
from typing import Any

from embeddings.bundled import bundled_folder
from embeddings.encoder import Encoder
from qa.answer.engine import OPENVINO, TORCH, open_engine
from qa.answer.reader import MODEL, PassageReader, open_windows
from qa.retrieval.rerank import READS

QUESTIONS = 6  # each is read once with every engine; a reading takes a fifth of a second and more


def measure_reading(encoder: Encoder, questions: Sequence[str], texts: Sequence[str]) -> dict[str, Any]:
    """Read the longest texts with every engine that is installed; nothing is remembered from one reading to the next.

    Args:
        encoder: Encodes the question, in torch.
        questions: The first few are taken.
        texts: Passages and sentences; the longest are taken, ties in the order of the text.

    Returns:
        `encode_question_ms`, and of each engine by name `ms` and `ratio` to that; medians, taken in turn.
    """
    passages = [("", text) for text in sorted(set(texts), key=lambda text: (-len(text), text))[:READS]]
    encoder_folder = bundled_folder()
    windows = open_windows(MODEL, encoder_folder)
    names = [TORCH, OPENVINO] if find_spec(OPENVINO) else [TORCH]
    engines = {name: open_engine(name, MODEL, encoder_folder) for name in names}
    encoding: list[float] = []
    reading: dict[str, list[float]] = {name: [] for name in engines}
    for number, question in enumerate([questions[0], *questions[:QUESTIONS]]):
        started = perf_counter()
        encoder.encode_queries([question])
        took = {"": perf_counter() - started}
        for name, engine in engines.items():
            reader = PassageReader(engine, windows)
            started = perf_counter()
            reader.read(question, passages)
            took[name] = perf_counter() - started
        if number:  # the first round warms up
            encoding.append(took.pop("") * 1000)
            for name, seconds in took.items():
                reading[name].append(seconds * 1000)
    alone = median(encoding)
    return {
        "encode_question_ms": alone,
        "engines": {name: {"ms": median(times), "ratio": median(times) / alone} for name, times in reading.items()},
    }
