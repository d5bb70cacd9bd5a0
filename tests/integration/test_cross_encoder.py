"""The cross-encoder as reranker, beyond what the protocol's contract asks; its model is tiny, its weights random."""

from pathlib import Path

import pytest

from qa.errors import ModelUnavailableError
from qa.retrieval.rerank import CrossEncoderReranker

# Packages that the models import open files without naming an encoding.
pytestmark = [pytest.mark.model, pytest.mark.filterwarnings("ignore::EncodingWarning")]


def test_logits_come_out_of_context_and_text_on_two_lines(tmp_path: Path) -> None:
    """As the bare network gives them; sentence-transformers by itself would squeeze them into 0 to 1."""
    import torch
    from tiny_models import tiny_cross_encoder
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    folder = tiny_cross_encoder(tmp_path / "tiny-reranker")
    tokens = AutoTokenizer.from_pretrained(folder)("墙多长?", "防洪墙\n全长22.2公里。", return_tensors="pt")
    tokens.pop("token_type_ids", None)
    with torch.inference_mode():
        logit = AutoModelForSequenceClassification.from_pretrained(folder).eval()(**tokens).logits[0, 0].item()
    reranker = CrossEncoderReranker(folder)

    assert reranker.relevance("墙多长?", [("防洪墙", "全长22.2公里。")]) == pytest.approx([logit], abs=1e-5)
    assert not 0 <= logit <= 1
    assert reranker.name == "tiny-reranker"


def test_a_model_that_scores_no_pairs_is_refused_and_not_run_with_an_untrained_head(tmp_path: Path) -> None:
    from tiny_models import tiny_cross_encoder, tiny_embedding_model

    embedding, labels = tiny_embedding_model(tmp_path / "a"), tiny_cross_encoder(tmp_path / "b", labels=3)

    for folder in (embedding, labels):
        with pytest.raises(ModelUnavailableError, match=r"does not score pairs .* such as BAAI/bge-reranker-base"):
            CrossEncoderReranker(folder)


def test_a_folder_that_holds_no_model_names_the_two_that_always_work(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match=r'not a model .* "bundled"` .* `reranker = "none"` to go'):
        CrossEncoderReranker(tmp_path)
