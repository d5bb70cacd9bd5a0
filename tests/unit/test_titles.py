"""Articles that a question names by what it quotes."""

import pytest

from qa.retrieval.titles import Titles, quoted_in
from qa.types import Article

TITLES = Titles(
    [
        Article("lamp", "a.txt", "河灯 一放就是一整夜", subtitle="云溪老街的手艺"),
        Article("pond", "a.txt", "东塍西塍:分了家的水塘又合到了一起"),
        Article("book", "b.txt", "《潮汐与渔村的一百年》重印本首发"),
        Article("essay", "b.txt", "渡船"),
        Article("kitchen", "c.txt", "School kitchen goes back to real potatoes"),
    ]
)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("《渡船》写了什么?", "essay"),
        ("“渡船”是谁写的?", "essay"),
        ("《河灯一放就是一整夜》的作者是谁?", "lamp"),
        ("《河燈 一放就是一整夜》的作者是誰?", "lamp"),
        ("《云溪老街的手艺 河灯 一放就是一整夜》的作者是谁?", "lamp"),
        ("《云溪老街的手艺》的作者是谁?", "lamp"),
        ("《一放就是一整夜》的作者是谁?", "lamp"),
        ("《分了家的水塘》讲了什么?", "pond"),
        ("《城事:东塍西塍：分了家的水塘又合到了一起》讲了什么?", "pond"),
        ("“分了家的水塘又合到了一起”是谁写的?", "pond"),
        ("「分了家的水塘又合到了一起」是谁写的?", "pond"),
        ("Who wrote “School Kitchen goes back to real potatoes”?", "kitchen"),
        ("Who wrote 'School kitchen goes back to real potatoes'?", "kitchen"),
        ('Which day was "back to real potatoes" printed?', "kitchen"),
        ("《〈潮汐与渔村的一百年〉重印本首发》的记者是谁?", "book"),
    ],
)
def test_a_title_is_known_however_it_is_written(question: str, name: str) -> None:
    """Width, case, marks, blanks and Traditional characters do not matter, nor whether the subtitle is there."""
    assert TITLES.named(question) == (name,)


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("渡船是什么?", "nothing is quoted"),
        ("《河灯》的作者是谁?", "too little of a title"),
        ("“分了家的水塘”是什么意思?", "a catchword, and less than half of the title"),
        ("《潮汐与渔村的一百年》的作者是谁?", "the headline speaks of a book"),
        ("《夜行的萤火虫们》的作者是谁?", "no such title"),
        ("What are “real potatoes”?", "two words"),
    ],
)
def test_what_is_no_title_names_nothing(question: str, why: str) -> None:
    assert TITLES.named(question) == (), why


def test_a_title_without_marks_counts_where_it_is_asked_for() -> None:
    question = "河灯一放就是一整夜是谁写的?"

    assert TITLES.named(question) == ()
    assert TITLES.named(question, unquoted=True) == ("lamp",)


def test_two_articles_of_one_title_are_both_named() -> None:
    titles = Titles([Article("1", "a.txt", "今日天气"), Article("2", "b.txt", "今日天气")])

    assert titles.named("《今日天气》是谁写的?") == ("1", "2")


def test_a_catchword_is_told_from_a_title() -> None:
    """By its marks or its length."""
    quoted = quoted_in("写《渡船》和“三张表”、“渔家姑娘把船开成了图书馆”的是谁?")

    assert [(one.text, one.is_title) for one in quoted] == [
        ("渡船", True),
        ("三张表", False),
        ("渔家姑娘把船开成了图书馆", True),
    ]
