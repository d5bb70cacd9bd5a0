"""A fake assistant over two made-up documents, one of them hostile, with answers put together by hand."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from qa.corpus import align
from qa.errors import DocumentMissingError, QuestionEmptyError, QuestionTooLongError
from qa.filters import EVERYTHING, Filters
from qa.retrieval.selection import FilterValues
from qa.types import (
    AlignedText,
    Answer,
    Article,
    ArticleView,
    Block,
    BlockKind,
    Citation,
    Document,
    DocumentSummary,
    Hit,
    Leg,
    Match,
    Passage,
    Run,
    Span,
    Stage,
    Status,
    Unproved,
    Written,
    WrittenSentence,
)

PLAIN_TEXT = """石桥修好了
(记者 林晚)
东门石桥的修缮工程昨天完工。工匠一共换了287块石料，其余全部用回旧石。
桥面下个月恢复通行，行人优先。
"""
HOSTILE_TEXT = """<script>window.hit=1</script>![x](http://evil.example/a.png)
"引号" 'x' $$\\href{javascript:alert(1)}{y}$$ <img src=x onerror=alert(1)> 茶(chá)葉(yè)三百斤
"""


def whole(text: str, source: str) -> AlignedText:
    """Return `text`, which stands as it is in `source`, with its map."""
    return AlignedText(text, (Run(0, source.index(text), len(text)),))


def passage(document: Document, text: str, article_id: str, kind: BlockKind = BlockKind.BODY) -> Passage:
    start = document.text.index(text)
    span = Span(start, start + len(text))
    return Passage(
        f"{document.id}:{span.start}-{span.end}", article_id, span, kind, whole(text, document.text), heading=None
    )


PLAIN = Document("城市/石桥.txt", "0" * 64, "utf-8", PLAIN_TEXT)
HOSTILE = Document("<b>恶意</b>&.txt", "1" * 64, "utf-8", HOSTILE_TEXT, assumptions=("Read as UTF-8.",))

BRIDGE_PARAGRAPH = "东门石桥的修缮工程昨天完工。工匠一共换了287块石料，其余全部用回旧石。"
BRIDGE_SENTENCE = "工匠一共换了287块石料，其余全部用回旧石。"
BRIDGE_LAST = "桥面下个月恢复通行，行人优先。"
BRIDGE = Article(
    "城市/石桥.txt#1",
    PLAIN.id,
    "石桥修好了",
    subtitle="百年老桥",
    byline="记者 林晚",
    publisher="东门晚报",
    date="2024年3月5日",
    blocks=(
        Block(BlockKind.BODY, whole(BRIDGE_PARAGRAPH, PLAIN_TEXT)),
        Block(BlockKind.BODY, whole(BRIDGE_LAST, PLAIN_TEXT)),
    ),
)
HOSTILE_QUOTE = "<img src=x onerror=alert(1)> 茶(chá)葉(yè)三百斤"
HOSTILE_REPAIRED = "<img> 茶叶三百斤"


def repaired(text: str, changes: Sequence[tuple[str, str]]) -> AlignedText:
    """Return the whole text with each of these, found in order, replaced."""
    edits = []
    at = 0
    for before, after in changes:
        at = text.index(before, at)
        edits.append((at, at + len(before), after))
        at += len(before)
    return align.substitute(align.whole(text), edits)


HOSTILE_CHANGES = ((" src=x onerror=alert(1)", ""), ("(chá)", ""), ("葉", "叶"), ("(yè)", ""))
HOSTILE_ARTICLE = Article(
    "x#1",
    HOSTILE.id,
    "<script>alert('title')</script>**粗** \u202egnp",
    byline="[link](javascript:alert(1))",
    blocks=(Block(BlockKind.BODY, align.strip(repaired(HOSTILE_TEXT, HOSTILE_CHANGES))),),
)


def citation(number: int, document: Document, article: Article, quote: str, text: str | None = None) -> Citation:
    start = document.text.index(quote)
    match = Match.EXACT if text is None else Match.REPAIRED
    return Citation(number, document.id, article, Span(start, start + len(quote)), quote, text or quote, match)


BRIDGE_HITS = (
    Hit(
        1,
        1.42,
        passage(PLAIN, BRIDGE_PARAGRAPH, BRIDGE.id),
        BRIDGE,
        {"dense": Leg(1, 0.91), "keyword": Leg(2, 0.6, ("石料", "多少", "块石")), "rerank": Leg(1, 0.87)},
    ),
    Hit(
        2,
        0.88,
        passage(PLAIN, BRIDGE_LAST, BRIDGE.id),
        BRIDGE,
        {"dense": Leg(3, 0.85), "keyword": Leg(1, 0.4, ("桥面",))},
    ),
)
ANSWERED = Answer(
    question="换了多少块石料？",
    searched_for="换了多少块石料？",
    answer="287块",
    sentence=BRIDGE_SENTENCE,
    confidence=0.93,
    reason=None,
    citations=(citation(1, PLAIN, BRIDGE, BRIDGE_SENTENCE),),
    hits=BRIDGE_HITS,
    timings_ms={"total": 12.34},
    generation=3,
)
HOSTILE_ANSWER = replace(
    ANSWERED,
    question="<img src=x onerror=alert(2)> ![q](http://evil.example/q)",
    searched_for="[a](http://evil.example) `code`",
    answer="三百斤",
    sentence='<script>alert(3)</script> "茶叶" 三百斤 $$x$$',
    citations=(citation(1, HOSTILE, HOSTILE_ARTICLE, HOSTILE_QUOTE, HOSTILE_REPAIRED),),
    hits=(
        Hit(
            1,
            0.5,
            passage(HOSTILE, "<script>window.hit=1</script>", "x#1"),
            HOSTILE_ARTICLE,
            {"dense": Leg(1, 0.8), "keyword": Leg(1, 0.1, ("window",))},
        ),
    ),
)
UNSAID = replace(
    ANSWERED,
    question="桥上的猫叫什么？",
    searched_for="桥上的猫叫什么？",
    answer=None,
    sentence=None,
    confidence=0.12,
    reason="没有一个段落说到猫。",
    citations=(),
)
INVENTED = "过桥免费，<img src=x onerror=alert(9)>见[这里](http://evil.example)。"
WRITTEN = Written(
    "小模型 <b>七</b>",
    (
        WrittenSentence(BRIDGE_SENTENCE, True, (1,)),
        WrittenSentence(INVENTED, False, (), Unproved.WORDS),
        WrittenSentence(BRIDGE_LAST, True, (2,)),
    ),
    (citation(2, PLAIN, BRIDGE, BRIDGE_LAST),),
)
WRITTEN_ANSWER = replace(ANSWERED, question="写写石料", searched_for="写写石料", written=WRITTEN)


class FakeAssistant:
    """Answers by what the question contains: 敌 hostile, 猫 nothing, anything else the bridge.

    With 写 a language model writes, sentence by sentence; it rests until it is hung up on at 停.

    Args:
        gate: Questions with 慢 are read until this file is there; without one they are as quick as all others.
    """

    def __init__(self, gate: Path | None = None) -> None:
        self.gate = gate
        self.histories: list[list[str]] = []
        self.filters: list[Filters] = []

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        top_k: int = 8,
        filters: Filters = EVERYTHING,
        told: Callable[[Stage], None] | None = None,
        llm: bool = True,
        so_far: Callable[[Answer], None] | None = None,
    ) -> Answer:
        if not question.strip():
            raise QuestionEmptyError("The question is empty.", "Type a question about the documents.")
        if len(question) > 2000:
            raise QuestionTooLongError("The question has more than 2000 characters.", "Shorten it.")
        self.histories.append(list(history))
        self.filters.append(filters)
        if told is not None:
            told(Stage.SEARCHING)
            told(Stage.READING)
        while self.gate is not None and "慢" in question and not self.gate.exists():
            time.sleep(0.02)
        found = HOSTILE_ANSWER if "敌" in question else UNSAID if "猫" in question else ANSWERED
        searched = f"{history[-1]} {question}" if history else question
        answer = replace(found, question=question, searched_for=searched, hits=found.hits[:top_k])
        if "写" not in question or not llm or answer.abstained:
            return answer
        if told is not None:
            told(Stage.WRITING)
        steps = [
            replace(answer, written=replace(WRITTEN, sentences=WRITTEN.sentences[:done], citations=cited))
            for done, cited in ((0, ()), (1, ()), (2, ()), (3, WRITTEN.citations))
        ]
        for step in steps:
            for _ in range(200 if "停" in question and step is steps[2] else 1):
                if so_far is not None:
                    so_far(step)
                time.sleep(0.05 if "停" in question else 0)
        return steps[-1]

    def search(self, query: str, *, top_k: int = 8, filters: Filters = EVERYTHING) -> tuple[Hit, ...]:
        return self.ask(query, top_k=top_k, filters=filters).hits

    def filter_values(self) -> FilterValues:
        return FilterValues(("东门晚报", "<b>恶意报</b>"), ("林晚",), (), (PLAIN.id,))

    def article(self, document_id: str, start: int | None = None, end: int | None = None) -> ArticleView:
        for document, article in ((PLAIN, BRIDGE), (HOSTILE, HOSTILE_ARTICLE)):
            if document.id == document_id:
                marked = Span(start, end) if start is not None and end is not None else None
                return ArticleView(document, article, marked)
        raise DocumentMissingError(f"There is no document {document_id!r}.", "See the sources of a search.")

    def documents(self, collection: str | None = None) -> list[DocumentSummary]:
        return [
            DocumentSummary(one.id, "", one.sha256, one.encoding, one.media_type, len(one.text), 1)
            for one in (PLAIN, HOSTILE)
            if collection in (None, "")
        ]

    @property
    def loaded(self) -> bool:
        return True

    def status(self) -> Status:
        examples = ("换了多少块石料？", "桥上的猫叫什么？")
        return Status(2, 2, 4, 3, "hashing", "by hand", "/somewhere", examples, {"": 2})
