"""What the reader is trained on: how it is read and split, and that the written part of it is sound."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qa.evaluation.split import validates
from qa.training import data
from qa.training.data import WRITTEN, paragraph_key, read_training_set

SHARED = Path(__file__).parents[3] / "shared"
PUBLIC = [SHARED / "eval" / name for name in ("cmrc_trial.json", "cmrc_dev.json", "drcd_dev.json")]
KINDS = {"clause", "date", "en", "list", "number", "para", "trap", "what", "where", "who", "xx", "zh"}
ARTICLES, ARTICLE_PARAGRAPHS, ARTICLE_QUESTIONS = 386, 2183, 6212
TRAPS = {"false_premise", "wrong_attribute", "wrong_entity", "wrong_place", "wrong_role", "wrong_year"}


def squad(path: Path, *articles: tuple[str, str, list[tuple[str, str, int]]]) -> Path:
    """Write a set of articles of one paragraph each: title, text, and question, answer and its start."""
    written = [
        {
            "title": title,
            "paragraphs": [
                {
                    "context": text,
                    "qas": [
                        {"question": question, "answers": [{"text": answer, "answer_start": start}]}
                        for question, answer, start in questions
                    ],
                }
            ],
        }
        for title, text, questions in articles
    ]
    path.write_text(json.dumps({"data": written}, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def nothing_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in place of the written questions."""
    folder = tmp_path / "written"
    folder.mkdir()
    monkeypatch.setattr(data, "WRITTEN", folder)
    return folder


@pytest.mark.usefixtures("nothing_written")
def test_an_answer_is_taken_where_the_set_says_and_else_where_it_first_stands(tmp_path: Path) -> None:
    """12 stands at 1 and at 4; where the stated place is wrong, the first one counts."""
    path = squad(tmp_path / "set.json", ("渠", "长12宽12米", [("宽?", "12", 4), ("多少?", "12", 3)]))

    read = read_training_set([path])

    assert [(pair.start, pair.end) for pair in read.pairs] == [(4, 6), (1, 3)]
    assert {(pair.kind, pair.source, pair.answerable) for pair in read.pairs} == {("squad", "set", True)}


@pytest.mark.usefixtures("nothing_written")
def test_a_question_whose_answer_its_paragraph_lacks_is_left_out_and_counted(tmp_path: Path) -> None:
    path = squad(tmp_path / "set.json", ("渠", "长12米", [("多少?", "13", 1), ("多长?", "", 0), ("长?", "12米", 1)]))

    read = read_training_set([path])

    assert [pair.question for pair in read.pairs] == ["长?"]
    assert read.without_answer == 2


def test_written_questions_find_their_paragraph_by_its_hash(tmp_path: Path, nothing_written: Path) -> None:
    """Those about a paragraph of a set that was not named are counted."""
    text = "水渠全长12公里"
    rows = [
        {"paragraph": paragraph_key(text), "kind": "en", "question": "How long?", "range": [4, 8]},
        {
            "paragraph": paragraph_key(text),
            "kind": "trap",
            "question": "多宽?",
            "range": None,
            "trap": "wrong_attribute",
        },
        {"paragraph": "0" * 12, "kind": "en", "question": "Who?", "range": [0, 1]},
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (nothing_written / "questions_1.jsonl").write_text(lines, encoding="utf-8")

    read = read_training_set([squad(tmp_path / "set.json", ("渠", text, [("长?", "12", 4)]))])

    assert [(pair.kind, pair.paragraph, pair.start, pair.end) for pair in read.pairs] == [
        ("squad", 0, 4, 6),
        ("en", 0, 4, 8),
        ("trap", 0, 0, 0),
    ]
    assert [pair.answerable for pair in read.pairs] == [True, True, False]
    assert read.without_paragraph == 1


@pytest.mark.usefixtures("nothing_written")
def test_of_several_answers_the_one_most_like_all_is_taken(tmp_path: Path) -> None:
    """Two annotators say 12米, one says 长12米左右."""
    path = squad(tmp_path / "set.json", ("渠", "渠长12米左右", []))
    written = json.loads(path.read_text(encoding="utf-8"))
    written["data"][0]["paragraphs"][0]["qas"] = [
        {
            "question": "多长?",
            "answers": [{"text": text, "answer_start": -1} for text in ("长12米左右", "12米", "12米")],
        }
    ]
    path.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")

    assert [(pair.start, pair.end) for pair in read_training_set([path]).pairs] == [(2, 5)]


def test_questions_about_an_article_belong_to_its_paragraphs(nothing_written: Path) -> None:
    """The second paragraph answers; the first answers as well."""
    article = {
        "title": "水渠通水",
        "paragraphs": ["全长12公里的水渠通水", "水渠长12公里"],
        "questions": [{"paragraph": 1, "kind": "number", "question": "多长?", "range": [3, 7], "also": [0]}],
    }
    (nothing_written / "articles_works.jsonl").write_text(json.dumps(article, ensure_ascii=False), encoding="utf-8")

    read = read_training_set([])

    assert [paragraph.title for paragraph in read.paragraphs] == ["水渠通水", "水渠通水"]
    assert [(pair.paragraph, pair.start, pair.end, pair.also, pair.source) for pair in read.pairs] == [
        (1, 3, 7, (0,), "articles_works")
    ]


@pytest.mark.usefixtures("nothing_written")
def test_all_paragraphs_of_an_article_are_on_one_side_in_either_script(tmp_path: Path) -> None:
    """One set in Simplified characters, one in Traditional: 万里桥 and 萬里橋 are one article."""
    simplified = squad(tmp_path / "one.json", *[(f"万里桥{n}", f"桥长{n}米", [("?", f"{n}", 2)]) for n in range(100)])
    traditional = squad(tmp_path / "two.json", *[(f"萬里橋{n}", f"橋寬{n}米", [("?", f"{n}", 2)]) for n in range(100)])

    sides: dict[str, set[bool]] = {}
    for paragraph in read_training_set([simplified, traditional]).paragraphs:
        sides.setdefault(paragraph.title[3:], set()).add(paragraph.validates)

    assert {len(side) for side in sides.values()} == {1}
    assert sum(side == {True} for side in sides.values()) == 13  # of 100; the share is .12


def test_the_split_is_the_same_on_every_machine_and_in_every_release() -> None:
    """It hangs on nothing but the title; articles that validate now must not be trained on later."""
    assert [number for number in range(30) if validates(f"万里桥{number}")] == [7, 8, 15]


@pytest.mark.usefixtures("nothing_written")
def test_no_article_is_trained_on_and_validated_with(tmp_path: Path) -> None:
    path = squad(tmp_path / "set.json", *[(f"桥{n}", f"长{n}米", [("?", f"{n}", 1)]) for n in range(50)])

    read = read_training_set([path])
    trained, kept = read.of(validation=False), read.of(validation=True)

    assert len(trained) + len(kept) == 50
    assert not {read.paragraphs[pair.paragraph].title for pair in trained} & {
        read.paragraphs[pair.paragraph].title for pair in kept
    }


def rows_of(pattern: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row of the written files with its place."""
    for path in sorted(WRITTEN.glob(pattern)):
        for number, line in enumerate(path.read_text(encoding="utf-8").rstrip("\n").split("\n"), start=1):
            yield f"{path.name}:{number}", json.loads(line)


def check(place: str, question: dict[str, Any], text: str | None) -> None:
    """A written question is of a known kind and marks an answer that stands in the text, or says how it misleads."""
    assert question["kind"] in KINDS, place
    assert question["question"].strip() == question["question"] != "", place
    if question["kind"] == "trap":
        assert question["range"] is None and question["trap"] in TRAPS, place
        return
    assert "trap" not in question, place
    start, end = question["range"]
    assert 0 <= start < end, place
    if text is not None:
        answer = text[start:end]
        assert end <= len(text) and answer.strip() == answer, (place, answer)


def test_every_written_news_passage_holds_the_answers_that_it_marks() -> None:
    passages = list(rows_of("news*.jsonl"))
    for place, passage in passages:
        for question in passage["questions"]:
            check(place, question, passage["text"])

    assert len(passages) == 135
    assert sum(len(passage["questions"]) for _, passage in passages) == 1126


def test_every_written_article_holds_the_answers_that_it_marks() -> None:
    articles = list(rows_of("articles*.jsonl"))
    for place, article in articles:
        paragraphs = article["paragraphs"]
        for question in article["questions"]:
            check(place, question, paragraphs[question["paragraph"]])
            also = question.get("also", [])
            assert question["paragraph"] not in also and all(0 <= number < len(paragraphs) for number in also), place

    assert len(articles) == ARTICLES
    assert sum(len(article["paragraphs"]) for _, article in articles) == ARTICLE_PARAGRAPHS
    assert sum(len(article["questions"]) for _, article in articles) == ARTICLE_QUESTIONS


def test_nothing_is_written_twice() -> None:
    """No passage, and no question about one paragraph."""
    passages = [passage for _, passage in rows_of("news*.jsonl")]
    articles = [article for _, article in rows_of("articles*.jsonl")]
    counted = Counter(text for passage in passages for text in (passage["title"], passage["text"]))
    counted.update(text for article in articles for text in (article["title"], *article["paragraphs"]))
    counted.update((one["title"], question["question"]) for one in passages + articles for question in one["questions"])
    counted.update((row["paragraph"], row["question"]) for _, row in rows_of("questions*.jsonl"))

    assert [item for item, count in counted.items() if count > 1] == []


def test_every_written_question_is_sound_as_far_as_it_can_be_told_without_its_paragraph() -> None:
    rows = list(rows_of("questions*.jsonl"))
    for place, row in rows:
        check(place, row, None)
        assert len(row["paragraph"]) == 12 and int(row["paragraph"], 16) >= 0, place
        assert set(row) <= {"paragraph", "kind", "question", "range", "trap"}, place  # no text of the public sets

    assert len(rows) == 2000


@pytest.mark.skipif(not PUBLIC[0].is_file(), reason="the public question sets are not in ../shared/eval")
def test_every_range_of_a_written_question_lies_in_its_paragraph_and_no_paper_is_trained_on() -> None:
    """Nothing of the measuring questions or of the papers is in what is trained on."""
    texts = {}
    for path in PUBLIC:
        for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
            texts.update({paragraph_key(held["context"]): held["context"] for held in article["paragraphs"]})
    asked = set()
    for place, row in rows_of("questions*.jsonl"):
        check(place, row, texts[row["paragraph"]])
        asked.add(row["question"])
    written = "".join("".join(passage["text"].split()) for _, passage in rows_of("news*.jsonl"))
    for _, article in rows_of("articles*.jsonl"):
        written += "".join("".join(paragraph.split()) for paragraph in article["paragraphs"])
        asked |= {question["question"] for question in article["questions"]}
    asked |= {question["question"] for _, passage in rows_of("news*.jsonl") for question in passage["questions"]}
    measuring = [
        json.loads(line)["question"]
        for name in ("dev.jsonl", "dev_hard.jsonl")
        for line in (SHARED / "eval" / name).read_text(encoding="utf-8").splitlines()
    ]
    papers = "".join("".join(path.read_text(encoding="utf-8").split()) for path in sorted((SHARED / "seeds").iterdir()))
    pieces = [written[place : place + 16] for place in range(0, len(written) - 15, 8)]  # no 23 characters slip through

    assert len(measuring) == 150 and asked.isdisjoint(measuring)
    assert len(papers) > 10_000 and [piece for piece in pieces if piece in papers] == []
