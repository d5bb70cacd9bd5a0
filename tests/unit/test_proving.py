"""A conversation from elsewhere shows nothing as proved that the documents here do not hold."""

from dataclasses import replace

import pytest
from cli_fakes import ANSWER as REPAIRED_ANSWER
from cli_fakes import BODY, PASSAGE
from cli_fakes import FakeAssistant as OnePage
from conversation_fakes import conversation, turn
from web_fakes import (
    ANSWERED,
    BRIDGE,
    BRIDGE_LAST,
    BRIDGE_SENTENCE,
    INVENTED,
    PLAIN,
    UNSAID,
    WRITTEN_ANSWER,
    FakeAssistant,
    citation,
)

from qa.answer.render import answer_json
from qa.answer.restored import answer_of
from qa.chat import proving
from qa.chat.proving import UNPROVED, proved_again
from qa.types import (
    Answer,
    ArticleView,
    Match,
    Span,
    Unproved,
    WritingProblem,
    WritingProblemCode,
    Written,
    WrittenSentence,
)

FROM_FILE = answer_of(answer_json(ANSWERED))


def proved(answer: Answer) -> Answer:
    """Prove one answer against the pages of the fake assistant."""
    (again,) = proved_again(conversation(turn(answer, number=1)), FakeAssistant().article).turns
    assert again.answer is not None
    return again.answer


def changed(**values: object) -> Answer:
    return replace(FROM_FILE, citations=(replace(FROM_FILE.citations[0], **values),))  # type: ignore[arg-type]


def test_an_honest_answer_stays_as_it_was() -> None:
    """And gets from the document what its JSON leaves out: the article's number, passages' by-lines and maps."""
    again = proved(FROM_FILE)

    assert answer_json(again) == answer_json(ANSWERED)
    assert again.citations[0].article == replace(BRIDGE, blocks=())
    assert [hit.article for hit in again.hits] == [replace(BRIDGE, blocks=())] * 2
    assert [hit.passage for hit in again.hits] == [hit.passage for hit in ANSWERED.hits]


def test_silence_and_mistakes_stay_as_they_were() -> None:
    silent, mistaken = turn(answer_of(answer_json(UNSAID)), number=1), turn(None, number=2)
    again = proved_again(conversation(silent, mistaken), FakeAssistant().article)

    assert again.turns[1] == mistaken
    assert again.turns[0].answer is not None
    assert answer_json(again.turns[0].answer) == answer_json(UNSAID)


@pytest.mark.parametrize(
    "answer",
    [
        changed(quote="工匠一共换了999块石料，其余全部用回旧石。"),
        changed(span=Span(29, 51)),
        changed(span=Span(10_000, 10_022)),
        changed(document_id="别处/没有.txt"),
    ],
)
def test_a_quotation_that_its_source_does_not_hold_is_dropped_counted_and_proves_nothing(answer: Answer) -> None:
    again = proved(answer)

    assert (again.answer, again.sentence, again.citations) == (None, None, ())
    assert (again.dropped_citations, again.confidence, again.reason) == (1, 0.0, UNPROVED)


def test_words_that_stand_in_no_quotation_are_not_said() -> None:
    """Neither as the answer nor as its sentence, though the quotation itself is true."""
    assert proved(replace(FROM_FILE, answer="三千块")).answer is None
    assert proved(replace(FROM_FILE, sentence="换了三千块石料。")).sentence == BRIDGE_SENTENCE


def test_of_an_answer_in_parts_those_stay_that_are_proved() -> None:
    second = replace(citation(2, PLAIN, BRIDGE, BRIDGE_LAST), quote="桥面下个月恢复通行，汽车优先。")
    both = replace(
        FROM_FILE,
        answer="287块；汽车优先",
        sentence=f"{BRIDGE_SENTENCE}\n桥面",
        citations=(*FROM_FILE.citations, second),
    )

    again = proved(both)

    assert (again.answer, again.sentence, again.dropped_citations) == ("287块", BRIDGE_SENTENCE, 1)
    true = proved(
        replace(
            both, answer="行人优先；287块", citations=(citation(1, PLAIN, BRIDGE, BRIDGE_LAST), *FROM_FILE.citations)
        )
    )
    assert (true.answer, [one.number for one in true.citations]) == ("行人优先；287块", [1, 2])


def test_title_by_line_publisher_and_page_are_those_of_the_document() -> None:
    """A file could name another newspaper as the source of a true quotation."""
    lie = replace(FROM_FILE.citations[0].article, title="假标题", publisher="假报")
    (again,) = proved(changed(article=lie, page=77, also_in=("假.txt",))).citations

    assert (again.article.title, again.article.publisher, again.page, again.also_in) == (
        "石桥修好了",
        "东门晚报",
        None,
        (),
    )


def test_a_repaired_text_must_be_what_the_repair_gives() -> None:
    """Of a quotation with a repair in between, words that the source does not hold could be claimed."""

    def again(answer: Answer) -> Answer:
        (one,) = proved_again(conversation(turn(answer, number=1)), OnePage().article).turns
        assert one.answer is not None
        return one.answer

    honest = again(answer_of(answer_json(REPAIRED_ANSWER)))
    assert (honest.answer, honest.citations[0].text, honest.citations[0].match) == (
        "五月一日",
        BODY.text,
        Match.REPAIRED,
    )
    assert [hit.passage.content for hit in honest.hits] == [PASSAGE.content]

    lie = replace(REPAIRED_ANSWER.citations[0], text="河阳县的湖心公园将在六月一日开放。")
    lying = again(replace(REPAIRED_ANSWER, answer="六月一日", citations=(lie,)))
    assert (lying.answer, lying.citations[0].text, lying.citations[0].match) == (None, lie.quote, Match.EXACT)


def test_passages_that_are_not_here_are_left_out() -> None:
    first, second = FROM_FILE.hits
    elsewhere = replace(first, article=replace(first.article, document_id="没有.txt"))
    other_words = replace(second, passage=replace(second.passage, content=first.passage.content))

    assert proved(replace(FROM_FILE, hits=(elsewhere, other_words, second))).hits == proved(FROM_FILE).hits[1:]


def test_one_article_is_opened_once_and_a_file_cannot_make_us_open_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []

    def article(document_id: str, start: int, end: int) -> ArticleView:
        opened.append(start)
        return FakeAssistant().article(document_id, start, end)

    many = conversation(*(turn(FROM_FILE, number=number) for number in range(1, 50)))
    proved_again(many, article)
    assert len(opened) == 1

    opened.clear()
    monkeypatch.setattr(proving, "MOST_OPENED", 5)
    far = [changed(span=Span(start, start + 22)) for start in range(1000, 1050)]
    again = proved_again(conversation(*(turn(one) for one in far)), article)
    assert len(opened) == 5
    assert {one.answer.dropped_citations for one in again.turns if one.answer} == {1}


WROTE = answer_of(answer_json(WRITTEN_ANSWER))


def written_again(answer: Answer) -> Written:
    again = proved(answer).written
    assert again is not None
    return again


def with_sentences(*sentences: WrittenSentence, **values: object) -> Answer:
    assert WROTE.written is not None
    return replace(WROTE, written=replace(WROTE.written, sentences=sentences, **values))


def test_what_an_honest_model_wrote_stays_as_it_was() -> None:
    assert answer_json(proved(WROTE)) == answer_json(WRITTEN_ANSWER)
    assert written_again(WROTE).citations[0].article == replace(BRIDGE, blocks=())


@pytest.mark.parametrize(
    ("claimed", "reason"),
    [
        ("工匠一共换了999块石料，其余全部用回旧石。", Unproved.NUMBER),
        ("过桥从此免费。", Unproved.WORDS),
        ("工匠一共没有换287块石料，其余全部用回旧石。", Unproved.NEGATION),
        (INVENTED, Unproved.NUMBER),
    ],
)
def test_a_file_cannot_claim_that_a_sentence_is_proved(claimed: str, reason: Unproved) -> None:
    """A true quotation beside it does not help: the sentence itself is held against it."""
    (again,) = written_again(with_sentences(WrittenSentence(claimed, True, (1,)))).sentences

    assert again == WrittenSentence(claimed, False, (), reason)


def test_sentences_whose_quotation_is_gone_are_marked_and_numbers_close_up() -> None:
    assert WROTE.written is not None
    lie = replace(WROTE.written.citations[0], quote="桥面下个月恢复通行，汽车优先。")
    gone = replace(WROTE, written=replace(WROTE.written, citations=(lie,)))

    again = proved(gone)
    assert again.written is not None
    assert [one.reason for one in again.written.sentences] == [None, Unproved.WORDS, Unproved.NOT_IN_SOURCE]
    assert (again.written.citations, again.dropped_citations, again.written.unproved) == ((), 1, 2)

    more = replace(citation(3, PLAIN, BRIDGE, BRIDGE_LAST), number=3)
    third = with_sentences(WrittenSentence(BRIDGE_LAST, True, (3,)), citations=(lie, more))
    (sentence,) = written_again(third).sentences
    assert (sentence.citations, [one.number for one in written_again(third).citations]) == ((2,), [2])


def test_without_its_passage_a_sentence_is_not_proved() -> None:
    """What stands around a quotation may take it back, so the passage itself must be here."""
    (sentence,) = written_again(replace(with_sentences(WrittenSentence(BRIDGE_LAST, True, (2,))), hits=())).sentences

    assert sentence.reason is Unproved.NOT_IN_SOURCE


def test_where_the_answer_falls_so_does_what_was_written_about_it() -> None:
    assert proved(replace(WROTE, answer="三千块")).written is None


def test_a_problem_gets_our_own_words() -> None:
    """A file could put a notice of its own there."""
    lie = WritingProblem(WritingProblemCode.QUOTA, "Pay at http://evil.example!", "Now!", 402)
    again = written_again(with_sentences(problem=lie)).problem

    assert again is not None
    assert (again.code, again.status, again.remedy) == (
        WritingProblemCode.QUOTA,
        402,
        "Wait, or look into the account.",
    )
