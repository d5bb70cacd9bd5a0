"""Maps and records of repairs are kept packed, and read like tuples of plain values."""

import tracemalloc

import pytest

from qa.bench.pages import page_text
from qa.corpus import align
from qa.corpus.formats.plain import TextReader
from qa.corpus.pipeline import articles_of
from qa.corpus.repairs import Repair, RepairKind, Repairs
from qa.types import Run, Span

FIRST = Repair(RepairKind.PINYIN, Span(1, 5), "(fā)", "")
SECOND = Repair(RepairKind.LEFT_OUT, Span(7, 9), "广告", "", "furniture")


def test_packed_runs_read_like_a_tuple() -> None:
    runs = align.substitute(align.whole("发(fā)展??", 3), [(1, 5, ""), (6, 8, "了")]).runs

    assert runs == (Run(0, 3, 1), Run(1, 8, 1), Run(2, 9, 1, 2))
    assert [*runs] == [Run(0, 3, 1), Run(1, 8, 1), Run(2, 9, 1, 2)]
    assert runs[-1] == Run(2, 9, 1, 2)
    assert runs[:2] == (Run(0, 3, 1), Run(1, 8, 1))
    assert runs != (Run(0, 3, 1),)
    with pytest.raises(IndexError):
        runs[3]


def test_texts_with_equal_maps_are_equal_and_have_one_hash() -> None:
    cut = align.cut(align.whole("发展了"), 1, 3)

    assert cut == align.whole("展了", 1)
    assert hash(cut) == hash(align.whole("展了", 1))
    assert cut != align.whole("展了", 2)


def test_packed_repairs_read_like_a_tuple() -> None:
    repairs = Repairs([FIRST])
    repairs.extend(Repairs([SECOND]))
    repairs.extend([FIRST])

    assert repairs == (FIRST, SECOND, FIRST)
    assert repairs[-2] == SECOND
    assert repairs[1:] == (SECOND, FIRST)
    assert repairs != (FIRST, SECOND, SECOND)
    assert repairs != (FIRST, SECOND)
    assert Repairs() == []
    with pytest.raises(IndexError):
        repairs[3]


def test_repairs_give_the_edits_that_make_them() -> None:
    assert [*Repairs([FIRST, SECOND]).edits()] == [(1, 5, ""), (7, 9, "")]


@pytest.mark.parametrize("kind", ["traditional", "broken"])
def test_cleaning_takes_less_than_ten_times_the_file(kind: str) -> None:
    """Also where a reading stands after every tenth character, which took twenty times as much."""
    source = page_text(kind, 200_000).encode()
    articles_of(TextReader().read("page.txt", source))  # loads the dictionaries
    tracemalloc.start()
    articles_of(TextReader().read("page.txt", source))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 10 * len(source)
