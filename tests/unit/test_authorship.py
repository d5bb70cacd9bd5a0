"""Questions about who made an article, told from all others."""

import pytest

from qa.corpus.credits import Work
from qa.retrieval.authorship import asks_who_wrote, inquiry_in

WRITERS = {Work.WRITING, Work.REPORTING, Work.CORRESPONDING}


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("《渡船》的作者是谁?", "《渡船》"),
        ("写《别让“提示”失了分寸》这篇报道的记者是谁?", "《别让“提示”失了分寸》"),
        ("關於防洪牆的報道是誰寫的?", "防洪牆"),
        ("写抢修电杆那篇报道的记者叫什么名字?", "抢修电杆"),
        ("谁采写了“一条渠 浇出一县新光景”?", "“一条渠 浇出一县新光景”"),
        ("哪位副区长撰写了关于主导产业的文章?", "副区长 主导产业"),
        ("撰写《履职尽责》的某某区政协副主席是谁?", "撰写 《履职尽责》 某某区政协副主席"),
        ("《共享菜园》一文出自哪位记者?", "《共享菜园》"),
        ("那篇讲面馆的文章,作者叫什么?", "讲面馆"),
        ("泵站现场的照片是谁拍的?", "泵站"),
        ("Who wrote the article about the lock house?", "lock house"),
        ("By whom was the piece on glazed potatoes written?", "glazed potatoes"),
        ("What is the name of the reporter who covered the weir reopening?", "weir reopening"),
        (
            "Which deputy district head wrote the article about making the mills stand out in Northgate?",
            "deputy district head making the mills stand out in Northgate",
        ),
    ],
)
def test_the_topic_is_what_the_words_that_ask_leave(question: str, topic: str) -> None:
    inquiry = inquiry_in(question)

    assert inquiry is not None
    assert inquiry.topic == topic


@pytest.mark.parametrize(
    "question",
    [
        "钟楼停摆过几次?",
        "谁告诉记者,上一次普查是在哪一年?",
        "谁向记者介绍了情况?",
        "哪家媒体报道了这件事?",
        "新华社记者采访了谁?",
        "在喜迎盛会的报道里,以书记身份讲话的是谁?",
        "谁在会上作了报告?",
        "谁拍板决定修渠?",
        "《章程》什么时候施行?",
        "什么时候发布的公告?",
        "In which article did the author mention geese?",
        "Who opened the bridge?",
    ],
)
def test_other_questions_are_left_alone(question: str) -> None:
    assert not asks_who_wrote(question)


@pytest.mark.parametrize(
    ("question", "works"),
    [
        ("《河灯》的作者是谁?", [WRITERS]),
        ("《河灯》的记者是谁?", [{Work.REPORTING}, WRITERS]),
        ("《河灯》的通讯员是谁?", [{Work.CORRESPONDING}]),
        ("谁是《河灯》的责任编辑?", [{Work.EDITING}]),
        ("《河灯》的策划是谁?", [{Work.PLANNING}]),
        ("《摄影展开幕》是谁写的?", [WRITERS]),
        ("《河灯》的照片是谁拍的?", [{Work.PHOTOGRAPHY}]),
        ("Who took the photo of the swans?", [{Work.PHOTOGRAPHY}]),
        ("《河灯》是哪一天登的?", [{Work.PUBLISHING_DAY}]),
        ("《河灯》登在哪份报纸上?", [{Work.PUBLISHING}]),
        ("When was “The lanterns” published?", [{Work.PUBLISHING_DAY}]),
        ("Which newspaper printed “The lanterns”?", [{Work.PUBLISHING}]),
    ],
)
def test_what_was_done_is_told_by_the_words_outside_of_the_title(question: str, works: list[set[Work]]) -> None:
    """A reporter is anybody who wrote where none is called so; a correspondent is one who is called so."""
    inquiry = inquiry_in(question)

    assert inquiry is not None
    assert list(inquiry.works) == works


@pytest.mark.parametrize(
    ("question", "of_article"),
    [
        ("关于渡船的文章是谁写的?", True),
        ("Who wrote the story about the ferry?", True),
        ("那封信是谁写的?", False),
        ("《渡船》的作者是谁?", False),
        ("Who wrote The Ferry?", False),
    ],
)
def test_a_book_or_a_letter_is_no_article(question: str, of_article: bool) -> None:
    """Then only a title can tell that it is one of ours."""
    inquiry = inquiry_in(question)

    assert inquiry is not None
    assert inquiry.of_article is of_article


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("哪位副区长撰写了关于主导产业的文章?", "副区长"),
        ("Which street party secretary wrote the piece about lifts?", "street party secretary"),
        ("撰写《履职尽责》的政协副主席是谁?", "政协副主席"),
        ("《履职尽责》的作者是谁?", ""),
    ],
)
def test_the_office_of_the_author_is_told(question: str, office: str) -> None:
    inquiry = inquiry_in(question)

    assert inquiry is not None
    assert inquiry.office == office
