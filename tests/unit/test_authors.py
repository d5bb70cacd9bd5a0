"""Who made an article, read by rule; over passages made by hand."""

from dataclasses import replace

import numpy as np
import pytest
from library_fixtures import one_article

from qa.answer.authors import SURE, Meant, may_stand, meant_article, read_credit
from qa.answer.credited import credits_first
from qa.answer.question import Asked
from qa.answer.read import Reading
from qa.corpus.align import whole
from qa.retrieval.authorship import Inquiry, inquiry_in
from qa.retrieval.search import Found
from qa.store.rows import StoredPassage, StoredSentence
from qa.types import BlockKind, Hit, Leg, Passage

NAMED = Meant("lamp.txt#1", named=True, chance=SURE)
BYLINE = "河灯夜话\n本报通讯员 葛青 本报记者 屈小航"
CREDITS = "策划:曾文 文字:卓雨 夏宁 摄影:姚志"
DATELINE = "本报讯(记者温宁)昨夜,河灯放了三千盏。"


def passage(
    text: str,
    kind: BlockKind,
    score: float,
    *,
    name: str = "lamp.txt",
    title: str = "河灯夜话",
    byline: str | None = None,
    cosine: float = 0.5,
    named: bool = True,
) -> Found:
    """Return a passage as if the search had found it; its number is its score in hundredths."""
    number = round(100 * score)
    _, article, (body,) = one_article(name, title, [text])
    made = Passage(f"{name}:{number}", article.id, body.span, kind, whole(text, 0))
    sentences = (StoredSentence(0, len(text)),)
    why = {"title": Leg(1, 1.0, (title,))} if named else {}
    hit = Hit(1, score, made, replace(article, byline=byline), why)
    return Found(hit, StoredPassage(number, made, sentences), np.array([cosine], np.float32))


def wants(question: str) -> Inquiry:
    inquiry = inquiry_in(question)
    assert inquiry is not None
    return inquiry


def answer(question: str, *found: Found, meant: Meant = NAMED) -> str | None:
    reading = read_credit(wants(question), found, meant)
    return reading and reading.found.stored.passage.text[reading.answer_start : reading.answer_end]


@pytest.mark.parametrize(
    ("question", "text", "names"),
    [
        ("《河灯夜话》的作者是谁?", BYLINE, "本报通讯员 葛青 本报记者 屈小航"),
        ("《河灯夜话》的记者是谁?", BYLINE, "屈小航"),
        ("《河灯夜话》的通讯员是谁?", BYLINE, "葛青"),
        ("《河灯夜话》的责任编辑是谁?", BYLINE, None),
        ("《河灯夜话》的作者是谁?", CREDITS, "卓雨 夏宁"),
        ("《河灯夜话》的策划是谁?", CREDITS, "曾文"),
        ("《河灯夜话》的照片是谁拍的?", CREDITS, "姚志"),
        ("《河灯夜话》的记者是谁?", CREDITS, "卓雨 夏宁"),
        ("Who wrote “河灯夜话”?", "河灯夜话\n县水利局局长 汪铭", "汪铭"),
        ("Who wrote “河灯夜话”?", "By Ann Lee and Bo Hay", "Ann Lee and Bo Hay"),
    ],
)
def test_the_names_for_the_work_asked_for_are_the_answer(question: str, text: str, names: str | None) -> None:
    """All of them; with their labels where others stand between them."""
    assert answer(question, passage(text, BlockKind.BYLINE, 1.0)) == names


def test_a_dateline_is_cited_with_its_sentence() -> None:
    """The names are cut from the paragraph, whose first sentence proves them."""
    reading = read_credit(wants("《河灯夜话》的作者是谁?"), [passage(DATELINE, BlockKind.BODY, 1.0)], NAMED)

    assert reading is not None
    assert DATELINE[reading.answer_start : reading.answer_end] == "温宁"
    assert DATELINE[reading.start : reading.end] == DATELINE
    assert (reading.asked, reading.assured) == (Asked.PERSON, SURE)


def test_a_photographer_is_no_author_and_a_reporter_took_no_picture() -> None:
    """Each question has its own line."""
    caption = passage("灯在水上。 张双 摄", BlockKind.CAPTION, 2.0)
    dateline = passage(DATELINE, BlockKind.BODY, 1.0)

    assert answer("《河灯夜话》是谁写的?", caption, dateline) == "温宁"
    assert answer("《河灯夜话》的照片是谁拍的?", caption, dateline) == "张双"
    assert answer("《河灯夜话》的照片是谁拍的?", dateline) is None


def test_of_captions_the_one_that_fits_the_question_best_is_read() -> None:
    """Whatever their rank, which is that of the article."""
    boats = passage("小船靠岸。 张双 摄", BlockKind.CAPTION, 2.0, cosine=0.5)
    lamps = passage("老人扎灯。 李四 摄", BlockKind.CAPTION, 1.9, cosine=0.7)

    assert answer("老人扎灯的照片是谁拍的?", boats, lamps) == "李四"


def test_only_the_article_that_is_meant_is_read() -> None:
    """The other one has a by-line, too."""
    other = passage("记者 王一", BlockKind.BYLINE, 3.0, name="other.txt", title="别的", named=False)

    assert answer("《河灯夜话》的作者是谁?", other) is None
    assert answer("《河灯夜话》的作者是谁?", other, passage(DATELINE, BlockKind.BODY, 1.0)) == "温宁"


def test_day_and_newspaper_are_read_from_the_imprint() -> None:
    imprint = passage("河灯夜话\n来源:云溪发布\n2022-04-18", BlockKind.IMPRINT, 1.0)

    assert answer("《河灯夜话》是哪一天登的?", imprint) == "2022-04-18"
    assert answer("《河灯夜话》是哪家媒体发布的?", imprint) == "云溪发布"


@pytest.mark.parametrize(
    ("score", "other", "sure"),
    [(1.3, 0.6, True), (0.9, 0.6, True), (0.7, 0.6, False), (0.9, 0.85, False)],
)
def test_without_a_title_score_and_lead_tell_whether_it_is_the_article(score: float, other: float, sure: bool) -> None:
    """A topic that nothing is about has no lead, and a low score."""
    found = [
        passage(DATELINE, BlockKind.BODY, score, named=False),
        passage("别的事。", BlockKind.BODY, other, name="other.txt", named=False),
    ]

    meant = meant_article(wants("关于河灯的文章是谁写的?"), found, lambda article: "河灯夜话")

    assert (meant.article_id, meant.named) == ("lamp.txt#1", False)
    assert (meant.chance > 0.5) is sure


def test_an_article_without_what_the_question_quotes_is_not_the_one() -> None:
    found = [passage(DATELINE, BlockKind.BODY, 2.0, named=False)]
    inquiry = wants("关于“三张表”的报道是谁写的?")

    assert meant_article(inquiry, found, lambda article: "管住小巷的“三张表”").chance > 0.5
    assert meant_article(inquiry, found, lambda article: "河灯夜话").chance == 0.0


def test_a_title_makes_it_sure() -> None:
    found = [passage(DATELINE, BlockKind.BODY, 0.1)]

    assert meant_article(wants("《河灯夜话》是谁写的?"), found, lambda article: "") == NAMED


def test_a_byline_leads_its_article_and_another_office_steps_back() -> None:
    """Ranking again may part them; who signs as 主任 is no 局长."""
    found = [
        passage("湿地要守住。", BlockKind.BODY, 1.5, name="b.txt", byline="湿地保护中心主任 岑小海", named=False),
        passage("灯要放好。", BlockKind.BODY, 1.4, byline="县水利局局长 汪铭", named=False),
        passage("县水利局局长 汪铭", BlockKind.BYLINE, 1.1, byline="县水利局局长 汪铭", named=False),
    ]

    ranked = credits_first(wants("哪位局长写了关于水的文章?"), found)

    assert [(one.hit.rank, one.hit.passage.text) for one in ranked] == [
        (1, "县水利局局长 汪铭"),
        (2, "灯要放好。"),
        (3, "湿地要守住。"),
    ]
    assert ranked[0].hit.score == pytest.approx(1.4, abs=0.02)
    assert ranked[2].hit.score == pytest.approx(0.5)


def test_of_two_that_name_somebody_the_better_one_stays_the_better_one() -> None:
    found = [
        passage("小船靠岸。 张双 摄", BlockKind.CAPTION, 1.2),
        passage("河灯三千。", BlockKind.BODY, 1.1),
        passage("老人扎灯。 李四 摄", BlockKind.CAPTION, 1.0),
    ]

    ranked = credits_first(wants("《河灯夜话》的照片是谁拍的?"), found)

    assert [one.hit.passage.text[:2] for one in ranked] == ["小船", "老人", "河灯"]


def read(text: str, question: str, *, article: str, meant: Meant | None) -> bool:
    found = passage(text, BlockKind.BODY, 1.0)
    reading = Reading(found, 0, len(text), 0, 2, Asked.PERSON, holds_type=True, score=1.0)
    return may_stand(question, reading, f"{article}\n{text}", meant)


UNSURE = Meant("lamp.txt#1", named=False, chance=0.2)
ELSEWHERE = Meant("other.txt#1", named=False, chance=0.9)


@pytest.mark.parametrize(
    ("text", "question", "article", "meant", "stands"),
    [
        ("闻笛写成这部游记。", "《雾港手记》的作者是谁?", "雾港手记", None, True),
        ("闻笛写成这部游记。", "《夜行列车》的作者是谁?", "雾港手记", None, False),
        ("闻笛写成这部游记。", "《雾港手记》的作者是谁?", "雾港手记", NAMED, True),
        ("豆腐坊的主人叫冯广。", "《河灯夜话》的作者是谁?", "河灯夜话", NAMED, False),
        ("蔡师傅写的字。", "字是谁写的?", "", None, True),
        ("蔡师傅写的稿。", "关于登月的文章是谁写的?", "", UNSURE, False),
        ("蔡师傅写的稿。", "关于登月的文章是谁写的?", "", ELSEWHERE, False),
        ("冯广开了豆腐坊。", "谁开了豆腐坊?", "", None, True),
    ],
)
def test_a_name_out_of_the_text_stands_where_it_speaks_of_making_what_is_asked_for(
    text: str, question: str, article: str, meant: Meant | None, stands: bool
) -> None:
    """A book's author may stand in an article; an article's author does not stand among those it speaks of."""
    assert read(text, question, article=article, meant=meant) is stands


def test_other_questions_and_credits_pass() -> None:
    credit = read_credit(wants("《河灯夜话》是谁写的?"), [passage(DATELINE, BlockKind.BODY, 1.0)], NAMED)

    assert credit is not None
    assert may_stand("《别的题目》是谁写的?", credit, "", None)
