"""What stands in the sentence-transformers folder of an E5S1 model: weights by name, settings, tokenizer.

Pure: gives values and writes no file (`bundled.py` does).
"""

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings import e5s1

PROMPTS = {"query": "query: ", "passage": "passage: "}


def state(model: e5s1.E5File) -> dict[str, NDArray[np.float16]]:
    """Return the weights under the names of transformers' `BertModel`; the pooler, which is not used, is zero."""
    shape = model.shape
    hidden, wide = shape.hidden, shape.feed_forward

    def named(source: str, *size: int) -> NDArray[np.float16]:
        weights = model.weights(source)
        if weights.size != np.prod(size):
            raise e5s1.E5FileError(f"the tensor {source} has {weights.size} weights, not {size}")
        return weights.reshape(size)

    tensors = {
        "embeddings.word_embeddings.weight": named("emb.word", shape.vocabulary, hidden),
        "embeddings.position_embeddings.weight": named("emb.pos", shape.positions, hidden),
        "embeddings.token_type_embeddings.weight": named("emb.type", shape.token_types, hidden),
        "embeddings.LayerNorm.weight": named("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": named("emb.ln.b", hidden),
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float16),
        "pooler.dense.bias": np.zeros(hidden, np.float16),
    }
    parts = {
        "q": ("attention.self.query", hidden, hidden),
        "k": ("attention.self.key", hidden, hidden),
        "v": ("attention.self.value", hidden, hidden),
        "ao": ("attention.output.dense", hidden, hidden),
        "fi": ("intermediate.dense", wide, hidden),
        "fo": ("output.dense", hidden, wide),
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for layer in range(shape.layers):
        for short, (long, out, into) in parts.items():
            tensors[f"encoder.layer.{layer}.{long}.weight"] = named(f"l{layer}.{short}.w", out, into)
            tensors[f"encoder.layer.{layer}.{long}.bias"] = named(f"l{layer}.{short}.b", out)
        for short, long in norms.items():
            tensors[f"encoder.layer.{layer}.{long}.weight"] = named(f"l{layer}.{short}.w", hidden)
            tensors[f"encoder.layer.{layer}.{long}.bias"] = named(f"l{layer}.{short}.b", hidden)
    return tensors


def settings(model: e5s1.E5File) -> dict[str, Any]:
    """Return what every JSON file of the folder holds, by its name."""
    shape, vocabulary = model.shape, model.vocabulary
    special = {
        key: vocabulary.pieces[index]
        for key, index in [
            ("bos_token", vocabulary.bos),
            ("cls_token", vocabulary.bos),
            ("eos_token", vocabulary.eos),
            ("sep_token", vocabulary.eos),
            ("pad_token", vocabulary.pad),
            ("unk_token", vocabulary.unk),
        ]
    }
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",  # to compute in; the file is fp16
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": shape.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": vocabulary.pad,
        },
        "tokenizer.json": tokenizer(vocabulary),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "model_input_names": ["input_ids", "attention_mask"],
            "clean_up_tokenization_spaces": False,
            **special,
        },
        "special_tokens_map.json": special,
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def tokenizer(vocabulary: e5s1.Vocabulary) -> dict[str, Any]:
    """Return the content of `tokenizer.json`: Unigram pieces, the nmt_nfkc character map, `<s> text </s>`.

    The file's own table maps single code points only, so it is not used: a letter followed by a combining mark needs
    the whole map, which sentencepiece carries. `tokenizers` applies that map to clusters of up to five bytes, so that
    kana with a separate voicing mark (six bytes) are left to NFC.
    """
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    metaspace = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}
    specials = sorted({vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unk})
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": index,
                "content": vocabulary.pieces[index],
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
            for index in specials
        ],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Precompiled", "precompiled_charsmap": base64.b64encode(nmt_nfkc_map()).decode()},
                {"type": "NFC"},
            ],
        },
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, metaspace]},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [
                {"SpecialToken": {"id": bos, "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": eos, "type_id": 0}},
            ],
            "pair": [
                {"SpecialToken": {"id": bos, "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": eos, "type_id": 0}},
                {"SpecialToken": {"id": eos, "type_id": 0}},
                {"Sequence": {"id": "B", "type_id": 0}},
                {"SpecialToken": {"id": eos, "type_id": 0}},
            ],
            "special_tokens": {
                bos: {"id": bos, "ids": [vocabulary.bos], "tokens": [bos]},
                eos: {"id": eos, "ids": [vocabulary.eos], "tokens": [eos]},
            },
        },
        "decoder": metaspace,
        "model": {
            "type": "Unigram",
            "unk_id": vocabulary.unk,
            "byte_fallback": False,
            "vocab": [[piece, score] for piece, score in zip(vocabulary.pieces, vocabulary.scores, strict=True)],
        },
    }


def nmt_nfkc_map() -> bytes:
    """Return sentencepiece's compiled `nmt_nfkc` character map, as `tokenizers` reads it.

    Source: the message ModelProto of sentencepiece_model.proto, field 3 (normalizer_spec), in it field 2
    (precompiled_charsmap).
    """
    import sentencepiece  # noqa: PLC0415 - only needed to unpack

    proto = sentencepiece.SentencePieceNormalizer(rule_name="nmt_nfkc").serialized_model_proto()
    return _protobuf_bytes(_protobuf_bytes(proto, 3), 2)


def _protobuf_bytes(message: bytes, wanted: int) -> bytes:
    """Return the first length-delimited field with this number; other fields before it must be so too, or varints."""
    position = 0

    def varint() -> int:
        nonlocal position
        value = shift = 0
        while True:
            byte = message[position]
            position += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while position < len(message):
        field, wire = divmod(varint(), 8)
        length = varint()
        if wire == 2:
            if field == wanted:
                return message[position : position + length]
            position += length
        elif wire != 0:
            raise ValueError(f"sentencepiece's message has an unexpected field of wire type {wire}")
    raise ValueError(f"sentencepiece's message has no field {wanted}")
