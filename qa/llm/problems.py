"""What can go wrong with a language model, each with its sentence and remedy; none of them ends a question."""

from dataclasses import replace

from qa.types import Answer, WritingProblem
from qa.types import WritingProblemCode as Code

_TOLD: dict[Code, tuple[str, str]] = {
    Code.UNREACHABLE: ("The language model cannot be reached.", "Start it, or correct llm.base_url."),
    Code.SLOW: (
        "The language model took too long.",
        "Raise llm.first_seconds or llm.total_seconds, or take a smaller model.",
    ),
    Code.TOO_LONG: ("The language model wrote without an end.", "Raise llm.max_bytes, or take another model."),
    Code.UNAUTHORISED: ("The language model does not accept the key.", "Set WENJU_LLM_API_KEY to a key that it knows."),
    Code.QUOTA: (
        "The language model answers no more questions now: too many were asked, or the quota is used up.",
        "Wait, or look into the account.",
    ),
    Code.NOT_FOUND: (
        "There is no such model or no such path at the endpoint.",
        "Correct llm.model and llm.base_url; the latter usually ends in /v1.",
    ),
    Code.REDIRECTED: (
        "The endpoint sends to another address, which is not followed.",
        "Set llm.base_url to the address itself.",
    ),
    Code.REFUSED: (
        "The endpoint does not accept the question.",
        "Lower llm.max_tokens or llm.passages; see its own log.",
    ),
    Code.SERVER_ERROR: ("The language model failed.", "Look into its log, then ask again."),
    Code.NOT_UNDERSTOOD: (
        "What came back is not in OpenAI's shape of /chat/completions.",
        "Correct llm.base_url, which usually ends in /v1.",
    ),
    Code.BROKEN_OFF: ("The connection to the language model broke off.", "Ask again; see its log."),
    Code.NOTHING_WRITTEN: ("The language model wrote nothing.", "Take another model."),
    Code.STOPPED: ("The language model was stopped before its end.", "Ask again to let it write."),
}


class WritingStopped(Exception):
    """A language model ended before its time; carries the problem, is caught where the answer is put together."""

    def __init__(self, problem: WritingProblem) -> None:
        super().__init__(problem.problem)
        self.problem = problem


def problem(code: Code, status: int | None = None) -> WritingProblem:
    """Return a problem with its words."""
    return WritingProblem(code, *_TOLD[code], status)


def stopped(code: Code, status: int | None = None) -> WritingStopped:
    """Return what to raise for a problem."""
    return WritingStopped(problem(code, status))


def stopped_by_status(status: int) -> WritingStopped:
    """Return what to raise for an answer that is not 200."""
    known = {401: Code.UNAUTHORISED, 403: Code.UNAUTHORISED, 402: Code.QUOTA, 429: Code.QUOTA, 404: Code.NOT_FOUND}
    if status in known:
        return stopped(known[status], status)
    if 300 <= status < 400:
        return stopped(Code.REDIRECTED, status)
    if 400 <= status < 500:
        return stopped(Code.REFUSED, status)
    return stopped(Code.SERVER_ERROR if status >= 500 else Code.NOT_UNDERSTOOD, status)


def stopped_while_written(so_far: Answer) -> Answer:
    """Return an answer as it stood when somebody stopped the language model, with that said in it."""
    if so_far.written is None:
        return so_far
    return replace(so_far, written=replace(so_far.written, problem=problem(Code.STOPPED)))
