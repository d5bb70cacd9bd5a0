"""Read what the reader is trained on: public sets in SQuAD's format, and the questions and passages written for Wenju.

Splits by article: nothing of an article that validates is trained on. Mines and varies nothing.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from qa.corpus.traditional import simplify_characters

_VALIDATION_SHARE = 0.12
WRITTEN = Path(__file__).parent / "written"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph with the title of its article."""

    key: str
    title: str
    text: str
    validates: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the paragraph that it belongs to.

    Attributes:
        paragraph: Row of the paragraph.
        kind: `squad` for a question of a public set, else as written: en, xx, para, list, clause, number … or trap.
        start, end: The answer in the paragraph's text; both 0 when the paragraph does not answer the question.
        source: The file.
        trap: How an unanswerable question misleads.
    """

    question: str
    paragraph: int
    kind: str
    start: int
    end: int
    source: str
    trap: str | None = None

    @property
    def answerable(self) -> bool:
        """Whether the paragraph answers the question."""
        return self.end > 0


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Paragraphs and the questions about them."""

    paragraphs: tuple[Paragraph, ...]
    pairs: tuple[Pair, ...]

    def of(self, *, validation: bool) -> list[Pair]:
        """Return the pairs to train on, or those to validate with."""
        return [pair for pair in self.pairs if self.paragraphs[pair.paragraph].validates == validation]


def read_training_set(squad: Sequence[Path]) -> TrainingSet:
    """Read the public sets and what was written for Wenju.

    Questions whose answer does not stand in their paragraph are left out.
    """
    paragraphs: dict[str, Paragraph] = {}
    rows: dict[str, int] = {}
    pairs: list[Pair] = []

    def row_of(title: str, text: str) -> int:
        key = paragraph_key(text)
        if key not in rows:
            rows[key] = len(rows)
            paragraphs[key] = Paragraph(key, title, text, _validates(title or text[:20]))
        return rows[key]

    for path in squad:
        for title, text, question, answer, start in _squad(path):
            found = _range(text, answer, start)
            if found:
                pairs.append(Pair(question, row_of(title, text), "squad", *found, path.stem))
    for path in sorted(WRITTEN.glob("news*.jsonl")):
        for passage in _lines(path):
            row = row_of(passage["title"], passage["text"])
            pairs.extend(_written(question, row, path.stem) for question in passage["questions"])
    for path in sorted(WRITTEN.glob("questions*.jsonl")):
        for question in _lines(path):
            if question["paragraph"] in rows:  # else its public set was not named
                pairs.append(_written(question, rows[question["paragraph"]], path.stem))
    return TrainingSet(tuple(paragraphs.values()), tuple(pairs))


def paragraph_key(text: str) -> str:
    """Return the name by which the written questions call a paragraph of a public set."""
    return sha256(text.encode()).hexdigest()[:12]


def _validates(article: str) -> bool:
    digest = int(sha256(simplify_characters(article).encode()).hexdigest(), 16)
    return digest % 100 < 100 * _VALIDATION_SHARE


def _squad(path: Path) -> Iterator[tuple[str, str, str, str, int]]:
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for question in paragraph["qas"]:
                answer = question["answers"][0]
                yield (
                    article.get("title", ""),
                    paragraph["context"],
                    question["question"],
                    answer["text"],
                    answer["answer_start"],
                )


def _range(text: str, answer: str, start: int) -> tuple[int, int] | None:
    if text[start : start + len(answer)] != answer:
        start = text.find(answer)
    return (start, start + len(answer)) if answer and start >= 0 else None


def _written(question: dict[str, Any], row: int, source: str) -> Pair:
    start, end = question["range"] or (0, 0)
    return Pair(question["question"], row, question["kind"], start, end, source, question.get("trap"))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)
