"""The network of the reader: it reads question and passage together and says how well they fit and where the answer is.

Lower layers of the encoder read question and passage each alone, as it was taught; the upper ones, trained further,
read both together. Knows nothing of text: token ids come in, scores go out. Needs torch.

Source: the split of lower and upper layers is that of DeFormer, Cao et al., ACL 2020,
doi:10.18653/v1/2020.acl-main.411.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import BertModel
from transformers.utils import logging

from qa.answer.shape import PADDING, WEIGHTS, NetworkShape, read_shape


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of each pair: logits.

    Attributes:
        relevance: Shape (pairs,); to compare passages for one question, not passages of two.
        answerable: Shape (pairs,); above 0 when the passage answers the question.
        start: Shape (pairs, passage tokens); where the answer's first token stands.
        end: The same for its last token. Both say something of marks, context and padding too: leave those out.
    """

    relevance: Tensor
    answerable: Tensor
    start: Tensor
    end: Tensor


class ReaderNetwork(nn.Module):
    """Two towers below, one network above, three heads.

    Args:
        shape: How it is split.
        encoder: The encoder, from which all layers are taken; its parts are used, not copied.

    Attributes:
        lower: Read each text alone, frozen with the embeddings.
        upper: Read question and passage together.
        side: Shape (2, width), added to the states of question tokens and of passage tokens.
        judge: Head of two logits, relevance and answerable, from <s>, the mean of each side, and their product.
        span: Head of two logits a token, start and end.
    """

    def __init__(self, shape: NetworkShape, encoder: BertModel) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.shape = shape
        self.embeddings = encoder.embeddings
        self.lower = encoder.encoder.layer[: shape.lower]
        self.upper = encoder.encoder.layer[shape.lower :]
        for frozen in (self.embeddings, self.lower):
            frozen.requires_grad_(requires_grad=False)
        self.side = nn.Parameter(torch.zeros(2, width))  # tells question tokens from passage tokens
        self.judge = nn.Sequential(nn.Linear(4 * width, width), nn.GELU(), nn.Dropout(0.1), nn.Linear(width, 2))
        self.span = nn.Linear(width, 2)

    def read_alone(self, ids: Tensor) -> Tensor:
        """Return the states of texts after the lower layers.

        Args:
            ids: Shape (texts, tokens), filled up with the padding id; see `pad`.

        Returns:
            Shape (texts, tokens, width).
        """
        return self.read_words(self.embeddings.word_embeddings(ids), ids != PADDING)

    def read_words(self, words: Tensor, held: Tensor) -> Tensor:
        """Return what `read_alone` does, of words that are looked up already.

        Args:
            words: Rows of the encoder's table of words, shape (texts, tokens, width).
            held: Boolean, shape (texts, tokens): where a token stands and no padding.
        """
        states: Tensor = self.embeddings(inputs_embeds=words)
        mask = _additive(held, states.dtype)
        for layer in self.lower:
            states = _through(layer, states, mask)
        return states

    def forward(self, question: Tensor, question_held: Tensor, passage: Tensor, passage_held: Tensor) -> Scores:
        """Read pairs; row i of question and passage makes pair i.

        Args:
            question: States from `read_alone`, shape (pairs, question tokens, width).
            question_held: Boolean, shape (pairs, question tokens): where a token stands and no padding.
            passage: States from `read_alone`, shape (pairs, passage tokens, width).
            passage_held: Boolean, shape (pairs, passage tokens).
        """
        states = self.read_together(question, question_held, passage, passage_held)
        judged = self.judge_states(states, question_held, passage_held)
        spans = self.find_spans(states, question_held)
        return Scores(judged[:, 0], judged[:, 1], spans[..., 0], spans[..., 1])

    def read_together(self, question: Tensor, question_held: Tensor, passage: Tensor, passage_held: Tensor) -> Tensor:
        """Return the states of pairs after the upper layers, shape (pairs, question and passage tokens, width)."""
        states = torch.cat([question + self.side[0], passage + self.side[1]], dim=1)
        mask = _additive(torch.cat([question_held, passage_held], dim=1), states.dtype)
        for layer in self.upper:
            states = _through(layer, states, mask)
        return states

    def judge_states(self, states: Tensor, question_held: Tensor, passage_held: Tensor) -> Tensor:
        """Return relevance and answerable from the states of pairs, shape (pairs, 2)."""
        split = question_held.shape[1]
        of_question = _mean(states[:, :split], question_held)
        of_passage = _mean(states[:, split:], passage_held)
        gathered = torch.cat([states[:, 0], of_question, of_passage, of_question * of_passage], dim=-1)
        with torch.autocast("cpu", enabled=False):  # bfloat16 would let near passages tie
            judged: Tensor = self.judge(gathered.float())
        return judged

    def find_spans(self, states: Tensor, question_held: Tensor) -> Tensor:
        """Return start and end from the states of pairs, shape (pairs, passage tokens, 2)."""
        spans: Tensor = self.span(states[:, question_held.shape[1] :])
        return spans.float()

    def compute_in_bfloat16(self) -> None:
        """Keep and compute everything but the judge in bfloat16, for reading only.

        Autocast would keep the weights in single precision and round them, and the states between two layers, anew
        at every call: 410 ms for ten windows of 150 tokens against 290 ms (two cores with avx512_bf16, 2026-11-25).
        """
        for part in (self.embeddings, self.lower, self.upper, self.span):
            part.to(torch.bfloat16)
        self.side.data = self.side.data.to(torch.bfloat16)

    def trained(self) -> dict[str, Tensor]:
        """Return the weights that training changes, by name."""
        return {name: value for name, value in self.state_dict().items() if not name.startswith(_FROZEN)}


_FROZEN = ("embeddings.", "lower.")


def pad(rows: Sequence[Sequence[int]]) -> Tensor:
    """Return token ids as one tensor, shape (rows, longest row), filled up with the padding id.

    Raises:
        ValueError: There are no rows.
    """
    filled = torch.full((len(rows), max(map(len, rows))), PADDING)
    for number, row in enumerate(rows):
        filled[number, : len(row)] = torch.tensor(row)
    return filled


def save_network(network: ReaderNetwork, folder: Path, notes: Mapping[str, str]) -> None:
    """Write the trained weights, in half precision, with the shape and notes as metadata.

    Args:
        network: Of which only what training changes is written; the frozen layers are those of the encoder.
        folder: Must be there; `WEIGHTS` in it is replaced.
        notes: Added to the metadata: licence, figures and the like.
    """
    weights = {name: value.detach().to(torch.float16).contiguous() for name, value in network.trained().items()}
    save_file(weights, folder / WEIGHTS, metadata={"shape": json.dumps(asdict(network.shape)), **notes})


def load_network(folder: Path, encoder_folder: Path) -> ReaderNetwork:
    """Build the network from the encoder's folder and the trained weights, ready to read.

    Args:
        folder: Holds `WEIGHTS`.
        encoder_folder: Of the encoder that the training started from.

    Raises:
        OSError: A file is missing.
        ValueError: The weights lack a part of this network, or have one that it lacks.
        RuntimeError: A part has another size, as with an encoder of another width.
    """
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # else a report of weights that are not used
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    with safe_open(folder / WEIGHTS, framework="pt") as stored:
        weights = {name: stored.get_tensor(name).float() for name in stored.keys()}  # noqa: SIM118 - not a mapping
    network = new_network(read_shape(folder), encoder_folder)
    missing, unknown = network.load_state_dict(weights, strict=False)
    if unknown or any(not name.startswith(_FROZEN) for name in missing):
        raise ValueError(f"{folder / WEIGHTS} does not fit the network")
    return network.eval()


def new_network(shape: NetworkShape, encoder_folder: Path) -> ReaderNetwork:
    """Build the network with the encoder's own weights above as below, and untrained heads.

    Args:
        shape: How it is split.
        encoder_folder: Holds config.json and model.safetensors of a `BertModel`.

    Raises:
        OSError: The folder holds no such model.
    """
    # Dropout would cost a third of the training time for random numbers alone, and a run reads everything but once.
    encoder = BertModel.from_pretrained(
        encoder_folder,
        add_pooling_layer=False,
        attn_implementation="eager",
        attention_probs_dropout_prob=0.0,
        hidden_dropout_prob=0.0,
        local_files_only=True,
    )
    return ReaderNetwork(shape, encoder)


def _through(layer: nn.Module, states: Tensor, mask: Tensor) -> Tensor:
    """Return the states after one layer; some versions of transformers wrap them in a tuple."""
    out = layer(states, attention_mask=mask)
    result: Tensor = out[0] if isinstance(out, tuple) else out
    return result


def _additive(held: Tensor, dtype: torch.dtype) -> Tensor:
    """Return 0 for what may be looked at and a very negative number for padding, shape (rows, 1, 1, tokens)."""
    return torch.zeros(held.shape, dtype=dtype).masked_fill(~held, -1e4)[:, None, None, :]


def _mean(states: Tensor, held: Tensor) -> Tensor:
    """Return the mean of the states where a token stands, shape (rows, width)."""
    weights = held.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1)
