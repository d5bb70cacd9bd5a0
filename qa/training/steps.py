"""The training loop: sort groups into steps, take the steps, report, validate, and keep what was reached.

Reads no data and makes no network; `reader.py` does, `loss.py` says what is taught.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch

from qa.answer.network import ReaderNetwork, save_network
from qa.answer.windows import Windows
from qa.training.batches import Group, Groups
from qa.training.data import TrainingSet
from qa.training.log import RunLog, progress
from qa.training.loss import LowerStates, losses, read_rows
from qa.training.mine import Ranked
from qa.training.validate import validate

LICENCE = "CC BY-SA 4.0"
_UPPER_RATE, _HEAD_RATE = 2.5e-4, 6e-4
_LAYER_DECAY = 0.85  # of the rate, from each trained layer to the one below it
_WARM_UP = 100  # steps
_CLIP = 1.0
_REPORT_EVERY = 50  # steps
_FIRST_REPORTS = (5, 20)  # steps after which the time left is said for the first time
_SORTED_OVER = 4  # batches whose groups are sorted by length, so that little padding is read
_VALIDATE_SOME = 20  # questions of each kind that are read in the midst of training


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to train and on what pieces.

    Attributes:
        steps: Steps of the optimizer.
        groups: Questions in one step.
        validate_every: Steps between two validations.
        seed: Of the groups and of their order.
    """

    steps: int
    groups: int
    validate_every: int
    seed: int


def train(
    network: ReaderNetwork,
    windows: Windows,
    data: TrainingSet,
    ranked: Sequence[Ranked],
    plan: Plan,
    *,
    to: Path,
    log: RunLog,
) -> None:
    """Train the network in place.

    Args:
        network: Untrained.
        windows: Its tokenizer.
        data: To train on, and to validate with.
        ranked: The search's list for every pair of the data.
        plan: How long.
        to: Folder, where what was reached is saved after every validation.
        log: Of the run.
    """
    groups = Groups(data, ranked, windows, seed=plan.seed)
    log.write(event="groups", epoch=len(groups))
    log.say(f"{len(groups)} groups make an epoch; {plan.steps} steps of {plan.groups}")
    optimizer = torch.optim.AdamW(parameters(network), weight_decay=0.01, foreach=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step, plan.steps))
    lower, chance = LowerStates(network), random.Random(plan.seed)
    _to_training(network)
    kept: list[dict[str, float]] = []
    spent, since = 0.0, log.seconds()  # on steps, without the validations
    for step, batch in enumerate(islice(_batches(groups, plan.groups, chance), plan.steps), start=1):
        with_prior = [chance.random() < 0.5 for _ in batch]
        kept.append(take_step(network, lower, batch, optimizer, with_prior=with_prior))
        schedule.step()
        if step % _REPORT_EVERY == 0 or step in _FIRST_REPORTS:
            means = {name: round(float(np.mean([losses_[name] for losses_ in kept])), 4) for name in kept[0]}
            spent, since = spent + log.seconds() - since, log.seconds()
            log.say(progress(step, plan.steps, spent, means))
            if step % _REPORT_EVERY == 0:
                log.write(event="step", step=step, **means)
                kept.clear()
        if step % plan.validate_every == 0 and step < plan.steps:
            log.say(f"validating with up to {_VALIDATE_SOME} questions of each kind")
            log.write(event="validated", step=step, **validate(network, windows, data, ranked, most=_VALIDATE_SOME))
            _to_training(network)
            save_network(network, to, {"licence": LICENCE, "unfinished": str(step)})
            since = log.seconds()
    log.write(event="trained", steps=plan.steps, left_out=groups.left_out)
    log.say(f"trained; {groups.left_out} times a question was passed over because no window holds its whole answer")


def take_step(
    network: ReaderNetwork,
    lower: LowerStates,
    batch: Sequence[Group],
    optimizer: torch.optim.Optimizer,
    *,
    with_prior: Sequence[bool],
) -> dict[str, float]:
    """Read the groups, change the weights once, and return the losses before the change by name."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = read_rows(network, lower, [row for group in batch for row in group])
    parts = losses(scores, batch, with_prior=with_prior)
    optimizer.zero_grad()
    torch.autograd.backward(sum(parts.values(), torch.zeros(())))
    torch.nn.utils.clip_grad_norm_([weights for weights in network.parameters() if weights.requires_grad], _CLIP)
    optimizer.step()
    return {name: float(value.detach()) for name, value in parts.items()}


def parameters(network: ReaderNetwork) -> list[dict[str, object]]:
    """Return what is trained with its rates, as an optimizer takes it: the lower a layer, the smaller."""
    layers = list(network.upper)
    groups: list[dict[str, object]] = [
        {"params": list(layer.parameters()), "lr": _UPPER_RATE * _LAYER_DECAY ** (len(layers) - 1 - number)}
        for number, layer in enumerate(layers)
    ]
    heads = [network.side, *network.judge.parameters(), *network.span.parameters()]
    return [*groups, {"params": heads, "lr": _HEAD_RATE}]


def rate(step: int, steps: int) -> float:
    """Return the share of the full rate: up over the warm-up, then down in a straight line to a fiftieth."""
    return min(1.0, (step + 1) / _WARM_UP) * max(0.02, 1 - step / steps)


def _to_training(network: ReaderNetwork) -> None:
    """Switch dropout on above; the frozen layers read as they always do."""
    network.train()
    network.embeddings.eval()
    network.lower.eval()


def _batches(groups: Groups, size: int, chance: random.Random) -> Iterator[list[Group]]:
    """Yield groups of like length together."""
    waiting: list[Group] = []
    for group in groups:
        waiting.append(group)
        if len(waiting) == size * _SORTED_OVER:
            waiting.sort(key=lambda rows: max(len(row.window.ids) for row in rows))
            batches = [waiting[first : first + size] for first in range(0, len(waiting), size)]
            chance.shuffle(batches)
            yield from batches
            waiting = []
