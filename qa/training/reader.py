"""`python -m qa.training.reader`: train the reader from the offline encoder and write weights, log and curves.

Puts the parts in order and seeds every random stream; README.md beside this file tells the whole story.
"""

import argparse
import ctypes
import json
import random
import resource
import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from transformers.utils import logging

from embeddings.bundled import bundled_folder
from embeddings.encoder import open_encoder
from qa.answer.network import new_network, save_network
from qa.answer.shape import WEIGHTS, NetworkShape
from qa.answer.windows import Windows
from qa.errors import RemedyError
from qa.training.curves import draw
from qa.training.data import TrainingSet, read_training_set
from qa.training.log import LOG, RunLog
from qa.training.mine import Ranked, mine
from qa.training.steps import LICENCE, Plan, train
from qa.training.table import table
from qa.training.validate import validate

_SEED = 20261123
_MINED = "mined.json"
_VALIDATE_AT_END = 120  # questions of each kind
_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_MAX = -1, -2, -4  # of glibc's mallopt


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write everything; return 0, or 2 where something that is needed is missing."""
    chosen = _parser().parse_args(arguments)
    try:
        _run(chosen)
    except RemedyError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _run(chosen: argparse.Namespace) -> None:
    plan = Plan(chosen.steps, chosen.groups, chosen.validate_every, seed=_SEED)
    _keep_memory()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # else a report of weights that are not used
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    random.seed(_SEED)
    np.random.seed(_SEED)
    torch.manual_seed(_SEED)
    torch.set_num_threads(chosen.threads)
    chosen.to.mkdir(parents=True, exist_ok=True)
    log = RunLog(chosen.to / LOG)
    log.write(event="started", steps=plan.steps, groups=plan.groups, seed=plan.seed, threads=chosen.threads,
              squad=[path.name for path in chosen.squad], torch=torch.__version__)  # fmt: skip
    encoder_folder = bundled_folder()
    shape = NetworkShape()
    network = new_network(shape, encoder_folder)
    windows = Windows(
        encoder_folder / "tokenizer.json",
        question_tokens=shape.question_tokens,
        passage_tokens=shape.passage_tokens,
        context_tokens=shape.context_tokens,
    )
    data = read_training_set(chosen.squad)
    _tell(data, log)
    ranked = _mined(data, chosen.to / _MINED, log)
    log.write(event="mined")
    train(network, windows, data, ranked, plan, to=chosen.to, log=log)
    save_network(network, chosen.to, {"licence": LICENCE})
    log.say(f"validating with up to {_VALIDATE_AT_END} questions of each kind, which takes minutes")
    figures = validate(network, windows, data, ranked, most=_VALIDATE_AT_END)
    log.write(event="validated", step=plan.steps, **figures)
    save_network(network, chosen.to, {"licence": LICENCE, "figures": json.dumps(figures)})
    gigabytes = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 1)  # Linux counts in kilobytes
    log.write(event="saved", file=WEIGHTS, gigabytes=gigabytes)
    log.say(f"most memory held at once: {gigabytes} GB")
    log.say(f"written: {chosen.to / WEIGHTS}, {chosen.to / LOG}, {draw(chosen.to)}\n\n{table(figures)}")


def _mined(data: TrainingSet, kept: Path, log: RunLog) -> list[Ranked]:
    """Return the search's list for every pair, from the file where an earlier run with the same data kept it.

    Encoding draws nothing from the random streams: with and without the file, the weights become the same.
    """
    key = sha256(repr((data.paragraphs, data.pairs)).encode()).hexdigest()
    if kept.is_file():
        stored = json.loads(kept.read_text(encoding="utf-8"))
        if stored["key"] == key:
            log.say(f"hard negatives as an earlier run with the same data found them: {kept}")
            return [[(row, score) for row, score in ranking] for ranking in stored["ranked"]]
    log.say("looking for hard negatives: every paragraph and question is encoded, which takes minutes")
    ranked = mine(data.paragraphs, data.pairs, open_encoder("bundled"))
    kept.write_text(json.dumps({"key": key, "ranked": ranked}), encoding="utf-8")
    return ranked


def _tell(data: TrainingSet, log: RunLog) -> None:
    """Write and say what is trained on, and what was left out."""
    trained, validation = len(data.of(validation=False)), len(data.of(validation=True))
    log.write(event="data", paragraphs=len(data.paragraphs), trained=trained, validation=validation,
              without_answer=data.without_answer, without_paragraph=data.without_paragraph)  # fmt: skip
    log.say(f"{len(data.paragraphs)} paragraphs; {trained} questions to train on, {validation} to validate with")
    if data.without_answer or data.without_paragraph:
        log.say(
            f"left out: {data.without_answer} public questions whose answer their paragraph does not hold, "
            f"{data.without_paragraph} written questions about paragraphs of sets that were not named"
        )


def _keep_memory() -> None:
    """Let the C library keep what is freed: giving pages back and fetching them again took a third of a step."""
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        library.mallopt(_M_MMAP_MAX, 0)
        library.mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)
        library.mallopt(_M_TOP_PAD, 200 * 2**20)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m qa.training.reader",
        description="Train the reader from the offline encoder, on a processor. Written to the folder: the weights "
        f"({WEIGHTS}), the log ({LOG}), curves.png, and what was mined ({_MINED}), so that a second run into the same "
        "folder with the same data starts sooner. Two cores need one to two hours and up to 12 GB of memory.",
        epilog="Example: python -m qa.training.reader --squad cmrc_trial.json cmrc_dev.json drcd_dev.json --to run. "
        "Afterwards: python -m qa.training.table run; python -m qa.training.card run. "
        "What each file is and where it comes from: qa/training/README.md.",
    )
    parser.add_argument(
        "--squad", type=_file, nargs="+", required=True, metavar="FILE",
        help="public question sets in SQuAD's JSON format, in this order; the written questions are about paragraphs "
        "of CMRC 2018 (trial, dev) and DRCD (dev), and those of a set that is not named are left out",
    )  # fmt: skip
    parser.add_argument(
        "--to", type=Path, required=True, metavar="FOLDER",
        help="where to write; it is made where it is missing, and an earlier run in it is replaced",
    )  # fmt: skip
    counts: tuple[tuple[str, int, int, str], ...] = (
        ("--steps", 3000, 1, "steps to take; the learning rate falls to its end over all of them"),
        ("--groups", 8, 1, "questions in one step, each with up to two passages that do not answer it"),
        ("--validate-every", 1000, 1, "steps between two validations on a part of the articles kept back"),
        ("--threads", 2, 1, "processor cores to use; another number may change the last digits of the figures"),
    )
    for name, default, least, meaning in counts:
        parser.add_argument(
            name, type=_at_least(least), default=default, metavar="N", help=f"{meaning} (default: {default})"
        )
    return parser


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {path}")
    return path


def _at_least(least: int) -> Callable[[str], int]:
    """Return a reader of whole numbers that refuses smaller ones."""

    def count(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text} is not a whole number from {least}")
        return int(text)

    return count


if __name__ == "__main__":
    raise SystemExit(main())
