"""`wenju chat` in a real pseudo-terminal, over the sample corpus with the hashing encoder."""

import json
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from terminal import BACKSPACE, CONTROL_C, CONTROL_D, LEFT, UP, Terminal, shown

from embeddings.hashing import HashingEncoder
from qa.assistant import Assistant

ROOT = Path(__file__).resolve().parents[2]
SEATS = "图书馆新馆有多少个阅览座位？"
# The commonest first, those as common in the order of the alphabet.
PUBLISHERS = "publisher: 临溪晚报客户端, 云泊县融媒体中心, 南屏在线, 棠溪新报, 砚溪新报"
FERRY = "How long was the last cable ferry?"
EVIL = "\x1b]0;taken over\x07水厂\x1b[2J检修\n\n\x1b[31m城西水厂\u202e十二小时停水\x9b5n，请市民储水。\n"

Chat = Callable[..., Terminal]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the sample corpus and of a document that would steer a terminal."""
    place = tmp_path_factory.mktemp("talked")
    evil = place / "evil"
    evil.mkdir()
    (evil / "water.txt").write_text(EVIL, encoding="utf-8")
    assistant = Assistant.open(
        place / "store", encoder=HashingEncoder(), create=True, reranker="none", answerer="sentence"
    )
    assistant.index(ROOT / "docs" / "articles")
    assistant.index(evil, collection="evil")
    assistant.close()
    return place / "store"


@pytest.fixture
def environment(store: Path, tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WENJU_", "LC_"))}
    return {
        **kept,
        "WENJU_STORE": str(store), "WENJU_MODEL": "hashing", "WENJU_RERANKER": "none", "WENJU_ANSWERER": "sentence",
        "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "TERM": "xterm-256color", "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT), "PROMPT_TOOLKIT_NO_CPR": "1", "PAGER": "cat",
    }  # fmt: skip


@pytest.fixture
def chat(environment: dict[str, str], tmp_path: Path) -> Iterator[Chat]:
    """Return a function that starts `wenju chat` in a terminal; what is left running is ended."""
    started: list[Terminal] = []

    def start(
        *arguments: str, program: tuple[str, ...] = ("-m", "qa", "chat"), columns: int = 100, **more: str
    ) -> Terminal:
        terminal = Terminal([*program, *arguments], environment | more, folder=tmp_path, columns=columns)
        started.append(terminal)
        return terminal

    yield start
    for terminal in started:
        terminal.kill()


def leave(terminal: Terminal) -> None:
    """Press Ctrl-D at the next prompt, and see the program end well."""
    terminal.wait_for("›")
    terminal.type(CONTROL_D)
    assert terminal.end() == 0


def test_a_conversation_in_chinese_from_question_to_file(chat: Chat, tmp_path: Path) -> None:
    """Footnotes, a follow-up that says what was searched for, the article with the quotation marked, the file."""
    terminal = chat(LANG="zh_CN.UTF-8")
    terminal.wait_for("直接输入问题；:help 列出命令")
    terminal.wait_for("›")
    terminal.line(SEATS)
    answer = terminal.wait_for("linxi-daily-page.txt")
    assert "设阅览座位1900个" in answer
    assert "[1] 市图书馆新馆开门迎客 · 记者袁立冬 · linxi-daily-page.txt" in answer
    assert "\x1b[1;4m1900个\x1b[0m" in terminal.raw

    terminal.line("建筑面积呢？")
    assert "按“图书馆新馆 阅览座位 建筑面积”搜索；只问这一句：:alone" in terminal.wait_for("linxi-daily-page.txt")
    terminal.line("：sources")  # with the colon of a Chinese keyboard
    terminal.wait_for("linxi-daily-page.txt:1182-1219")
    terminal.wait_for("“新馆建筑面积2.86万平方米,设阅览座位1900个,首批上架图书74万册。”")
    terminal.line(":open 1")
    terminal.wait_for("市图书馆馆长唐书婷说")
    assert "\x1b[1;4m新馆建筑面积2.86万平方米" in terminal.raw
    terminal.line(":export talk.json")
    terminal.wait_for("已写入 talk.json（2 个问题）。")
    leave(terminal)
    written = json.loads((tmp_path / "talk.json").read_text(encoding="utf-8"))
    assert [turn["question"] for turn in written["turns"]] == [SEATS, "建筑面积呢？"]


def test_a_conversation_in_english_with_why_filters_and_slips(chat: Chat) -> None:
    terminal = chat("--language", "en")
    terminal.wait_for(":help lists the commands, Ctrl-D leaves.")
    terminal.line(FERRY)
    assert "[1] " in terminal.wait_for("last-cable-ferry.txt")
    terminal.line(":why")
    terminal.wait_for("Confidence: ")
    assert "close in meaning, rank " in terminal.wait_for("words match, rank ")
    terminal.line(":opne")
    terminal.wait_for("There is no command “:opne”. Did you mean :open?")
    terminal.line(":filter publisher=nobody")
    terminal.wait_for("No article has a publisher like “nobody”.")
    terminal.line(":filter")
    terminal.wait_for("No filters.")
    assert PUBLISHERS in terminal.wait_for("author: ")
    terminal.line(":filter publisher=云泊县 since=2024")
    terminal.wait_for("Filters: publisher 云泊县; from 2024-01-01")
    terminal.wait_for("2 articles fit.")
    terminal.line(SEATS)
    assert "Searched only: publisher 云泊县; from 2024-01-01" in terminal.wait_for("xingbei-village-notes.md")
    terminal.line(":filter off")
    terminal.wait_for("No filters.")
    terminal.line(":help")
    terminal.wait_for(":quit                 leave; so does Ctrl-D")
    terminal.line(":quit")

    assert terminal.end() == 0


def test_the_last_conversation_is_gone_on_with_and_its_lines_can_be_recalled(chat: Chat, tmp_path: Path) -> None:
    """What was typed is in a file that only its owner may read; Up brings the latest line back."""
    first = chat("--language", "zh")
    first.wait_for("›")
    first.line(SEATS)
    first.wait_for("linxi-daily-page.txt")
    leave(first)
    (remembered,) = (tmp_path / "data").rglob("chat_history")
    assert stat.S_IMODE(remembered.stat().st_mode) == 0o600

    second = chat("--language", "zh", "--continue")
    second.wait_for(f"接着上次的对话：{SEATS}（1 个问题）")
    second.line("建筑面积呢？")
    second.wait_for("按“图书馆新馆 阅览座位 建筑面积”搜索")
    second.line(":new")
    second.wait_for("新的对话。")
    second.type(UP + UP + "\r")
    assert "搜索；" not in second.wait_for("[1] ")
    leave(second)


def test_wide_characters_are_edited_one_by_one(chat: Chat) -> None:
    """Backspace takes one character, the cursor steps over one, however wide they are."""
    terminal = chat("--language", "zh")
    terminal.wait_for("›")
    terminal.type("图书馆新馆有多少个阅览座为馆" + BACKSPACE + BACKSPACE + "位？" + LEFT + LEFT + BACKSPACE + "座")
    terminal.line("")
    terminal.wait_for("linxi-daily-page.txt")
    terminal.line(":export typed.json")
    terminal.wait_for("已写入")
    leave(terminal)
    assert SEATS in shown(terminal.raw)


def test_ctrl_c_throws_a_line_away_and_twice_on_an_empty_one_leaves(chat: Chat) -> None:
    terminal = chat("--language", "en")
    terminal.wait_for("›")
    terminal.type("half a question")
    terminal.wait_for("half a question")
    terminal.type(CONTROL_C)
    terminal.wait_for("›")
    terminal.type(CONTROL_C)
    terminal.wait_for("Ctrl-C again, or Ctrl-D, leaves.")
    terminal.wait_for("›")
    terminal.type(CONTROL_C)

    assert terminal.end() == 0


SLOW = """
import sys, time
from qa.assistant import Assistant
from qa.types import Stage
quick = Assistant.ask
def ask(self, question, *, told, **more):
    if question == "slow":
        for _ in range(100):
            told(Stage.READING)
            time.sleep(0.1)
    return quick(self, question, told=told, **more)
Assistant.ask = ask
from qa.cli.app import main
sys.exit(main(["chat", "--language", "en"]))
"""


def test_ctrl_c_ends_a_question_and_not_the_conversation(chat: Chat) -> None:
    terminal = chat(program=("-c", SLOW))
    terminal.wait_for("›")
    terminal.line("slow")
    terminal.wait_for("Reading…")
    terminal.type(CONTROL_C)
    terminal.wait_for("Stopped. Ctrl-C again leaves.")
    terminal.wait_for("›")
    terminal.line(FERRY)
    terminal.wait_for("last-cable-ferry.txt")
    leave(terminal)


def test_nothing_in_documents_and_questions_steers_the_terminal(chat: Chat) -> None:
    """Escapes are shown as pictures; a pasted escape in a question as well."""
    terminal = chat("--language", "zh")
    terminal.wait_for("›")
    terminal.line(":filter collection=evil")
    terminal.wait_for("文集 evil")
    terminal.line("城西水厂停水多少小时？")
    terminal.wait_for("water.txt")
    for command in (":sources", ":why", ":open 1"):
        terminal.line(command)
        terminal.wait_for("␛[31m城西水厂")
    terminal.line(":filter off")
    terminal.wait_for("没有筛选")
    terminal.type("\x1b[200~\x1b]0;taken over\x07 停水\x1b[201~\r")
    terminal.wait_for("[1] ")
    leave(terminal)
    for obeyed in ("\x1b]0;", "\x1b[31m城", "\x07", "\x9b5n", "\u202e"):
        assert obeyed not in terminal.raw


def test_a_pasted_question_of_20000_characters_is_refused_and_the_conversation_goes_on(chat: Chat) -> None:
    terminal = chat("--language", "zh")
    terminal.wait_for("›")
    terminal.type(f"\x1b[200~{'问' * 20_000}\x1b[201~\r")
    terminal.wait_for("问题有 20000 个字符，最多 2000 个。")
    terminal.line(SEATS)
    terminal.wait_for("linxi-daily-page.txt")
    leave(terminal)


@pytest.mark.parametrize(
    ("columns", "more"),
    [(20, {}), (100, {"TERM": "dumb"}), (100, {"LANG": "C", "LC_ALL": "C"}), (100, {"LC_ALL": "en_US.ISO-8859-1"})],
)
def test_odd_terminals_answer_as_well(columns: int, more: dict[str, str], chat: Chat) -> None:
    """Narrow ones, dumb ones, and those whose locale cannot read Chinese."""
    terminal = chat("--language", "zh", columns=columns, **more)
    terminal.wait_for("›")
    terminal.line(SEATS)
    terminal.wait_for("1900个")
    if more.get("TERM") == "dumb":
        assert "⟦1900个⟧" in terminal.raw
        assert "\x1b[1" not in terminal.raw
    terminal.line(":quit")
    assert terminal.end() == 0
