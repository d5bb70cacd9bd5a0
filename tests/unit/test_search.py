"""One question through all legs, with the reasons; small enough to see why."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from library_fixtures import ENCODER, filled, one_article, put

from embeddings.numpy_store import NumpyStore
from qa.corpus.credits import Work
from qa.indexing import encode_and_store, prepare
from qa.retrieval.dense import DenseIndex
from qa.retrieval.fuse import GENERIC
from qa.retrieval.search import Search, context_of
from qa.retrieval.titles import Titles
from qa.store.library import Library
from qa.types import Document


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(filled(tmp_path / "store")) as opened:
        yield opened


def test_ranks_count_from_one_and_say_why(library: Library) -> None:
    """Each leg that found a passage tells its rank, its score and, by words, which words."""
    first, second, *_ = Search(library.contents(), ENCODER).search("防洪墙总投资", k=3)

    assert (first.hit.rank, second.hit.rank) == (1, 2)
    assert first.hit.score > second.hit.score
    assert "总投资6.35亿元" in first.hit.passage.text
    assert first.hit.why["keyword"].rank == 1
    assert first.hit.why["keyword"].terms == ("防洪墙", "总投资")
    assert set(first.hit.why) == {"dense", "keyword"}


def test_the_title_is_found_though_no_paragraph_holds_it(library: Library) -> None:
    """加固 stands in the headline only; it travels with both paragraphs."""
    found = Search(library.contents(), ENCODER).search("加固", k=3)

    assert [item.hit.article.title for item in found[:2]] == ["防洪墙加固", "防洪墙加固"]
    assert all("keyword" in item.hit.why for item in found[:2])


def test_equal_passages_come_in_the_order_of_their_ids(library: Library) -> None:
    """The same paragraph in two articles that are otherwise two."""
    for name in ("b.txt", "a.txt"):
        put(library, name, "同题", ["一模一样的一段话。", f"这是{name}。"])

    found = Search(library.contents(), ENCODER).search("一模一样的一段话", k=2)

    assert [item.hit.article.document_id for item in found] == ["a.txt", "b.txt"]
    assert found[0].hit.score == pytest.approx(found[1].hit.score)


def test_a_leg_can_be_left_out(library: Library) -> None:
    """Without meaning and words nothing is left to score by."""
    nothing = replace(GENERIC, meaning=0.0, keyword=0.0, dictionary=0.0, aside=0.0)

    assert {item.hit.score for item in Search(library.contents(), ENCODER, weights=nothing).search("防洪墙", k=3)} == {
        0.0
    }


def test_an_empty_store_finds_nothing(tmp_path: Path) -> None:
    """No error, no hit."""
    with closing(Library.open(tmp_path / "empty", create=True)) as empty:
        assert Search(empty.contents(), ENCODER).search("防洪墙", k=3) == []


def test_the_dense_leg_is_exact_at_both_grains(library: Library) -> None:
    """Cosines equal those of a plain dot product over everything stored."""
    contents = library.contents()
    index = DenseIndex(contents, NumpyStore(ENCODER.dimension), NumpyStore(ENCODER.dimension))
    query = ENCODER.encode_queries(["总投资6.35亿元"])[0]

    matches = index.search(query, k=3)

    assert [match.passage_cosine for match in matches] == pytest.approx((contents.vectors @ query).tolist())
    sentences = contents.sentence_vectors @ query
    assert [match.sentence_cosine for match in matches] == pytest.approx(
        [max(sentences[:2]), sentences[2], sentences[3]]
    )
    assert np.argmax(index.sentence_cosines(0, query)) == 1


def test_an_english_question_is_held_halfway_to_its_chinese_words_against_chinese_passages(library: Library) -> None:
    """`flood` becomes 防洪, and nothing here is a wall; a passage in English is held against the question as asked."""
    put(library, "english.txt", "A wall", ["The flood wall of the town."])
    contents = library.contents()
    asked, chinese = ENCODER.encode_queries(["Where is the flood wall?", "防洪"])

    found = Search(contents, ENCODER).search("Where is the flood wall?", k=10)

    ends = np.cumsum([len(stored.sentences) for stored in contents.passages])
    vectors = dict(
        zip([one.number for one in contents.passages], np.split(contents.sentence_vectors, ends), strict=False)
    )
    assert {item.hit.article.document_id for item in found} > {"english.txt"}
    for item in found:
        query = asked if item.hit.article.document_id == "english.txt" else (asked + chinese) / 2
        assert item.sentence_cosines.tolist() == pytest.approx((vectors[item.stored.number] @ query).tolist())


def test_an_author_s_office_travels_and_a_reporter_does_not() -> None:
    """Who signs with an office writes about his own house."""
    _, article, _ = one_article("a.txt", "三点打算", ["正文。"])

    assert "柳浦街道党工委书记" in context_of(replace(article, byline="柳浦街道党工委书记 方临川"))
    assert "记者" not in context_of(replace(article, byline="本报记者 方临川"))


def with_page(library: Library, text: str) -> None:
    """Store a page that is read and cut as files are."""
    encode_and_store(library, ENCODER, [prepare(Document("page.txt", "0", "utf-8", text))])


PAGE = """\
河灯一放就是一整夜

来源:云溪发布

2022-04-18

本报讯(记者温宁)昨夜,三千盏河灯在云溪放下水,两岸的人看到天亮才散。

河灯用竹篾和皮纸扎成,一盏要过十七道手,老手艺人说,今年的纸比往年的亮。
"""


def test_the_article_that_a_question_names_comes_first_whatever_else_it_says(library: Library) -> None:
    """The question speaks of the wall; the passages of the named article gain 1, and say why they were found."""
    with_page(library, PAGE)
    search = Search(library.contents(), ENCODER)

    plain = search.search("防洪墙总投资6.35亿元", k=5)
    named = search.search("《河灯一放就是一整夜》说防洪墙总投资6.35亿元", k=5)

    assert plain[0].hit.article.title == "防洪墙加固"
    assert [item.hit.article.title for item in named[:2]] == ["河灯一放就是一整夜"] * 2
    assert named[0].hit.why["title"].score == 1.0
    assert named[0].hit.why["title"].terms == ("河灯一放就是一整夜",)
    assert all("title" not in item.hit.why for item in [*plain, *named[2:]])


def test_what_names_no_article_changes_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same passages with the same scores as if there were no titles to compare with."""
    with_page(library, PAGE)
    search = Search(library.contents(), ENCODER)

    def scores() -> list[tuple[int, float]]:
        return [(item.stored.number, item.hit.score) for item in search.search("“防洪墙”总投资多少?", k=5)]

    before = scores()
    monkeypatch.setattr(Search, "titles", Titles([]))

    assert before == scores()


def test_a_named_article_is_not_found_where_it_may_not_be_searched(library: Library) -> None:
    with_page(library, PAGE)
    search = Search(library.contents(), ENCODER)
    wall = frozenset(one.number for one in search.contents.passages if one.passage.article_id == "wall.txt#1")

    found = search.search("《河灯一放就是一整夜》", k=5, among=wall, credited=frozenset({Work.REPORTING}))

    assert {item.hit.article.title for item in found} == {"防洪墙加固"}


def test_who_made_an_article_stands_above_the_best_of_it(library: Library) -> None:
    """The dateline's paragraph, though the other one holds the words of the question."""
    with_page(library, PAGE)
    search = Search(library.contents(), ENCODER)

    plain = search.search("竹篾和皮纸扎成的河灯", k=5)
    credited = search.search("竹篾和皮纸扎成的河灯", k=5, credited=frozenset({Work.REPORTING}))

    assert plain[0].hit.passage.text.startswith("河灯用竹篾")
    assert credited[0].hit.passage.text.startswith("本报讯(记者温宁)")
    assert credited[1].hit.score == plain[0].hit.score
    assert 0 < credited[0].hit.score - credited[1].hit.score < 0.02


def test_an_imprint_is_found_only_where_it_is_asked_for(library: Library) -> None:
    """A day alone would answer every question that asks for one."""
    with_page(library, PAGE)
    search = Search(library.contents(), ENCODER)

    def kinds(works: frozenset[Work]) -> set[str]:
        return {item.hit.passage.kind.value for item in search.search("2022-04-18 云溪发布", k=9, credited=works)}

    assert kinds(frozenset()) == {"body"}
    assert kinds(frozenset({Work.PUBLISHING_DAY})) == {"body", "imprint"}


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("《河灯一放就是一整夜》的作者是谁?", True),
        ("河灯一放就是一整夜是谁写的?", True),
        ("关于河灯的文章是谁写的?", True),
        ("《潮汐与渔村》的作者是谁?", False),
        ("写《潮汐与渔村》这篇报道的记者是谁?", False),
        ("谁写了那封信?", False),
        ("这篇报道是谁写的?", False),
        ("河灯是什么做的?", False),
    ],
)
def test_a_question_about_a_maker_is_one_about_an_article_of_the_store(
    library: Library, question: str, asks: bool
) -> None:
    """By its title, or by its topic; another title is that of a book."""
    with_page(library, PAGE)

    assert (Search(library.contents(), ENCODER).inquiry(question) is not None) is asks
