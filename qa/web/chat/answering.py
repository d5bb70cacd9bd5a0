"""From a question as typed to a turn that is kept: history, answer, mistakes; runs in a thread of `Answering`.

Knows no component and makes no HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from qa.chat.store import ConversationStore
from qa.chat.turns import Conversation, Turn
from qa.errors import ConversationChangedError, ConversationError, ConversationMissingError, QuestionError, RemedyError
from qa.filters import EVERYTHING, Filters
from qa.types import Answer, Stage
from qa.web.answering import GoneError, Told
from qa.web.api.calls import answered
from qa.web.chat.work import AnswerIt, Outcome
from qa.web.services import Services
from qa.web.telling import without_places


@dataclass(frozen=True, slots=True)
class Shelf:
    """The conversations of one visitor.

    Attributes:
        store: Where they are kept.
        owner: Whose they are.
    """

    store: ConversationStore
    owner: str

    def read(self, conversation_id: str) -> Conversation | None:
        """Return a conversation, or None where there is none of this id, be it new, deleted or somebody else's.

        Raises:
            ConversationStoreError: The file cannot be read.
        """
        if not conversation_id:
            return None
        try:
            return self.store.read(self.owner, conversation_id)
        except ConversationMissingError:
            return None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it comes from a page.

    Attributes:
        conversation: Id of its conversation, from `ConversationStore.begin` or a kept one.
        question: As typed.
        alone: Without the questions before.
        filters: That are on.
        replaces: Number of the turn that it is to stand in the place of, or None.
        seen: How many turns the page shows; of one that replaces.
        revision: Of the conversation that the page shows; of one that replaces.
    """

    conversation: str
    question: str
    alone: bool = False
    filters: Filters = EVERYTHING
    replaces: int | None = None
    seen: int = 0
    revision: int = 0


def answering(services: Services, shelf: Shelf, asked: Asked) -> AnswerIt:
    """Return the function that answers and keeps a question.

    It raises QuestionError for a question that cannot be asked as it is, GoneError for one that was stopped before it
    was answered and, where it was to replace another turn, every RemedyError: then nothing is changed. A mistake of the
    store of documents becomes a turn of its own. Of a question stopped while a language model writes, the answer stays.
    """

    def answer(told: Told) -> Outcome:
        shown = False  # an answer that a reader has seen is kept, whatever becomes of what is written about it

        def tell(news: Stage | Answer) -> None:
            nonlocal shown
            told(news)
            shown = shown or isinstance(news, Answer)

        conversation = shelf.read(asked.conversation)
        turns = _before(conversation, asked)
        history = [] if asked.alone or conversation is None else replace(conversation, turns=tuple(turns)).history()
        turn = Turn(len(turns) + 1, asked.question, _now(), None, alone=asked.alone, filters=asked.filters)
        try:
            turn = replace(
                turn,
                answer=answered(
                    services,
                    asked.question,
                    surface="chat",
                    history=history,
                    filters=asked.filters,
                    told=tell,
                    keep_stopped=True,
                ),
            )
        except (QuestionError, GoneError):
            raise
        except RemedyError as error:
            if asked.replaces is not None:
                raise
            turn = replace(turn, problem=without_places(str(error)))
        if not shown:
            told(Stage.PROVING)  # the last moment at which a reader can stop it
        return _kept(shelf, asked, turn)

    return answer


def _before(conversation: Conversation | None, asked: Asked) -> Sequence[Turn]:
    """Return the turns that stay before the question."""
    if asked.replaces is None:
        return conversation.turns if conversation is not None else ()
    if conversation is None or asked.replaces > len(conversation.turns):
        raise ConversationMissingError("There is no such conversation any more.", "Choose another from the list.")
    if (len(conversation.turns), conversation.revision) != (asked.seen, asked.revision):
        raise ConversationChangedError(
            "This conversation has been changed in another window since; nothing was replaced.",
            "Load it again and look at it before you edit.",
        )
    return conversation.turns[: asked.replaces - 1]


def _kept(shelf: Shelf, asked: Asked, turn: Turn) -> Outcome:
    store, owner = shelf.store, shelf.owner
    if asked.replaces is not None:
        number, seen, revision = asked.replaces, asked.seen, asked.revision
        return Outcome(store.replace_from(owner, asked.conversation, number, turn, seen=seen, revision=revision))
    try:
        return Outcome(store.add(owner, asked.conversation, turn))
    except ConversationError as error:
        return Outcome(turn, unkept=error)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
