"""Open the reranker and the answerer that the settings name; opens no store and no encoder."""

from dataclasses import dataclass

from qa.answer.choose import ReaderAnswerer
from qa.answer.engine import AUTO
from qa.answer.read import Answerer, SentenceAnswerer
from qa.answer.reader import RERANK_WEIGHTS, ReaderReranker, open_reader
from qa.retrieval.rerank import NO_WEIGHT, CrossEncoderReranker, Reranker, RerankWeights

NONE, BUNDLED = "none", "bundled"
READER, SENTENCE = "reader", "sentence"
# Of a CrossEncoder that was not fitted here: it counts as much as the search, whose scores differ by about 1.
_GENERIC_WEIGHTS = RerankWeights(1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Readers:
    """Who ranks again and who answers."""

    answerer: Answerer
    reranker: Reranker | None
    rerank_weights: RerankWeights


def open_readers(reranker: str, answerer: str, engine: str = AUTO) -> Readers:
    """Open them by name.

    Args:
        reranker: `none`, `bundled`, or a CrossEncoder by hub id or folder.
        answerer: `reader` or `sentence`.
        engine: What runs the trained reader: `auto`, `torch` or `openvino`.

    Raises:
        ModelUnavailableError: What is named is not here and cannot be fetched.
    """
    chosen: Reranker | None = None
    weights = NO_WEIGHT
    if reranker == BUNDLED:
        chosen, weights = ReaderReranker(open_reader(engine)), RERANK_WEIGHTS
    elif reranker != NONE:
        chosen, weights = CrossEncoderReranker(reranker), _GENERIC_WEIGHTS
    return Readers(ReaderAnswerer(open_reader(engine)) if answerer == READER else SentenceAnswerer(), chosen, weights)
