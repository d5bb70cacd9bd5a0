"""While a language model writes: what it has written is told at once, it can be stopped, and it is not always asked."""

import threading
import time
from pathlib import Path
from time import perf_counter

import pytest
from llm_asking import QUOTE, SENTENCE
from llm_corpus import PATIENT, QUESTION
from llm_stub import Asked, Reply, Stub, event, said

from qa.answer.render import answer_json
from qa.assistant import Assistant
from qa.config_llm import LlmSettings
from qa.llm.problems import stopped_while_written
from qa.types import Answer, Stage, Written
from qa.types import WritingProblemCode as Code


def test_sentences_are_told_as_they_arrive_in_pieces_that_cut_characters(writing: Assistant, model: Stub) -> None:
    def bytewise(reply: Reply, asked: Asked) -> None:
        reply.head()
        first = event(asked.sentence(SENTENCE, QUOTE))
        for at in range(0, len(first), 5):
            reply.raw(first[at : at + 5])
        came.wait(30)
        reply.event(said("编造的一句。", (1, "编造")))

    came = threading.Event()
    so_far: list[tuple[int, int]] = []
    stages: list[Stage] = []
    model.answer = bytewise

    def note(answer: Answer) -> None:
        assert (answer.answer, answer.citations[0].number, answer.written is None) == ("22.2公里", 1, False)
        written = answer.written or Written("")
        if (written.proved, written.unproved) not in so_far:
            so_far.append((written.proved, written.unproved))
        if written.proved:
            came.set()

    answer = writing.ask(QUESTION, told=stages.append, so_far=note)

    assert so_far == [(0, 0), (1, 0), (1, 1)]
    assert stages == [Stage.SEARCHING, Stage.READING, Stage.PROVING, Stage.WRITING]
    assert answer.timings_ms["total"] >= answer.timings_ms["write"] > 0


def test_whoever_is_told_can_stop_it_and_the_endpoint_is_hung_up_on(writing: Assistant, model: Stub) -> None:
    class Stopped(BaseException):
        """Somebody pressed stop."""

    gone = threading.Event()

    def goes_on(reply: Reply, asked: Asked) -> None:
        try:
            reply.head()
            reply.event(asked.sentence(SENTENCE, QUOTE))
            for _ in range(200):
                time.sleep(0.02)
                reply.event(" ")
        except OSError:
            gone.set()

    def stop(answer: Answer) -> None:
        if answer.written is not None and answer.written.sentences:
            raise Stopped

    model.answer = goes_on
    with pytest.raises(Stopped):
        writing.ask(QUESTION, so_far=stop)
    assert gone.wait(30)


def test_a_model_that_says_nothing_can_be_stopped_at_once(writing: Assistant, model: Stub) -> None:
    """Whoever waits is asked at every beat whether it still wants to; the answer was there before."""

    class Stopped(BaseException):
        """Somebody pressed stop."""

    told: list[Answer] = []

    def stop_later(answer: Answer) -> None:
        told.append(answer)
        if len(told) == 3:
            raise Stopped

    model.answer = lambda reply, asked: model.ending.wait(PATIENT["total_seconds"]) and None
    started = perf_counter()
    with pytest.raises(Stopped):
        writing.ask(QUESTION, so_far=stop_later)

    assert perf_counter() - started < PATIENT["first_seconds"] / 2
    assert told[0] is told[1] is told[2]
    kept = stopped_while_written(told[2])
    assert kept.written is not None
    assert kept.written.problem is not None
    assert (kept.answer, kept.written.sentences, kept.written.problem.code) == ("22.2公里", (), Code.STOPPED)


def test_where_the_documents_do_not_say_the_model_is_not_asked(writing: Assistant, model: Stub) -> None:
    """Neither where nothing fits nor where the guard found another name: a model must not talk over a silence."""
    model.says(said(SENTENCE, (1, QUOTE)))

    for question in ("西宁区动物园的熊猫叫什么名字?", "西宁区防洪墙全长多少公里?"):
        answer = writing.ask(question)
        assert (answer.abstained, answer.written) == (True, None)
    assert model.asked == []


def test_without_a_model_or_switched_off_for_a_question_nothing_is_asked_and_the_json_has_no_key(
    tmp_path: Path, writing: Assistant, model: Stub
) -> None:
    plain = answer_json(writing.ask(QUESTION, llm=False))
    assert ("written" in plain, model.asked) == (False, [])

    with_none = Assistant.open(tmp_path / "store", create=True, llm=LlmSettings())
    assert (with_none.status().llm, writing.status().llm) == ("", f"stub-model at 127.0.0.1:{model.port}")
    with_none.close()
