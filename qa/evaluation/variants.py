"""The search and the answering with parts left out: each variant adds one part to the one before. Runs nothing."""

from dataclasses import dataclass, replace

from qa.retrieval.fuse import FusionWeights


@dataclass(frozen=True, slots=True)
class Variant:
    """What an assistant is opened with.

    Attributes:
        weights: Of the fusion; a weight of 0 leaves a leg out.
        reranker, answerer: As in the settings.
    """

    weights: FusionWeights
    reranker: str = "none"
    answerer: str = "sentence"


def searches(full: FusionWeights) -> dict[str, FusionWeights]:
    """Return the fusion with legs left out; the last one is the whole of it."""
    return {
        "keyword": replace(full, meaning=0.0, keyword=1.0, dictionary=0.0),
        "passages": replace(full, keyword=0.0, dictionary=0.0, sentence_share=0.0),
        "+ sentences": replace(full, keyword=0.0, dictionary=0.0),
        "+ keyword": replace(full, dictionary=0.0),
        "+ dictionary": full,
    }


def variants(full: FusionWeights) -> dict[str, Variant]:
    """Return the searches, each with the sentence answerer and no reranker, then the trained reader's two parts."""
    return {
        **{name: Variant(weights) for name, weights in searches(full).items()},
        "+ rerank": Variant(full, reranker="bundled"),
        "+ reader": Variant(full, reranker="bundled", answerer="reader"),
    }
