"""The corpus page draws what an overview knows, as links into the chat; names from outside stay text."""

import re
from dataclasses import replace

import pytest
from web_fakes import HOSTILE_ARTICLE

from qa.filters import EVERYTHING, Filters
from qa.overview.figures import Figures, Tallies, Tally
from qa.overview.health import Concern, Health, Mended
from qa.overview.parts import Parts
from qa.overview.timeline import Period, Timeline
from qa.overview.topics import Mapped, Neighbourhood, Point, TopicMap
from qa.types import Status
from qa.web.chat.addressed import asking, filters_from_query, narrowing
from qa.web.corpus.bars import FIRST, MOST, bars_html, timeline_html
from qa.web.corpus.checks import index_html, mended_html
from qa.web.corpus.legend import legend_of
from qa.web.corpus.picture import map_html, question_of
from qa.web.corpus.pieces import size_text
from qa.web.corpus.tiles import tiles_html

NONE = Tallies((), 0)
TIMELINE = Timeline("month", (Period("2024-03-01", "2024-03-31", 4), Period("2024-04-01", "2024-04-30", 0)), 1, 2)
FIGURES = Figures(
    generation=7, model="hashing", dimension=64, documents=3, articles=12, passages=1860, characters=20_000,
    size=1_400_000, read_at="2024-03-05T14:20:00+00:00", timeline=TIMELINE, publishers=NONE, authors=NONE,
    collections=NONE, kinds=NONE, encodings=NONE, empty=1, waiting=0,
)  # fmt: skip
STATUS = Status(3, 12, 1860, 7, "hashing", "by hand", "/somewhere")
HOSTILE = HOSTILE_ARTICLE.title


def topics(*articles: Mapped) -> TopicMap:
    """Return a map with one point of each article."""
    points = tuple(Point(0.5, 0.25, place, 3, 9, 0) for place in range(len(articles)))
    middle = Neighbourhood(("茶叶", "<b>茶</b>"), 0.5, 0.25, len(points), tuple(range(len(articles))))
    return TopicMap(len(articles), points, articles, (middle,))


def mapped(number: int, publisher: str = "") -> Mapped:
    return Mapped(f"{number}.txt", f"第{number}篇", publisher, "2024年3月5日", "")


def inert(html: str) -> bool:
    """Tell whether nothing of the hostile title has become an element or has left its attribute."""
    return "<script" not in html and "<b>" not in html and "<img" not in html and "\u202e" not in html


# -- addresses


def test_an_address_carries_filters_there_and_back() -> None:
    address = narrowing(publisher="河阳 & <日报>", since="2024-03-01", until="2024-03-31")
    params = {"publisher": "河阳 & <日报>", "since": "2024-03-01", "until": "2024-03-31", "ask": "?", "c": "x"}

    assert address == (
        "/?publisher=%E6%B2%B3%E9%98%B3+%26+%3C%E6%97%A5%E6%8A%A5%3E&since=2024-03-01&until=2024-03-31"
    )  # fmt: skip
    assert filters_from_query(params) == Filters(
        publishers=("河阳 & <日报>",), since="2024-03-01", until="2024-03-31"
    )  # fmt: skip


@pytest.mark.parametrize("params", [{}, {"c": "x"}, {"since": "yesterday"}, {"publisher": "x" * 501}])
def test_an_address_without_filters_or_with_impossible_ones_filters_nothing(params: dict[str, str]) -> None:
    assert filters_from_query(params) == EVERYTHING


def test_a_question_in_an_address_is_quoted() -> None:
    assert asking("a&b=<c>?") == "/?ask=a%26b%3D%3Cc%3E%3F"


# -- bars and columns


def test_a_bar_is_a_link_that_narrows_the_chat_and_says_its_figure() -> None:
    html = bars_html(
        "publishers", Tallies((Tally("河阳日报", 4), Tally("晚报", 1)), 3), "zh", of="articles", filters="publisher"
    )

    assert 'href="/?publisher=%E6%B2%B3%E9%98%B3%E6%97%A5%E6%8A%A5"' in html
    assert "<bdi>河阳日报</bdi>：4 篇文章" in html
    assert re.findall(r"width:([\d.]+)%", html) == ["100.0", "25.0"]
    assert "3 篇未注明" in html


def test_of_500_publishers_some_are_shown_and_the_rest_is_counted() -> None:
    names = tuple(Tally(f"报{number:03}", 1) for number in range(500))

    html = bars_html("publishers", Tallies(names, 0), "zh", of="articles", filters="publisher")

    before, _, after = html.partition("<details>")
    assert (before.count("<li>"), after.count("<li>")) == (FIRST, MOST - FIRST)
    assert f"还有 {500 - MOST} 个未列出" in after


def test_hostile_names_stay_text_in_bars() -> None:
    html = bars_html("authors", Tallies((Tally(HOSTILE, 1),), 0), "en", of="articles", filters="author")

    assert inert(html)
    assert "&lt;script&gt;alert(&#x27;title&#x27;)&lt;/script&gt;" in html


def test_a_column_asks_about_its_time_and_an_empty_one_does_not() -> None:
    html = timeline_html(TIMELINE, "en")

    assert re.findall(r'<a href="([^"]+)" title="([^"]+)"', html) == [
        ("/?since=2024-03-01&amp;until=2024-03-31", "2024-03: 4")
    ]
    assert "2 without a date are not shown. 1 with only a rough date are not shown." in html


def test_without_dates_the_page_says_so() -> None:
    assert "没有一篇文章注明了日期。" in timeline_html(Timeline("year", (), 0, 5), "zh")


# -- the map


def test_points_stand_in_per_cent_with_the_colour_and_shape_of_their_publisher() -> None:
    html = map_html(Parts(topics=topics(mapped(1, "晚报"), mapped(2, "日报"))), "zh")

    assert '<use href="#wj-dot-2" class="wj-k2" x="50.00%" y="27.50%" data-a="0" data-s="3-9"/>' in html
    assert '<use href="#wj-dot-1" class="wj-k1" x="50.00%" y="27.50%" data-a="1" data-s="3-9"/>' in html
    assert "颜色和形状：来源" in html


def test_where_few_articles_name_a_publisher_documents_are_coloured() -> None:
    legend = legend_of(topics(mapped(1, "晚报"), mapped(2), mapped(3), mapped(4)))

    assert legend.by == "source"
    assert [(key.colour, key.name) for key in legend.keys] == [(1, "1.txt"), (2, "2.txt"), (3, "3.txt"), (4, "4.txt")]


def test_after_the_last_colour_the_rest_share_one() -> None:
    legend = legend_of(topics(*(mapped(number, f"报{number}") for number in range(10))))

    assert legend.colours == (1, 2, 3, 4, 5, 6, 7, 0, 0, 0)
    assert (legend.keys[-1].colour, legend.keys[-1].points, legend.unnamed) == (0, 3, False)


def test_the_map_is_there_as_text_with_links_to_the_quoted_place() -> None:
    html = map_html(Parts(topics=topics(mapped(1))), "zh")

    assert '<a href="/?article=1.txt&amp;span=3-9"><bdi>第1篇</bdi></a>' in html


def test_hostile_titles_words_and_names_stay_text_on_the_map() -> None:
    hostile = Mapped("<img src=x>.txt", HOSTILE, '"><script>alert(1)</script>', "</template><script>", "")

    html = map_html(Parts(topics=topics(hostile, replace(hostile, publisher="<b>"))), "en")

    assert inert(html)
    assert html.count("</template>") == 1


def test_before_the_map_is_drawn_its_place_is_kept_and_a_failure_is_told() -> None:
    assert "正在画图" in map_html(Parts(), "zh")
    assert "kaputt &lt;b&gt;" in map_html(Parts(finished=True, problem="kaputt <b>"), "en")


def test_a_sample_is_said_to_be_one() -> None:
    many = replace(topics(mapped(1)), passages=20_000)

    assert "共 20,000 个段落，这里取 1 个。" in map_html(Parts(topics=many), "zh")


@pytest.mark.parametrize(
    ("article", "question"),
    [
        (replace(mapped(1), question="座位多少个?"), "座位多少个?"),
        (mapped(1), "《第1篇》讲了什么？"),
        (replace(mapped(1), title="Last  ferry"), "What does “Last ferry” say?"),
        (replace(mapped(1), title="长" * 300), f"《{'长' * 60}…》讲了什么？"),
    ],
)
def test_what_is_asked_about_an_article(article: Mapped, question: str) -> None:
    assert question_of(article, "zh") == question


# -- the rest


def test_the_figures_at_the_top_have_their_thousands_apart_and_nothing_that_is_zero() -> None:
    html = tiles_html(FIGURES, "en")

    assert re.findall(r"<dt>(\w+)</dt><dd>([\d,]+)</dd>", html) == [
        ("documents", "3"), ("articles", "12"), ("passages", "1,860"), ("characters", "20,000")
    ]  # fmt: skip


def test_an_empty_store_shows_the_way_to_the_documents_page() -> None:
    assert 'href="/documents"' in tiles_html(replace(FIGURES, documents=0), "zh")


def test_findings_come_with_their_remedy() -> None:
    parts = Parts(
        health=Health(damaged=(), empty=(Concern("<b>空</b>.txt", 1),), assumed=()),
        mended=Mended(3, 3, (("PINYIN", 3),), (Concern("损.txt", 2),)),
    )

    html = index_html(STATUS, FIGURES, parts, "zh", conversations_last=True)

    assert inert(html)
    assert "1 份文件没有正文" in html and "看看原文件是不是扫描件或空白。" in html
    assert "1 份文件有修不好的损伤" in html and "wenju show DOCUMENT --repairs" in html
    assert "有几处该看看" in html and "保存在这台服务器上" in html
    assert "2 份已读 · 1 份没有正文" in html


def test_a_sound_store_is_said_to_be_sound() -> None:
    html = index_html(STATUS, FIGURES, Parts(health=Health((), (), ())), "en", conversations_last=False)

    assert "All is well" in html and "Every row is what was written" in html and "only until the server stops" in html


def test_repairs_are_listed_by_kind_with_their_total() -> None:
    html = mended_html(Parts(mended=Mended(2, 3, (("TRADITIONAL", 30), ("PINYIN", 10)), ()), finished=True), "zh")

    assert "繁体转简体" in html and "40 处" in html and "数到第 2 份文件，共 3 份。" in html


@pytest.mark.parametrize(
    ("size", "text"), [(12, "12 B"), (1400, "1.4 kB"), (552_960, "553 kB"), (2_300_000_000, "2.3 GB")]
)
def test_sizes_are_short(size: int, text: str) -> None:
    assert size_text(size) == text


def test_an_empty_store_is_not_checked_for_ever() -> None:
    empty = replace(FIGURES, documents=0, empty=0)

    assert "正在检查" not in index_html(STATUS, empty, Parts(finished=True), "zh", conversations_last=True)
