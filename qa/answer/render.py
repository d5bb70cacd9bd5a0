"""The public JSON of answers, hits, citations and opened documents: the same names on every surface.

Says nothing about how they are shown to people; the shells do that.
"""

from typing import Any

from qa.types import Answer, Article, ArticleView, Citation, Hit, Leg, Written


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return the answer as plain JSON values, in the order of the documentation."""
    return {
        "question": answer.question,
        "searched_for": answer.searched_for,
        "answer": answer.answer,
        "sentence": answer.sentence,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "confidence": round(answer.confidence, 4),
        "citations": [citation_json(citation) for citation in answer.citations],
        "hits": [hit_json(hit) for hit in answer.hits],
        "timings_ms": {name: round(value, 1) for name, value in answer.timings_ms.items()},
        "generation": answer.generation,
        **({"written": written_json(answer.written)} if answer.written is not None else {}),
    }


def written_json(written: Written) -> dict[str, Any]:
    """Return what a language model wrote; only what is `proved` may be shown as if the documents said it."""
    told = written.problem
    return {
        "model": written.model,
        "sentences": [
            {
                "text": sentence.text,
                "proved": sentence.proved,
                "citations": list(sentence.citations),
                "reason": sentence.reason.value if sentence.reason is not None else None,
            }
            for sentence in written.sentences
        ],
        "unproved": written.unproved,
        "citations": [citation_json(citation) for citation in written.citations],
        "problem": None
        if told is None
        else {"code": told.code.value, "status": told.status, "sentence": told.problem, "remedy": told.remedy},
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """Return one citation; `start` and `end` count code points of the decoded source."""
    article = citation.article
    return {
        "number": citation.number,
        "source": citation.document_id,
        "title": article.title,
        "subtitle": article.subtitle,
        "byline": article.byline,
        "publisher": article.publisher,
        "date": article.date,
        "page": citation.page,
        "start": citation.span.start,
        "end": citation.span.end,
        "quote": citation.quote,
        "text": citation.text,
        "match": citation.match.value,
        **_also_in(citation.also_in),
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """Return one passage that was found; `text` is the repaired text."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "source": hit.article.document_id,
        "title": hit.article.title,
        "start": hit.passage.span.start,
        "end": hit.passage.span.end,
        "text": hit.passage.text,
        "why": {name: _leg_json(name, leg) for name, leg in hit.why.items()},
        **_also_in(hit.also_in),
    }


def article_json(view: ArticleView, *, around: int | None = None) -> dict[str, Any]:
    """Return an opened document as plain JSON values, with the names of a citation.

    Args:
        view: The document, opened at a place or at its beginning.
        around: Code points of its text to give before and behind that place; None for all of it.
    """
    document, marked = view.document, view.marked
    first, last = 0, len(document.text)
    if around is not None:
        first, last = max(0, (marked.start if marked else 0) - around), (marked.end if marked else 0) + around
    return {
        "source": document.id,
        "sha256": document.sha256,
        "encoding": document.encoding,
        "media_type": document.media_type,
        "assumptions": list(document.assumptions),
        "article": _article_fields(view.article),
        "start": marked.start if marked else None,
        "end": marked.end if marked else None,
        "quote": document.text[marked.start : marked.end] if marked else None,
        "characters": len(document.text),
        "text_start": first,
        "text": document.text[first:last],
    }


def _article_fields(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "subtitle": article.subtitle,
        "byline": article.byline,
        "publisher": article.publisher,
        "date": article.date,
        "date_iso": article.date_iso,
        "place": article.place,
        "column": article.column,
        "days": [
            {"from": one.start, "to": one.end, "start": one.span.start, "end": one.span.end} for one in article.days
        ],
    }


def _also_in(documents: tuple[str, ...]) -> dict[str, list[str]]:
    """Return `also_in` for an article that several documents print, and nothing for any other."""
    return {"also_in": list(documents)} if documents else {}


def _leg_json(name: str, leg: Leg) -> dict[str, Any]:
    shown: dict[str, Any] = {"rank": leg.rank, "score": round(leg.score, 4)}
    return shown if name in ("dense", "rerank") else {**shown, "terms": list(leg.terms)}
