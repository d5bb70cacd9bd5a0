"""What an article says becomes questions that it answers: numbers, dates, people, places, its imprint."""

import pytest

from qa.answer.facts import Fact, facts_in
from qa.corpus.align import whole
from qa.types import Article, Block, BlockKind


def article(text: str, *, byline: str | None = None, date: str | None = None) -> Article:
    blocks = (Block(BlockKind.BODY, whole(text)),)
    return Article("a.txt#1", "a.txt", "石桥修好了", byline=byline, date=date, blocks=blocks)


def told(text: str) -> list[tuple[str, str]]:
    return [(fact.question, fact.answer) for fact in facts_in(article(text), chinese=True)]


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        ("工程顺利,墙体浇筑进度为61.3%,明年完工。", "墙体浇筑进度是多少?", "61.3"),
        ("东门石桥长78.6米,桥面宽5.2米。", "东门石桥长多少米?", "78.6"),
        ("东门石桥将于11月18日恢复通行。", "东门石桥什么时候恢复通行?", "11月18日"),
        ("第九届庙会定明年10月在松林村举行。", "第九届庙会什么时候在松林村举行?", "明年10月"),
        ("修缮工程负责人葛明远说,石料够用。", "修缮工程负责人是谁?", "葛明远"),
        ("老祠堂位于东门街中段,去年修好。", "老祠堂位于哪里?", "东门街中段"),
        ("石桥修缮现场会在东门广场召开。", "石桥修缮现场会在哪里召开?", "东门广场"),
        ("The bridge, 186 metres long, cost 27 million yuan.", "How much did the bridge cost?", "27"),
        ("The bridge, 186 metres long, cost 27 million yuan.", "How long is the bridge?", "186"),
        ("Ann Field took over the ferry in 1981.", "When did Ann Field take over the ferry?", "1981"),
        ("The old mill opened to visitors on May 3, 2020.", "When did the old mill open to visitors?", "May 3, 2020"),
        ("The office's director, Ann Field, said so.", "Who is the office's director?", "Ann Field"),
        ("Building the wall took 22 months.", "How many months did building the wall take?", "22"),
    ],
)
def test_a_fact_becomes_the_question_that_it_answers(text: str, question: str, answer: str) -> None:
    assert (question, answer) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "其中最长的一座长78.6米。",
        "计划明年5月20日前全线闭合。",
        "他将于11月18日出发。",
        "石桥今年6月开放后,游人多了。",
        "大家都很高兴。",
        "Everybody was glad and opened a window.",
    ],
)
def test_what_says_nothing_alone_makes_no_question(text: str) -> None:
    assert told(text) == []


def test_who_made_an_article_is_asked_in_the_language_of_the_visitor() -> None:
    """Its text is asked about in its own language."""
    one = article("东门石桥长78.6米。", byline="记者 林晚", date="2024-03-05")

    assert list(facts_in(one, chinese=False)) == [
        Fact("东门石桥长多少米?", "78.6"),
        Fact("Who wrote “石桥修好了”?", "记者 林晚", of_imprint=True),
        Fact("When was “石桥修好了” published?", "2024-03-05", of_imprint=True),
    ]
    assert [fact.question for fact in facts_in(one, chinese=True)][1:] == [
        "《石桥修好了》是谁写的?",
        "《石桥修好了》是哪一天发表的?",
    ]
