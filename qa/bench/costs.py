"""Indexing against plain encoding, answering against encoding the question, memory, size; prints one JSON object.

Runs in a process of its own, so that its peak memory is that of indexing and answering. Each figure and the one that it
is held against are measured in turn, so that a machine that slows down slows both.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from embeddings.encoder import Encoder, Vectors, open_encoder
from qa.assistant import Assistant
from qa.bench.machine import peak_bytes
from qa.bench.readers import is_fake, readers_for

BATCH = 32  # the default of SentenceTransformer.encode
Asked = tuple[str, tuple[str, ...]]  # question, history


class RecordingEncoder:
    """Passes everything on to an encoder; keeps the passages' texts as they came, and the seconds they took."""

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self.dimension = encoder.dimension
        self.texts: list[str] = []
        self.seconds = 0.0
        self._encoder = encoder

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.texts.extend(texts)
        started = perf_counter()
        vectors = self._encoder.encode_passages(texts)
        self.seconds += perf_counter() - started
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode_queries(texts)

    def count_tokens(self, texts: Sequence[str]) -> int:
        return self._encoder.count_tokens(texts)


def measure_costs(docs: Path, questions: Sequence[Asked], store: Path, *, model: str, rounds: int) -> dict[str, Any]:
    """Index `docs` into `store`, ask every question, then index and encode in turn, `rounds` times.

    Returns:
        Times in seconds, latencies in milliseconds, sizes in bytes, rates in tokens a second.
    """
    encoder = open_encoder(model)
    first = _index(docs, store, encoder)
    answering = _time_questions(store, encoder, questions, model=model)
    memory = peak_bytes()  # before a second copy of the model is loaded to compare with
    plain = _plain_encode(model, encoder)
    tokens = encoder.count_tokens(first["texts"])
    indexing: list[float] = []
    encoding: list[float] = []
    shares: list[float] = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="wenju-bench-") as folder:
            done = _index(docs, Path(folder) / "store", encoder)
        indexing.append(done["seconds"])
        shares.append(done["encoding"] / done["seconds"])
        encoding.append(_seconds(partial(plain, first["texts"])))
    return {
        "model": encoder.name,
        "compared_with": "encode_passages" if is_fake(model) else "SentenceTransformer.encode in float32",
        "passages": first["passages"],
        "texts": len(first["texts"]),
        "tokens": tokens,
        "index_seconds": indexing,
        "encode_seconds": encoding,
        "index_tokens_per_second": tokens / min(indexing),  # the fastest round: others only ever slow a run down
        "encode_tokens_per_second": tokens / min(encoding),
        "index_to_encode_ratio": min(encoding) / min(indexing),
        "index_share_of_encoding": median(shares),
        **answering,
        "reading": None if is_fake(model) else _reading(encoder, questions, first["texts"]),
        "peak_memory_bytes": memory,
        "store_bytes": sum(file.stat().st_size for file in store.rglob("*") if file.is_file()),
    }


def _index(docs: Path, store: Path, encoder: Encoder) -> dict[str, Any]:
    """Do the whole work of `wenju index` into a store that is not there yet."""
    recorder = RecordingEncoder(encoder)
    started = perf_counter()
    assistant = Assistant.open(store, encoder=recorder, create=True)
    report = assistant.index(docs)
    assistant.close()
    return {
        "seconds": perf_counter() - started,
        "encoding": recorder.seconds,
        "texts": recorder.texts,
        "passages": report.passages,
    }


def _time_questions(store: Path, encoder: Encoder, questions: Sequence[Asked], *, model: str) -> dict[str, Any]:
    """Ask each question and encode it alone, one after the other, all of them twice; in turn which comes first."""
    assistant = Assistant.open(store, encoder=encoder, **readers_for(model))
    assistant.warm()
    answering: list[float] = []
    encoding: list[float] = []
    for number, (question, history) in enumerate([*questions, *questions]):
        steps: tuple[tuple[list[float], Callable[[], object]], ...] = (
            (answering, partial(assistant.ask, question, history=history)),
            (encoding, partial(encoder.encode_queries, [question])),
        )
        for times, step in steps if number % 2 else reversed(steps):
            times.append(_seconds(step) * 1000)
    assistant.close()
    return {
        "questions": len(questions),
        "answer_p50_ms": percentile(answering, 50),
        "answer_p95_ms": percentile(answering, 95),
        "encode_p50_ms": percentile(encoding, 50),
        "encode_p95_ms": percentile(encoding, 95),
        "answer_to_encode_ratio": percentile(answering, 50) / percentile(encoding, 50),
    }


def _reading(encoder: Encoder, questions: Sequence[Asked], texts: Sequence[str]) -> dict[str, Any]:
    from qa.bench.reading import measure_reading  # noqa: PLC0415 - only with the trained reader

    return measure_reading(encoder, [question for question, _ in questions], texts)


def _plain_encode(model: str, encoder: Encoder) -> Callable[[Sequence[str]], object]:
    """Return what to compare with: `SentenceTransformer.encode` as anybody would call it.

    For the encoder of the tests, which is no SentenceTransformer, its own `encode_passages`.
    """
    if is_fake(model):
        return encoder.encode_passages
    import torch  # noqa: PLC0415 - the encoder has loaded it by now
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    from embeddings.bundled import bundled_folder  # noqa: PLC0415

    place = str(bundled_folder()) if model == "bundled" else model
    plain = SentenceTransformer(place, local_files_only=True, model_kwargs={"dtype": torch.float32})
    prompt = plain.prompts.get("passage") or ""
    plain.encode(["warm up"], prompt=prompt, show_progress_bar=False)
    return lambda texts: plain.encode(
        list(texts), prompt=prompt, batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the smallest value that at least `percent` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


def _seconds(step: Callable[[], object]) -> float:
    started = perf_counter()
    step()
    return perf_counter() - started


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--docs", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--rounds", type=int, required=True)
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    questions = [(row["question"], tuple(row.get("history") or ())) for row in rows]
    costs = measure_costs(options.docs, questions, options.store, model=options.model, rounds=options.rounds)
    sys.stdout.write(json.dumps(costs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
