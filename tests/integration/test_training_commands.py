"""The training workshop's commands: what the curves show, and what is refused. Loads torch and matplotlib."""

import json
from pathlib import Path

import pytest

from qa.training.curves import curves, draw, main, smoothed


def test_smoothing_starts_at_the_first_value_and_lets_old_ones_fade() -> None:
    """At a half: 4, then (4/2 + 1)/(1/2 + 1) = 2, then (3/2 + 2)/(3/4 + 1) = 2."""
    assert smoothed([4.0, 1.0, 2.0], keep=0.5) == pytest.approx([4.0, 2.0, 2.0])
    assert smoothed([4.0, 1.0], keep=0.0) == [4.0, 1.0]


def test_kinds_with_few_questions_share_a_curve_and_traps_never_do() -> None:
    """10 at .5 and 5 at .8 make .6; with 20 questions a kind has its own."""
    line = {
        "event": "validated", "step": 800,
        "news/who: questions": 10, "news/who: F1": 0.5, "news/who: said to be answerable": 1.0,
        "news/date: questions": 5, "news/date: F1": 0.8, "news/date: said to be answerable": 0.7,
        "news/list: questions": 20, "news/list: F1": 0.1, "news/list: said to be answerable": 0.9,
        "news/trap: questions": 3, "news/trap: said to be answerable": 0.0,
    }  # fmt: skip

    assert curves([line], "F1") == {
        "news/few of a kind": ([800], [pytest.approx(0.6)]),
        "news/list": ([800], [0.1]),
    }
    assert curves([line], "said to be answerable") == {
        "news/few of a kind": ([800], [pytest.approx(0.9)]),
        "news/list": ([800], [0.9]),
        "news/trap": ([800], [0.0]),
    }


def test_a_run_becomes_a_picture_from_its_first_line_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run that has only begun, then one with losses and a validation."""
    log = tmp_path / "log.jsonl"
    log.write_text('{"seconds": 1, "event": "data"}\n', encoding="utf-8")
    empty = draw(tmp_path).read_bytes()
    lines = [
        {"event": "step", "step": 50, "ranking": 1.0, "answerable": 0.5, "span": 4.0},
        {"event": "step", "step": 100, "ranking": 0.5, "answerable": 0.4, "span": 2.0},
        {"event": "validated", "step": 100, "news/who: questions": 30, "news/who: F1": 0.5},
    ]
    log.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    assert main([str(tmp_path)]) == 0

    assert capsys.readouterr().out == f"written: {tmp_path / 'curves.png'}\n"
    drawn = (tmp_path / "curves.png").read_bytes()
    assert drawn[:8] == empty[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(drawn) > len(empty)


def test_a_run_is_refused_before_it_starts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A set that is not there, and counts that are none."""
    from qa.training.reader import main as train

    held = tmp_path / "set.json"
    held.write_text('{"data": []}', encoding="utf-8")
    for arguments, complaint in [
        (["--squad", str(tmp_path / "no.json"), "--to", "run"], "there is no file"),
        (["--squad", str(held), "--to", "run", "--steps", "0"], "0 is not a whole number from 1"),
        (["--squad", str(held), "--to", "run", "--groups", "-8"], "-8 is not a whole number from 1"),
        (["--squad", str(held)], "--to"),
    ]:
        with pytest.raises(SystemExit) as ended:
            train(arguments)
        assert ended.value.code == 2
        assert complaint in capsys.readouterr().err
    assert not Path("run").exists()


def test_a_folder_without_a_log_is_a_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "is not the log of a training run" in capsys.readouterr().err
