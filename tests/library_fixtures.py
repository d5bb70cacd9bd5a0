"""A library of two small documents, made by hand, for tests that need something stored."""

from hashlib import sha256
from pathlib import Path

from embeddings.hashing import HashingEncoder
from qa.corpus.align import whole
from qa.indexing import encode_and_store, with_sentences
from qa.store.library import Library
from qa.types import Article, Block, BlockKind, Document, Passage, Span

ENCODER = HashingEncoder(64)
WITHOUT_READER = {"reranker": "none", "answerer": "sentence"}  # the trained one takes seconds to load


def one_article(name: str, title: str, paragraphs: list[str]) -> tuple[Document, Article, tuple[Passage, ...]]:
    """Return a document of one article, a paragraph a line."""
    text = "\n".join(paragraphs)
    article_id = f"{name}#1"
    passages, start = [], 0
    for paragraph in paragraphs:
        end = start + len(paragraph)
        passages.append(
            Passage(f"{name}:{start}-{end}", article_id, Span(start, end), BlockKind.BODY, whole(paragraph, start))
        )
        start = end + 1
    blocks = tuple(Block(BlockKind.BODY, passage.content) for passage in passages)
    article = Article(id=article_id, document_id=name, title=title, place="东埠区", blocks=blocks)
    return Document(name, sha256(text.encode()).hexdigest(), "utf-8", text), article, tuple(passages)


def put(library: Library, name: str, title: str, paragraphs: list[str]) -> Document:
    """Store such a document and return it."""
    document, article, passages = one_article(name, title, paragraphs)
    library.set_model(ENCODER.name, ENCODER.dimension)
    encode_and_store(library, ENCODER, [with_sentences(document, (article,), passages)])
    return document


def filled(folder: Path) -> Library:
    """Return an open library with a page about a wall and one about a library."""
    library = Library.open(folder, create=True)
    put(library, "wall.txt", "防洪墙加固", ["防洪墙全长22.2公里。总投资6.35亿元。", "副市长韩佩文到现场查看。"])
    put(library, "books.txt", "新馆开门", ["图书馆新馆设阅览座位1860个。"])
    return library
