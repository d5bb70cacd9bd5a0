"""`wenju chat`: opens the store and begins a conversation in the terminal; what is said in it is in `qa.cli.talk`.

Imports nothing heavy before the command runs.
"""

import io
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.filters import with_filters
from qa.cli.stdin import standard_input
from qa.cli.stores import Answerer, Reranker, Store, TopK, assistant_and_place, settings_of

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from qa.chat.store import ConversationStore
    from qa.chat.turns import Conversation
    from qa.cli.talk.talk import Talk
    from qa.cli.talk.wording import Language as Speaks
    from qa.filters import Filters

MISTAKE = 2

Continue = Annotated[bool, typer.Option("--continue", help="Go on with the last conversation.")]
Language = Annotated[
    str | None, typer.Option("--language", metavar="zh|en", help="Write Chinese or English; by default as the system.")
]


def add_command(app: typer.Typer) -> None:
    """Register the command of this module."""
    app.command()(chat)


@with_filters
def chat(
    *,
    go_on: Continue = False,
    language: Language = None,
    filters: "Filters",
    top_k: TopK = None,
    store: Store = None,
    reranker: Reranker = None,
    answerer: Answerer = None,
) -> None:
    """Talk with the documents in the terminal.

    A question that leans on the ones before is completed from them, and what was searched for is said. Commands begin
    with a colon: :open 1 shows an article with the quotation marked, :help lists the others. Ctrl-C ends a question,
    Ctrl-D the conversation; the last 1,000 are kept beside the store.

    Where standard input is a file or a pipe, each line is a question, and the answers are printed plainly. Exit code 0:
    all could be asked; 2: a mistake.
    """
    settings = settings_of(store=store, top_k=top_k, reranker=reranker, answerer=answerer)
    lines = standard_input()
    at_prompt = sys.stdin.isatty() and sys.stdout is not None and sys.stdout.isatty()
    assistant, place = assistant_and_place(settings)
    from qa.chat.room import Full, Limits
    from qa.chat.store import conversations_path, opened_or_in_memory
    from qa.cli.talk.asking import Asking
    from qa.cli.talk.loop import answer_lines
    from qa.cli.talk.talk import Talk
    from qa.cli.talk.wording import language_of
    from qa.cli.text import open_console

    speaks = language_of(language)
    conversations, problem = opened_or_in_memory(conversations_path(place), Limits(when_full=Full.FORGET_OWN))
    with closing(assistant), closing(conversations), closing(Asking()) as asking:
        conversation = _last(conversations) if go_on else None
        talk = Talk(
            assistant,
            conversations,
            asking,
            open_console(),
            language=speaks,
            top_k=settings.top_k,
            filters=filters,
            conversation=conversation,
        )
        if problem is not None:
            talk.say("not_kept", problem=problem)
        if not at_prompt:
            if answer_lines(talk, lines, language=speaks):
                raise typer.Exit(MISTAKE)
            return
        _greet(talk, assistant, conversation)
        asking.ahead(assistant.warm)
        _accept_utf8()
        _converse(talk, speaks)


def _converse(talk: "Talk", speaks: "Speaks") -> None:
    from qa.cli.talk.loop import converse
    from qa.cli.talk.prompt import Prompt, open_history

    converse(talk, Prompt(open_history()), language=speaks)


def _greet(talk: "Talk", assistant: "Assistant", conversation: "Conversation | None") -> None:
    loaded = assistant.status()
    talk.say("welcome", documents=loaded.documents, articles=loaded.articles)
    if conversation is not None:
        talk.say("continued", title=conversation.title, count=len(conversation.turns))
    elif loaded.examples:
        talk.say("try", question=loaded.examples[0])


def _last(conversations: "ConversationStore") -> "Conversation | None":
    """Return the conversation that was changed last; None where there is none."""
    from qa.cli.talk.talk import OWNER

    latest = conversations.listed(OWNER, most=1)
    return conversations.read(OWNER, latest[0].id) if latest else None


def _accept_utf8() -> None:
    """Read what is typed as UTF-8 under every locale; what is not is refused where it is used."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
