"""The values that flow from files to answers; frozen, without behaviour beyond their own checks.

All positions are half-open ranges of code points (not bytes, not UTF-16 units). Unless said otherwise they count in
`Document.text`, the decoded source, untouched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range [start, end) of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got {self.start}, {self.end}")


@dataclass(frozen=True, slots=True)
class Section:
    """An article that the format itself marks: a row of a table, a chapter of a book, a saved web page.

    Attributes:
        span: Its text in `Document.text`, without the title where that stands in a field of its own.
        title, subtitle, byline, publisher, date: As the format gives them; None where it does not.
        headings: Lines of the text that head what follows them, in order, inside `span`.
    """

    span: Span
    title: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    publisher: str | None = None
    date: str | None = None
    headings: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One decoded source file.

    Attributes:
        id: Path inside the corpus folder, with `/` on every system; in a collection with a name, `NAME/path`.
        sha256: Of the bytes, in hexadecimal.
        encoding: Python's name of the encoding that the bytes were decoded with.
        text: The decoded bytes, untouched: byte order mark, carriage returns and all. Of a format that is not text,
            what its reader took out of it.
        media_type: Such as `text/plain` or `text/markdown`.
        assumptions: What had to be assumed while reading, in plain sentences.
        pages: Spans of pages, for formats that have them; of rows, for tables.
        sections: Articles that the format marks, in order; empty where they must be told from the text.
        collection: Name of the collection that it belongs to, empty for the one without a name.
    """

    id: str
    sha256: str
    encoding: str
    text: str
    media_type: str = "text/plain"
    assumptions: tuple[str, ...] = ()
    pages: tuple[Span, ...] = ()
    sections: tuple[Section, ...] = ()
    collection: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """`length` characters of repaired text that stand, as they are or replaced one for one, in the source.

    Attributes:
        start: Where the run starts in the repaired text.
        raw_start: Where it starts in the source.
        length: Characters in the repaired text; the same number in the source unless `raw_length` is given.
        raw_length: Characters in the source when they differ in number (a whole run was replaced), else None.
    """

    start: int
    raw_start: int
    length: int
    raw_length: int | None = None


@dataclass(frozen=True, slots=True)
class AlignedText:
    """Repaired text with a map back to the source.

    Made and cut by the functions of `qa.corpus.align`; never assembled by hand.

    Attributes:
        text: Repaired text, for searching.
        runs: Cover `text` from its first to its last character without gap or overlap, in order; raw positions grow.
    """

    text: str
    runs: Sequence[Run]


class BlockKind(StrEnum):
    """What a piece of an article is."""

    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    HEADING = "heading"
    IMPRINT = "imprint"  # lines that say who published, when, and by whom it is; searched for just that


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, caption, by-line or section heading of an article, whole, after repair."""

    kind: BlockKind
    content: AlignedText


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days that an article's text names, such as 昨日 or 本月底, reckoned from its date.

    Attributes:
        start, end: First and last day, `YYYY-MM-DD`.
        span: Where they are named in `Document.text`.
    """

    start: str
    end: str
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a document. Texts are repaired; a field that the source does not print is None.

    Attributes:
        id: `document_id#n`, n counted from 1 in the order of first appearance.
        title: Headline, without kicker or subtitle; the file name where the source prints none.
        subtitle: Kicker or subtitle.
        byline: As printed, without brackets: who wrote, photographed or edited, joined by one blank.
        publisher: Newspaper, site or agency, where printed.
        date: As printed.
        date_iso: `YYYY-MM-DD` where the printed date is complete, or the page completes it, else None.
        place: Town, district or village that the article is about, where its title, dateline or first lines name one.
        column: Banner or column label of the page.
        blocks: In order of the source; headings stand before the paragraphs they head.
        title_span: Where the title stands in the source.
        days: What its text says of days, in order; metadata for filters.
    """

    id: str
    document_id: str
    title: str
    subtitle: str | None = None
    byline: str | None = None
    publisher: str | None = None
    date: str | None = None
    date_iso: str | None = None
    place: str | None = None
    column: str | None = None
    blocks: tuple[Block, ...] = ()
    title_span: Span | None = None
    days: tuple[DateRange, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched: a paragraph, or a piece of a long one; never crosses an article.

    Attributes:
        id: `document_id:start-end`.
        article_id: The article that it belongs to.
        span: In the source; `content` maps into it.
        kind: Body, caption, by-line or imprint; a heading is not a passage.
        content: Repaired text with its map back.
        heading: Section heading that it stands under, or None.
    """

    id: str
    article_id: str
    span: Span
    kind: BlockKind
    content: AlignedText
    heading: str | None = None

    @property
    def text(self) -> str:
        return self.content.text


@dataclass(frozen=True, slots=True)
class Leg:
    """Place of a passage in one leg of the search: rank from 1, and that leg's own score."""

    rank: int
    score: float
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with the reasons.

    Attributes:
        rank: From 1.
        score: Fused; higher is better, comparable within one question only.
        why: `dense`, `keyword`, for questions in another language `dictionary`, `title` where the question names the
            article, and `rerank` where the passage was read again; a leg that missed is absent.
        also_in: Other documents that print the same in the same article, in the order of the alphabet.
    """

    rank: int
    score: float
    passage: Passage
    article: Article
    why: Mapping[str, Leg] = field(default_factory=dict)
    also_in: tuple[str, ...] = ()


class Stage(StrEnum):
    """What is under way while a question is answered, in this order; a question taken in two ways passes twice."""

    SEARCHING = "searching"
    READING = "reading"
    PROVING = "proving"
    WRITING = "writing"  # by a language model, where one is configured


class Match(StrEnum):
    """How the cited text stands in the source."""

    EXACT = "exact"
    REPAIRED = "repaired"


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation that proves an answer: `document.text[span.start:span.end] == quote`.

    Attributes:
        number: From 1, as shown in the answer.
        quote: Cut from the source, untouched.
        text: The same words after repair.
        match: Whether `quote` and `text` are the same.
        also_in: Other documents that print the same article, in the order of the alphabet.
    """

    number: int
    document_id: str
    article: Article
    span: Span
    quote: str
    text: str
    match: Match
    page: int | None = None
    also_in: tuple[str, ...] = ()


class Unproved(StrEnum):
    """Why a sentence of a language model is not proved."""

    FORM = "form"  # not a sentence: empty, too long, a question, with characters that cannot be seen
    NO_QUOTATION = "no_quotation"
    NOT_IN_SOURCE = "not_in_source"  # the quotation does not stand there to the letter
    OTHER_PASSAGE = "other_passage"  # it stands in another article than named
    CUT = "cut"  # it cuts a number or a word in two
    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"  # or comparison: not, over, up
    WORDS = "words"  # other words that the quotation does not have
    LEFT_OUT = "left_out"  # its words are the quotation's, but a clause of it was taken apart or turned round
    SCOPE = "scope"  # the document itself only reports, plans, supposes, asks or denies it
    SUBJECT = "subject"  # of whom or what it speaks stands in a clause that was left out


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence that a language model wrote.

    Attributes:
        text: As it wrote it: text from outside, never to be rendered.
        proved: Whether quotations prove it.
        citations: Numbers of those quotations, among the answer's citations and `Written.citations`; of a sentence
            that is not proved, none.
        reason: Why it is not proved.
    """

    text: str
    proved: bool
    citations: tuple[int, ...] = ()
    reason: Unproved | None = None


class WritingProblemCode(StrEnum):
    """What kept a language model from writing, or from writing on."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    TOO_LONG = "too_long"
    UNAUTHORISED = "unauthorised"
    QUOTA = "quota"
    NOT_FOUND = "not_found"
    REDIRECTED = "redirected"
    REFUSED = "refused"
    SERVER_ERROR = "server_error"
    NOT_UNDERSTOOD = "not_understood"
    BROKEN_OFF = "broken_off"
    NOTHING_WRITTEN = "nothing_written"


@dataclass(frozen=True, slots=True)
class WritingProblem:
    """Why a language model did not write, or not to the end; holds nothing that the endpoint said.

    Attributes:
        code: For programs.
        problem, remedy: One English sentence each.
        status: Of HTTP, where there was one.
    """

    code: WritingProblemCode
    problem: str
    remedy: str
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What a language model wrote about an answer, sentence by sentence, as far as it is proved.

    Attributes:
        model: Its name, as configured.
        sentences: In the order in which they were written, those that are not proved among them.
        citations: Quotations that the answer itself does not have; their numbers follow those of the answer.
        problem: Why it did not write, or not to the end, or None.
    """

    model: str
    sentences: tuple[WrittenSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    problem: WritingProblem | None = None

    @property
    def proved(self) -> int:
        """How many sentences are proved."""
        return sum(sentence.proved for sentence in self.sentences)

    @property
    def unproved(self) -> int:
        """How many are not."""
        return len(self.sentences) - self.proved


@dataclass(frozen=True, slots=True)
class Answer:
    """What every surface serves.

    Attributes:
        question: As asked.
        searched_for: What was searched, after completion from the history.
        answer: Short, cut verbatim from `sentence`, several joined by a semicolon; None when the documents do not say.
        sentence: The sentence that holds the answer, several one a line; None when the documents do not say.
        confidence: 0 to 1.
        reason: Why nothing was said, or not to every part of the question, one sentence; else None.
        citations: Every one proved against the source when the answer was made.
        dropped_citations: How many could not be proved and are not shown.
        generation: Of the store that answered.
        written: What a language model wrote besides; None where none was asked.
    """

    question: str
    searched_for: str
    answer: str | None
    sentence: str | None
    confidence: float
    reason: str | None
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    timings_ms: Mapping[str, float]
    generation: int
    dropped_citations: int = 0
    written: Written | None = None

    @property
    def abstained(self) -> bool:
        return self.answer is None

    @property
    def all_citations(self) -> tuple[Citation, ...]:
        """Those of the answer and those of what was written, in the order of their numbers."""
        return self.citations + (self.written.citations if self.written is not None else ())


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not read, and why, in one sentence."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an index command did.

    Attributes:
        documents, articles, passages: Totals in the store afterwards.
        added, changed, removed, unchanged: Documents by what happened to them in this run.
        skipped: Files that were not read.
        seconds: Wall clock.
        generation: Of the store afterwards.
    """

    documents: int
    articles: int
    passages: int
    added: int
    changed: int
    removed: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    seconds: float
    generation: int


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document as `wenju list` shows it, without its text.

    Attributes:
        characters: Code points of the decoded text.
        articles: How many.
    """

    id: str
    collection: str
    sha256: str
    encoding: str
    media_type: str
    characters: int
    articles: int


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a long run: `done` of `total` in `unit`, and what is under way."""

    done: int
    total: int
    unit: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article opened at a place: the document it stands in and what to mark.

    Attributes:
        document: The whole source.
        article: The article that holds `marked`, or the document's first one.
        marked: What to highlight, or None.
    """

    document: Document
    article: Article
    marked: Span | None


@dataclass(frozen=True, slots=True)
class Status:
    """What is loaded, for the line under the chat, `/status` and health checks.

    Attributes:
        model: Name of the encoder.
        answerer: Name of what makes the answers.
        examples: Questions that the loaded corpus can answer, to click on.
        collections: Number of documents by collection, in order of name; the one without a name is the empty text.
        llm: Name of the language model that writes and the host that it is asked at; empty where there is none.
    """

    documents: int
    articles: int
    passages: int
    generation: int
    model: str
    answerer: str
    store: str
    examples: tuple[str, ...] = ()
    collections: Mapping[str, int] = field(default_factory=dict)
    llm: str = ""
