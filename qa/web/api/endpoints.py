"""The endpoints of the Gradio API: ask, search, article, documents, status, feedback, each described, with an example.

Shells around `qa.web.api.calls`; a mistake becomes one sentence with its remedy, never a stack trace. Shows nothing and
knows no page.

The docstrings of the endpoints are shown to clients as their descriptions.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr
from gradio.block_function import BlockFunction
from gradio.data_classes import APIInfo
from gradio.events import api

from qa.errors import RemedyError
from qa.web.api import calls
from qa.web.api.examples import CALLS
from qa.web.api.feedback import FeedbackRequest, keep_feedback
from qa.web.api.problems import problem_of
from qa.web.api.requests import ArticleRequest, AskRequest, DocumentsRequest, SearchRequest, read
from qa.web.services import Services


class Api:
    """What a program can ask for; safe to call from several threads."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @property
    def endpoints(self) -> tuple[Callable[..., Any], ...]:
        """The public functions, in the order in which the API page lists them."""
        return self.ask, self.search, self.article, self.documents, self.status, self.feedback

    def ask(
        self,
        question: str,
        history: list[str] | None = None,
        top_k: int = 8,
        filters: dict[str, Any] | None = None,
        llm: bool = True,
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
            llm: Whether the language model may write about the answer, where one is configured.

        Returns:
            The answer; when the documents do not say, `abstained` is true and `reason` says why. Where a language model
            wrote, `written` holds its sentences; only those that are `proved` may be shown as if the documents said so.
        """
        fields = {"question": question, "history": history, "top_k": top_k, "filters": filters, "llm": llm}
        with readable_errors():
            return calls.ask(self._services, read(AskRequest, fields), surface="gradio")

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
        with readable_errors():
            asked = read(SearchRequest, {"query": query, "top_k": top_k, "filters": filters})
            return calls.search(self._services, asked)

    def article(
        self, document_id: str, start: int | None = None, end: int | None = None, around: int | None = None
    ) -> dict[str, Any]:
        """Open a document at a place, to read what stands around a quotation.

        Args:
            document_id: The `source` of a citation or a passage.
            start: Where to begin marking, in code points of the text, from 0; leave out to mark nothing.
            end: Where to stop marking.
            around: How many code points of text to return before and behind it; leave out for the whole document.

        Returns:
            The decoded `text` of the document, which begins there at `text_start`, its article, and the marked text as
            `quote`.
        """
        with readable_errors():
            given = {"document_id": document_id, "start": start, "end": end, "around": around}
            place = read(ArticleRequest, given)
            return calls.article(self._services, place)

    def documents(self, collection: str | None = None, offset: int = 0, limit: int = 100) -> dict[str, Any]:
        """List the loaded documents, without their texts, in order of collection and name.

        Args:
            collection: Only those of this collection; the one without a name is the empty text.
            offset: How many to pass over, for the next page.
            limit: How many to return, 1 to 1000.

        Returns:
            A page of `documents`, and their `total` number on all pages.
        """
        with readable_errors():
            page = read(DocumentsRequest, {"collection": collection, "offset": offset, "limit": limit})
            return calls.documents(self._services, page)

    def status(self) -> dict[str, Any]:
        """Say what is loaded: how many documents, articles and passages, which model, and questions to try.

        Returns:
            Counts, the generation of the store, the model, what makes the answers, and example questions.
        """
        with readable_errors():
            return calls.status(self._services)

    def feedback(
        self,
        question: str,
        rating: int,
        note: str = "",
        history: list[str] | None = None,
        answer: dict[str, Any] | None = None,
        generation: int | None = None,
    ) -> dict[str, Any]:
        """Keep what somebody thinks of an answer, for `wenju feedback`, which exports it as evaluation questions.

        Send the answer just as it was received; or only its `generation`, which is enough while the documents have not
        changed.

        Args:
            question: The question of that answer.
            rating: 1 for a good answer, -1 for a bad one, 0 for a note alone.
            note: In words, at most 2000 characters.
            history: The earlier questions that were sent with it.
            answer: The answer as /ask returned it.
            generation: The answer's `generation`, in place of the answer.

        Returns:
            That it is kept, and under which `id`.
        """
        fields = {
            "question": question,
            "rating": rating,
            "note": note,
            "history": history,
            "answer": answer,
            "generation": generation,
        }
        with readable_errors():
            return keep_feedback(self._services, read(FeedbackRequest, fields), surface="gradio")


class EndpointBlocks(gr.Blocks):
    """Blocks whose endpoints take defaults for values that are not sent, and show an example of each value.

    Args:
        services: What the endpoints, and the routes beside the page, work with.
        values: Of `gr.Blocks`.
    """

    def __init__(self, services: Services, **values: Any) -> None:  # noqa: ANN401 (as Gradio declares it)
        super().__init__(**values)
        self.services = services

    def add_endpoints(self) -> None:
        """Add the endpoints; before any event of a page, which could take one of their names."""
        for endpoint in Api(self.services).endpoints:
            api(endpoint, api_name=endpoint.__name__, concurrency_limit=None)  # they wait in `Answering`

    def validate_inputs(self, block_fn: BlockFunction, inputs: list[Any]) -> None:
        """Add the defaults that are missing at the end; a required value that is missing becomes None.

        Gradio itself raises an error here that a client sees as null.
        """
        inputs += [getattr(component, "value", None) for component in block_fn.inputs[len(inputs) :]]

    def get_api_info(self, *args: Any, **values: Any) -> APIInfo:  # noqa: ANN401 (as Gradio declares it)
        """Return what the API page and clients show, with our examples; Gradio knows `...` only."""
        info = super().get_api_info(*args, **values)
        for name, endpoint in info["named_endpoints"].items():
            examples = CALLS.get(name.removeprefix("/"), {})
            for parameter in endpoint["parameters"]:
                if parameter["parameter_name"] in examples:
                    parameter["example_input"] = examples[parameter["parameter_name"]]
        return info


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turn an error that has a remedy into one that Gradio hands to the client; any other stays hidden in the log."""
    try:
        yield
    except RemedyError as error:
        problem = problem_of(error)
        raise gr.Error(str(problem), title=problem.code, print_exception=False) from error
