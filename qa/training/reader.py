"""`python -m qa.training.reader`: train the reader from the offline encoder, on two cores, and write model, log, curves.

See README.md beside this file for the commands and what they printed.
"""

import argparse
import ctypes
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch

from embeddings.bundled import bundled_folder
from embeddings.encoder import open_encoder
from qa.answer.network import NetworkShape, ReaderNetwork, new_network, save_network
from qa.answer.windows import Windows
from qa.training.batches import Group, Groups
from qa.training.data import TrainingSet, read_training_set
from qa.training.loss import LowerStates, losses, read_rows
from qa.training.mine import Ranked, mine
from qa.training.validate import validate

_SEED = 20261123
_UPPER_RATE, _HEAD_RATE = 2.5e-4, 6e-4
_LAYER_DECAY = 0.85  # of the rate, from each trained layer to the one below it
_WARM_UP = 100  # steps
_CLIP = 1.0
_REPORT_EVERY = 50  # steps
_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_MAX = -1, -2, -4  # of glibc's mallopt
_SORTED_OVER = 4  # batches whose groups are sorted by length, so that little padding is read


def main() -> None:
    """Train and write everything."""
    arguments = _arguments()
    _keep_memory()
    random.seed(_SEED)
    np.random.seed(_SEED)
    torch.manual_seed(_SEED)
    torch.set_num_threads(arguments.threads)
    arguments.to.mkdir(parents=True, exist_ok=True)
    log = _Log(arguments.to / "log.jsonl")
    encoder_folder = bundled_folder()
    shape = NetworkShape()
    network = new_network(shape, encoder_folder)
    windows = Windows(
        encoder_folder / "tokenizer.json",
        question_tokens=shape.question_tokens,
        passage_tokens=shape.passage_tokens,
        context_tokens=shape.context_tokens,
    )
    data = read_training_set(arguments.squad)
    log.write(event="data", paragraphs=len(data.paragraphs), trained=len(data.of(validation=False)),
              validation=len(data.of(validation=True)))  # fmt: skip
    ranked = mine(data.paragraphs, data.pairs, open_encoder("bundled"))
    log.write(event="mined")
    _train(network, windows, data, ranked, arguments, log)
    save_network(network, arguments.to, {"licence": "CC BY-SA 4.0"})
    figures = validate(network, windows, data, ranked, most=1000)
    log.write(event="validated", step=arguments.steps, **figures)
    notes = {"licence": "CC BY-SA 4.0", "figures": json.dumps(figures)}
    save_network(network, arguments.to, notes)
    log.write(event="saved", file=str(arguments.to))


def _keep_memory() -> None:
    """Let the C library keep what is freed: giving pages back and fetching them again took a third of a step."""
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        library.mallopt(_M_MMAP_MAX, 0)
        library.mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)
        library.mallopt(_M_TOP_PAD, 200 * 2**20)


def _train(
    network: ReaderNetwork,
    windows: Windows,
    data: TrainingSet,
    ranked: Sequence[Ranked],
    arguments: argparse.Namespace,
    log: "_Log",
) -> None:
    groups = Groups(data, ranked, windows, seed=_SEED)
    log.write(event="groups", epoch=len(groups))
    optimizer = torch.optim.AdamW(_parameters(network), weight_decay=0.01, foreach=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, arguments.steps))
    lower, chance = LowerStates(network), random.Random(_SEED)
    network.train()
    network.embeddings.eval()
    network.lower.eval()
    kept: list[dict[str, float]] = []
    for step, batch in enumerate(_batches(groups, arguments.groups, chance), start=1):
        if step > arguments.steps:
            break
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = read_rows(network, lower, [row for group in batch for row in group])
        parts = losses(scores, batch, with_prior=[chance.random() < 0.5 for _ in batch])
        optimizer.zero_grad()
        sum(parts.values(), torch.zeros(())).backward()
        torch.nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], _CLIP)
        optimizer.step()
        schedule.step()
        kept.append({name: float(value.detach()) for name, value in parts.items()})
        if step % _REPORT_EVERY == 0:
            log.write(event="step", step=step, **{n: round(float(np.mean([k[n] for k in kept])), 4) for n in parts})
            kept.clear()
        if step % arguments.validate_every == 0 and step < arguments.steps:
            log.write(event="validated", step=step, **validate(network, windows, data, ranked, most=60))
            network.embeddings.eval()
            network.lower.eval()
            save_network(network, arguments.to, {"licence": "CC BY-SA 4.0", "unfinished": str(step)})


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


def _parameters(network: ReaderNetwork) -> list[dict[str, object]]:
    """Return what is trained with its rates: the lower a layer, the smaller."""
    layers = list(network.upper)
    groups: list[dict[str, object]] = [
        {"params": list(layer.parameters()), "lr": _UPPER_RATE * _LAYER_DECAY ** (len(layers) - 1 - number)}
        for number, layer in enumerate(layers)
    ]
    heads = [network.side, *network.judge.parameters(), *network.span.parameters()]
    return [*groups, {"params": heads, "lr": _HEAD_RATE}]


def _rate(step: int, steps: int) -> float:
    """Return the share of the full rate: up over the warm-up, then down in a straight line to a fiftieth."""
    return min(1.0, (step + 1) / _WARM_UP) * max(0.02, 1 - step / steps)


class _Log:
    """Appends what happens to a file of JSON lines, with seconds since the start, and prints it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._started = time.monotonic()
        path.write_text("", encoding="utf-8")

    def write(self, **fields: object) -> None:
        """Append one line."""
        line = json.dumps({"seconds": round(time.monotonic() - self._started), **fields}, ensure_ascii=False)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
        print(line, flush=True)  # noqa: T201 - a script's progress


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m qa.training.reader", description=__doc__)
    parser.add_argument("--squad", type=Path, nargs="+", required=True, help="question sets in SQuAD's format")
    parser.add_argument("--to", type=Path, required=True, help="folder for the model, its log and its curves")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--groups", type=int, default=8, help="questions in one step")
    parser.add_argument("--validate-every", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
