"""An overview counts what stands in the store, and puts the same passages at the same places."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from library_fixtures import ENCODER, one_article, put

from qa.indexing import encode_and_store, prepare, with_sentences
from qa.overview.figures import Tally, figures_of, tallied
from qa.overview.health import Concern, Health, Mended, health_of, mended_in
from qa.overview.kept import Overviews
from qa.overview.parts import Parts, Scripts, part_line, with_line
from qa.overview.projection import FEW, project
from qa.overview.scripts import script_of, scripts_of
from qa.overview.telling import telling_words, weighed_words
from qa.overview.timeline import Period, timeline_of
from qa.overview.topics import topic_map
from qa.overview.work import parts_of
from qa.store.database import DATABASE_NAME
from qa.store.library import Library
from qa.types import Document


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library.open(tmp_path / "store", create=True)) as opened:
        yield opened


def store(library: Library, name: str, paragraphs: list[str], **facts: str) -> None:
    """Store a document of one article with facts such as its publisher."""
    document, article, passages = one_article(name, facts.pop("title", name), paragraphs)
    collection = facts.pop("collection", "")
    document = replace(document, collection=collection, encoding=facts.pop("encoding", "utf-8"))
    library.set_model(ENCODER.name, ENCODER.dimension)
    article = replace(article, **facts)  # type: ignore[arg-type]
    encode_and_store(library, ENCODER, [with_sentences(document, (article,), passages)])


def days(first: str, last: str | None = None) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last or first)


# -- time


def test_a_year_and_a_half_is_counted_by_months_and_those_between_are_there() -> None:
    timeline = timeline_of([days("2023-11-02"), days("2024-02-29"), days("2024-02-01", "2024-02-29"), None])

    assert timeline.step == "month"
    assert timeline.periods == (
        Period("2023-11-01", "2023-11-30", 1), Period("2023-12-01", "2023-12-31", 0),
        Period("2024-01-01", "2024-01-31", 0), Period("2024-02-01", "2024-02-29", 2),
    )  # fmt: skip
    assert (timeline.vague, timeline.undated) == (0, 1)


def test_an_article_of_which_only_the_year_is_known_is_in_no_month() -> None:
    timeline = timeline_of([days("2024-03-05"), days("2024-05-01"), days("2024-01-01", "2024-12-31")])

    assert timeline.step == "month"
    assert [period.articles for period in timeline.periods] == [1, 0, 1]
    assert timeline.vague == 1


def test_where_most_articles_tell_only_their_year_the_years_are_counted() -> None:
    timeline = timeline_of([days("2022-01-01", "2022-12-31"), days("2022-01-01", "2022-12-31"), days("2023-05-01")])

    assert (timeline.step, [period.articles for period in timeline.periods], timeline.vague) == ("year", [2, 1], 0)


@pytest.mark.parametrize(
    ("first", "last", "step", "periods"),
    [
        ("2024-03-01", "2024-03-20", "day", 20),
        ("2024-01-31", "2024-04-01", "month", 4),
        ("1990-01-01", "2024-04-01", "year", 35),
        ("1800-01-01", "2024-04-01", "decade", 23),
        ("0001-01-01", "9999-12-31", "century", 100),
    ],
)
def test_a_longer_time_is_counted_in_longer_steps(first: str, last: str, step: str, periods: int) -> None:
    timeline = timeline_of([days(first), days(last)])

    assert (timeline.step, len(timeline.periods)) == (step, periods)
    assert timeline.periods[0].since <= first and timeline.periods[-1].until >= last


def test_without_any_date_there_are_no_periods() -> None:
    assert timeline_of([None, None]).periods == ()
    assert timeline_of([None, None]).undated == 2


# -- figures


def test_figures_count_what_stands_in_the_store(library: Library) -> None:
    store(library, "a.txt", ["第一段。", "第二段。"], publisher="河阳日报", byline="记者 林晚", date_iso="2024-03-05")
    store(library, "b.md", ["第三段。"], publisher="河阳日报", byline="记者 林晚 沈一舟", date_iso="2024-03-09")
    store(library, "馆/c.txt", ["第四段四段。"], collection="馆", encoding="gb18030")

    figures = figures_of(library)

    assert (figures.documents, figures.articles, figures.passages, figures.characters) == (3, 3, 4, 19)
    assert (figures.publishers.names, figures.publishers.without) == ((Tally("河阳日报", 2),), 1)
    assert figures.authors.names == (Tally("林晚", 2), Tally("沈一舟", 1))
    assert (figures.collections.names, figures.collections.without) == ((Tally("馆", 1),), 2)
    assert figures.kinds.names == (Tally("TXT", 2), Tally("MD", 1))
    assert figures.encodings.names == (Tally("utf-8", 2), Tally("gb18030", 1))
    assert [(period.since, period.articles) for period in figures.timeline.periods if period.articles] == [
        ("2024-03-05", 1), ("2024-03-09", 1)
    ]  # fmt: skip
    assert (figures.generation, figures.model, figures.dimension) == (3, ENCODER.name, 64)
    assert figures.size >= (library.folder / DATABASE_NAME).stat().st_size > 0
    assert figures.read_at > "2024"


def test_an_empty_store_has_figures_of_nothing(library: Library) -> None:
    figures = figures_of(library)

    assert (figures.documents, figures.articles, figures.passages, figures.model) == (0, 0, 0, "")
    assert figures.publishers.names == figures.timeline.periods == ()


def test_an_article_that_names_somebody_twice_counts_once() -> None:
    assert tallied([("林晚", "林晚"), ("林晚",), ()]).names == (Tally("林晚", 2),)


# -- the map


def cluster(count: int, seed: int) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    """Return vectors close to one direction."""
    chance = np.random.default_rng(seed)
    vectors = chance.normal(size=64) + 0.1 * chance.normal(size=(count, 64))
    rows: np.ndarray[tuple[int, int], np.dtype[np.float32]] = vectors.astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_what_is_alike_stands_together_and_the_same_vectors_stand_at_the_same_places() -> None:
    vectors = np.concatenate([cluster(20, 1), cluster(20, 2)])

    places = project(vectors)

    assert (places == project(vectors)).all()
    assert places.min() == 0.0 and places.max() == 1.0
    first, second = places[:20], places[20:]
    apart = np.linalg.norm(first.mean(axis=0) - second.mean(axis=0))
    assert apart > 2 * max(first.std(), second.std())


@pytest.mark.parametrize("count", [1, 2, 3, FEW, FEW + 1])
def test_few_passages_have_places_too(count: int) -> None:
    places = project(cluster(count, 3))

    assert places.shape == (count, 2)
    assert len(np.unique(places, axis=0)) == count
    assert count > 1 or places.tolist() == [[0.5, 0.5]]


def test_copies_of_one_vector_do_not_cover_each_other() -> None:
    places = project(np.ones((30, 8), dtype=np.float32))

    assert len(np.unique(places, axis=0)) == 30
    assert np.abs(places - 0.5).max() < 0.05


def test_no_vectors_have_no_places() -> None:
    assert project(np.zeros((0, 8), dtype=np.float32)).shape == (0, 2)


def test_the_map_knows_articles_neighbourhoods_and_a_question_to_ask(library: Library) -> None:
    put(library, "wall.txt", "防洪墙加固", ["防洪墙全长22.2公里。总投资6.35亿元。", "副市长韩佩文到现场查看。"])
    put(library, "books.txt", "新馆开门", ["本年新馆阅览座位共计1860个。"])

    topics = topic_map(library.contents())

    assert topics == topic_map(library.contents())
    assert [(one.title, one.document_id) for one in topics.articles] == [
        ("防洪墙加固", "wall.txt"), ("新馆开门", "books.txt")
    ]  # fmt: skip
    assert [(point.article, point.start, point.end) for point in topics.points] == [(0, 0, 22), (0, 23, 35), (1, 0, 16)]
    assert topics.passages == sum(one.points for one in topics.neighbourhoods) == 3
    assert topics.articles[1].question == "本年新馆阅览座位多少个?"


def test_of_too_many_passages_a_sample_is_shown_that_mostly_stays(library: Library) -> None:
    store(library, "a.txt", [f"第{number}段写的是河岸。" for number in range(30)])
    before = topic_map(library.contents(), most=10)
    store(library, "b.txt", ["新的一段。"])

    after = topic_map(library.contents(), most=10)

    assert (len(before.points), before.passages, after.passages) == (10, 30, 31)
    assert len({point.start for point in before.points} & {point.start for point in after.points}) >= 9


def test_words_that_many_passages_of_one_group_hold_tell_it() -> None:
    words = [weighed_words("茶园新策", "茶园里的机器采摘茶叶。"), weighed_words("茶园新策", "茶叶价格上涨。")]
    words += [weighed_words("大桥通车", "大桥的栏杆重新油漆。"), weighed_words("大桥通车", "大桥通车后行人增多。")]

    told = telling_words(words, [0, 0, 1, 1], 2)

    assert "茶叶" in told[0] and told[1][0] == "大桥"
    assert not set(told[0]) & set(told[1])


# -- scripts, health, repairs


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("新馆今天开门", "han"),
        ("The ferry crossed at noon", "latin"),
        ("新しい図書館が開きました", "kana"),
        ("서울의 새 다리", "hangul"),
        ("123 456", "none"),
    ],
)
def test_the_script_of_a_text_is_that_of_most_of_its_words(text: str, script: str) -> None:
    assert script_of(text) == script


def test_scripts_are_counted_by_article(library: Library) -> None:
    put(library, "a.txt", "甲", ["河岸新修。", "The embankment."])
    put(library, "b.txt", "B", ["The ferry crossed at noon."])

    assert scripts_of(library.contents()) == (("han", 1), ("latin", 1))


def test_repairs_are_counted_by_kind_and_damage_that_stays_is_named(library: Library) -> None:
    library.set_model(ENCODER.name, ENCODER.dimension)
    text = "新茶上市\n\n今年的春\u200b茶比往年早了十天上市，价格也高了一成，茶农们都说今年是个\ufffd年。\n"
    document = Document("茶.txt", "0" * 64, "utf-8", text, assumptions=("Read as UTF-8.",))
    encode_and_store(library, ENCODER, [prepare(document)])

    (mended,) = mended_in(library, broken=(), seconds=60)
    health = health_of(library)

    assert dict(mended.kinds)["INVISIBLE"] == 1
    assert [one.document_id for one in mended.flagged] == ["茶.txt"]
    assert (mended.looked_at, mended.documents) == (1, 1)
    assert health == Health(damaged=(), empty=(), assumed=(Concern("茶.txt", 1),))


def test_counting_repairs_stops_when_its_time_is_over(library: Library) -> None:
    put(library, "a.txt", "甲", ["河岸新修。"])

    (mended,) = mended_in(library, broken=(), seconds=-1.0)

    assert (mended.looked_at, mended.documents) == (0, 1)


# -- between processes


def test_the_parts_come_through_a_line_of_json_as_they_were(library: Library) -> None:
    put(library, "a.txt", "甲", ["河岸新修。", "第二段。"])
    sent = list(parts_of(library))

    parts = Parts(1)
    for one in sent:
        parts = with_line(parts, part_line(one))

    assert [type(one) for one in sent] == [type(parts.topics), Scripts, Health, Mended]
    assert (parts.topics, parts.scripts, parts.health, parts.mended) == tuple(sent)


@pytest.mark.parametrize("line", ["", "{}", "[1]", '{"part": "Health", "value": {}}', json.dumps({"part": "Other"})])
def test_a_line_that_is_no_part_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        with_line(Parts(), line)


def test_an_overview_is_worked_out_once_for_each_generation(library: Library) -> None:
    put(library, "a.txt", "甲", ["河岸新修。"])
    overviews = Overviews(library.folder)

    first = overviews.parts(1)
    listener = overviews.listener
    assert listener is not None
    listener.join(timeout=60)
    after = overviews.parts(1)

    assert (first.finished, after.finished, after.problem, after.generation) == (False, True, "", 1)
    assert after.topics is not None and [one.title for one in after.topics.articles] == ["甲"]
    assert overviews.parts(1) is after
    assert overviews.figures(1) is overviews.figures(1)


def test_a_store_that_is_gone_is_a_problem_with_its_remedy(tmp_path: Path) -> None:
    overviews = Overviews(tmp_path / "nothing")

    overviews.parts(1)
    assert overviews.listener is not None
    overviews.listener.join(timeout=60)

    assert "There is no index in" in overviews.parts(1).problem


def test_a_word_that_is_everywhere_tells_no_group() -> None:
    words = [weighed_words("", f"{one}的栏杆换新了。") for one in ("茶园", "茶园", "大桥", "大桥")]

    assert telling_words(words, [0, 0, 1, 1], 2) == [("茶园",), ("大桥",)]
