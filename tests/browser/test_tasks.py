"""The tasks of tasks.md that need true answers, each end to end with the real model; and the list of all twenty.

At most five actions each, those that tasks.md tells. The other tasks are in test_tasks_without_model.py.
"""

import re

import pytest
import test_tasks_without_model
from acting import MOST_ACTIONS, Task
from api_server import Served
from doing import BY_NUMBER, LIBRARY, Does, answered, clipboard, last_answer
from playwright.sync_api import expect
from visiting import Visits

pytestmark = pytest.mark.browser

HALL, COST = "下坞村的老祠堂改成了什么?", "修它一共花了多少钱?"


@pytest.mark.model
def test_task_01(does: Does, real_server: Served) -> None:
    """Find which article says it, and copy the quotation with its source."""
    with does(1, real_server) as actor:
        actor.type("东埠区今年改造了多少公里老旧供热管网?", into="问题")
        answered(actor)
        actor.click("复制引文和出处")

        expect(actor.page.locator(".wj-sentence mark")).to_have_text("37.6公里")
        copied = clipboard(actor)
        assert "37.6公里" in copied[0]
        assert "东埠区供热改造交出首份答卷" in copied[-3] or "暖气热得早" in copied[-3]
        assert copied[-2].startswith("linxi-daily-page.txt · 第 ")
        assert copied[-1].startswith(f"{real_server.url}/?article=linxi-daily-page.txt&span=")


@pytest.mark.model
def test_task_02(does: Does, real_server: Served) -> None:
    """Ask a follow-up."""
    with does(2, real_server) as actor:
        actor.type(HALL, into="问题")
        answered(actor)
        actor.type(COST, into="问题")
        answered(actor, 2)

        expect(last_answer(actor)).to_contain_text("86万元")
        expect(actor.page.locator(".wj-searched")).to_have_text(re.compile("^按“.*老祠堂.*”搜索"))
        actor.visited.is_dark()


@pytest.mark.model
def test_task_03(does: Does, real_server: Served) -> None:
    """Search the words as typed instead."""
    with does(3, real_server) as actor:
        actor.type(HALL, into="Question")
        answered(actor)
        actor.type(COST, into="Question")
        answered(actor, 2)
        actor.click("Search the words as typed")
        answered(actor, 3)

        expect(actor.page.locator(".wj-answer").nth(1).get_by_text("Searched for “")).to_be_visible()
        expect(last_answer(actor)).not_to_contain_text("Searched for “")
        actor.visited.shows(HALL, COST, COST)


@pytest.mark.model
def test_task_04(does: Does, real_server: Served) -> None:
    """See why a passage was found."""
    with does(4, real_server) as actor:
        actor.type("代替霁河最后一条缆绳渡船的步行桥有多长?", into="Question")
        answered(actor)
        actor.click("See quotation 1")
        actor.click("Why this passage was found")

        reasons = actor.page.locator(".wj-reasons").first
        expect(reasons).to_have_text(re.compile(r"rank \d+"))
        meter = reasons.get_by_role("meter", name="after reading")
        assert re.search(r"a chance of (&gt;|>|&lt;|<)?\d+%", meter.get_attribute("aria-valuetext") or "")
        assert 0 < int(meter.get_attribute("aria-valuenow") or "") <= 100


@pytest.mark.model
def test_task_05(does: Does, real_server: Served) -> None:
    """Ask one publisher only."""
    with does(5, real_server) as actor:
        actor.click("筛选文章")
        actor.click("来源")
        actor.click("临溪晚报客户端")
        actor.type("桥有多长？", into="问题")
        answered(actor)

        expect(actor.page.locator(".wj-answer .wj-chip")).to_have_text(["来源 临溪晚报客户端"])
        expect(last_answer(actor)).to_contain_text("78.6米")
        papers = actor.page.locator(".wj-citation .wj-about").all_inner_texts()
        assert papers
        assert all("临溪晚报" in paper for paper in papers)


@pytest.mark.model
def test_task_06(does: Does, real_server: Served) -> None:
    """Ask what the papers do not say, and take a suggestion."""
    with does(6, real_server) as actor:
        actor.type("临溪市图书馆新馆的总投资是多少?", into="问题")
        answered(actor)
        page = actor.page
        expect(page.get_by_text("文件中没有说。")).to_be_visible()
        expect(page.locator(".wj-silence")).to_contain_text("市图书馆新馆开门迎客")
        suggested = actor.click_first_below("这些文件能回答的问题")
        answered(actor, 2)

        actor.visited.shows("临溪市图书馆新馆的总投资是多少?", suggested)
        expect(page.locator(".wj-answer").last.get_by_role("link", name="查看引文 1").first).to_be_visible()


@pytest.mark.model
def test_task_07(does: Does, real_server: Served) -> None:
    """Switch between the source and the repaired text."""
    with does(7, real_server) as actor:
        actor.type("砚溪县管理茶园的“五统一”是哪五个统一?", into="问题")
        answered(actor)
        actor.click("查看引文 1")
        card = actor.page.locator(".wj-citation").first
        actor.click("修复后")
        expect(card.locator(".wj-repaired")).to_be_visible()
        assert "统一种苗" in "".join(card.locator(".wj-repaired mark").all_inner_texts())
        actor.click("原文")

        expect(card.locator(".wj-source")).to_be_visible()
        assert "統(tǒng)一種(zhǒng)苗" in "".join(card.locator(".wj-source mark").all_inner_texts())


@pytest.mark.model
def test_task_08(does: Does, real_server: Served, visit: Visits) -> None:
    """Open a permalink in another browser."""
    with does(8, real_server) as actor:
        actor.type(LIBRARY, into="问题")
        answered(actor)
        actor.click("复制引文和出处")
        copied = clipboard(actor)
        seen: list[str] = []

        def open_there() -> None:
            path = copied[-1].removeprefix(real_server.url)
            with visit(real_server, path=path, ready=".wj-citation") as there:
                seen.append(there.page.locator(".wj-citation mark").first.inner_text())
                there.shows()

        actor.act("open the copied address in another browser", open_there)

        assert "望河区滨霁大道88号" in seen[0]
        assert copied[0] == f"“{seen[0]}”"


@pytest.mark.model
def test_task_09(does: Does, real_server: Served) -> None:
    """Ask in English."""
    with does(9, real_server) as actor:
        actor.type("How long did it take to build the footbridge?", into="Question")
        answered(actor)
        actor.click("See quotation 1")

        expect(actor.page.locator(".wj-sentence mark")).to_contain_text("22")
        expect(last_answer(actor)).to_contain_text("Building it took 22 months")
        card = actor.page.locator(".wj-citation").first
        expect(card).to_contain_text("Last cable ferry on the Ji River")
        expect(card).to_contain_text("Nora Whitlock")
        ours = actor.page.locator(".wj-header, #wj-side-head, .wj-foot, .wj-tools").all_inner_texts()
        assert re.findall("[\u4e00-\u9fff]", "".join(ours)) == []


@pytest.mark.model
def test_task_10(does: Does, real_server: Served) -> None:
    """Open the evidence on a phone, and close it."""
    with does(10, real_server) as actor:
        actor.type("雾岭天文台给观众用的望远镜口径有多大?", into="问题")
        answered(actor)
        page = actor.page
        actor.click("查看引文 1")
        sheet = page.get_by_role("dialog", name="证据")
        expect(sheet.locator(".wj-source mark").first).to_contain_text("口径40厘米")
        expect(sheet).to_contain_text(re.compile(r"第 \d+ 页"))
        actor.click("关闭")
        sheet.wait_for(state="hidden")

        expect(page.get_by_role("link", name="查看引文 1").first).to_be_focused()
        expect(page.get_by_label("问题", exact=True)).to_be_visible()


# The list itself


def test_the_list_and_these_tests_name_the_same_tasks() -> None:
    """Twenty, in order, each with a test whose docstring is its title; none asks for more than five actions."""
    tests = {
        int(name.removeprefix("test_task_")): (test.__doc__ or "").removesuffix(".")
        for name, test in (vars(test_tasks_without_model) | globals()).items()
        if name.startswith("test_task_")
    }

    assert tests == {number: task.title for number, task in BY_NUMBER.items()}
    assert list(BY_NUMBER) == list(range(1, 21))
    assert {task.number: len(task.actions) for task in BY_NUMBER.values() if len(task.actions) > MOST_ACTIONS} == {}


def test_half_of_the_tasks_are_on_a_phone_and_both_languages_and_colours_come_often() -> None:
    tasks: list[Task] = list(BY_NUMBER.values())

    assert [task.width for task in tasks].count(390) == 10
    assert [task.width for task in tasks].count(1280) == 10
    assert min([task.locale for task in tasks].count(one) for one in ("zh-CN", "en-US")) >= 6
    assert min([task.colours for task in tasks].count(one) for one in ("light", "dark")) >= 6
