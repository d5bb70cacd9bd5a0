"""Questions made of counted facts, to click on."""

from qa.answer.examples import example_questions

WALL = ("a#1", "官埠街道", "工程进展顺利,墙体浇筑进度为61.3%,明年完工。官埠街道的居民来了。")
SCHOOLS = [("b#1", "望河区", "望河区抓紧建设。"), ("b#1", "望河区", "望河区今年动工,新建中小学食堂共41所,明年开放。")]


def test_a_counted_fact_becomes_the_question_that_it_answers() -> None:
    """A share is asked for as a share, a number with its measure word."""
    assert example_questions([WALL]) == ("墙体浇筑进度是多少?",)
    assert example_questions(SCHOOLS) == ("望河区新建中小学食堂多少所?",)


def test_a_verb_is_not_said_twice() -> None:
    """The question has its own 是."""
    assert example_questions([("a#1", None, "他介绍，无人机送一趟药的成本是38元，两家各付一半。")]) == (
        "无人机送一趟药的成本是多少?",
    )


def test_a_place_that_is_named_once_is_not_put_into_the_question() -> None:
    """It may be where somebody lives, not what the article is about."""
    assert not example_questions([WALL])[0].startswith("官埠街道")


def test_one_question_of_an_article_and_no_more_than_are_wanted() -> None:
    """In the order of the texts."""
    texts = [(f"{number}#1", None, f"今年以来,修缮霁河两岸石桥共计{number}座,群众满意。") for number in range(1, 9)]

    assert len(example_questions([*texts, *texts])) == 4
    assert example_questions(texts, most=1) == ("修缮霁河两岸石桥多少座?",)


def test_a_text_without_counted_facts_makes_no_question() -> None:
    """Nothing is made up."""
    assert example_questions([("a#1", None, "大家都很高兴。")]) == ()
