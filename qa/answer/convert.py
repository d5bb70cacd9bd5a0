"""Convert the reader's network to OpenVINO's graphs, three of them; needs torch, and about ten seconds.

The two logits of a pair come from a graph of their own, which can keep single precision while the layers do without.

Does not keep them (`qa.answer.converted`) and does not run them (`qa.answer.engine_openvino`).
"""

import warnings
from pathlib import Path

import torch
from torch import Tensor, nn

from qa.answer.engine_openvino import JUDGE, LOWER, UPPER
from qa.answer.network import ReaderNetwork, load_network
from qa.answer.quiet_openvino import import_openvino


class _Lower(nn.Module):
    """Rows of the table of words → states. The table stays with the encoder: it is four fifths of all weights."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, words: Tensor, held: Tensor) -> Tensor:
        return self.network.read_words(words, held)


class _Upper(nn.Module):
    """States of both sides → states of pairs, and where answers start and end."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, question: Tensor, question_held: Tensor, passage: Tensor, passage_held: Tensor) -> list[Tensor]:
        states = self.network.read_together(question, question_held, passage, passage_held)
        return [states, self.network.find_spans(states, question_held)]


class _Judge(nn.Module):
    """States of pairs → relevance and answerable."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, states: Tensor, question_held: Tensor, passage_held: Tensor) -> Tensor:
        return self.network.judge_states(states, question_held, passage_held)


def convert(folder: Path, encoder_folder: Path, to: Path) -> None:
    """Write the graphs, an .xml and a .bin each, in half precision, which is that of the weights' own files.

    Args:
        folder: Holds the reader's weights.
        encoder_folder: Of the encoder that they belong to.
        to: An existing folder.
    """
    openvino = import_openvino()
    network = load_network(folder, encoder_folder)
    width = network.side.shape[1]
    questions = torch.zeros(3, 7, width), torch.ones(3, 7, dtype=torch.bool)  # sizes of an example, none is kept
    passages = torch.zeros(3, 20, width), torch.ones(3, 20, dtype=torch.bool)
    pairs = torch.zeros(3, 27, width), questions[1], passages[1]
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of torch, on what tracing leaves out
        for name, half, example in (
            (LOWER, _Lower(network), passages),
            (UPPER, _Upper(network), (*questions, *passages)),
            (JUDGE, _Judge(network), pairs),
        ):
            graph = openvino.convert_model(half.eval(), example_input=example)
            openvino.save_model(graph, to / name, compress_to_fp16=True)
