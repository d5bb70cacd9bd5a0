"""Printed dates get an ISO form; what a text calls 今年 or 本月底 is reckoned from its article's date."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus.dates import date_parts, days_of, iso_date
from qa.corpus.days import named_days, published
from qa.corpus.metadata import read_line
from qa.corpus.pipeline import articles_of
from qa.store.rows import article_fields, read_article
from qa.types import Article, DateRange, Document, Span

WRITTEN = datetime.date(2021, 9, 3)


def document(text: str) -> Document:
    return Document("page.txt", "0" * 64, "utf-8", text)


def named(text: str, written: datetime.date | None = WRITTEN) -> list[tuple[str, str, str]]:
    return [
        (text[start:end], first.isoformat(), last.isoformat())
        for start, end, (first, last) in named_days(text, written)
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "2021年9月3日", "2021-09-03", "2021/9/3", "2021.9.3", "二〇二一年九月三日", "二零二一年九月三日",
        "2021年9月3日 星期五", "2021 年 9 月 3 日", "２０２１年９月３日", "20210903", "日期：2021.09.03",
        "民国110年9月3日", "民國110年9月3日", "September 3, 2021", "3 Sept 2021", "Friday, September 3rd, 2021",
        "3rd of September 2021", "2021-09-03T08:15:00+08:00", "2021-09-03 08:15", "Fri, 03 Sep 2021 08:15:00 GMT",
    ],
)  # fmt: skip
def test_every_printed_form_of_a_day_has_the_same_iso_form(printed: str) -> None:
    assert iso_date(printed) == "2021-09-03"


@pytest.mark.parametrize(
    "printed", ["2021年9月 第3版", "2021年2月30日", "03/09/2021", "9月3日", "May", "2021-2022", "三", ""]
)
def test_what_is_no_whole_day_has_no_iso_form(printed: str) -> None:
    """A month, a day that there is not, one that can be two days, a day without a year, a word."""
    assert iso_date(printed) is None


def test_a_month_and_a_year_are_ranges_of_days() -> None:
    assert days_of(date_parts("2024年2月")) == (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    assert days_of(date_parts("2021年")) == (datetime.date(2021, 1, 1), datetime.date(2021, 12, 31))
    assert days_of(date_parts("9月")) is None


@pytest.mark.parametrize(
    "line", ["二〇二一年九月三日", "民国110年9月3日", "发布时间：2021-09-03T08:15:00Z", "日期：二〇二一年九月三日"]
)
def test_a_line_with_such_a_date_alone_is_metadata(line: str) -> None:
    fields = read_line(line)

    assert fields is not None
    assert iso_date(fields.date) == "2021-09-03"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("今年", "2021-01-01", "2021-12-31"),
        ("去年", "2020-01-01", "2020-12-31"),
        ("明年5月20日", "2022-05-20", "2022-05-20"),
        ("去年底", "2020-12-01", "2020-12-31"),
        ("今年年底", "2021-12-01", "2021-12-31"),
        ("昨日", "2021-09-02", "2021-09-02"),
        ("今天", "2021-09-03", "2021-09-03"),
        ("明日", "2021-09-04", "2021-09-04"),
        ("本月", "2021-09-01", "2021-09-30"),
        ("本月底", "2021-09-21", "2021-09-30"),
        ("本月15日", "2021-09-15", "2021-09-15"),
        ("上月", "2021-08-01", "2021-08-31"),
        ("下个月初", "2021-10-01", "2021-10-10"),
        ("上半年", "2021-01-01", "2021-06-30"),
        ("前三季度", "2021-01-01", "2021-09-30"),
        ("第二季度", "2021-04-01", "2021-06-30"),
        ("9月1日", "2021-09-01", "2021-09-01"),
        ("2月中旬", "2021-02-11", "2021-02-20"),
        ("九月一日", "2021-09-01", "2021-09-01"),
        ("2020年下半年", "2020-07-01", "2020-12-31"),
        ("2020年2月", "2020-02-01", "2020-02-29"),
        ("2020-02-03", "2020-02-03", "2020-02-03"),
        ("February 3", "2021-02-03", "2021-02-03"),
        ("3 Sept. 2020", "2020-09-03", "2020-09-03"),
        ("yesterday", "2021-09-02", "2021-09-02"),
        ("next month", "2021-10-01", "2021-10-31"),
    ],
)
def test_days_are_reckoned_from_the_date_of_the_article(text: str, first: str, last: str) -> None:
    assert named(f"据悉，{text} 完成。") == [(text, first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "近日，当日，同月", "3个月", "13月", "2月30日", "2000年前的古墓有1500年历史", "1990年代", "60岁以上年龄",
        "在马上下月台", "过去年份", "今日报到", "每年年底", "版本2021.9.3.1", "this may March on",
    ],
)  # fmt: skip
def test_what_is_vague_or_only_looks_like_a_day_is_not_read(text: str) -> None:
    assert named(text) == []


def test_in_january_the_december_without_a_year_is_past() -> None:
    assert named("12月28日和1月3日", datetime.date(2021, 1, 5)) == [
        ("12月28日", "2020-12-28", "2020-12-28"),
        ("1月3日", "2021-01-03", "2021-01-03"),
    ]


def test_without_the_article_s_date_only_what_names_its_year_is_read() -> None:
    assert named("今年9月，去年底，2020年5月13日起，到2025年。", None) == [
        ("2020年5月13日", "2020-05-13", "2020-05-13"),
        ("2025年", "2025-01-01", "2025-12-31"),
    ]


def test_days_are_metadata_with_their_place_in_the_source_and_the_text_stays() -> None:
    """The line break inside 昨 日 is joined by the repair; the place is that of the source, break and all."""
    page = document(
        "渡口改造完成\n2021年9月3日  来源：河阳日报\n河阳县东门渡口的改造工程昨\n日完工，码头加长了12米，可停8艘船。\n"
    )

    (article,), _, _ = articles_of(page)

    (day,) = article.days
    assert (day.start, day.end, page.text[day.span.start : day.span.end]) == ("2021-09-02", "2021-09-02", "昨\n日")
    assert "昨日完工" in article.blocks[-1].content.text


def test_a_day_without_a_year_is_completed_by_a_full_date_on_its_page() -> None:
    """The ticket office opened a fortnight before; a law of 2015 is too far from September to tell the year."""
    text = "本报讯(记者 林晚)9月3日,河阳县东门渡口的改造工程完工,码头加长了12米。该县2015年3月1日起施行渡口管理办法。\n"

    (plain,), _, _ = articles_of(document(f"渡口改造完成\n{text}"))
    (dated,), _, _ = articles_of(document(f"渡口改造完成\n{text}售票厅已于2021年8月20日先行启用。\n"))

    assert (plain.date, plain.date_iso) == ("9月3日", None)
    assert (dated.date, dated.date_iso) == ("9月3日", "2021-09-03")


@given(st.text("0129一二十〇年月日底上下半前季度今去明昨民国国-/. MaySep,元第号", max_size=24), st.dates())
def test_no_text_stops_the_reading_and_every_range_runs_forwards(text: str, written: datetime.date) -> None:
    iso_date(text)

    for start, end, (first, last) in named_days(text, written):
        assert 0 <= start < end <= len(text)
        assert first <= last


ARTICLE = Article("a.txt#1", "a.txt", "渡口")


def day(start: str, end: str | None = None) -> DateRange:
    return DateRange(start, end or start, Span(0, 1))


@pytest.mark.parametrize(
    ("article", "expected"),
    [
        (replace(ARTICLE, date="昨天", date_iso="2021-09-03", days=(day("2020-01-01"),)), ("2021-09-03", "2021-09-03")),
        (replace(ARTICLE, date="2021年9月", days=(day("2020-01-01"),)), ("2021-09-01", "2021-09-30")),
        (replace(ARTICLE, days=(day("2021-03-02"), day("2021-01-05"))), ("2021-01-05", "2021-03-02")),
        (replace(ARTICLE, days=(day("2021-03-02"), day("2025-01-01", "2025-12-31"))), ("2021-03-02", "2021-03-02")),
        (replace(ARTICLE, days=(day("2021-03-02"), day("2020-12-31"))), None),
        (replace(ARTICLE, date="9月3日"), None),
        (ARTICLE, None),
    ],
)  # fmt: skip
def test_an_article_counts_by_its_date_else_by_the_full_dates_of_one_year_in_its_text(
    article: Article, expected: tuple[str, str] | None
) -> None:
    when = published(article)

    assert (when and (when[0].isoformat(), when[1].isoformat())) == expected


def test_days_are_stored_and_a_store_without_them_opens() -> None:
    article = replace(ARTICLE, date="2021年9月3日", date_iso="2021-09-03", days=(day("2021-01-01", "2021-12-31"),))
    facts = article_fields(article)

    assert read_article(article.id, article.document_id, facts) == article
    older = facts.replace(', "days": [["2021-01-01", "2021-12-31", 0, 1]]', "")
    assert older != facts
    assert read_article(article.id, article.document_id, older) == replace(article, days=())
