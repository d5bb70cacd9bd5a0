"""Measure the network on articles that it was not trained on: ranking, spans, and knowing what is not answered."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from qa.answer.decode import best_spans, merged
from qa.answer.network import ReaderNetwork, Scores
from qa.answer.windows import Window, Windows
from qa.evaluation.metrics import auroc, character_f1, exact_match
from qa.training.batches import Row
from qa.training.data import Pair, TrainingSet
from qa.training.loss import LowerStates, read_rows
from qa.training.mine import Ranked

_CANDIDATES = 8
_BATCH = 24
_SEED = 5
_PRIOR_SHARES = (0.0, 1.0, 2.0, 4.0, 8.0)


@dataclass(frozen=True, slots=True)
class _Read:
    """What the network says of one passage for one question, its windows taken together."""

    relevance: float
    answerable: float
    answer: str


@torch.inference_mode()
def validate(
    network: ReaderNetwork, windows: Windows, data: TrainingSet, ranked: Sequence[Ranked], *, most: int
) -> dict[str, float]:
    """Return the figures on validation articles by name.

    Args:
        network: To measure.
        windows: Its tokenizer.
        data: With pairs of both halves.
        ranked: The search's list for every pair.
        most: Questions of each kind that are read.
    """
    network.eval()
    lower = LowerStates(network)
    kinds: dict[str, list[tuple[Pair, Ranked]]] = defaultdict(list)
    for pair, ranking in zip(data.pairs, ranked, strict=True):
        if data.paragraphs[pair.paragraph].validates:
            kinds[f"{pair.source.split('_')[0]}/{pair.kind}"].append((pair, ranking))
    figures: dict[str, float] = {}
    answerable: list[tuple[float, bool]] = []
    for name, items in sorted(kinds.items()):
        chosen = random.Random(_SEED).sample(items, min(most, len(items)))
        own = [_read(network, lower, windows, data, pair, [pair.paragraph])[0] for pair, _ in chosen]
        answerable += [(read.answerable, pair.answerable) for read, (pair, _) in zip(own, chosen, strict=True)]
        figures[f"{name}: questions"] = len(chosen)
        figures[f"{name}: said to be answerable"] = float(np.mean([read.answerable > 0 for read in own]))
        if not chosen[0][0].answerable:
            continue
        truths = [data.paragraphs[pair.paragraph].text[pair.start : pair.end] for pair, _ in chosen]
        figures[f"{name}: F1"] = float(
            np.mean([character_f1(r.answer, [t]) for r, t in zip(own, truths, strict=True)])
        )
        figures[f"{name}: exact"] = float(np.mean([exact_match(r.answer, [t]) for r, t in zip(own, truths, strict=True)]))
        figures.update({f"{name}: {key}": value for key, value in _ranking(network, lower, windows, data, chosen).items()})
    area = auroc([score for score, _ in answerable], [held for _, held in answerable])
    figures["answerable or not, own passage: AUROC"] = area or 0.0
    network.train()
    return figures


def _ranking(
    network: ReaderNetwork,
    lower: LowerStates,
    windows: Windows,
    data: TrainingSet,
    items: Sequence[tuple[Pair, Ranked]],
) -> Iterator[tuple[str, float]] | dict[str, float]:
    """Return how often the right paragraph comes first, by the search and with the relevance added."""
    hits: dict[str, list[bool]] = defaultdict(list)
    for pair, ranking in items:
        rows = [row for row, _ in ranking[:_CANDIDATES]]
        prior = np.array([score for _, score in ranking[:_CANDIDATES]])
        relevance = np.array([read.relevance for read in _read(network, lower, windows, data, pair, rows)])
        hits["first by search"].append(rows[int(prior.argmax())] == pair.paragraph)
        for share in _PRIOR_SHARES:
            hits[f"first by relevance + {share:g} search"].append(
                rows[int((relevance + share * prior).argmax())] == pair.paragraph
            )
    return {name: float(np.mean(values)) for name, values in hits.items()}


def _read(
    network: ReaderNetwork, lower: LowerStates, windows: Windows, data: TrainingSet, pair: Pair, rows: Sequence[int]
) -> list[_Read]:
    question = windows.question(pair.question)
    cut = [windows.passage(data.paragraphs[row].title, data.paragraphs[row].text) for row in rows]
    flat = [Row(question, window, 0.0) for held in cut for window in held]
    scores = [_scores(network, lower, flat[first : first + _BATCH]) for first in range(0, len(flat), _BATCH)]
    found = [one for batch in scores for one in batch]
    reads = []
    for row, held in zip(rows, cut, strict=True):
        mine, found = found[: len(held)], found[len(held) :]
        text = data.paragraphs[row].text
        spans = merged(
            [span for window, one in zip(held, mine, strict=True) for span in best_spans(window, one[2], one[3])],
            count=1,
        )
        answer = text[spans[0].start : spans[0].end] if spans else ""
        reads.append(_Read(max(one[0] for one in mine), max(one[1] for one in mine), answer))
    return reads


def _scores(
    network: ReaderNetwork, lower: LowerStates, rows: Sequence[Row]
) -> list[tuple[float, float, "np.ndarray[tuple[int], np.dtype[np.float32]]", "np.ndarray[tuple[int], np.dtype[np.float32]]"]]:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        said: Scores = read_rows(network, lower, rows)
    return list(
        zip(said.relevance.tolist(), said.answerable.tolist(), said.start.numpy(), said.end.numpy(), strict=True)
    )
