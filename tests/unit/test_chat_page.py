"""Lists, wishes, the head and the cookie of the chat page."""

import asyncio
import time
from typing import Any

import pytest
from web_fakes import FakeAssistant

from qa.chat.turns import Conversation, ConversationSummary, Turn
from qa.web.chat.listing import address_of, bar_html, list_html, notice_html
from qa.web.chat.requests import LONGEST, NOTHING, Wish, read_wish
from qa.web.chat.scenes import read_seen, seen_of
from qa.web.chat.welcome import welcome_html
from qa.web.cookie import CookieLayer
from qa.web.heading import header_html
from qa.web.visitor import COOKIE, is_owner

ID = "aA0_-" + "x" * 17
NOW = "2024-03-05T08:00:00Z"
TURN = Turn(1, "问？", NOW, None, problem="x")
CONVERSATION = Conversation(ID, "o", '<b>"石桥"</b>', NOW, NOW, (TURN,), 7)


def test_conversations_are_links_and_the_open_one_is_marked() -> None:
    summaries = [ConversationSummary(ID, "<i>石桥</i>", NOW, 1), ConversationSummary("b", "茶叶", NOW, 3)]
    shown = list_html(summaries, open_one="b", language="zh")

    assert f'<a href="/?c={ID}" data-wj-do="open" data-id="{ID}"><span class="wj-list-title">' in shown
    assert '<a href="/?c=b" data-wj-do="open" data-id="b" aria-current="page">' in shown
    assert "<bdi>&lt;i&gt;石桥&lt;/i&gt;</bdi>" in shown
    assert "1 个问题 · 2024-03-05" in shown
    assert "3 个问题" in shown


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows sets its zone elsewhere")
def test_a_conversation_has_the_day_that_the_clock_on_the_wall_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half past six in the morning of the sixth, in China, is the fifth in UTC."""
    monkeypatch.setenv("TZ", "CST-8")
    time.tzset()
    shown = list_html([ConversationSummary("b", "茶叶", "2024-03-05T22:30:00Z", 1)], open_one="", language="zh")
    monkeypatch.undo()
    time.tzset()

    assert "1 个问题 · 2024-03-06" in shown


def test_an_empty_list_says_why() -> None:
    assert "No conversations yet" in list_html([], open_one="", language="en")
    assert "Nothing found" in list_html([], open_one="", language="en", searched=True)


def test_the_bar_offers_what_can_be_done_with_a_conversation_and_nothing_for_a_new_one() -> None:
    shown, new = bar_html(CONVERSATION, "zh"), bar_html(None, "zh")

    assert "<bdi>&lt;b&gt;&quot;石桥&quot;&lt;/b&gt;</bdi>" in shown
    assert [f'href="/conversations/{ID}.{form}" download' in shown for form in ("md", "json", "html")] == [True] * 3
    assert 'data-wj-do="rename"' in shown
    assert 'data-wj-do="delete"' in shown
    assert "新对话" in new
    assert "wj-menu" not in new


def test_an_address_names_a_conversation() -> None:
    assert address_of(ID) == f"/?c={ID}"
    assert address_of("") == "/"
    assert address_of("a&b") == "/?c=a%26b"


def test_a_notice_is_read_out_and_takes_text() -> None:
    assert notice_html("<b>") == '<p class="wj-notice" role="alert">&lt;b&gt;</p>'
    assert notice_html("") == ""


@pytest.mark.parametrize(
    "sent",
    ["", "x", "[]", "7", '{"do": 1}', '{"do": "up", "turn": "1"}', '{"do": "up", "turn": -1}',
     '{"do": "up", "turn": true}', '{"do": "note", "value": {}}', '{"do":"' + "x" * LONGEST + '"}', "[" * 50_000],
)  # fmt: skip
def test_what_is_no_wish_asks_for_nothing(sent: str) -> None:
    assert read_wish(sent) == NOTHING


def test_a_wish_has_an_action_a_turn_and_text() -> None:
    assert read_wish('{"do": "note", "turn": 2, "value": "好", "sent": 9}') == Wish("note", 2, "好")


def test_what_a_page_has_seen_goes_out_and_comes_back() -> None:
    assert seen_of(CONVERSATION) == "1:7"
    assert read_seen("1:7") == (1, 7)
    assert [read_seen(text) for text in ("", "x", "1", "1:", "²:1", "-1:2")] == [(0, 0)] * 6


def test_the_head_says_what_is_loaded_and_where_the_reader_is() -> None:
    status = FakeAssistant().status()
    chinese, english = header_html(status, "zh"), header_html(status, "en", page="documents")

    assert "2 篇文章 · 4 个段落 · hashing · 本机运行，无大模型" in chinese
    assert "2 articles · 4 passages · hashing · on this machine, no LLM" in english
    assert '<a href="/" aria-current="page">问答</a><a href="/documents">文件</a>' in chinese
    assert '<a href="/">Chat</a><a href="/documents" aria-current="page">Documents</a>' in english
    assert "Try asking" in welcome_html(status, "en")


def _cookies_set(path: str, *, cookie: str = "", scheme: str = "http") -> list[str]:
    """Ask for a path and return the cookies that come back."""
    sent: list[Any] = []

    async def page(_scope: Any, _receive: Any, send: Any) -> None:  # noqa: ANN401
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x", b"y")]})

    async def keep(message: Any) -> None:  # noqa: ANN401
        sent.append(message)

    headers = [(b"cookie", cookie.encode("latin-1"))] if cookie else []
    scope = {"type": "http", "path": path, "headers": headers, "scheme": scheme}
    asyncio.run(CookieLayer(page)(scope, None, keep))  # type: ignore[arg-type]
    return [value.decode("ascii") for name, value in sent[0]["headers"] if name == b"set-cookie"]


def test_a_browser_without_a_cookie_gets_one_with_the_page_that_no_script_reads() -> None:
    (given,) = _cookies_set("/")
    value, *rest = given.split("; ")

    assert is_owner(value.removeprefix(f"{COOKIE}="))
    assert rest == ["Max-Age=34560000", "Path=/", "HttpOnly", "SameSite=Lax"]
    assert _cookies_set("/", scheme="https")[0].endswith("; Secure")
    assert _cookies_set("/")[0] != given


def test_a_browser_keeps_its_cookie_and_data_hands_out_none() -> None:
    (given,) = _cookies_set("/documents")
    own = given.split("; ")[0]

    assert _cookies_set("/", cookie=f"a=b; {own}") == []
    assert _cookies_set("/gradio_api/run/predict") == []
    assert len(_cookies_set("/", cookie=f"{COOKIE}=short")) == 1
