"""Held-out articles of a public set: which they are, which questions stand for them, and how the reader is judged."""

from pathlib import Path

import pytest

from embeddings.hashing import HashingEncoder
from qa.evaluation.heldout import held_out_articles, held_out_questions, read_spans, reranked_ranks
from qa.evaluation.paragraphs import paragraph_ranks, rank_of, recall, store_paragraphs
from qa.evaluation.questions import ParagraphSet
from qa.evaluation.split import validates
from qa.retrieval.search import Found, Search
from qa.store.library import Library

# By the rule, of the ten stems only 戊 and 辛 are held out.
STEMS = "甲乙丙丁戊己庚辛壬癸"
SET = ParagraphSet(
    paragraphs=("戊河全长22公里,水利局修建。", "图书馆设座位1860个。", "辛山高900米,冬天有雪。"),
    titles=("戊", "甲", "辛"),
    questions=(("戊河全长多少公里?", 0), ("图书馆设座位多少个?", 1), ("辛山高多少米?", 2)),
    answers=(("22公里",), ("1860个",), ("900米", "900")),
)


def test_an_article_is_held_out_by_the_hash_of_its_title() -> None:
    """The same ones on every machine, today and tomorrow."""
    assert [stem for stem in STEMS if validates(stem)] == ["戊", "辛"]


def test_about_one_article_in_eight_is_held_out() -> None:
    """Twelve per cent."""
    assert sum(validates(f"第{number}篇") for number in range(2000)) / 2000 == pytest.approx(0.12, abs=0.02)


def test_both_scripts_of_a_title_are_on_one_side() -> None:
    """Else a set in Traditional characters could hold what was trained on in Simplified ones."""
    titles = [(f"體育{number}", f"体育{number}") for number in range(50)]

    assert any(validates(simplified) for _, simplified in titles)
    assert all(validates(traditional) == validates(simplified) for traditional, simplified in titles)


def test_only_questions_about_held_out_articles_are_taken() -> None:
    """The first and the third."""
    assert held_out_questions(SET) == [0, 2]
    assert held_out_articles(SET) == 2


def test_an_article_without_a_title_goes_by_the_start_of_its_text() -> None:
    """Its first twenty characters."""
    text = next(text for text in (f"没有标题的第{n:013}段" for n in range(100)) if validates(text[:20]))
    untitled = ParagraphSet((text + "后文",), ("",), (("问?", 0),))

    assert held_out_questions(untitled) == [0]


def test_too_many_questions_are_thinned_at_even_distances() -> None:
    """Ten become four, from the first on."""
    many = ParagraphSet(("段",), ("戊",), tuple((f"问{number}?", 0) for number in range(10)))

    assert held_out_questions(many, most=4) == [0, 2, 5, 7]
    assert held_out_questions(many, most=10) == list(range(10))


def test_spans_are_judged_against_every_accepted_answer() -> None:
    """One exact, one with a character too many: 2 * 4 / (5 + 4)."""
    said = {"戊河全长多少公里?": "22公里", "辛山高多少米?": "高900米"}

    figures = read_spans(SET, [0, 2], lambda question, title, text: said[question])

    assert (figures.questions, figures.exact) == (2, 0.5)
    assert figures.f1 == pytest.approx((1 + 2 * 4 / (5 + 4)) / 2)
    assert figures.as_dict()["intervals"]["exact"] == [0.0, 1.0]


def test_the_reader_gets_the_question_its_title_and_its_paragraph() -> None:
    """And no other paragraph; saying nothing scores nothing."""
    given = []

    figures = read_spans(SET, [2], lambda *asked: given.append(asked) or "")

    assert given == [("辛山高多少米?", "辛", SET.paragraphs[2])]
    assert (figures.f1, figures.exact) == (0.0, 0.0)


@pytest.fixture
def search(tmp_path: Path) -> Search:
    library = Library.open(tmp_path / "store", create=True)
    encoder = HashingEncoder()
    with library.writing():
        store_paragraphs(library, encoder, SET, tell=lambda done, total: None)
    contents = library.contents()
    library.close()
    return Search(contents, encoder)


def test_a_reranker_can_make_a_right_ranking_wrong(search: Search) -> None:
    """Ranks are those after it, over the paragraphs of the whole set."""
    vectors = HashingEncoder().encode_queries([text for text, _ in SET.questions])

    def backwards(question: str, found: list[Found]) -> list[Found]:
        return found[::-1]

    assert paragraph_ranks(search, SET, vectors) == [1, 1, 1]
    assert reranked_ranks(search, SET, vectors, [0, 2], lambda _, found: found) == [1, 1]
    assert reranked_ranks(search, SET, vectors, [0, 2], backwards) == [3, 3]


def test_a_paragraph_that_was_not_found_counts_zero() -> None:
    """Of four questions one is first and one fourth."""
    measured = recall([1, None, 4, 7], paragraphs=9)

    assert (measured.paragraphs, measured.questions) == (9, 4)
    assert (measured.recall_at_1, measured.recall_at_5) == (0.25, 0.5)
    assert measured.as_dict()["intervals"]["recall_at_1"] == [0.0, 0.75]
    assert rank_of(0, []) is None
