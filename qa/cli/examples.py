"""Examples of every command, for its help and for docs/cli.md; a test runs each of them over the sample corpus.

They stand in the order in which somebody would type them: what an example needs, an earlier one has made.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A line to type, and what it is for.

    Attributes:
        says: What it does, in one phrase.
        line: For a shell, in a folder that holds the sample corpus as `docs/articles`.
        endless: Runs until Ctrl-C.
    """

    says: str
    line: str
    endless: bool = False


_QUESTION = "图书馆新馆有多少个阅览座位？"

EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "index": (
        Example("read a folder; later runs read only what has changed", "wenju index docs/articles"),
        Example(
            "the same, with a page that shows every repair",
            "wenju index docs/articles --report repairs.html",
        ),
        Example("keep another corpus apart in the same store", "wenju index docs/articles --collection news"),
        Example("add one file", "wenju index docs/articles/last-cable-ferry.txt --collection english"),
        Example("add what another program prints", "echo '通知：明天停水。' | wenju index - --name notice.txt"),
        Example("what was done, for a program", "wenju index docs/articles --json"),
    ),
    "ask": (
        Example("ask; the quotation that proves the answer stands below it", f'wenju ask "{_QUESTION}"'),
        Example("a follow-up question", f'wenju ask "建筑面积呢？" --history "{_QUESTION}"'),
        Example(
            "only some of the articles",
            'wenju ask "第十二届农民运动会有多少名运动员？" --publisher 云泊县 --since 2024-10',
        ),
        Example("everything about the answer, for a program", f'wenju ask "{_QUESTION}" --json > answer.json'),
        Example("the question from another program", f'echo "{_QUESTION}" | wenju ask'),
        Example(
            "many questions, one answer a line",
            f'echo \'{{"id": 1, "question": "{_QUESTION}"}}\' | wenju ask --jsonl',
        ),
    ),
    "chat": (
        Example("talk; :help lists what can be typed besides questions", "wenju chat", endless=True),
        Example(
            "questions from a file or another program, one a line, each after the ones before",
            f"printf '{_QUESTION}\\n建筑面积呢？\\n' | wenju chat",
        ),
        Example("go on with the last conversation", "wenju chat --continue", endless=True),
    ),
    "search": (
        Example("find passages without answering", "wenju search 防洪墙"),
        Example("the three best, with their scores", "wenju search 防洪墙 --top-k 3 --json"),
    ),
    "show": (
        Example("print a document as it stands in its file", "wenju show linxi-daily-page.txt"),
        Example("an article with a quotation marked", "wenju show linxi-daily-page.txt --span 1182:1219"),
        Example("what was repaired in a document", "wenju show yanxi-spring-tea.txt --repairs"),
        Example(
            "text, article and quotation, for a program", "wenju show linxi-daily-page.txt --span 1182:1219 --json"
        ),
    ),
    "status": (Example("how much is loaded, and which models answer", "wenju status"),),
    "list": (
        Example("the documents of the store", "wenju list"),
        Example("those of one collection, for a program", "wenju list --collection news --json"),
    ),
    "verify": (
        Example("is the store what the files are?", "wenju verify"),
        Example("the same for one collection, for a program", "wenju verify --collection news --json"),
    ),
    "doctor": (
        Example("what somebody should look at", "wenju doctor"),
        Example("the same, for a program", "wenju doctor --json"),
    ),
    "eval": (
        Example(
            "measure the answers on a question set", "wenju eval tests/golden/questions.jsonl --docs docs/articles"
        ),
    ),
    "feedback": (
        Example("what readers of the chat said about answers", "wenju feedback"),
        Example("the same as questions for wenju eval", "wenju feedback --jsonl > readers.jsonl"),
        Example("the same with the answers, for a program", "wenju feedback --json"),
    ),
    "watch": (
        Example("keep the store up to date with a folder", "wenju watch docs/articles", endless=True),
        Example("the same, one JSON object a line", "wenju watch docs/articles --json", endless=True),
    ),
    "serve": (Example("the web chat, on any free port", "wenju serve --port 0", endless=True),),
    "rename": (
        Example("give a collection another name", "wenju rename english papers"),
        Example("the same, for a program", "wenju rename papers english --json"),
    ),
    "remove": (
        Example("take a document out of the store; its file stays", "wenju remove notice.txt"),
        Example("everything of a collection, and say so as JSON", "wenju remove 'news/*' --json"),
    ),
    "help": (Example("explain a command", "wenju help ask"),),
}
