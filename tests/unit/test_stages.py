"""The stages of an answer, told while it is made."""

from pathlib import Path

import pytest
from library_fixtures import WITHOUT_READER

from embeddings.hashing import HashingEncoder
from qa.assistant import Assistant
from qa.types import Stage


class Stopped(BaseException):
    """Somebody pressed stop."""


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    opened = Assistant.open(tmp_path / "store", encoder=HashingEncoder(), create=True, **WITHOUT_READER)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "wall.txt").write_text("防洪墙加固\n\n防洪墙全长22.2公里,明年闭合。\n", encoding="utf-8")
    opened.index(tmp_path / "papers")
    return opened


def test_the_stages_of_an_answer_are_told_in_order(assistant: Assistant) -> None:
    told: list[Stage] = []

    answer = assistant.ask("防洪墙全长多少公里?", told=told.append)

    assert answer.answer == "22.2公里"
    assert told == [Stage.SEARCHING, Stage.READING, Stage.PROVING]


def test_whoever_is_told_can_stop_the_question(assistant: Assistant) -> None:
    def stop(stage: Stage) -> None:
        if stage is Stage.READING:
            raise Stopped

    with pytest.raises(Stopped):
        assistant.ask("防洪墙全长多少公里?", told=stop)
    assert assistant.ask("防洪墙全长多少公里?").answer == "22.2公里"
