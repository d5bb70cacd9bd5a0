"""Tables of Markdown, and the first line of every page that the code writes. Knows nothing of what stands in them."""

from collections.abc import Iterable, Sequence


def written_by(title: str, *, source: str) -> list[str]:
    """Return the head of a page: its title, and who writes it."""
    return [
        f"# {title}",
        "",
        f"<!-- Written by `python -m qa.reference` from {source}; change that, not this page. -->",
    ]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table, line by line."""
    lines = [_row(heads), _row(["---"] * len(heads))]
    return lines + [_row(row) for row in rows]


def page(lines: Iterable[str]) -> str:
    """Return the text of a page."""
    return "\n".join(lines).rstrip() + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in cells)} |"
