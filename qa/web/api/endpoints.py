"""The four functions of the Gradio API, which are the MCP tools as well: ask, search, article, status.

Checks what a client sent, calls the assistant, returns plain JSON values; a mistake becomes one sentence with its
remedy, never a stack trace. Shows nothing and knows no page.

The docstrings of the four are shown to clients and language models as the descriptions of endpoints and tools.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import gradio as gr

from qa.answer.render import answer_json, article_json, hit_json
from qa.errors import QuestionError, RemedyError, SourceError
from qa.filters import read_filters

if TYPE_CHECKING:
    from qa.assistant import Assistant

MOST_HITS = 100  # of one call
MOST_TURNS = 100  # of a history


class Api:
    """The assistant behind the four endpoints; safe to call from several threads."""

    def __init__(self, assistant: "Assistant") -> None:
        self._assistant = assistant

    @property
    def endpoints(self) -> tuple[Callable[..., Any], ...]:
        """The public functions, in the order in which the API page lists them."""
        return self.ask, self.search, self.article, self.status

    def ask(
        self,
        question: str,
        history: list[str] | None = None,
        top_k: int = 8,
        filters: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Answer a question from the loaded documents, with quotations that prove it, or say that they do not answer.

        Each of `citations` holds a `quote` that stands in the file `source` from code point `start` to `end`; where
        other files print the same article, `also_in` names them. `filters` narrow the question to some of the articles:
        {"publisher": "…", "since": "2021-09"}. A source is a file, a folder ending in /, or a pattern with *; publisher
        and author are parts of names; a date is YYYY-MM-DD, YYYY-MM or YYYY.

        Args:
            question: The question, in Chinese or English.
            history: Earlier questions of the same conversation, oldest first, to complete a follow-up question.
            top_k: How many passages to return with the answer, 1 to 100.
            filters: Object with any of source, publisher, author, collection (text or list), since, until (dates).

        Returns:
            The answer; when the documents do not say, `abstained` is true and `reason` says why.
        """
        with _readable_errors():
            answer = self._assistant.ask(
                _text("question", question),
                history=_history(history),
                top_k=_count("top_k", top_k),
                filters=read_filters(filters),
            )
            return answer_json(answer)

    def search(self, query: str, top_k: int = 8, filters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Find the passages of the loaded documents that fit a query best, without answering.

        `filters` narrow the search to some of the articles: {"publisher": "…", "since": "2021-09"}. A source is a file,
        a folder ending in /, or a pattern with *; publisher and author are parts of names; a date is YYYY-MM-DD,
        YYYY-MM or YYYY.

        Args:
            query: Words or a question.
            top_k: How many passages to return, 1 to 100.
            filters: Object with any of source, publisher, author, collection (text or list), since, until (dates).

        Returns:
            Passages, best first, each with why it was found.
        """
        with _readable_errors():
            hits = self._assistant.search(
                _text("query", query), top_k=_count("top_k", top_k), filters=read_filters(filters)
            )
            return [hit_json(hit) for hit in hits]

    def article(self, document_id: str, start: int | None = None, end: int | None = None) -> dict[str, Any]:
        """Open a document at a place, to read what stands around a quotation.

        Args:
            document_id: The `source` of a citation or a passage.
            start: Where to begin marking, in code points of the text, from 0; leave out to mark nothing.
            end: Where to stop marking.

        Returns:
            The decoded `text` of the whole document, its article there, and the marked text as `quote`.
        """
        with _readable_errors():
            if (start is None) != (end is None):
                raise SourceError("Only one of start and end was given.", "Give both, or neither.")
            view = self._assistant.article(
                _text("document_id", document_id), _place("start", start), _place("end", end)
            )
            return article_json(view)

    def status(self) -> dict[str, Any]:
        """Say what is loaded: how many documents, articles and passages, which model, and questions to try.

        Returns:
            Counts, the generation of the store, the model, what makes the answers, and example questions.
        """
        with _readable_errors():
            status = asdict(self._assistant.status())
            del status["store"]  # a folder of this machine, which is nobody's business over the network
            return {**status, "examples": list(status["examples"])}


@contextmanager
def _readable_errors() -> Iterator[None]:
    """Turn an error that has a remedy into one that Gradio hands to the client; any other stays hidden in the log."""
    try:
        yield
    except RemedyError as error:
        raise gr.Error(str(error), title=type(error).__name__, print_exception=False) from error


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise QuestionError(f"{name} must be text, got {_kind(value)}.", f"Send {name} as a JSON string.")
    return value


def _history(value: object) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(turn, str) for turn in value):
        raise QuestionError(
            "history must be a list of earlier questions, each of them text.", 'Send it like ["first question"], or [].'
        )
    if len(value) > MOST_TURNS:
        raise QuestionError(
            f"history holds {len(value)} questions; at most {MOST_TURNS} are read.", "Send the latest ones only."
        )
    return value


def _count(name: str, value: object) -> int:
    number = _whole(value)
    if number is None or not 1 <= number <= MOST_HITS:
        raise QuestionError(
            f"{name} must be a whole number from 1 to {MOST_HITS}.", f"Send {name} as a JSON number, such as 8."
        )
    return number


def _place(name: str, value: object) -> int | None:
    if value is None:
        return None
    number = _whole(value)
    if number is None or number < 0:
        raise SourceError(f"{name} must be a whole number from 0.", f"Send {name} as a JSON number, or leave it out.")
    return number


def _whole(value: object) -> int | None:
    """Return a whole number; 8.0 counts as one, because JSON knows one kind of number only; True does not."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _kind(value: object) -> str:
    names = {type(None): "nothing", bool: "true or false", int: "a number", float: "a number", list: "a list"}
    return names.get(type(value), "an object")
