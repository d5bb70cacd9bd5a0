"""`wenju doctor`: a check-up of the store and of what is in it, for people and as JSON.

Looks at nothing itself (`qa.doctor`). Imports nothing heavy before the command runs.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

import typer

from qa.cli.stores import AsJson, Store, settings_of, store_to_read
from qa.terminal import json_text, one_line

if TYPE_CHECKING:
    from qa.doctor import Checkup

TO_LOOK_AT = 1
MOST_SHOWN = 20  # of each kind; JSON holds all


def add_command(app: typer.Typer) -> None:
    """Register the command of this module."""
    app.command()(doctor)


def doctor(*, as_json: AsJson = False, store: Store = None) -> None:
    """Check the store and say what in the documents should be looked at.

    Looks for damaged rows, documents without text, what had to be assumed while reading, damage that could not be
    repaired, and articles that are nearly the same, which is a suggestion and no more. Exit code 0: nothing to look at;
    1: something; 2: a mistake. Changes nothing.
    """
    from qa.cli.show import progress_shown
    from qa.doctor import check_up
    from qa.store.library import Library

    with closing(Library.open(store_to_read(settings_of(store=store)))) as library, progress_shown() as progress:
        found = check_up(library, progress=progress)
    if as_json:
        from dataclasses import asdict

        print(json_text({"sound": found.sound, **asdict(found)}, indent=2))
    else:
        for line in lines_of(found):
            print(line)
    raise typer.Exit(0 if found.sound else TO_LOOK_AT)


def lines_of(found: "Checkup") -> Iterator[str]:
    """Yield the check-up in lines for a terminal: what to look at first, then what is only good to know."""
    yield (
        f"{found.documents} documents, {found.articles} articles, {found.passages} passages; "
        f"generation {found.generation}; model {one_line(found.model) or 'none yet'}"
    )
    if not found.damaged:
        yield "Every row of the store is what was written."
    yield from _listed(
        "Damaged rows; remove the document and index it again",
        [f"{one.document_id}: {one.what}" for one in found.damaged],
    )
    yield from _listed("Documents without text", found.empty)
    yield from _listed("Assumed while reading", [f"{one.document_id}: {one.what}" for one in found.assumed])
    yield from _listed(
        "Damage that could not be repaired; see it with wenju show DOCUMENT --repairs",
        [f"{name}: {count} {'place' if count == 1 else 'places'}" for name, count in found.unrepaired],
    )
    yield from _listed(
        "Nearly the same; perhaps one is a later version of the other",
        [f"{one.share:.0%}  {_titled(found, one.first)}  and  {_titled(found, one.second)}" for one in found.similar],
    )
    if found.sound:
        yield "Nothing to look at."
    yield from _listed(
        "Good to know: the same text in several documents, shown once",
        ["  =  ".join(_titled(found, name) for name in group) for group in found.reprints],
    )
    yield from _listed("Good to know: articles without a title, named after their file", found.untitled)
    yield from _listed("Good to know: articles without a date, which --since and --until leave out", found.undated)


def _titled(found: "Checkup", name: str) -> str:
    return f"{name} {found.titles[name]}"


def _listed(heading: str, lines: Sequence[str]) -> Iterator[str]:
    """Yield a heading with its number and the first lines below it; nothing without lines."""
    if not lines:
        return
    yield ""
    yield f"{heading} ({len(lines)}):"
    yield from (f"  {one_line(line)}" for line in lines[:MOST_SHOWN])
    if len(lines) > MOST_SHOWN:
        yield f"  and {len(lines) - MOST_SHOWN} more; --json lists all"
