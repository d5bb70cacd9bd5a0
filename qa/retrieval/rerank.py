"""Rerank: read the best passages again, each together with the question, and put them in a better order.

`Reranker` is the protocol and `CrossEncoderReranker` one that takes any model of its kind; the reader that comes with
Wenju is another (`qa.answer.reader`). `rerank` is pure. Finds no passages, and does not decide which reranker is used.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import ModelUnavailableError
from embeddings.opening import be_quiet, open_here_first, place_of
from embeddings.sentence_transformer import BATCH
from qa.retrieval.search import Found, passage_of
from qa.retrieval.tokens import holds_han
from qa.types import Leg

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

Relevance = NDArray[np.float64]

READS = 8  # passages of the fused list that are read for one question
READS_MOST = 24  # where none of those seems to answer
_SEEMS_TO_ANSWER = 0.5  # chance from which no more are read

_OTHERWISE = 'set `reranker = "bundled"` for the offline one or `reranker = "none"` to go without'


class Reranker(Protocol):
    """Says how well passages fit a question, having read both together.

    Attributes:
        name: Shown to users beside the encoder's name.
    """

    name: str

    def relevance(self, question: str, passages: Sequence[tuple[str, str]]) -> Relevance:
        """Return shape (passages,): logits, higher is better, comparable within one question only.

        Args:
            question: Completed from the history.
            passages: Context (title, place and the like) and text of each; both may be empty.
        """


class CrossEncoderReranker:
    """Reranker over a sentence-transformers CrossEncoder, computed in float32.

    Safe to share between threads; they are served one after the other. The relevance of a passage differs in the last
    digits with the passages that stand in the same call.

    Args:
        model: Folder, or hub id such as BAAI/bge-reranker-base. One that was fetched before needs no network.

    Raises:
        ModelUnavailableError: There is no such model here or on the hub, or it is not one that scores pairs.
    """

    def __init__(self, model: str | Path) -> None:
        place, local = place_of(model)
        self.name = Path(place).absolute().name if local else place
        self._model = _load(place, local=local)
        self._mutex = threading.Lock()

    def relevance(self, question: str, passages: Sequence[tuple[str, str]]) -> Relevance:
        asked = _whole(question)
        pairs = [(asked, _whole(f"{context}\n{text}" if context else text)) for context, text in passages]
        with self._mutex:  # padding and truncation are set anew on the shared tokenizer at every call
            logits = self._model.predict(pairs, batch_size=BATCH, show_progress_bar=False)
        return np.asarray(logits, np.float64)


@dataclass(frozen=True, slots=True)
class RerankWeights:
    """Fused score for the difference between certainly and certainly not relevant.

    Attributes:
        same: For a passage in the script of the question.
        foreign: For one in another script, about which the search knows less.
    """

    same: float
    foreign: float


NO_WEIGHT = RerankWeights(0.0, 0.0)


def read_again(reranker: Reranker, question: str, found: Sequence[Found], *, weights: RerankWeights) -> list[Found]:
    """Return the ranking after its first passages were read, and more of them where none of the first seems to answer.

    Args:
        reranker: Reads them.
        question: Completed from the history.
        found: As `Search.search` ranked it, `READS_MOST` passages or more where there are so many.
        weights: Of what was read against what was found.
    """
    passages = [passage_of(item) for item in found[:READS_MOST]]
    relevance = reranker.relevance(question, passages[:READS])
    if len(passages) > READS and chances(relevance).max() < _SEEMS_TO_ANSWER:
        relevance = np.concatenate([relevance, reranker.relevance(question, passages[READS:])])
    script = holds_han(question)
    apart = [holds_han(item.stored.passage.text) != script for item in found]
    return rerank(found, chances(relevance), weights=[weights.foreign if far else weights.same for far in apart])


def chances(relevance: Relevance) -> Relevance:
    """Return logits as chances, 0 to 1: bounded, so that no reranker outvotes the search without end."""
    bounded: Relevance = 0.5 * (1 + np.tanh(relevance / 2))
    return bounded


def rerank(found: Sequence[Found], relevance: Relevance, *, weights: Sequence[float]) -> list[Found]:
    """Return the ranking with the relevance of its first passages added to their scores.

    score = fused score + weight · (relevance − the highest relevance), so the most relevant passage keeps its score and
    the others lose. A passage that was not read loses as much as the least relevant of those that were.

    Args:
        found: As `Search.search` ranked it.
        relevance: Of its first passages, in order, one or more; none leaves the ranking as it is.
        weights: Of each passage, fused score for one unit of relevance, 0 or more.

    Returns:
        The same passages, best first, ties by passage id. `Hit.score` is the new score; `why["rerank"]` holds, for a
        passage that was read, its rank among those (from 1, ties by passage id) and its relevance.

    Raises:
        ValueError: There are more figures than passages, or one of them is not finite.
    """
    if len(relevance) > len(found):
        raise ValueError(f"{len(relevance)} relevances for {len(found)} passages")
    if not np.isfinite(relevance).all():
        raise ValueError("a relevance is not a finite number")
    if not len(relevance):
        return list(found)
    lost = float(relevance.max()) - relevance.astype(np.float64)
    order = sorted(range(len(relevance)), key=lambda place: (lost[place], found[place].hit.passage.id))
    legs = {place: Leg(rank, float(relevance[place])) for rank, place in enumerate(order, start=1)}
    most = float(lost.max())
    scored = []
    for place, item in enumerate(found):
        score = item.hit.score - weights[place] * (float(lost[place]) if place in legs else most)
        why = {**item.hit.why, "rerank": legs[place]} if place in legs else item.hit.why
        scored.append(replace(item, hit=replace(item.hit, score=score, why=why)))
    scored.sort(key=lambda item: (-item.hit.score, item.hit.passage.id))
    return [replace(item, hit=replace(item.hit, rank=rank)) for rank, item in enumerate(scored, start=1)]


def _load(model: str, *, local: bool) -> "CrossEncoder":
    """Open the model so that logits come out; refuse one that would give figures that mean nothing."""
    be_quiet(local=local)
    import torch  # noqa: PLC0415 - seconds
    from sentence_transformers import CrossEncoder  # noqa: PLC0415

    def open_model(local_files_only: bool) -> CrossEncoder:
        pairs: CrossEncoder = CrossEncoder(
            model,
            local_files_only=local_files_only,
            model_kwargs={"dtype": torch.float32},
            activation_fn=torch.nn.Identity(),  # the default squeezes logits into 0 to 1
        )
        return pairs

    opened = open_here_first(model, open_model, local=local, otherwise=_OTHERWISE)
    if not _scores_pairs(opened):
        raise ModelUnavailableError(
            f"{model} does not score pairs of question and passage: an embedding model, or one with several labels.",
            f"Name a reranker such as BAAI/bge-reranker-base, or {_OTHERWISE}.",
        )
    return opened


def _scores_pairs(model: "CrossEncoder") -> bool:
    """Tell whether one trained score comes out; sentence-transformers puts an untrained head on any model without."""
    if model.num_labels != 1:
        return False
    if getattr(model[0], "transformer_task", None) != "sequence-classification":
        return True  # its score comes from modules that were saved with it, or from a language model's own head
    architectures = getattr(model.config, "architectures", None) or []
    return any(name.endswith("ForSequenceClassification") for name in architectures)


def _whole(text: str) -> str:
    """Return text that tokenizers take: half a character, as broken JSON can hold, becomes a question mark."""
    return text.encode("utf-8", errors="replace").decode("utf-8")
