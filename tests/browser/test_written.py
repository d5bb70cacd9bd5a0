"""A language model writes in the chat: the answer stands at once, what is proved follows, the rest is struck."""

import threading
from collections.abc import Iterator

import pytest
from api_server import Served, app, served
from llm_asking import QUOTE, SENTENCE
from llm_corpus import PAPERS, QUESTION
from llm_stub import Asked, Reply, Stub, stub
from playwright.sync_api import expect
from visiting import Visits

pytestmark = pytest.mark.browser

OTHER = "东埠区图书馆新馆设阅览座位1860个"
BAD = '<img src=x onerror="window.hit=1"><b>2035年</b>拆除，见[这里](http://evil.example)。'


@pytest.fixture(scope="module")
def model() -> Iterator[Stub]:
    with stub() as running:
        yield running


@pytest.fixture(scope="module")
def server(model: Stub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("written")
    (folder / "papers").mkdir()
    for name, text in PAPERS.items():
        (folder / "papers" / name).write_text(text, encoding="utf-8")
    settings = {"WENJU_LLM_BASE_URL": model.url, "WENJU_LLM_MODEL": "stub <b>model</b>"}
    store = folder / "store"
    with served(app(store=store, docs=folder / "papers"), store=store, extra=settings) as running:
        yield running


def test_the_answer_stands_at_once_then_proved_sentences_and_the_rest_is_struck_through(
    visit: Visits, server: Served, model: Stub
) -> None:
    """One after the other while the model is slow; nothing that it wrote comes alive."""
    gates = [threading.Event() for _ in range(3)]

    def slowly(reply: Reply, asked: Asked) -> None:
        reply.head()
        for gate, text in zip(
            gates,
            (asked.sentence(SENTENCE, QUOTE), asked.sentence(BAD, QUOTE), asked.sentence(OTHER, OTHER)),
            strict=True,
        ):
            gate.wait(60)
            reply.event(text)
        reply.raw(b"data: [DONE]\n\n")

    model.answer = slowly
    with visit(server) as visited:
        page = visited.page
        visited.send(QUESTION)
        expect(page.locator(".wj-sentence mark")).to_have_text("22.2公里")
        expect(page.locator(".wj-stage")).to_contain_text("大模型正在写")
        expect(page.locator(".wj-citation blockquote mark")).to_have_count(1)
        expect(page.locator(".wj-written")).to_have_count(0)
        gates[0].set()
        expect(page.locator(".wj-written-sentence")).to_have_count(1)
        expect(page.locator(".wj-written-sentence")).to_contain_text(SENTENCE)
        expect(page.locator(".wj-stage")).to_contain_text("大模型正在写")
        gates[1].set()
        expect(page.locator(".wj-written s.wj-unproved")).to_have_text(BAD)
        expect(page.locator(".wj-unproved-label")).to_contain_text("未经证实")
        gates[2].set()
        expect(page.locator(".wj-foot")).to_be_visible()
        expect(page.locator(".wj-stage")).to_have_count(0)

        expect(page.locator(".wj-written-sentence")).to_have_count(3)
        proved = page.locator(".wj-written-sentence").filter(has_not=page.locator("s")).all_inner_texts()
        assert [text.split("\n")[0][:-1] for text in proved] == [SENTENCE, OTHER]
        expect(page.locator(".wj-sentence")).not_to_contain_text(BAD)
        struck = page.locator("s.wj-unproved")
        assert struck.evaluate("node => getComputedStyle(node).textDecorationLine") == "line-through"
        assert page.locator(".wj-written img, .wj-written b, .wj-written-sentence a[href^=http]").count() == 0
        assert page.evaluate("window.hit") is None
        last = page.locator(".wj-written a.wj-ref").last
        number = last.inner_text()
        last.click()
        expect(page.locator(f"#wj-1-{number}")).to_contain_text(OTHER)
        visited.keep("chat-written.png")
        visited.reload(ready=".wj-answer")
        expect(page.locator("s.wj-unproved")).to_have_text(BAD)


def test_a_stop_while_the_model_writes_keeps_the_answer(visit: Visits, server: Served, model: Stub) -> None:
    """The model is hung up on, what it had written stays, and a reload shows the same."""
    hung_up = threading.Event()

    def endless(reply: Reply, asked: Asked) -> None:
        reply.head()
        reply.event(asked.sentence(SENTENCE, QUOTE))
        try:
            while not model.ending.wait(0.05):
                reply.event(" ")
        except OSError:
            hung_up.set()
            raise

    model.answer = endless
    with visit(server) as visited:
        page = visited.page
        visited.send(QUESTION)
        expect(page.locator(".wj-written-sentence")).to_contain_text(SENTENCE)
        page.locator("#wj-question .stop-button").click()
        expect(page.locator(".wj-foot")).to_be_visible()
        for _ in range(2):
            expect(page.locator(".wj-sentence mark")).to_have_text("22.2公里")
            expect(page.locator(".wj-written-sentence")).to_contain_text(SENTENCE)
            expect(page.locator(".wj-written .wj-about").last).to_have_text("大模型没有写完就停下了。")
            visited.reload(ready=".wj-foot")
        assert hung_up.wait(60)
        expect(visited.box).to_have_value("")


def test_a_silent_model_is_stopped_at_once_and_the_answer_stays(visit: Visits, server: Served, model: Stub) -> None:
    model.answer = lambda reply, asked: reply.rest()
    with visit(server, locale="en-GB") as visited:
        page = visited.page
        visited.send(QUESTION)
        expect(page.locator(".wj-stage")).to_contain_text("language model")
        expect(page.locator(".wj-sentence mark")).to_have_text("22.2公里")
        page.locator("#wj-question .stop-button").click()
        expect(page.locator(".wj-foot")).to_be_visible(timeout=5000)
        expect(page.locator(".wj-written .wj-about")).to_have_text("The language model was stopped before its end.")
