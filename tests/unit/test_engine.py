"""Which engine is chosen, and what stands around it; runs no network."""

import json
from pathlib import Path

import numpy as np
import pytest

from qa.answer import engine
from qa.answer.engine import choose_engine, padded
from qa.answer.words import WordTable
from qa.errors import ModelUnavailableError


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenVINO is not installed."""
    monkeypatch.setattr(engine, "find_spec", lambda _: None)


def test_auto_takes_openvino_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda name: object())

    assert [choose_engine(name) for name in ("auto", "torch", "openvino")] == ["openvino", "torch", "openvino"]


@pytest.mark.usefixtures("without")
def test_auto_takes_torch_elsewhere() -> None:
    assert [choose_engine(name) for name in ("auto", "torch")] == ["torch", "torch"]


@pytest.mark.usefixtures("without")
def test_openvino_without_its_package_is_refused_with_what_to_type() -> None:
    with pytest.raises(ModelUnavailableError) as caught:
        choose_engine("openvino")

    assert caught.value.problem == "The engine openvino is not installed."
    assert caught.value.remedy.startswith('Install it: pip install "wenju[fast]"')


def test_shorter_rows_are_filled_up_with_the_padding_id() -> None:
    assert padded([(0, 5, 2), (0, 2)]).tolist() == [[0, 5, 2], [0, 2, 1]]
    assert padded([(0, 2)]).dtype == np.int64


@pytest.mark.parametrize("kind", [np.float16, np.float32])
def test_words_are_looked_up_in_the_encoders_file(tmp_path: Path, kind: type[np.floating]) -> None:
    """Another array in front, so that the table does not begin where the arrays do."""
    from safetensors.numpy import save_file

    table = np.arange(12, dtype=kind).reshape(4, 3)
    save_file(
        {"a.bias": np.ones(5, kind), "embeddings.word_embeddings.weight": table, "z": np.zeros(2, kind)},
        tmp_path / "model.safetensors",
    )

    words = WordTable(tmp_path)[np.array([[3, 0], [1, 1]])]

    assert words.dtype == np.float32
    assert words.tolist() == [[[9, 10, 11], [0, 1, 2]], [[3, 4, 5], [3, 4, 5]]]


def test_other_weights_another_encoder_or_another_openvino_give_other_graphs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qa.answer import engine_openvino

    monkeypatch.setenv("WENJU_CACHE", str(tmp_path / "cache"))
    weights, manifest = tmp_path / "reader.safetensors", tmp_path / "manifest.json"
    version = type("Module", (), {"__version__": "1"})
    monkeypatch.setattr(engine_openvino, "import_openvino", lambda: version)
    names = []
    for change in (
        lambda: (weights.write_bytes(b"one"), manifest.write_text(json.dumps({}), encoding="utf-8")),
        lambda: weights.write_bytes(b"two"),
        lambda: manifest.write_text(json.dumps({"files": {}}), encoding="utf-8"),
        lambda: setattr(version, "__version__", "2"),
        lambda: None,
    ):
        change()
        names.append(engine_openvino.graphs_folder(tmp_path, tmp_path))

    assert len(set(names)) == 4
    assert names[-1] == names[-2]
    assert {folder.parent for folder in names} == {tmp_path / "cache" / "graphs"}
