"""The flags of the command line that narrow a question to some of the documents, the same for every command.

What may be wished for is checked in `qa.filters`. Imports nothing heavy, so that `--help` stays quick.
"""

import functools
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli.complete import complete_collection, complete_document
from qa.terminal import typed_text

if TYPE_CHECKING:
    from qa.filters import Filters

Sources = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        metavar="PATH",
        help="Only this document, pattern (2021/*.txt) or folder (2021/); repeat.",
        autocompletion=complete_document,
    ),
]
Publishers = Annotated[
    list[str] | None,
    typer.Option("--publisher", metavar="NAME", help="Only articles of this newspaper or site, or part of it; repeat."),
]
Authors = Annotated[
    list[str] | None,
    typer.Option("--author", metavar="NAME", help="Only articles with this name in the by-line; repeat."),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="DATE",
        help="Only articles of this day or later: 2021-09-03, 2021-09 or 2021. One that prints no date counts by the "
        "full dates in its text where these are all of one year, else it is left out.",
    ),
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Only articles of this day or earlier; as --since.")
]
Collections = Annotated[
    list[str] | None,
    typer.Option(
        "--collection", metavar="NAME", help="Only this collection; repeat.", autocompletion=complete_collection
    ),
]


def filters_of(
    *,
    source: Sources = None,
    publisher: Publishers = None,
    author: Authors = None,
    since: Since = None,
    until: Until = None,
    collection: Collections = None,
) -> "Filters":
    """Return the filters that were typed.

    Raises:
        QuestionError: One cannot be.
    """
    from qa.filters import make_filters  # noqa: PLC0415 (keep `--help` quick)

    def typed(values: list[str] | None) -> list[str]:
        return [typed_text(value, what="filter") for value in values or ()]

    return make_filters(
        sources=typed(source),
        publishers=typed(publisher),
        authors=typed(author),
        since=typed_text(since, what="filter") if since else None,
        until=typed_text(until, what="filter") if until else None,
        collections=typed(collection),
    )


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command with the flags of `filters_of` in the place of its parameter `filters`, which gets the filters.

    Typer reads the flags of a command off its signature.
    """
    flags = inspect.signature(filters_of).parameters
    signature = inspect.signature(command)
    parameters: list[inspect.Parameter] = []
    for parameter in signature.parameters.values():
        parameters += flags.values() if parameter.name == "filters" else [parameter]

    @functools.wraps(command)
    def run(**typed: Any) -> None:  # noqa: ANN401 (as typer calls it)
        filters = filters_of(**{name: typed.pop(name) for name in flags})
        command(**typed, filters=filters)

    run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run
