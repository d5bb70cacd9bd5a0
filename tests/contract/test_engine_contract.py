"""What every engine must do, run over torch and OpenVINO with the reader's real weights."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from qa.answer.engine import Engine, PairScores, padded
from qa.answer.shape import PADDING

# Loads torch and transformers, whose packages open files without naming an encoding.
pytestmark = [pytest.mark.model, pytest.mark.filterwarnings("ignore::EncodingWarning")]

EXACT = 1e-3  # in single precision; 0.00001 were seen, from sums in another order
ROUGH = 0.3  # in bfloat16, 8 bits of mantissa through 12 layers; 0.16 were seen, at a token where no answer starts
QUESTION = "市图书馆新馆一共有多少个阅览座位?"
PASSAGES = [
    ("新馆开门", "市图书馆新馆设阅览座位1860个。"),
    ("新馆开门", "市图书馆新馆昨日开门，市民可凭身份证入馆，馆内设有咖啡厅，周一闭馆。" * 4),
    ("防洪墙加固", "防洪墙全长22.2公里，总投资6.35亿元。"),
    ("The bridge", "The bridge is 30 m long."),
]


def _open(name: str, *, bfloat16: bool) -> Engine:
    from embeddings.bundled import bundled_folder
    from qa.answer.reader import MODEL

    if name == "openvino":
        if find_spec("openvino") is None:
            pytest.skip("openvino is not installed")
        from qa.answer.engine_openvino import open_openvino

        return open_openvino(MODEL, bundled_folder(), bfloat16=bfloat16)
    from qa.answer.engine_torch import TorchEngine
    from qa.answer.network import load_network

    return TorchEngine(load_network(MODEL, bundled_folder()), bfloat16=bfloat16)


@pytest.fixture(scope="module", params=["torch", "openvino"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return the engine in single precision, where what padding changes is not hidden by rounding."""
    return _open(request.param, bfloat16=False)


@pytest.fixture(scope="module")
def texts() -> tuple[tuple[int, ...], list[tuple[int, ...]]]:
    """Return the token ids of the question and of the passages' first windows."""
    from embeddings.bundled import bundled_folder
    from qa.answer.reader import MODEL, open_windows

    windows = open_windows(MODEL, bundled_folder())
    return windows.question(QUESTION), [windows.passage(*passage)[0].ids for passage in PASSAGES]


Texts = tuple[tuple[int, ...], list[tuple[int, ...]]]


def _read(engine: Engine, question: tuple[int, ...], passages: Sequence[tuple[int, ...]]) -> PairScores:
    questions, ids = padded([question] * len(passages)), padded(passages)
    return engine.upper(engine.lower(questions), questions != PADDING, engine.lower(ids), ids != PADDING)


def _assert_alike(one: PairScores, other: PairScores, lengths: Sequence[int], tolerance: float) -> None:
    """Compare all that is said of each pair, at padding excepted."""
    assert one.relevance == pytest.approx(other.relevance, abs=tolerance)
    assert one.answerable == pytest.approx(other.answerable, abs=tolerance)
    for row, length in enumerate(lengths):
        assert one.start[row, :length] == pytest.approx(other.start[row, :length], abs=tolerance)
        assert one.end[row, :length] == pytest.approx(other.end[row, :length], abs=tolerance)


class TestEngine:
    """One test per promise of the protocol."""

    def test_all_figures_are_single_precision_and_of_the_shape_that_is_promised(
        self, engine: Engine, texts: Texts
    ) -> None:
        question, passages = texts
        longest = max(map(len, passages))

        states = engine.lower(padded(passages))
        said = _read(engine, question, passages)

        assert (states.shape, states.dtype) == ((4, longest, 384), np.float32)
        assert said.relevance.shape == said.answerable.shape == (4,)
        assert said.start.shape == said.end.shape == (4, longest)
        assert {array.dtype for array in (said.relevance, said.answerable, said.start, said.end)} == {
            np.dtype(np.float32)
        }

    def test_it_knows_which_passage_answers_and_where(self, engine: Engine, texts: Texts) -> None:
        """The real weights: only the first passage names seats."""
        from embeddings.bundled import bundled_folder
        from qa.answer.reader import MODEL, PassageReader, open_windows

        question, passages = texts
        said = _read(engine, question, passages)
        readings = PassageReader(engine, open_windows(MODEL, bundled_folder())).read(QUESTION, PASSAGES)

        assert [bool(logit > 0) for logit in said.answerable] == [True, False, False, False]
        best = readings[0].spans[0]
        assert "1860" in PASSAGES[0][1][best.start : best.end]

    @pytest.mark.parametrize("name", ["torch", "openvino"])
    def test_what_is_said_of_a_passage_depends_on_nothing_that_was_read_beside_it_or_before(self, name: str) -> None:
        """In bfloat16, in which the width of a batch shows in the third digit; 0.0000005 are left, from its height."""
        from embeddings.bundled import bundled_folder
        from qa.answer.reader import MODEL, PassageReader, open_windows

        engine, windows = _open(name, bfloat16=True), open_windows(MODEL, bundled_folder())
        together = PassageReader(engine, windows).read(QUESTION, PASSAGES)
        later = PassageReader(engine, windows)
        later.read("防洪墙全长多少公里?", PASSAGES[1:3])

        alone = [PassageReader(engine, windows).read(QUESTION, [passage])[0] for passage in PASSAGES]
        for readings in (alone, later.read(QUESTION, PASSAGES)):
            for reading, expected in zip(readings, together, strict=True):
                assert reading.relevance == pytest.approx(expected.relevance, abs=1e-5)
                assert reading.answerable == pytest.approx(expected.answerable, abs=1e-5)
                assert [(span.start, span.end) for span in reading.spans] == [
                    (span.start, span.end) for span in expected.spans
                ]

    def test_the_neighbours_and_their_padding_change_no_figure(self, engine: Engine, texts: Texts) -> None:
        """Each pair read alone, one row, gives what it gives in a batch of different lengths."""
        question, passages = texts
        together = _read(engine, question, passages)

        for row, ids in enumerate(passages):
            alone = _read(engine, question, [ids])
            one = PairScores(
                together.relevance[row : row + 1],
                together.answerable[row : row + 1],
                together.start[row : row + 1, : len(ids)],
                together.end[row : row + 1, : len(ids)],
            )
            _assert_alike(one, alone, [len(ids)], EXACT)

    def test_padding_of_the_question_changes_no_figure(self, engine: Engine, texts: Texts) -> None:
        question, passages = texts
        longer = (*question, *[PADDING] * 9)
        lengths = [len(ids) for ids in passages]

        _assert_alike(_read(engine, longer, passages), _read(engine, question, passages), lengths, EXACT)

    def test_the_same_call_gives_the_same_bytes(self, engine: Engine, texts: Texts) -> None:
        first, second = _read(engine, *texts), _read(engine, *texts)

        assert first.answerable.tobytes() == second.answerable.tobytes()
        assert first.start.tobytes() == second.start.tobytes()


@pytest.mark.parametrize(("bfloat16", "tolerance"), [(False, EXACT), (True, ROUGH)], ids=["float32", "bfloat16"])
def test_the_engines_agree(texts: Texts, *, bfloat16: bool, tolerance: float) -> None:
    one, other = (_open(name, bfloat16=bfloat16) for name in ("torch", "openvino"))

    _assert_alike(_read(one, *texts), _read(other, *texts), [len(ids) for ids in texts[1]], tolerance)


def test_near_passages_do_not_tie_in_bfloat16(texts: Texts) -> None:
    """Around 5, bfloat16 knows steps of 1/32 only; the heads that rank keep single precision."""
    question, passages = texts
    said = _read(_open("openvino", bfloat16=True), question, passages)

    assert any(logit != round(float(logit) * 128) / 128 for logit in said.relevance)


def test_both_ask_the_processor_the_same() -> None:
    """OpenVINO's engine does so without torch."""
    if not Path("/proc/cpuinfo").is_file():
        pytest.skip("only Linux says so in a file")
    from qa.answer import engine_openvino, engine_torch

    assert engine_openvino._fast_bfloat16() == engine_torch._fast_bfloat16()
