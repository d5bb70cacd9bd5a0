"""Filters leave the passages that fit, and a name that fits nothing is told with the nearest ones."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from library_fixtures import ENCODER, one_article

from qa.errors import QuestionError
from qa.filters import EVERYTHING, Filters
from qa.indexing import encode_and_store, with_sentences
from qa.retrieval.search import Search
from qa.retrieval.selection import Selector, names_in
from qa.store.library import Library

PAPERS: dict[str, dict[str, str | None]] = {
    "2021/bridge.txt": {
        "title": "石桥", "publisher": "河阳日报", "byline": "本报记者 林晚舟 通讯员 方朗", "date": "2021年9月3日",
        "date_iso": "2021-09-03",
    },
    "2021/ferry.txt": {"title": "渡口", "publisher": "河阳晚报", "byline": "林晚舟", "date": "2021年10月"},
    "2022/school.txt": {
        "title": "学校", "publisher": "東門電視台", "byline": "Nora Whitlock", "date": "2022-01-01",
        "date_iso": "2022-01-01",
    },
    "notes/tea.md": {"title": "茶园", "publisher": None, "byline": None, "date": None},
}  # fmt: skip
COLLECTIONS = {"2022/school.txt": "学校", "notes/tea.md": "Notes"}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library.open(tmp_path / "store", create=True)) as opened:
        opened.set_model(ENCODER.name, ENCODER.dimension)
        for name, facts in PAPERS.items():
            document, article, passages = one_article(name, "", [f"{facts['title']}的修缮工程完工。", "居民登记入册。"])
            article = replace(article, **facts)  # type: ignore[arg-type]
            document = replace(document, collection=COLLECTIONS.get(name, ""))
            encode_and_store(opened, ENCODER, [with_sentences(document, (article,), passages)])
        yield opened


def chosen(library: Library, filters: Filters) -> list[str]:
    """Return the titles that these filters leave."""
    contents = library.contents()
    numbers = Selector(contents).select(filters).numbers
    articles = [contents.articles[one.passage.article_id] for one in contents.passages if one.number in numbers]
    return list(dict.fromkeys(article.title for article in articles))


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (EVERYTHING, ["石桥", "渡口", "学校", "茶园"]),
        (Filters(sources=("2021/bridge.txt",)), ["石桥"]),
        (Filters(sources=("2021/*",)), ["石桥", "渡口"]),
        (Filters(sources=("2021/",)), ["石桥", "渡口"]),
        (Filters(sources=("*.md", "bridge.txt")), ["石桥", "茶园"]),
        (Filters(sources=("BRIDGE.TXT",)), ["石桥"]),
        (Filters(publishers=("河阳",)), ["石桥", "渡口"]),
        (Filters(publishers=("东门电视台",)), ["学校"]),
        (Filters(publishers=("河陽日報",)), ["石桥"]),
        (Filters(authors=("林晚舟",)), ["石桥", "渡口"]),
        (Filters(authors=("nora whitlock", "方朗")), ["石桥", "学校"]),
        (Filters(collections=("notes",)), ["茶园"]),
        (Filters(collections=("學校", "Notes")), ["学校", "茶园"]),
        (Filters(since="2021-09-04"), ["渡口", "学校"]),
        (Filters(until="2021-09-03"), ["石桥"]),
        (Filters(since="2021-10-15", until="2021-10-15"), ["渡口"]),
        (Filters(publishers=("河阳",), since="2021-10-01"), ["渡口"]),
        (Filters(publishers=("河阳日报",), authors=("Nora",)), []),
    ],
)
def test_one_value_of_a_kind_must_fit_and_every_kind(library: Library, filters: Filters, titles: list[str]) -> None:
    """A month counts as all its days."""
    assert chosen(library, filters) == titles


def test_articles_without_a_date_are_counted_and_the_days_that_there_are_told(library: Library) -> None:
    selection = Selector(library.contents()).select(Filters(since="2030-01-01"))

    assert (selection.numbers, selection.articles, selection.undated) == (frozenset(), 0, 1)
    assert (selection.first, selection.last) == ("2021-09-03", "2022-01-01")
    assert Selector(library.contents()).select(Filters(publishers=("河阳",))).undated == 0


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        (Filters(publishers=("河阳旦报",)), "No article has a publisher like “河阳旦报”. Nearest: 河阳晚报, 河阳日报."),
        (Filters(publishers=("X",)), "No article has a publisher like “X”. Known: 東門電視台, 河阳日报, 河阳晚报."),
        (Filters(authors=("林晚",), publishers=("河阳",), sources=("bridge",)),
         "No document is called “bridge”. Nearest: 2021/bridge.txt."),
        (Filters(authors=("林晚州",)), "No by-line holds “林晚州”. Nearest: 林晚舟."),
        (Filters(collections=("note",)), "There is no collection “note”. Nearest: Notes."),
    ],
)  # fmt: skip
def test_a_name_that_fits_nothing_is_told_with_the_nearest(library: Library, filters: Filters, sentence: str) -> None:
    with pytest.raises(QuestionError) as raised:
        Selector(library.contents()).select(filters)

    assert str(raised.value) == sentence


def test_where_nothing_has_such_a_name_the_remedy_says_so(tmp_path: Path) -> None:
    with closing(Library.open(tmp_path / "empty", create=True)) as empty, pytest.raises(QuestionError) as raised:
        Selector(empty.contents()).select(Filters(collections=("notes",)))

    assert str(raised.value) == "There is no collection “notes”. No document has any; leave the filter out."


def test_what_can_be_chosen_comes_commonest_first(library: Library) -> None:
    values = Selector(library.contents()).values()

    assert values.publishers == ("東門電視台", "河阳日报", "河阳晚报")
    assert values.authors == ("林晚舟", "Nora Whitlock", "方朗")
    assert values.collections == ("Notes", "学校")
    assert values.sources == tuple(sorted(library.held()))


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("本报记者 林晚舟", ("林晚舟",)),
        ("记者林晚舟 通讯员方朗、宋一鸣", ("林晚舟", "方朗", "宋一鸣")),
        ("策划:曾绍文 文字:卓雨田 夏宁 摄影:姚承志", ("曾绍文", "卓雨田", "夏宁", "姚承志")),
        ("县水务中心副主任、总工程师 王一鸣", ("王一鸣",)),
        ("Nora Whitlock, Linxi English Weekly", ("Nora Whitlock", "Linxi English Weekly")),
        ("县融媒体中心", ()),
    ],
)
def test_names_are_told_from_what_people_do(byline: str, names: tuple[str, ...]) -> None:
    assert names_in(byline) == names


@pytest.mark.parametrize("query", ["修缮工程完工", "居民登记", "石桥渡口学校", "Where did the residents register?"])
@pytest.mark.parametrize("filters", [Filters(sources=("2021/",)), Filters(since="2021-10"), Filters(authors=("Nora",))])
def test_a_filtered_search_finds_what_fits_in_the_order_of_the_unfiltered_one(
    library: Library, query: str, filters: Filters
) -> None:
    """With the same scores, for how rare a word is all passages tell; ranks count anew."""
    search = Search(library.contents(), ENCODER)
    among = search.selector.select(filters).numbers

    everything = search.search(query, k=100)
    filtered = search.search(query, k=100, among=among)

    expected = [item for item in everything if item.stored.number in among]
    assert [item.stored.number for item in filtered] == [item.stored.number for item in expected]
    assert [item.hit.score for item in filtered] == [item.hit.score for item in expected]
    assert [item.hit.rank for item in filtered] == list(range(1, len(among) + 1))


def test_the_filter_comes_before_the_best_are_taken(tmp_path: Path) -> None:
    """400 better passages stand in the way of each leg; the only one that fits is found all the same."""
    with closing(Library.open(tmp_path / "store", create=True)) as library:
        library.set_model(ENCODER.name, ENCODER.dimension)
        many = [f"防洪墙总投资{number}亿元。" for number in range(400)]
        for name, paragraphs in (("many.txt", many), ("one.txt", ["渡口的灯光明亮，与此无关。"])):
            document, article, passages = one_article(name, "题", paragraphs)
            encode_and_store(library, ENCODER, [with_sentences(document, (article,), passages)])
        search = Search(library.contents(), ENCODER)

        (found,) = search.search(
            "防洪墙总投资多少亿元", k=5, among=search.selector.select(Filters(("one.txt",))).numbers
        )

    assert found.hit.article.document_id == "one.txt"
    assert found.hit.why["dense"].rank == 1


def test_nothing_is_searched_where_nothing_is_left(library: Library) -> None:
    assert Search(library.contents(), ENCODER).search("石桥", k=3, among=frozenset()) == []
