"""The one question to an assistant with a language model, and what must hold of its answer whatever the model does."""

import json
from time import perf_counter

from llm_corpus import HURRIED, PATIENT, QUESTION
from llm_stub import KEY, Stub, only_to

from qa.answer.render import answer_json
from qa.assistant import Assistant
from qa.types import Answer, Written

SENTENCE, QUOTE = "东埠区防洪墙的全长为22.2公里。", "东埠区防洪墙全长22.2公里"
WAITS = HURRIED["total_seconds"] + 1.5  # seconds: the limit, and what else an answer takes on a busy machine


def ask(assistant: Assistant, model: Stub, *, within: float = PATIENT["total_seconds"]) -> tuple[Answer, Written]:
    """Ask the one question; check what holds for every behaviour."""
    started = perf_counter()
    with only_to(model.port) as tried:
        answer = assistant.ask(QUESTION)
    assert perf_counter() - started < within
    assert (answer.answer, tried) == ("22.2公里", [])
    assert answer.written is not None
    shown = json.dumps(answer_json(answer), ensure_ascii=False) + repr(answer)
    assert KEY not in shown
    assert "Traceback" not in shown
    for citation in answer.all_citations:
        document = assistant.article(citation.document_id).document
        assert document.text[citation.span.start : citation.span.end] == citation.quote
    return answer, answer.written
