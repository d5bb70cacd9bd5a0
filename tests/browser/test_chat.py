"""The chat in a real browser: ask, read the answer, see the quotation; in both languages, on a desk and on a phone."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from api_server import ROOT, Served
from playwright.sync_api import Page, expect
from visiting import Visits

REPORTS = ROOT / "reports"

pytestmark = pytest.mark.browser


def sample(identifier: str) -> dict[str, Any]:
    """Return a question of the sample corpus with its answer and, where it is a follow-up, its history."""
    for line in (ROOT / "tests" / "golden" / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        given: dict[str, Any] = json.loads(line)
        if given["id"] == identifier:
            return given
    raise AssertionError(f"{identifier} is not among the golden questions")


@pytest.mark.model
def test_a_question_in_chinese_is_answered_with_its_quotation(visit: Visits, real_server: Served) -> None:
    """The real model over the sample corpus; nothing is asked of any other host, and the console stays silent."""
    asked = sample("sample-08")
    question, answer = asked["question"], asked["answer"]
    with visit(real_server) as visited:
        page = visited.page
        assert page.title() == "问据 Wenju"
        assert re.search(r"\d+ 篇文章 · \d+ 个段落 · .*e5-small.* · 本机运行，无大模型", page.inner_text(".wj-loaded"))
        visited.ask(question)

        assert page.inner_text(".wj-sentence mark") == answer
        assert page.inner_text(".wj-sentence a.wj-ref") == "1"
        quotation = page.locator(".wj-citation blockquote.wj-source mark")
        assert answer in quotation.inner_text()
        assert quotation.evaluate("mark => getComputedStyle(mark).backgroundColor") != "rgba(0, 0, 0, 0)"
        assert page.inner_text(".wj-citation h3").startswith("1")
        assert re.search(r"\.txt|\.md", page.inner_text(".wj-citation .wj-file"))
        assert re.search(r"第 \d+ 行，字符 \d+–\d+", page.inner_text(".wj-citation .wj-place"))
        page.locator(".wj-others > summary").click()
        page.locator(".wj-hit > summary").first.click()
        assert "排第" in page.inner_text(".wj-hit .wj-why")
        _keep(page, "chat-zh.png")
        assert visited.errors == []
        assert visited.elsewhere == []


@pytest.mark.model
def test_an_example_is_one_click_away_and_a_new_conversation_brings_it_back(visit: Visits, real_server: Served) -> None:
    with visit(real_server) as visited:
        page = visited.page
        example = page.locator("#wj-chat .example").first
        asked = example.inner_text()
        example.click()
        page.locator(".wj-answer").wait_for(timeout=60_000)

        assert visited.questions() == [asked]
        page.locator(".wj-begin").click()
        page.locator(".wj-welcome").wait_for()
        assert page.locator(".wj-answer").count() == 0
        assert page.locator(".wj-citation").count() == 0
        assert visited.errors == []


@pytest.mark.model
def test_a_follow_up_can_be_asked_alone_with_one_click(visit: Visits, real_server: Served) -> None:
    """The page says what it searched for; alone, it completes nothing and answers as in a new conversation."""
    asked = sample("sample-16")
    (before,), question = asked["history"], asked["question"]
    with visit(real_server) as visited:
        page = visited.page
        answers, alone = page.locator(".wj-answer"), page.locator('[data-wj-do="alone"]')
        visited.ask(before)
        assert alone.count() == 0  # there is nothing before it that could complete it
        visited.ask(question)

        searched = page.inner_text(".wj-searched")
        assert searched.startswith("按“")
        assert "老祠堂" in searched
        assert asked["answer"] in answers.nth(1).inner_text()
        assert alone.all_inner_texts() == ["按原话搜索"]
        alone.click()
        answers.nth(2).wait_for(timeout=60_000)

        assert visited.questions() == [before, question, question]
        assert answers.nth(2).locator(".wj-searched").count() == 0
        assert page.locator(".wj-searched").count() == 1  # the follow-up before it keeps saying what was searched
        page.get_by_text(f"“{question}”的证据").wait_for()
        _keep(page, "chat-alone-zh.png")
        said = answers.nth(2).locator(".wj-sentence, .wj-unsaid").all_inner_texts()
        page.locator(".wj-begin").click()
        page.locator(".wj-welcome").wait_for()
        visited.ask(question)
        assert answers.locator(".wj-sentence, .wj-unsaid").all_inner_texts() == said
        assert visited.errors == []
        assert visited.elsewhere == []


@pytest.mark.parametrize(
    ("locale", "placeholder", "new", "evidence"),
    [("zh-CN", "问这些文件一个问题…", "＋ 新对话", "证据"), ("zh-TW", "问这些文件一个问题…", "＋ 新对话", "证据"),
     ("en-US", "Ask a question…", "＋ New conversation", "Evidence"),
     ("fr-FR", "Ask a question…", "＋ New conversation", "Evidence")],
)  # fmt: skip
def test_labels_follow_the_language_of_the_browser(
    visit: Visits, fake_server: Served, locale: str, placeholder: str, new: str, evidence: str
) -> None:
    """Those that the browser translates and those that the server writes agree, also after the first question."""
    with visit(fake_server, locale=locale) as visited:
        page = visited.page
        for _ in range(2):
            assert page.locator("#wj-question textarea").get_attribute("placeholder") == placeholder
            assert page.inner_text(".wj-begin") == new
            assert page.inner_text(".wj-evidence h2") == evidence
            visited.ask("桥上的猫叫什么？")
        assert page.evaluate("document.documentElement.lang") == (locale if evidence == "证据" else "en")
        unsaid = "文件中没有说。" if evidence == "证据" else "The documents do not say."
        assert page.locator(".wj-unsaid").first.inner_text() == unsaid


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_phone_does_not_scroll_sideways(visit: Visits, fake_server: Served, colours: str) -> None:
    with visit(fake_server, width=390, height=844, colours=colours) as visited:
        page = visited.page
        shifted = page.evaluate(_SHIFTED)
        visited.ask("换了多少块石料？")
        visited.ask("敌人")

        assert shifted < 0.1  # of the window, as the page came in: what web.dev calls good
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        _keep(page, f"chat-390-{colours}.png")


def test_a_long_answer_is_read_from_its_question_on_and_its_figure_takes_the_keyboard(
    visit: Visits, fake_server: Served
) -> None:
    """The last question stands at the top of the chat though there is more below; the page was never white before."""
    with visit(fake_server, width=390, height=480) as visited:
        page = visited.page
        visited.ask("换了多少块石料？")
        visited.ask("换了多少块石料的猫？")
        page.locator(".wj-unsaid").wait_for()
        page.wait_for_function(_AT_ITS_QUESTION)
        page.locator(".wj-confidence").focus()

        assert page.locator(".wj-confidence .wj-figure").evaluate("note => getComputedStyle(note).opacity") == "1"
        assert "--bg: #f7f4ee;" in page.content()
        assert page.locator(".nav-holder").count() == 0
        assert "#a8321f" in page.request.get(fake_server.url + "/favicon.ico").text()  # our seal red, not Gradio's own


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_text_stands_out_from_its_ground(visit: Visits, fake_server: Served, colours: str) -> None:
    """WCAG AA: a contrast of at least 4.5, in bubbles, evidence, marks and small print."""
    with visit(fake_server, colours=colours) as visited:
        visited.ask("换了多少块石料？")
        places = [".message.user", ".wj-sentence", ".wj-sentence mark", ".wj-sources li", "a.wj-ref", ".wj-loaded",
                  ".wj-seconds", ".wj-list-about", ".wj-begin", ".wj-pages a[aria-current]",
                  ".wj-source", ".wj-source mark", ".wj-citation .wj-about", ".wj-place", ".wj-number"]  # fmt: skip
        low = {place: ratio for place in places if (ratio := visited.contrast(place)) < 4.5}

        assert low == {}


@pytest.mark.parametrize(
    ("locale", "label", "said"),
    [("zh-CN", "筛选文章", ["来源 东门晚报", "2024-01-01 起"]),
     ("en-US", "Filter articles", ["publisher 东门晚报", "from 2024-01-01"])],
)  # fmt: skip
def test_filters_are_folded_up_and_the_answer_says_which_were_on(
    visit: Visits, fake_server: Served, locale: str, label: str, said: list[str]
) -> None:
    with visit(fake_server, locale=locale) as visited:
        page = visited.page
        assert page.inner_text("#wj-filters > button").startswith(label)
        assert not page.locator("#wj-publisher").is_visible()
        page.locator("#wj-filters > button").click()
        page.locator("#wj-publisher input").click()
        page.get_by_role("option", name="东门晚报").click()
        page.locator("#wj-since input, #wj-since textarea").fill("2024")
        visited.ask("换了多少块石料？")

        assert page.locator(".wj-answer .wj-chip").all_inner_texts() == said
        expect(page.locator("#wj-narrowing .wj-chip")).to_have_text(said)
        assert page.locator("#wj-collection").count() == 0 or not page.locator("#wj-collection").is_visible()
        page.locator("#wj-since input, #wj-since textarea").fill("2024-13")
        assert "2024-13" in visited.refuse("是哪天？")
        assert page.locator("#wj-question textarea").input_value() == "是哪天？"
        assert visited.errors == []


def test_hostile_documents_run_nothing_and_load_nothing(visit: Visits, fake_server: Served) -> None:
    """Title, by-line, file name, text and question are tags, Markdown, formulas and scripts; all show as typed."""
    with visit(fake_server) as visited:
        page = visited.page
        visited.ask('<img src=x onerror="window.hit=1"> 敌 ![x](http://evil.example/a.png) ${alert(1)} {{alert(1)}}')
        page.wait_for_timeout(500)

        assert page.evaluate("window.hit") is None
        assert visited.elsewhere == []
        assert visited.errors == []
        assert page.locator("#wj-chat .message img, .wj-evidence img, .wj-evidence script").count() == 0
        assert page.locator(".katex, .mermaid").count() == 0
        assert "<script>alert('title')</script>**粗**" in page.inner_text(".wj-citation h3")
        assert visited.questions() == [
            '<img src=x onerror="window.hit=1"> 敌 ![x](http://evil.example/a.png) ${alert(1)} {{alert(1)}}'
        ]


def test_a_number_leads_to_its_quotation_also_in_an_earlier_answer(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        visited.ask("换了多少块石料？")
        visited.ask("桥上的猫叫什么？")
        expect(page.locator(".wj-citation")).to_have_count(0)
        page.locator("a.wj-ref").first.click()
        page.locator("#wj-1-1").wait_for(timeout=10_000)

        assert "287块" in page.inner_text("#wj-1-1 mark")
        page.wait_for_function("document.activeElement.id === 'wj-1-1'")


def test_what_cannot_be_asked_is_told_and_stays_in_the_box(visit: Visits, fake_server: Served) -> None:
    """An empty and a far too long question get one sentence each, and the next question is answered."""
    with visit(fake_server) as visited:
        page = visited.page
        assert visited.refuse(" ") == "问题是空的。请写一个问题再提交。"
        assert page.locator("#wj-chat .message.user").count() == 0
        page.locator("#wj-question textarea").fill("长" * 20_000)
        page.keyboard.press("Enter")
        page.get_by_text("more than 2000 characters").wait_for(timeout=20_000)
        page.wait_for_function("document.querySelector('#wj-question textarea').value.length === 20000")
        visited.ask("换了多少块石料？")
        assert page.inner_text(".wj-sentence mark") == "287块"
        assert page.locator(".wj-notice").count() == 0
        assert visited.errors == []


def test_a_screen_reader_hears_words_and_no_tags(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        visited.ask("换了多少块石料？")

        assert visited.page.locator('#wj-chat [aria-label*="<"]').count() == 0


def test_the_api_page_lists_the_four_endpoints_and_stays_on_this_machine(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        page.locator("footer button.show-api").click()
        page.get_by_text("/status").first.wait_for(timeout=20_000)
        shown = page.inner_text("body")

        assert all(name in shown for name in ("/ask", "/search", "/article", "/status"))
        assert visited.elsewhere == []


def _keep(page: Page, name: str) -> None:
    REPORTS.mkdir(exist_ok=True)
    page.screenshot(path=Path(REPORTS / name))


_SHIFTED = """() => new Promise(tell => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => sum += one.hadRecentInput ? 0 : one.value))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => tell(sum), 300);
})"""
_AT_ITS_QUESTION = """() => {
  const row = [...document.querySelectorAll("#wj-chat .user-row")].at(-1), chat = row.closest(".bubble-wrap");
  const above = row.getBoundingClientRect().top - chat.getBoundingClientRect().top;
  return above >= 0 && above < 30 && chat.scrollHeight - chat.clientHeight - chat.scrollTop > 20;
}"""
