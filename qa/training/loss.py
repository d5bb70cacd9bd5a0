"""What the reader is taught: rank the right passage first, know whether it answers, and find the answer.

Also runs the network on rows, with what its frozen layers say remembered. Makes no rows and takes no steps.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from qa.answer.network import ReaderNetwork, Scores, pad
from qa.training.batches import Group, Row

_PRIOR_SCALE = 4.0  # logits per unit of the fused score
_NOT_ANSWERING_WEIGHT = 0.6  # there are about two such pairs for one that answers
_NEVER = -1e4
_BLOCK = 100_000  # tokens; 77 MB


class LowerStates:
    """Runs the frozen lower layers once for every text and keeps what they gave, in bfloat16.

    Nothing is forgotten: a run over all windows of the public sets keeps about two gigabytes, in a few large blocks,
    for thousands of small ones between the tensors of each step would leave the memory in crumbs.
    """

    def __init__(self, network: ReaderNetwork) -> None:
        self._network = network
        self._kept: dict[tuple[int, ...], Tensor] = {}  # views of the blocks
        self._block = torch.empty(0, 0, dtype=torch.bfloat16)
        self._used = 0

    def of(self, texts: Sequence[tuple[int, ...]]) -> tuple[Tensor, Tensor]:
        """Return the states of texts, shape (texts, tokens, width), and where a token stands, shape (texts, tokens)."""
        waiting = sorted({ids for ids in texts if ids not in self._kept}, key=len)
        if waiting:
            with torch.no_grad():
                states = self._network.read_alone(pad(waiting))
            for ids, row in zip(waiting, states, strict=True):
                self._kept[ids] = self._stored(row[: len(ids)])
        filled = torch.nn.utils.rnn.pad_sequence([self._kept[ids] for ids in texts], batch_first=True).float()
        lengths = torch.tensor([len(ids) for ids in texts])
        return filled, torch.arange(filled.shape[1])[None, :] < lengths[:, None]

    def _stored(self, states: Tensor) -> Tensor:
        """Copy states of shape (tokens, width) into a block and return them there."""
        if self._used + len(states) > len(self._block):
            self._block = torch.empty(max(_BLOCK, len(states)), states.shape[1], dtype=torch.bfloat16)
            self._used = 0
        place = self._block[self._used : self._used + len(states)]
        place.copy_(states)
        self._used += len(states)
        return place


def read_rows(network: ReaderNetwork, lower: LowerStates, rows: Sequence[Row]) -> Scores:
    """Return the scores of pairs, one for each row, in order."""
    scores: Scores = network(*lower.of([row.question for row in rows]), *lower.of([row.window.ids for row in rows]))
    return scores


def losses(scores: Scores, groups: Sequence[Group], *, with_prior: Sequence[bool]) -> dict[str, Tensor]:
    """Return the three losses, each a mean: over groups, over pairs, over answers.

    `ranking` is the cross-entropy of the right window among those read for its question; `answerable` the binary
    cross-entropy over all pairs, those that do not answer at less weight; `span` the mean of the cross-entropies of
    the answer's first and last token among the passage's own tokens. Where no group can teach one, it is 0.

    Args:
        scores: Of all rows of the groups, in order.
        groups: As they were read.
        with_prior: For each group, whether the search's own score is added to the relevance, as it is when Wenju
            ranks; without it the relevance has to stand alone.
    """
    rows = [row for group in groups for row in group]
    answers = torch.tensor([float(row.start is not None) for row in rows])
    weights = torch.where(answers > 0, 1.0, _NOT_ANSWERING_WEIGHT)
    answerable = functional.binary_cross_entropy_with_logits(scores.answerable, answers, weight=weights)
    ranking = []
    first = 0
    for group, prior in zip(groups, with_prior, strict=True):
        last = first + len(group)
        # A pair with a changed question is no passage of this question's list.
        listed = [first + i for i, row in enumerate(group) if row.question == group[0].question]
        if group[0].start is not None and len(listed) > 1:
            logits = scores.relevance[listed]
            if prior:
                logits = logits + _PRIOR_SCALE * torch.tensor([rows[i].prior for i in listed])
            ranking.append(functional.cross_entropy(logits[None], torch.tensor([0])))
        first = last
    held = [i for i, row in enumerate(rows) if row.start is not None]
    return {
        "ranking": torch.stack(ranking).mean() if ranking else torch.zeros(()),
        "answerable": answerable,
        "span": _span_loss(scores, rows, held) if held else torch.zeros(()),
    }


def _span_loss(scores: Scores, rows: Sequence[Row], held: Sequence[int]) -> Tensor:
    start = functional.cross_entropy(_within(scores.start, rows)[held], _targets(rows, held, last=False))
    end = functional.cross_entropy(_within(scores.end, rows)[held], _targets(rows, held, last=True))
    return (start + end) / 2


def _within(logits: Tensor, rows: Sequence[Row]) -> Tensor:
    """Return the logits with everything but the passage's own tokens made impossible."""
    places = torch.arange(logits.shape[1])[None, :]
    first = torch.tensor([row.window.first for row in rows])[:, None]
    last = first + torch.tensor([len(row.window.ranges) for row in rows])[:, None]
    return logits.masked_fill((places < first) | (places >= last), _NEVER)


def _targets(rows: Sequence[Row], held: Sequence[int], *, last: bool) -> Tensor:
    """Return the place of the answer's first or last token among all tokens of its window, for the rows held."""
    return torch.tensor([rows[i].window.first + ((rows[i].end if last else rows[i].start) or 0) for i in held])
