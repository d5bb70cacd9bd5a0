"""What the clipboard gets of an answer: what its reader sees, as plain text. Pure; the script only hands it over.

Each sentence stands with the numbers of its quotations, what a language model wrote below the answer, the sources at
the end. A sentence of the model that is not proved is left out, and how many there were is said: in the bubble it is
struck through, and plain text cannot keep that, so that it would pass for proved wherever it is pasted.
"""

from qa.chat.parts import sentences_of
from qa.chat.wording_written import WRITTEN, notes_of
from qa.escape import clean
from qa.types import Answer, Citation, Written
from qa.web.chat.proved import stands_apart
from qa.web.telling import for_visitor
from qa.web.words import Language, word


def copied_text(answer: Answer, language: Language) -> str:
    """Return an answer as text of several lines; empty where there is nothing but silence.

    Args:
        answer: With what a language model wrote, if one did.
        language: Of our own words.
    """
    if not is_copied(answer):
        return ""
    said = [word("not_said", language)] if answer.abstained else _said(answer)
    if answer.reason:
        said.append(for_visitor(answer.reason, language))
    written = _written(answer.written, language) if answer.written is not None else []
    sources = [_source(citation) for citation in answer.all_citations]
    return clean("\n\n".join("\n".join(part) for part in (said, written, sources) if part))


def is_copied(answer: Answer) -> bool:
    """Tell whether there is something to copy: an answer, or a proved sentence of a language model."""
    return not answer.abstained or (answer.written is not None and answer.written.proved > 0)


def _said(answer: Answer) -> list[str]:
    apart = [answer.answer] if answer.answer and stands_apart(answer) else []
    return [*apart, *(_numbered(sentence, numbers) for sentence, numbers in sentences_of(answer) if sentence)]


def _written(written: Written, language: Language) -> list[str]:
    proved = [_numbered(sentence.text, sentence.citations) for sentence in written.sentences if sentence.proved]
    head = [WRITTEN[language]["written_by"].format(model=written.model)] if proved else []
    return [*head, *proved, *notes_of(written, language)]


def _numbered(sentence: str, numbers: tuple[int, ...]) -> str:
    return sentence + "".join(f" [{number}]" for number in numbers)


def _source(citation: Citation) -> str:
    article = citation.article
    printed = (article.title, article.publisher, article.date, citation.document_id)
    return f"[{citation.number}] {' · '.join(text for text in printed if text)}"
