"""Read question sets: Wenju's own JSON lines, and paragraphs with questions in SQuAD's format."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qa.errors import QuestionError, SourceError
from qa.filters import EVERYTHING, Filters, read_filters


@dataclass(frozen=True, slots=True)
class Question:
    """One question with what counts as right.

    Attributes:
        evidence: Texts of which one must stand in a passage; empty when the documents do not answer.
        titles: Titles by which the article may be recognised.
        answers: Accepted answers; each may also be looked for inside a sentence.
        answers_exact: Accepted answers that are too short to be looked for, compared as a whole.
        filters: What the question is narrowed to.
    """

    id: str
    text: str
    kind: str
    answerable: bool
    evidence: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    source: str | None = None
    answers: tuple[str, ...] = ()
    answers_exact: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    trap: str | None = None
    filters: Filters = EVERYTHING


@dataclass(frozen=True, slots=True)
class ParagraphSet:
    """Paragraphs and questions of which each is answered by one of them (its row).

    Attributes:
        titles: Of the paragraphs' articles, empty where there is none.
        answers: Accepted for each question, in the questions' order.
    """

    paragraphs: tuple[str, ...]
    titles: tuple[str, ...]
    questions: tuple[tuple[str, int], ...] = field(default=())
    answers: tuple[tuple[str, ...], ...] = field(default=())


def read_questions(path: Path) -> list[Question]:
    """Read questions, one JSON object a line; titles of articles come from `articles.json` beside it where it is there.

    Those marked `review` are left out: nobody has said yet what is right. `waiting` counts them.

    Raises:
        SourceError: The file is missing or a line is not a question.
    """
    return [question for question, review in _lines(path) if not review]


def waiting(path: Path) -> int:
    """Return how many questions are marked `review`; raises as `read_questions`."""
    return sum(review for _, review in _lines(path))


def _lines(path: Path) -> list[tuple[Question, bool]]:
    """Return every question, and whether it is marked `review`."""
    titles = _titles_beside(path)
    questions = []
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            questions.append((_question(row, titles), bool(row.get("review"))))
        except (KeyError, TypeError, json.JSONDecodeError, QuestionError) as error:
            raise SourceError(
                f"Line {number} of {path} is not a question ({error!r}).", "Each line needs id, question, answerable."
            ) from error
    return questions


def _question(row: Mapping[str, Any], titles: Mapping[str, tuple[str, ...]]) -> Question:
    ids = row.get("article_id") or []
    evidence = [row.get("evidence"), row.get("evidence_simplified"), *(row.get("evidence_by_article") or {}).values()]
    return Question(
        id=row["id"],
        text=row["question"],
        kind=row.get("kind", "question"),
        answerable=bool(row["answerable"]),
        evidence=tuple(text for text in evidence if text),
        titles=tuple(title for name in ([ids] if isinstance(ids, str) else ids) for title in titles.get(name, ()))
        or tuple(filter(None, [row.get("article_title")])),
        source=row.get("file"),
        answers=tuple(filter(None, [row.get("answer"), *(row.get("answer_variants") or [])])),
        answers_exact=tuple(row.get("answer_variants_exact") or ()),
        history=tuple(row.get("history") or ()),
        trap=row.get("trap"),
        filters=read_filters(row.get("filters")),
    )


def _titles_beside(path: Path) -> dict[str, tuple[str, ...]]:
    catalogue = path.parent / "articles.json"
    if not catalogue.exists():
        return {}
    return {
        row["article_id"]: tuple(filter(None, (row.get("title"), row.get("title_full"), row.get("title_raw"))))
        for row in json.loads(_text(catalogue))
    }


def read_paragraphs(path: Path) -> ParagraphSet:
    """Read a set in SQuAD's format; a paragraph that occurs twice counts once.

    Raises:
        SourceError: The file is missing or not of that format.
    """
    try:
        data = json.loads(_text(path))["data"]
        rows: dict[str, int] = {}
        titles: list[str] = []
        questions: list[tuple[str, int]] = []
        answers: list[tuple[str, ...]] = []
        for article in data:
            for paragraph in article["paragraphs"]:
                row = rows.setdefault(paragraph["context"], len(rows))
                if row == len(titles):
                    titles.append(article.get("title") or "")
                questions += [(question["question"], row) for question in paragraph["qas"]]
                answers += [_answers(question) for question in paragraph["qas"]]
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise SourceError(
            f"{path} is not in SQuAD's format ({error!r}).", "Give a file with data, paragraphs, qas."
        ) from error
    return ParagraphSet(tuple(rows), tuple(titles), tuple(questions), tuple(answers))


def _answers(question: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the different answers of a question in SQuAD's format, in order."""
    return tuple(dict.fromkeys(answer["text"] for answer in question.get("answers", ())))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read: {error}.", "Give a UTF-8 file of questions.") from error
