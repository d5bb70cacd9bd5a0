"""What the reader is taught, by hand; a step that teaches it; and a whole run of a tiny network."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tiny_reader import PIECES, tiny_network, tiny_windows

from qa.answer.windows import Window
from qa.training.batches import Groups, Row
from qa.training.data import Pair, Paragraph, TrainingSet
from qa.training.log import RunLog, events, read_log

if TYPE_CHECKING:
    from torch import Tensor

    from qa.answer.network import Scores

ASKED, CHANGED = (0, 5, 2), (0, 6, 2)
WINDOW = Window((0, 9, 5, 6, 7, 8, 2), 2, ((0, 1), (1, 2), (2, 3), (3, 4)))  # four tokens of text, from the third on
ANSWERS = Row(ASKED, WINDOW, prior=0.0, start=1, end=2)
DOES_NOT = Row(ASKED, WINDOW, prior=0.5)


def scores(
    *relevance: float, answerable: Sequence[float] | None = None, start: Sequence[float] = (0.0,) * 7
) -> "Scores":
    """Scores of as many rows as there are figures of relevance; the logits of the end are all 0."""
    import torch

    from qa.answer.network import Scores

    rows = len(relevance)
    spans = torch.tensor([start] * rows)
    return Scores(torch.tensor(relevance), torch.tensor(answerable or [0.0] * rows), spans, torch.zeros(rows, 7))


def losses(said: "Scores", *groups: list[Row], prior: bool = False) -> dict[str, float]:
    from qa.training.loss import losses

    parts = losses(said, groups, with_prior=[prior] * len(groups))
    return {name: float(value) for name, value in parts.items()}


def test_the_right_window_must_outrank_the_others_of_its_group() -> None:
    """Odds of 3 to 1 for the right one: -ln(3/4). A second group without any lead: -ln(1/2)."""
    said = scores(math.log(3), 0.0, 0.0, 0.0)

    assert losses(said, [ANSWERS, DOES_NOT], [ANSWERS, DOES_NOT])["ranking"] == pytest.approx(
        (math.log(4 / 3) + math.log(2)) / 2
    )


def test_the_search_s_own_score_counts_where_it_is_to() -> None:
    """Half a unit more for the wrong one is two logits: it has to be outdone."""
    said = scores(0.0, 0.0)

    assert losses(said, [ANSWERS, DOES_NOT], prior=True)["ranking"] == pytest.approx(math.log(1 + math.exp(2)))
    assert losses(said, [ANSWERS, DOES_NOT], prior=False)["ranking"] == pytest.approx(math.log(2))


def test_a_changed_question_is_not_ranked_but_must_be_refused() -> None:
    """Its window outranks the right one by far, which is no fault; saying that it answers is."""
    refused = Row(CHANGED, WINDOW, prior=0.0)

    found = losses(scores(0.0, 9.0, 0.0, answerable=[9.0, 9.0, -9.0]), [ANSWERS, refused, DOES_NOT])

    assert found["ranking"] == pytest.approx(math.log(2))
    assert found["answerable"] == pytest.approx(0.6 * 9 / 3, abs=1e-3)  # ln(1 + e^9), less for what does not answer


def test_pairs_that_do_not_answer_weigh_less() -> None:
    """Undecided about both: ln 2, once whole and once at .6."""
    assert losses(scores(0.0, 0.0), [ANSWERS, DOES_NOT])["answerable"] == pytest.approx(math.log(2) * 1.6 / 2)


def test_the_answer_is_looked_for_among_the_passage_s_own_tokens() -> None:
    """Start: odds of 3 to three others at 1 for the right token, whatever is said of marks and context; end: 1 in 4."""
    said = scores(0.0, start=(99.0, 99.0, 0.0, math.log(3), 0.0, 0.0, 99.0))

    assert losses(said, [ANSWERS])["span"] == pytest.approx((math.log(6 / 3) + math.log(4)) / 2)


def test_a_step_of_traps_alone_teaches_only_to_refuse() -> None:
    """There is nothing to rank and no span, which must not make nothing of all figures."""
    found = losses(scores(0.0), [DOES_NOT])

    assert found == {"ranking": 0.0, "answerable": pytest.approx(0.6 * math.log(2)), "span": 0.0}


def test_the_rate_rises_over_a_hundred_steps_and_falls_in_a_straight_line() -> None:
    from qa.training.steps import rate

    assert [rate(step, 1000) for step in (0, 49, 99, 500, 750)] == pytest.approx([0.01, 0.4755, 0.901, 0.5, 0.25])
    assert rate(1000, 1000) == 0.02


def test_higher_layers_learn_faster_and_everything_that_learns_is_there_once(tmp_path: Path) -> None:
    from qa.training.steps import parameters

    network = tiny_network(tmp_path / "encoder")
    groups = parameters(network)
    rates = [group["lr"] for group in groups]
    held: list[Tensor] = [weights for group in groups for weights in group["params"]]

    assert rates == [pytest.approx(2.5e-4 * 0.85), 2.5e-4, 6e-4]
    assert sorted(map(id, held)) == sorted(id(weights) for weights in network.parameters() if weights.requires_grad)


def small_set() -> TrainingSet:
    """Twelve paragraphs, of which the last two validate; in each, its number answers one question, one is a trap."""
    paragraphs, pairs = [], []
    for row in range(12):
        text = f"水渠全长{row + 10}公里,由张明修了。"
        paragraphs.append(Paragraph(f"{row:012x}", "水渠", text, validates=row >= 10))
        pairs.append(Pair("水渠全长多少?", row, "squad", 4, 6, "set"))
        pairs.append(Pair("大桥投资多少?", row, "trap", 0, 0, "set"))
    return TrainingSet(tuple(paragraphs), tuple(pairs))


RANKED = [[(row, 1.0 - row / 100) for row in range(12)]] * 24


def test_what_the_lower_layers_say_is_asked_once_and_kept_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks of eight tokens, which two of the texts fill and one is longer than; padding is marked as not held."""
    import torch

    from qa.answer.network import pad
    from qa.training import loss

    monkeypatch.setattr(loss, "_BLOCK", 8)
    network = tiny_network(tmp_path / "encoder")
    texts = [(0, 5, 6, 2), (0, *range(7, 20), 2), (0, 5, 2), (0, 8, 9, 2)]
    alone = {ids: network.read_alone(pad([ids]))[0] for ids in texts}
    lower, asked = loss.LowerStates(network), []
    monkeypatch.setattr(
        network, "read_alone", lambda ids, ask=network.read_alone: (asked.append(len(ids)), ask(ids))[1]
    )

    lower.of(texts[:2])
    states, held = lower.of([*texts, texts[0]])

    assert asked == [2, 2]  # the two that were not known, the fifth being the first
    assert held.sum(1).tolist() == [4, 15, 3, 4, 4]
    for row, ids in enumerate([*texts, texts[0]]):
        assert torch.allclose(states[row, : len(ids)], alone[ids], atol=0.02)  # bfloat16
        assert not states[row, len(ids) :].any()


def test_four_steps_on_the_same_groups_lower_every_loss(tmp_path: Path) -> None:
    """At twenty times the usual rate, without dropout, so that four are enough."""
    import torch

    from qa.training.loss import LowerStates
    from qa.training.steps import parameters, take_step

    torch.set_num_threads(1)
    network = tiny_network(tmp_path / "encoder")
    made = iter(Groups(small_set(), RANKED, tiny_windows(tmp_path), seed=1))
    batch = [next(made) for _ in range(8)]
    optimizer = torch.optim.AdamW(
        [{"params": group["params"], "lr": 20 * group["lr"]} for group in parameters(network)]
    )
    lower = LowerStates(network)

    reached = [take_step(network, lower, batch, optimizer, with_prior=[False] * 8) for _ in range(5)]

    assert all(reached[4][name] < reached[0][name] for name in ("ranking", "answerable", "span"))
    assert sum(reached[4].values()) < 0.9 * sum(reached[0].values())


def test_a_run_writes_log_and_weights_and_gives_the_same_weights_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import torch
    from safetensors.torch import load_file

    from qa.answer.shape import WEIGHTS
    from qa.training.steps import Plan, train

    data, windows, reached = small_set(), tiny_windows(tmp_path), []
    for name in ("first", "again"):
        folder = tmp_path / name
        folder.mkdir()
        network = tiny_network(tmp_path / "encoder")
        torch.manual_seed(3)  # dropout
        plan = Plan(steps=5, groups=4, validate_every=4, seed=7)
        train(network, windows, data, RANKED, plan, to=folder, log=RunLog(folder / "log.jsonl"))
        reached.append({name: weights.clone() for name, weights in network.trained().items()})

    lines = read_log(tmp_path / "first")
    assert [line["event"] for line in lines] == ["groups", "validated", "trained"]
    assert lines[0]["epoch"] == 20 and lines[1]["step"] == 4
    assert events(lines, "validated")[0]["set/trap: questions"] == 2
    assert "step 5 of 5, 0 min left; ranking " in capsys.readouterr().out
    assert set(load_file(tmp_path / "first" / WEIGHTS)) == set(reached[0])
    assert all(torch.equal(reached[0][name], reached[1][name]) for name in reached[0])


def test_validation_counts_what_the_network_says_of_articles_kept_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network that marks every 0: right for paragraph 10, wrong for 11, which has none and which it likes better."""
    import torch

    from qa.answer.network import Scores
    from qa.training import validate

    zero, eleven = PIECES.index("0"), (PIECES.index("1"), PIECES.index("1"))

    def marks_every_zero(network: object, lower: object, rows: Sequence[Row]) -> Scores:
        tokens = max(len(row.window.ids) for row in rows)
        start = torch.zeros(len(rows), tokens)
        relevance = []
        for number, row in enumerate(rows):
            relevance.append(float(eleven in zip(row.window.ids, row.window.ids[1:], strict=False)))
            start[number, [place for place, token in enumerate(row.window.ids) if token == zero]] = 5
        answerable = torch.tensor([float(zero in row.window.ids) - 0.5 for row in rows])
        return Scores(torch.tensor(relevance), answerable, start, start)

    monkeypatch.setattr(validate, "read_rows", marks_every_zero)
    data = small_set()
    data = TrainingSet(
        data.paragraphs,
        tuple(
            Pair(pair.question, pair.paragraph, pair.kind, 5, 6, pair.source) if pair.answerable else pair
            for pair in data.pairs
        ),
    )  # the second digit alone is the answer

    figures = validate.validate(
        tiny_network(tmp_path / "encoder"), tiny_windows(tmp_path), data, [[(10, 0.2), (11, 0.1)]] * 24, most=99
    )

    assert figures["set/squad: questions"] == 2
    assert figures["set/squad: said to be answerable"] == 0.5
    assert figures["set/squad: F1"] == figures["set/squad: exact"] == 0.5
    assert figures["set/squad: first by search"] == 0.5  # 10 before 11
    assert figures["set/squad: first by relevance + 0 search"] == 0.5  # 11 before 10
    assert figures["set/trap: said to be answerable"] == 0.5
    assert "set/trap: F1" not in figures
    assert figures["answerable or not, own passage: AUROC"] == 0.5
