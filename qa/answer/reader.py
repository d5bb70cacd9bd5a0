"""The trained reader at work: reads a question against passages and says how well each fits, and where the answer is.

Loads its weights from `model/` beside this module and the lower layers from the offline encoder. Chooses nothing: what
becomes of relevance, answerability and spans is decided in `qa.answer.read` and `qa.retrieval.rerank`.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.bundled import bundled_folder
from embeddings.errors import ModelUnavailableError
from qa.answer.decode import ScoredSpan, best_spans, log_chance, merged
from qa.answer.engine import AUTO, Engine, Held, States, choose_engine, open_engine, padded
from qa.answer.shape import WEIGHTS, read_shape
from qa.answer.windows import Window, Windows
from qa.retrieval.rerank import Relevance, RerankWeights

MODEL = Path(__file__).parent / "model"
# On 338 questions about the validation articles, sixteen more read where none of eight seemed to answer, 2026-11-25:
# evidence first .811 by the search alone, .840 at .05 for both, .855 at .2, .864 at .2 and .4, .867 at .3 and .5, .864
# at .6; by a throw-away script. `python -m qa.evaluation.weigh` prints the like, with all 24 read.
RERANK_WEIGHTS = RerankWeights(same=0.2, foreign=0.4)
_SPANS = 6  # kept of every passage
_STATES_KEPT = 512  # windows whose lower layers are remembered; about 60 MB
_READINGS_KEPT = 256
_ROWS_AT_ONCE = 16
_STEP = 32  # tokens; see `_width`


@dataclass(frozen=True, slots=True)
class PassageReading:
    """What the reader says of one passage for one question.

    Attributes:
        relevance: Logit, for comparing passages.
        answerable: Logit; above 0 where the passage answers the question more likely than not.
        spans: Best answers in the passage's text, best first; the score is the log-probability within their window.
    """

    relevance: float
    answerable: float
    spans: tuple[ScoredSpan, ...]


class PassageReader:
    """Reads passages with the trained network. Safe to share between threads.

    What was read lately is remembered, so that ranking and answering cost one reading.

    Args:
        engine: Runs the network.
        windows: Cuts question and passages to its size.
    """

    name = "reader"

    def __init__(self, engine: Engine, windows: Windows) -> None:
        self._engine = engine
        self._windows = windows
        self._mutex = threading.Lock()
        self._states: OrderedDict[tuple[int, ...], NDArray[np.float16]] = OrderedDict()
        self._readings: OrderedDict[tuple[str, str, str], PassageReading] = OrderedDict()

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[PassageReading]:
        """Read a question against passages.

        Args:
            question: Completed from the history.
            passages: Context (title, place) and text of each.

        Returns:
            One reading a passage, in order; a passage without text gets one without spans.
        """
        with self._mutex:
            known = {key: self._readings[key] for p in passages if (key := (question, *p)) in self._readings}
        missing = [passage for passage in dict.fromkeys(passages) if (question, *passage) not in known]
        for passage, reading in zip(missing, self._read(question, missing), strict=True):
            known[(question, *passage)] = reading
        with self._mutex:
            self._readings.update(known)
            _forget(self._readings, _READINGS_KEPT)
        return [known[(question, *passage)] for passage in passages]

    def _read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[PassageReading]:
        """Read passages that are not remembered."""
        cut = [self._windows.passage(context, text) for context, text in passages]
        flat = [window for windows in cut for window in windows]
        said: dict[int, _Said] = {}
        asked = self._windows.question(question)
        for rows in _batches([len(window.ids) for window in flat]):
            said.update(zip(rows, self._run(asked, [flat[row] for row in rows]), strict=True))
        readings, first = [], 0
        for windows in cut:
            readings.append(_together(windows, [said[first + number] for number in range(len(windows))]))
            first += len(windows)
        return readings

    def _run(self, question: tuple[int, ...], windows: Sequence[Window]) -> list["_Said"]:
        passage, held = self._lower([window.ids for window in windows], width=_width(len(windows[0].ids)))
        alone, question_held = self._lower([question], width=len(question))
        count = len(windows)
        scores = self._engine.upper(
            np.repeat(alone, count, axis=0), np.repeat(question_held, count, axis=0), passage, held
        )
        return [
            _Said(*row)
            for row in zip(scores.relevance.tolist(), scores.answerable.tolist(), scores.start, scores.end, strict=True)
        ]

    def _lower(self, texts: Sequence[tuple[int, ...]], *, width: int) -> tuple[States, Held]:
        """Return what the lower layers say of texts, remembered from earlier questions where it can be.

        Args:
            texts: Token ids.
            width: To which they are filled up; always the same for the same text.
        """
        with self._mutex:
            known = {ids: self._states[ids] for ids in texts if ids in self._states}
        missing = [ids for ids in dict.fromkeys(texts) if ids not in known]
        if missing:
            states = self._engine.lower(padded(missing, width=width))
            known.update({ids: row[: len(ids)].astype(np.float16) for ids, row in zip(missing, states, strict=True)})
            with self._mutex:
                self._states.update({ids: known[ids] for ids in missing})
                _forget(self._states, _STATES_KEPT)
        lengths = np.array([len(ids) for ids in texts])
        filled = np.zeros((len(texts), width, known[texts[0]].shape[1]), np.float32)
        for number, ids in enumerate(texts):
            filled[number, : len(ids)] = known[ids]
        return filled, np.arange(filled.shape[1]) < lengths[:, None]


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Return which windows are read together, by their lengths in tokens: those that are filled up to one width."""
    alike: dict[int, list[int]] = {}
    for row in sorted(range(len(lengths)), key=lambda row: (lengths[row], row)):
        alike.setdefault(_width(lengths[row]), []).append(row)
    return [
        rows[first : first + _ROWS_AT_ONCE] for rows in alike.values() for first in range(0, len(rows), _ROWS_AT_ONCE)
    ]


def _width(length: int) -> int:
    """Return the width to which a text is filled up: it depends on the text alone, not on what is read beside it.

    In bfloat16 the numbers of a row depend on the width of its batch, though not on its height or on the other rows
    (both engines, with avx512_bf16, 2026-11-26). Filled up to the longest of a batch, an answer would depend on which
    windows were remembered from earlier questions: a confidence of .8990 came out as .8987.
    """
    return -(-int(length) // _STEP) * _STEP


@dataclass(frozen=True, slots=True)
class _Said:
    relevance: float
    answerable: float
    start: NDArray[np.float32]
    end: NDArray[np.float32]


def _together(windows: Sequence[Window], said: Sequence[_Said]) -> PassageReading:
    """Join what was said of the windows of one passage.

    A passage is as relevant as its best window. A span counts by its chance in its window, less what the window lacks
    in answerability: the best span of a window that holds no answer must not win.
    """
    if not windows:
        return PassageReading(-20.0, -20.0, ())
    most = max(one.answerable for one in said)
    spans = [
        ScoredSpan(span.start, span.end, log_chance(window, span.score, one.start, one.end) - (most - one.answerable))
        for window, one in zip(windows, said, strict=True)
        for span in best_spans(window, one.start, one.end, count=_SPANS)
    ]
    return PassageReading(max(one.relevance for one in said), most, tuple(merged(spans, count=_SPANS)))


def _forget(
    kept: OrderedDict[tuple[int, ...], NDArray[np.float16]] | OrderedDict[tuple[str, str, str], PassageReading],
    most: int,
) -> None:
    while len(kept) > most:
        kept.popitem(last=False)


class ReaderReranker:
    """Reranker over the reader: the logit that the passage answers, which ranks as well as its relevance.

    On the validation articles (338 questions, 2026-11-25), eight passages read and weights fitted to each: evidence
    first .864 by the chance that it answers, .867 by that logit, .861 by the relevance, .864 by both.
    """

    name = "bundled"

    def __init__(self, reader: PassageReader) -> None:
        self._reader = reader

    def relevance(self, question: str, passages: Sequence[tuple[str, str]]) -> Relevance:
        return np.array([reading.answerable for reading in self._reader.read(question, passages)], np.float64)


def open_reader(engine: str = AUTO, folder: Path = MODEL) -> PassageReader:
    """Open the reader that comes with Wenju; the same one for every caller who wants this engine.

    Args:
        engine: `torch`, `openvino`, or `auto` for the quicker of those that are installed.
        folder: Holds the weights.

    Raises:
        ModelUnavailableError: Its weights, those of the offline encoder, or the engine are not here.
    """
    return _open(choose_engine(engine), folder)


@cache
def _open(engine: str, folder: Path) -> PassageReader:
    encoder_folder = bundled_folder()
    if not (folder / WEIGHTS).is_file():
        raise ModelUnavailableError(
            f"The reader's weights are not in {folder}.",
            'Set `answerer = "sentence"` and `reranker = "none"`, or train it: python -m qa.training.reader --help',
        )
    return PassageReader(open_engine(engine, folder, encoder_folder), open_windows(folder, encoder_folder))


def open_windows(folder: Path, encoder_folder: Path) -> Windows:
    """Return what cuts texts to the size of the network whose weights are in `folder`."""
    shape = read_shape(folder)
    return Windows(
        encoder_folder / "tokenizer.json",
        question_tokens=shape.question_tokens,
        passage_tokens=shape.passage_tokens,
        context_tokens=shape.context_tokens,
    )
