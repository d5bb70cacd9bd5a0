"""A bubble holds the answer in its sentence, or says that there is none and why, as one block of HTML."""

from dataclasses import replace

from web_fakes import ANSWERED, HOSTILE_ANSWER, UNSAID

from qa.errors import QuestionError
from qa.web.chat.bubble import Choice, answer_bubble, choices, error_bubble, question_bubble


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


COMPLETED = replace(ANSWERED, searched_for="石桥 换了多少块石料？")


def test_a_completed_follow_up_says_how_it_was_understood() -> None:
    """Also where the documents do not say: then the completion may be the reason."""
    unsaid = replace(UNSAID, searched_for="石桥 桥上的猫叫什么？")
    understood = '<div class="wj-answer"><p class="wj-searched">按上文理解为：石桥 换了多少块石料？</p>'

    assert answer_bubble(COMPLETED, language="zh", turn=1).startswith(understood)
    assert "Understood with the questions before as: 石桥 桥上的猫" in answer_bubble(unsaid, language="en", turn=1)
    assert "wj-searched" not in answer_bubble(ANSWERED, language="zh", turn=1)


def test_a_completed_follow_up_can_be_asked_alone() -> None:
    """With the words that were typed; a question that was searched as typed has no such choice."""
    assert choices(COMPLETED, language="zh") == (Choice("单独问这一句", "换了多少块石料？"),)
    assert choices(COMPLETED, language="en") == (Choice("Ask it alone", "换了多少块石料？"),)
    assert choices(ANSWERED, language="zh") == ()
    assert choices(replace(ANSWERED, searched_for=" 换了多少块石料？\n"), language="zh") == ()


def test_what_a_hostile_question_was_understood_as_stays_text() -> None:
    hostile = replace(ANSWERED, searched_for='<img src=x onerror="alert(1)"> [x](javascript:alert(2))')

    assert "<img" not in answer_bubble(hostile, language="zh", turn=1)
    assert "](" not in answer_bubble(hostile, language="zh", turn=1)


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
