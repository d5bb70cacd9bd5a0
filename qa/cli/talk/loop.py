"""Read lines and hand them to the conversation, until the user leaves: at a prompt, or from a pipe without one."""

import sys
from collections.abc import Callable
from typing import BinaryIO

from qa.cli.talk.talk import Talk
from qa.cli.talk.wording import Language, mistake
from qa.errors import QuestionError, RemedyError
from qa.terminal import complain

LONGEST = 2**20  # bytes of a line; a longer one is no question
TWICE = 2


def converse(talk: Talk, read: Callable[[], str], *, language: Language) -> None:
    """Talk with somebody at a prompt. Ctrl-C ends a question; twice with nothing asked between it leaves, as Ctrl-D."""
    interrupts = 0
    while interrupts < TWICE:
        try:
            line = read()
        except EOFError:
            return
        except KeyboardInterrupt:
            interrupts += 1
            if interrupts < TWICE:
                talk.say("leave")
            continue
        interrupts = 0
        try:
            if not talk.hear(line):
                return
        except KeyboardInterrupt:
            interrupts = 1
            talk.say("stopped")
        except RemedyError as error:
            _complain(error, language)


def answer_lines(talk: Talk, lines: BinaryIO, *, language: Language) -> int:
    """Answer a question a line, with an empty line behind each; return how many could not be asked."""
    mistakes = 0
    encoding = "utf-8-sig"
    while line := lines.readline(LONGEST + 1):
        try:
            if len(line) > LONGEST:
                while line and not line.endswith(b"\n"):
                    line = lines.readline(LONGEST)
                raise QuestionError(f"A line has more than {LONGEST // 2**20} MB.", "Ask one thing a line.")
            text = _decoded(line, encoding)
            encoding = "utf-8"
            if not text.strip():
                continue
            if not talk.hear(text):
                break
            sys.stdout.write("\n")
            sys.stdout.flush()
        except RemedyError as error:
            mistakes += 1
            _complain(error, language)
    return mistakes


def _decoded(line: bytes, encoding: str) -> str:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError as error:
        raise QuestionError("The question is not valid UTF-8.", "Convert it to UTF-8 first.") from error


def _complain(error: RemedyError, language: Language) -> None:
    complain(mistake(str(error), language))
