"""A reader of a few kilobytes: a tokenizer with one token a character, four layers of random weights, a small data set.

torch and transformers are imported only where a network is asked for; they take seconds.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.e5_folder import tokenizer
from embeddings.e5s1 import Vocabulary
from qa.answer.windows import Windows

if TYPE_CHECKING:
    from qa.answer.network import ReaderNetwork

BLANK = "\u2581"
CHARACTERS = (
    "水渠全长公里投资亿元谁修了哪年米东京は大桥开通由张明的多少港西陵市南浦北原中山下关"
    "?。,0123456789abcdefghijklmnopqrstuvwxyz:"
)
PIECES = ("<s>", "<pad>", "</s>", "<unk>", BLANK, *dict.fromkeys(CHARACTERS), f"{BLANK}query", f"{BLANK}passage")
WIDTH, LAYERS, LOWER = 12, 4, 2


def tiny_windows(
    folder: Path, *, question_tokens: int = 16, passage_tokens: int = 40, context_tokens: int = 8
) -> Windows:
    """Cut texts with the offline model's kind of tokenizer, whose pieces are single characters."""
    return Windows(
        tiny_tokenizer_file(folder),
        question_tokens=question_tokens,
        passage_tokens=passage_tokens,
        context_tokens=context_tokens,
    )


def tiny_tokenizer_file(folder: Path) -> Path:
    """Write tokenizer.json and return its path."""
    scores = (-1.0,) * len(PIECES)  # so that few pieces are likelier than many
    vocabulary = Vocabulary(PIECES, scores, bos=0, eos=2, pad=1, unk=3, normalisation={})
    path = folder / "tokenizer.json"
    path.write_text(json.dumps(tokenizer(vocabulary)), encoding="utf-8")
    return path


def pieces(ids: Sequence[int]) -> list[str]:
    """Return the tokens of ids, to read what a window holds."""
    return [PIECES[number] for number in ids]


def tiny_encoder(folder: Path, *, width: int = WIDTH) -> Path:
    """Write an encoder of four layers with random weights, the same every time, and return its folder."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(PIECES),
        hidden_size=width,
        num_hidden_layers=LAYERS,
        num_attention_heads=2,
        intermediate_size=2 * width,
        max_position_embeddings=64,
        pad_token_id=1,
        initializer_range=0.3,  # far enough from 0 that every token matters
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


def tiny_network(folder: Path) -> "ReaderNetwork":
    """Build a reader over a tiny encoder, which is written to the folder; ready to read, not to train."""
    import torch

    from qa.answer.network import new_network
    from qa.answer.shape import NetworkShape

    encoder_folder = tiny_encoder(folder)
    torch.manual_seed(2)
    shape = NetworkShape("tiny", LOWER, question_tokens=16, passage_tokens=40, context_tokens=8)
    return new_network(shape, encoder_folder).eval()
