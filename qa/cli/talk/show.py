"""What a conversation prints: an answer with its footnotes, its sources in full, and why each passage was found.

Every function returns lines; none of them prints. Texts of documents go through `qa.terminal`.
"""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from qa.certainty import level_of, percent_of
from qa.chat.turns import Turn
from qa.cli.talk.commands import ARGUMENTS
from qa.cli.talk.wording import Language, word
from qa.cli.text import answer_in_sentences, marked, place_of, source_line, title_of
from qa.filters import described
from qa.language import page_words
from qa.terminal import one_line
from qa.types import Answer, Citation, Hit, Match, Span
from qa.web.evidence.marking import matched_spans

NEAREST = 3  # articles named when there is no answer


def answer_lines(out: Console, turn: Turn, answer: Answer, language: Language) -> list[Text]:
    """Return the answer, sentence by sentence with the short answer marked, and a footnote for each quotation.

    What a language model wrote about it follows by itself (`qa.cli.growing`).
    """
    lines = []
    if turn.filters:
        lines.append(_dim("searched_only", language, filters=one_line(described(turn.filters, language=language))))
    if answer.searched_for.strip() != turn.question.strip():
        lines.append(_dim("searched_for", language, query=one_line(answer.searched_for)))
    if answer.answer is None:
        lines.append(Text(word("not_said", language, reason=one_line(answer.reason or ""))))
        nearest = nearest_of(answer.hits)
        if nearest:
            lines.append(Text(word("nearest", language)))
        return lines + [_footnote(number, hit, [], language) for number, hit in enumerate(nearest, start=1)]
    lines += answer_in_sentences(out, answer.answer, answer.sentence or answer.answer, answer.citations)
    if answer.reason:
        lines.append(Text(word("partly", language, reason=one_line(answer.reason))))
    if level_of(answer.confidence) != "certain":
        lines.append(confidence_line(answer, language))
    lines += [_proof(citation, language) for citation in answer.citations]
    if answer.dropped_citations:
        lines.append(Text(word("dropped", language, count=answer.dropped_citations)))
    return lines


def written_footnotes(answer: Answer, language: Language) -> list[Text]:
    """Return a footnote for each quotation that only what a language model wrote has."""
    return [_proof(citation, language) for citation in answer.written.citations] if answer.written is not None else []


def source_lines(answer: Answer, language: Language) -> list[Text]:
    """Return every quotation with its place; of an answer without any, the nearest articles."""
    if not answer.all_citations:
        nearest = nearest_of(answer.hits)
        heading = [Text(word("nothing_cited", language))]
        return heading + [_footnote(number, hit, [], language) for number, hit in enumerate(nearest, start=1)]
    lines: list[Text] = []
    for citation in answer.all_citations:
        about = source_line(citation.article)
        lines += [Text()] if lines else []
        lines.append(Text(f"[{citation.number}] ") + title_of(citation.article))
        lines += [Text(f"    {about}")] if about else []
        page = "".join(f"  {one}" for one in _page(citation, language))
        lines.append(Text(f"    {place_of(citation.document_id, citation.span)}{page}", style="dim"))
        lines += _also_in(citation.also_in, "    ", language)
        lines.append(Text(f"    “{one_line(citation.quote)}”"))
        if citation.match is Match.REPAIRED:
            lines.append(Text(f"    {word('repaired', language, text=one_line(citation.text))}", style="yellow"))
    return lines


def why_lines(out: Console, answer: Answer, language: Language) -> list[Text]:
    """Return the confidence, and each passage with why it was found and the words that match marked."""
    lines = [] if answer.answer is None else [confidence_line(answer, language)]
    for hit in answer.hits:
        why = "；" if language == "zh" else "; "
        lines += [Text(), Text(f"{hit.rank}. ") + title_of(hit.article)]
        lines.append(Text(f"   {place_of(hit.article.document_id, hit.passage.span)}", style="dim"))
        lines.append(Text(f"   {why.join(_reasons(hit, language))}", style="dim"))
        lines += _also_in(hit.also_in, "   ", language)
        lines.append(Text("   ") + _with_words_marked(out, hit))
    return lines


def confidence_line(answer: Answer, language: Language) -> Text:
    """Return how certain the answer is, as a word and a figure."""
    said = word(level_of(answer.confidence), language)
    return _dim("confidence", language, word=said, figure=f"{percent_of(answer.confidence)}%")


def help_lines(language: Language) -> list[Text]:
    """Return the commands, each with what may stand behind it and what it does."""
    typed = {name: f":{name} {argument}".rstrip() for name, argument in ARGUMENTS.items()}
    width = max(map(len, typed.values())) + 2
    return [Text(f"{typed[name].ljust(width)}{word(f'help_{name}', language)}") for name in ARGUMENTS]


def nearest_of(hits: Sequence[Hit]) -> list[Hit]:
    """Return the best hit of each of the first articles."""
    nearest: dict[str, Hit] = {}
    for hit in hits:
        nearest.setdefault(hit.article.id, hit)
    return list(nearest.values())[:NEAREST]


def openable(answer: Answer) -> list[tuple[str, Span]]:
    """Return what `:open` opens, in the order of the numbers shown: document and span."""
    if answer.all_citations:
        return [(one.document_id, one.span) for one in answer.all_citations]
    return [(hit.article.document_id, hit.passage.span) for hit in nearest_of(answer.hits)]


def _proof(citation: Citation, language: Language) -> Text:
    repaired = [] if citation.match is Match.EXACT else [word("repaired_short", language)]
    return _footnote(citation.number, citation, [*_page(citation, language), *repaired], language)


def _footnote(number: int, proof: Citation | Hit, more: Sequence[str], language: Language) -> Text:
    article = proof.article
    about = [source_line(article), one_line(article.document_id), *more]
    if proof.also_in:
        about.append(word("also_in", language, files=", ".join(one_line(name) for name in proof.also_in)))
    title = Text(one_line(article.title), style="bold")
    return Text(f"[{number}] ") + title + Text("".join(f" · {one}" for one in about if one), style="dim")


def _page(citation: Citation, language: Language) -> list[str]:
    if citation.page is None:
        return []
    return [page_words(citation.document_id, citation.page, language)]


def _also_in(documents: Sequence[str], indent: str, language: Language) -> list[Text]:
    if not documents:
        return []
    files = ", ".join(one_line(name) for name in documents)
    return [Text(f"{indent}{word('also_in', language, files=files)}", style="dim")]


def _reasons(hit: Hit, language: Language) -> list[str]:
    """Return in words how each leg of the search found a passage."""
    known = ("dense", "keyword", "dictionary", "title", "rerank")
    reasons = []
    for name, leg in hit.why.items():
        reason = word(f"why_{name}" if name in known else "why_other", language, leg=name, rank=leg.rank)
        terms = " ".join(one_line(term) for term in leg.terms)
        reasons.append(f"{reason} ({terms})" if terms else reason)
    return reasons or [word("why_next", language)]


def _with_words_marked(out: Console, hit: Hit) -> Text:
    text = one_line(hit.passage.text)  # as long as the passage: positions stay right
    terms = [term for leg in hit.why.values() for term in leg.terms]
    line, end = Text(), 0
    for span in matched_spans(hit.passage.text, terms):
        line += Text(text[end : span.start]) + marked(out, Text(text[span.start : span.end]))
        end = span.end
    return line + Text(text[end:])


def _dim(key: str, language: Language, **values: object) -> Text:
    return Text(word(key, language, **values), style="dim")
