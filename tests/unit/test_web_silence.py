"""What the bubble shows beside an answer, or instead of one: how sure it is, and what the nearest articles say."""

import re
from dataclasses import replace

import pytest
from web_fakes import ANSWERED, BRIDGE_HITS, BRIDGE_SENTENCE, HOSTILE_ANSWER, UNSAID

from qa.types import Leg, Span
from qa.web.evidence.confidence import confidence_html
from qa.web.evidence.panel import evidence_html
from qa.web.evidence.permalink import permalink
from qa.web.evidence.silence import best_sentence, nearest_articles, silence_html
from qa.web.evidence.why import why_html


@pytest.mark.parametrize(
    ("confidence", "chinese", "english", "percent"),
    [(1.0, "确定", "certain", 100), (0.9, "确定", "certain", 90), (0.8999, "较可能", "likely", 89),
     (0.7, "较可能", "likely", 70), (0.699, "不确定", "uncertain", 69), (0.29, "不确定", "uncertain", 29)],
)  # fmt: skip
def test_a_word_says_how_sure_an_answer_is(confidence: float, chinese: str, english: str, percent: int) -> None:
    """Nine of ten, seven of ten; the figure is read out, takes the keyboard, and never rounds up over a threshold."""
    answer = replace(ANSWERED, confidence=confidence)

    assert re.sub("<[^>]+>", "", confidence_html(answer, "zh")) == f"{chinese} 答对的可能性约 {percent}%"
    assert re.sub("<[^>]+>", "", confidence_html(answer, "en")).startswith(f"{english} about a {percent}%")
    assert 'tabindex="0"' in confidence_html(answer, "zh")


def test_silence_has_no_confidence_word() -> None:
    assert confidence_html(UNSAID, "zh") == ""


def test_silence_says_so_why_and_what_the_nearest_articles_do_say() -> None:
    """One entry an article, with the sentence nearest to the question."""
    silent = replace(UNSAID, question="换了多少块石料的猫？", searched_for="换了多少块石料的猫？")
    page = silence_html(silent, "zh", turn=4)

    assert "文件中没有说。" in page
    assert "没有一个段落说到猫。" in page
    assert page.count("<li>") == 1
    assert '<a class="wj-ref" href="#wj-4-h1"><bdi>石桥修好了</bdi></a>' in page
    assert f"<blockquote><bdi>{BRIDGE_SENTENCE}</bdi></blockquote>" in page
    assert 'id="wj-4-h1"' in evidence_html(silent, (), language="zh", turn=4)


def test_without_a_turn_the_nearest_articles_open_by_their_permalinks() -> None:
    hit = BRIDGE_HITS[0]
    address = permalink(hit.article.document_id, hit.passage.span).replace("&", "&amp;")

    assert f'href="{address}"' in silence_html(UNSAID, "en")
    assert "The documents do not say." in silence_html(UNSAID, "en")


def test_each_of_the_nearest_articles_is_named_once() -> None:
    assert nearest_articles(UNSAID) == [BRIDGE_HITS[0]]


def test_articles_of_a_page_that_have_lost_their_numbers_are_told_apart_by_title() -> None:
    """As they come back from a stored conversation."""
    first, second = (
        replace(hit, article=replace(hit.article, id="a#0", title=title))
        for hit, title in zip(BRIDGE_HITS, ("桥", "灯"), strict=True)
    )

    assert nearest_articles(replace(UNSAID, hits=(first, second))) == [first, second]


def test_silence_about_nothing_at_all_is_still_told() -> None:
    page = silence_html(replace(UNSAID, hits=(), reason=None), "zh")

    assert "文件中没有说。" in page
    assert "<li>" not in page


def test_hostile_passages_are_text_in_silence_and_in_reasons() -> None:
    hit = replace(HOSTILE_ANSWER.hits[0], why={"<i>leg</i>": Leg(1, 1.0), "keyword": Leg(2, 0.5, ("window", "script"))})
    silent = replace(UNSAID, hits=(hit,), reason="<b>reason</b>")

    assert not re.search("<(script|img|i|b)>", silence_html(silent, "zh", turn=1) + why_html(hit, "zh"))


@pytest.mark.parametrize(
    ("question", "text", "span"),
    [
        ("石料几块?", "桥修好了。石料287块。石料多。", Span(5, 12)),
        ("猫?", "桥修好了。石料287块。", Span(0, 5)),
        ("猫?", "——不摆摊。桥上的摊位都迁到了集市。", Span(6, 18)),
        ("猫?", "", Span(0, 1)),
    ],
)
def test_the_sentence_with_most_of_the_question_is_chosen(question: str, text: str, span: Span) -> None:
    assert best_sentence(question, text) == span


@pytest.mark.parametrize(
    ("score", "figure", "width"),
    [(0.734, "73%", "73.4"), (0.002, "&lt;1%", "0.2"), (0.9999, "&gt;99%", "100.0"), (1.0, "100%", "100.0")],
)
def test_what_the_reader_thinks_is_a_bar_with_its_figure(score: float, figure: str, width: str) -> None:
    """A chance from 0 to 1; never said to be nothing or all of it where it is not quite."""
    page = why_html(replace(BRIDGE_HITS[0], why={"dense": Leg(2, 0.9), "rerank": Leg(1, score)}), "zh")

    assert f"可能性为 {figure}，在读过的段落中排第 1" in page
    assert f'style="width:{width}%"' in page
    assert 'role="meter"' in page
    assert "意思相近，排第 2" in page


def test_without_a_reader_there_is_no_bar() -> None:
    assert "wj-meter" not in why_html(BRIDGE_HITS[1], "zh")


def test_a_passage_that_no_leg_found_stands_next_to_one_that_ranks_high() -> None:
    assert "与排名靠前的段落同篇相邻" in why_html(replace(BRIDGE_HITS[0], why={"rerank": Leg(1, 0.5)}), "zh")


def test_a_question_that_names_the_article_says_so_and_marks_no_title_words() -> None:
    page = why_html(replace(BRIDGE_HITS[0], why={"title": Leg(1, 1.0, ("东门",))}), "zh")

    assert "问题点名了这篇文章" in page
    assert "wj-words" not in page
