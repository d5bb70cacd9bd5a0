"""What a language model wrote, in the bubble of an answer: proved sentences with numbers, the rest struck through.

All of its text comes from outside: escaped, never rendered. Proves nothing; `qa.llm` did.
"""

from qa.types import Written, WrittenSentence
from qa.web.escape import escape_markdown
from qa.web.words import Language, counted, word


def written_html(written: Written, language: Language, *, turn: int) -> str:
    """Return one block without a line break; empty where there is nothing to tell.

    Where no sentence is proved, none is shown, only how many there were.

    Args:
        written: What was written, or so far.
        language: Of our own words.
        turn: Number of the question in the conversation; the numbers link to the citations of that turn.
    """
    model = escape_markdown(written.model)
    parts = []
    if written.proved:
        parts.append(f'<p class="wj-label">{word("written_by", language, model=model)}</p>')
        parts += [_sentence(sentence, language, turn) for sentence in written.sentences]
    if written.unproved:
        parts.append(f'<p class="wj-about">{counted("unproved_count", language, written.unproved)}</p>')
    if written.problem is not None:
        parts.append(f'<p class="wj-about">{word(f"writing_{written.problem.code.value}", language)}</p>')
    return f'<div class="wj-written">{"".join(parts)}</div>' if parts else ""


def _sentence(sentence: WrittenSentence, language: Language, turn: int) -> str:
    text = escape_markdown(sentence.text)
    if sentence.proved:
        numbers = " ".join(_number(number, language, turn) for number in sentence.citations)
        return f'<p class="wj-written-sentence">{text} {numbers}</p>'
    label = word("unproved", language)
    if sentence.reason is not None:
        label = word("unproved_because", language, reason=word(f"unproved_{sentence.reason.value}", language))
    return (
        f'<p class="wj-written-sentence"><s class="wj-unproved">{text}</s> '
        f'<span class="wj-unproved-label">{label}</span></p>'
    )


def _number(number: int, language: Language, turn: int) -> str:
    label = word("see_evidence", language, number=number)
    return f'<a class="wj-ref" href="#wj-{turn}-{number}" title="{label}">&#91;{number}&#93;</a>'
