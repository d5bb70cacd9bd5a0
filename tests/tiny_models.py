"""Models of a few kilobytes with random weights, made on the spot, for tests of what reads question and passage.

Their figures mean nothing, yet they are functions of the text: one piece per character, a mark for what is unknown.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import torch
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split
from tokenizers.processors import TemplateProcessing
from transformers import BertConfig, BertForSequenceClassification, BertModel, PreTrainedTokenizerFast

if TYPE_CHECKING:
    from qa.answer.reader import PassageReader

MARKS = ["<s>", "<pad>", "</s>", "<unk>"]  # at the places where the e5 family has them
CHARACTERS = "防洪墙全长公里总投资亿元图书馆新设阅览座位个副市长到现场查看桥0123456789.。?abcdefghijklmnopqrstuvwxyz:"


def tiny_tokenizer() -> Tokenizer:
    """Return a tokenizer with one token for each character."""
    pieces = {piece: number for number, piece in enumerate([*MARKS, *dict.fromkeys(CHARACTERS)])}
    tokenizer = Tokenizer(WordLevel(pieces, unk_token="<unk>"))
    tokenizer.pre_tokenizer = Split(Regex("."), behavior="isolated")
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


def tiny_config(*, labels: int = 1) -> BertConfig:
    return BertConfig(
        vocab_size=len(MARKS) + len(set(CHARACTERS)),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
        pad_token_id=1,
        num_labels=labels,
        initializer_range=0.4,  # far enough apart that logits leave 0 to 1
    )


def tiny_cross_encoder(folder: Path, *, labels: int = 1) -> Path:
    """Write a cross-encoder to a new folder and return it."""
    torch.manual_seed(1)
    BertForSequenceClassification(tiny_config(labels=labels)).save_pretrained(folder)
    return _with_tokenizer(folder)


def tiny_embedding_model(folder: Path) -> Path:
    """Write a model without any head to a new folder and return it."""
    torch.manual_seed(1)
    BertModel(tiny_config()).save_pretrained(folder)
    return _with_tokenizer(folder)


def _with_tokenizer(folder: Path) -> Path:
    PreTrainedTokenizerFast(
        tokenizer_object=tiny_tokenizer(), pad_token="<pad>", unk_token="<unk>", bos_token="<s>", eos_token="</s>"
    ).save_pretrained(folder)
    return folder


def tiny_reader(folder: Path) -> "PassageReader":
    """Return the reader over a random network; the folder is for its tokenizer's file."""
    from qa.answer.engine_torch import TorchEngine
    from qa.answer.network import ReaderNetwork
    from qa.answer.reader import PassageReader
    from qa.answer.shape import NetworkShape
    from qa.answer.windows import Windows

    torch.manual_seed(1)
    shape = NetworkShape(base="tiny", lower=1, question_tokens=24, passage_tokens=64, context_tokens=8)
    network = ReaderNetwork(shape, BertModel(tiny_config(), add_pooling_layer=False)).eval()
    with torch.no_grad():
        for weights in network.judge.parameters():
            weights.mul_(6)  # as in `tiny_config`
    path = folder / "tokenizer.json"
    tiny_tokenizer().save(str(path))
    windows = Windows(
        path,
        question_tokens=shape.question_tokens,
        passage_tokens=shape.passage_tokens,
        context_tokens=shape.context_tokens,
    )
    return PassageReader(TorchEngine(network), windows)
