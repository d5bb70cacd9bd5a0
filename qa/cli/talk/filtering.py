"""Filters as they are typed in a conversation: `publisher=河阳日报 since=2021`. Pure."""

import difflib
import shlex

from qa.errors import QuestionError
from qa.filters import EVERYTHING, Filters, make_filters

NAMES = ("source", "publisher", "author", "collection", "since", "until")
_ONE = ("since", "until")
_HOW = 'Write NAME=VALUE, as in :filter publisher=河阳日报 since=2021, or publisher="two words".'
_EQUALS = str.maketrans({"＝": "=", "“": '"', "”": '"'})  # as a Chinese input method types them


def typed_filters(text: str) -> Filters:
    """Return the filters that a line names; `off` for none.

    Raises:
        QuestionError: A name is unknown, or a value cannot be.
    """
    if text.casefold() == "off":
        return EVERYTHING
    given: dict[str, list[str]] = {name: [] for name in NAMES}
    for word in _words(text.translate(_EQUALS)):
        name, equals, value = word.partition("=")
        if not equals or not value:
            raise QuestionError(f"“{word}” is no filter.", _HOW)
        given[_known(name.casefold())].append(value)
    for name in _ONE:
        if len(given[name]) > 1:
            raise QuestionError(f"The filter {name} is one date.", _HOW)
    return make_filters(
        sources=given["source"],
        publishers=given["publisher"],
        authors=given["author"],
        collections=given["collection"],
        since=next(iter(given["since"]), None),
        until=next(iter(given["until"]), None),
    )


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError as error:
        raise QuestionError("A quotation mark has no partner.", _HOW) from error


def _known(name: str) -> str:
    if name in NAMES:
        return name
    near = difflib.get_close_matches(name, NAMES, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(NAMES)}."
    raise QuestionError(f"There is no filter “{name}”.", hint)
