"""Read what the reader is trained on: public sets in SQuAD's format, and the questions and passages written for Wenju.

Splits by article, as `qa.evaluation.split` says: nothing of an article that validates is trained on. Mines and varies
nothing; what it leaves out, it counts.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from qa.evaluation.metrics import character_f1
from qa.evaluation.split import validates

WRITTEN = Path(__file__).parent / "written"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph with the title of its article.

    Attributes:
        key: Names it in the written questions, see `paragraph_key`.
        validates: Whether its article is kept for validation.
    """

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
        also: Rows of other paragraphs of the article that answer the question as well.
    """

    question: str
    paragraph: int
    kind: str
    start: int
    end: int
    source: str
    trap: str | None = None
    also: tuple[int, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether the paragraph answers the question."""
        return self.end > 0


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Paragraphs and the questions about them.

    Attributes:
        without_answer: Public questions left out because their answer does not stand in their paragraph.
        without_paragraph: Written questions left out because no public set that was named holds their paragraph.
    """

    paragraphs: tuple[Paragraph, ...]
    pairs: tuple[Pair, ...]
    without_answer: int = 0
    without_paragraph: int = 0

    def of(self, *, validation: bool) -> list[Pair]:
        """Return the pairs to train on, or those to validate with."""
        return [pair for pair in self.pairs if self.paragraphs[pair.paragraph].validates == validation]


def read_training_set(squad: Sequence[Path]) -> TrainingSet:
    """Read the public sets and what was written for Wenju.

    Args:
        squad: Files in SQuAD's format. A paragraph that stands in two of them counts once.

    Raises:
        OSError: A file cannot be read.
        KeyError: A file is JSON, but not in SQuAD's format.
        json.JSONDecodeError: A file is not JSON.
    """
    paragraphs: dict[str, Paragraph] = {}
    rows: dict[str, int] = {}
    pairs: list[Pair] = []
    without_answer = without_paragraph = 0

    def row_of(title: str, text: str) -> int:
        key = paragraph_key(text)
        if key not in rows:
            rows[key] = len(rows)
            paragraphs[key] = Paragraph(key, title, text, validates(title or text[:20]))
        return rows[key]

    for path in squad:
        for title, text, question, answer, start in _squad(path):
            found = _range(text, answer, start)
            if found is None:
                without_answer += 1
                continue
            pairs.append(Pair(question, row_of(title, text), "squad", *found, path.stem))
    for path in sorted(WRITTEN.glob("news*.jsonl")):
        for passage in _lines(path):
            row = row_of(passage["title"], passage["text"])
            pairs.extend(_written(question, row, path.stem) for question in passage["questions"])
    for path in sorted(WRITTEN.glob("articles*.jsonl")):
        for article in _lines(path):
            own = [row_of(article["title"], text) for text in article["paragraphs"]]
            pairs.extend(_about_article(question, own, path.stem) for question in article["questions"])
    for path in sorted(WRITTEN.glob("questions*.jsonl")):
        for written in _lines(path):
            if written["paragraph"] not in rows:
                without_paragraph += 1
                continue
            pairs.append(_written(written, rows[written["paragraph"]], path.stem))
    return TrainingSet(tuple(paragraphs.values()), tuple(pairs), without_answer, without_paragraph)


def paragraph_key(text: str) -> str:
    """Return the name by which the written questions call a paragraph of a public set."""
    return sha256(text.encode()).hexdigest()[:12]


def _squad(path: Path) -> Iterator[tuple[str, str, str, str, int]]:
    """Yield title, paragraph, question, the answer that annotators agree on most and where it is said to start."""
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for question in paragraph["qas"]:
                answer = _agreed(question["answers"])
                yield (
                    article.get("title", ""),
                    paragraph["context"],
                    question["question"],
                    answer["text"],
                    answer["answer_start"],
                )


def _agreed(answers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the answer that is most like all of them, the first of several: CMRC has three, some a clause too long."""
    texts = [answer["text"] for answer in answers]
    return max(answers, key=lambda answer: sum(character_f1(answer["text"], [text]) for text in texts))


def _range(text: str, answer: str, start: int) -> tuple[int, int] | None:
    """Return where the answer stands: where the set says, else where it is first found, else None."""
    if text[start : start + len(answer)] != answer:
        start = text.find(answer)
    return (start, start + len(answer)) if answer and start >= 0 else None


def _written(question: dict[str, Any], row: int, source: str) -> Pair:
    start, end = question["range"] or (0, 0)
    return Pair(question["question"], row, question["kind"], start, end, source, question.get("trap"))


def _about_article(question: dict[str, Any], rows: Sequence[int], source: str) -> Pair:
    """Return the pair of a question about an article, whose paragraphs stand in these rows."""
    also = tuple(rows[number] for number in question.get("also", ()))
    return replace(_written(question, rows[question["paragraph"]], source), also=also)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)
