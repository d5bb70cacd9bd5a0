"""Measure a public set in SQuAD's format: find each question's paragraph, and read the held-out articles.

Loads the models and keeps the encoded paragraphs; the measuring itself stands in `paragraphs` and `heldout`.
"""

from hashlib import sha256
from pathlib import Path
from typing import Any

from embeddings.bundled import cache_root
from embeddings.encoder import open_encoder
from qa.answer.open import READER, SENTENCE, Readers, open_readers
from qa.answer.reader import PassageReader, open_reader
from qa.config import load_settings
from qa.errors import ModelUnavailableError
from qa.evaluation.heldout import (
    ReadSpan,
    Reorder,
    held_out_articles,
    held_out_questions,
    read_spans,
    reranked_ranks,
)
from qa.evaluation.paragraphs import paragraph_ranks, recall, store_paragraphs
from qa.evaluation.questions import read_paragraphs
from qa.evaluation.sets import say
from qa.evaluation.variants import searches
from qa.retrieval.fuse import weights_for
from qa.retrieval.rerank import read_again
from qa.retrieval.search import Found, Search
from qa.store.library import Library


def measure_paragraphs(
    path: Path,
    *,
    store: Path | None = None,
    ablation: bool = False,
    reranker: str | None = None,
    answerer: str | None = None,
) -> dict[str, Any]:
    """Look for the paragraph of each question; return the figures as JSON values.

    `recall` is over all questions, by the search's variant; `held_out` is over questions of articles that the reader
    was not trained on: `recall` among all paragraphs too, with "+ rerank", and `spans` read in the right paragraph.
    The last two are left out where no reader is chosen, or where it is not here.

    Args:
        path: The set.
        store: Where the encoded paragraphs are kept, so that a second run only asks; by default the cache folder.
        ablation: Also search with parts left out.
        reranker: Instead of that of the settings.
        answerer: Instead of that of the settings.
    """
    settings = load_settings(reranker=reranker, answerer=answerer)
    paragraphs = read_paragraphs(path)
    encoder = open_encoder(settings.model)
    digest = sha256(path.read_bytes()).hexdigest()[:12]
    library = Library.open(store or cache_root() / "eval" / f"{path.stem}-{digest}", create=True)
    try:
        with library.writing():
            store_paragraphs(library, encoder, paragraphs, tell=_tell)
        contents = library.contents()
    finally:
        library.close()
    full = weights_for(encoder.name)
    search = Search(contents, encoder, weights=full)
    vectors = encoder.encode_queries([text for text, _ in paragraphs.questions])
    rows, total = held_out_questions(paragraphs), len(paragraphs.paragraphs)
    over_all, held_out = {}, {}
    for name, weights in (searches(full) if ablation else {"all": full}).items():
        left_out = search if weights == full else Search(contents, encoder, weights=weights)
        ranks = paragraph_ranks(left_out, paragraphs, vectors)
        over_all[name] = recall(ranks, paragraphs=total).as_dict()
        if rows:
            held_out[name] = recall([ranks[row] for row in rows], paragraphs=total).as_dict()
    read: dict[str, Any] = {"articles": held_out_articles(paragraphs), "questions": len(rows), "recall": held_out}
    reorder, read_span = _open_reading(settings.reranker, settings.answerer, settings.engine)
    if rows and reorder:
        ranks = reranked_ranks(search, paragraphs, vectors, rows, reorder)
        held_out["+ rerank"] = recall(ranks, paragraphs=total).as_dict()
    if rows and read_span:
        read["spans"] = read_spans(paragraphs, rows, read_span).as_dict()
    return {"squad": path.name, "model": encoder.name, "recall": over_all, "held_out": read}


def _open_reading(reranker: str, answerer: str, engine: str) -> tuple[Reorder | None, ReadSpan | None]:
    """Open what reads the held-out articles; None for what is not chosen, or, which is said, where it is not here."""
    try:
        readers = open_readers(reranker, SENTENCE, engine)
        reader = open_reader(engine) if answerer == READER else None
    except ModelUnavailableError as error:
        say(f"The held-out articles are searched and not read. {error}")
        return None, None
    return _reorder(readers), _read_span(reader)


def _reorder(readers: Readers) -> Reorder | None:
    chosen = readers.reranker
    if chosen is None:
        return None

    def reorder(question: str, found: list[Found]) -> list[Found]:
        return read_again(chosen, question, found, weights=readers.rerank_weights)

    return reorder


def _read_span(reader: PassageReader | None) -> ReadSpan | None:
    if reader is None:
        return None

    def read_span(question: str, title: str, text: str) -> str:
        spans = reader.read(question, [(title, text)])[0].spans
        return text[spans[0].start : spans[0].end] if spans else ""

    return read_span


def _tell(done: int, total: int) -> None:
    say(f"{done} of {total} paragraphs encoded")
