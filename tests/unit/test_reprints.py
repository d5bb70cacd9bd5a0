"""The same article in several documents is shown once, and says where else it stands."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from library_fixtures import ENCODER, one_article, put

from qa.indexing import encode_and_store, with_sentences
from qa.retrieval.search import Found, Search
from qa.store.library import Library
from qa.types import BlockKind

FIRST = "东门石桥的修缮工程昨天完工,工匠一共换了287块石料。"
SECOND = "桥面下个月恢复通行,行人优先,货车须从城南绕行过河。"
GUESTS = "出席会议的有林晚舟、方朗、宋一鸣、裴小荷、卓雨田、夏宁等十二位同志。"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library.open(tmp_path / "store", create=True)) as opened:
        yield opened


def found(library: Library, query: str, *, k: int = 10, among: frozenset[int] | None = None) -> list[Found]:
    return Search(library.contents(), ENCODER).search(query, k=k, among=among)


def places(items: list[Found]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the document of each hit, and the documents that print it too."""
    return [(item.hit.article.document_id, item.hit.also_in) for item in items]


def test_the_same_content_at_two_paths_is_shown_once_with_the_other_path(library: Library) -> None:
    """A tie: the first id stands for both."""
    for name in ("b/copy.txt", "a/paper.txt"):
        put(library, name, "石桥", [FIRST, SECOND])

    assert places(found(library, "石桥换了多少块石料")) == [("a/paper.txt", ("b/copy.txt",))] * 2


def test_a_reprint_differs_in_blanks_width_and_script_and_in_how_it_is_cut(library: Library) -> None:
    """In one piece, Traditional and full-width; the source that ranks best stands for both, whatever its id."""
    put(library, "z.txt", "石桥换石料", [FIRST, SECOND])
    traditional = f"{FIRST} {SECOND}".replace(",", "，").replace("东", "東").replace("门", "門").replace("桥", "橋")
    put(library, "a.txt", "古橋", [traditional])

    assert places(found(library, FIRST)) == [("z.txt", ("a.txt",))] * 2


def test_the_place_of_a_reprint_goes_to_another_passage(library: Library) -> None:
    """Two are wanted: the copy does not count."""
    for name in ("a.txt", "b.txt"):
        put(library, name, "石桥", [FIRST])
    put(library, "c.txt", "石桥旧闻", ["石桥上一次换石料是三十年前。"])

    assert places(found(library, FIRST, k=2)) == [("a.txt", ("b.txt",)), ("c.txt", ())]


def test_two_meetings_with_the_same_guests_stay_two(library: Library) -> None:
    put(library, "a.txt", "会议", ["区里召开安全生产工作会议。", GUESTS])
    put(library, "b.txt", "会议", ["区里召开防汛工作会议。", GUESTS])

    assert places(found(library, GUESTS, k=2)) == [("a.txt", ()), ("b.txt", ())]


def test_a_short_text_is_a_reprint_only_under_the_same_title(library: Library) -> None:
    for name, title in (("a.txt", "开闸公告"), ("b.txt", "停水公告"), ("c.txt", "停水公告")):
        put(library, name, title, ["详见第二版。"])

    assert sorted(places(found(library, "详见第二版"))) == [("a.txt", ()), ("b.txt", ("c.txt",))]


def test_copies_within_one_document_are_what_the_document_prints(library: Library) -> None:
    library.set_model(ENCODER.name, ENCODER.dimension)
    text = f"{FIRST}\n{FIRST}"
    document, article, passages = one_article("a.txt", "石桥", [FIRST, FIRST])
    first, second = (replace(article, id=f"a.txt#{number}") for number in (1, 2))
    apart = (passages[0], replace(passages[1], article_id=second.id))
    assert document.text == text
    encode_and_store(library, ENCODER, [with_sentences(document, (first, second), apart)])

    assert places(found(library, FIRST)) == [("a.txt", ()), ("a.txt", ())]


def test_what_only_the_other_copy_has_is_not_lost(library: Library) -> None:
    """The caption of b.txt is found under b.txt; the text that both have, under the one that ranks best."""
    library.set_model(ENCODER.name, ENCODER.dimension)
    put(library, "a.txt", "石桥", [FIRST])
    document, article, passages = one_article("b.txt", "石桥", [FIRST, "图为工匠在桥上。"])
    with_caption = (passages[0], replace(passages[1], kind=BlockKind.CAPTION))
    encode_and_store(library, ENCODER, [with_sentences(document, (article,), with_caption)])

    assert places(found(library, FIRST)) == [("a.txt", ("b.txt",)), ("b.txt", ())]


def test_a_copy_that_is_filtered_out_is_not_mentioned(library: Library) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        put(library, name, "石桥", [FIRST])
    numbers = {one.passage.id.split(":")[0]: one.number for one in library.contents().passages}

    among = frozenset((numbers["b.txt"], numbers["c.txt"]))

    assert places(found(library, FIRST, among=among)) == [("b.txt", ("c.txt",))]
