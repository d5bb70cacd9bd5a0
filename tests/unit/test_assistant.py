"""The three verbs over real files, with the hashing encoder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from library_fixtures import WITHOUT_READER

from embeddings.hashing import HashingEncoder
from qa.answer.checked import MAX_QUESTION_LENGTH
from qa.answer.confidence import Confidence
from qa.answer.render import answer_json
from qa.assistant import Assistant
from qa.corpus.formats.columns import Columns
from qa.errors import QuestionError, SourceError, StoreError
from qa.filters import make_filters
from qa.types import Progress

WALL = "霁河防洪墙加固\n\n防洪墙全长22.2公里,总投资6.35亿元,计划明年5月20日前闭合。\n\n"
WALL += "副市长韩佩文到现场查看了墙体浇筑的进度。\n"
BOOKS = "图书馆新馆开门迎客\n\n图书馆新馆设阅览座位1860个,藏书42万册,周一闭馆整理图书。\n"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "wall.txt").write_text(WALL, encoding="utf-8")
    (folder / "books.txt").write_text(BOOKS, encoding="utf-8")
    return folder


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    opened = Assistant.open(tmp_path / "store", encoder=HashingEncoder(), create=True, **WITHOUT_READER)
    yield opened
    opened.close()


def test_an_answer_is_short_cited_and_cut_from_its_source(assistant: Assistant, papers: Path) -> None:
    """The number, its sentence, and the place where it stands."""
    assistant.index(papers)

    answer = assistant.ask("霁河防洪墙全长多少公里?")

    assert answer.answer == "22.2公里"
    assert answer.sentence is not None and answer.answer in answer.sentence
    (citation,) = answer.citations
    assert WALL[citation.span.start : citation.span.end] == citation.quote == answer.sentence
    assert (citation.document_id, citation.article.title) == ("wall.txt", "霁河防洪墙加固")
    assert answer.hits[0].rank == 1 and answer.hits[0].passage.article_id == citation.article.id


def test_rows_of_a_table_are_answered_from_by_the_columns_that_were_told(tmp_path: Path, papers: Path) -> None:
    """A citation names the row, counted with the head."""
    rows = (
        "题,导语,全部",
        "旧码头,简讯,码头的吊车已经停用，秋天拆走。",
        "新水厂,简讯,新水厂每天供水8.6万吨，七月投产。",
    )
    (papers / "news.csv").write_text("\n".join(rows), encoding="utf-8")
    told = Columns(title="题", text="3")
    opened = Assistant.open(tmp_path / "told", encoder=HashingEncoder(), create=True, columns=told, **WITHOUT_READER)
    opened.index(papers)
    answer = opened.ask("新水厂每天供水多少吨?")
    opened.close()

    assert answer.answer == "8.6万吨"
    (citation,) = answer.citations
    assert (citation.document_id, citation.page, citation.article.title) == ("news.csv", 3, "新水厂")


def test_the_same_question_gets_the_same_answer(assistant: Assistant, papers: Path) -> None:
    """Everything but the clock."""
    assistant.index(papers)

    first, second = (answer_json(assistant.ask("图书馆有多少座位?")) for _ in range(2))

    assert {**first, "timings_ms": None} == {**second, "timings_ms": None}


def test_indexing_again_does_only_what_changed(assistant: Assistant, papers: Path) -> None:
    """One new, one changed, one gone; the generation moves only when something did."""
    first = assistant.index(papers)
    again = assistant.index(papers)
    (papers / "wall.txt").write_text(WALL.replace("6.35", "7.10"), encoding="utf-8")
    (papers / "books.txt").unlink()
    (papers / "ferry.txt").write_text("渡船停航\n\n最后一班渡船于10月31日停航,船工共有12人。\n", encoding="utf-8")
    changed = assistant.index(papers)

    assert (first.added, first.changed, first.removed, first.unchanged) == (2, 0, 0, 0)
    assert (again.added, again.changed, again.removed, again.unchanged) == (0, 0, 0, 2)
    assert again.generation == first.generation
    assert (changed.added, changed.changed, changed.removed, changed.unchanged) == (1, 1, 1, 0)
    assert assistant.ask("防洪墙总投资多少元?").answer == "7.10亿元"


def test_progress_is_told_for_every_file(assistant: Assistant, papers: Path) -> None:
    """The last step says that all is done."""
    steps: list[Progress] = []

    assistant.index(papers, progress=steps.append)

    assert [step.message for step in steps if step.message] == ["books.txt", "wall.txt"]
    assert (steps[-1].done, steps[-1].total) == (2, 2)


def test_nothing_stored_is_lost_when_the_folder_is_unusable(assistant: Assistant, papers: Path, tmp_path: Path) -> None:
    """Missing, empty, or without a readable file."""
    assistant.index(papers)
    empty = tmp_path / "empty"
    empty.mkdir()
    only_binary = tmp_path / "binary"
    only_binary.mkdir()
    (only_binary / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")

    for folder in (tmp_path / "nowhere", empty, only_binary):
        with pytest.raises(SourceError) as failure:
            assistant.index(folder)
        assert failure.value.remedy

    assert assistant.status().documents == 2


def test_a_file_that_cannot_be_read_any_more_keeps_what_was_stored(assistant: Assistant, papers: Path) -> None:
    """It is reported as skipped; its older text still answers."""
    assistant.index(papers)
    (papers / "wall.txt").write_bytes(b"\x00\x01\x02\x03" * 100)

    report = assistant.index(papers)

    assert [skipped.path for skipped in report.skipped] == ["wall.txt"]
    assert report.removed == 0
    assert assistant.status().documents == 2


@pytest.mark.parametrize("question", ["", " \n\t", "长" * (MAX_QUESTION_LENGTH + 1)])
def test_a_question_that_cannot_be_asked_is_a_mistake_with_a_remedy(
    assistant: Assistant, papers: Path, question: str
) -> None:
    """Empty, blank, or a pasted document."""
    assistant.index(papers)

    with pytest.raises(QuestionError) as failure:
        assistant.ask(question)
    assert failure.value.remedy


def test_an_empty_store_says_what_to_do(assistant: Assistant) -> None:
    """Before anything was indexed."""
    with pytest.raises(StoreError, match="wenju index FOLDER"):
        assistant.ask("有多少?")


def test_an_article_opens_at_a_span(assistant: Assistant, papers: Path) -> None:
    """A span outside the document, and a document that is not there, are told."""
    assistant.index(papers)
    start = WALL.index("6.35亿元")

    view = assistant.article("wall.txt", start, start + 6)

    assert view.marked is not None and view.document.text[view.marked.start : view.marked.end] == "6.35亿元"
    assert view.article.title == "霁河防洪墙加固"
    with pytest.raises(SourceError, match="not a range"):
        assistant.article("wall.txt", 5, 10_000)
    with pytest.raises(SourceError, match=r"no document other\.txt"):
        assistant.article("other.txt")


def test_a_running_assistant_sees_what_another_process_stored(
    assistant: Assistant, papers: Path, tmp_path: Path
) -> None:
    """The indexes follow the generation of the store."""
    assistant.index(papers)
    assert assistant.search("渡船停航")[0].article.document_id != "ferry.txt"
    (papers / "ferry.txt").write_text("渡船停航\n\n最后一班渡船于10月31日停航,船工共有12人。\n", encoding="utf-8")
    other = Assistant.open(tmp_path / "store", encoder=HashingEncoder(), **WITHOUT_READER)

    other.index(papers)
    other.close()

    assert assistant.search("渡船停航")[0].article.document_id == "ferry.txt"


def test_the_status_counts_and_offers_questions(assistant: Assistant, papers: Path) -> None:
    """The examples are answered by the corpus that they were made of."""
    assistant.index(papers)

    status = assistant.status()

    assert (status.documents, status.articles, status.model) == (2, 2, "hashing-256")
    assert status.examples
    assert all(not assistant.ask(example).abstained for example in status.examples)


@pytest.fixture
def dated(assistant: Assistant, papers: Path) -> Assistant:
    """Add two papers with a date and a publisher; the other two have none."""
    (papers / "copies").mkdir()
    for name in ("ferry.txt", "copies/ferry.txt"):
        text = "渡船停航\n2021年9月3日  来源：东埠晚报\n\n最后一班渡船于10月31日停航,船工共有12人,码头改作他用。\n"
        (papers / name).write_text(text, encoding="utf-8")
    assistant.index(papers)
    return assistant


def test_a_filter_narrows_questions_and_searches(dated: Assistant) -> None:
    """What does not fit is neither cited nor shown."""
    filters = make_filters(publishers=["东埠"], since="2021-09")

    answer = dated.ask("船工有多少人?", filters=filters)

    assert answer.answer == "12人"
    assert {hit.article.title for hit in answer.hits} == {"渡船停航"}
    assert dated.ask("图书馆有多少座位?").answer == "1860个"
    assert [hit.article.title for hit in dated.search("图书馆", filters=filters)] == ["渡船停航"]


def test_a_silence_says_how_many_articles_a_filter_by_date_left_out(
    dated: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of the papers print no date."""
    monkeypatch.setattr("qa.answer.attempt.judge", lambda *_, **__: Confidence(0.1, False, "没有说。"))

    chinese = dated.ask("图书馆有多少座位?", filters=make_filters(since="2021"))
    english = dated.ask("How many seats are there?", filters=make_filters(since="2021"))

    assert chinese.reason == "没有说。2篇没有日期的文章没有查。"
    assert english.reason == "没有说。 2 articles without a date were left out."
    assert dated.ask("图书馆有多少座位?", filters=make_filters(publishers=["东埠"])).reason == "没有说。"


def test_where_nothing_fits_the_filters_the_answer_says_which_and_the_search_refuses(dated: Assistant) -> None:
    filters = make_filters(sources=["ferry.txt"], until="2020")

    answer = dated.ask("船工有多少人?", filters=filters)

    assert (answer.abstained, answer.hits, answer.confidence) == (True, (), 0.0)
    assert answer.reason == ("没有符合筛选条件（文件 ferry.txt；2020-12-31 止）的文章。有日期的文章都是2021-09-03的。")
    with pytest.raises(QuestionError, match=r"No article fits the filters \(source ferry.txt; until 2020-12-31\)"):
        dated.search("船工", filters=filters)
    with pytest.raises(QuestionError, match=r"No article has a publisher like “西埠晚报”\. Nearest: 东埠晚报"):
        dated.ask("船工有多少人?", filters=make_filters(publishers=["西埠晚报"]))


def test_a_paper_at_two_paths_is_cited_once_and_both_are_named(dated: Assistant) -> None:
    """In the public JSON as well; what stands in one document only has no such name."""
    shown = answer_json(dated.ask("船工有多少人?"))

    (citation,) = shown["citations"]
    assert (citation["source"], citation["also_in"]) == ("copies/ferry.txt", ["ferry.txt"])
    assert [hit["source"] for hit in shown["hits"]].count("ferry.txt") == 0
    assert {hit["source"]: hit.get("also_in") for hit in shown["hits"]} == {
        "copies/ferry.txt": ["ferry.txt"], "books.txt": None, "wall.txt": None,
    }  # fmt: skip


def test_filters_offer_what_the_store_holds(dated: Assistant) -> None:
    values = dated.filter_values()

    assert (values.publishers, values.authors, values.collections) == (("东埠晚报",), (), ())


LAMPS = """\
河灯一放就是一整夜

来源:云溪发布

2022-04-18

本报讯(记者温宁 通讯员边城)昨夜,三千盏河灯在云溪放下水,两岸的人看到天亮才散。

老人在桥头扎灯。 张双 摄

河灯用竹篾和皮纸扎成,一盏要过十七道手,老手艺人说,今年的纸比往年的亮。
"""
FERRY = """\
Last ferry on the Sallow

By Nora Whitlow, River Reporter

For sixty years the only way to cross the Sallow at Green Bend was a flat iron boat pulled along a cable.

The boat will be lifted out in October and stand on the bank, where children may climb on it for nothing.
"""
BOOK = """\
潮汐书店开进渔村

渔村里新开的书店卖得最好的一本是《潮汐与渔村》,作者庾长风在村里住过七年,书稿写成于一九三一年。
"""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, text in (("lamps", LAMPS), ("ferry", FERRY), ("book", BOOK), ("wall", WALL)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("question", "answer", "quote"),
    [
        ("《河灯一放就是一整夜》的作者是谁?", "记者温宁 通讯员边城", "本报讯(记者温宁 通讯员边城)昨夜,三千盏"),
        ("《河灯一放就是一整夜》的通讯员是谁?", "边城", "本报讯(记者温宁 通讯员边城)昨夜,三千盏"),
        ("《河灯一放就是一整夜》的照片是谁拍的?", "张双", "老人在桥头扎灯。 张双 摄"),
        ("《河灯一放就是一整夜》是哪一天登的?", "2022-04-18", "2022-04-18"),
        ("Who wrote “河灯一放就是一整夜”?", "记者温宁 通讯员边城", "本报讯(记者温宁 通讯员边城)昨夜,三千盏"),
        ("Who is the author of “Last ferry on the Sallow”?", "Nora Whitlow", "By Nora Whitlow, River Reporter"),
        ("《Last ferry on the Sallow》是谁写的?", "Nora Whitlow", "By Nora Whitlow, River Reporter"),
    ],
)
def test_who_made_an_article_is_read_from_where_it_is_printed(
    assistant: Assistant, pages: Path, question: str, answer: str, quote: str
) -> None:
    """Whatever the languages of question and article; proved by the very words."""
    assistant.index(pages)

    got = assistant.ask(question)

    assert (got.answer, got.confidence) == (answer, 0.95)
    assert quote in got.citations[0].quote
    assert got.hits[0].passage.span.start <= got.citations[0].span.start < got.hits[0].passage.span.end


@pytest.mark.parametrize(
    "question",
    [
        "《夜行的萤火虫》的作者是谁?",
        "写《海岛灯塔换上新灯芯》这篇报道的记者是谁?",
        "Who wrote the article “Lost Comets of the Nineties”?",
        "《霁河防洪墙加固》的作者是谁?",
        "《Last ferry on the Sallow》的照片是谁拍的?",
    ],
)
def test_no_name_is_given_for_what_is_not_there(assistant: Assistant, pages: Path, question: str) -> None:
    """Neither for a title that no article has, nor for an article that prints nobody."""
    assistant.index(pages)

    assert assistant.ask(question).answer is None


def test_the_author_of_a_book_is_read_from_the_article_that_speaks_of_it(assistant: Assistant, pages: Path) -> None:
    """Its title is that of no article."""
    assistant.index(pages)

    answer = assistant.ask("《潮汐与渔村》的作者是谁?")

    assert answer.sentence is not None and "作者庾长风" in answer.sentence
