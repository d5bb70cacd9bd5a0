"""A file of twice the size takes about twice the time, on pages of every kind and in the worst places known."""

import gc
from time import process_time

import pytest

from qa.bench.pages import KINDS, page_text
from qa.corpus.pipeline import articles_of
from qa.types import Document


def seconds(text: str) -> float:
    """The quicker of two runs, in processor time: other programs on the machine do not count."""
    times = []
    for _ in range(2):
        started = process_time()
        articles_of(Document("page.txt", "0", "utf-8", text))
        times.append(process_time() - started)
    return min(times)


def placed_captions(articles: int) -> str:
    """Short sentences under a source line, everywhere: each could be captions, were there not so many."""
    return "\n".join(
        f"第{number}条消息\n来源:山阳日报 2023-01-17\n"
        f"桥已修好{number}次。\n人来人往{number}天。\n水流很急{number}里。\n"
        + "老街两旁的店铺陆续开门" * 6
        + f"{number}家。"
        for number in range(articles)
    )


def test_twice_a_megabyte_takes_less_than_two_and_a_half_times_as_long() -> None:
    seconds(page_text("mixed", 20_000))  # loads the dictionaries

    assert seconds(page_text("mixed", 2_000_000)) < 2.5 * seconds(page_text("mixed", 1_000_000))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_takes_time_in_proportion(kind: str) -> None:
    """Four times the size in less than six times the time; small files, so that the test is quick."""
    seconds(page_text(kind, 20_000))

    assert seconds(page_text(kind, 400_000)) < 6 * seconds(page_text(kind, 100_000))


def test_many_places_for_captions_take_time_in_proportion() -> None:
    assert seconds(placed_captions(800)) < 6 * seconds(placed_captions(200))


def test_the_same_seed_gives_the_same_pages() -> None:
    assert page_text("clean", 1000, seed=1) == page_text("clean", 1000, seed=1) != page_text("clean", 1000, seed=2)


def test_python_collects_circles_again_after_cleaning() -> None:
    articles_of(Document("page.txt", "0", "utf-8", page_text("clean", 1000)))

    assert gc.isenabled()
