"""The reader's network, with four layers of random weights: what may and what must not change its scores."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tiny_reader import LOWER, tiny_encoder, tiny_network

if TYPE_CHECKING:
    from qa.answer.network import ReaderNetwork, Scores

QUESTION, PASSAGE = (0, 5, 6, 7, 2), (0, 8, 9, 10, 11, 12, 2)
OTHER = (0, 13, 14, 15, 16, 17, 18, 19, 20, 2)


@pytest.fixture
def network(tmp_path: Path) -> "ReaderNetwork":
    return tiny_network(tmp_path / "encoder")


def read(network: "ReaderNetwork", *pairs: tuple[tuple[int, ...], tuple[int, ...]]) -> "Scores":
    """Read pairs in one batch, the shorter texts padded."""
    import torch

    from qa.answer.network import pad

    with torch.inference_mode():
        questions, passages = pad([pair[0] for pair in pairs]), pad([pair[1] for pair in pairs])
        sides = (network.read_alone(questions), questions != 1, network.read_alone(passages), passages != 1)
        scores: Scores = network(*sides)
        return scores


def first_row(scores: "Scores", tokens: int) -> list[float]:
    """All that is said of the first pair's real tokens."""
    spans = [*scores.start[0, :tokens].tolist(), *scores.end[0, :tokens].tolist()]
    return [float(scores.relevance[0]), float(scores.answerable[0]), *spans]


def test_padding_beside_a_longer_pair_changes_no_score(network: "ReaderNetwork") -> None:
    alone = read(network, (QUESTION, PASSAGE))
    padded = read(network, (QUESTION, PASSAGE), (OTHER, OTHER))

    assert padded.start.shape == (2, len(OTHER))
    assert first_row(padded, len(PASSAGE)) == pytest.approx(first_row(alone, len(PASSAGE)), abs=1e-5)


def test_every_token_of_question_and_passage_counts(network: "ReaderNetwork") -> None:
    """One token changed on either side changes the scores, and so does swapping the sides."""
    pairs = [
        (QUESTION, PASSAGE),
        (QUESTION, (*PASSAGE[:5], 30, 2)),
        ((*QUESTION[:3], 30, 2), PASSAGE),
        (PASSAGE, QUESTION),
    ]
    relevance = read(network, *pairs).relevance.tolist()

    assert min(abs(one - other) for place, one in enumerate(relevance) for other in relevance[:place]) > 1e-4


def test_only_the_upper_layers_and_the_heads_are_trained(network: "ReaderNetwork") -> None:
    """Embeddings and lower layers stay those of the encoder, so that they are not stored twice."""
    trained = {name for name, weights in network.named_parameters() if weights.requires_grad}

    assert trained == set(network.trained())
    assert {name.split(".")[0] for name in trained} == {"upper", "side", "judge", "span"}
    assert len(network.lower) == LOWER == len(network.upper)


def test_what_was_saved_reads_as_it_did(network: "ReaderNetwork", tmp_path: Path) -> None:
    """The file holds half precision, so the trained weights are rounded to that first; then not a bit may differ."""
    from qa.answer.network import load_network, save_network

    network.load_state_dict({name: weights.half().float() for name, weights in network.trained().items()}, strict=False)
    save_network(network, tmp_path, {})
    loaded = load_network(tmp_path, tmp_path / "encoder")

    assert loaded.shape == network.shape
    assert not loaded.training
    before, after = read(network, (QUESTION, PASSAGE)), read(loaded, (QUESTION, PASSAGE))
    assert first_row(after, len(PASSAGE)) == first_row(before, len(PASSAGE))


def test_the_file_holds_what_was_trained_with_its_shape_and_notes(network: "ReaderNetwork", tmp_path: Path) -> None:
    from safetensors import safe_open

    from qa.answer.network import save_network
    from qa.answer.shape import WEIGHTS

    save_network(network, tmp_path, {"licence": "CC BY-SA 4.0"})

    with safe_open(tmp_path / WEIGHTS, framework="np") as stored:
        assert set(stored.keys()) == set(network.trained())
        assert stored.metadata()["licence"] == "CC BY-SA 4.0"
        assert json.loads(stored.metadata()["shape"])["lower"] == LOWER


def test_weights_of_another_network_are_refused(network: "ReaderNetwork", tmp_path: Path) -> None:
    """One part too many, one too few, and an encoder of another width."""
    from safetensors.torch import save_file

    from qa.answer.network import load_network, save_network
    from qa.answer.shape import WEIGHTS

    weights = network.trained()
    notes = {"shape": json.dumps({"base": "tiny", "lower": LOWER})}
    for foreign in ({**weights, "judge.9.bias": weights["side"].clone()}, {**weights, "side": None}):
        held = {name: value.contiguous() for name, value in foreign.items() if value is not None}
        save_file(held, tmp_path / WEIGHTS, metadata=notes)
        with pytest.raises(ValueError, match="does not fit"):
            load_network(tmp_path, tmp_path / "encoder")

    save_network(network, tmp_path, {})
    with pytest.raises(RuntimeError, match="size mismatch"):
        load_network(tmp_path, tiny_encoder(tmp_path / "wider", width=16))
