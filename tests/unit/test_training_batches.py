"""Groups of rows for a training step, from six invented paragraphs, read with one token a character."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from tiny_reader import BLANK, pieces, tiny_windows

from qa.answer.windows import Windows
from qa.training.batches import Group, Groups, Row
from qa.training.data import Pair, Paragraph, TrainingSet

FILLER = (
    "大桥由张明修了,开通由张明的东京大桥的全长公里投资亿元,水渠的大桥是东京的开通"  # 40 characters without a number
)
PLACES = ("东港市", "西陵市", "南浦市", "北原市", "中山市", "下关市")


def paragraph(number: int, *, validates: bool = False) -> Paragraph:
    """Two windows long; 7x stands at its start and 3x at its end, in no other paragraph."""
    text = f"{PLACES[number]}水渠全长7{number}公里。{FILLER}投资3{number}亿元。"
    return Paragraph(f"{number * 7:012x}", f"水渠{number}", text, validates)


def pair(row: int, held: Paragraph, question: str, answer: str, kind: str = "squad") -> Pair:
    start = held.text.index(answer) if answer else 0
    return Pair(question, row, kind, start, start + len(answer), "set")


@pytest.fixture
def windows(tmp_path: Path) -> Windows:
    return tiny_windows(tmp_path, question_tokens=24)


def training_set() -> TrainingSet:
    paragraphs = [paragraph(number, validates=number == 5) for number in range(6)]
    pairs = []
    for row, held in enumerate(paragraphs):
        pairs.append(pair(row, held, f"{PLACES[row]}水渠全长多少公里?", f"7{row}公里"))
        pairs.append(pair(row, held, f"{PLACES[row]}投资多少亿元?", f"3{row}亿元", "para"))
        pairs.append(pair(row, held, f"{PLACES[row]}大桥投资多少亿元?", "", "trap"))
    return TrainingSet(tuple(paragraphs), tuple(pairs))


def groups(windows: Windows, *, seed: int = 1, data: TrainingSet | None = None) -> Groups:
    data = data or training_set()
    found = [(row, 1.0 - row / 10) for row, held in enumerate(data.paragraphs) if not held.validates]
    ranked = [found for _ in data.pairs]
    return Groups(data, ranked, windows, seed=seed)


def held_by(row: Row) -> set[int]:
    """Return the paragraphs of which a row's window may be: those whose numbers it holds."""
    return {number for number in range(6) for text in (f"7{number}", f"3{number}") if text in text_of(row)}


def text_of(row: Row) -> str:
    return "".join(pieces(row.window.ids[row.window.first : -1])).replace(BLANK, "")


def answer_of(row: Row) -> str:
    assert row.start is not None and row.end is not None
    return "".join(pieces(row.window.ids[row.window.first :][row.start : row.end + 1]))


def first_groups(windows: Windows, count: int = 60, *, seed: int = 1) -> list[Group]:
    return list(islice(groups(windows, seed=seed), count))


def test_the_first_row_marks_the_answer_in_its_window(windows: Windows) -> None:
    answered = [group[0] for group in first_groups(windows) if group[0].start is not None]

    assert {answer_of(row) for row in answered} == {f"7{n}公里" for n in range(5)} | {f"3{n}亿元" for n in range(5)}


def test_only_the_first_row_answers_and_the_others_of_its_question_do_not_hold_the_answer(windows: Windows) -> None:
    negatives = 0
    for group in first_groups(windows):
        assert all(row.start is None for row in group[1:])
        for row in group[1:]:
            if group[0].start is not None and row.question == group[0].question:
                assert answer_of(group[0]) not in text_of(row)
                negatives += 1

    assert negatives > 40  # every group has one or two


def test_a_changed_question_comes_with_the_window_that_answers_the_unchanged_one(windows: Windows) -> None:
    """Another place or another number: the same window answers no longer."""
    changed = [
        (group[0], row) for group in first_groups(windows) for row in group[1:] if row.question != group[0].question
    ]

    assert len(changed) > 5
    assert all(row.window == first.window and row.prior == first.prior for first, row in changed)


def test_a_trap_is_read_with_the_paragraph_that_it_is_about_and_sometimes_one_more(windows: Windows) -> None:
    traps = [group for group in first_groups(windows) if group[0].start is None]

    assert {len(group) for group in traps} == {1, 2}
    assert {row.start for group in traps for row in group} == {None}
    assert {number for group in traps for number in held_by(group[0])} == {0, 1, 2, 3, 4}


def test_a_paragraph_that_answers_as_well_is_never_read_as_one_that_does_not(windows: Windows) -> None:
    """Of five that the search finds, the question about the first is answered by the next three too."""
    data = training_set()
    asked = replace(data.pairs[0], also=(1, 2, 3))
    made = groups(windows, data=TrainingSet(data.paragraphs, (asked,)))

    others = [row for group in islice(made, 20) for row in group[1:] if row.question == group[0].question]

    assert {number for row in others for number in held_by(row)} == {0, 4}  # its own other window, and the last


def test_an_epoch_reads_no_article_that_validates(windows: Windows) -> None:
    """Five of six paragraphs, three questions each, every kind once."""
    made = groups(windows)
    epoch = list(islice(made, len(made)))

    assert len(epoch) == 15
    assert not {5} & {number for group in epoch for row in group for number in held_by(row)}
    assert len({group[0].question for group in epoch}) == 15


def test_the_same_seed_makes_the_same_groups_and_another_seed_others(windows: Windows) -> None:
    assert first_groups(windows) == first_groups(windows)
    assert first_groups(windows) != first_groups(windows, seed=2)


def test_a_row_carries_the_score_that_the_search_gave_its_paragraph(windows: Windows) -> None:
    """1.0 for the first paragraph, .1 less for each that follows."""
    for group in first_groups(windows):
        for row in group:
            for number in held_by(row):
                assert row.prior == 1.0 - number / 10


def test_an_answer_that_fits_no_window_is_passed_over_and_counted(windows: Windows) -> None:
    held = paragraph(0)
    short, whole = pair(0, held, "多少?", "70公里"), pair(0, held, "全文?", held.text)
    made = groups(windows, data=TrainingSet((held,), (short, whole)))

    read = list(islice(made, 6))

    assert {answer_of(group[0]) for group in read} == {"70公里"}
    assert made.left_out in (5, 6)  # one in each epoch of two; the last may not have come yet
