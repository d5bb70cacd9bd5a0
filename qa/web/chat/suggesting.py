"""Better questions below an answer that was none, found one at a time after it is shown, so that nobody waits.

Finding them takes a place among the questions of programs (`qa.web.answering`), behind which no visitor stands.
"""

import asyncio
from collections import OrderedDict

from qa.answer.suggest import better_questions
from qa.chat.turns import Turn
from qa.errors import RemedyError
from qa.escape import escape_html
from qa.filters import Filters
from qa.web.answering import TooManyWaitingError
from qa.web.services import Services
from qa.web.words import Language, word

REMEMBERED = 200  # answers; finding questions takes as long as some answers, and a page may be loaded again


class Suggestions:
    """Finds better questions and remembers them."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._known: OrderedDict[tuple[str, int, Filters], tuple[str, ...]] = OrderedDict()

    async def to(self, turn: Turn) -> tuple[str, ...]:
        """Return better questions than that of a turn, none where it was answered or nothing can be found."""
        answer = turn.answer
        if answer is None or not answer.abstained:
            return ()
        key = (answer.searched_for, answer.generation, turn.filters)
        if key not in self._known:
            try:
                pending = self._services.answering.submit(lambda _: self._find(turn), line="suggestions")
            except TooManyWaitingError:  # there is more to do than this
                return ()
            self._known[key] = await asyncio.wrap_future(pending.future)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return self._known[key]

    def _find(self, turn: Turn) -> tuple[str, ...]:
        assert turn.answer is not None
        try:
            return better_questions(self._services.assistant, turn.answer, filters=turn.filters)
        except RemedyError:  # the store went away; the answer stands without
            return ()


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
