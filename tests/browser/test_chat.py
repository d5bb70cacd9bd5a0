"""The chat in a real browser: ask, read the answer, see the quotation; in both languages, on a desk and on a phone."""

import json
import re
from typing import Any

import pytest
from api_server import ROOT, Served
from playwright.sync_api import expect
from visiting import Visits

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
        expect(page).to_have_title("问据 Wenju")
        expect(page.locator(".wj-loaded")).to_contain_text(
            re.compile(r"\d+ 篇文章 · \d+ 个段落 · .*e5-small.* · 本机运行，无大模型")
        )
        visited.ask(question)

        expect(page.locator(".wj-sentence mark").first).to_have_text(answer)
        expect(page.locator(".wj-sentence a.wj-ref").first).to_have_text("1")
        quotation = page.locator(".wj-citation blockquote.wj-source mark")
        expect(quotation).to_contain_text(answer)
        assert quotation.evaluate("mark => getComputedStyle(mark).backgroundColor") != "rgba(0, 0, 0, 0)"
        expect(page.locator(".wj-citation h3").first).to_have_text(re.compile("^1"))
        expect(page.locator(".wj-citation .wj-file").first).to_have_text(re.compile(r"\.txt|\.md"))
        expect(page.locator(".wj-citation .wj-place").first).to_have_text(re.compile(r"第 \d+ 行，字符 \d+–\d+"))
        page.locator(".wj-others > summary").click()
        page.locator(".wj-hit > summary").first.click()
        expect(page.locator(".wj-hit .wj-why").first).to_contain_text("排第")
        visited.keep("chat-zh.png")


@pytest.mark.model
def test_an_example_is_one_click_away_and_a_new_conversation_brings_it_back(visit: Visits, real_server: Served) -> None:
    with visit(real_server) as visited:
        page = visited.page
        example = page.locator("#wj-chat .example").first
        asked = example.inner_text()
        example.click()
        visited.answered(1)

        visited.shows(asked)
        visited.begin_anew()
        expect(page.locator(".wj-citation")).to_have_count(0)


@pytest.mark.model
def test_a_follow_up_can_be_asked_alone_with_one_click(visit: Visits, real_server: Served) -> None:
    """The page says what it searched for; alone, it completes nothing and answers as in a new conversation."""
    asked = sample("sample-16")
    (before,), question = asked["history"], asked["question"]
    with visit(real_server) as visited:
        page = visited.page
        answers, alone = page.locator(".wj-answer"), page.locator('[data-wj-do="alone"]')
        visited.ask(before)
        expect(alone).to_have_count(0)  # there is nothing before it that could complete it
        visited.ask(question)

        expect(page.locator(".wj-searched")).to_have_text(re.compile("^按“.*老祠堂"))
        expect(answers.nth(1)).to_contain_text(asked["answer"])
        expect(alone).to_have_text(["按原话搜索"])
        alone.click()
        visited.answered(3)

        visited.shows(before, question, question)
        expect(answers.nth(2).locator(".wj-searched")).to_have_count(0)
        expect(page.locator(".wj-searched")).to_have_count(1)  # the follow-up before it keeps saying what was searched
        page.get_by_text(f"“{question}”的证据").wait_for()
        visited.keep("chat-alone-zh.png")
        said = answers.nth(2).locator(".wj-sentence, .wj-unsaid").all_text_contents()
        assert said
        visited.begin_anew()
        visited.ask(question)
        expect(answers.locator(".wj-sentence, .wj-unsaid")).to_have_text(said)


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
            expect(visited.box).to_have_attribute("placeholder", placeholder)
            expect(page.locator(".wj-begin")).to_have_text(new)
            expect(page.locator(".wj-evidence h2")).to_have_text(evidence)
            visited.ask("桥上的猫叫什么？")
        assert page.evaluate("document.documentElement.lang") == (locale if evidence == "证据" else "en")
        unsaid = "文件中没有说。" if evidence == "证据" else "The documents do not say."
        expect(page.locator(".wj-unsaid").first).to_have_text(unsaid)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_phone_does_not_scroll_sideways(visit: Visits, fake_server: Served, colours: str) -> None:
    with visit(fake_server, width=390, height=844, colours=colours) as visited:
        shifted = visited.page.evaluate(_SHIFTED)
        visited.ask("换了多少块石料？")
        visited.ask("敌人")

        assert shifted < 0.1  # of the window, as the page came in: what web.dev calls good
        visited.fits()
        visited.keep(f"chat-390-{colours}.png")


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

        assert visited.too_faint(*places) == {}


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
        expect(page.locator("#wj-filters > button")).to_have_text(re.compile(f"^{label}"))
        expect(page.locator("#wj-publisher")).to_be_hidden()
        page.locator("#wj-filters > button").click()
        page.locator("#wj-publisher input").click()
        page.get_by_role("option", name="东门晚报").click()
        page.locator("#wj-since input, #wj-since textarea").fill("2024")
        visited.ask("换了多少块石料？")

        expect(page.locator(".wj-answer .wj-chip")).to_have_text(said)
        expect(page.locator("#wj-narrowing .wj-chip")).to_have_text(said)
        expect(page.locator("#wj-collection")).to_be_hidden()
        page.locator("#wj-since input, #wj-since textarea").fill("2024-13")
        visited.refuse("是哪天？", {"zh-CN": "“2024-13”", "en-US": "“2024-13” is not a date"}[locale])


def test_hostile_documents_run_nothing_and_load_nothing(visit: Visits, fake_server: Served) -> None:
    """Title, by-line, file name, text and question are tags, Markdown, formulas and scripts; all show as typed."""
    with visit(fake_server) as visited:
        page = visited.page
        question = '<img src=x onerror="window.hit=1"> 敌 ![x](http://evil.example/a.png) ${alert(1)} {{alert(1)}}'
        visited.ask(question)
        visited.shows(question)
        expect(page.locator(".wj-citation h3").first).to_contain_text("<script>alert('title')</script>**粗**")
        visited.at_rest()

        assert page.evaluate("window.hit") is None
        expect(page.locator("#wj-chat .message img, .wj-evidence img, .wj-evidence script")).to_have_count(0)
        expect(page.locator(".katex, .mermaid")).to_have_count(0)


def test_a_number_leads_to_its_quotation_also_in_an_earlier_answer(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        page = visited.page
        visited.ask("换了多少块石料？")
        visited.ask("桥上的猫叫什么？")
        expect(page.locator(".wj-citation")).to_have_count(0)
        page.locator("a.wj-ref").first.click()

        expect(page.locator("#wj-1-1 .wj-source mark")).to_contain_text("287块")
        expect(page.locator("#wj-1-1")).to_be_focused()


def test_what_cannot_be_asked_is_told_and_stays_in_the_box(visit: Visits, fake_server: Served) -> None:
    """An empty and a far too long question get one sentence each, and the next question is answered."""
    with visit(fake_server) as visited:
        page = visited.page
        visited.refuse(" ", "问题是空的。请写一个问题再提交。")
        visited.shows()
        visited.refuse("长" * 20_000, "The question has more than 2000 characters.")
        visited.ask("换了多少块石料？")
        expect(page.locator(".wj-sentence mark").first).to_have_text("287块")
        expect(page.locator(".wj-notice")).to_have_count(0)


def test_a_screen_reader_hears_words_and_no_tags(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        visited.ask("换了多少块石料？")

        expect(visited.page.locator('#wj-chat [aria-label*="<"]')).to_have_count(0)


def test_the_api_page_lists_the_four_endpoints_and_stays_on_this_machine(visit: Visits, fake_server: Served) -> None:
    with visit(fake_server) as visited:
        visited.foreseen.append("404")  # Gradio's page asks whether there are an MCP server and statistics
        page = visited.page
        page.locator("footer button.show-api").click()

        for name in ("/ask", "/search", "/article", "/status"):
            page.get_by_text(name).first.wait_for()


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
