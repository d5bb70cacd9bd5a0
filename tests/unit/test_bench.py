"""The own arithmetic of the benchmark: parts that add up, percentiles by nearest rank, a table that shows a miss."""

import builtins
import sys
from pathlib import Path

import pytest

from embeddings.hashing import HashingEncoder
from qa.bench import reindex
from qa.bench.__main__ import table
from qa.bench.costs import RecordingEncoder, measure_costs, percentile
from qa.bench.machine import describe, peak_bytes
from qa.bench.readers import is_fake, readers_for
from qa.bench.stopwatch import Stopwatch


class Clock:
    """Shows the time that it was set to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_part_inside_another_is_not_counted_twice() -> None:
    clock = Clock()
    watch = Stopwatch(clock)

    clock.now = 1.0  # belongs to nobody
    with watch.part("open the model"):
        clock.now = 3.0
        with watch.part("import torch"):
            clock.now = 8.0
        clock.now = 8.5
    with watch.part("answer"):
        clock.now = 9.0

    assert dict(watch.seconds) == {"open the model": 2.5, "import torch": 5.0, "answer": 0.5}


def test_a_part_that_fails_is_counted_and_closed() -> None:
    clock = Clock()
    watch = Stopwatch(clock)

    with pytest.raises(ValueError, match="no"), watch.part("open"):
        clock.now = 2.0
        raise ValueError("no")
    clock.now = 5.0
    with watch.part("again"):
        clock.now = 6.0

    assert dict(watch.seconds) == {"open": 2.0, "again": 1.0}


def test_only_the_first_import_of_a_heavy_package_is_a_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "tantivy.py").write_text("import json\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "tantivy", raising=False)
    watch = Stopwatch()
    plain_import = builtins.__import__

    with watch.part("other"), watch.imports():
        import json  # noqa: F401

        import tantivy

        first = watch.seconds["import tantivy"]
        import tantivy  # noqa: F401, F811
    monkeypatch.delitem(sys.modules, "tantivy")

    assert set(watch.seconds) == {"other", "import tantivy"}
    assert 0 < first == watch.seconds["import tantivy"]
    assert builtins.__import__ is plain_import


def test_a_percentile_is_a_value_that_occurred() -> None:
    assert [percentile([40, 10, 30, 20], percent) for percent in (1, 25, 50, 51, 75, 95, 100)] == [
        10, 10, 20, 30, 30, 40, 40,
    ]  # fmt: skip
    assert percentile([7.0], 50) == 7.0
    assert percentile(range(1, 101), 95) == 95


def test_the_recorder_keeps_passages_only_and_changes_nothing() -> None:
    plain = HashingEncoder(16)
    recorder = RecordingEncoder(plain)

    vectors = recorder.encode_passages(["湖边", "新园"])
    recorder.encode_queries(["何时"])
    recorder.encode_passages(["湖边"])

    assert recorder.texts == ["湖边", "新园", "湖边"]
    assert (vectors == plain.encode_passages(["湖边", "新园"])).all()
    assert (recorder.name, recorder.dimension) == ("hashing-16", 16)


@pytest.mark.parametrize("model", ["hashing", "hashing:32"])
def test_beside_the_fake_encoder_rules_read(model: str) -> None:
    assert is_fake(model)
    assert readers_for(model) == {"reranker": "none", "answerer": "sentence"}


@pytest.mark.parametrize("model", ["bundled", "BAAI/bge-m3", "hashing-models/e5"])
def test_beside_a_real_encoder_the_trained_reader_reads(model: str) -> None:
    assert not is_fake(model)
    assert readers_for(model) == {"reranker": "bundled", "answerer": "reader"}


def test_the_peak_of_memory_does_not_sink_and_counts_what_is_held() -> None:
    before = peak_bytes()
    held = bytearray(b"x") * 64_000_000
    grown = peak_bytes()
    del held

    assert grown >= before
    assert grown > 64_000_000
    assert peak_bytes() > grown - 1_000_000  # the kernel counts by and by


def _result(ratio: float) -> dict[str, object]:
    costs = {
        "model": "hashing-16", "compared_with": "encode_passages",
        "passages": 10, "texts": 30, "tokens": 900, "questions": 2,
        "index_tokens_per_second": 900.0, "encode_tokens_per_second": 1000.0, "index_to_encode_ratio": ratio,
        "index_share_of_encoding": 0.8,
        "answer_p50_ms": 30.0, "answer_p95_ms": 50.0, "encode_p50_ms": 10.0, "encode_p95_ms": 20.0,
        "reading": {"encode_question_ms": 10.0, "engines": {"torch": {"ms": 250.0, "ratio": 25.0}}},
        "answer_to_encode_ratio": 3.0, "peak_memory_bytes": 2_600_000_000, "store_bytes": 40_000,
    }  # fmt: skip
    parts = {"import torch": 3.0, "open the model": 2.0, "start Python": 0.1, "import faiss": 0.5}
    return {
        "date": "2026-01-01T00:00:00+00:00",
        "documents": "articles",
        "machine": describe(),
        "costs": costs,
        "routes": {
            "users": 8,
            "ratio": 9.6,
            "ways": {"plain": {"per_second": 1015.4}, "gradio": {"per_second": 106.0}},
        },
        "first_answer": {"total": 6.0, "parts": parts},
        "command_seconds": 6.5,
    }


def test_the_table_says_which_targets_are_met_and_names_the_three_largest_parts() -> None:
    rows = [line.strip("| ").split(" | ") for line in table(_result(0.9)).splitlines() if line.startswith("| ")]
    by_name = {row[0].strip(): row[1:] for row in rows}

    assert by_name["indexing / encode"] == ["0.90", "≥ 0.9", "met"]
    assert by_name["indexing, share of encoding"][0] == "80%"
    assert by_name["answer / encode, p50"] == ["3.00", "≤ 12", "met"]
    assert by_name["reading 8 passages / encode, torch"][0] == "25.0 (250 ms)"
    assert by_name["POST /v1/ask / Gradio's queue, 8 users"] == ["9.6 (1015/s, 106/s)", "≥ 5", "met"]
    assert by_name["peak memory"] == ["2.60 GB", "< 2.5 GB", "missed"]
    assert by_name["store"][0] == "4.0 kB a passage"
    start = [row[0].strip() for row in rows].index("process start → first answer")
    assert [row[0].strip() for row in rows[start + 1 : start + 5]] == [
        "import torch", "open the model", "import faiss", "wenju ask, the whole command",
    ]  # fmt: skip


def test_a_missed_ratio_is_shown_as_missed() -> None:
    assert "| indexing / encode | 0.89 | ≥ 0.9 | missed |" in table(_result(0.89))


def test_costs_are_counted_over_what_was_really_encoded_and_stored(tmp_path: Path) -> None:
    """One paragraph of two sentences, with its title: three texts; encoded again, but stored once."""
    papers = tmp_path / "papers"
    papers.mkdir()
    body = "河阳县的湖心公园将在五月一日向市民开放，全园免收门票。公园由县园林处管理，每天早上六点开门。"
    (papers / "park.txt").write_text(f"湖心公园五月开放\n\n{body}\n", encoding="utf-8")

    costs = measure_costs(papers, [("公园几点开门？", ())], tmp_path / "store", model="hashing:32", rounds=2)

    assert (costs["model"], costs["passages"], costs["texts"], costs["questions"]) == ("hashing-32", 1, 3, 1)
    assert costs["tokens"] >= 2 * len(body)
    assert (len(costs["index_seconds"]), len(costs["encode_seconds"])) == (2, 2)
    assert costs["store_bytes"] == sum(file.stat().st_size for file in (tmp_path / "store").iterdir())
    assert 0 < costs["index_share_of_encoding"] < 1
    assert costs["answer_p50_ms"] > costs["encode_p50_ms"] > 0
    assert costs["peak_memory_bytes"] > 0
    assert costs["reading"] is None  # the fake encoder goes without the trained reader


def test_reindexing_is_measured_over_what_really_changed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Twenty documents of two passages each; every run says what it did."""
    monkeypatch.setattr(sys, "argv", ["reindex", "--documents", "20"])

    assert reindex.main() == 0
    assert [(line[:24].strip(), line.partition(" s   ")[2]) for line in capsys.readouterr().out.splitlines()[:-1]] == [
        ("the first time", "20 new, 0 changed, 0 removed, 0 unchanged; 40 passages"),
        ("again, unchanged", "0 new, 0 changed, 0 removed, 20 unchanged; 40 passages"),
        ("again, one changed", "0 new, 1 changed, 0 removed, 19 unchanged; 40 passages"),
        ("again, a folder renamed", "20 new, 0 changed, 20 removed, 0 unchanged; 40 passages"),
        ("again, all touched", "0 new, 0 changed, 0 removed, 20 unchanged; 40 passages"),
        ("again, --thorough", "0 new, 0 changed, 0 removed, 20 unchanged; 40 passages"),
        ("list", "20 documents"),
        ("verify", "0 differences"),
    ]
