"""A bubble holds the answer in its sentence, or says that there is none and why, as one block of HTML."""

from dataclasses import replace

from web_fakes import ANSWERED, HOSTILE_ANSWER, UNSAID

from qa.errors import QuestionError
from qa.web.bubble import answer_bubble, error_bubble, question_bubble


def test_the_short_answer_is_marked_in_its_sentence_and_numbered() -> None:
    bubble = answer_bubble(ANSWERED, language="zh", turn=1)

    assert "工匠一共换了<mark>287块</mark>石料，其余全部用回旧石。" in bubble
    assert '<a class="wj-ref" href="#wj-1-1" title="查看引文 1">&#91;1&#93;</a>' in bubble
    assert "石桥修好了" in bubble
    assert "2024年3月5日" in bubble


def test_an_answer_that_is_not_in_its_sentence_is_still_shown() -> None:
    assert "<mark>二八七</mark> 工匠" in answer_bubble(replace(ANSWERED, answer="二八七"), language="zh", turn=1)


def test_an_answer_that_is_the_sentence_is_not_marked() -> None:
    """A mark over everything marks nothing."""
    sentence = ANSWERED.sentence or ""

    assert "<mark>" not in answer_bubble(replace(ANSWERED, answer=sentence), language="zh", turn=1)
    assert sentence in answer_bubble(replace(ANSWERED, answer=sentence), language="zh", turn=1)


def test_without_an_answer_the_reason_and_the_closest_passage_are_shown() -> None:
    bubble = answer_bubble(UNSAID, language="en", turn=1)

    assert '<p class="wj-unsaid">The documents do not say.</p><p>没有一个段落说到猫。</p>' in bubble
    assert "What comes closest" in bubble
    assert "东门石桥的修缮工程昨天完工。" in bubble
    assert "<mark>" not in bubble


def test_a_completed_follow_up_says_what_was_searched() -> None:
    completed = replace(ANSWERED, searched_for="石桥 换了多少块石料？")

    assert "按“石桥 换了多少块石料？”搜索" in answer_bubble(completed, language="zh", turn=1)
    assert "wj-searched" not in answer_bubble(ANSWERED, language="zh", turn=1)


def test_hostile_text_stays_text() -> None:
    bubble = answer_bubble(HOSTILE_ANSWER, language="zh", turn=1)

    assert (
        "&#60;script&#62;alert&#40;3&#41;&#60;/script&#62; &#34;茶叶&#34; <mark>三百斤</mark> &#36;&#36;x&#36;&#36;"
        in bubble
    )
    assert "<script" not in bubble
    assert "](" not in bubble
    assert "\n" not in bubble


def test_questions_and_errors_are_escaped_too() -> None:
    assert question_bubble("1. <b>\n\n# x") == ('<div class="wj-question">1&#46; &#60;b&#62;<br><br>&#35; x</div>')
    error = error_bubble(QuestionError("There is no <i>.", "Type *one*."), language="en")
    assert "There is no &#60;i&#62;&#46; Type &#42;one&#42;&#46;" in error
    assert "Could not answer" in error
