"""A conversation: asks what is typed, does what a command says, keeps what came of it, prints what there is to see.

Does not read the keyboard (`qa.cli.talk.loop`) and lays nothing out (`qa.cli.talk.show`).
"""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from qa.chat.store import ConversationStore
from qa.chat.turns import Conversation, Turn
from qa.cli.growing import Growing
from qa.cli.stages import StageLine, stages_shown
from qa.cli.talk.asking import Asking
from qa.cli.talk.commands import Command, number_of, read_line
from qa.cli.talk.filtering import typed_filters
from qa.cli.talk.opening import show_opened
from qa.cli.talk.show import answer_lines, help_lines, openable, source_lines, why_lines, written_footnotes
from qa.cli.talk.wording import WORDS, Language, word
from qa.cli.text import write
from qa.errors import ConversationError, QuestionError
from qa.filters import EVERYTHING, Filters, described
from qa.llm.problems import stopped_while_written
from qa.terminal import one_line, typed_text
from qa.types import Answer, Stage

if TYPE_CHECKING:
    from qa.assistant import Assistant

OWNER = "terminal"
VALUES_NAMED = 8  # of each kind that can be filtered by


class Talk:
    """One person at one terminal."""

    def __init__(
        self,
        assistant: "Assistant",
        conversations: ConversationStore,
        asking: Asking,
        out: Console,
        *,
        language: Language,
        top_k: int,
        filters: Filters = EVERYTHING,
        conversation: Conversation | None = None,
    ) -> None:
        self._assistant = assistant
        self._conversations = conversations
        self._asking = asking
        self._out = out
        self._language = language
        self._top_k = top_k
        self._filters = filters
        self._conversation = conversation or conversations.begin(OWNER)

    def hear(self, line: str) -> bool:
        """Do what a typed line says; return False where the user wants to leave.

        Raises:
            RemedyError: It cannot be done.
            KeyboardInterrupt: The user gave a question up.
        """
        meant = read_line(typed_text(line))
        if meant is None:
            return True
        if isinstance(meant, Command):
            return self._do(meant)
        self._ask(meant.text)
        return True

    def say(self, key: str, **values: object) -> None:
        """Print a sentence of ours."""
        self._print([Text(one_line(word(key, self._language, **values)), style="dim")])

    def _do(self, command: Command) -> bool:
        match command.name:
            case "quit":
                return False
            case "help":
                self._print(help_lines(self._language))
            case "new":
                self._conversation = self._conversations.begin(OWNER)
                self.say("new")
            case "filter":
                self._filter(command.rest)
            case "alone":
                self._ask_alone(command.rest)
            case "retry":
                self._retry()
            case "open":
                answer = self._answer()
                places = openable(answer) if answer else []
                document, span = places[number_of(command.rest, most=len(places)) - 1]
                show_opened(self._out, self._assistant.article(document, span.start, span.end))
            case "export":
                self._export(command.rest)
            case _:
                self._explain(command.name)
        return True

    def _explain(self, what: str) -> None:
        answer = self._answer()
        if answer is None:
            self.say("nothing_asked")
        elif what == "why":
            self._print(why_lines(self._out, answer, self._language))
        else:
            self._print(source_lines(answer, self._language))

    def _answer(self) -> Answer | None:
        turns = self._conversation.turns
        return turns[-1].answer if turns else None

    # -- asking

    def _ask_alone(self, question: str) -> None:
        if question:
            self._ask(question, alone=True)
        elif not self._conversation.turns:
            raise QuestionError(":alone needs a question.", "Write it behind: :alone QUESTION")
        else:
            self._ask(self._conversation.turns[-1].question, alone=True, instead=True)

    def _retry(self) -> None:
        if not self._conversation.turns:
            self.say("nothing_asked")
            return
        last = self._conversation.turns[-1]
        self._ask(last.question, alone=last.alone, instead=True)

    def _ask(self, question: str, *, alone: bool = False, instead: bool = False) -> None:
        """Ask and print; `instead` puts it in place of the last question."""
        before = self._conversation
        if instead:
            before = replace(before, turns=before.turns[:-1])
        history = [] if alone else before.history()
        asked_at = datetime.now(UTC).isoformat(timespec="seconds")
        turn = Turn(len(before.turns) + 1, question, asked_at, None, alone=alone, filters=self._filters)
        last: Answer | None = None
        with stages_shown(WORDS[self._language]) as line:
            growing = self._growing(turn, line)

            def told(news: Stage | Answer) -> None:
                nonlocal last
                if isinstance(news, Answer):
                    last = news
                    if line is not None:
                        growing.so_far(news)
                elif line is not None:
                    line(news)

            try:
                answer = self._asking.ask(
                    lambda tell: self._assistant.ask(
                        question, history=history, top_k=self._top_k, filters=self._filters, told=tell, so_far=tell
                    ),
                    told,
                )
            except KeyboardInterrupt:
                if last is None:
                    raise
                answer = stopped_while_written(last)
        growing.end(answer)
        self._keep(before, replace(turn, answer=answer), instead=instead)

    def _growing(self, turn: Turn, line: StageLine | None) -> Growing:
        """Return what prints the answer of a turn."""

        def printed(lines: Sequence[Text]) -> None:
            with nullcontext() if line is None else line.aside():
                self._print(lines)

        return Growing(
            printed,
            lambda answer: answer_lines(self._out, turn, answer, self._language),
            lambda answer: written_footnotes(answer, self._language),
            styled=self._out.color_system is not None,
            language=self._language,
        )

    def _keep(self, before: Conversation, turn: Turn, *, instead: bool) -> None:
        """Keep a turn, behind the others or in place of the last one; where it cannot be kept, say so and go on."""
        here = self._conversation
        self._conversation = replace(
            before, turns=(*before.turns, turn), title=before.title or turn.question, changed_at=turn.asked_at
        )
        try:
            if instead:
                self._conversations.replace_from(OWNER, here.id, turn.number, turn, seen=len(here.turns))
            else:
                self._conversations.add(OWNER, here.id, turn)
        except ConversationError as error:
            self.say("not_kept", problem=error)

    # -- filters and files

    def _filter(self, typed: str) -> None:
        filters = typed_filters(typed) if typed else self._filters
        if filters:
            count = self._asking.ask(lambda _: self._assistant.fitting(filters), None)
            self._filters = filters
            self.say("filters", filters=described(filters, language=self._language))
            self.say("fits" if count == 1 else "fit", count=count)
            return
        self._filters = filters
        self.say("no_filters")
        if not typed:
            values = self._assistant.filter_values()
            for name, known in (
                ("publisher", values.publishers),
                ("author", values.authors),
                ("collection", values.collections),
            ):
                if known:
                    self.say("known", name=word(name, self._language), values=_some(known))
            self.say("filter_how")

    def _export(self, typed: str) -> None:
        from qa.cli.talk.exporting import write_export  # noqa: PLC0415 (for those who export only)

        if not self._conversation.turns:
            self.say("nothing_asked")
            return
        path = write_export(self._conversation, typed, language=self._language)
        self.say("exported", path=path, count=len(self._conversation.turns))

    def _print(self, lines: Sequence[Text]) -> None:
        for line in lines:
            write(self._out, line)
        self._out.file.flush()


def _some(values: Sequence[str]) -> str:
    """Return the commonest of them, in the order of the alphabet."""
    return ", ".join(sorted(values[:VALUES_NAMED])) + (" …" if len(values) > VALUES_NAMED else "")
