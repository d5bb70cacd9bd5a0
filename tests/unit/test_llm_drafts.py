"""Sentences read out of what a model writes, whatever stands around them and however it is cut into pieces."""

import json
from time import perf_counter

import pytest

from qa.llm.drafts import MOST_SENTENCES, DraftReader
from qa.llm.proof import Draft

ONE = '{"text": "墙长22公里。", "quotes": [{"passage": 1, "quote": "墙长\\"22\\"公里 {x}"}]}'
DRAFT = Draft("墙长22公里。", ((1, '墙长"22"公里 {x}'),))


def read(text: str, size: int = 1) -> list[Draft]:
    reader = DraftReader()
    found = [
        draft for start in range(0, len(text), size) for draft in reader.read(text[start : start + size])
    ]  # fmt: skip
    return found + list(reader.finish())


@pytest.mark.parametrize(
    "text",
    [
        ONE,
        f"```json\n{ONE}\n```",
        f"Sure! Here is the answer:\n{ONE}\nI hope this helps.",
        f"[{ONE}]",
        f'{{"sentences": [{ONE}]}}',
        f"<think>First {{I}} think: {ONE.replace('22', '99')}</think>\n{ONE}",
        f"{ONE}\n{ONE}",
        json.dumps(json.loads(ONE), indent=2),
        ONE.replace('"passage": 1', '"passage": "[1]"'),
        ONE.replace('"quotes"', '"citations"').replace('"text"', '"sentence"', 1),
        f"a set is written {{ so: {ONE}",
        f"<thinking>{ONE.replace('22', '99')}</thinking>{ONE}<think>{ONE.replace('22', '98')}",
    ],
)
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_one_sentence_is_read_whatever_stands_around_it(text: str, size: int) -> None:
    assert read(text, size) == [DRAFT]


def test_a_sentence_is_given_as_soon_as_it_is_complete() -> None:
    reader = DraftReader()

    assert list(reader.read(ONE[:-1])) == []
    assert list(reader.read("}")) == [DRAFT]


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ('{"text": "a", "quotes": "b"}', ()),
        ('{"text": "a", "quotes": [1, {"passage": true, "quote": "b"}]}', ((0, ""), (0, "b"))),
        ('{"text": "a", "quotes": [{"passage": 1e400}]}', ((0, ""),)),
        ('{"text": "a", "quotes": [{"passage": -1, "quote": "b"}]}', ((-1, "b"),)),
        ('{"text": "a"}', ()),
    ],
)  # fmt: skip
def test_a_quotation_without_passage_or_words_is_kept_as_one_that_proves_nothing(
    text: str, quotations: tuple[tuple[int, str], ...]
) -> None:
    assert read(text) == [Draft("a", quotations)]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"text": 5}', '{"text": " "}', '{"a": {"text": "b"}}', "{" * 50]
)
def test_what_holds_no_sentence_gives_none(text: str) -> None:
    assert read(text) == []


def test_prose_becomes_sentences_without_quotations() -> None:
    assert read("墙长22公里。Trust me. <think>no</think>") == [Draft("墙长22公里。"), Draft("Trust me.")]


def test_no_more_sentences_are_read_than_anybody_wants() -> None:
    text = "".join(json.dumps({"text": f"a{number}"}) for number in range(500))

    assert len(read(text, 100)) == MOST_SENTENCES


@pytest.mark.parametrize("piece", ["{", '{"', "<think>", "<", "{}", "\\", '{"a":' * 3, "[[", "word "])
def test_an_endless_answer_is_read_in_linear_time(piece: str) -> None:
    """60,000 characters, one at a time; reading each again and again would take minutes."""
    reader, started = DraftReader(), perf_counter()
    for _ in range(60_000 // len(piece)):
        for character in piece:
            list(reader.read(character))
    list(reader.finish())

    assert perf_counter() - started < 6
