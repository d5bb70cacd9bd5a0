"""Write every page and picture of the documentation that is made from the code: `python -m qa.reference`.

With `--check` it writes nothing and ends with 1 where one of them is not what the code says. The example answer on
these pages is kept in docs/reference/answer.json; `python -m qa.reference.example` asks for it again.
"""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from qa.reference import answer, api, cli, errors, files, pictures, settings

DOCS = Path(__file__).resolve().parents[2] / "docs"

PAGES: Mapping[str, Callable[[], str]] = {
    "cli.md": cli.page,
    "reference/settings.md": settings.page,
    "reference/api.md": api.page,
    "reference/answer.md": answer.page,
    "reference/errors.md": errors.page,
    "reference/files.md": files.page,
    "images/question.svg": pictures.way_of_a_question,
    "images/document.svg": pictures.way_of_a_document,
    "images/confidence.svg": pictures.confidence_curve,
    "images/question.zh.svg": partial(pictures.way_of_a_question, "zh"),
    "images/document.zh.svg": partial(pictures.way_of_a_document, "zh"),
    "images/confidence.zh.svg": partial(pictures.confidence_curve, "zh"),
}


def outdated() -> list[str]:
    """Return the files that are not what the code says, as paths inside docs/."""
    return [path for path, made in PAGES.items() if not _is(DOCS / path, made())]


def main(arguments: list[str]) -> int:
    """Write the files, or compare them only."""
    old = outdated()
    if arguments == ["--check"]:
        for path in old:
            sys.stdout.write(f"docs/{path} is not what the code says. Write it anew: python -m qa.reference\n")
        return 1 if old else 0
    for path in old:
        (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / path).write_text(PAGES[path](), encoding="utf-8")
        sys.stdout.write(f"docs/{path}\n")
    return 0


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
