"""Conversations are read back from their JSON, and whatever else a file is gives one clear mistake."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from conversation_fakes import ALL_KINDS, conversation, turn
from hypothesis import given, settings
from hypothesis import strategies as st
from web_fakes import ANSWERED, HOSTILE_ANSWER, UNSAID, WRITTEN_ANSWER

from qa.answer.render import answer_json
from qa.answer.restored import answer_of
from qa.chat.export import json_export
from qa.chat.importing import MOST_BYTES, imported
from qa.chat.json import conversation_json, filters_json
from qa.errors import ConversationError
from qa.filters import make_filters, read_filters
from qa.types import (
    AlignedText,
    Answer,
    Article,
    BlockKind,
    Citation,
    Hit,
    Leg,
    Match,
    Passage,
    Run,
    Span,
    Unproved,
    WritingProblem,
    WritingProblemCode,
    Written,
    WrittenSentence,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MAYBE = st.none() | TEXTS
FLOATS = st.floats(-1e6, 1e6)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    return Article("a#1", draw(TEXTS), draw(TEXTS), draw(MAYBE), draw(MAYBE), draw(MAYBE), draw(MAYBE))


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    article, start = draw(articles()), draw(st.integers(0, 10**9))
    quote = draw(TEXTS.filter(str.strip))
    text = draw(TEXTS)
    match = Match.EXACT if text == quote else Match.REPAIRED
    page = draw(st.none() | st.integers(1, 9999))
    also_in = tuple(draw(st.lists(TEXTS, max_size=2)))
    return Citation(1, article.document_id, article, Span(start, start + len(quote)), quote, text, match, page, also_in)


@st.composite
def hits(draw: st.DrawFn) -> Hit:
    article, start, length = draw(articles()), draw(st.integers(0, 10**9)), draw(st.integers(1, 50))
    text = draw(TEXTS)
    content = AlignedText(text, (Run(0, start, len(text), length),) if text else ())
    passage = Passage("p", article.id, Span(start, start + length), BlockKind.CAPTION, content)
    legs = st.builds(Leg, st.integers(1, 999), FLOATS, st.lists(TEXTS, max_size=3).map(tuple))
    why = draw(st.dictionaries(st.sampled_from(["dense", "keyword", "rerank", "title"]), legs))
    return Hit(draw(st.integers(1, 99)), draw(FLOATS), passage, article, why, tuple(draw(st.lists(TEXTS, max_size=2))))


@st.composite
def written(draw: st.DrawFn, first: int) -> Written:
    """What was written, its citations numbered behind `first` others."""
    cited = [replace(one, number=first + n) for n, one in enumerate(draw(st.lists(citations(), max_size=2)), start=1)]
    last = first + len(cited)
    reasons = st.sampled_from(Unproved)
    unproved = st.builds(WrittenSentence, TEXTS, st.just(False), st.just(()), reasons)
    numbers = st.lists(st.integers(1, last), min_size=1, max_size=3).map(tuple) if last else st.nothing()
    proved = st.builds(WrittenSentence, TEXTS, st.just(True), numbers, st.none())
    problems = st.builds(
        WritingProblem, st.sampled_from(WritingProblemCode), TEXTS, TEXTS, st.none() | st.integers(100, 599)
    )
    sentences = draw(st.lists(unproved | proved, max_size=3))
    return Written(draw(TEXTS), tuple(sentences), tuple(cited), draw(st.none() | problems))


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    cited = [replace(one, number=n) for n, one in enumerate(draw(st.lists(citations(), max_size=3)), start=1)]
    return Answer(
        draw(TEXTS), draw(TEXTS), draw(MAYBE), draw(MAYBE), draw(st.floats(0, 1)), draw(MAYBE),
        tuple(cited), tuple(draw(st.lists(hits(), max_size=3))),
        draw(st.dictionaries(TEXTS, st.floats(0, 1e6), max_size=3)), draw(st.integers(0, 10**6)),
        written=draw(st.none() | written(len(cited))),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(answers())
def test_the_json_of_a_restored_answer_is_the_json_it_was_made_of(answer: Answer) -> None:
    """Through the text of a file, too; what a language model wrote comes back to the last field."""
    value = json.loads(json.dumps(answer_json(answer)))
    restored = answer_of(value)

    assert answer_json(restored) == value
    assert (restored.written is None) == (answer.written is None)
    if restored.written is not None and answer.written is not None:
        assert restored.written.sentences == answer.written.sentences
        assert restored.written.problem == answer.written.problem


@pytest.mark.parametrize("answer", [ANSWERED, HOSTILE_ANSWER, UNSAID, WRITTEN_ANSWER])
def test_an_answer_is_restored_as_far_as_its_json_tells(answer: Answer) -> None:
    restored = answer_of(answer_json(answer))

    assert answer_json(restored) == answer_json(answer)
    assert [one.quote for one in restored.citations] == [one.quote for one in answer.citations]
    assert [one.passage.span for one in restored.hits] == [one.passage.span for one in answer.hits]


def changed(**values: object) -> Callable[[dict[str, Any]], object]:
    return lambda answer: {**answer, **values}


def cited(**values: object) -> Callable[[dict[str, Any]], object]:
    return lambda answer: {**answer, "citations": [{**answer["citations"][0], **values}]}


def found(**values: object) -> Callable[[dict[str, Any]], object]:
    return lambda answer: {**answer, "hits": [{**answer["hits"][0], **values}]}


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: [],
        lambda answer: None,
        lambda answer: {key: value for key, value in answer.items() if key != "hits"},
        changed(more=1),
        changed(question=1),
        changed(question="长" * 50_001),
        changed(abstained=True),
        changed(abstained=0),
        changed(confidence=1.01),
        changed(confidence=float("nan")),
        changed(confidence="1"),
        changed(confidence=True),
        changed(generation=1.0),
        changed(generation=-1),
        changed(citations={}),
        changed(timings_ms={"total": float("inf")}),
        changed(timings_ms={"a" * 101: 1}),
        cited(number=2),
        cited(number=True),
        cited(start=-1),
        cited(end=2**60),
        cited(start="28"),
        cited(quote="别的"),
        cited(quote=" ", start=0, end=1),
        cited(match="repaired"),
        cited(match="nearly"),
        cited(page=0),
        cited(title=None),
        cited(title="长" * 20_001),
        cited(text="\ud800"),
        cited(also_in="x"),
        found(end=0, start=0),
        found(rank=0),
        found(why=[]),
        found(why={"dense": {"rank": 1}}),
        found(why={"dense": {"rank": 1, "score": 1, "terms": [1]}}),
        found(text="长" * 200_001),
    ],
)
def test_an_answer_of_another_form_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(ConversationError, match="This is not an answer of Wenju"):
        answer_of(change(answer_json(ANSWERED)))


def wrote(**values: object) -> dict[str, Any]:
    value: dict[str, Any] = answer_json(WRITTEN_ANSWER)
    return {**value, "written": {**value["written"], **values}}


def wrote_first(**values: object) -> dict[str, Any]:
    first, *others = answer_json(WRITTEN_ANSWER)["written"]["sentences"]
    return wrote(sentences=[{**first, **values}, *others])


@pytest.mark.parametrize(
    "value",
    [
        {**answer_json(ANSWERED), "written": None},
        {**answer_json(ANSWERED), "written": []},
        wrote(more=1),
        wrote(model=None),
        wrote(unproved=0),
        wrote(unproved=True),
        wrote(sentences={}),
        wrote(sentences=[answer_json(WRITTEN_ANSWER)["written"]["sentences"][1]] * 101, unproved=101),
        wrote(citations=[]),
        wrote(citations=answer_json(ANSWERED)["citations"]),
        wrote(problem={"code": "tired", "status": None, "sentence": "", "remedy": ""}),
        wrote(problem={"code": "slow", "status": 1, "sentence": "", "remedy": ""}),
        wrote(problem={"code": "slow", "status": None, "sentence": ""}),
        wrote_first(proved=1),
        wrote_first(citations=[]),
        wrote_first(citations=[3]),
        wrote_first(citations=[0]),
        wrote_first(reason="words"),
        wrote_first(proved=False),
        wrote_first(proved=False, citations=[], reason="tired"),
        wrote_first(text="长" * 20_001),
        wrote_first(html="<b>"),
    ],
)
def test_what_was_written_is_read_as_strictly_as_the_rest(value: object) -> None:
    with pytest.raises(ConversationError, match="This is not an answer of Wenju"):
        answer_of(value)


@pytest.mark.parametrize(
    "filters",
    [
        make_filters(),
        make_filters(
            publishers=["晚报"], authors=["林"], sources=["a/"], collections=["甲"], since="2024", until="2024"
        ),
    ],
)
def test_filters_are_read_back(filters: object) -> None:
    assert read_filters(filters_json(filters)) == filters


def test_an_export_comes_back_as_a_new_conversation_of_whoever_imports_it() -> None:
    """With everything that its JSON tells; the owner, who is secret, is not in it."""
    narrowed = turn(number=5, filters=make_filters(publishers=["晚报"]))
    mine = conversation(*ALL_KINDS.turns, narrowed, owner="secret-owner")
    file = json_export(mine)

    read = imported(file.encode("utf-8"), "you")

    assert conversation_json(read) == conversation_json(mine)
    assert (read.owner, len(read.id)) == ("you", 22)
    assert read.id != mine.id
    assert "secret-owner" not in file
    assert mine.id not in file


def test_dropped_quotations_stay_counted() -> None:
    mine = conversation(turn(replace(ANSWERED, dropped_citations=2), number=1))

    answer = imported(json_export(mine).encode("utf-8"), "you").turns[0].answer

    assert answer is not None
    assert answer.dropped_citations == 2


def edited(change: Callable[[dict[str, Any]], object]) -> bytes:
    value = conversation_json(ALL_KINDS)
    change(value)
    return json.dumps(value).encode("utf-8")


FOREIGN = "not a conversation that Wenju exported"
NOT_JSON = "not JSON"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", NOT_JSON),
        (b"\xff\xfe", NOT_JSON),
        ("石桥".encode("gb18030"), NOT_JSON),
        (b'{"format": "wenju-conversation", "version": NaN}', NOT_JSON),
        (b"[" * 10_000 + b"]" * 10_000, NOT_JSON),
        (b'{"a":' * 10_000, NOT_JSON),
        (b"9" * 10_000, NOT_JSON),
        (b"[]", FOREIGN),
        (b"null", FOREIGN),
        (b'{"messages": [{"role": "user", "content": "hello"}]}', FOREIGN),
        (edited(lambda value: value.update(version=2)), "version 2; this Wenju reads version 1. Update Wenju."),
        (edited(lambda value: value.update(version=True)), FOREIGN),
        (edited(lambda value: value.update(owner="me")), FOREIGN),
        (edited(lambda value: value.update(title="长" * 201)), FOREIGN),
        (edited(lambda value: value.update(created_at="yesterday")), FOREIGN),
        (edited(lambda value: value.update(turns=[])), FOREIGN),
        (edited(lambda value: value.update(turns=value["turns"] * 200)), FOREIGN),
        (edited(lambda value: value["turns"][0].update(rating=True)), FOREIGN),
        (edited(lambda value: value["turns"][0].update(rating=2)), FOREIGN),
        (edited(lambda value: value["turns"][0].update(note=None)), FOREIGN),
        (edited(lambda value: value["turns"][0].update(problem="both")), FOREIGN),
        (edited(lambda value: value["turns"][0].update(answer=None)), FOREIGN),
        (edited(lambda value: value["turns"][0].update(filters={"colour": "red"})), FOREIGN),
        (edited(lambda value: value["turns"][0].update(dropped_citations=-1)), FOREIGN),
        (edited(lambda value: value["turns"][0]["answer"].update(confidence=7)), FOREIGN),
        (edited(lambda value: value["turns"][0]["answer"].update({"x" * 10**6: 1})), FOREIGN),
    ],
)
def test_a_file_from_elsewhere_gives_one_short_mistake(data: bytes, sentence: str) -> None:
    with pytest.raises(ConversationError) as raised:
        imported(data, "me")

    assert sentence in str(raised.value)
    assert len(str(raised.value)) < 500


def test_a_file_that_is_too_large_is_not_even_read() -> None:
    with pytest.raises(ConversationError, match="has 50 MB; 20 MB is the most"):
        imported(b"[" * (50 * 2**20), "me")
    with pytest.raises(ConversationError, match=NOT_JSON):
        imported(b" " * MOST_BYTES, "me")
