"""Better questions below an answer that was none, found one at a time after it is shown, so that nobody waits.

Each one that is tried takes spare time only (`qa.web.answering`): whoever asks anything comes before it. A server that
has no time to spare offers none.
"""

import asyncio
import time
from collections import OrderedDict
from concurrent.futures import CancelledError, ThreadPoolExecutor
from typing import TYPE_CHECKING

from qa.answer.suggest import better_questions
from qa.chat.turns import Turn
from qa.errors import RemedyError
from qa.escape import escape_html
from qa.filters import EVERYTHING, Filters
from qa.types import Answer, ArticleView
from qa.web.answering import Answering, Row
from qa.web.services import Services
from qa.web.words import Language, word

if TYPE_CHECKING:
    from qa.assistant import Assistant

REMEMBERED = 200  # answers; finding questions takes as long as some answers, and a page may be loaded again
PATIENCE = 20.0  # seconds after which nobody looks at the answer any more


class Suggestions:
    """Finds better questions and remembers them."""

    def __init__(self, services: Services, *, patience: float = PATIENCE) -> None:
        self._services = services
        self._patience = patience
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="suggesting")
        self._known: OrderedDict[tuple[str, int, Filters], tuple[str, ...]] = OrderedDict()

    async def to(self, turn: Turn) -> tuple[str, ...]:
        """Return better questions than that of a turn; none where it was answered or nothing is found in time."""
        answer = turn.answer
        if answer is None or not answer.abstained:
            return ()
        key = (answer.searched_for, answer.generation, turn.filters)
        if key not in self._known:
            spare = _Spare(self._services.assistant, self._services.answering, until=time.monotonic() + self._patience)
            loop = asyncio.get_running_loop()
            found = await loop.run_in_executor(self._thread, _find, spare, answer, turn.filters)
            if found is None:
                return ()
            self._known[key] = found
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return self._known[key]


class _Spare:
    """The assistant, asked in spare time.

    Args:
        until: On the clock of `time.monotonic`; a question that is not answered by then raises TimeoutError.
    """

    def __init__(self, assistant: "Assistant", answering: Answering, *, until: float) -> None:
        self._assistant = assistant
        self._answering = answering
        self._until = until

    def ask(self, question: str, *, filters: Filters = EVERYTHING) -> Answer:
        pending = self._answering.submit(
            lambda tell: self._assistant.ask(question, filters=filters, told=tell, llm=False), row=Row.SPARE
        )
        try:
            return pending.future.result(max(0.0, self._until - time.monotonic()))
        finally:
            pending.leave()

    def article(self, document_id: str, start: int | None = None, end: int | None = None) -> ArticleView:
        return self._assistant.article(document_id, start, end)


def _find(spare: _Spare, answer: Answer, filters: Filters) -> tuple[str, ...] | None:
    """Return better questions; None where there was no time, the store went away, or the server stops."""
    try:
        return better_questions(spare, answer, filters=filters)
    except (TimeoutError, RemedyError, CancelledError):
        return None


def better_html(questions: tuple[str, ...], language: Language) -> str:
    """Return the questions as buttons that ask them; nothing for none."""
    if not questions:
        return ""
    buttons = "".join(
        f'<button type="button" data-wj-do="ask" data-question="{escape_html(question)}">'
        f"<bdi>{escape_html(question)}</bdi></button>"
        for question in questions
    )
    return f'<div class="wj-better"><p class="wj-label">{word("better", language)}</p>{buttons}</div>'
