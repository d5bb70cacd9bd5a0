"""SentenceTransformerEncoder: any sentence-transformers model, from a folder or from the hub, as an Encoder.

Imports torch, which takes seconds, only when one is made. Does not choose the model (`encoder.open_encoder` does) and
keeps no vectors.
"""

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import numpy as np

from embeddings.encoder import Vectors
from embeddings.opening import be_quiet, open_here_first, place_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")

# Tokens per second of one core, batches of 8, 16 and 32, EPYC with avx512_bf16, 2026-11: passages of 180 tokens 3,059,
# 3,018, 2,473; sentences of 36 tokens 3,167, 3,460, 2,440. Larger batches do not fit the second-level cache.
BATCH = 16
E5_PROMPTS = ("query: ", "passage: ")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")  # half a character, as broken JSON can hold; tokenizers refuse it


class SentenceTransformerEncoder:
    """Encoder over one sentence-transformers model.

    Queries are computed in float32; passages in bfloat16 where the processor has instructions for it, else in float32
    too. With bfloat16 a row differs a little with the texts that stand in the same call (cosine above 0.99999, scores
    by up to 0.0004, measured with e5-small on 48 passages), in float32 in the seventh digit.

    Several threads may use one encoder at once: only cutting texts into tokens is done one thread at a time.

    Args:
        model: Folder, or hub id. A hub id that was fetched before is opened without the network.
        name: Stands in the store; the hub id or the folder's name when not given.

    Raises:
        ModelUnavailableError: There is no such model here, and it could not be fetched either.
    """

    def __init__(self, model: str | Path, *, name: str | None = None) -> None:
        place, local = place_of(model)
        self._model = _load(place, local=local)
        self.name = name or (Path(place).absolute().name if local else place)
        self.dimension = len(self._model.encode([""], show_progress_bar=False)[0])  # also warms it up
        self._query_prompt, self._passage_prompt = _prompts(
            self._model.prompts, f"{model} {_original_name(self._model)}"
        )
        self._fast_bfloat16 = _has_fast_bfloat16(self._model)
        self._tokenizing = threading.Lock()
        # Padding and truncation are set anew on the shared tokenizer at every call.
        self._model.preprocess = _alone(self._model.preprocess, self._tokenizing)  # type: ignore[method-assign]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if not self._fast_bfloat16:
            return self._encode(texts, self._passage_prompt)
        import torch  # noqa: PLC0415 - loaded already

        with torch.autocast("cpu", dtype=torch.bfloat16):
            return self._encode(texts, self._passage_prompt)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, self._query_prompt)

    def count_tokens(self, texts: Sequence[str]) -> int:
        """Return the tokens read when these texts are encoded as passages, prompt included; an empty text has none."""
        prompted = [self._passage_prompt + _whole(text) for text in texts if text.strip()]
        if not prompted:
            return 0
        with self._tokenizing:
            tokens = self._model.tokenizer(prompted, truncation=True, max_length=self._model.max_seq_length)
        return sum(len(ids) for ids in tokens["input_ids"])

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        filled = [row for row, text in enumerate(texts) if text.strip()]
        if filled:
            vectors[filled] = self._model.encode(
                [_whole(texts[row]) for row in filled],
                prompt=prompt,
                batch_size=BATCH,
                show_progress_bar=False,
                normalize_embeddings=True,
                convert_to_numpy=True,
            )
        return vectors


def _alone(function: Callable[Arguments, Value], lock: threading.Lock) -> Callable[Arguments, Value]:
    """Return the function, entered by one thread at a time."""

    def locked(*arguments: Arguments.args, **settings: Arguments.kwargs) -> Value:
        with lock:
            return function(*arguments, **settings)

    return locked


def _load(model: str, *, local: bool) -> "SentenceTransformer":
    """Import sentence-transformers, quietly, and open the model: from this machine, else a hub id from the hub."""
    be_quiet(local=local)
    import torch  # noqa: PLC0415 - seconds
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    def open_model(local_files_only: bool) -> SentenceTransformer:
        return SentenceTransformer(model, local_files_only=local_files_only, model_kwargs={"dtype": torch.float32})

    return open_here_first(model, open_model, local=local, otherwise='set `model = "bundled"` for the offline model')


def _has_fast_bfloat16(model: "SentenceTransformer") -> bool:
    """Say whether the processor multiplies bfloat16 itself; where it does not, torch is slower with it than without.

    AMD EPYC with avx512_bf16, two cores, torch 2.13, 64 passages of 180 tokens, 2026-11: 5,691 tokens/s against 2,160.
    """
    import torch  # noqa: PLC0415 - loaded already

    abilities = torch.cpu.get_capabilities()
    return model.device.type == "cpu" and any(abilities.get(name) for name in ("avx512_bf16", "amx_bf16"))


def _original_name(model: "SentenceTransformer") -> str:
    return str(getattr(model.config, "_name_or_path", ""))


def _prompts(own: Mapping[str, str | None], names: str) -> tuple[str, str]:
    """Return the prompts for a query and for a passage: the model's own, else those of the e5 family, else none."""
    query = own.get("query") or ""
    passage = own.get("passage") or own.get("document") or own.get("corpus") or ""
    if not (query or passage):
        words = set(re.split(r"[^a-z0-9]+", names.lower()))
        if "e5" in words and "instruct" not in words:  # the instruct models take a task, and no prompt for passages
            return E5_PROMPTS
    return query, passage


def _whole(text: str) -> str:
    return _LONE_SURROGATES.sub("\ufffd", text)
