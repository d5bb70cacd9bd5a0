"""What commands read from standard input: one question, or lines; what is closed, too long or not UTF-8 is refused."""

import sys
from typing import BinaryIO

from qa.errors import QuestionError

MOST = 2**20  # bytes: far more than a question may have, so that its length is told and the memory is not filled


def standard_input() -> BinaryIO:
    """Return standard input.

    Raises:
        QuestionError: It is closed.
    """
    if sys.stdin is None:
        raise QuestionError("Standard input is closed.", 'Type the question: wenju ask "QUESTION".')
    return sys.stdin.buffer


def question_from_input(*, wanted: bool) -> str:
    """Return the question that stands on standard input.

    Args:
        wanted: Whether standard input was asked for; else it is read only where it is no terminal.

    Raises:
        QuestionError: There is none, or it is not UTF-8.
    """
    missing = QuestionError("There is no question.", 'Type one: wenju ask "QUESTION".')
    if not wanted and (sys.stdin is None or sys.stdin.isatty()):
        raise missing
    data = standard_input().read(MOST + 1)
    if len(data) > MOST:
        raise QuestionError(f"Standard input holds more than {MOST // 2**20} MB.", "Ask one thing, in a few sentences.")
    try:
        question = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise QuestionError("The question on standard input is not UTF-8.", "Convert it to UTF-8 first.") from error
    if not question and not wanted:
        raise missing
    return question
