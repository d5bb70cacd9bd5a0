"""Repaired text keeps its map to the source through every operation."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus import align
from qa.types import AlignedText, Run, Span

LETTERS = st.text(alphabet="ab中文。\n 𠮷é(", min_size=1, max_size=30)


@st.composite
def repaired_texts(draw: st.DrawFn) -> tuple[str, AlignedText]:
    """A source and a text made from it by substitutions and cuts."""
    source = draw(LETTERS)
    aligned = align.whole(source)
    for _ in range(draw(st.integers(0, 3))):
        if not aligned.text:
            break
        points = sorted(draw(st.lists(st.integers(0, len(aligned.text)), max_size=6, unique=True)))
        edits = [
            (a, b, draw(st.text(alphabet="xy", max_size=3))) for a, b in zip(points[::2], points[1::2], strict=False)
        ]
        aligned = align.substitute(aligned, edits)
        if draw(st.booleans()):
            low, high = sorted((draw(st.integers(0, len(aligned.text))), draw(st.integers(0, len(aligned.text)))))
            aligned = align.cut(aligned, low, high)
    return source, aligned


def assert_sound(source: str, aligned: AlignedText) -> None:
    at, raw_at = 0, 0
    for run in aligned.runs:
        assert run.start == at
        assert run.length > 0
        assert run.raw_start >= raw_at
        at += run.length
        raw_at = run.raw_start + (run.length if run.raw_length is None else run.raw_length)
    assert at == len(aligned.text)
    assert raw_at <= len(source)


@given(repaired_texts())
def test_runs_cover_the_text_and_raw_positions_grow(made: tuple[str, AlignedText]) -> None:
    assert_sound(*made)


@given(repaired_texts(), st.data())
def test_every_range_maps_into_the_source(made: tuple[str, AlignedText], data: st.DataObject) -> None:
    """And where no character was repaired, the source reads the same there."""
    source, aligned = made
    if not aligned.text:
        return
    start = data.draw(st.integers(0, len(aligned.text) - 1))
    end = data.draw(st.integers(start + 1, len(aligned.text)))
    raw = align.raw_span(aligned, start, end)
    assert raw.end <= len(source)
    if "x" not in aligned.text[start:end] and "y" not in aligned.text[start:end] and raw.end - raw.start == end - start:
        assert source[raw.start : raw.end] == aligned.text[start:end]
        assert align.is_exact(aligned, start, end, source)


@given(repaired_texts(), st.data())
def test_cutting_apart_and_joining_gives_the_text_back(made: tuple[str, AlignedText], data: st.DataObject) -> None:
    source, aligned = made
    points = sorted(data.draw(st.lists(st.integers(0, len(aligned.text)), max_size=5)))
    bounds = [0, *points, len(aligned.text)]
    pieces = [align.cut(aligned, a, b) for a, b in pairwise(bounds)]
    for piece in pieces:
        assert_sound(source, piece)
    assert align.join(pieces) == aligned


@given(repaired_texts())
def test_the_packed_map_comes_back(made: tuple[str, AlignedText]) -> None:
    _, aligned = made
    assert align.unpack_runs(aligned.text, align.pack_runs(aligned)) == aligned


def test_a_deletion_leaves_two_runs_and_a_span_that_holds_the_hole() -> None:
    aligned = align.substitute(align.whole("发(fā)展"), [(1, 5, "")])

    assert aligned == AlignedText("发展", (Run(0, 0, 1), Run(1, 5, 1)))
    assert align.raw_span(aligned, 0, 2) == Span(0, 6)
    assert align.raw_span(aligned, 0, 1) == Span(0, 1)
    assert not align.is_exact(aligned, 0, 2, "发(fā)展")
    assert align.is_exact(aligned, 1, 2, "发(fā)展")


def test_a_replacement_of_another_length_is_one_run_that_cannot_be_told_apart() -> None:
    aligned = align.substitute(align.whole("a???b"), [(1, 4, "XY")])

    assert aligned == AlignedText("aXYb", (Run(0, 0, 1), Run(1, 1, 2, 3), Run(3, 4, 1)))
    assert align.raw_span(aligned, 1, 2) == Span(1, 4)
    assert align.join([align.cut(aligned, 0, 2), align.cut(aligned, 2, 4)]) == aligned


def test_a_replacement_of_the_same_length_stays_in_step() -> None:
    aligned = align.substitute(align.whole("abc"), [(1, 2, "X")])

    assert aligned == AlignedText("aXc", (Run(0, 0, 3),))


def test_a_separator_stands_for_what_is_between_two_parts() -> None:
    source = "标题\n\n局长 王某"
    joined = align.join([align.whole("标题"), align.whole("局长 王某", 4)], "\n")

    assert joined.text == "标题\n局长 王某"
    assert joined.runs == (Run(0, 0, 2), Run(2, 2, 1, 2), Run(3, 4, 5))
    assert align.raw_span(joined, 0, len(joined.text)) == Span(0, len(source))


def test_a_separator_needs_something_to_stand_for() -> None:
    with pytest.raises(ValueError, match="nothing stands between"):
        align.join([align.whole("a"), align.whole("b", 1)], " ")


def test_parts_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="must grow"):
        align.join([align.whole("ab", 5), align.whole("c", 2)])


def test_edits_that_overlap_or_insert_are_refused() -> None:
    with pytest.raises(ValueError, match="out of order"):
        align.substitute(align.whole("abcd"), [(0, 2, "x"), (1, 3, "y")])
    with pytest.raises(ValueError, match="is empty"):
        align.substitute(align.whole("abcd"), [(1, 1, "x")])


def test_translation_keeps_positions_or_is_refused() -> None:
    aligned = align.whole("發展", 7)

    assert align.translate(aligned, {ord("發"): "发"}) == AlignedText("发展", (Run(0, 7, 2),))
    with pytest.raises(ValueError, match="one for one"):
        align.translate(aligned, {ord("發"): "fa"})


def test_stripping_moves_the_map() -> None:
    assert align.strip(align.whole("  ab ")) == AlignedText("ab", (Run(0, 2, 2),))
    assert align.strip(align.whole("  \n")) == AlignedText("", ())


@pytest.mark.parametrize("packed", [b"\x00", b"\x80", b"\x00\x05", b"\x01\x02", b"\xff\xff\xff\xff\xff\x01\x02\x01"])
def test_a_damaged_map_is_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match="packed map"):
        align.unpack_runs("ab", packed)


def test_the_map_of_a_plain_text_takes_few_bytes() -> None:
    assert align.pack_runs(align.whole("字" * 1000)) == b"\x00\xe8\x07"
