"""What a language model writes is proved sentence by sentence; an unproved one is told apart, with the reason.

How it is proved is a pure function, which tests/unit/test_llm_proof.py tries; here it goes through an HTTP server.
"""

import json
from pathlib import Path

import pytest
from llm_asking import QUOTE, SENTENCE, ask
from llm_corpus import QUESTION, assistant_with_llm
from llm_stub import KEY, Stub, said

from qa.assistant import Assistant
from qa.config_llm import LlmSettings
from qa.errors import SettingsError
from qa.llm.proof import Draft, Source, prove
from qa.types import Unproved


def test_a_model_that_behaves_is_proved_and_cited(writing: Assistant, model: Stub) -> None:
    """The first quotation is a part of the answer's own sentence and gets a number of its own; so does the second."""
    other = "东埠区图书馆新馆设阅览座位1860个"
    model.writes(lambda asked: asked.sentence(SENTENCE, QUOTE) + asked.sentence(other, other))

    answer, written = ask(writing, model)

    assert [(sentence.text, sentence.proved, sentence.citations) for sentence in written.sentences] == [
        (SENTENCE, True, (2,)), (other, True, (3,)),
    ]  # fmt: skip
    assert [(citation.number, citation.quote) for citation in written.citations] == [(2, QUOTE), (3, other)]
    assert (written.unproved, written.problem, len(answer.citations)) == (0, None, 1)
    request = model.asked[0]
    assert (request.path, request.headers["Authorization"]) == ("/v1/chat/completions", f"Bearer {KEY}")
    assert (request.body["stream"], request.body["model"], request.question) == (True, "stub-model", QUESTION)
    assert KEY not in json.dumps(request.body)


def test_a_quotation_that_the_answer_has_keeps_its_number(writing: Assistant, model: Stub) -> None:
    whole = "东埠区防洪墙全长22.2公里，总投资6.35亿元。"
    model.writes(lambda asked: asked.sentence(SENTENCE, whole))

    _, written = ask(writing, model)

    assert (written.sentences[0].citations, written.citations) == ((1,), ())


INVENTED = {
    "an invented quotation": (SENTENCE, "东埠区防洪墙全长22.2公里长", Unproved.NOT_IN_SOURCE),
    "a quotation with one character altered": (SENTENCE, "东埠区防洪墙全长22.3公里", Unproved.NOT_IN_SOURCE),
    "a wrong number": ("东埠区防洪墙全长32.2公里。", QUOTE, Unproved.NUMBER),
    "a wrong unit of number": ("东埠区防洪墙全长22.2万公里。", QUOTE, Unproved.NUMBER),
    "a wrong name": ("东埠区防洪墙由赵国强建设，全长22.2公里。", QUOTE, Unproved.NAME),
    "a wrong place": ("南京市防洪墙全长22.2公里。", QUOTE, Unproved.NAME),
    "a wrong date": (
        "副市长韩佩文表示，东埠区防洪墙于2021年9月4日开始修建。",
        "副市长韩佩文表示，东埠区防洪墙于2021年9月3日开始修建",
        Unproved.DATE,
    ),
    "a negation taken out": ("东埠区防洪墙包括西段。", "东埠区防洪墙不包括西段。", Unproved.NEGATION),
    "a negation put in": ("东埠区防洪墙全长不是22.2公里。", QUOTE, Unproved.NEGATION),
    "a comparison turned round": ("投入工人不足三百名。", "投入工人超过三百名。", Unproved.NEGATION),
    "a claim added": ("东埠区防洪墙全长22.2公里，全国最长。", QUOTE, Unproved.WORDS),
    "words added": ("东埠区防洪墙全长22.2公里，质量堪忧。", QUOTE, Unproved.WORDS),
    "markup": ("<script>alert(1)</script>东埠区防洪墙全长22.2公里。", QUOTE, Unproved.NUMBER),
    "a link": ("[东埠区防洪墙](http://evil.example)全长22.2公里。", QUOTE, Unproved.WORDS),
    "a said thing as a fact": (
        "东埠区防洪墙于2021年9月3日开始修建。",
        "东埠区防洪墙于2021年9月3日开始修建",
        Unproved.SCOPE,
    ),
    "whom it holds of left out": ("总投资6.35亿元。", "总投资6.35亿元", Unproved.SUBJECT),
    "half a number": ("东埠区防洪墙全长2公里。", "东埠区防洪墙全长22", Unproved.CUT),
    "a question": ("东埠区防洪墙全长22.2公里？", QUOTE, Unproved.FORM),
}


@pytest.mark.parametrize("kind", INVENTED)
def test_a_sentence_that_its_quotation_does_not_prove_is_told_apart(kind: str, writing: Assistant, model: Stub) -> None:
    text, quote, reason = INVENTED[kind]
    model.writes(
        lambda asked: (
            (asked.sentence(text, quote) if reason is not Unproved.NOT_IN_SOURCE else said(text, (1, quote)))
            + asked.sentence(SENTENCE, QUOTE)
        )
    )

    _, written = ask(writing, model)

    assert [(sentence.proved, sentence.reason) for sentence in written.sentences] == [(False, reason), (True, None)]
    assert (written.sentences[0].citations, written.unproved) == ((), 1)


def test_a_quotation_of_another_article_proves_nothing(writing: Assistant, model: Stub) -> None:
    model.writes(lambda asked: said(SENTENCE, (asked.number_of("1860"), QUOTE)))

    assert [sentence.reason for sentence in ask(writing, model)[1].sentences] == [Unproved.OTHER_PASSAGE]


def test_sentences_without_quotations_or_in_prose_are_unproved(writing: Assistant, model: Stub) -> None:
    model.says(said(SENTENCE))
    assert [sentence.reason for sentence in ask(writing, model)[1].sentences] == [Unproved.NO_QUOTATION]

    model.says("东埠区防洪墙全长22.2公里[1]。", "这是事实。")
    assert [sentence.reason for sentence in ask(writing, model)[1].sentences] == [Unproved.NO_QUOTATION] * 2


def test_certificates_that_are_not_there_are_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no file .*missing.pem.* Correct llm.ca_file"):
        assistant_with_llm(tmp_path, "https://127.0.0.1:1/v1", ca_file=tmp_path / "missing.pem")


def test_the_key_stands_in_no_repr() -> None:
    settings = LlmSettings(base_url="https://a.example/v1", model="m", api_key=KEY)  # type: ignore[arg-type]

    assert KEY not in repr(settings) + str(settings) + str(settings.model_dump()) + settings.model_dump_json()


def test_passages_that_the_guard_would_not_let_answer_are_not_given(tmp_path: Path, model: Stub) -> None:
    """The wall of another district is found as well, but what it has is true of that district."""
    papers = {
        "east.txt": "东埠区防洪墙加固\n\n东埠区防洪墙全长22.2公里。\n",
        "west.txt": "西林区防洪墙加固\n\n西林区防洪墙全长18公里。\n",
    }
    opened = assistant_with_llm(tmp_path, model.url, papers=papers)
    model.says("")

    answer = opened.ask(QUESTION)

    assert {hit.article.document_id for hit in answer.hits} == {"east.txt", "west.txt"}
    assert [passage["text"] for passage in model.asked[0].passages] == ["东埠区防洪墙全长22.2公里。"]
    opened.close()


def test_proof_is_a_function_of_what_it_is_given(writing: Assistant) -> None:
    """The same sentence and passages give the same proof, twice and with the passages in another order."""
    hits = writing.search(QUESTION)
    sources = [Source(number, hit.passage, hit.article) for number, hit in enumerate(hits, start=1)]
    number = next(source.number for source in sources if QUOTE in source.passage.text)
    draft = Draft(SENTENCE, ((number, QUOTE),))

    first = prove(draft, sources)

    assert first.reason is None
    assert first == prove(draft, sources) == prove(draft, sources[::-1])
