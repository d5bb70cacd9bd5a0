"""The record of a run: the log and its reading, the sentence that says how far it is, tables and the card."""

import json
from pathlib import Path

import pytest

from qa.errors import SourceError
from qa.training import card, table
from qa.training.card import fill
from qa.training.log import RunLog, events, last_figures, progress, read_log
from qa.training.table import label

FIGURES = {
    "news/who: questions": 5,
    "news/who: said to be answerable": 0.8,
    "news/who: F1": 0.5,
    "news/who: exact": 0.25,
    "news/who: first by search": 0.6,
    "news/who: first by relevance + 0 search": 0.4,
    "news/who: first by relevance + 4 search": 1.0,
    "news/trap: questions": 15,
    "news/trap: said to be answerable": 0.2,
    "answerable or not, own passage: AUROC": 0.9,
}


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A finished run of 1,000 steps in 42 minutes."""
    lines = [
        {"seconds": 2, "event": "data", "paragraphs": 9, "trained": 80, "validation": 20},
        {"seconds": 60, "event": "groups", "epoch": 90},
        {"seconds": 900, "event": "step", "step": 500, "ranking": 1.0, "answerable": 0.5, "span": 4.0},
        {"seconds": 1000, "event": "validated", "step": 500, **FIGURES, "news/who: F1": 0.3},
        {"seconds": 2000, "event": "step", "step": 1000, "ranking": 0.5, "answerable": 0.4, "span": 2.0},
        {"seconds": 2500, "event": "validated", "step": 1000, **FIGURES},
        {"seconds": 2501, "event": "saved"},
    ]
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (folder / "reader.safetensors").write_bytes(b"weights")
    return folder


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder with a card to fill, and weights."""
    folder = tmp_path / "model"
    folder.mkdir()
    text = "# Card\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nlast\n"
    (folder / "README.md").write_text(text, encoding="utf-8")
    (folder / "reader.safetensors").write_bytes(b"weights")
    return folder


def test_what_is_written_to_the_log_is_read_again(tmp_path: Path) -> None:
    log = RunLog(tmp_path / "log.jsonl")
    log.write(event="groups", epoch=3)
    log.write(event="step", step=50, ranking=0.5)

    lines = read_log(tmp_path)

    assert [line["event"] for line in lines] == ["groups", "step"]
    assert events(lines, "step") == [{"seconds": 0, "event": "step", "step": 50, "ranking": 0.5}]


def test_a_line_that_is_still_being_written_is_not_read(run: Path) -> None:
    with (run / "log.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"seconds": 2502, "eve')

    assert read_log(run)[-1]["event"] == "saved"


def test_a_folder_without_a_log_names_what_to_give_instead(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="what was given to"):
        read_log(tmp_path)

    (tmp_path / "log.jsonl").write_text("no json\n", encoding="utf-8")
    with pytest.raises(SourceError, match="is not the log of a training run"):
        read_log(tmp_path)


def test_progress_says_how_far_it_is_and_what_is_left_at_this_pace() -> None:
    """600 steps in 1,200 seconds: 2,400 more need 80 minutes."""
    assert progress(600, 3000, 1200.0, {"ranking": 0.5, "span": 2.25}) == (
        "step 600 of 3000, 80 min left; ranking 0.500, span 2.250"
    )


def test_the_terminal_shows_hours_minutes_and_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = RunLog(tmp_path / "log.jsonl")
    monkeypatch.setattr(log, "seconds", lambda: 3725.4)

    log.say("validating")

    assert capsys.readouterr().out == "1:02:05  validating\n"


def test_the_tables_show_the_last_validation(run: Path) -> None:
    """Traps have no answer to compare and no place in the ranking."""
    shown = table.table(last_figures(read_log(run)))

    assert "| written news, who | 5 | 0.800 | 0.500 | 0.250 |" in shown
    assert "| written news, not answered | 15 | 0.200 | – | – |" in shown
    assert "| questions | n | search | relevance + 0 search | relevance + 4 search |" in shown
    assert "| written news, who | 5 | 0.600 | 0.400 | 1.000 |" in shown
    assert shown.count("not answered |") == 1
    assert shown.endswith("answerable or not, own passage: AUROC: 0.900\n")


def test_the_command_prints_the_tables_or_says_what_is_missing(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert table.main([str(run)]) == 0
    assert capsys.readouterr().out == table.table(FIGURES)

    assert table.main([str(tmp_path)]) == 2
    assert "is not the log of a training run" in capsys.readouterr().err


def test_kinds_are_named_for_readers_and_unknown_ones_as_they_are() -> None:
    assert label("cmrc/squad") == "CMRC 2018, the set's own questions"
    assert label("other/new") == "other, new"


def test_the_card_gets_the_figures_of_the_run_between_its_marks(run: Path, model: Path) -> None:
    text = fill(run, model).read_text(encoding="utf-8")

    assert text.startswith("# Card\n<!-- measured: begin -->\n- Weights: `reader.safetensors`, ")
    assert text.endswith("AUROC: 0.900\n<!-- measured: end -->\nlast\n")
    assert "old" not in text
    assert f"sha256 `{card.digest(run / 'reader.safetensors')}`" in text
    assert "1000 steps in 42 minutes" in text
    assert "80 questions to train on, 20 to validate with" in text
    assert "| written news, who | 5 | 0.800 | 0.500 | 0.250 |" in text


def test_the_card_s_command_names_what_it_wrote_or_says_what_does_not_fit(
    run: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert card.main([str(run), "--model", str(model)]) == 0
    assert capsys.readouterr().out == f"written: {model / 'README.md'}\n"

    (model / "reader.safetensors").write_bytes(b"older weights")
    assert card.main([str(run), "--model", str(model)]) == 2
    assert "Copy it first" in capsys.readouterr().err


def test_card_and_weights_cannot_be_of_two_runs(run: Path, model: Path) -> None:
    (model / "reader.safetensors").write_bytes(b"older weights")

    with pytest.raises(SourceError, match="Copy it first: install -m 644"):
        fill(run, model)
    assert "\nold\n" in (model / "README.md").read_text(encoding="utf-8")


def test_an_unfinished_run_fills_no_card(run: Path, model: Path) -> None:
    lines = (run / "log.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (run / "log.jsonl").write_text("".join(lines[:-1]), encoding="utf-8")

    with pytest.raises(SourceError, match="not finished"):
        fill(run, model)


def test_wenju_s_own_card_names_the_weights_beside_it() -> None:
    """Fails when one of the two was replaced without the other: python -m qa.training.card FOLDER."""
    text = (card.MODEL / "README.md").read_text(encoding="utf-8")
    weights = card.MODEL / "reader.safetensors"
    if not weights.is_file():
        pytest.skip("the weights are not there yet")

    assert card.digest(weights) in text
