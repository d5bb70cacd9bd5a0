"""A real small language model, offline: the way there and back works. Nothing is claimed of what it says."""

import os
from pathlib import Path

import pytest
from llm_corpus import assistant_with_llm
from llm_real import missing, real_model

from qa.types import Answer, Written

PAPERS = {
    "ferry.txt": "The last ferry\n\nThe ferry across the Ji River carries 18 people. It was built in 1962.\n\n"
    "A footbridge of 186 metres opens next week.\n"
}


@pytest.fixture(scope="module")
def address() -> object:
    lacking = missing()
    if lacking:
        why = f"{' and '.join(lacking)} are not installed; make test installs them"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why)
    with real_model() as served:
        yield served


def test_a_real_model_is_asked_streams_and_is_held_against_the_sources(address: str, tmp_path: Path) -> None:
    assistant = assistant_with_llm(
        tmp_path, address, papers=PAPERS, first_seconds=60.0, total_seconds=90.0, max_tokens=48, passages=2
    )
    so_far: list[int] = []

    def note(answer: Answer) -> None:
        so_far.append(len(written_in(answer).sentences))

    answer = assistant.ask("How many people does the ferry carry?", so_far=note)

    assert answer.answer is not None
    assert "18" in answer.answer
    written = written_in(answer)
    assert written.problem is None
    assert written.sentences
    assert so_far == sorted(so_far)
    assert so_far[0] == 0
    for sentence in written.sentences:
        assert sentence.proved == bool(sentence.citations) == (sentence.reason is None)
    for citation in answer.all_citations:
        assert PAPERS["ferry.txt"][citation.span.start : citation.span.end] == citation.quote
    assistant.close()


def written_in(answer: Answer) -> Written:
    assert answer.written is not None
    return answer.written
