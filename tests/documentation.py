"""The code blocks of README and docs: where they stand, what they hold, and what a comment above them says.

A comment `<!-- not run: REASON -->` right above a block says why no test runs it; `<!-- run: HOW -->` names a test that
runs it in its own way. Runs nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[1]
RUN = frozenset({"sh", "python", "javascript", "json", "toml"})
SHOWN = frozenset({"text"})  # output, trees, drawings
_NOTE = re.compile(r"<!-- (not run|run): (.+?) -->\s*")


@dataclass(frozen=True)
class Block:
    """A fenced block.

    Attributes:
        page: Path inside the repository.
        line: Of its first fence, from 1.
        language: As written behind the fence; may be empty.
        not_run: Why it is not run, or empty.
        run: Which test runs it in its own way, or empty.
    """

    page: str
    line: int
    language: str
    text: str
    not_run: str
    run: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def pages() -> list[Path]:
    """Return the pages for people, README and CONTRIBUTING among them; not the sample corpus."""
    docs = [path for path in sorted((ROOT / "docs").rglob("*.md")) if "articles" not in path.parts]
    top = [ROOT / name for name in ("README.md", "README.zh.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    return [*top, *docs]


def blocks(path: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page in order."""
    before = ""
    for token in MarkdownIt("commonmark").parse(path.read_text(encoding="utf-8")):
        if token.type == "fence" and token.map:
            found = _NOTE.fullmatch(before)
            kind, said = found.groups() if found else ("", "")
            yield Block(
                path.relative_to(ROOT).as_posix(), token.map[0] + 1, token.info.strip(), token.content,
                said if kind == "not run" else "", said if kind == "run" else "",
            )  # fmt: skip
        before = token.content if token.type == "html_block" else ""


def all_blocks() -> list[Block]:
    """Return the blocks of all pages."""
    return [block for path in pages() for block in blocks(path)]
