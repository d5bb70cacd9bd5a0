"""A bubble holds the answer in its sentences, or says why there is none, and what its reader can do about it."""

from dataclasses import replace

import pytest
from web_fakes import (
    ANSWERED,
    BRIDGE,
    BRIDGE_LAST,
    BRIDGE_SENTENCE,
    HOSTILE_ANSWER,
    PLAIN,
    UNSAID,
    WRITTEN,
    WRITTEN_ANSWER,
    citation,
)

from qa.chat.rows import lost_turn
from qa.chat.turns import Turn
from qa.filters import EVERYTHING, Filters
from qa.types import Answer, Stage
from qa.web.chat.bubble import problem_bubble, turn_bubble, work_bubble
from qa.web.chat.copied import copied_text
from qa.web.chat.messages import messages, turn_of_message, with_work
from qa.web.chat.work import Step, Work
from qa.web.words import Language


def turn(answer: Answer | None, *, number: int = 1, filters: Filters = EVERYTHING, **more: object) -> Turn:
    question = answer.question if answer is not None else "问？"
    return Turn(number, question, "2024-03-05T08:00:00Z", answer, filters=filters, **more)  # type: ignore[arg-type]


def bubble(answer: Answer, language: Language = "zh", *, filters: Filters = EVERYTHING) -> str:
    return turn_bubble(turn(answer, filters=filters), language=language)


REFERENCE = (
    '<a class="wj-ref" href="#wj-1-{0}" data-turn="1" data-number="{0}" aria-label="查看引文 {0}" '
    'title="查看引文 {0}">{0}</a>'
)


def test_the_short_answer_is_marked_in_its_sentence_and_the_number_stands_at_its_end() -> None:
    shown = bubble(ANSWERED)

    assert f"工匠一共换了<mark>287块</mark>石料，其余全部用回旧石。{REFERENCE.format(1)}</p>" in shown
    assert "石桥修好了" in shown
    assert "2024年3月5日" in shown


def test_of_several_sentences_each_has_its_own_number_and_its_own_answer() -> None:
    both = replace(
        ANSWERED,
        answer="287块；下个月",
        sentence=f"{ANSWERED.sentence}\n{BRIDGE_LAST}",
        citations=(*ANSWERED.citations, citation(2, PLAIN, BRIDGE, BRIDGE_LAST)),
    )
    shown = bubble(both)

    assert f"工匠一共换了<mark>287块</mark>石料，其余全部用回旧石。{REFERENCE.format(1)}</p>" in shown
    assert f"桥面<mark>下个月</mark>恢复通行，行人优先。{REFERENCE.format(2)}</p>" in shown
    assert shown.count('class="wj-ref"') == 2


def test_an_answer_that_is_not_in_its_sentence_is_still_shown() -> None:
    assert "<p><mark>二八七</mark></p>" in bubble(replace(ANSWERED, answer="二八七"))
    assert "<p><mark>" not in bubble(ANSWERED)


def test_an_answer_that_is_the_sentence_is_not_marked() -> None:
    """A mark over everything marks nothing."""
    sentence = ANSWERED.sentence or ""

    assert "<mark>" not in bubble(replace(ANSWERED, answer=sentence))
    assert sentence in bubble(replace(ANSWERED, answer=sentence))


def test_without_an_answer_the_reason_and_the_nearest_article_are_shown() -> None:
    shown = bubble(UNSAID, "en")

    assert '<p class="wj-unsaid">The documents do not say.</p><p>没有一个段落说到猫。</p>' in shown
    assert "石桥修好了" in shown
    assert "<mark>" not in shown
    assert 'data-wj-do="copy"' not in shown


def test_a_part_that_stays_unanswered_is_told_below_the_answer() -> None:
    reason = "没有一个段落说到猫。"

    assert f'<p class="wj-about">{reason}</p>' in bubble(replace(ANSWERED, reason=reason))


def test_a_completed_follow_up_says_what_was_searched_and_offers_the_words_as_typed() -> None:
    """Also where the documents do not say: then the completion may be the reason."""
    query = "石桥 换了多少块石料？"

    assert f"按“<bdi>{query}</bdi>”搜索 <button" in bubble(replace(ANSWERED, searched_for=query))
    assert 'data-wj-do="alone" data-turn="1">按原话搜索</button>' in bubble(replace(ANSWERED, searched_for=query))
    assert f"Searched for “<bdi>{query}</bdi>”" in bubble(replace(UNSAID, searched_for=query), "en")
    assert "wj-searched" not in bubble(ANSWERED)
    assert "wj-searched" not in bubble(replace(ANSWERED, searched_for=" 换了多少块石料？\n"))


def test_filters_that_were_on_are_chips() -> None:
    shown = bubble(ANSWERED, filters=Filters(publishers=("东门<晚报",), since="2024-03-01"))

    assert '<li class="wj-chip">来源 东门&lt;晚报</li><li class="wj-chip">2024-03-01 起</li>' in shown
    assert "wj-chip" not in bubble(ANSWERED)


def test_what_a_reader_said_about_an_answer_is_shown_again() -> None:
    liked = turn_bubble(turn(ANSWERED, rating=1, note="好 <b>"), language="zh")
    plain = turn_bubble(turn(ANSWERED), language="zh")

    assert 'data-wj-do="up" data-turn="1" aria-label="有用" title="有用" aria-pressed="true"' in liked
    assert 'data-wj-do="down" data-turn="1" aria-label="没用" title="没用" aria-pressed="false"' in liked
    assert ">好 &lt;b&gt;</textarea>" in liked
    assert 'aria-pressed="true"' not in plain


def test_hostile_text_stays_text() -> None:
    shown = bubble(HOSTILE_ANSWER)
    hostile = bubble(replace(ANSWERED, searched_for='<img src=x onerror="alert(1)"> [x](javascript:alert(2))'))

    assert "&lt;script&gt;alert(3)&lt;/script&gt; &quot;茶叶&quot; <mark>三百斤</mark> $$x$$" in shown
    assert "<script" not in shown
    assert "<img" not in hostile


def test_a_mistake_is_told_in_the_language_of_the_reader() -> None:
    problem = "There is no <i>. Type *one*."

    assert "There is no &lt;i&gt;. Type *one*." in problem_bubble(problem, language="en")
    assert turn_bubble(turn(None, problem=problem), language="en") == problem_bubble(problem, language="en")
    assert "问题是空的。请写一个问题再提交。" in problem_bubble(
        "The question is empty. Type a question about the documents.", language="zh"
    )


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Step(), "前面还有问题，请稍候…"),
        (Step(Stage.SEARCHING), "正在查找…"),
        (Step(Stage.READING), "正在阅读…"),
        (Step(Stage.PROVING), "正在核对原文…"),
        (Step(Stage.READING, stopping=True), "正在停止…"),
    ],
)
def test_each_stage_has_its_words(step: Step, said: str) -> None:
    assert f"</span>{said}</p>" in work_bubble(step, number=1, language="zh")


def test_an_answer_stands_above_what_is_being_written_and_has_no_buttons_yet() -> None:
    """Nothing of it is kept yet, so nothing can be rated, copied or asked again."""
    written = replace(WRITTEN, sentences=WRITTEN.sentences[:2], citations=())
    step = Step(Stage.WRITING, so_far=replace(WRITTEN_ANSWER, written=written))
    shown = work_bubble(step, number=4, language="zh")

    places = [shown.index(text) for text in ("<mark>287块</mark>", 'class="wj-written"', "大模型正在写，逐句核对…")]
    assert places == sorted(places)
    assert 'href="#wj-4-1"' in shown
    assert "<button" not in shown
    assert "<img" not in shown
    assert "正在停止…" in work_bubble(replace(step, stopping=True), number=4, language="zh")


def test_a_question_is_shown_as_typed() -> None:
    """Gradio would show tags as HTML."""
    shown = messages([replace(turn(ANSWERED), question="<b>粗</b> **x**\n&lt;")], language="zh")

    assert shown[0] == {"role": "user", "content": "&lt;b&gt;粗&lt;/b&gt; **x**\n&amp;lt;"}


def test_a_question_that_replaces_a_turn_is_shown_in_its_place_while_it_is_answered() -> None:
    turns = [turn(ANSWERED, number=1), turn(UNSAID, number=2), turn(ANSWERED, number=3)]
    edited = with_work(turns, [(Work("二又？", replaces=2), Step(Stage.READING))], language="zh")
    added = with_work(turns, [(Work("四？", replaces=None), Step())], language="zh")

    assert [one["content"] for one in edited if one["role"] == "user"] == ["换了多少块石料？", "二又？"]
    assert [one["content"] for one in added if one["role"] == "user"][-1] == "四？"
    assert len(added) == 8


@pytest.mark.parametrize(("index", "number"), [(0, 1), (1, 1), (4, 3), ([5, 0], 3), ("x", 0), (None, 0), (-1, 0)])
def test_a_message_belongs_to_a_turn(index: object, number: int) -> None:
    assert turn_of_message(index) == number


def test_what_is_copied_is_what_is_seen_without_what_is_not_proved() -> None:
    """The model's proved sentences with their quotations; the unproved one, which text cannot strike, is counted."""
    source = "石桥修好了 · 东门晚报 · 2024年3月5日 · 城市/石桥.txt"

    assert copied_text(WRITTEN_ANSWER, "zh").split("\n") == [
        f"{ANSWERED.sentence} [1]",
        "",
        "小模型 <b>七</b> 写的，每句都与原文核对过：",
        f"{BRIDGE_SENTENCE} [1]",
        f"{BRIDGE_LAST} [2]",
        "模型有 1 句未经证实。",
        "",
        f"[1] {source}",
        f"[2] {source}",
    ]
    assert copied_text(ANSWERED, "zh").startswith(f"{ANSWERED.sentence} [1]\n\n[1] 石桥修好了")
    assert copied_text(UNSAID, "zh") == ""


def test_the_button_carries_the_text_and_it_stays_text() -> None:
    shown = bubble(WRITTEN_ANSWER, "en")

    assert 'data-text="' in shown and "&#10;Written by 小模型 &lt;b&gt;七&lt;/b&gt;, each" in shown
    assert "data-text" not in bubble(UNSAID)


def test_a_damaged_turn_shows_that_it_is_among_the_others() -> None:
    damaged = lost_turn(2, b"", 0, b"", asked_at="2024-03-05T08:00:00Z")

    shown = messages([turn(ANSWERED), damaged, turn(ANSWERED, number=3)], language="zh")

    assert shown[2]["content"] == "（读不出来的问题）"
    assert "记录已损坏" in shown[3]["content"].value and "没能回答" not in shown[3]["content"].value
    assert "287块" in shown[5]["content"].value
