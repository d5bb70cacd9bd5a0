"""One turn of the chat: what is asked, remembered and shown; mistakes become bubbles."""

from collections.abc import Sequence

from web_fakes import FakeAssistant

from qa.filters import EVERYTHING, Filters
from qa.web.chat.reply import TURNS_KEPT, Conversation, reply
from qa.web.chat.welcome import welcome_html
from qa.web.heading import header_html


def turn(
    assistant: FakeAssistant, state: Conversation, question: str, *, alone: bool = False, row: Sequence[object] = ()
) -> tuple[str, str]:
    state.say("user", question)
    replied = reply(assistant, question, state, language="zh", alone=alone, row=row)  # type: ignore[arg-type]
    state.say("assistant", replied.bubble, choices=replied.choices)
    state.keep_panel(replied.panel)
    return replied.bubble, replied.panel


def test_earlier_questions_are_passed_on_and_the_completion_is_shown() -> None:
    assistant, state = FakeAssistant(), Conversation()
    turn(assistant, state, "换了多少块石料？")
    bubble, _ = turn(assistant, state, "是哪天？")

    assert assistant.histories == [[], ["换了多少块石料？"]]
    assert "按上文理解为：换了多少块石料？ 是哪天？" in bubble
    assert state.questions == ["换了多少块石料？", "是哪天？"]


def test_a_completed_question_carries_the_choice_to_ask_it_alone() -> None:
    """As an option of its bubble, which the chat shows as a button under the last one."""
    assistant, state = FakeAssistant(), Conversation()
    turn(assistant, state, "换了多少块石料？")
    turn(assistant, state, "是哪天？")

    assert "options" not in state.bubbles[1]
    assert state.bubbles[3]["options"] == [{"label": "单独问这一句", "value": "是哪天？"}]


def test_a_question_asked_alone_forgets_the_ones_before() -> None:
    """So do the follow-ups to it: the reader has said that here a new topic begins."""
    assistant, state = FakeAssistant(), Conversation()
    turn(assistant, state, "换了多少块石料？")
    turn(assistant, state, "是哪天？")
    bubble, _ = turn(assistant, state, "是哪天？", alone=True)

    assert assistant.histories[-1] == []
    assert "wj-searched" not in bubble
    assert "options" not in state.bubbles[5]
    assert state.questions == ["是哪天？"]


def test_a_mistake_when_asking_alone_leaves_the_history_as_it_was() -> None:
    assistant, state = FakeAssistant(), Conversation()
    turn(assistant, state, "换了多少块石料？")
    turn(assistant, state, " ", alone=True)

    assert state.questions == ["换了多少块石料？"]


def test_numbers_in_an_answer_lead_to_the_panel_of_the_same_turn() -> None:
    assistant, state = FakeAssistant(), Conversation()
    turn(assistant, state, "换了多少块石料？")
    bubble, panel = turn(assistant, state, "换了多少块石料？")

    assert 'href="#wj-3-1"' in bubble
    assert 'id="wj-3-1"' in panel


def test_the_evidence_of_an_earlier_answer_can_be_shown_again() -> None:
    assistant, state = FakeAssistant(), Conversation()
    _, first = turn(assistant, state, "换了多少块石料？")
    turn(assistant, state, "敌人")

    assert state.panels[0] == state.panels[1] == first
    assert "恶意" in state.panels[3]


def test_an_empty_question_is_not_searched_and_not_remembered() -> None:
    assistant, state = FakeAssistant(), Conversation()
    bubble, _ = turn(assistant, state, " \n ")

    assert "问题是空的" in bubble
    assert assistant.histories == []
    assert state.questions == []


def test_a_question_that_is_too_long_gets_the_sentence_of_the_error() -> None:
    assistant, state = FakeAssistant(), Conversation()
    bubble, panel = turn(assistant, state, "长" * 20_000)

    assert "more than 2000 characters&#46; Shorten it&#46;" in bubble
    assert "wj-citation" not in panel
    assert state.questions == []


def test_a_long_conversation_forgets_its_beginning() -> None:
    """A tab left open for a day must not fill the memory."""
    assistant, state = FakeAssistant(), Conversation()
    for number in range(TURNS_KEPT + 5):
        turn(assistant, state, f"换了多少块石料？{number}")

    assert len(state.questions) == TURNS_KEPT
    assert state.questions[0] == "换了多少块石料？5"
    assert len(state.panels) == 2 * TURNS_KEPT
    assert min(state.panels) == 10


def test_the_row_of_filters_goes_with_the_question_and_the_answer_says_which_were_on() -> None:
    assistant, state = FakeAssistant(), Conversation()
    narrowed, _ = turn(assistant, state, "换了多少块石料？", row=[["东门晚报"], None, [], "2024-03", " "])
    plain, _ = turn(assistant, state, "是哪天？", row=[[], [], [], "", ""])

    assert assistant.filters == [Filters(publishers=("东门晚报",), since="2024-03-01"), EVERYTHING]
    assert "只查了：来源 东门晚报；2024&#45;03&#45;01 起" in narrowed
    assert "只查了" not in plain


def test_a_filter_that_cannot_be_becomes_a_bubble_and_nothing_is_asked() -> None:
    assistant, state = FakeAssistant(), Conversation()
    bubble, _ = turn(assistant, state, "换了多少块石料？", row=[[], [], [], "2024-13", ""])

    assert "不是日期" in bubble
    assert assistant.histories == []


def test_the_head_says_what_is_loaded_in_the_language_of_the_reader() -> None:
    status = FakeAssistant().status()

    assert "2 篇文章 · 4 个段落 · hashing · 本机运行，无大模型" in header_html(status, "zh")
    assert "2 articles · 4 passages · hashing · runs on this machine, no LLM" in header_html(status, "en")
    assert "Try asking" in welcome_html(status, "en")
