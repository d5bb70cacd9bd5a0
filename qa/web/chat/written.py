"""What a language model wrote, in the bubble of an answer: proved sentences with numbers, the rest struck through.

All of its text comes from outside: escaped, never rendered. Proves nothing; `qa.llm` did.
"""

from qa.chat.wording_written import WRITTEN, label_of, notes_of
from qa.escape import escape_html
from qa.types import Written, WrittenSentence
from qa.web.chat.reference import reference_html
from qa.web.words import Language


def written_html(written: Written, language: Language, *, turn: int) -> str:
    """Return one block without a line break; empty where there is nothing to tell.

    Where no sentence is proved, none is shown, only how many there were.

    Args:
        written: What was written, or so far.
        language: Of our own words.
        turn: Number of the question in the conversation; the numbers link to the citations of that turn.
    """
    head = escape_html(WRITTEN[language]["written_by"].format(model=written.model))
    parts = []
    if written.proved:
        parts.append(f'<p class="wj-label">{head}</p>')
        parts += [_sentence(sentence, language, turn) for sentence in written.sentences]
    parts += [f'<p class="wj-about">{escape_html(note)}</p>' for note in notes_of(written, language)]
    return f'<div class="wj-written">{"".join(parts)}</div>' if parts else ""


def _sentence(sentence: WrittenSentence, language: Language, turn: int) -> str:
    text = escape_html(sentence.text)
    if sentence.proved:
        numbers = "".join(reference_html(number, language, turn) for number in sentence.citations)
        return f'<p class="wj-written-sentence">{text}{numbers}</p>'
    return (
        f'<p class="wj-written-sentence"><s class="wj-unproved">{text}</s> '
        f'<span class="wj-unproved-label">{escape_html(label_of(sentence, language))}</span></p>'
    )
