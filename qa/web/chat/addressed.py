"""Addresses that open the chat with a question asked or with filters set: `/?ask=…`, `/?publisher=…&since=…`.

Writes and reads them; what fits the filters is found behind the assistant.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from qa.errors import QuestionError
from qa.filters import EVERYTHING, Filters, read_filters

_NAMES = ("source", "publisher", "author", "collection", "since", "until")


def asking(question: str) -> str:
    """Return the address that asks a question."""
    return f"/?{urlencode({'ask': question})}"


def narrowing(**filters: str) -> str:
    """Return the address of a chat with filters, by the names that they have on the command line."""
    return f"/?{urlencode({name: filters[name] for name in _NAMES if filters.get(name)})}"


def filters_from_query(params: Mapping[str, str]) -> Filters:
    """Return the filters that an address names; none where it names none, or what can be no filter.

    Args:
        params: The parameters behind the question mark, decoded.
    """
    try:
        return read_filters({name: params[name] for name in _NAMES if params.get(name)})
    except QuestionError:
        return EVERYTHING
