"""What a typed line means: a question, or a command after a colon. Pure; does nothing."""

import difflib
from dataclasses import dataclass

from qa.errors import QuestionError

COLONS = (":", "：")  # what the key gives while a Chinese input method is on counts as well

ARGUMENTS = {
    "open": "N",
    "why": "",
    "sources": "",
    "filter": "NAME=VALUE …",
    "alone": "QUESTION",
    "retry": "",
    "new": "",
    "export": "FILE",
    "help": "",
    "quit": "",
}
"""The commands with what may stand behind them, in the order in which `:help` lists them."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command by its name, and what stands behind it without blanks around it."""

    name: str
    rest: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as typed, without blanks around it."""

    text: str


def read_line(line: str) -> Command | Question | None:
    """Return what a line means; None for a blank one.

    A command may be shortened as long as no other one begins the same.

    Raises:
        QuestionError: It looks like a command and is none; the nearest is named.
    """
    text = line.strip()
    if not text:
        return None
    if not text.startswith(COLONS):
        return Question(text)
    word, *rest = text[1:].split(maxsplit=1) or [""]
    meant = _meant(word.casefold())
    return Command(meant, rest[0].strip() if rest else "")


def number_of(rest: str, *, most: int) -> int:
    """Return which of `most` sources is meant; the first where none is named.

    Raises:
        QuestionError: There is no such source.
    """
    if not most:
        raise QuestionError("There is no source to open yet.", "Ask a question first.")
    if not rest:
        return 1
    digits = rest.strip("[]［］【】")
    if not (digits.isdecimal() and len(digits) < 6 and 1 <= int(digits) <= most):
        numbers = "1" if most == 1 else f"1 to {most}"
        raise QuestionError(f"“{rest}” is no source of the last answer.", f"Type a number, {numbers}, as in :open 1")
    return int(digits)


def _meant(word: str) -> str:
    if word in ARGUMENTS:
        return word
    begun = [name for name in ARGUMENTS if word and name.startswith(word)]
    if len(begun) == 1:
        return begun[0]
    near = begun or difflib.get_close_matches(word, ARGUMENTS, n=1, cutoff=0.5)
    hint = f"Did you mean {' or '.join(f':{name}' for name in near)}?" if near else "See them all with :help"
    raise QuestionError(f"There is no command “:{word}”.", hint)
