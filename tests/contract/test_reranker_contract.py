"""What every Reranker must do, run over a cross-encoder and over our own reader, both tiny and with random weights."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from qa.retrieval.rerank import CrossEncoderReranker, Reranker

# Loads torch and transformers, whose packages open files without naming an encoding.
pytestmark = [pytest.mark.model, pytest.mark.filterwarnings("ignore::EncodingWarning")]

QUESTION = "防洪墙全长多少公里?"
PASSAGES = [
    ("防洪墙加固", "防洪墙全长22.2公里。总投资6.35亿元。"),
    ("防洪墙加固", "副市长到现场查看。"),
    ("新馆开门", "图书馆新馆设阅览座位1860个。"),
    ("", "防洪墙全长22.2公里。总投资6.35亿元。"),
    ("The bridge", "The bridge is 30 m long."),
]
CLOSE = 0.1  # bfloat16 differs with the passages that stand in the same call; the figures here lie further apart

Opens = Callable[[], Reranker]


def _cross_encoder(folder: Path) -> Opens:
    from tiny_models import tiny_cross_encoder

    model = tiny_cross_encoder(folder / "tiny")
    return lambda: CrossEncoderReranker(model)


def _reader(folder: Path) -> Opens:
    if find_spec("qa.answer.reader") is None:
        pytest.skip("there is no reader yet")
    from tiny_models import tiny_reader

    from qa.answer.reader import ReaderReranker

    return lambda: ReaderReranker(tiny_reader(folder))


@pytest.fixture(scope="module", params=[_cross_encoder, _reader], ids=["cross-encoder", "reader"])
def opens(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Opens:
    """Return what opens the same reranker again, one that remembers nothing."""
    opened: Opens = request.param(tmp_path_factory.mktemp("reranker"))
    return opened


@pytest.fixture
def reranker(opens: Opens) -> Reranker:
    return opens()


class TestReranker:
    """One test per promise of the protocol."""

    def test_it_has_a_name(self, reranker: Reranker) -> None:
        assert reranker.name.strip() == reranker.name != ""

    def test_each_passage_gets_one_finite_figure(self, reranker: Reranker) -> None:
        relevance = reranker.relevance(QUESTION, PASSAGES)

        assert relevance.shape == (len(PASSAGES),)
        assert relevance.dtype == np.float64
        assert np.isfinite(relevance).all()

    def test_no_passage_gives_no_figure(self, reranker: Reranker) -> None:
        relevance = reranker.relevance(QUESTION, [])

        assert (relevance.shape, relevance.dtype) == ((0,), np.float64)

    def test_the_figures_are_logits(self, reranker: Reranker) -> None:
        """Not squeezed into 0 to 1, where all the good passages would be alike."""
        relevance = reranker.relevance(QUESTION, PASSAGES)

        assert ((relevance < 0) | (relevance > 1)).any()

    def test_the_same_call_gives_the_same_bytes(self, opens: Opens) -> None:
        """On the next run as well."""
        first, second = opens(), opens()

        assert first.relevance(QUESTION, PASSAGES).tobytes() == first.relevance(QUESTION, PASSAGES).tobytes()
        assert first.relevance(QUESTION, PASSAGES).tobytes() == second.relevance(QUESTION, PASSAGES).tobytes()

    def test_each_figure_belongs_to_the_passage_in_its_place(self, opens: Opens) -> None:
        """Models sort by length inside; whatever the neighbours and their order are, a passage keeps its figure."""
        together = opens().relevance(QUESTION, PASSAGES)
        turned = opens().relevance(QUESTION, PASSAGES[::-1])[::-1]
        alone = [opens().relevance(QUESTION, [passage])[0] for passage in PASSAGES]

        assert turned == pytest.approx(together, abs=CLOSE)
        assert alone == pytest.approx(together, abs=CLOSE)

    def test_question_context_and_text_are_all_read(self, reranker: Reranker) -> None:
        """Passages 0 and 3 differ in their context alone."""
        relevance = reranker.relevance(QUESTION, PASSAGES)
        other = reranker.relevance("图书馆新馆设多少个阅览座位?", PASSAGES)

        assert len({round(figure, 3) for figure in relevance}) == len(PASSAGES)
        assert np.abs(relevance - other).max() > CLOSE

    def test_the_same_passage_twice_gets_the_same_figure_twice(self, reranker: Reranker) -> None:
        twice = reranker.relevance(QUESTION, [PASSAGES[0], PASSAGES[1], PASSAGES[0]])

        assert twice[0] == pytest.approx(twice[2], abs=CLOSE)

    @pytest.mark.parametrize(
        "passage", [("", ""), ("墙", ""), (" ", "\u3000\n"), ("墙" * 3000, "墙"), ("", "墙" * 3000)]
    )
    def test_an_empty_or_endless_passage_gets_a_figure_too(self, reranker: Reranker, passage: tuple[str, str]) -> None:
        assert np.isfinite(reranker.relevance(QUESTION, [PASSAGES[0], passage])).all()
        assert np.isfinite(reranker.relevance("墙" * 2000, [passage])).all()

    def test_half_a_character_does_not_stop_it(self, reranker: Reranker) -> None:
        """Broken JSON can hold a lone surrogate, which cannot be written as UTF-8."""
        assert np.isfinite(reranker.relevance("桥\ud83d?", [("桥\ud83d", "桥\udcff长")])).all()

    def test_threads_that_share_it_get_the_figures_of_one_thread(self, opens: Opens) -> None:
        first, second = opens(), opens()
        questions = [f"第{number}座桥多长?" for number in range(12)]
        alone = [first.relevance(question, PASSAGES) for question in questions]

        with ThreadPoolExecutor(4) as threads:
            together = list(threads.map(lambda question: second.relevance(question, PASSAGES), questions))

        for one, other in zip(alone, together, strict=True):
            assert other == pytest.approx(one, abs=CLOSE)
