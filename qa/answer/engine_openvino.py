"""The quicker engine: runs the reader's network in OpenVINO, from graphs that were converted once and kept.

Needs torch only for converting, so that a process with kept graphs reads without it.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from embeddings.bundled import MANIFEST, cache_root
from qa.answer.converted import digest, kept_folder
from qa.answer.engine import OPENVINO, Held, Ids, PairScores, States
from qa.answer.quiet_openvino import import_openvino
from qa.answer.shape import PADDING, WEIGHTS
from qa.answer.words import WordTable
from qa.errors import ModelUnavailableError

LOWER, UPPER, JUDGE = "lower.xml", "upper.xml", "judge.xml"
_MAKERS = ("convert.py", "network.py")  # whoever changes what they compute gets other graphs


class OpenvinoEngine:
    """Runs the graphs, the layers in bfloat16 where the processor has fast bfloat16.

    Args:
        graphs: Folder of the graphs.
        words: Of the encoder.
        bfloat16: Instead of what the processor says (tests).
    """

    name = OPENVINO

    def __init__(self, graphs: Path, words: WordTable, *, bfloat16: bool | None = None) -> None:
        core = import_openvino().Core()
        fast = _fast_bfloat16() if bfloat16 is None else bfloat16
        settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "bf16" if fast else "f32"}
        threads = os.environ.get("OMP_NUM_THREADS", "")  # which torch obeys, too; else OpenVINO counts the cores
        if threads.isdecimal() and int(threads) > 0:
            settings["INFERENCE_NUM_THREADS"] = threads
        self._lower: Any = core.compile_model(graphs / LOWER, "CPU", settings)
        self._upper: Any = core.compile_model(graphs / UPPER, "CPU", settings)
        exact = {**settings, "INFERENCE_PRECISION_HINT": "f32"}  # bfloat16 would let near passages tie
        self._judge: Any = core.compile_model(graphs / JUDGE, "CPU", exact)
        self._words = words

    def lower(self, ids: Ids) -> States:
        # A request of its own for every call, for threads cannot share one.
        states: States = self._lower.infer_new_request([self._words[ids], ids != PADDING])[0]
        return states

    def upper(self, question: States, question_held: Held, passage: States, passage_held: Held) -> PairScores:
        said = self._upper.infer_new_request([question, question_held, passage, passage_held])
        states, spans = said[0], said[1]
        judged = self._judge.infer_new_request([states, question_held, passage_held])[0]
        return PairScores(judged[:, 0], judged[:, 1], spans[..., 0], spans[..., 1])


def open_openvino(folder: Path, encoder_folder: Path, *, bfloat16: bool | None = None) -> OpenvinoEngine:
    """Open the engine; converts the network first where that was not done or the graphs are damaged.

    Args:
        folder: Holds the reader's weights.
        encoder_folder: As `bundled_folder` returns it, with its manifest.
        bfloat16: Instead of what the processor says (tests).

    Raises:
        ModelUnavailableError: The graphs cannot be kept in the cache folder.
    """

    def make(to: Path) -> None:
        from qa.answer.convert import convert  # noqa: PLC0415 - torch

        convert(folder, encoder_folder, to)

    try:
        graphs = kept_folder(graphs_folder(folder, encoder_folder), make)
    except OSError as error:
        raise ModelUnavailableError(
            f"The reader cannot be converted for OpenVINO into {cache_root()}: {error}.",
            'Free 100 MB there, set WENJU_CACHE to a folder that can be written, or set `engine = "torch"`.',
        ) from error
    return OpenvinoEngine(graphs, WordTable(encoder_folder), bfloat16=bfloat16)


def graphs_folder(folder: Path, encoder_folder: Path) -> Path:
    """Return where the graphs are kept; other weights, another encoder, OpenVINO or code give another folder."""
    depends_on = [
        digest(folder / WEIGHTS),
        digest(encoder_folder / MANIFEST),  # which holds the sha256 of every file of the encoder
        *(digest(Path(__file__).with_name(name)) for name in _MAKERS),
        import_openvino().__version__,
    ]
    key = hashlib.sha256(json.dumps(depends_on).encode()).hexdigest()[:16]
    return cache_root() / "graphs" / f"reader-{key}"


def _fast_bfloat16() -> bool:
    """Say whether the processor multiplies bfloat16 quickly, by the rule of the torch engine and without torch.

    OpenVINO's own list of abilities names BF16 also where it is emulated. Elsewhere than on Linux the answer is no.
    """
    info = Path("/proc/cpuinfo")
    if not info.is_file():
        return False
    flags = next((line for line in info.read_text(encoding="utf-8").splitlines() if line.startswith("flags")), "")
    return not {"avx512_bf16", "amx_bf16"}.isdisjoint(flags.split())
