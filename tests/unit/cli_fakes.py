"""A fake assistant over one made-up page, for tests of the command line: what it answers, and what it was asked."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from qa.errors import SourceError, StoreMissingError
from qa.filters import EVERYTHING, Filters
from qa.types import (
    AlignedText,
    Answer,
    Article,
    ArticleView,
    Block,
    BlockKind,
    Citation,
    Document,
    Hit,
    IndexReport,
    Leg,
    Match,
    Passage,
    Progress,
    Run,
    Skipped,
    Span,
    Stage,
    Status,
)

TEXT = "湖边新园\n河阳县的湖心公\n园将在五月一日开放。\n别的文章。\n"
BODY = AlignedText("河阳县的湖心公园将在五月一日开放。", (Run(0, 5, 7), Run(7, 13, 10)))
ARTICLE = Article(
    "page.txt#1",
    "page.txt",
    "湖边新园",
    subtitle="市民的新去处",
    byline="记者 甲乙",
    publisher="河阳日报",
    date="4月2日",
    blocks=(Block(BlockKind.BODY, BODY),),
    title_span=Span(0, 4),
)
PASSAGE = Passage("page.txt:5-23", ARTICLE.id, Span(5, 23), BlockKind.BODY, BODY)
HIT = Hit(1, 0.9, PASSAGE, ARTICLE, {"dense": Leg(1, 0.8), "keyword": Leg(2, 0.5, ("公园", "开放"))})
CITATION = Citation(1, "page.txt", ARTICLE, Span(5, 23), TEXT[5:23], BODY.text, Match.REPAIRED)
ANSWER = Answer(
    "公园何时开放?", "公园何时开放?", "五月一日", BODY.text, 0.9, None, (CITATION,), (HIT,), {"total": 1}, 3
)
SILENCE = replace(ANSWER, answer=None, sentence=None, reason="No passage names a price.", citations=())
LATER = Article("later.txt#1", "later.txt", "开放推迟", date="5月3日")
SECOND = "湖心公园定于六月一日开放。"
TWO_ANSWERS = replace(
    ANSWER,
    answer="五月一日；六月一日",
    sentence=f"{BODY.text}\n{SECOND}",
    citations=(CITATION, Citation(2, "later.txt", LATER, Span(0, 13), SECOND, SECOND, Match.EXACT)),
)


class FakeAssistant:
    """Answers from the constants above and notes what it was asked."""

    answer: Answer = ANSWER
    calls: list[Any]
    opened: dict[str, Any]

    @classmethod
    def open(cls, store: Path, **settings: str | bool) -> "FakeAssistant":
        if store.name == "missing":
            raise StoreMissingError(f"There is no store in {store}.", "Make one: wenju index FOLDER.")
        FakeAssistant.opened = {"store": store, **settings}
        FakeAssistant.calls = []
        return cls()

    def close(self) -> None:
        self.calls.append("closed")

    def index(
        self,
        folder: Path,
        *,
        collection: str = "",
        thorough: bool = False,
        progress: Callable[[Progress], None] | None = None,
    ) -> IndexReport:
        self.calls.append(("index", folder, *([collection] if collection else []), *(["all"] if thorough else [])))
        assert progress is not None
        for done in range(101):
            progress(Progress(done, 100, "files", f"{done}\n.txt"))
        return IndexReport(5, 15, 161, 2, 1, 0, 3, (Skipped("a\x1b[2J\n.pdf", "Not text yet."),), 12.34, 4)

    def add(
        self,
        source: Path | bytes,
        *,
        name: str = "",
        collection: str = "",
        progress: Callable[[Progress], None] | None = None,
    ) -> IndexReport:
        self.calls.append(("add", source, name, collection))
        return IndexReport(6, 16, 162, 1, 0, 0, 0, (), 0.1, 5)

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
        called = ("ask", question, tuple(history), top_k, *([filters] if filters else []))
        self.calls.append(called if llm else (*called, "no llm"))
        return replace(self.answer, question=question)

    def fitting(self, filters: Filters) -> int:
        """Say that one article fits; none where there is a day, as nothing here has one."""
        return 0 if filters.dated else len(filters.authors)

    def search(self, query: str, *, top_k: int = 8, filters: Filters = EVERYTHING) -> tuple[Hit, ...]:
        self.calls.append(("search", query, top_k, *([filters] if filters else [])))
        return (HIT,) if query != "none" else ()

    def article(self, document_id: str, start: int | None = None, end: int | None = None) -> ArticleView:
        if document_id != "page.txt":
            raise SourceError("There is no such document.", "See: wenju search WORDS.")
        document = Document("page.txt", "00", "gb18030", TEXT, assumptions=("Read as GB18030.",))
        return ArticleView(document, ARTICLE, None if start is None or end is None else Span(start, end))

    def status(self) -> Status:
        return Status(1, 1, 1, 3, "hashing-256", "reader, reranker bundled", "/s", ())
