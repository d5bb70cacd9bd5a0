"""Measure the network on articles that it was not trained on: ranking, spans, and knowing what is not answered.

Figures are named `source/kind: measure`, as `cmrc/squad: F1`. Changes no weights; leaves the network in training mode.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from qa.answer.decode import best_spans, merged
from qa.answer.network import ReaderNetwork
from qa.answer.windows import Windows
from qa.evaluation.metrics import auroc, character_f1, exact_match
from qa.training.batches import Row
from qa.training.data import Pair, Paragraph, TrainingSet
from qa.training.loss import LowerStates, read_rows
from qa.training.mine import Ranked

_CANDIDATES = 8
_BATCH = 24
_SEED = 5
_PRIOR_SHARES = (0.0, 1.0, 2.0, 4.0, 8.0)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the network says of one window for one question; `start` and `end` are logits, shape (tokens,) or longer."""

    relevance: float
    answerable: float
    start: NDArray[np.float32]
    end: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the network says of one passage for one question, its windows taken together."""

    relevance: float
    answerable: float
    answer: str


class _Readers:
    """The network with what it needs to read a question against paragraphs."""

    def __init__(self, network: ReaderNetwork, windows: Windows, paragraphs: Sequence[Paragraph]) -> None:
        self._network = network
        self._lower = LowerStates(network)
        self._windows = windows
        self._paragraphs = paragraphs

    def read(self, question: str, rows: Sequence[int]) -> list[_Reading]:
        """Return one reading for each row of the paragraphs: the best of its windows in every respect."""
        asked = self._windows.question(question)
        cut = [self._windows.passage(self._paragraphs[row].title, self._paragraphs[row].text) for row in rows]
        flat = [Row(asked, window, 0.0) for held in cut for window in held]
        said = [one for first in range(0, len(flat), _BATCH) for one in self._run(flat[first : first + _BATCH])]
        readings = []
        for row, held in zip(rows, cut, strict=True):
            own, said = said[: len(held)], said[len(held) :]
            spans = merged(
                [
                    span
                    for window, one in zip(held, own, strict=True)
                    for span in best_spans(window, one.start, one.end)
                ],
                count=1,
            )
            answer = self._paragraphs[row].text[spans[0].start : spans[0].end] if spans else ""
            readings.append(_Reading(max(one.relevance for one in own), max(one.answerable for one in own), answer))
        return readings

    def _run(self, rows: Sequence[Row]) -> list[_Said]:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = read_rows(self._network, self._lower, rows)
        columns = (scores.relevance.tolist(), scores.answerable.tolist(), scores.start.numpy(), scores.end.numpy())
        return [_Said(*one) for one in zip(*columns, strict=True)]


@torch.inference_mode()
def validate(
    network: ReaderNetwork, windows: Windows, data: TrainingSet, ranked: Sequence[Ranked], *, most: int
) -> dict[str, float]:
    """Return the figures on validation articles by name, for every kind of question.

    `said to be answerable` is the share with a logit above 0 for the question's own paragraph; `F1` and `exact` compare
    the best span of that paragraph with the answer; `first by …` is how often that paragraph comes first among the
    eight that the search finds, and a paragraph that the search does not find is never first. `AUROC` tells answered
    from unanswered questions, each with its own paragraph, over all kinds.

    Args:
        network: To measure.
        windows: Its tokenizer.
        data: With pairs of both halves.
        ranked: The search's list for every pair.
        most: Questions of each kind that are read, drawn the same way every time.
    """
    network.eval()
    readers = _Readers(network, windows, data.paragraphs)
    kinds: dict[str, list[tuple[Pair, Ranked]]] = defaultdict(list)
    for pair, ranking in zip(data.pairs, ranked, strict=True):
        if data.paragraphs[pair.paragraph].validates:
            kinds[f"{pair.source.split('_')[0]}/{pair.kind}"].append((pair, ranking))
    figures: dict[str, float] = {}
    answerable: list[tuple[float, bool]] = []
    for name, items in sorted(kinds.items()):
        chosen = random.Random(_SEED).sample(items, min(most, len(items)))
        own = [readers.read(pair.question, [pair.paragraph])[0] for pair, _ in chosen]
        answerable += [(read.answerable, pair.answerable) for read, (pair, _) in zip(own, chosen, strict=True)]
        figures[f"{name}: questions"] = len(chosen)
        figures[f"{name}: said to be answerable"] = float(np.mean([read.answerable > 0 for read in own]))
        if not chosen[0][0].answerable:
            continue
        truths = [[data.paragraphs[pair.paragraph].text[pair.start : pair.end]] for pair, _ in chosen]
        answers = [read.answer for read in own]
        figures[f"{name}: F1"] = float(np.mean([character_f1(*pair) for pair in zip(answers, truths, strict=True)]))
        figures[f"{name}: exact"] = float(np.mean([exact_match(*pair) for pair in zip(answers, truths, strict=True)]))
        figures.update({f"{name}: {measure}": value for measure, value in _ranking(readers, chosen).items()})
    area = auroc([score for score, _ in answerable], [held for _, held in answerable])
    figures["answerable or not, own passage: AUROC"] = area or 0.0
    network.train()
    return figures


def _ranking(readers: _Readers, items: Sequence[tuple[Pair, Ranked]]) -> dict[str, float]:
    """Return how often the right paragraph comes first, by the search and with the relevance added."""
    hits: dict[str, list[bool]] = defaultdict(list)
    for pair, ranking in items:
        rows = [row for row, _ in ranking[:_CANDIDATES]]
        prior = np.array([score for _, score in ranking[:_CANDIDATES]])
        relevance = np.array([read.relevance for read in readers.read(pair.question, rows)])
        hits["first by search"].append(rows[int(prior.argmax())] == pair.paragraph)
        for share in _PRIOR_SHARES:
            first = rows[int((relevance + share * prior).argmax())]
            hits[f"first by relevance + {share:g} search"].append(first == pair.paragraph)
    return {name: float(np.mean(values)) for name, values in hits.items()}
