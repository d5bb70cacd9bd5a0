"""The bubbles of the chat: an answer, what is under way, or why there is no answer.

Each bubble is HTML of its own inside of the chat component, in which no Markdown is read; every text from outside goes
through `escape_html`. Questions are shown by the component itself as plain text. What a click on a button does is in
`scripts/chat.js`.
"""

from qa.chat.turns import Turn
from qa.escape import escape_html
from qa.filters import Filters
from qa.types import Answer, Citation
from qa.web.chat.copied import copied_text, is_copied
from qa.web.chat.narrowing import filter_chips
from qa.web.chat.proved import Proved, proved_sentences, stands_apart
from qa.web.chat.reference import reference_html
from qa.web.chat.work import Step
from qa.web.chat.written import written_html
from qa.web.evidence.card import printed_html
from qa.web.evidence.confidence import confidence_html
from qa.web.evidence.silence import silence_html
from qa.web.telling import for_visitor
from qa.web.words import Language, word

# Outlines drawn for this page: a thumb, to be turned around for the other one; a bubble of lines for a note; sheets.
_THUMB = (
    '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M3 9h3v8H3zM6 9l4-7c1.4 0 2 1 2 2l-.6 3.5H16a1.6 1.6 0 0 1 '
    '1.6 1.9l-1 6A1.9 1.9 0 0 1 14.700 17H6"/></svg>'
)
_NOTE = '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M3 4h14v10H9l-4 3v-3H3zM6 7.500h8M6 10.500h5"/></svg>'
_COPY = '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M7 7h9v10H7zM13 7V3H4v10h3"/></svg>'


def turn_bubble(turn: Turn, *, language: Language, more: str = "") -> str:
    """Return what came of a question.

    Args:
        turn: With an answer, or with the mistake that came back instead.
        language: Of our own words.
        more: HTML below the answer, such as better questions.
    """
    if turn.answer is None:
        return problem_bubble(turn.problem or "", language=language, lost=turn.damaged)
    answer = turn.answer
    silent = answer.abstained
    body = silence_html(answer, language, turn=turn.number) if silent else _said(answer, language, turn.number)
    if answer.written is not None:
        body += written_html(answer.written, language, turn=turn.number)
    return (
        f'<div class="wj-answer" data-turn="{turn.number}">{_narrowed(turn.filters, language)}'
        f"{_searched(answer, turn.number, language)}{body}{more}{_foot(turn, answer, language)}</div>"
    )


def problem_bubble(problem: str, *, language: Language, lost: bool = False) -> str:
    """Return a problem and its remedy, given as one English sentence of ours.

    Args:
        problem: The sentence.
        language: To write in.
        lost: The answer is gone, where else there never was one.
    """
    head, sentence = word("lost_record" if lost else "problem", language), escape_html(for_visitor(problem, language))
    return f'<div class="wj-error"><p><strong>{head}</strong></p><p>{sentence}</p></div>'


def work_bubble(step: Step, *, number: int, language: Language) -> str:
    """Return what is under way, below the answer where a language model writes about it.

    Args:
        step: How far it has come.
        number: Of the turn that it will be.
        language: Of our own words.
    """
    name = "stopping" if step.stopping else step.stage.value if step.stage is not None else "waiting"
    under_way = (
        f'<p class="wj-stage"><span class="wj-dots" aria-hidden="true"><i></i><i></i><i></i></span>'
        f"{word(f'stage_{name}', language)}</p>"
    )
    if step.so_far is None:
        return under_way
    answer = step.so_far
    written = "" if answer.written is None else written_html(answer.written, language, turn=number)
    return f'<div class="wj-answer" data-turn="{number}">{_said(answer, language, number)}{written}{under_way}</div>'


def _narrowed(filters: Filters, language: Language) -> str:
    if not filters:
        return ""
    return f'<p class="wj-label">{word("searched_only", language)}</p>{filter_chips(filters, language)}'


def _searched(answer: Answer, turn: int, language: Language) -> str:
    """Return how a follow-up was completed, and a button that searches it as it was typed."""
    if answer.searched_for.strip() == answer.question.strip():
        return ""
    said = word("searched_for", language, query=f"<bdi>{escape_html(answer.searched_for)}</bdi>")
    button = _button("alone", turn, word("as_typed", language), classes="wj-text-button")
    return f'<p class="wj-searched">{said} {button}</p>'


def _said(answer: Answer, language: Language, turn: int) -> str:
    apart = f"<p><mark>{escape_html(answer.answer or '')}</mark></p>" if stands_apart(answer) else ""
    sentences = "".join(_sentence(proved, language, turn) for proved in proved_sentences(answer))
    sources = "".join(f"<li>{_source(citation)}</li>" for citation in answer.citations)
    reason = f'<p class="wj-about">{escape_html(for_visitor(answer.reason, language))}</p>' if answer.reason else ""
    return (
        f'{apart}{sentences}{reason}<ol class="wj-sources" aria-label="{word("sources", language)}">{sources}</ol>'
    )  # fmt: skip


def _sentence(proved: Proved, language: Language, turn: int) -> str:
    shown, end = [], 0
    for span in proved.marked:
        shown += [escape_html(proved.text[end : span.start])]
        shown += [f"<mark>{escape_html(proved.text[span.start : span.end])}</mark>"]
        end = span.end
    shown.append(escape_html(proved.text[end:]))
    numbers = "".join(reference_html(citation.number, language, turn) for citation in proved.citations)
    return f'<p class="wj-sentence">{"".join(shown)}{numbers}</p>'


def _source(citation: Citation) -> str:
    article = citation.article
    printed = printed_html(article.publisher, date=article.date)
    about = f' <span class="wj-about">{printed}</span>' if printed else ""
    return f'<span class="wj-source-number">{citation.number}</span><bdi>{escape_html(article.title)}</bdi>{about}'


def _foot(turn: Turn, answer: Answer, language: Language) -> str:
    """Return the line below an answer: how long it took, and what its reader makes of it."""
    took = word("seconds", language, seconds=f"{answer.timings_ms.get('total', 0.0) / 1000:.1f}")
    up = _button("up", turn.number, _THUMB, label=word("useful", language), pressed=turn.rating > 0)
    down = _button("down", turn.number, _THUMB, label=word("not_useful", language), pressed=turn.rating < 0)
    label = word("note", language)
    written = " wj-written" if turn.note else ""
    copy = _copy(turn.number, answer, language) if is_copied(answer) else ""
    return (
        f'<div class="wj-foot">{confidence_html(answer, language)}<span class="wj-seconds">{took}</span>'
        f'<div class="wj-foot-buttons"><span class="wj-marks">{copy}{up}{down}</span>'
        f'<details class="wj-remark{written}"><summary aria-label="{label}" title="{label}">{_NOTE}</summary>'
        f'<div class="wj-remark-form"><textarea rows="2" maxlength="2000" aria-label="{word("note_label", language)}" '
        f'placeholder="{word("note_label", language)}">'
        f"{escape_html(turn.note)}</textarea>"
        f"{_button('note', turn.number, word('note_save', language), classes='wj-small-button')}"
        "</div></details></div></div>"
    )


def _copy(turn: int, answer: Answer, language: Language) -> str:
    """Return the button that copies an answer, with what the clipboard gets, and where it is said that it was done."""
    text = escape_html(copied_text(answer, language)).replace("\n", "&#10;")
    says = f'data-text="{text}" data-done="{word("copied", language)}" data-failed="{word("not_copied", language)}"'
    button = _button("copy", turn, _COPY, label=word("copy_answer", language), more=says)
    return f'{button}<span class="wj-copy-said" role="status"></span>'


def _button(
    does: str,
    turn: int,
    inside: str,
    *,
    label: str = "",
    classes: str = "wj-icon-button",
    pressed: bool | None = None,
    more: str = "",
) -> str:
    named = f' aria-label="{label}" title="{label}"' if label else ""
    state = "" if pressed is None else f' aria-pressed="{str(pressed).lower()}"'
    about = f'data-wj-do="{does}" data-turn="{turn}"{named}{state}{more and f" {more}"}'
    return f'<button type="button" class="{classes}" {about}>{inside}</button>'
