"""Ten invented pages, damaged as real ones are but in other words and places, come out as they were written.

What is reached on the pages that rules may be made with is asserted page by page; of the three held-back pages only the
sums are, so that nobody tunes to them.
"""

import re
from pathlib import Path

import pytest
from pages_truth import PAGES, score, source, summed, truth

from qa.corpus.readers import read_document
from qa.corpus.traditional import simplify_characters
from qa.evaluation.pages import plain
from qa.types import Document

AIM = 0.95
REACHED = {  # paragraphs, articles, headlines, captions, by-lines, sources, dates: right at least
    "harrowmere-gazette": (22, 5, 5, 0, 5, 5, 5),
    "hengtan-pictorial": (21, 7, 7, 8, 7, 7, 7),
    "jichuan-express": (18, 3, 3, 3, 3, 3, 3),
    "larkhaven-bilingual": (22, 6, 6, 2, 6, 6, 6),
    "qipu-weekly": (23, 5, 5, 0, 5, 5, 5),
    "shuyang-daily": (27, 6, 6, 1, 6, 6, 6),
    "weizhou-evening": (22, 4, 4, 0, 4, 4, 4),
}
COUNTED = ("paragraphs", "articles", "headlines", "captions", "by-lines", "sources", "dates")
UNDAMAGED = ("harrowmere-gazette", "junling-service", "qipu-weekly")
NO_LETTER = re.compile("[\u200b-\u200f\u00ad\ufeff\\s]|\\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\\)")


def folded(text: str) -> str:
    """Without inserted readings, invisible characters and blanks, and Simplified: to look the truth up in a source."""
    return simplify_characters(NO_LETTER.sub("", text))


def test_ten_pages_of_which_three_are_held_back_and_three_undamaged() -> None:
    pages = truth().values()

    assert len(pages) == 10
    assert sum(page.held_back for page in pages) == 3
    assert tuple(page.name for page in pages if not page.damage) == UNDAMAGED
    assert sum(len(page.articles) for page in pages) == 52
    assert sum(len(article.body) for page in pages for article in page.articles) == 235


def test_the_kinds_of_damage_of_the_real_pages_are_all_there() -> None:
    done = {kind for page in truth().values() for kind in page.damage}

    assert done >= {
        "hard break",
        "break after comma",
        "overlap",
        "glued tail",
        "fragment",
        "repeated paragraph",
        "wrapped lines",
        "photographer line",
        "kicker and headline on one line",
        "headline and kicker after the body",
        "Traditional and inserted pinyin",
        "Traditional article",
        "lost characters",
        "lost character, not to be recovered",
        "invisible characters and ideographic indents",
        "site furniture",
        "copyright",
    }


@pytest.mark.parametrize("name", truth())
def test_the_truth_stands_in_the_page(name: str) -> None:
    """Both ends of every paragraph, caption and heading, and every title; what was destroyed lies further inside."""
    text = folded(source(name))
    for article in truth()[name].articles:
        for wanted in (article.title, *article.body, *article.captions, *article.headings):
            assert folded(wanted)[:4] in text, wanted
            assert folded(wanted)[-4:] in text, wanted


@pytest.mark.parametrize("name", UNDAMAGED)
def test_every_paragraph_of_an_undamaged_page_is_a_line_of_it(name: str) -> None:
    lines = {plain(line) for line in source(name).split("\n")}

    assert [text for article in truth()[name].articles for text in article.body if plain(text) not in lines] == []


@pytest.mark.parametrize("name", truth())
def test_the_encoding_is_recognised(name: str) -> None:
    document = read_document(PAGES, Path(f"{name}.txt"))

    assert isinstance(document, Document)
    assert document.text.lstrip("\ufeff") == source(name)


@pytest.mark.parametrize("name", REACHED)
def test_what_is_reached_on_an_open_page(name: str) -> None:
    right = tuple(score(name).tallies[column].right for column in COUNTED)

    assert not truth()[name].held_back
    assert all(got >= least for got, least in zip(right, REACHED[name], strict=True)), right


def test_what_is_reached_on_the_held_back_pages() -> None:
    tallies = summed(held_back=True).tallies

    assert tallies["paragraphs"].right >= 78
    assert tallies["articles"].right >= 16


def test_the_open_pages_reach_the_aim() -> None:
    tallies = summed(held_back=False).tallies

    assert tallies["paragraphs"].share >= AIM
    assert tallies["articles"].share >= AIM


def test_the_paragraphs_of_the_held_back_pages_reach_the_aim() -> None:
    assert summed(held_back=True).tallies["paragraphs"].share >= AIM


def test_the_articles_of_the_held_back_pages_reach_the_aim() -> None:
    assert summed(held_back=True).tallies["articles"].share >= AIM


@pytest.mark.parametrize("name", UNDAMAGED)
def test_nothing_is_repaired_on_an_undamaged_page(name: str) -> None:
    assert score(name).false_repairs == 0


def test_no_undamaged_paragraph_of_a_damaged_page_is_changed() -> None:
    changed = {name: score(name).false_repairs for name, page in truth().items() if page.damage}

    assert set(changed.values()) == {0}, changed
